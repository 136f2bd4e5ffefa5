"""A mistake in one record: every page tells what the others say, leads to the mistake, and says nothing untrue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.client import Page
from tests.web.conftest import opened, small_school

ADA, KACPER = "ada-brown", "kacper-wisniewski"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ada, of whom the authority owes an answer, with a slip in her log."""
    folder = small_school(tmp_path / "school")
    log = folder / "cases" / ADA / "log.yaml"
    log.write_text("entries:\n  - {date: 1 Decembr 2026, what: Rang mum., kind: contact}\n", "utf-8")
    return folder


@pytest.fixture
def page(folder: Path) -> Page:
    """The SENCO's page of it."""
    return opened(folder, "senco")


def flat(page: Page) -> str:
    return " ".join(page.root.text_content().split())


@pytest.mark.whole
def test_the_list_of_pupils_tells_year_stage_and_what_is_due(page: Page) -> None:
    page.pupil(ADA)
    page.get("/")
    [row] = page.root.xpath("//tr[contains(., 'Ada Brown')]")
    said = " ".join(row.text_content().split())
    assert "Year 4" in said and "SEN support" in said and "To be mended first: Log" in said
    assert row.xpath(".//a[contains(@href, '/r/') and contains(., 'Log')]")


@pytest.mark.whole
def test_the_pupils_page_tells_what_is_known_and_offers_nothing_that_is_there(page: Page) -> None:
    page.pupil(ADA)
    text = flat(page)
    assert "Without what stands in Log." in text and "Nothing yet." not in text
    assert "Joined the school" in text
    offered = page.root.xpath("//select[@name='kind']/option/@value")
    assert "log" not in offered and "plan" not in offered and "request" not in offered
    assert "Documents come with the records" not in text
    assert not page.root.xpath("//button[contains(., 'Make what is out of date')]")


@pytest.mark.whole
def test_the_register_tells_who_is_in_the_census_file_by_the_pupils_own_file(page: Page, folder: Path) -> None:
    file = folder / "cases" / KACPER / "pupil.yaml"
    file.write_text(f"{file.read_text('utf-8')}\nnonsense: yes\n", "utf-8")
    page.get("/register")
    assert "In it by “Pupil”, though other files have errors: Ada Brown." in flat(page)
    assert "Not in it, because “Pupil” has errors: Kacper Wiśniewski." in flat(page)


@pytest.mark.whole
def test_request_and_bundle_leads_to_the_mistake(page: Page) -> None:
    page.pupil(ADA)
    page.get(f"{page.address}/bundle")
    text = flat(page)
    assert "There is no request yet" not in text and "Make the bundle" not in text
    assert page.root.xpath("//main//a[contains(@href, '/r/') and normalize-space(.)='Log']")
    assert not page.root.xpath("//input[@name='received']")  # nothing is recorded as sent meanwhile


@pytest.mark.whole
@pytest.mark.parametrize("address", ["/reviews", "/register", "/provision"])
def test_views_of_the_school_name_and_link_who_is_not_counted(page: Page, address: str) -> None:
    page.get(address)
    [link] = page.root.xpath("//*[contains(@class, 'wrong')]//a")
    assert link.text_content() == "Ada Brown" and "/p/" in link.get("href")


@pytest.mark.whole
def test_saving_a_mistake_says_what_it_costs(page: Page) -> None:
    path = f"cases/{KACPER}/profile.yaml"
    page.record(path)
    page.send({**page.answers, "date": [""]})
    assert page.said[0] == "Saved." and "registers do not count the pupil" in page.said[1]
    page.send({**page.answers, "date": ["1 December 2026"]})
    assert page.said == ["Saved."]


@pytest.mark.whole
def test_what_depends_on_the_broken_record_is_not_guessed(folder: Path) -> None:
    (folder / "cases" / ADA / "plan.yaml").write_text("date: 1 Decembr 2026\n", "utf-8")
    page = opened(folder, "senco")
    page.pupil(ADA)
    assert "Write the plan" not in flat(page) and "Talk with the parents" not in flat(page)


@pytest.mark.whole
@pytest.mark.parametrize("role", ["senco", "teacher"])
def test_what_a_record_with_a_slip_defines_is_there_all_the_same(folder: Path, role: str) -> None:
    path = f"cases/{KACPER}/cycles/2026-autumn.yaml"
    page = opened(folder, role)
    page.record(path)
    before = page.root.xpath("//fieldset[@id='f-do-delivery']//p[@class='row-title']/text()")
    assert before and "is not there any more" not in page.text
    file = folder / path
    file.write_text(f"{file.read_text('utf-8')}\nunknown_part: x\n", "utf-8")
    page.record(path)
    assert page.root.xpath("//fieldset[@id='f-do-delivery']//p[@class='row-title']/text()") == before
    assert "is not there any more" not in page.text
