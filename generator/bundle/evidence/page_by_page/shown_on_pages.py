"""What pages show beside their text: pictures, ticks, and words that somebody typed onto them, looked for by PDFium.

Asked twice: of the clean file, against the file as it came, and of the finished bundle, against what went into it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from generator.bundle.bundle_parts import ShownOnPage
from generator.engines.pdf.pdf_read_back import missing_words, pictures_on_pages
from generator.values.notice import LOST, Notice

_DOTS = 2.5
"""Dots a point in which a tick is looked for."""
_INNER = 0.12
"""The part of a box on each side that is its frame."""
_INK = 60
"""How far the darkest and the lightest point in a box with a tick are apart, of 255."""


def pictures(content: bytes) -> list[ShownOnPage]:
    """How many pictures each page of a PDF draws, where it draws any."""
    with pdfium.PdfDocument(content) as document:
        counted = enumerate(pictures_on_pages(document), 1)
        return [ShownOnPage("picture", page, count=count) for page, count in counted if count]


def lost_pictures(before: bytes, after: bytes, anew: Container[int]) -> Iterator[Notice]:
    """Pages that draw fewer pictures than they did; but for those that were made `anew` as a picture."""
    try:
        had = pictures(before)
    except pdfium.PdfiumError:
        return
    has = {one.page: one.count for one in pictures(after)}
    for one in had:
        if has.get(one.page, 0) < one.count and one.page not in anew:
            gone = one.count - has.get(one.page, 0)
            yield Notice(f"{_pictures(gone)} of this page lost on the way", LOST, one.page, gone)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def lost(content: bytes, shows: Sequence[ShownOnPage]) -> Iterator[Notice]:
    """What is not on its page of a PDF, each with the page."""
    if shows:
        with pdfium.PdfDocument(content) as document:
            yield from lost_in(document, shows, 0)


def lost_in(document: pdfium.PdfDocument, shows: Sequence[ShownOnPage], before: int) -> Iterator[Notice]:
    """The same in a PDF that is open, in which so many pages stand `before` those that are meant."""
    for one in shows:
        page = document[before + one.page - 1]
        try:
            yield from _missing(page, one)
        finally:
            page.close()


def _missing(page: Any, one: ShownOnPage) -> Iterator[Notice]:
    if one.kind == "picture":
        there = pictures_on(page)
        if there < one.count:
            yield Notice(f"{_pictures(one.count - there)} of this page not shown", LOST, one.page, one.count - there)
    elif one.kind == "words":
        text = page.get_textpage()
        gone = missing_words(one.words, str(text.get_text_bounded()))
        text.close()
        if gone:
            said = ", ".join(dict.fromkeys(gone[:8]))
            yield Notice(f"of what was typed on this page is not shown: {said}", LOST, one.page, len(gone))
    elif one.kind == "tick" and not has_ink(page, one.box):
        yield Notice("a tick on this page does not show", LOST, one.page)


def pictures_on(page: Any) -> int:
    """How many pictures a page draws."""
    return pictures_on_pages([page])[0]


def has_ink(page: Any, box: Sequence[float]) -> bool:
    """True when something dark on light, or light on dark, shows inside a box; True for one that is not on the page."""
    left, bottom, right, top = _as_seen(page, box)
    wide, high = page.get_size()
    across, down = (right - left) * _INNER, (top - bottom) * _INNER
    left, bottom, right, top = left + across, bottom + down, right - across, top - down
    if left < 0 or bottom < 0 or right > wide or top > high or right - left < 1 or top - bottom < 1:
        return True
    shown = page.render(scale=_DOTS, crop=(left, bottom, wide - right, high - top)).to_pil().convert("L")
    low, highest = shown.getextrema()
    return bool(highest - low > _INK)


def _as_seen(page: Any, box: Sequence[float]) -> tuple[float, float, float, float]:
    """A box of a page's own space as the reader sees it: from the lower left corner of the page, turned as it is."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    low = max(media[0], crop[0]), max(media[1], crop[1])
    top = min(media[2], crop[2]), min(media[3], crop[3])
    left, bottom, right, high = box
    return {
        90: (bottom - low[1], top[0] - right, high - low[1], top[0] - left),
        180: (top[0] - right, top[1] - high, top[0] - left, top[1] - bottom),
        270: (top[1] - high, left - low[0], top[1] - bottom, right - low[0]),
    }.get(page.get_rotation(), (left - low[0], bottom - low[1], right - low[0], high - low[1]))
