"""Our own pages (cover, contents, index) and parts that print page numbers, written until these hold."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2

from generator.bundle.bundle_parts import Account, Front, FrontPage, IndexRow, Options, PaperAsked, Part, Written, whole
from generator.bundle.clean_at_once import CleanAtOnce
from generator.bundle.evidence.accessible.fit_and_tag import A4
from generator.bundle.evidence.intake import begin_ours, take_made
from generator.bundle.page_counts import PageCounts
from generator.bundle.pagination import ContentsLine, Found, PagePlan, lay_out, letters, link_to
from generator.bundle.part_headings import kept_places
from generator.engines import Draft
from generator.values.formatting import date as in_words

VOLUME = "bundle-volume-"
COVER, CONTENTS, INDEX, LATE = "bundle-cover", "bundle-contents", "bundle-index", "bundle-late"
PAPERS, FAMILY = "bundle-papers", "bundle-family"
LATE_SECTION = "Late additions"

_ROWS_A_PAGE = 22
_ROUNDS = 8
_MANY_NEW = 3
"""Parts that were not there the last time from which the contents are likely to be a page longer."""


@dataclass
class WrittenPage:
    """A page of ours as it was last written; it is cleaned when it is asked for, since most are written once more."""

    wanted: Any
    drawn: bytes | Draft
    part: Part
    options: Options

    @cached_property
    def pages(self) -> int:
        """How many pages it came to."""
        return self.drawn.pages if isinstance(self.drawn, Draft) else len(pypdfium2.PdfDocument(self.drawn))

    @cached_property
    def headings(self) -> Found | None:
        """Those that others refer to, where it was not only counted."""
        drawn = self.drawn.content if isinstance(self.drawn, Draft) else self.drawn
        return kept_places(drawn, self.part.headings, self.options.kept) if drawn else None

    @cached_property
    def whole(self) -> bytes:
        """The PDF as it was finished, not cleaned yet."""
        return whole(self.drawn)

    @property
    def content(self) -> bytes:
        """The clean PDF."""
        return self._clean[0]

    @property
    def account(self) -> Account:
        """What happened to it on its way in."""
        return self._clean[1]

    @cached_property
    def _clean(self) -> tuple[bytes, Account]:
        return take_made(self.whole, self.part, self.options)


@dataclass
class FrontDesk:
    """What is being written: the items of the bundle, the parts that want page numbers, and all results so far."""

    front: Front
    options: Options
    items: list[ContentsLine]
    written: Mapping[str, tuple[Part, Written]]
    results: dict[str, WrittenPage] = field(default_factory=dict)


Counted = tuple[Part, int, Found]
"""A part with its pages, and the headings in it that others refer to."""


def first_items(parts: Sequence[Counted], options: Options) -> list[ContentsLine]:
    """Everything that will be in the bundle, in order; `parts` come with their pages, our own pages are a guess."""
    on_time = [one for one in parts if not one[0].late]
    late = [one for one in parts if one[0].late]
    sections = _by_section(on_time)
    if late and not options.late_letters:
        sections[LATE_SECTION] = late
    rows = sum(len(found) + 1 for found in sections.values())
    rows += len(options.absent)
    items = [ContentsLine(COVER, "cover", "Cover"), ContentsLine(CONTENTS, "contents", "Contents", pages=_guess(rows))]
    if options.family:
        items.insert(0, ContentsLine(FAMILY, "cover", "About this copy"))
    if options.criteria:
        answers = sum(1 + len(criterion.parts) for criterion in options.criteria)
        items.append(ContentsLine(INDEX, "index", "Evidence index", pages=_guess(answers)))
    if options.papers:
        answers = sum(1 + len(paper.parts) for paper in options.papers)
        items.append(ContentsLine(PAPERS, "index", "Papers that the authority asks for", pages=_guess(answers)))
    for index, (section, found) in enumerate(sections.items()):
        letter = letters(index)
        items += [_item(one, section, f"{letter}{n}") for n, one in enumerate(found, 1)]
    if late and options.late_letters:
        items.append(ContentsLine(LATE, "contents", LATE_SECTION, LATE_SECTION, pages=_guess(len(late)), late=True))
        items += [replace(_item(one, LATE_SECTION, f"L{i}"), late=True) for i, one in enumerate(late, 1)]
    return items


def _by_section(parts: Sequence[Counted]) -> dict[str, list[Counted]]:
    sections: dict[str, list[Counted]] = {}
    for one in parts:
        sections.setdefault(one[0].section, []).append(one)
    return sections


def _item(counted: Counted, section: str, number: str) -> ContentsLine:
    part, pages, headings = counted
    return ContentsLine(
        part.id, "part", part.title, section, part.date, number, pages, shows=part.shows, headings=headings
    )


def _guess(rows: int) -> int:
    return max(1, -(-(rows + 2) // _ROWS_A_PAGE))


def write_front(desk: FrontDesk) -> tuple[PagePlan, dict[str, bytes]]:
    """The plan that holds, and the clean PDF of each page of ours and each part that prints page numbers.

    Pages are written with the numbers of a plan; if that changes how many they are, or moves a heading that others
    refer to, there is a new plan, and what it changes is written again. A page that keeps swinging between two lengths
    gets the longer one, filled up with an empty page. Where many parts are new, our own pages come first: how long
    these get moves all the others.
    """
    counts = PageCounts(desk.options, desk.written)
    desk.items = counts.begin(desk.items)
    plan = lay_out(desk.items, desk.options.late_letters, desk.options.mark)
    first = counts.were_kept and desk.written and counts.new(desk.items) >= _MANY_NEW
    if first:
        _write_changed(replace(desk, written={}), plan, guessed=False)
        desk.items = [_counted(desk, item, grow=False) for item in desk.items]
        plan = lay_out(desk.items, desk.options.late_letters, desk.options.mark)
    begin = 1 if first else 0
    for round_ in range(begin, _ROUNDS):
        _write_changed(desk, plan, guessed=not round_ and not counts.known)
        counted = [_counted(desk, item, grow=round_ >= 2) for item in desk.items]
        if [(item.pages, item.headings) for item in counted] == [(item.pages, item.headings) for item in desk.items]:
            break
        if round_ > begin:  # before, a part that is longer than it was the last time has grown, and does not swing
            counts.changed(desk.items, counted)
        desk.items = counted
        plan = lay_out(desk.items, desk.options.late_letters, desk.options.mark)
    else:
        _write_changed(desk, plan, guessed=False)
    counts.remember(desk.items)
    written = {name: one for name, one in desk.results.items() if name in plan.pages}
    begin_ours([replace(one.part, content=one.whole) for one in written.values()], desk.options)
    return plan, {name: _padded(one, plan.pages[name]) for name, one in written.items()}


def _counted(desk: FrontDesk, item: ContentsLine, grow: bool) -> ContentsLine:
    """An item with the pages that it takes; late in the search it may only get longer, so that the search ends.

    So may the pages of a heading: they may then be more than it has, and never fewer.
    """
    if item.id not in desk.results:
        return replace(item, first=0)
    made = desk.results[item.id]
    headings = item.headings if made.headings is None else made.headings
    if not grow:
        return replace(item, pages=made.pages, headings=headings, first=0)
    return replace(item, pages=max(made.pages, item.pages), headings=_widened(item.headings, headings), first=0)


def _widened(before: Found, now: Found) -> Found:
    """Each heading with all pages that it had before or has now."""
    there = {name: (first, last) for name, first, last in before}
    for name, first, last in now:
        begun, ended = there.get(name, (first, last))
        there[name] = min(first, begun), max(last, ended)
    return tuple((name, first, last) for name, (first, last) in there.items())


def _padded(result: WrittenPage, wanted: Any) -> bytes:
    """The PDF with empty pages at its end where the plan has room for more than it needs."""
    missing = wanted.last - wanted.first + 1 - result.pages
    if missing <= 0:
        return result.content
    with pikepdf.open(io.BytesIO(result.content)) as pdf:
        for _ in range(missing):
            pdf.add_blank_page(page_size=A4)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _write_changed(desk: FrontDesk, plan: PagePlan, guessed: bool) -> None:
    """Write, in one go, every page of ours whose words depend on something that is not as it was.

    Pages of a `guessed` plan are only to be counted; others are likely to stay, and are cleaned at once.
    """
    ours = {item.id: _own_part(item, desk.options) for item in plan.items if item.kind != "part"}
    parts = ours | {name: part for name, (part, _) in desk.written.items()}
    wanted: dict[str, Any] = {name: _front_page(plan.item(name), plan, desk.options) for name in ours}
    wanted |= {name: write(plan.pages) for name, (_, write) in desk.written.items()}
    new = [name for name, page in wanted.items() if name not in desk.results or desk.results[name].wanted != page]
    asked = [name for name in new if isinstance(wanted[name], FrontPage)]
    asked.sort(key=lambda name: plan.pages[name].first - plan.pages[name].last)  # the longest must not begin last
    pages = [wanted[name] if guessed else _to_be_cleaned(wanted[name], parts[name]) for name in asked]
    made = dict(zip(asked, desk.front(pages) if asked else [], strict=True))
    for name in new:
        drawn = made.get(name, wanted[name])
        desk.results[name] = WrittenPage(wanted[name], drawn, parts[name], desk.options)


def pages_of_ours(plan: PagePlan, options: Options, clean: bool) -> dict[str, FrontPage]:
    """Our own pages with the numbers of a plan, by id; to `clean` at once where that is likely to hold."""
    ours = {item.id: _own_part(item, options) for item in plan.items if item.kind != "part"}
    pages = {name: _front_page(plan.item(name), plan, options) for name in ours}
    return {name: _to_be_cleaned(page, ours[name]) if clean else page for name, page in pages.items()}


def _to_be_cleaned(page: FrontPage, part: Part) -> FrontPage:
    return replace(page, then=CleanAtOnce(part.title, part.language))


def _own_part(item: ContentsLine, options: Options) -> Part:
    language = options.family_language if item.id == FAMILY else ""
    return Part(item.id, item.section, item.title, b"", language=language or options.language)


def _front_page(item: ContentsLine, plan: PagePlan, options: Options) -> FrontPage:
    """What one page of ours shows, as plain values for its Word template."""
    bundle = {
        "title": options.title,
        "total": plan.total,
        "documents": sum(one.kind == "part" for one in plan.items),
        "made": options.made.date() if options.made else None,
        "files": volumes(plan),
    }
    if item.id == FAMILY:
        given = {"bundle": bundle, "parts": dict(plan.pages), "language": options.family_language}
        return FrontPage(FAMILY, given)
    if item.kind == "cover":
        return FrontPage("bundle-cover", {"bundle": bundle, "parts": dict(plan.pages)})
    if item.kind == "contents":
        sections = _sections(plan, late=item.late)
        absent = [{"what": one.what, "why": one.why} for one in options.absent if not item.late]
        given = {"bundle": bundle, "sections": sections, "late": item.late, "file": 0, "absent": absent}
        return FrontPage("bundle-contents", given)
    if item.kind == "volume":
        number = int(item.id.removeprefix(VOLUME))
        sections = _sections(plan, late=None, volume=number)
        context = {"bundle": bundle, "sections": sections, "late": False, "file": number, "absent": []}
        return FrontPage("bundle-contents", context)
    if item.id == PAPERS:
        papers = [_paper(one, plan, options) for one in options.papers]
        return FrontPage("bundle-papers", {"bundle": bundle, "papers": papers})
    criteria = [_criterion(one, plan, options) for one in options.criteria]
    return FrontPage("evidence-index", {"bundle": bundle, "criteria": criteria})


def volumes(plan: PagePlan) -> int:
    """How many files the bundle is split into."""
    return 1 + sum(item.kind == "volume" for item in plan.items)


def volume_of(plan: PagePlan) -> dict[str, int]:
    """In which file each item is, counted from 1."""
    found: dict[str, int] = {}
    number = 1
    for item in plan.items:
        number += item.kind == "volume"
        found[item.id] = number
    return found


def _sections(plan: PagePlan, late: bool | None, volume: int = 0) -> list[dict[str, Any]]:
    """The sections of the bundle with their documents; for late additions with letters that section alone.

    With `volume` the documents of that file, under the sections they belong to.
    """
    found: list[dict[str, Any]] = []
    files = volume_of(plan)
    for item in plan.items:
        if item.kind != "part" or (late is not None and item.late != late) or volume not in (0, files[item.id]):
            continue
        if not found or found[-1]["title"] != item.section:
            label = plan.pages[item.id].first_label
            link = link_to(item.id)
            found.append({"letter": item.letter, "title": item.section, "link": link, "first": label, "documents": []})
        found[-1]["documents"].append(_row(item, plan))
    return found


def _row(item: ContentsLine, plan: PagePlan) -> dict[str, Any]:
    """One document as contents and index show it; `file` says in which file it is, if there are several."""
    place = plan.pages[item.id]
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "date": item.date,
        "date_text": in_words(item.date) if item.date else "",
        "shows": item.shows,
        "first": place.first_label,
        "last": place.last_label,
        "pages": str(place),
        "link": link_to(item.id),
        "file": volume_of(plan)[item.id] if volumes(plan) > 1 else 0,
    }


def _paper(paper: PaperAsked, plan: PagePlan, options: Options) -> dict[str, Any]:
    """One line of the tick-list: a paper that is asked for, and where it is."""
    rows = [_row(plan.item(name), plan) for name in paper.parts if name in plan.pages]
    answer = _answer(bool(rows), options)
    return {"title": paper.title, "usual": paper.usual, "here": bool(rows), "answer": answer, "evidence": rows}


def _answer(there: bool, options: Options) -> str:
    """Yes or No, where the authority's own list asks for it beside the pages."""
    return ("Yes" if there else "No") if options.yes_or_no else ""


