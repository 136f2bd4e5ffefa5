"""The finished bundle read back with libraries that did not write it (PDFium, pikepdf): is it what was planned?"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary

from generator.bundle.assemble.page_stamps import stamp_place, upright
from generator.bundle.assemble.stamp_font import POSTSCRIPT
from generator.bundle.bundle_parts import Beside, ShownOnPage
from generator.bundle.evidence.page_by_page import shown_on_pages
from generator.bundle.evidence.page_by_page.page_repair import lost_words
from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries
from generator.bundle.name_search import names_found, terms_found
from generator.bundle.pagination import LINK, Bookmark, Elsewhere, PagePlan

_MARK = re.compile(rb"<<([^<>]*+(?:<[^<>]*+>[^<>]*+)*+)>>\s*+BDC")
_NUMBER = re.compile(rb"/MCID\s+(\d+)")


def verify(
    made: Path | bytes,
    plan: PagePlan,
    expected_links: Mapping[str, Sequence[str]],
    forbidden: Sequence[str] = (),
    elsewhere: Mapping[str, Elsewhere] | None = None,
    redacted: Mapping[str, Sequence[str]] | None = None,
    said: Mapping[str, Sequence[str]] | None = None,
    shows: Mapping[str, Sequence[ShownOnPage]] | None = None,
    tags: bool = True,
    beside: Beside | None = None,
) -> list[str]:
    """Everything that is not as planned in a PDF or in the file that holds it, in words; empty when all is well.

    `expected_links` says for each of our own pages (cover, contents, index) to which parts it must lead, `elsewhere`
    which of these are in other files. `forbidden` must be nowhere at all, `redacted` not in the part that is named.
    `said` is the text of the pages of each item before it was put in: every word must be on its page. `shows` are its
    pictures, its ticks and what was typed onto it. What of these is missing is told as a LostOfPart. What the pages
    show is read `beside` this process, where that can be, in halves, while this one looks at how they are built.
    """
    with pikepdf.open(io.BytesIO(made) if isinstance(made, bytes) else made) as pdf:
        units, whole = _units(pdf), bool(forbidden or redacted or said)
        if len(pdf.pages) != plan.total:
            return [f"the PDF has {len(pdf.pages)} pages and should have {plan.total}"]
        asked = [(made, plan, units, whole, *_of(pages, plan, said, shows), pages) for pages in _halves(plan)]
        begun = [beside(as_shown, *half) if beside else None for half in asked]
        built = list(_links(pdf, plan, expected_links, elsewhere or {}))
        built += tag_failures(pdf) if tags else []
        hidden = list(_hidden_texts(pdf)) if forbidden else []
        shown = [(wait() if wait else None) or as_shown(*half) for wait, half in zip(begun, asked, strict=True)]
    texts = [text for half in shown for text in half.texts]
    told = [
        f"the words {term!r} must not be in this bundle and are, in {place}"
        for place, text in ([*_page_places(texts), *hidden] if forbidden else ())
        for term in terms_found(text, forbidden)
    ]
    seen = [failure for half in shown for failure in half.failures]
    return [*seen, *built, *told, *_not_taken_out(texts, plan, redacted or {})]


_MANY = 40
"""Pages that are read sooner in halves by two processes than by one."""

Said = Mapping[str, Sequence[str]]
Shows = Mapping[str, Sequence[ShownOnPage]]


def _halves(plan: PagePlan) -> list[range]:
    """The pages of a bundle, from 0; of a long one in two halves, none of which ends within an item."""
    half = next((item.first - 1 for item in plan.items if 2 * item.first > plan.total), plan.total)
    parted = plan.total >= _MANY and 0 < half < plan.total
    return [range(half), range(half, plan.total)] if parted else [range(plan.total)]


def _of(pages: range, plan: PagePlan, said: Said | None, shows: Shows | None) -> tuple[Said, Shows]:
    """What the items showed that stand on some pages."""
    there = {item.id for item in plan.items if item.first - 1 in pages}
    return (
        {name: texts for name, texts in (said or {}).items() if name in there},
        {name: found for name, found in (shows or {}).items() if name in there},
    )


@dataclass(frozen=True)
class WhatPagesShow:
    """What pages of a bundle show: what is not as planned, and the text of each where it was asked for."""

    failures: list[str]
    texts: list[str]


def as_shown(
    made: Path | bytes,
    plan: PagePlan,
    units: Mapping[int, float],
    whole: bool,
    said: Said,
    shows: Shows,
    pages: range,
) -> WhatPagesShow:
    """What PDFium sees on some pages of a bundle, from 0, in whatever process: numbers, bookmarks, and what was put in.

    `units` are the units of measure of pages that have their own; the `whole` text of a page is read where it is asked.
    Bookmarks are looked at with the first page, and with the last one the numbers that viewers show.
    """
    failures: list[str] = []
    document = pdfium.PdfDocument(made)
    try:
        if len(document) != plan.total:
            return WhatPagesShow([f"the PDF has {len(document)} pages and should have {plan.total}"], [])
        texts = [""] * pages.start
        for index in pages:
            stamp, text = _read_page(document, index, plan, units.get(index, 1.0), whole)
            texts.append(text)
            if stamp != plan.stamp(index + 1):
                failures.append(f"page {index + 1} is stamped {stamp!r} and not {plan.stamp(index + 1)!r}")
        failures += [] if pages.start else _bookmarks(document, plan)
        failures += _lost(texts, document, plan, said, shows)
        failures += _labels(made, plan) if pages.stop == plan.total else []
    finally:
        document.close()
    return WhatPagesShow(failures, texts[pages.start :])


class LostOfPart(str):
    """Something that an item showed before it was put in and does not show in the bundle.

    `part` is the item's id, `page` the item's own page from 1, and `what` the loss alone, wherever that page stands.
    """

    part: str
    page: int
    what: str

    def __new__(cls, text: str, part: str, page: int, what: str) -> LostOfPart:
        made = super().__new__(cls, text)
        made.part, made.page, made.what = part, page, what
        return made

    def __reduce__(self) -> tuple[type[LostOfPart], tuple[str, str, int, str]]:
        """It may come from another process."""
        return LostOfPart, (str(self), self.part, self.page, self.what)


def _lost(
    texts: Sequence[str],
    document: Any,
    plan: PagePlan,
    said: Mapping[str, Sequence[str]],
    shows: Mapping[str, Sequence[ShownOnPage]],
) -> Iterator[LostOfPart]:
    """Words, pictures, ticks and typed words that a page of a part had before it was put in, and has not now."""
    for name, before in said.items():
        place = plan.pages[name]
        words = lost_words(before, texts[place.first - 1 : place.last])
        beside = shown_on_pages.lost_in(document, shows.get(name, ()), place.first - 1)
        for lost in (*words, *beside):
            label = plan.labels[place.first + lost.page - 2]
            yield LostOfPart(f"page {label} ({plan.item(name).title}): {lost}", name, lost.page, str(lost))


def _not_taken_out(texts: Sequence[str], plan: PagePlan, redacted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, terms in redacted.items():
        if name in plan.pages:
            first, last = plan.pages[name].first, plan.pages[name].last
            for found in names_found(texts[first - 1 : last], terms):
                yield f"{found.term!r} was to be taken out of {name} and is still on page {first + found.page - 1}"


def _page_places(texts: list[str]) -> Iterator[tuple[str, str]]:
    return ((f"the text of page {number}", text) for number, text in enumerate(texts, 1))


def _units(pdf: pikepdf.Pdf) -> dict[int, float]:
    """The pages with a unit of measure of their own: PDFium does not tell it."""
    return {n: float(page.obj.UserUnit) for n, page in enumerate(pdf.pages) if "/UserUnit" in page.obj}


def _read_page(document: Any, index: int, plan: PagePlan, unit: float, whole: bool) -> tuple[str, str]:
    """What stands where the page number should be, and the page's whole text when it is asked for."""
    page = document[index]
    text = page.get_textpage()
    try:
        box, rotation = _shape(page), page.get_rotation()
        x, y, width, height, _ = stamp_place(plan.stamp(index + 1), box, rotation, unit)
        a, b, c, d, e, f = upright(box, rotation)
        xs, ys = zip(
            *((a * u + c * v + e, b * u + d * v + f) for u, v in ((x, y), (x + width, y + height))), strict=True
        )
        bounds, wanted = (min(xs), min(ys), max(xs), max(ys)), plan.stamp(index + 1)
        seen = str(text.get_text_bounded(*bounds)).strip()
        # What the page itself says may stand in the same place: then the letters of our own font are read alone.
        ours = wanted if _is_there(wanted, seen) or _is_there(wanted, _in_our_font(text, bounds)) else seen
        return ours, str(text.get_text_range()) if whole else ""
    finally:
        text.close()
        page.close()


