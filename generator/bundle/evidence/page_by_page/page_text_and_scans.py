"""Evidence looked at page by page with a second reader (PDFium): words, the way up, and what a box hides not."""

from __future__ import annotations

import ctypes
import io
import math
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from generator.bundle.bundle_parts import ShownOnPage
from generator.bundle.evidence.hidden.actual_text import without_actual_text
from generator.bundle.evidence.hidden.said_beside import said_beside
from generator.bundle.evidence.hidden.unseen_text import unseen
from generator.engines.pdf.drawn_pictures import DEEP, pictures
from generator.values.shortening import first_words

SCAN, PARTLY, PHOTO = "scan without text", "scan with hardly any text", "photo of writing without text"
"""How the warnings about pages begin that cannot be searched, or only beside the picture that fills them."""

BESIDE = "\n\x1c\n"
"""Between the text of a page to be searched and what the file says of it elsewhere."""
BESIDE_ALL = f"\x1c{BESIDE}"
"""How the last text begins where the file says something that belongs to no page."""

_SAMPLE = 400
FEW = 3
"""Characters that are not spaces from which something counts as having text."""

_SPARSE = 150
"""Characters below which the text on a page of pictures is a stamp or a fax header, and not what they show."""
_FILLS = 0.25
"""The part of a page that its pictures cover from which they are what it is about."""
_DEEP = 8
"""Forms within forms in which a picture is looked for."""
_SHAPES, _MANY_SHAPES, _SIZES, _LETTER_HIGH = 12, 40, 8, 40.0
"""Shapes like letters from which a page without text, and one with text, may be written in them; of how many sizes at
least, since the dots of a chart are alike; and how large in points."""
_LOOKED_AT = 5000
_QUOTED = 80
"""Characters of hidden words that are told."""


@dataclass
class PageLook:
    """One page: characters, how it is turned (0, 90, 180, 270 clockwise), and words that nobody can see.

    `picture` is true of a page without text that shows a picture. `text` and `pictures` are all that a page of ours
    says, and how many pictures it draws: of others that is asked when they are clean.
    `sparse` is true of a page of pictures with hardly any text on it; `drawn_letters` of one on which shapes look like
    letters.
    """

    characters: int = 0
    turned: int = 0
    picture: bool = False
    unseen: tuple[str, ...] = ()
    sparse: bool = False
    text: str = ""
    pictures: int = 0
    drawn_letters: bool = False


@dataclass
class Look:
    """All pages of one document."""

    pages: list[PageLook] = field(default_factory=list)

    @property
    def words(self) -> list[bool]:
        """Per page, whether it has text that can be read."""
        return [page.characters >= FEW for page in self.pages]

    @property
    def texts(self) -> list[str]:
        """The text of each page of ours."""
        return [page.text for page in self.pages]

    @property
    def pictures(self) -> list[ShownOnPage]:
        """How many pictures each page of ours draws, where it draws any."""
        counted = enumerate((page.pictures for page in self.pages), 1)
        return [ShownOnPage("picture", page, count=count) for page, count in counted if count]


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
    shapes = [n for n, page in enumerate(look.pages, 1) if page.drawn_letters]
    if shapes and not photo:
        found.append(f"there may be words drawn as shapes on {in_pages(shapes)}: these cannot be searched for names")
    for angle, words in ((180, "upside down"), (90, "turned on its side"), (270, "turned on its side")):
        pages = [n for n, page in enumerate(look.pages, 1) if page.turned == angle]
        if pages:
            found.append(f"the text is {words} on {in_pages(pages)}")
    found += [_not_gone(number, page.unseen) for number, page in enumerate(look.pages, 1) if page.unseen]
    return found


def _not_gone(number: int, unseen: Sequence[str]) -> str:
    """What to tell of words under a box, in white or beside the page."""
    said = first_words(", ".join(f"“{text}”" for text in unseen), _QUOTED)
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


def texts_to_search(content: bytes, read: Sequence[str] | None = None) -> list[str]:
    """The text of every page for a guard: as it is read, as its letters are drawn where that is different, and what
    the file says of it elsewhere (bookmarks, descriptions, addresses of links).

    One more text, where there is any, holds what belongs to no page. `read` is the first where it is known.
    """
    read, drawn = page_texts(content) if read is None else read, without_actual_text(content)
    if drawn is not None:
        read = [f"{one}\n\n{other}" for one, other in zip(read, page_texts(drawn), strict=True)]
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        beside = said_beside(pdf)
    texts = [f"{text}{BESIDE}{beside[number]}" if number in beside else text for number, text in enumerate(read, 1)]
    return [*texts, f"{BESIDE_ALL}{beside[0]}"] if 0 in beside else texts


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
        characters = _visible(text, count)
        if ours:
            said, drawn = str(text.get_text_range()), sum(1 for _ in pictures(page, DEEP))
            return PageLook(
                characters, _turned(page, text, count), characters < FEW and drawn > 0, text=said, pictures=drawn
            )
        picture = characters < FEW and (any(True for _ in pictures(page, _DEEP)) or has_drawn_letters(page, _SHAPES))
        hidden = tuple(run.text for run in unseen(page, text)) if count else ()
        sparse = is_sparse(page, text)
        drawn = characters >= FEW and has_drawn_letters(page, _MANY_SHAPES)
        return PageLook(characters, _turned(page, text, count), picture, hidden, sparse, drawn_letters=drawn)
    finally:
        text.close()
        page.close()


def has_drawn_letters(page: Any, enough: int) -> bool:
    """True for a page with so many small filled shapes with curves, of many sizes, as letters drawn as shapes are."""
    sizes: Counter[tuple[int, int]] = Counter()
    for number, thing in enumerate(page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP)):
        if number > _LOOKED_AT:
            break
        left, bottom, right, top = thing.get_bounds()
        if 1 < top - bottom < _LETTER_HIGH and 0.3 < right - left < _LETTER_HIGH and _has_curve(thing.raw):
            sizes[round(10 * (right - left)), round(10 * (top - bottom))] += 1
    return sizes.total() >= enough and len(sizes) >= _SIZES


def _has_curve(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, mode, stroke) or not mode.value:
        return False
    segments = min(raw.FPDFPath_CountSegments(path), 40)
    return any(
        raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(path, n)) == raw.FPDF_SEGMENT_BEZIERTO
        for n in range(segments)
    )


def is_sparse(page: Any, text: Any) -> bool:
    """True for a page of pictures with so little text that it is not what they show: a fax header over a scan."""
    if _visible(text, text.count_chars()) >= _SPARSE:
        return False  # and its pictures, which take long to look at, are not looked at
    width, height = page.get_size()
    covered = 0.0
    for thing in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEP):
        left, bottom, right, top = thing.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= _FILLS * width * height)


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
