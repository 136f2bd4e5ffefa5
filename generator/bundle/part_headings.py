"""The headings that a PDF lists as its own bookmarks: below its bookmark in a bundle, and where a reference leads."""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem

from generator.bundle.pagination import Found
from generator.engines.pdf import heading_bookmarks
from generator.files.kept_results import KeptResults

MOST = 500
"""Bookmarks of its own that one document may bring along."""

_AT_TOP = 73
"""Points from the top of a page: where no tags say what stands there, a heading within them has nothing above it.

That is Word's own margin; below ours of 61 a line of text would fill them.
"""


@dataclass(frozen=True)
class Heading:
    """A bookmark that a document brought along: its page, counted from 0, how far up on it, its object number."""

    title: str
    page: int
    top: float | None
    below: tuple[Heading, ...]
    mark: tuple[int, int] = (0, 0)


def headings(source: pikepdf.Pdf) -> tuple[Heading, ...]:
    """A document's own bookmarks; broken ones are left out."""
    if "/Outlines" not in source.Root:
        return ()
    pages = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    left = MOST

    def read(entries: Iterable[OutlineItem]) -> tuple[Heading, ...]:
        nonlocal left
        found: list[Heading] = []
        for entry in entries:
            target = _target(entry)
            page = pages.get(target[0].objgen) if target is not None and isinstance(target[0], Object) else None
            if target is None or page is None or left <= 0 or not entry.title.strip():
                found += read(entry.children)
                continue
            left -= 1
            found.append(Heading(entry.title, page, _top(target), read(entry.children), _number(entry)))
        return tuple(found)

    try:
        with source.open_outline(max_depth=20) as outline:
            return read(outline.root)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RecursionError):
        return ()


def named(found: Sequence[Heading], name: str) -> Heading | None:
    """The heading that a reference means by a name: that very one, or one that puts something before or after it.

    “Part 3” is “Part 3: Special educational needs”, and “Attendance” is “9  Attendance”.
    """
    there = list(_all(found))
    words = [_NUMBER.sub("", " ".join(one.title.split())) for one in there]
    for fits in (name.__eq__, lambda text: text.startswith(f"{name}:"), lambda text: text.endswith(f" {name}")):
        if (at := next((n for n, text in enumerate(words) if fits(text)), None)) is not None:
            return there[at]
    return None


def places(content: bytes, names: Sequence[str]) -> Found:
    """Those of the named headings that a PDF has, with their pages: up to the next heading that is not below them."""
    if not names:
        return ()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        first = heading_bookmarks.mended(pdf, content)
        found = headings(pdf)
        heights = [float(page.mediabox[3]) for page in pdf.pages]
    begin = {id(one) for one in _all(found) if first.get(one.mark, _is_at_top(one, heights))}
    ends = dict(_ends(found, len(heights) - 1, begin))
    there = ((name, named(found, name)) for name in names)
    return tuple((name, one.page, max(one.page, ends[id(one)])) for name, one in there if one)


def kept_places(content: bytes, names: Sequence[str], kept: KeptResults) -> Found:
    """As `places`; a PDF is read once for it, also by the runs to come."""
    if not names:
        return ()
    key = kept.key(content, "heading places", tuple(names))
    held = kept.get(key)
    if held is None:
        found = places(content, names)
        kept.put(key, b"", {"places": [list(one) for one in found]})
        return found
    return tuple((str(name), int(first), int(last)) for name, first, last in held[1]["places"])


def _ends(found: Sequence[Heading], last: int, begin: Container[int]) -> Iterator[tuple[int, int]]:
    """The last page of what is below each heading, by the heading's identity; `last` is that of all of them.

    `begin` are the identities of those that begin a page.
    """
    for one, following in zip_longest(found, found[1:]):
        end = last if following is None else following.page - (id(following) in begin)
        yield id(one), end
        yield from _ends(one.below, end, begin)


def _is_at_top(heading: Heading, heights: Sequence[float]) -> bool:
    return heading.top is None or heading.top >= heights[heading.page] - _AT_TOP


_NUMBER = re.compile(r"^\d+ (?=\D)")


def _all(found: Iterable[Heading]) -> Iterator[Heading]:
    for one in found:
        yield one
        yield from _all(one.below)


def _number(entry: OutlineItem) -> tuple[int, int]:
    return entry.obj.objgen if entry.obj is not None else (0, 0)


def _target(entry: OutlineItem) -> Any:
    """Where a bookmark leads, as page and place; None when it is not to a page of its own document."""
    target: Any = entry.destination
    if target is None and isinstance(entry.action, Dictionary) and entry.action.get("/S") == Name.GoTo:
        target = entry.action.get("/D")
    return target if isinstance(target, Array | list) and len(target) else None


def _top(target: Any) -> float | None:
    if len(target) > 3 and target[1] == Name.XYZ:
        value = target[3]
    elif len(target) > 2 and target[1] in (Name.FitH, Name.FitBH):
        value = target[2]
    else:
        return None
    return float(value) if isinstance(value, int | float) or hasattr(value, "as_tuple") else None