def _is_there(stamp: str, text: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(stamp)}(?!\d)", " ".join(text.split())) is not None


def _in_our_font(text: Any, bounds: tuple[float, float, float, float]) -> str:
    """The letters in some place of a page that are drawn in the font of the page numbers."""
    letters = []
    for number in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(number, loose=True)
        across, up = (left + right) / 2, (bottom + top) / 2
        if bounds[0] <= across <= bounds[2] and bounds[1] <= up <= bounds[3]:
            name = ctypes.create_string_buffer(128)
            pdfium.raw.FPDFText_GetFontInfo(text, number, name, len(name), None)
            if POSTSCRIPT.encode() in name.value:
                letters.append(chr(pdfium.raw.FPDFText_GetUnicode(text, number)))
    return "".join(letters)


def _shape(page: Any) -> tuple[float, float, float, float]:
    media, crop = page.get_mediabox(), page.get_cropbox()
    return max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])


def _labels(made: Path | bytes, plan: PagePlan) -> Iterator[str]:
    """The numbers that viewers show are those that are stamped, as a third reader sees them."""
    from pypdf import PdfReader  # here: of all who load this, it alone needs that reader
    from pypdf.errors import PyPdfError

    try:
        shown = PdfReader(io.BytesIO(made) if isinstance(made, bytes) else made, strict=True).page_labels
    except PyPdfError as error:
        yield f"a third reader of PDFs does not read it: {error}"
        return
    for number, (label, wanted) in enumerate(zip(shown, plan.labels, strict=False), 1):
        if label != wanted:
            yield f"page {number} is shown as {label!r} and stamped {wanted!r}"
            return


