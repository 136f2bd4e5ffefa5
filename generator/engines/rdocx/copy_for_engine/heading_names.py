"""Headings by the outline level of their style, which the embedded engine knows by the style's name alone."""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write_out(styles: etree._Element | None) -> None:
    """Call every paragraph style that has an outline level of 1 to 6 a heading of that level, such as Title."""
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        level, name = style.find(f"{W}pPr/{W}outlineLvl"), style.find(f"{W}name")
        if level is None or name is None or style.get(f"{W}type") != "paragraph":
            continue
        number = level.get(f"{W}val", "")
        if number in ("0", "1", "2", "3", "4", "5") and not re.fullmatch(r"(?i)heading \d", name.get(f"{W}val", "")):
            name.set(f"{W}val", f"heading {int(number) + 1}")
