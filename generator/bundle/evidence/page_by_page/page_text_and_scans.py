"""Evidence looked at page by page with a second reader (PDFium): words, the way up, and what a box hides not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from generator.bundle.evidence.hidden.actual_text import without_actual_text
from generator.bundle.evidence.hidden.unseen_text import unseen

SCAN, PARTLY, PHOTO = "scan without text", "scan with hardly any text", "photo of writing without text"
"""How the warnings about pages begin that cannot be searched, or only beside the picture that fills them."""

_SAMPLE = 400
FEW = 3
"""Characters that are not spaces from which something counts as having text."""

_SPARSE = 150
"""Characters below which the text on a page of pictures is a stamp or a fax header, and not what they show."""
_FILLS = 0.25
"""The part of a page that its pictures cover from which they are what it is about."""
_QUOTED = 80
"""Characters of hidden words that are told."""


@dataclass
class PageLook:
    """One page: characters, how it is turned (0, 90, 180, 270 clockwise), any picture, and words that nobody can see.

    `sparse` is true of a page of pictures with hardly any text on it.
    """

    characters: int = 0
    turned: int = 0
    picture: bool = False
    unseen: tuple[str, ...] = ()
    sparse: bool = False


@dataclass
class Look:
    """All pages of one document."""

    pages: list[PageLook] = field(default_factory=list)

    @property
    def words(self) -> list[bool]:
        """Per page, whether it has text that can be read."""
        return [page.characters >= FEW for page in self.pages]


def look_at(content: bytes, ours: Container[int] = ()) -> Look:
    """Every page of a PDF; raises pypdfium2.PdfiumError when PDFium cannot read it.

    The pages that are `ours`, counted from 1, were made here: nothing is hidden in them, and none is a scan.
    """
    document = pdfium.PdfDocument(content)
    try:
        return Look([_page(document[index], index + 1 in ours) for index in range(len(document))])
    finally:
        document.close()


def warnings_of(look: Look, photo: bool, written: Container[int] = ()) -> list[str]:
    """What a person should look at, each with its pages.

    Nobody expects that a `photo` can be searched, but for pages on which there seems to be writing (`written`).
    """
    found: list[str] = []
    silent = [n for n, page in enumerate(look.pages, 1) if page.characters < FEW and page.picture]
    if silent and not photo:
        found.append(f"{SCAN} on {in_pages(silent)}: it cannot be searched for names or read aloud")
    unread = [n for n in silent if n in written] if photo else []
    if unread:
        found.append(
            f"{PHOTO} on {in_pages(unread)}: what it says cannot be searched for names or read aloud; --ocr reads it"
        )
    partly = [n for n, page in enumerate(look.pages, 1) if page.sparse and n not in silent]
    if partly and not photo:
        found.append(
            f"{PARTLY} on {in_pages(partly)}: what the picture says cannot be searched for names or read aloud"
        )
    for angle, words in ((180, "upside down"), (90, "turned on its side"), (270, "turned on its side")):
        pages = [n for n, page in enumerate(look.pages, 1) if page.turned == angle]
        if pages:
            found.append(f"the text is {words} on {in_pages(pages)}")
    found += [_not_gone(number, page.unseen) for number, page in enumerate(look.pages, 1) if page.unseen]
    return found


def _not_gone(number: int, unseen: Sequence[str]) -> str:
    """What to tell of words under a box, in white or beside the page."""
    said = ", ".join(f"“{text}”" for text in unseen)
    said = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rstrip()}…"
    return (
        f"words that cannot be seen can still be copied from page {number}: {said}. A box over words is not a "
        "redaction: `remove_unseen: yes` in evidence.yaml takes them out"
    )


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


def texts_to_search(content: bytes) -> list[str]:
    """The text of every page for a guard: as it is read, and as its letters are drawn where that is different."""
    read, drawn = page_texts(content), without_actual_text(content)
    if drawn is None:
        return read
    return [f"{one}\n\n{other}" for one, other in zip(read, page_texts(drawn), strict=True)]


def _text_of(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _page(page: Any, ours: bool) -> PageLook:
    text = page.get_textpage()
    try:
        count = text.count_chars()
        picture = any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=8))
        hidden = () if ours or not count else tuple(run.text for run in unseen(page, text))
        sparse = not ours and is_sparse(page, text)
        return PageLook(_visible(text, count), _turned(page, text, count), picture, hidden, sparse)
    finally:
        text.close()
        page.close()


def is_sparse(page: Any, text: Any) -> bool:
    """True for a page of pictures with so little text that it is not what they show: a fax header over a scan."""
    width, height = page.get_size()
    covered = 0.0
    for thing in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        left, bottom, right, top = thing.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered >= _FILLS * width * height and _visible(text, text.count_chars()) < _SPARSE


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
