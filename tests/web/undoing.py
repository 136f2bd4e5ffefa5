"""What tests of changes and of removing share: the files of a school, and the first Undo of a list."""

from __future__ import annotations

from pathlib import Path

from tests.web.client import Page


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the cases and templates."""
    there = [one for home in ("cases", "templates") for one in (folder / home).rglob("*") if one.is_file()]
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in there}


def undo_first(page: Page, address: str) -> str:
    """Press the first Undo of a list of changes; gives what the list says of that change."""
    page.get(address)
    form = page.root.xpath("//form[contains(@action, '/undo/')]")[0]
    words: str = form.getparent().text_content()
    page.post(form.get("action"), dict(form.form_values()))
    return " ".join(words.split())


def pupil(page: Page, name: str) -> str:
    return page.pupil(name).address
