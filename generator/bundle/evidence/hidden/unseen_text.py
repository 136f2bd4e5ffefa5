"""Text that nobody can see and anybody can copy: found by drawing each page with and without its letters.

A box over a name hides nothing from a search, whatever the box is: black, white or grey, a picture, a thick line, a
form XObject, a flattened annotation. So it is not asked what lies over the text; the page is drawn twice, and a letter
whose place looks the same without it is one that cannot be seen. White letters on white paper, letters beside the page
and letters too small to read are found in the same way.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw
from PIL import Image, ImageChops

DPI = 100
"""Fine enough for six-point letters, and quick."""

_MOST_PIXELS = 4_000_000
_SEEN = 24
"""Of 255: a difference in brightness that an eye notices."""
_INK = 0.08
"""The part of a letter's box that must change for the letter to count as seen; a letter's own ink is 0.2 and more."""
_TINY = 1.5
"""Points: letters of this height are dust on paper and words to a search."""
_FEW = 2
"""Letters and digits in a row from which something hidden is worth telling."""

_FAR = 1_000_000
"""Points: so far from the origin a scale is measured to six figures in whole dots."""
_CHANGED = b"\xff"

_SEEN_BLUE = 60
"""The same of blue alone, which is dark by itself: pale yellow letters are on white paper as if they were not there."""
_LEAN = 0.08
_LEANEST = 0.06
"""Parts of its height that are so narrow a letter's ink, or its place in the line, that nobody can read it."""

_TABLE = [255 * (value > _SEEN) for value in range(256)]
"""For a difference in brightness, whether it is seen."""
_TABLE_OF_BLUE = [255 * (value > _SEEN_BLUE) for value in range(256)]
_TABLE_OF_PAPER = [255 * (255 - value > _SEEN) for value in range(256)]
"""The same for a brightness on white paper."""
_TABLE_OF_BLUE_ON_PAPER = [255 * (255 - value > _SEEN_BLUE) for value in range(256)]

Box = tuple[int, int, int, int]


def _with_numbers(asked: Any, result: Any, *takes: Any) -> Any:
    """A question to PDFium that is asked once a letter, its things named by their addresses.

    To make an object of a pointer takes longer than the answer. The lock is kept: PDFium is never asked twice at once.
    """
    return ctypes.PYFUNCTYPE(result, *takes)(ctypes.cast(asked, ctypes.c_void_p).value or 0)


_THING, _PLACE = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_int)
_is_generated = _with_numbers(raw.FPDFText_IsGenerated, ctypes.c_int, *_PLACE)
_owner = _with_numbers(raw.FPDFText_GetTextObject, ctypes.c_void_p, *_PLACE)
_sign = _with_numbers(raw.FPDFText_GetUnicode, ctypes.c_uint, *_PLACE)
_box_of = _with_numbers(raw.FPDFText_GetCharBox, ctypes.c_int, *_PLACE, *[_THING] * 4)


def _handle(text: Any) -> int:
    return int(ctypes.cast(text.raw, ctypes.c_void_p).value or 0)


@dataclass(frozen=True)
class Run:
    """Characters in a row that cannot be seen: their indexes on the page, and what they say."""

    indexes: tuple[int, ...]
    text: str


