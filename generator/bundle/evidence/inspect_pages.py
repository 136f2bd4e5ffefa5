"""Evidence looked at page by page with a second reader (PDFium): words, the way up, and what a black box hides not."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

DARK = 90
"""A fill is dark when none of its red, green and blue is above this (of 255)."""

SCAN = "scan without text"
"""How the warning about a page begins that cannot be searched."""

_SAMPLE = 400
FEW = 3
"""Characters that are not spaces from which something counts as having text."""


@dataclass
class PageLook:
    """One page: characters, how it is turned (0, 90, 180, 270 clockwise), any picture, and words under dark boxes."""

    characters: int = 0
    turned: int = 0
    picture: bool = False
    covered: str = ""


@dataclass
class Look:
    """All pages of one document."""

    pages: list[PageLook] = field(default_factory=list)

    @property
    def words(self) -> list[bool]:
        """Per page, whether it has text that can be read."""
        return [page.characters >= FEW for page in self.pages]


def look_at(content: bytes) -> Look:
    """Every page of a PDF; raises pypdfium2.PdfiumError when PDFium cannot read it."""
    document = pdfium.PdfDocument(content)
    try:
        return Look([_page(document[index]) for index in range(len(document))])
    finally:
        document.close()


def warnings_of(look: Look, photo: bool) -> list[str]:
    """What a person should look at, each with its pages; nobody expects that a `photo` can be searched."""
    found: list[str] = []
    silent = [n for n, page in enumerate(look.pages, 1) if page.characters < FEW and page.picture]
    if silent and not photo:
        found.append(f"{SCAN} on {in_pages(silent)}: it cannot be searched or read aloud")
    for angle, words in ((180, "upside down"), (90, "turned on its side"), (270, "turned on its side")):
        pages = [n for n, page in enumerate(look.pages, 1) if page.turned == angle]
        if pages:
            found.append(f"the text is {words} on {in_pages(pages)}")
    for number, page in enumerate(look.pages, 1):
        if page.covered:
            found.append(f"words under a dark box can still be read on page {number}: this is not a redaction")
    return found


def in_pages(numbers: list[int]) -> str:
    """ "page 3", or "pages 1-4, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    text = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {text}"


def page_texts(content: bytes) -> list[str]:
    """The text of every page, as a screen reader or a search would find it."""
    document = pdfium.PdfDocument(content)
    try:
        return [_text_of(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _text_of(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _page(page: Any) -> PageLook:
    text = page.get_textpage()
    try:
        count = text.count_chars()
        things = list(page.get_objects(max_depth=8))
        picture = any(thing.type == raw.FPDF_PAGEOBJ_IMAGE for thing in things)
        covered = _covered(text, count, things) if count else ""
        return PageLook(_visible(text, count), _turned(page, text, count), picture, covered)
    finally:
        text.close()
        page.close()


def _visible(text: Any, count: int) -> int:
    """Characters that are not spaces; counting stops where it no longer matters."""
    return len("".join(str(text.get_text_range(0, min(count, 2000))).split())) if count else 0


def _turned(page: Any, text: Any, count: int) -> int:
    """How far most of the text is turned from upright, clockwise as seen, by a sample of its characters."""
    if count < FEW:
        return 0
    step = max(1, count // _SAMPLE)
    angles = Counter(
        round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) * 90 % 360
        for index in range(0, count, step)
        if not raw.FPDFText_IsGenerated(text, index)
    )
    if not angles:
        return 0
    angle, votes = angles.most_common(1)[0]
    seen = (angle + page.get_rotation()) % 360
    return seen if votes > 0.6 * sum(angles.values()) else 0


def _covered(text: Any, count: int, things: list[Any]) -> str:
    """The characters that were drawn before a dark filled box and lie under it."""
    order = {_address(thing.raw): place for place, thing in enumerate(things)}
    boxes = list(_dark_boxes(things))
    if not boxes or count > 50_000:
        return ""
    hidden: list[str] = []
    for index in range(count):
        owner = raw.FPDFText_GetTextObject(text, index)
        place = order.get(_address(owner)) if owner else None
        if place is None:
            continue
        left, bottom, right, top = text.get_charbox(index)
        x, y = (left + right) / 2, (bottom + top) / 2
        if any(place < at and a <= x <= c and b <= y <= d for at, (a, b, c, d) in boxes):
            hidden.append(str(text.get_text_range(index, 1)))
    words = "".join(hidden).strip()
    return words if len(words) >= FEW else ""


def _dark_boxes(things: list[Any]) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    for place, thing in enumerate(things):
        if thing.type != raw.FPDF_PAGEOBJ_PATH or thing.level:
            continue
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(thing.raw, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
            continue
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFPageObj_GetFillColor(thing.raw, red, green, blue, alpha) or alpha.value < 250:
            continue
        if max(red.value, green.value, blue.value) <= DARK:
            left, bottom, right, top = thing.get_bounds()
            if right - left > 8 and top - bottom > 5:
                yield place, (left, bottom, right, top)


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
