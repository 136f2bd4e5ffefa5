"""What the style sheet promises to the tests that look at pages in a few widths only."""

from __future__ import annotations

import re
from pathlib import Path

import generator.web

STYLE = (Path(generator.web.__file__).parent / "static" / "style.css").read_text("utf-8")


def in_media(asked: str) -> list[str]:
    """The rules inside every @media that asks for this."""
    found = []
    for begin in re.finditer(r"@media ([^{]*)\{", STYLE):
        if asked not in begin.group(1):
            continue
        deep, end = 1, begin.end()
        while deep:
            deep += {"{": 1, "}": -1}.get(STYLE[end], 0)
            end += 1
        found.append(STYLE[begin.end() : end - 1])
    return found


def test_another_width_changes_no_colour() -> None:
    """Colours of a page that was looked at in one width are those in every width (tests/web/test_every_page.py)."""
    rules = in_media("width")
    assert len(rules) >= 3 and any("40rem" not in rule for rule in rules)
    changed = {name for rule in rules for name in re.findall(r"[{;]\s*(-{0,2}[a-z-]+)\s*:", rule)}
    assert "display" in changed, "the search finds what the rules change"
    assert [name for name in changed if re.search(r"^--|color|background|opacity|filter|font|mix|shadow", name)] == []


def test_the_dark_has_colours_of_its_own() -> None:
    assert any("--paper" in rule for rule in in_media("prefers-color-scheme: dark"))