def unseen(page: Any, text: Any) -> list[Run]:
    """The runs of characters of a page that can be copied and not seen; `text` is its text page.

    Text that a program put behind a scan is never drawn; it counts as seen where the picture shows something.
    """
    count, handle = text.count_chars(), _handle(text)
    every = [_owner(handle, index) or 0 for index in range(count)]
    # What PDFium adds between pieces of text, spaces and ends of lines, is of none: few need to be asked for. Blanks
    # that it adds within one are of it: they stand among the letters, and are passed over as blanks.
    letters = [index for index, mark in enumerate(every) if mark or not _is_generated(handle, index)]
    if not letters:
        return []
    marks = [every[index] for index in letters]
    owners = {mark: ctypes.cast(mark, raw.FPDF_PAGEOBJECT) for mark in dict.fromkeys(marks) if mark}
    modes = {mark: raw.FPDFTextObj_GetTextRenderMode(owner) for mark, owner in owners.items()}
    drawn = {mark for mark, mode in modes.items() if mode < raw.FPDF_TEXTRENDERMODE_INVISIBLE}
    sheet = DrawnSheet(page, [owners[mark] for mark in drawn])
    hidden = set(_never_shown(sheet, text, [i for i, mark in zip(letters, marks, strict=True) if mark not in drawn]))
    hidden |= sheet.without_ink(text, [i for i, mark in zip(letters, marks, strict=True) if mark in drawn])
    return list(_runs(text, count, hidden)) if hidden else []


