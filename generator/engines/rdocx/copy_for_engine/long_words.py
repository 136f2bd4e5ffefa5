"""Words and addresses longer than their line: the built-in engine lets them run on over the next cell or off the page.

It breaks at spaces, hyphens and slashes, and at a space of no width, which is put into what is too long for its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.docx_styles import Styles
from generator.fonts.letter_outlines import outline

W = docx_contents.W
HERE = "\u200b"
_WHOLE = re.compile(r"[^\s/\u200b-]{12,}")
"""What the engine does not break; twelve letters fit any column of ours."""
_BOLD = f"{W}rPr/{W}b"
_PADDING = 240
"""Twentieths of a point that a cell keeps free at its sides."""


def write_out(document: etree._Element, styles: Styles, width: int) -> None:
    """Let every word break that is wider than its cell, or than the page's text, `width` in twentieths of a point."""
    for text in document.iter(f"{W}t"):
        if _WHOLE.search(text.text or ""):
            _break(text, styles, width)


def _break(text: etree._Element, styles: Styles, width: int) -> None:
    paragraph = next((one for one in text.iterancestors(f"{W}p")), None)
    if paragraph is None:
        return
    cell = next((one for one in paragraph.iterancestors(f"{W}tc")), None)
    own = cell.find(f"{W}tcPr/{W}tcW") if cell is not None else None
    given = own.get(f"{W}w", "") if own is not None else ""
    room = (int(given) if given.isdigit() and int(given) else width) - _PADDING * (cell is not None)
    room -= sum(_twips(styles.value(paragraph, f"{W}pPr/{W}ind", side)) for side in ("left", "right"))
    size = float(styles.value(paragraph, f"{W}rPr/{W}sz", "val") or 24) * 10
    bold = text.getparent().find(_BOLD) is not None or styles.find(paragraph, _BOLD) is not None  # type: ignore[union-attr]
    text.text = _WHOLE.sub(lambda word: HERE.join(_pieces(word[0], room / size, bold)), text.text or "")


def _twips(value: str | None) -> int:
    return int(value) if value is not None and value.isdigit() else 0


def _pieces(word: str, room: float, bold: bool) -> Iterator[str]:
    """A word in pieces that fit, cut after a full stop or an @ where there is one; `room` in letter sizes."""
    while outline(word, bold).width > room and len(word) > 4:
        fits = max(4, int(len(word) * room / outline(word, bold).width) - 1)
        seam = max((word.rfind(sign, 0, fits) for sign in ".@_&=?"), default=-1)
        cut = seam + 1 if seam >= 3 else fits
        yield word[:cut]
        word = word[cut:]
    yield word
