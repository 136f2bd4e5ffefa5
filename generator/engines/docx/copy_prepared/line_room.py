"""How much room a line has where some text stands: what is wider than its cell or the page's text must break."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.docx_styles import Styles
from generator.fonts.letter_outlines import width_of
from generator.word_files.measures import half_points, twips

W = docx_contents.W
_BOLD = f"{W}rPr/{W}b"
_INDENT, _SIDES = f"{W}pPr/{W}ind", ("left", "right")
_PADDING = 240
"""Twentieths of a point that a cell keeps free at its sides."""
_USUAL = 24
"""Half points of letters whose size is not known: 12 points."""


@dataclass(frozen=True)
class LineRoom:
    """The room of a line in letter sizes, whether its letters are bold, and whether its width is really known."""

    letters: float
    bold: bool
    known: bool

    def holds(self, text: str) -> bool:
        """True when the text fits on one line."""
        return width_of(text, self.bold) <= self.letters


def line_room(text: etree._Element, styles: Styles, width: int) -> LineRoom | None:
    """The room where a text stands; `width` of the page's text in twentieths of a point. None outside of paragraphs.

    The width of a cell is not known where the file leaves it to the program that draws it.
    """
    paragraph = next((one for one in text.iterancestors(f"{W}p")), None)
    if paragraph is None:
        return None
    cell = next((one for one in paragraph.iterancestors(f"{W}tc")), None)
    own = cell.find(f"{W}tcPr/{W}tcW") if cell is not None else None
    given = twips(own.get(f"{W}w")) if own is not None and own.get(f"{W}type", "dxa") == "dxa" else None
    known = given is not None and given >= 0
    room = (given if known and given else width) - _PADDING * (cell is not None)
    room -= sum(map(_inwards, styles.values(paragraph, _INDENT, _SIDES)))
    size = half_points(styles.value(paragraph, f"{W}rPr/{W}sz", "val"), _USUAL) * 10
    bold = text.getparent().find(_BOLD) is not None or styles.find(paragraph, _BOLD) is not None  # type: ignore[union-attr]
    return LineRoom(room / size, bold, cell is None or known)


def _inwards(value: str | None) -> int:
    return max(0, twips(value) or 0)
