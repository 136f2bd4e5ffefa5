"""Text that nobody can see and anybody can copy: found by drawing each page with and without its letters.

A box over a name hides nothing from a search, whatever the box is: black, white or grey, a picture, a thick line, a
form XObject, a flattened annotation. So it is not asked what lies over the text; the page is drawn twice, and a letter
whose place looks the same without it is one that cannot be seen. White letters on white paper, letters beside the page
and letters too small to read are found in the same way.
"""

from __future__ import annotations

import ctypes
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

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Run:
    """Characters in a row that cannot be seen: their indexes on the page, and what they say."""

    indexes: tuple[int, ...]
    text: str


def unseen(page: Any, text: Any) -> list[Run]:
    """The runs of characters of a page that can be copied and not seen; `text` is its text page.

    Text that a program put behind a scan is never drawn; it counts as seen where the picture shows something.
    """
    count = text.count_chars()
    letters = [index for index in range(count) if not raw.FPDFText_IsGenerated(text, index)]
    if not letters:
        return []
    owners = {index: raw.FPDFText_GetTextObject(text, index) for index in letters}
    modes = {_address(owner): (owner, raw.FPDFTextObj_GetTextRenderMode(owner)) for owner in owners.values() if owner}
    drawn = {mark for mark, (_, mode) in modes.items() if mode < raw.FPDF_TEXTRENDERMODE_INVISIBLE}
    sheet = _Sheet(page, [modes[mark][0] for mark in drawn])
    hidden = set(_never_shown(sheet, text, [i for i in letters if _address(owners[i]) not in drawn]))
    for index in letters:
        if _address(owners[index]) in drawn and not sheet.drawn(text, index):
            hidden.add(index)
    return list(_runs(text, count, hidden))


class _Sheet:
    """A page as it looks, and what its letters add to it."""

    def __init__(self, page: Any, owners: Sequence[Any]) -> None:
        width, height = page.get_size()
        self._scale = min(DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        self._page = page
        self.whole = _picture(page, self._scale)
        self._added = self._difference(owners)
        self.size = self.whole.size

    def _difference(self, owners: Sequence[Any]) -> Image.Image:
        """Where the page looks otherwise without its letters, as 255, else 0."""
        before = [raw.FPDFTextObj_GetTextRenderMode(owner) for owner in owners]
        for owner in owners:
            raw.FPDFTextObj_SetTextRenderMode(owner, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        bare = _picture(self._page, self._scale)
        for owner, mode in zip(owners, before, strict=True):
            raw.FPDFTextObj_SetTextRenderMode(owner, mode)
        red, green, blue = ImageChops.difference(self.whole, bare).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return most.point(lambda value: 255 * (value > _SEEN))

    def drawn(self, text: Any, index: int) -> bool:
        """True when a letter leaves ink that can be seen."""
        box = self.box(text.get_charbox(index))
        if box is None:
            return False
        inked = self._added.crop(box).histogram()[255]
        if inked == 0:
            return False
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if not character.isalnum():
            return True
        _, low, _, high = text.get_charbox(index, loose=True)
        return bool(abs(high - low) > _TINY and inked >= _INK * (box[2] - box[0]) * (box[3] - box[1]))

    def shows_something(self, box: Box) -> bool:
        """True when there is more than one shade in a place."""
        low, high = self.whole.crop(box).convert("L").getextrema()
        return bool(high - low > _SEEN)  # type: ignore[operator]

    def box(self, place: Sequence[float]) -> Box | None:
        """A place on the page in the picture's dots; None beside the page."""
        xs, ys = zip(*(self._dot(x, y) for x in (place[0], place[2]) for y in (place[1], place[3])), strict=True)
        width, height = self.whole.size
        left, top = max(0, min(xs)), max(0, min(ys))
        right, bottom = min(width, max(max(xs), left + 1)), min(height, max(max(ys), top + 1))
        return (left, top, right, bottom) if left < right and top < bottom and max(xs) >= 0 <= max(ys) else None

    def _dot(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page.raw, 0, 0, *self.whole.size, 0, x, y, across, down)
        return across.value, down.value


def _picture(page: Any, scale: float) -> Image.Image:
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture


def _never_shown(sheet: _Sheet, text: Any, letters: Sequence[int]) -> Iterator[int]:
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
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