def _criterion(criterion: IndexRow, plan: PagePlan, options: Options) -> dict[str, Any]:
    """One criterion with what answers it; parts that are left out of this bundle are not named."""
    evidence = [_row(plan.item(name), plan) for name in criterion.parts if name in plan.pages]
    return {
        "id": criterion.id,
        "text": criterion.text,
        "source": criterion.source,
        "evidence": evidence,
        "missing": not evidence,
        # Where all of it is left out for this reader, so is what to look for in it.
        "note": criterion.note if evidence or not criterion.parts else "",
        "answer": _answer(bool(evidence), options),
    }


def expected_links(plan: PagePlan, options: Options) -> dict[str, list[str]]:
    """Which parts each of our own pages must lead to; what `verify` holds the finished PDF to."""
    expected = {
        item.id: [one.id for one in plan.items if one.kind == "part" and one.late == item.late]
        for item in plan.items
        if item.kind == "contents"
    }
    files = volume_of(plan)
    for item in plan.items:
        if item.kind == "volume":
            expected[item.id] = [one.id for one in plan.items if one.kind == "part" and files[one.id] == files[item.id]]
    if options.criteria:
        expected[INDEX] = [name for one in options.criteria for name in one.parts if name in plan.pages]
    if options.papers:
        expected[PAPERS] = [name for one in options.papers for name in one.parts if name in plan.pages]
    return expected
