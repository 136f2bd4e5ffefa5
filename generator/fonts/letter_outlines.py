"""The shapes of letters in the shipped fonts, for drawings whose words must look the same without the font."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import Any

from generator.fonts import shipped_fonts

Place = tuple[float, float]
Segment = tuple[str, tuple[Place, ...]]
"""A command of a path, `M`, `L`, `C` or `Z`, with the points that it needs."""

MIDDLE = (1854 - 434) / 2 / 2048
"""How far above the feet of its letters the middle of a line of Liberation Sans is, in a font of size 1."""


@dataclass(frozen=True)
class Outline:
    """A line of words as paths: the font's size is 1, the first letter stands at 0, 0, and up is negative."""

    width: float
    segments: tuple[Segment, ...]


@functools.lru_cache(maxsize=512)
def outline(text: str, bold: bool) -> Outline:
    """The words in Liberation Sans; a character that it lacks is an empty box."""
    face = _face(bold)
    segments: list[Segment] = []
    at = 0.0
    for character in text:
        width, shape = face.letter(character)
        segments += [(command, tuple((x + at, y) for x, y in points)) for command, points in shape]
        at += width
    return Outline(at, tuple(segments))


@functools.lru_cache(maxsize=4096)
def width_of(text: str, bold: bool) -> float:
    """How wide a line of words is, in sizes of its letters: as `outline` has it, without the shapes that cost more."""
    face = _face(bold)
    at = 0.0
    for character in text:
        at += face.width(character)
    return at


class _Face:
    """One face of the font, and the letters that were asked for."""

    def __init__(self, bold: bool) -> None:
        from fontTools.ttLib import TTFont

        file = shipped_fonts.folder() / shipped_fonts.FACES["Liberation Sans"][bold]
        font = TTFont(io.BytesIO(file.read_bytes()), lazy=True)
        self._names: dict[int, str] = font.getBestCmap()
        self._em: int = font["head"].unitsPerEm
        self._glyphs: Any = font.getGlyphSet()
        self._drawn: dict[str, tuple[float, tuple[Segment, ...]]] = {}
        self._widths: dict[str, float] = {}

    def letter(self, character: str) -> tuple[float, tuple[Segment, ...]]:
        """How wide a letter is, and its shape."""
        if character not in self._drawn:
            self._drawn[character] = self.width(character), self._shape(self._glyph(character))
        return self._drawn[character]

    def width(self, character: str) -> float:
        """How wide a letter is."""
        if character not in self._widths:
            self._widths[character] = self._glyph(character).width / self._em
        return self._widths[character]

    def _glyph(self, character: str) -> Any:
        return self._glyphs[self._names.get(ord(character), ".notdef")]

    def _shape(self, glyph: Any) -> tuple[Segment, ...]:
        from fontTools.pens.basePen import BasePen

        segments: list[Segment] = []

        class Pen(BasePen):  # type: ignore[misc]
            """Takes the outline apart; it makes cubic curves of the font's quadratic ones, which a PDF has not."""

            def _moveTo(pen, at: Place) -> None:
                segments.append(("M", self._scaled(at)))

            def _lineTo(pen, at: Place) -> None:
                segments.append(("L", self._scaled(at)))

            def _curveToOne(pen, first: Place, second: Place, at: Place) -> None:
                segments.append(("C", self._scaled(first, second, at)))

            def _closePath(pen) -> None:
                segments.append(("Z", ()))

        glyph.draw(Pen(self._glyphs))
        return tuple(segments)

    def _scaled(self, *points: Place) -> tuple[Place, ...]:
        return tuple((x / self._em, -y / self._em) for x, y in points)


@functools.cache
def _face(bold: bool) -> _Face:
    return _Face(bold)
