"""On how many pages our own pages and the parts that print page numbers came the last time, and where headings were.

The search for a plan that holds begins there: then each of them is drawn once. What does not hold is drawn again, as
from a guess.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.bundle.bundle_parts import Options
from generator.bundle.pagination import ContentsLine, Found


@dataclass
class PageCounts:
    """What is known of the counts of `ours`, the ids of parts that print page numbers; our own pages are known too."""

    options: Options
    ours: Container[str] = ()
    known: bool = field(default=False, init=False)
    """True when the search begins with counts that held."""
    _swinging: bool = field(default=False, init=False)

    def begin(self, items: Sequence[ContentsLine]) -> list[ContentsLine]:
        """The items with the counts of the last time, where there was one; else as they were measured beforehand."""
        before = self._kept.get("pages") or self.options.measured
        self.known = bool(before)
        return [self._begun(item, before) if self._own(item) else item for item in items]

    def _begun(self, item: ContentsLine, before: Mapping[str, int]) -> ContentsLine:
        headings = self.headings(item.id) if self.were_kept else self.options.measured_headings.get(item.id, ())
        return replace(item, pages=before.get(item.id, item.pages), headings=headings)

    def new(self, items: Sequence[ContentsLine]) -> int:
        """How many parts were not there the last time."""
        return sum(not self.last(item.id) for item in items if item.kind == "part")

    def changed(self, before: Sequence[ContentsLine], now: Sequence[ContentsLine]) -> None:
        """Told of counts that were drawn twice: where they hang on page numbers, a search may end in two ways.

        Then the next run begins from the same guess as this one, so that it ends where this one did.
        """
        self._swinging = self._swinging or [(i.pages, i.headings) for i in before] != [
            (i.pages, i.headings) for i in now
        ]

    def remember(self, items: Sequence[ContentsLine]) -> None:
        """Keep the counts of a plan that held, for a bundle of one file."""
        if any(item.kind == "volume" for item in items):
            return
        pages = {} if self._swinging else {item.id: item.pages for item in items if self._own(item)}
        parts = {item.id: item.pages for item in items if not self._own(item)}
        headings = {item.id: [list(one) for one in item.headings] for item in items if pages and item.headings}
        self.options.kept.put(self._key(), b"", {"pages": pages, "parts": parts, "headings": headings})

    @property
    def were_kept(self) -> bool:
        """True when there are counts of our own pages that held the last time."""
        return bool(self._kept.get("pages"))

    def last(self, name: str) -> int:
        """On how many pages a part, or a page of our own, came the last time; 0 for one that was not there."""
        return int(self._kept.get("pages", {}).get(name) or self._kept.get("parts", {}).get(name, 0))

    def headings(self, name: str) -> Found:
        """Where the headings of a part that others refer to were the last time."""
        there = self._kept.get("headings", {}).get(name, ())
        return tuple((str(heading), int(first), int(last)) for heading, first, last in there)

    @cached_property
    def _kept(self) -> Mapping[str, Any]:
        held = self.options.kept.get(self._key())
        return held[1] if held else {}

    def _own(self, item: ContentsLine) -> bool:
        return item.kind != "part" or item.id in self.ours

    def _key(self) -> str:
        return self.options.kept.key(b"", "page counts", self.options.stem)
