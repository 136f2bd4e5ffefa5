"""How far a PDF runs over the pages that it may have, read from where its words stand."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_SAME_LINE = 3.0
"""Points between the feet of two words that still stand on one line."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Over:
    """What stands on pages that a PDF should not have."""

    lines: int
    """Lines on them; a header or footer that page 1 has too is not counted."""
    low: float
    """Where the lowest of these lines stands on the last page, in points from the page's foot; infinite without one."""


@functools.lru_cache(maxsize=4)
def over(content: bytes, most: int) -> Over:
    """What stands on the pages after `most`; of the last few that were asked for it is known still."""
    import pypdfium2  # here: who only says how a document is to be fitted does without

    pdf = pypdfium2.PdfDocument(content)
    try:
        first, *others = [_Page(pdf[number]) for number in (0, *range(most, len(pdf)))]
        found = [[row for row in page.rows if not page.repeats(row, first)] for page in others]
        low = min((row.middle for row in found[-1]), default=float("inf")) if found else float("inf")
        return Over(sum(map(len, found)), low)
    finally:
        pdf.close()


@dataclass
class _Row:
    """The words that stand on one line: its height, and the box around them."""

    middle: float
    box: Box

    @property
    def height(self) -> int:
        return round(self.middle / 2)


class _Page:
    """The lines of a page; what they say is only looked up where it is asked for."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._text = page.get_textpage()
        self.rows: list[_Row] = []
        for index in range(self._text.count_rects()):
            box = self._text.get_rect(index)
            middle = (box[1] + box[3]) / 2
            # Words come in reading order: most stand on the line that was met last.
            row = next((row for row in reversed(self.rows) if abs(row.middle - middle) < _SAME_LINE), None)
            if row is None:
                self.rows.append(_Row(middle, box))
            else:
                row.box = (*map(min, row.box[:2], box[:2]), *map(max, row.box[2:], box[2:]))

    def repeats(self, row: _Row, first: _Page) -> bool:
        """True for a line that stands in the same place on the first page, its numbers apart."""
        there = [one for one in first.rows if one.height == row.height]
        return bool(there) and self._words(row) in {first._words(one) for one in there}

    def _words(self, row: _Row) -> str:
        return re.sub(r"\d+", "#", " ".join(str(self._text.get_text_bounded(*row.box)).split()))
