"""Text of several lines in a merged document: paragraphs of the same style, and lists in the house's list styles."""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.values.text_flow import blocks

PARAGRAPH, BULLET = "\a", "\ue000"
"""What a printed value holds until it is merged: where a paragraph ends, and that the next one is a line of a list."""

_MARKED = re.compile(r"<w:p(?: [^>]*)?>(?:(?!</w:p>).)*?\ue000(?:(?!</w:p>).)*?</w:p>", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"/>')


def flowing(text: str) -> str:
    """The text with its paragraphs and list lines marked, its other line ends as spaces."""
    found = blocks(text.replace(BULLET, ""))
    return PARAGRAPH.join(f"{BULLET if block.bullet else ''}{block.text}" for block in found)


def with_lists(xml: str, styles: Collection[str]) -> str:
    """The merged part with every marked paragraph in the list style that goes with its own.

    `styles` are the ids that the document has. Where it lacks the list style, as in a school's own template, or where
    the paragraph's own look says who speaks, a bullet is written instead.
    """
    return _MARKED.sub(lambda found: _listed(found[0], styles), xml) if BULLET in xml else xml


def _listed(paragraph: str, styles: Collection[str]) -> str:
    named = _STYLE.search(paragraph)
    style = _list_style(named[1] if named else "")
    if not style or style not in styles:
        return paragraph.replace(BULLET, "• ")
    if named:
        return paragraph.replace(named[0], f'<w:pStyle w:val="{style}"/>').replace(BULLET, "")
    mark = f'<w:pStyle w:val="{style}"/>'
    if "<w:pPr>" in paragraph:
        return paragraph.replace("<w:pPr>", f"<w:pPr>{mark}", 1).replace(BULLET, "")
    return re.sub(r"^(<w:p(?: [^>]*)?>)", rf"\1<w:pPr>{mark}</w:pPr>", paragraph).replace(BULLET, "")


def _list_style(own: str) -> str:
    if own.startswith("Table"):
        return "TableBullet"
    if own.startswith("Large"):
        return "LargeBullet"
    return "" if own in ("OwnWords", "Hint") else "ListBullet"
