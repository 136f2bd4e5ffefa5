"""Every command has its page, which names it; the few that have none are listed here with why."""

from __future__ import annotations

import re

import click
import pytest

from generator.cli.main import COMMANDS
from tests.web.client import Page
from tests.web.conftest import REPO

NOT_ON_THE_PAGE = {
    "init": "it makes the folder that the page then opens",
    "template copy": "writes a Word template to be changed in Word",
    "template new": "begins a Word template for somebody who writes templates",
    "template fields": "for somebody who writes templates",
    "template preview": "for somebody who writes templates",
    "pack check": "for somebody who writes an authority’s pack",
    "form fields": "the page of a form’s places offers every field by its title",
    "form fill": "every bundle for the authority fills its form",
    "form preview": "the form as filled is among the bundle’s files",
    "form worksheet": "a choice of the bundle’s page: each answer to copy into a portal",
    "issued": "the pupil’s page lists beside each document to whom it was given",
}
"""Commands that the page does not do, or does as a part of another page, and why."""

ELSEWHERE = {"governors": "/register", "pack list": "/packs", "pack show": "/packs", "language new": "/languages"}
"""Commands that a page does whose own command is another."""


def every_command() -> list[str]:
    """Each command with the commands below it: `form learn`."""
    found = []
    for one in COMMANDS:
        below = sorted(one.commands) if isinstance(one, click.Group) else [""]
        found += [f"{one.name} {name}".strip() for name in below]
    return found


def named_on_pages() -> set[str]:
    """The commands that pages name at their foot."""
    sources = [*(REPO / "generator/web/templates").glob("*.j2"), *(REPO / "generator/web/pages").rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in sources)
    return set(re.findall(r"sendpack ([a-z-]+(?: [a-z-]+)?)", text))


def test_every_command_is_named_by_its_page_or_listed_with_a_reason() -> None:
    named = named_on_pages()
    known = named | {one.partition(" ")[0] for one in named}
    left = [one for one in every_command() if one not in known and one not in {**NOT_ON_THE_PAGE, **ELSEWHERE}]
    assert left == []
    assert [one for one in NOT_ON_THE_PAGE if one not in every_command()] == []


@pytest.mark.whole
def test_every_file_for_other_programs_is_given(page: Page) -> None:
    page.get("/exports")
    links = page.root.xpath("//main//ul[contains(@class, 'files')]//a/@href")
    assert len(links) == 12
    for link in links:
        answer = page.client.get(link, headers={"Host": page.host})
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"], link
        assert len(answer.data) > 50, link
    page.get(f"/p/{page.session.ids.of('pupil', 'ada-brown')}/file")
    for link in page.root.xpath("//section[@aria-labelledby='json']//a/@href"):
        answer = page.client.get(link, headers={"Host": page.host})
        assert answer.status_code == 200 and answer.json, link