def _bookmarks(document: Any, plan: PagePlan) -> Iterator[str]:
    """Every planned bookmark, in its order, leads to its page."""
    found = [(mark.get_title(), _page_of(mark)) for mark in document.get_toc(max_depth=30)]
    planned = list(_flat(plan.bookmarks))
    at = 0
    for title, page in planned:
        try:
            at = found.index((title, page - 1), at) + 1
        except ValueError:
            yield f"there is no bookmark {title!r} that leads to page {page}"


def _page_of(mark: Any) -> int | None:
    target = mark.get_dest()
    return target.get_index() if target else None


def _flat(marks: Sequence[Bookmark]) -> Iterator[tuple[str, int]]:
    for mark in marks:
        yield mark.title, mark.page
        yield from _flat(mark.children)


def _links(
    pdf: pikepdf.Pdf, plan: PagePlan, expected: Mapping[str, Sequence[str]], elsewhere: Mapping[str, Elsewhere]
) -> Iterator[str]:
    """Contents and index lead to every part they name; no placeholder is left anywhere."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    reached: dict[int, set[int]] = {}
    outside: dict[int, set[tuple[str, int]]] = {}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", []):
            action, target = annotation.get("/A"), annotation.get("/Dest")
            if isinstance(action, Dictionary) and str(action.get("/URI", "")).startswith(LINK):
                yield f"a link on page {number} still leads to {action.URI}"
            if isinstance(action, Dictionary) and str(action.get("/S")) == "/GoToR":
                outside.setdefault(number, set()).add((str(action.F.UF), int(action.D[0]) + 1))
            if isinstance(target, Array):
                goal = pages.get(target[0].objgen)
                if goal is None:
                    yield f"a link on page {number} leads to no page of the bundle"
                reached.setdefault(number, set()).add(goal or 0)
    for name, parts in expected.items():
        item = plan.item(name)
        span = range(item.first, item.last + 1)
        here = set().union(*(reached.get(number, set()) for number in span))
        there = set().union(*(outside.get(number, set()) for number in span))
        for part in parts:
            if part in plan.pages and plan.pages[part].first not in here:
                yield f"{item.title} has no link to {plan.item(part).title}, page {plan.pages[part].first_label}"
            elif part not in plan.pages and (elsewhere[part].file, elsewhere[part].page) not in there:
                yield f"{item.title} has no link to {elsewhere[part].title} in the file {elsewhere[part].file}"


def tag_failures(pdf: pikepdf.Pdf, limit: int = 20) -> list[str]:
    """Marks whose tag does not know them, links outside the tags, and tags whose parent is not their parent."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return ["the PDF has no tags"]
    owners, failures = _owners(root)
    parents = dict(pikepdf.NumberTree(root.ParentTree).items())
    for number, page in enumerate(pdf.pages, 1):
        if len(failures) > limit:
            break
        failures += _page_tag_failures(number, page, parents, owners)
    return failures


