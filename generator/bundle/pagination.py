"""Where everything goes: order, page numbers, labels and bookmarks of a bundle, as arithmetic on page counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from generator.values.formatting import date as in_words

LINK = "https://bundle.invalid/"
"""A link to LINK + id, in any page of the bundle, becomes a link to the first page of that part.

With `#` and the name of a heading behind it, it becomes one to that heading: see `link_to`.
"""

Found = tuple[tuple[str, int, int], ...]
"""Headings that others refer to, each by its name with the first and last page, counted from 0, of what is below it."""

OWN = "bundle-"
"""Ids that start so are ours: cover, contents, index."""


def link_to(part: str, heading: str = "") -> str:
    """The placeholder of a link to a part of the bundle, or to a heading of it."""
    return f"{LINK}{part}#{quote(heading, safe='')}" if heading else LINK + part


def parted_link(address: str) -> tuple[str, str]:
    """The part and the heading that a placeholder leads to."""
    part, _, heading = address.removeprefix(LINK).partition("#")
    return part.rstrip("/"), unquote(heading)


@dataclass(frozen=True)
class ContentsLine:
    """Something that takes pages: `kind` is cover, contents, index, volume or part; pages count from 1.

    `shows` is one sentence for the contents; `number` is the letter of its section and its place there, like A1.
    `headings` are those that others refer to, each with its first and last page of the part, counted from 0.
    """

    id: str
    kind: str
    title: str
    section: str = ""
    date: dt.date | None = None
    number: str = ""
    pages: int = 1
    late: bool = False
    first: int = 0
    shows: str = ""
    headings: tuple[tuple[str, int, int], ...] = ()

    @property
    def letter(self) -> str:
        """The letter of its section: A of A1."""
        return self.number.rstrip("0123456789")

    @property
    def last(self) -> int:
        """The item's last page in the PDF."""
        return self.first + self.pages - 1


@dataclass(frozen=True)
class PageRange:
    """The pages of one part: as pages of the PDF, and as they are stamped ("12", or "84A" for late ones).

    `headings` are those that others refer to, each with the stamps of its pages ("8", "8-9").
    """

    first: int
    last: int
    first_label: str
    last_label: str
    number: str = ""
    title: str = ""
    headings: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return _stamps(self.first_label, self.last_label)


Pages = Mapping[str, PageRange]


@dataclass(frozen=True)
class Bookmark:
    """One line of the PDF's outline; `page` counts from 1."""

    title: str
    page: int
    children: tuple[Bookmark, ...] = ()


@dataclass(frozen=True)
class PagePlan:
    """The whole bundle, laid out. `labels` holds what each page is stamped with, before " of N".

    `mark` stands before the number on every page: whose bundle it is, where an authority wants that.
    """

    items: tuple[ContentsLine, ...]
    labels: tuple[str, ...]
    base: int
    pages: Pages = field(repr=False)
    bookmarks: tuple[Bookmark, ...] = field(repr=False)
    mark: str = ""

    @property
    def total(self) -> int:
        """How many pages the PDF has."""
        return len(self.labels)

    def stamp(self, page: int) -> str:
        """What is printed on a page, counted from 1: the part's number and the page, "B2, page 12 of 84"."""
        number = next((item.number for item in self.items if item.first <= page <= item.last), "")
        whose = f"{self.mark}, " if self.mark else ""
        return f"{whose}{number}{_APART if number else ''}{self.labels[page - 1]} of {self.base}"

    def item(self, name: str) -> ContentsLine:
        """The item of an id; KeyError when there is none."""
        return next(item for item in self.items if item.id == name)


_APART = ", page "


def lay_out(items: Sequence[ContentsLine], late_letters: bool = False, mark: str = "") -> PagePlan:
    """Give every item its pages, in the order given; items marked late must come last.

    With `late_letters` the pages of late items are labelled after the last page before them (84A, 84B), so that
    everything sent earlier keeps its numbers; else they are simply the next pages. `mark` is stamped before them.
    """
    placed: list[ContentsLine] = []
    page = 1
    for item in items:
        placed.append(replace(item, first=page))
        page += item.pages
    lettered = [item for item in placed if item.late and late_letters]
    base = sum(item.pages for item in placed) - sum(item.pages for item in lettered)
    labels = [str(n) for n in range(1, base + 1)]
    labels += [f"{base}{letters(n)}" for n in range(page - 1 - base)]
    pages = {item.id: _range(item, labels) for item in placed}
    return PagePlan(tuple(placed), tuple(labels), base, pages, bookmarks(placed, labels), mark)


def _stamps(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _range(item: ContentsLine, labels: Sequence[str]) -> PageRange:
    first, last = labels[item.first - 1], labels[item.last - 1]
    own = labels[item.first - 1 : item.first - 1 + item.pages]
    stamps = tuple(
        (name, _stamps(own[begin], own[min(end, item.pages - 1)]))
        for name, begin, end in item.headings
        if begin < item.pages
    )
    return PageRange(item.first, item.last, first, last, item.number, item.title, stamps)


def excerpt(plan: PagePlan, ids: Iterable[str]) -> PagePlan:
    """Some items of a plan as a file of their own: pages are counted anew, what they are stamped with stays."""
    wanted = set(ids)
    items = [item for item in plan.items if item.id in wanted]
    labels = [label for item in items for label in plan.labels[item.first - 1 : item.last]]
    placed: list[ContentsLine] = []
    page = 1
    for item in items:
        placed.append(replace(item, first=page))
        page += item.pages
    pages = {item.id: _range(item, labels) for item in placed}
    return PagePlan(tuple(placed), tuple(labels), plan.base, pages, bookmarks(placed, labels), plan.mark)


@dataclass(frozen=True)
class Elsewhere:
    """Where a part is that is in another file: the file's name, the page in it, and the page's label.

    `headings` are those that others refer to, each with its page in that file, and the label.
    """

    file: str
    page: int
    label: str
    title: str
    headings: tuple[tuple[str, int, str], ...] = ()

    def at(self, heading: str) -> Elsewhere:
        """Where a heading of the part is; where the part is, if it is not known."""
        for name, page, label in self.headings:
            if name == heading:
                return replace(self, page=page, label=label)
        return self


def letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA: the suffixes of late pages, and the letters of sections."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def bookmarks(items: Iterable[ContentsLine], labels: Sequence[str]) -> tuple[Bookmark, ...]:
    """The outline: front pages and sections at the top, documents inside their section."""
    tops: list[Bookmark] = []
    opened = ""
    for item in items:
        label = labels[item.first - 1]
        mark = Bookmark(bookmark_title(item, label), item.first)
        if item.kind != "part" or not item.section:
            tops.append(mark)
            opened = item.section
            continue
        if item.section != opened:
            letter = f"{item.letter}. " if item.letter else ""
            tops.append(Bookmark(f"{letter}{item.section} [p. {label}]", item.first))
            opened = item.section
        tops[-1] = replace(tops[-1], children=(*tops[-1].children, mark))
    return tuple(tops)


def bookmark_title(item: ContentsLine, label: str) -> str:
    """A short description, the date, and the page: what court and tribunal guidance asks of a bookmark."""
    text = f"{item.number} {item.title}" if item.number else item.title
    when = f", {in_words(item.date)}" if item.date else ""
    return f"{text}{when} [p. {label}]"