class DrawnSheet:
    """A page as it looks, and what its letters add to it."""

    def __init__(self, page: Any, owners: Sequence[Any]) -> None:
        width, height = page.get_size()
        self._scale = min(DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        self._page = page
        self.whole = _picture(page, self._scale)
        self._added = self._difference(owners).tobytes()
        self.size = self.whole.size
        self._matrix = self._to_dots()
        self._numbers = tuple(ctypes.c_double() for _ in range(4))

    def _difference(self, owners: Sequence[Any]) -> Image.Image:
        """Where the page looks otherwise without its letters, as 255, else 0."""
        if nothing_else(self._page, owners):
            red, green, blue, _ = self.whole.split()
            seen = ImageChops.darker(red, green).point(_TABLE_OF_PAPER)
            return ImageChops.lighter(seen, blue.point(_TABLE_OF_BLUE_ON_PAPER))
        before = [raw.FPDFTextObj_GetTextRenderMode(owner) for owner in owners]
        for owner in owners:
            raw.FPDFTextObj_SetTextRenderMode(owner, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        bare = _picture(self._page, self._scale)
        for owner, mode in zip(owners, before, strict=True):
            raw.FPDFTextObj_SetTextRenderMode(owner, mode)
        return self._far_from(bare)

    def _far_from(self, bare: Image.Image) -> Image.Image:
        red, green, blue, _ = ImageChops.difference(self.whole, bare).split()
        seen = ImageChops.lighter(red, green).point(_TABLE)
        return ImageChops.lighter(seen, blue.point(_TABLE_OF_BLUE))

    def without_ink(self, text: Any, letters: Sequence[int]) -> set[int]:
        """The letters of which no ink can be seen; blanks, of which there never is any, are not among them.

        Most letters of most pages leave plenty of it: for these a part of their rows says so, and the rest is not
        counted. Whatever is not plain from that is left to `drawn`.
        """
        across, down, x, y, right_x, right_y = self._matrix
        if y != 0 or right_x != 0:  # a page that is turned
            return {index for index in letters if not _blank(text, index) and not self.drawn(text, index)}
        (width, height), handle = self.size, _handle(text)
        numbers = (ctypes.c_double * 4)()
        first_of, *others = [ctypes.addressof(numbers) + 8 * place for place in range(4)]
        found = set()
        for index in letters:
            left, right, low, high = numbers[:] if _box_of(handle, index, first_of, *others) else (0.0,) * 4
            wide, tall = right - left, high - low
            if tall > _TINY and wide >= _LEAN * tall and tall >= _LEAN * wide:  # not `_is_lean`, as most letters
                first, last = across + left * x + 0.5, across + right * x + 0.5
                top, bottom = down + high * right_y + 0.5, down + low * right_y + 0.5
                if (
                    0 <= first < last <= width
                    and 0 <= top < bottom <= height
                    and self._has_ink(int(first), int(top), int(last), int(bottom))
                ):
                    continue
            if not chr(_sign(handle, index)).isspace() and not self.drawn(text, index):
                found.add(index)
        return found

    def _has_ink(self, left: int, top: int, right: int, bottom: int) -> bool:
        """True when a part of the rows of a place, from its middle, has ink enough for a letter of all of them."""
        enough, wide, across = _INK * (right - left) * (bottom - top), right - left, self.size[0]
        if not enough:
            return False
        inked, middle, count = 0, (top + bottom) // 2, self._added.count
        for rows in (middle, bottom), (top, middle):
            for start in range(rows[0] * across + left, rows[1] * across + left, across):
                inked += count(_CHANGED, start, start + wide)
                if inked >= enough:
                    return True
        return False

    def drawn(self, text: Any, index: int) -> bool:
        """True when a letter leaves ink that can be seen."""
        place = self._place(text, index)
        box = self.box(place)
        if box is None:
            return False
        left, top, right, bottom = box
        width, inked = self.size[0], 0
        count, last = self._added.count, bottom * self.size[0]
        for row in range(top * width, last, width):  # counted in the picture's bytes: a letter is a few short slices
            inked += count(_CHANGED, row + left, row + right)
        if inked == 0 or (_is_lean(place[2] - place[0], place[3] - place[1], _LEAN) and _cannot_be_read(text, index)):
            return False
        if inked >= _INK * (right - left) * (bottom - top) and place[3] - place[1] > _TINY:
            return True
        if not chr(raw.FPDFText_GetUnicode(text, index)).isalnum():
            return True
        return inked >= _INK * (right - left) * (bottom - top) and _height(text, index) > _TINY

    def _place(self, text: Any, index: int) -> tuple[float, float, float, float]:
        """Left, low, right and high of a letter; asked for as often as there are letters, hence without a wrapper."""
        left, right, low, high = self._numbers
        if not raw.FPDFText_GetCharBox(text.raw, index, left, right, low, high):
            return (0.0, 0.0, 0.0, 0.0)
        return left.value, low.value, right.value, high.value

    def shows_something(self, box: Box) -> bool:
        """True when there is more than one shade in a place."""
        low, high = self.whole.crop(box).convert("RGB").convert("L").getextrema()
        return bool(high - low > _SEEN)  # type: ignore[operator]

    def box(self, place: Sequence[float]) -> Box | None:
        """A place on the page in the picture's dots; None beside the page."""
        width, height = self.size
        across, down, x, y, right_x, right_y = self._matrix
        left, low, right, high = place
        if y == right_x == 0:  # a page that is not turned, as nearly all: two corners say where the four are
            first, last = math.floor(across + left * x + 0.5), math.floor(across + right * x + 0.5)
            bottom, top = math.floor(down + low * right_y + 0.5), math.floor(down + high * right_y + 0.5)
        else:
            xs = [math.floor(across + a * x + b * right_x + 0.5) for a in (left, right) for b in (low, high)]
            ys = [math.floor(down + a * y + b * right_y + 0.5) for a in (left, right) for b in (low, high)]
            first, last, top, bottom = min(xs), max(xs), min(ys), max(ys)
        first, last = (first, last) if first <= last else (last, first)
        top, bottom = (top, bottom) if top <= bottom else (bottom, top)
        if last < 0 or bottom < 0:
            return None
        box = max(0, first), max(0, top), min(width, max(last, first + 1, 1)), min(height, max(bottom, top + 1, 1))
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _to_dots(self) -> tuple[float, float, float, float, float, float]:
        """Where the page's origin is in the picture, and how far a point to the right and one upwards lead."""
        (x, y), (x1, y1), (x2, y2) = (self._dot(*point) for point in ((0, 0), (_FAR, 0), (0, _FAR)))
        return x, y, (x1 - x) / _FAR, (y1 - y) / _FAR, (x2 - x) / _FAR, (y2 - y) / _FAR

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page.raw, 0, 0, *self.whole.size, 0, x, y, across, down)
        return across.value, down.value


def _blank(text: Any, index: int) -> bool:
    return chr(raw.FPDFText_GetUnicode(text, index)).isspace()


def _is_lean(wide: float, high: float, part: float) -> bool:
    return min(wide, high) < part * max(wide, high)


def _cannot_be_read(text: Any, index: int) -> bool:
    """True for a letter or digit that is pressed together to a stroke."""
    left, low, right, high = text.get_charbox(index, loose=True)
    letter = chr(raw.FPDFText_GetUnicode(text, index))
    return letter.isalnum() and right != left and _is_lean(abs(right - left), abs(high - low), _LEANEST)


def _height(text: Any, index: int) -> float:
    """The height of a letter's line, which is more than the letter's own."""
    _, low, _, high = text.get_charbox(index, loose=True)
    return float(abs(high - low))


def nothing_else(page: Any, owners: Sequence[Any]) -> bool:
    """True for a page on which there is nothing but these pieces of text: without them it is white paper."""
    handle = page.raw
    if raw.FPDFPage_GetAnnotCount(handle) != 0:
        return False
    known = {_address(owner) for owner in owners}
    things = (raw.FPDFPage_GetObject(handle, number) for number in range(raw.FPDFPage_CountObjects(handle)))
    return all(thing and _address(thing) in known for thing in things)


def _picture(page: Any, scale: float) -> Image.Image:
    # In this order of bytes the picture is what PDFium drew, and no copy of it.
    picture: Image.Image = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True).to_pil()
    return picture if picture.mode == "RGBX" else picture.convert("RGBX")


