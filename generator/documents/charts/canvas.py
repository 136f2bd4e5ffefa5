"""A sheet to draw on: what is drawn becomes paths, crisp at any size, and dots for programs that know no paths.

The paths are an SVG of nothing but <path> elements with absolute M, L, C and Z, a fill or a stroke, words as the
outlines of their letters: whatever reads SVG at all reads this, and it looks the same everywhere. The dots are a PNG of
200 to the inch, by Pillow, which is here for photos.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.fonts import letter_outlines, shipped_fonts
from generator.fonts.letter_outlines import Place, Segment
from generator.word_files.pictures_with_alt_text import Picture

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

INK = "#1d2428"
_PER_CM = 200 / 2.54
_FINER = 3
"""Dots are drawn this many times larger and reduced, so that slanted lines and letters have smooth edges."""
_COLOURS = 48
_UNITS = 1000
"""Of the paths, to a centimetre: finer than any printer, and whole numbers, which are the same on every machine."""
_ROUND = 0.5523
"""How far the control points of a quarter of a circle are from its ends."""
_CLEAR = 0.07
"""Centimetres kept free around words that stand before lines: a line must not show in the gap between two words."""


@dataclass(frozen=True)
class _Lines:
    """Lines through points, all of one colour."""

    courses: tuple[tuple[Place, ...], ...]
    colour: str
    thick: float


@dataclass(frozen=True)
class _Area:
    """A filled polygon, with an edge of another colour where one is given."""

    corners: tuple[Place, ...]
    colour: str
    edge: str = ""
    thick: float = 0.0


@dataclass(frozen=True)
class _Disc:
    at: Place
    radius: float
    colour: str


@dataclass(frozen=True)
class _Words:
    at: Place
    text: str
    anchor: str
    size: float
    bold: bool
    colour: str
    clear: bool


_Mark = _Lines | _Area | _Disc | _Words


class Sheet:
    """White paper measured in centimetres from its upper left corner; text in points."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._marks: list[_Mark] = []

    def line(self, points: Sequence[Place], colour: str, thick: float = 0.02, dash: float = 0) -> None:
        """A line through the points; `dash` is the length of its strokes, on lines that lie flat."""
        courses = [tuple(points)]
        if dash:
            (x, y), (end, _) = points
            count = int((end - x) / dash / 2) + 1
            starts = [x + dash * 2 * n for n in range(count)]
            courses = [((start, y), (min(start + dash, end), y)) for start in starts]
        if len(points) > 1:
            self._marks.append(_Lines(tuple(courses), colour, thick))

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle."""
        self._marks.append(_Area(((left, top), (right, top), (right, bottom), (left, bottom)), colour))

    def shape(self, corners: Sequence[Place], colour: str, edge: str = "", thick: float = 0.0) -> None:
        """A filled polygon, with an edge of another colour where one is given."""
        self._marks.append(_Area(tuple(corners), colour, edge, thick))

    def dot(self, at: Place, radius: float, colour: str) -> None:
        """A filled disc."""
        self._marks.append(_Disc(at, radius, colour))

    def diamond(self, at: Place, radius: float, colour: str) -> None:
        """An empty diamond: its shape tells it from a dot where there is no colour."""
        x, y = at
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        self._marks.append(_Area(corners, "#ffffff", colour, 0.05))

    def text(
        self,
        at: Place,
        text: str,
        anchor: str,
        size: float = 9,
        bold: bool = False,
        colour: str = INK,
        clear: bool = False,
    ) -> None:
        """Words at a point; `anchor` is Pillow's, as `ls` for left on the line; `clear` of the lines behind them."""
        if text.strip():
            self._marks.append(_Words(at, text, anchor, size, bold, colour, clear))

    def lines_of(self, text: str, width: float, size: float = 9) -> list[str]:
        """The text in lines that are no wider than this, cut between words."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            fits = letter_outlines.width_of(longer, False) * _centimetres(size) <= width
            lines[-1:] = [longer] if fits or not lines[-1] else [lines[-1], word]
        return lines

    def picture(self, description: str) -> Picture:
        """The finished sheet, in dots and in paths."""
        dots = _dots(self.width, self.height, self._marks)
        paths = _svg(self.width, self.height, self._marks)
        return Picture(_png(dots), "png", dots.width, dots.height, description, paths)


def _centimetres(points: float) -> float:
    return points / 72 * 2.54


# --- in paths ---------------------------------------------------------------------------------------------------------


def _svg(width: float, height: float, marks: Iterable[_Mark]) -> bytes:
    paper = _Area(((0, 0), (width, 0), (width, height), (0, height)), "#ffffff")
    size = f'width="{width:g}cm" height="{height:g}cm" viewBox="0 0 {_unit(width)} {_unit(height)}"'
    paths = "\n".join(path for mark in (paper, *marks) for path in _paths(mark))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{paths}\n</svg>\n'.encode()


def _paths(mark: _Mark) -> list[str]:
    match mark:
        case _Lines(courses, colour, thick):
            return [_path([s for course in courses for s in _through(course)], edge=colour, thick=thick)]
        case _Area(corners, colour, edge, thick):
            return [_path([*_through(corners), ("Z", ())], colour, edge, thick)]
        case _Disc(at, radius, colour):
            return [_path(_circle(at, radius), colour)]
        case _Words():
            shape = _shape(mark)
            halo = [_path(shape, "#ffffff", "#ffffff", _CLEAR * 2)] if mark.clear else []
            return [*halo, _path(shape, mark.colour)]


def _path(segments: Iterable[Segment], fill: str = "none", edge: str = "", thick: float = 0) -> str:
    course = "".join(step + " ".join(f"{_unit(x)} {_unit(y)}" for x, y in points) for step, points in segments)
    stroke = f' stroke="{edge}" stroke-width="{_unit(thick)}" stroke-linejoin="round"' if edge else ""
    return f'<path d="{course}" fill="{fill}"{stroke}/>'


def _unit(centimetres: float) -> int:
    return round(centimetres * _UNITS)


def _through(points: Sequence[Place]) -> list[Segment]:
    return [("L" if number else "M", (point,)) for number, point in enumerate(points)]


def _circle(at: Place, radius: float) -> list[Segment]:
    (x, y), r, k = at, radius, radius * _ROUND
    return [
        ("M", ((x + r, y),)),
        ("C", ((x + r, y + k), (x + k, y + r), (x, y + r))),
        ("C", ((x - k, y + r), (x - r, y + k), (x - r, y))),
        ("C", ((x - r, y - k), (x - k, y - r), (x, y - r))),
        ("C", ((x + k, y - r), (x + r, y - k), (x + r, y))),
        ("Z", ()),
    ]


def _shape(words: _Words) -> list[Segment]:
    """The outlines of the letters where they stand on the sheet."""
    drawn, size = letter_outlines.outline(words.text, words.bold), _centimetres(words.size)
    left = words.at[0] - drawn.width * size * {"l": 0.0, "m": 0.5, "r": 1.0}[words.anchor[0]]
    foot = words.at[1] + size * {"s": 0.0, "m": letter_outlines.MIDDLE}[words.anchor[1]]
    return [(step, tuple((left + x * size, foot + y * size) for x, y in points)) for step, points in drawn.segments]


# --- in dots ----------------------------------------------------------------------------------------------------------


def _dots(width: float, height: float, marks: Iterable[_Mark]) -> Image.Image:
    from PIL import Image, ImageDraw

    small = (round(width * _PER_CM), round(height * _PER_CM))
    image = Image.new("RGB", (small[0] * _FINER, small[1] * _FINER), "white")
    pen = ImageDraw.Draw(image)
    for mark in marks:
        _dot(pen, mark)
    return image.resize(small, Image.Resampling.BOX)


def _dot(pen: ImageDraw.ImageDraw, mark: _Mark) -> None:
    match mark:
        case _Lines(courses, colour, thick):
            for course in courses:
                pen.line([_near(p) for p in course], colour, round(_fine(thick)), joint="curve")
        case _Area(corners, colour, edge, thick):
            pen.polygon([_near(c) for c in corners], colour)
            if edge:
                _dot(pen, _Lines(((*corners, *corners[:2]),), edge, thick))
        case _Disc(at, radius, colour):
            (x, y), r = _near(at), _fine(radius)
            pen.ellipse([x - r, y - r, x + r, y + r], colour)
        case _Words(at, text, anchor, size, bold, colour, clear):
            halo = round(_fine(_CLEAR)) if clear else 0
            font = _font(size, bold)
            pen.text(_near(at), text, colour, font, anchor, stroke_width=halo, stroke_fill="white")


def _fine(centimetres: float) -> float:
    return centimetres * _PER_CM * _FINER


def _near(at: Place) -> tuple[int, int]:
    return round(_fine(at[0])), round(_fine(at[1]))


@functools.cache
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    file = shipped_fonts.folder() / shipped_fonts.FACES["Liberation Sans"][bold]
    return ImageFont.truetype(str(file), _fine(_centimetres(size)), layout_engine=ImageFont.Layout.BASIC)


def _png(image: Image.Image) -> bytes:
    """A PNG of few colours: a chart has no more, and the file is a third as large."""
    from PIL import Image

    out = io.BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
