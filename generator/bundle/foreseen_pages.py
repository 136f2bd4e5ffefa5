"""Where everything will probably be, told before parts are drawn: what prints page numbers is drawn beside them.

It is only ever a guess: the plan of the bundle is made of what the parts came to, and what was drawn with other numbers
is drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.bundle import cover_contents_and_index as own_pages
from generator.bundle.bundle_parts import Foreseen, Options, Part
from generator.bundle.page_counts import PageCounts
from generator.bundle.pagination import Found, lay_out

_GUESS = 3
"""Pages of a part of which nothing is known: numbers of two figures are as wide as those that it will have."""


def foreseen(inside: Sequence[Part], options: Options, evidence: Mapping[str, int]) -> Foreseen | None:
    """The pages of parts whose content need not be known yet; `evidence` are the counts of what is taken in by now.

    A count of 0 is that of the last time. None where the counts of our own pages are known and one of a part is not:
    then there is nothing to be measured, and what would be drawn would most likely be drawn again.
    """
    counts = PageCounts(options)
    last = {part.id: evidence.get(part.id, -1) if part.is_evidence else 0 for part in inside}
    pages = {name: count or counts.last(name) for name, count in last.items()}
    likely = counts.were_kept and all(count > 0 for count in pages.values())
    if not likely and (counts.were_kept or any(callable(part.content) for part in inside)):
        return None
    items = own_pages.first_items(
        [(part, max(pages[part.id], 0) or _GUESS, _headings(part, counts)) for part in inside], options
    )
    if likely:
        items = [item if item.kind == "part" else replace(item, pages=counts.last(item.id) or 1) for item in items]
    plan = lay_out(items, options.late_letters, options.mark)
    return Foreseen(plan.pages, own_pages.pages_of_ours(plan, options, clean=likely), likely)


def _headings(part: Part, counts: PageCounts) -> Found:
    """Where headings that others refer to were the last time; before, each somewhere, as wide as it will be."""
    return counts.headings(part.id) if counts.were_kept else tuple((name, 0, 0) for name in part.headings)
