"""The symbols themselves: a square of lines and areas each, thick enough for small print and a grey copier."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.documents.charts.canvas import INK, Sheet
from generator.fonts.letter_outlines import Place
from generator.word_files.pictures_with_alt_text import Picture

_SIDE = 2.0
"""Centimetres of the square on which a symbol is drawn; a hundred parts make its side."""
_LINE = 5.0
"""Parts: the thickness of a line."""

PAPER, SUN, SEA, LEAF, CLAY = "#ffffff", "#f2c14e", "#8fbfd9", "#a9cf8e", "#e0a184"


class _Pen:
    """Draws on a sheet in hundredths of its side."""

    def __init__(self) -> None:
        self.sheet = Sheet(_SIDE, _SIDE)

    def line(self, *points: Place, thick: float = _LINE) -> None:
        self.sheet.line([_at(p) for p in points], INK, _length(thick))

    def area(self, colour: str, *points: Place) -> None:
        """A filled shape with a line around it."""
        self.sheet.shape([_at(p) for p in points], colour)
        self.line(*points, points[0])

    def box(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self.area(colour, (left, top), (right, top), (right, bottom), (left, bottom))

    def round(self, colour: str, at: Place, radius: float) -> None:
        self.area(colour, *_arc(at, radius, 0, 360)[:-1])

    def dot(self, at: Place, radius: float) -> None:
        self.sheet.dot(_at(at), _length(radius), INK)

    def arc(self, at: Place, radius: float, start: float, end: float) -> None:
        self.line(*_arc(at, radius, start, end))

    def text(self, at: Place, text: str, size: float) -> None:
        self.sheet.text(_at(at), text, "mm", size, bold=True)


def _at(place: Place) -> Place:
    return place[0] * _SIDE / 100, place[1] * _SIDE / 100


def _length(parts: float) -> float:
    return parts * _SIDE / 100


def _arc(at: Place, radius: float, start: float, end: float) -> list[Place]:
    """Points on a circle; degrees from the right, downwards."""
    steps = max(4, round(abs(end - start) / 12))
    turns = (math.radians(start + (end - start) * n / steps) for n in range(steps + 1))
    return [(at[0] + radius * math.cos(turn), at[1] + radius * math.sin(turn)) for turn in turns]


# -- faces ------------------------------------------------------------------------------------------------------------


def _face(pen: _Pen, colour: str = SUN) -> None:
    pen.round(colour, (50, 50), 42)
    pen.dot((35, 40), 6)
    pen.dot((65, 40), 6)


def _good(pen: _Pen) -> None:
    _face(pen)
    pen.arc((50, 52), 24, 20, 160)


def _ok(pen: _Pen) -> None:
    _face(pen)
    pen.line((32, 68), (68, 68))


def _hard(pen: _Pen) -> None:
    _face(pen)
    pen.arc((50, 86), 24, 200, 340)


def _worry(pen: _Pen) -> None:
    _face(pen, SEA)
    pen.line((26, 28), (40, 24))
    pen.line((74, 28), (60, 24))
    pen.line((32, 72), (41, 64), (50, 72), (59, 64), (68, 72))


# -- things -----------------------------------------------------------------------------------------------------------


def _person(pen: _Pen, middle: float, colour: str, size: float = 20) -> None:
    """Shoulders and a head above them; `size` is half the width of the shoulders."""
    pen.area(colour, *_arc((middle, 90), size, 180, 360))
    pen.round(PAPER, (middle, 90 - size * 2), size * 0.75)


def _book(pen: _Pen) -> None:
    pen.area(SEA, (50, 26), (10, 16), (10, 76), (50, 88))
    pen.area(SEA, (50, 26), (90, 16), (90, 76), (50, 88))
    for y in (36, 50, 64):
        pen.line((19, y - 4), (41, y + 2), thick=3)
        pen.line((59, y + 2), (81, y - 4), thick=3)


def _pencil(pen: _Pen) -> None:
    pen.area(SUN, (68, 10), (90, 32), (38, 84), (16, 62))
    pen.area(PAPER, (16, 62), (38, 84), (8, 92))
    pen.line((58, 20), (80, 42))


def _numbers(pen: _Pen) -> None:
    pen.box(LEAF, 8, 24, 92, 76)
    pen.text((50, 50), "1 2 3", 20)


def _bubble(pen: _Pen, colour: str) -> None:
    pen.area(colour, (10, 14), (90, 14), (90, 66), (52, 66), (32, 90), (34, 66), (10, 66))


def _talk(pen: _Pen) -> None:
    _bubble(pen, LEAF)
    for x in (30, 50, 70):
        pen.dot((x, 40), 6)


def _listen(pen: _Pen) -> None:
    pen.arc((50, 54), 36, 180, 360)
    pen.box(SEA, 8, 52, 26, 86)
    pen.box(SEA, 74, 52, 92, 86)


def _friends(pen: _Pen) -> None:
    _person(pen, 30, LEAF)
    _person(pen, 70, CLAY)


def _help(pen: _Pen) -> None:
    _person(pen, 66, SEA, 29)
    _person(pen, 20, SUN, 16)


def _clock(pen: _Pen) -> None:
    pen.round(PAPER, (50, 50), 42)
    pen.line((50, 50), (50, 22))
    pen.line((50, 50), (70, 62))


def _calm(pen: _Pen) -> None:
    pen.area(LEAF, *_arc((30, 62), 52, 285, 360), *_arc((66, 18), 52, 105, 180))
    pen.line((16, 90), (64, 32))


def _card(pen: _Pen) -> None:
    pen.box(SUN, 22, 8, 78, 92)
    pen.round(PAPER, (50, 38), 16)
    pen.line((34, 70), (66, 70))


def _play(pen: _Pen) -> None:
    def on_circle(turn: int, radius: float) -> Place:
        return 50 + radius * math.sin(math.radians(turn)), 50 - radius * math.cos(math.radians(turn))

    pen.round(PAPER, (50, 50), 42)
    pen.area(INK, *(on_circle(turn, 15) for turn in range(0, 360, 72)))
    for turn in range(0, 360, 72):
        pen.line(on_circle(turn, 15), on_circle(turn, 42))


def _music(pen: _Pen) -> None:
    pen.line((34, 78), (34, 18), (80, 10), (80, 68), thick=7)
    pen.line((34, 32), (80, 24), thick=7)
    pen.dot((25, 78), 13)
    pen.dot((71, 68), 13)


def _draw(pen: _Pen) -> None:
    pen.round(CLAY, (50, 50), 42)
    pen.round(PAPER, (66, 66), 11)
    for x, y, colour in ((32, 58, SUN), (34, 32, SEA), (60, 26, LEAF)):
        pen.round(colour, (x, y), 8)


def _tablet(pen: _Pen) -> None:
    pen.box(PAPER, 8, 18, 92, 82)
    pen.box(SEA, 18, 26, 82, 66)
    pen.dot((50, 74), 4)


def _food(pen: _Pen) -> None:
    pen.round(PAPER, (54, 52), 32)
    pen.round(CLAY, (54, 52), 17)
    pen.line((10, 14), (10, 88))
    pen.line((4, 14), (4, 36), (16, 36), (16, 14), thick=3)
    pen.line((94, 88), (94, 14), (90, 44), (94, 50))


def _animal(pen: _Pen) -> None:
    pen.round(CLAY, (50, 66), 22)
    for x, y in ((22, 44), (40, 24), (62, 24), (80, 44)):
        pen.round(CLAY, (x, y), 10)


def _home(pen: _Pen) -> None:
    pen.box(SUN, 20, 48, 80, 90)
    pen.area(CLAY, (8, 50), (50, 10), (92, 50))
    pen.box(PAPER, 42, 62, 58, 90)


def _school(pen: _Pen) -> None:
    pen.box(SUN, 8, 46, 92, 90)
    pen.area(CLAY, (28, 46), (50, 24), (72, 46))
    pen.line((50, 24), (50, 6), (66, 11), (50, 16))
    pen.box(PAPER, 43, 66, 57, 90)
    for x in (18, 68):
        pen.box(PAPER, x, 56, x + 14, 68)


def _swim(pen: _Pen) -> None:
    for y in (64, 82):
        pen.line(*[(x, y + 5 * math.sin(x / 100 * 6 * math.pi)) for x in range(6, 96, 3)])
    pen.round(CLAY, (74, 38), 12)
    pen.line((60, 56), (36, 30), (16, 44), thick=8)


def _travel(pen: _Pen) -> None:
    pen.box(CLAY, 8, 22, 92, 72)
    for x in (16, 41, 66):
        pen.box(PAPER, x, 32, x + 18, 50)
    pen.dot((28, 76), 11)
    pen.dot((72, 76), 11)


def _seat(pen: _Pen) -> None:
    pen.box(SEA, 26, 8, 36, 56)
    pen.box(SEA, 26, 52, 76, 62)
    pen.line((31, 62), (31, 94))
    pen.line((71, 62), (71, 94))


def _steps(pen: _Pen) -> None:
    for number, (x, y) in enumerate(((6, 62), (36, 38), (66, 14)), 1):
        pen.box((LEAF, SUN, CLAY)[number - 1], x, y, x + 28, 92)
        pen.text((x + 14, y + 14), str(number), 12)


def _night(pen: _Pen) -> None:
    pen.area(SUN, *_arc((46, 50), 40, 60, 300), *_arc((70, 50), 36, 254, 106))


def _star(pen: _Pen) -> None:
    def tip(turn: int) -> Place:
        reach = 44 if turn % 72 == 0 else 18
        return 50 + reach * math.sin(math.radians(turn)), 52 - reach * math.cos(math.radians(turn))

    pen.area(SUN, *map(tip, range(0, 360, 36)))


def _love(pen: _Pen) -> None:
    pen.area(CLAY, *_arc((30, 34), 20, 165, 335), *_arc((70, 34), 20, 205, 375), (50, 90))


FACES = {"good": "a smiling face", "ok": "a face that neither smiles nor frowns", "hard": "a sad face"}
"""The three faces of a scale, and what each shows."""

_DRAWN: dict[str, tuple[str, Callable[[_Pen], None]]] = {
    "good": (FACES["good"], _good),
    "ok": (FACES["ok"], _ok),
    "hard": (FACES["hard"], _hard),
    "animal": ("a paw", _animal),
    "book": ("an open book", _book),
    "calm": ("a leaf", _calm),
    "card": ("a picture card", _card),
    "clock": ("a clock", _clock),
    "draw": ("a box of paints", _draw),
    "food": ("a plate", _food),
    "friends": ("two friends", _friends),
    "help": ("a grown-up beside a child", _help),
    "home": ("a house", _home),
    "listen": ("headphones", _listen),
    "love": ("a heart", _love),
    "music": ("notes of music", _music),
    "night": ("a moon", _night),
    "numbers": ("one, two, three", _numbers),
    "pencil": ("a pencil", _pencil),
    "play": ("a ball", _play),
    "school": ("a school", _school),
    "seat": ("a chair", _seat),
    "star": ("a star", _star),
    "steps": ("three steps", _steps),
    "swim": ("a swimmer", _swim),
    "tablet": ("a tablet", _tablet),
    "talk": ("a speech bubble", _talk),
    "travel": ("a bus", _travel),
    "worry": ("a worried face", _worry),
}

SYMBOLS: Sequence[str] = tuple(sorted(set(_DRAWN) - FACES.keys()))
"""The names of the symbols, as schemas/profile.schema.json lists them."""


@dataclass(frozen=True)
class Symbol:
    """A symbol or face by its name, drawn only where it is printed."""

    name: str

    def draw(self) -> Picture:
        """It in paths and dots. Raises KeyError for a name that there is not."""
        return _drawn(self.name)


@functools.cache
def _drawn(name: str) -> Picture:
    shows, draws = _DRAWN[name]
    pen = _Pen()
    draws(pen)
    return pen.sheet.picture(shows)