def _owners(root: Any) -> tuple[dict[tuple[Any, int], Any], list[str]]:
    """Which element holds each mark (page or stream, number) and each object (its number, -1)."""
    owners: dict[tuple[Any, int], Any] = {}
    failures: list[str] = []
    stack: list[tuple[Any, Any]] = [(kid, root.objgen) for kid in _kids(root)]
    while stack:
        element, parent = stack.pop()
        own = element.objgen
        if element.P.objgen != parent:
            failures.append("a tag names another parent than the one that holds it")
        page = element.get("/Pg")
        for kid in _kids(element):
            if isinstance(kid, int):
                owners[(page.objgen, kid)] = own
            elif kid.get("/Type") == "/MCR":
                owners[((kid.get("/Stm") or kid.get("/Pg") or page).objgen, int(kid.MCID))] = own
            elif kid.get("/Type") == "/OBJR":
                owners[(kid.Obj.objgen, -1)] = own
            else:
                stack.append((kid, own))
    return owners, failures


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _page_tag_failures(
    number: int, page: pikepdf.Page, parents: Any, owners: Mapping[tuple[Any, int], Any]
) -> Iterator[str]:
    marks = _marks(page)
    key = page.obj.get("/StructParents")
    listed = parents.get(int(key)) if key is not None else None
    for mark in marks:
        try:
            good = listed is not None and listed[mark].objgen == owners.get((page.obj.objgen, mark))
        except (IndexError, AttributeError):
            good = False
        if not good:
            yield f"a piece of page {number} (mark {mark}) does not belong to any tag"
    for annotation in page.obj.get("/Annots", []):
        entry = annotation.get("/StructParent")
        owner = parents.get(int(entry)) if entry is not None else None
        if owner is None or owners.get((annotation.objgen, -1)) != owner.objgen:
            yield f"a link on page {number} does not belong to any tag"


def _marks(page: pikepdf.Page) -> list[int]:
    """The numbers of all marked content on a page, artifacts not counted."""
    properties = page.obj.get("/Resources", Dictionary()).get("/Properties")
    if isinstance(properties, Dictionary) and any("/MCID" in value for _, value in properties.items()):
        return _parsed_marks(page, properties)
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    drawn = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    return [int(mark[1]) for properties in _MARK.findall(drawn) if (mark := _NUMBER.search(properties))]


def _parsed_marks(page: pikepdf.Page, properties: Any) -> list[int]:
    found: list[int] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        value = instruction.operands[1]
        value = properties.get(str(value)) if isinstance(value, pikepdf.Name) else value
        if isinstance(value, Dictionary) and "/MCID" in value:
            found.append(int(value.MCID))
    return found


def _hidden_texts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Words in the file that are not on a page: metadata, alternative texts, bookmarks, link texts, layers' names."""
    for key, value in pdf.trailer.get("/Info", Dictionary()).items():
        yield f"the metadata ({key})", str(value)
    if "/Metadata" in pdf.Root:
        yield "the metadata (XMP)", pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
    for thing in dictionaries(pdf):
        for key in ("/Alt", "/ActualText", "/E", "/T", "/Title", "/Contents", "/Name", "/URI"):
            value = thing.get(key)
            if isinstance(value, pikepdf.String):
                yield f"a hidden text ({key[1:]})", str(value)
        action = thing.get("/A")
        if isinstance(action, Dictionary) and "/URI" in action:
            yield "the address of a link", str(action.URI)
