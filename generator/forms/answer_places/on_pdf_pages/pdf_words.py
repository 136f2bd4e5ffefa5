"""The printed words of a PDF page as pieces with their boxes, read with pdfium: what a label is in a form."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

EMPTY_BOX, TICKED_BOX = "\u2610", "\u2612"


@dataclass(frozen=True)
class Words:
    """One piece of a line: points from the bottom left, the size of its letters, whether they are bold."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        """The height of the middle of its letters."""
        return (self.bottom + self.top) / 2


@dataclass
class _PdfLetter:
    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool


def page_words(page: pdfium.PdfPage, see_ticks: bool = False) -> list[Words]:
    """The pieces of text of a page, top to bottom and left to right; a gap wider than a letter ends a piece.

    With `see_ticks` an empty box in which something is drawn is read as a ticked one, whatever program drew it there.
    """
    text = _as_written(page)
    letters = [letter for index in range(text.count_chars()) if (letter := _letter(text, index))]
    if see_ticks and any(letter.char == EMPTY_BOX for letter in letters):
        look = _Ink(page)
        letters = [
            replace(one, char=TICKED_BOX) if one.char == EMPTY_BOX and look.inside(one) else one for one in letters
        ]
    pieces: list[list[_PdfLetter]] = []
    for letter in letters:
        if pieces and _goes_on(pieces[-1][-1], letter):
            pieces[-1].append(letter)
        elif letter.char.strip():
            pieces.append([letter])
    found = [_piece(p) for p in pieces if "".join(x.char for x in p).strip()]
    return sorted(found, key=lambda w: (-round(w.middle / 4), w.left))


Rect = tuple[float, float, float, float]


def drawn_places(page: pdfium.PdfPage) -> tuple[list[Rect], list[Rect]]:
    """The writing lines made of underscores and the empty boxes of a page, top to bottom and left to right."""
    text = _as_written(page)
    rules: list[list[_PdfLetter]] = []
    boxes: list[Rect] = []
    before: _PdfLetter | None = None
    for index in range(text.count_chars()):
        letter = _letter(text, index)
        if letter is None:
            continue
        if letter.char == "_":
            goes_on = before is not None and before.char == "_" and _goes_on(before, letter)
            if goes_on and rules:
                rules[-1].append(letter)
            else:
                rules.append([letter])
        elif letter.char == "\u2610":
            boxes.append((letter.left, letter.bottom, letter.right, letter.top))
        before = letter
    lines = [(run[0].left, run[0].bottom, run[-1].right, run[0].top) for run in rules if len(run) > 2]
    return sorted(lines, key=_reading_order), sorted(boxes, key=_reading_order)


class _Ink:
    """A page as a picture, to see whether something is drawn inside a printed box.

    The picture is turned and cut as the page is shown (/Rotate, CropBox); letters are placed as the page is written.
    Of a page too large for one picture every box is drawn for itself.
    """

    SCALE = 4.0
    MOST = 40_000_000
    """Pixels of a picture at most; a page of A2 still fits."""
    SIDE = 1000
    """Pixels of the side of a box at most that is drawn for itself."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        width, height = self._size(self.SCALE)
        self.whole = self._drawn(self.SCALE, range(width), range(height)) if width * height <= self.MOST else None

    def inside(self, letter: _PdfLetter) -> bool:
        """True when more than a trace of ink is in the middle half of a box."""
        wide, tall = (letter.right - letter.left) / 4, (letter.top - letter.bottom) / 4
        scale = self.SCALE if self.whole else min(self.SCALE, self.SIDE / max(wide * 2, tall * 2, 1))
        size = self._size(scale)
        corners = (
            self._pixel(size, letter.left + wide, letter.bottom + tall),
            self._pixel(size, letter.right - wide, letter.top - tall),
        )
        columns, rows = (
            range(max(min(along), 0), min(max(along) + 1, most))
            for along, most in zip(zip(*corners, strict=True), size, strict=True)
        )
        if not columns or not rows:
            return False
        if self.whole:
            pixels, stride = self.whole
            seen = [pixels[y * stride + x] for y in rows for x in columns]
        else:
            pixels, stride = self._drawn(scale, columns, rows)
            seen = [pixels[y * stride + x] for y in range(len(rows)) for x in range(len(columns))]
        return sum(value < 128 for value in seen) > len(seen) * 0.06

    def _size(self, scale: float) -> tuple[int, int]:
        return math.ceil(self.page.get_width() * scale), math.ceil(self.page.get_height() * scale)

    def _pixel(self, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
        """Where a point of the page, as it is written, stands in a picture of the page of this size."""
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self.page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        return across.value, down.value

    def _drawn(self, scale: float, columns: range, rows: range) -> tuple[bytes, int]:
        """A part of the picture in grey, one byte a pixel, and how many bytes a row has."""
        bitmap = pdfium.PdfBitmap.new_native(len(columns), len(rows), raw.FPDFBitmap_Gray)
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, len(columns), len(rows), 0xFFFFFFFF)
        place = (-columns.start, -rows.start, *self._size(scale))
        raw.FPDF_RenderPageBitmap(bitmap, self.page, *place, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
        return bytes(bitmap.buffer), bitmap.stride


def _as_written(page: pdfium.PdfPage) -> pdfium.PdfTextPage:
    """The text of a page; of one that is shown upside down pdfium would give the letters backwards."""
    turned = page.get_rotation()
    if turned != 180:
        return page.get_textpage()
    page.set_rotation(0)
    try:
        return page.get_textpage()
    finally:
        page.set_rotation(turned)


def _reading_order(rect: Rect) -> tuple[int, float]:
    return (-round(rect[1] / 4), rect[0])


def _letter(text: Any, index: int) -> _PdfLetter | None:
    char = chr(raw.FPDFText_GetUnicode(text, index))
    if char in "\r\n\x00":
        return None
    box = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(text, index, *map(ctypes.byref, box)):
        return None
    left, right, bottom, top = (b.value for b in box)
    size = raw.FPDFText_GetFontSize(text, index)
    return _PdfLetter(char, left, bottom, right, top, size, raw.FPDFText_GetFontWeight(text, index) >= 600)


def _goes_on(last: _PdfLetter, letter: _PdfLetter) -> bool:
    size = max(letter.size, 6.0)
    if last.char == " " and last.right <= last.left:  # no space is written there: pdfium sees a gap
        return abs(letter.bottom - last.bottom) < size * 1.2 and -size * 3 < letter.left - last.right < size
    if letter.char == " " or last.char == " ":
        return abs(letter.bottom - last.bottom) < size * 1.2 and -size * 3 < letter.left - last.right < size * 1.6
    level = min(last.top, letter.top) - max(last.bottom, letter.bottom) > -size * 0.5
    return level and -size < letter.left - last.right < size * 1.1


def _whole_signs(text: str) -> str:
    """A text whose signs beyond the first 65,536, such as faces, came in two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _piece(letters: list[_PdfLetter]) -> Words:
    inked = [x for x in letters if x.char.strip()]
    text = " ".join(_whole_signs("".join(x.char for x in letters)).split())
    return Words(
        text,
        min(x.left for x in inked),
        min(x.bottom for x in inked),
        max(x.right for x in inked),
        max(x.top for x in inked),
        max(x.size for x in inked),
        sum(x.bold for x in inked) * 2 > len(inked),
    )
