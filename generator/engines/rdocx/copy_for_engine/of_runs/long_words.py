"""Words and addresses longer than their line: the built-in engine lets them run on over the next cell or off the page.

It breaks at spaces, hyphens and slashes, and at a space of no width, which is put into what is too long for its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.copy_prepared.line_room import line_room
from generator.engines.docx.docx_styles import Styles
from generator.fonts.letter_outlines import width_of

W = docx_contents.W
HERE = "\u200b"
_WHOLE = re.compile(r"[^\s/\u200b-]{12,}")
"""What the engine does not break; twelve letters fit any column of ours."""


def write_out(document: etree._Element, styles: Styles, width: int) -> None:
    """Let every word break that is wider than its cell, or than the page's text, `width` in twentieths of a point."""
    for text in document.iter(f"{W}t"):
        if _WHOLE.search(text.text or ""):
            _break(text, styles, width)


def _break(text: etree._Element, styles: Styles, width: int) -> None:
    room = line_room(text, styles, width)
    if room is not None:
        text.text = _WHOLE.sub(lambda word: HERE.join(_pieces(word[0], room.letters, room.bold)), text.text or "")


def _pieces(word: str, room: float, bold: bool) -> Iterator[str]:
    """A word in pieces that fit, cut after a full stop or an @ where there is one; `room` in letter sizes."""
    while width_of(word, bold) > room and len(word) > 4:
        fits = max(4, int(len(word) * room / width_of(word, bold)) - 1)
        seam = max((word.rfind(sign, 0, fits) for sign in ".@_&=?"), default=-1)
        cut = seam + 1 if seam >= 3 else fits
        yield word[:cut]
        word = word[cut:]
    yield word
