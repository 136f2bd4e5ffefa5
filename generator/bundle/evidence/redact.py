"""Words taken out of evidence for good: the page becomes a picture with boxes, over the words that may be read.

A black box on a PDF hides nothing from a search, so every page that holds a term is drawn as a picture, the boxes are
painted into the picture, and only the words that are seen in it are put back as text that does not show.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Name
from PIL import Image, ImageChops, ImageDraw

from generator.bundle.bundle_parts import AddressLines
from generator.bundle.evidence.hidden.actual_text import without_actual_text
from generator.bundle.evidence.hidden.unseen_text import unseen
from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages, is_sparse
from generator.bundle.evidence.page_by_page.pdf_objects import name_of, said_by, strings_and_names
from generator.bundle.evidence.page_by_page.renamed import call_otherwise
from generator.bundle.evidence.rest_of_address import rest_of_addresses
from generator.bundle.evidence.words_put_back import Box, Letter, put_back, words_shown
from generator.bundle.name_forms import read, spans
from generator.bundle.name_search import names_found

DPI = 200

_MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class Redacted:
    """What was done, what a person must look at, and the pages, counted from 1, that were made anew."""

    done: tuple[str, ...]
    warnings: tuple[str, ...]
    pages: frozenset[int]


@dataclass
class _Tally:
    """What is found on the way: terms, pages that were made anew for them or for words that nobody sees, and others."""

    found: Counter[str] = field(default_factory=Counter)
    changed: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    sparse: list[int] = field(default_factory=list)
    more: list[int] = field(default_factory=list)
    """Pages on which more of an address may stand behind what was taken out."""
    hidden: set[str] = field(default_factory=set)
    """Terms that stood where no page shows them."""


def redact(
    pdf: pikepdf.Pdf,
    content: bytes,
    terms: Sequence[str],
    remove_unseen: bool = False,
    addresses: Sequence[AddressLines] = (),
) -> Redacted:
    """Take the terms out of every page and every hidden text.

    `content` is the PDF as saved. Whole words are looked for in every way in which people write them: see `name_forms`.
    `remove_unseen` takes out the words that nobody can see too. Where a line of an address is taken out, the rest of it
    that stands there goes too, of `addresses` the town, and all from a street to its postcode.
    A page that holds some loses its links and its old
    text; the document loses its bookmarks.
    """
    tally = _Tally()
    document, drawn = pdfium.PdfDocument(content), without_actual_text(content)
    other = pdfium.PdfDocument(drawn) if drawn else None
    try:
        for number in range(len(document)):
            page = document[number]
            page.set_rotation(0)  # the new page is turned as the old one was, so that its text runs as it did
            seen = _where_drawn(other, number, terms, addresses) if other else []
            _redact_page(pdf, page, number, terms, remove_unseen, tally, seen, addresses)
            page.close()
    finally:
        document.close()
        if other:
            other.close()
    tally.hidden = _clean_hidden(pdf, terms)
    if tally.hidden or tally.changed:
        _drop_outline(pdf)
    return Redacted(tuple(_done(tally)), tuple(_to_look_at(tally, terms)), frozenset(tally.changed))


def _where_drawn(
    document: Any, number: int, terms: Sequence[str], addresses: Sequence[AddressLines]
) -> list[tuple[str, Box]]:
    """The terms that a page shows in its letters, whatever it says that these are to be read as."""
    page = document[number]
    page.set_rotation(0)
    text = page.get_textpage()
    letters, _ = _letters(page, text)
    reading = read([letter.text for letter in letters])
    hits = [(term, span) for term in terms for span in spans(reading, term)]
    rest, _ = rest_of_addresses(reading, hits, addresses)
    found = [(term, box) for term, span in (*hits, *(("", one) for one in rest)) for box in _boxes(letters, span)]
    text.close()
    page.close()
    return found


def _redact_page(
    pdf: pikepdf.Pdf,
    page: Any,
    number: int,
    terms: Sequence[str],
    remove_unseen: bool,
    tally: _Tally,
    drawn: Sequence[tuple[str, Box]],
    addresses: Sequence[AddressLines],
) -> None:
    """One page as it is, or made anew without the words that are to go; some are where they are `drawn`."""
    text = page.get_textpage()
    try:
        letters, scale = _letters(page, text)
        tally.silent += [] if letters else [number + 1]
        tally.sparse += [number + 1] if letters and is_sparse(page, text) else []
        reading = read([letter.text for letter in letters])
        hits = [(term, span) for term in terms for span in spans(reading, term)]
        tally.found.update(term for term, _ in (*hits, *drawn) if term)
        rest, more = rest_of_addresses(reading, hits, addresses)
        tally.more += [number + 1] if more else []
        runs = unseen(page, text) if hits or drawn or (remove_unseen and letters) else []
    finally:
        text.close()
    if not hits and not drawn and not (remove_unseen and runs):
        return
    out = [*(span for _, span in hits), *rest]
    boxes = [box for span in out for box in _boxes(letters, span)]
    picture = _painted(page, scale, [*boxes, *(box for _, box in drawn)])
    gone = {index for span in out for index in span} | {index for run in runs for index in run.indexes}
    words = words_shown([letter for index, letter in enumerate(letters) if index not in gone], picture)
    put_back(pdf, pdf.pages[number], picture, page.get_size(), words)
    tally.changed.append(number + 1)
    tally.unseen += [number + 1] if runs else []


def _done(tally: _Tally) -> Iterator[str]:
    how = "which are pictures now with the other words behind them"
    if tally.changed:
        yield f"words taken out on {in_pages(tally.changed)}, {how}"
    if tally.unseen:
        yield f"words that nobody could see taken out on {in_pages(tally.unseen)}"


def _to_look_at(tally: _Tally, terms: Sequence[str]) -> Iterator[str]:
    """The terms that were not found, and the pages on which nobody could look for them."""
    blind = sorted({*tally.silent, *tally.sparse})
    kind = "no text" if blind == tally.silent else "a picture with no text, or hardly any,"
    where = f"there is {kind} on {in_pages(blind)} in which to look" if blind else ""
    for term in terms:
        if not tally.found[term] and term in tally.hidden:
            yield f"“{term}” was taken out of what no page shows, and no page says it{where and '; '}{where}"
        elif not tally.found[term]:
            yield f"“{term}” was to be taken out and was not found{where and '; '}{where}"
    if tally.more:
        yield f"behind an address that was taken out, {in_pages(tally.more)} may say more of it, such as its town"
    if where and any(tally.found.values()):
        yield f"words were taken out elsewhere, but {where}"


# -- finding ----------------------------------------------------------------------------------------------------------


def _letters(page: Any, text: Any) -> tuple[list[Letter], float]:
    """Every character with its place in the picture, and the picture's dots per point."""
    width, height = page.get_size()
    scale = min(DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    found = [
        Letter(
            chr(raw.FPDFText_GetUnicode(text, index)),
            _pixels(page, text.get_charbox(index), size),
            round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) % 4,
        )
        for index in range(text.count_chars())
    ]
    return found, scale


