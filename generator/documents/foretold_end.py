"""Where a document will end once it is set tighter: foretold from its one drawing, so that fewer have to be tried."""

from __future__ import annotations

from functools import cached_property
from math import sqrt

from generator.engines import Draft
from generator.engines.docx.reckoned_height import Body, body
from generator.engines.pdf.overflow import Over, over

LEFTOVER = 16
"""Lines: a last page with no more than these, a third of a page, is nearly empty."""

UNSURE = 0.05
"""Of a page: so far off is what is foretold of a document of two pages, and more by the root of those before the last.

Measured with three steps for each of 52 documents of the example school, with both engines.
"""
_FEW = 5
"""Lines that are too few to tell how much of a page 16 of them take."""


class ForetoldEnd:
    """The ends of a document that was drawn as it is, were it set tighter; in pages, with a part for the last.

    Its heights are reckoned before and after: as the one shrinks, so does what was measured.
    """

    def __init__(self, word: bytes, made: Draft, last: Over | None = None) -> None:
        """`last` is what stands on its last page, for whom it was measured already."""
        self._word, self._made, self._known = word, made, last

    def stays(self, tighter: bytes) -> bool:
        """True where the tighter document surely ends on a page that is nearly empty, and on no fewer pages."""
        return int(self._of(tighter)) == self._made.pages - 1 and self._within(tighter) > 2

    def ends_nearly_empty(self, tighter: bytes) -> bool:
        """True where the tighter document most likely ends on a page that is nearly empty."""
        return self._within(tighter) > 1

    def is_longer(self, tighter: bytes, most: int) -> bool:
        """True where the tighter document surely takes more than so many pages."""
        return self._of(tighter) > most + 2 * UNSURE * sqrt(most)

    def _within(self, tighter: bytes) -> float:
        """How far the end lies within what is nearly empty, as a multiple of how far off it may be."""
        before, part = divmod(self._of(tighter), 1)
        return min(part, self._nearly_empty - part) / (UNSURE * sqrt(before)) if before else 0.0

    def _of(self, tighter: bytes) -> float:
        """The end of the tighter document; 0 where nothing can be said."""
        reckoned = body(tighter) if self._before else None
        if reckoned is None or self._before is None:
            return 0.0
        return (self._made.pages - 1 + self._filled) * reckoned.text / self._before.text

    @cached_property
    def _before(self) -> Body | None:
        return body(self._word)

    @cached_property
    def _last(self) -> Over:
        return self._known or over(self._made.content, self._made.pages - 1)

    @cached_property
    def _filled(self) -> float:
        """How much of the last page is filled."""
        if self._before is None:
            return 0.0
        down = self._before.foot + self._before.page - self._last.low * 20
        return min(1.0, max(0.0, down / self._before.page))

    @property
    def _nearly_empty(self) -> float:
        """How much of a page the lines of a nearly empty one fill in this document."""
        lines = self._last.lines
        return self._filled * LEFTOVER / lines if lines >= _FEW else 1 / 3