def _never_shown(sheet: DrawnSheet, text: Any, letters: Sequence[int]) -> Iterator[int]:
    """Of text that is never drawn, the words behind which the page shows nothing."""
    for word in _words(text, letters):
        boxes = [sheet.box(_core(text.get_charbox(index))) for index in word]
        there = [box for box in boxes if box]
        whole = _around(there)
        if whole is None or not sheet.shows_something(whole):
            yield from word


def _core(place: Sequence[float]) -> tuple[float, float, float, float]:
    """The middle of a letter's place: what a program thinks is a letter's edge may lie beside a box."""
    left, bottom, right, top = place
    return left, bottom + 0.2 * (top - bottom), right, top - 0.2 * (top - bottom)


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _words(text: Any, letters: Sequence[int]) -> Iterator[list[int]]:
    word: list[int] = []
    for index in letters:
        blank = chr(raw.FPDFText_GetUnicode(text, index)).isspace()
        if word and (blank or index != word[-1] + 1):
            yield word
            word = []
        if not blank:
            word.append(index)
    if word:
        yield word


def _runs(text: Any, count: int, hidden: set[int]) -> Iterator[Run]:
    """Hidden characters that follow each other; spaces between them join, and what shows ends a run."""
    run: list[int] = []
    for index in (*range(count), count):
        character = chr(raw.FPDFText_GetUnicode(text, index)) if index < count else ""
        if index in hidden and not character.isspace():
            run.append(index)
        elif run and (index == count or not (character.isspace() or raw.FPDFText_IsGenerated(text, index))):
            found = "".join(chr(raw.FPDFText_GetUnicode(text, i)) for i in range(run[0], run[-1] + 1))
            if sum(letter.isalnum() for letter in found) >= _FEW:
                yield Run(tuple(run), _told(found, _letter(text, run[0] - 1), _letter(text, run[-1] + 1)))
            run = []


def _letter(text: Any, index: int) -> bool:
    """True when a letter or digit stands at an index of the page."""
    return 0 <= index < text.count_chars() and chr(raw.FPDFText_GetUnicode(text, index)).isalnum()


def _told(found: str, begun: bool, goes_on: bool) -> str:
    """Hidden words as they are told: without the one or two letters of a word of which the others show."""
    words = found.split()
    if begun and len(words) > 1 and len(words[0]) <= _FEW:
        words = words[1:]
    if goes_on and len(words) > 1 and len(words[-1]) <= _FEW:
        words = words[:-1]
    return " ".join(words)


def _address(pointer: Any) -> int:
    return ctypes.addressof(pointer.contents)