def _pixels(page: Any, box: Box, size: tuple[int, int]) -> Box:
    """A box of the page in the picture's dots."""
    corners = [_device(page, x, y, size) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _device(page: Any, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, size[0], size[1], 0, x, y, across, down)
    return across.value, down.value


# -- painting ---------------------------------------------------------------------------------------------------------


def _boxes(letters: Sequence[Letter], span: range) -> Iterator[Box]:
    """One box for each line that a run of characters stands on, a little larger than its letters."""
    line: list[Box] = []
    inked = (letters[index] for index in span if not letters[index].text.isspace())
    for box in (letter.box for letter in inked if letter.box[2] > letter.box[0]):
        if line and not (box[1] < line[-1][3] and box[3] > line[-1][1] and box[0] > line[-1][0] - 4):
            yield _around(line)
            line = []
        line.append(box)
    if line:
        yield _around(line)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    margin = max(3.0, 0.2 * (max(bottoms) - min(tops)))
    return min(lefts) - margin, min(tops) - margin, max(rights) + margin, max(bottoms) + margin


def _painted(page: Any, scale: float, boxes: Iterable[Box]) -> Image.Image:
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    red, green, blue = picture.split()
    if not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(green, blue).getbbox():
        picture = picture.convert("L")
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        pen.rectangle(box, fill=0 if picture.mode == "L" else (0, 0, 0))
    return picture


# -- what does not show -----------------------------------------------------------------------------------------------


def _clean_hidden(pdf: pikepdf.Pdf, terms: Sequence[str]) -> set[str]:
    """Empty every text in the file that is not on a page and holds a term, and call by another name what is called so.

    The terms that were found.
    """
    hit, called = set[str](), list[str]()
    for _, holder, key, value in strings_and_names(pdf):
        said = said_by(value)
        if found := names_found([said, unquote(said)], terms):
            hit |= {one.term for one in found}
            if isinstance(value, Name):
                called.append(name_of(value))
            else:
                holder[key] = pikepdf.String("")
    if called:
        call_otherwise(pdf, called)
    return hit


def _drop_outline(pdf: pikepdf.Pdf) -> None:
    """The document's own bookmarks: their titles are text that stood on the pages."""
    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
