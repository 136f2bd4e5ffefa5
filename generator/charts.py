"""Charts for documents: progress over cycles, and bars, crisp in print, in one colour that survives a grey copier.

They are pictures of 200 dots to the inch: only LibreOffice draws EMF or SVG, the embedded engine leaves a hole instead.
Pillow draws them, which is here for photos; matplotlib would add 35 MB to what a school downloads.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from PIL import Image, ImageDraw, ImageFont

from generator.pictures import Picture
from generator.wording import SPEECH, number

COLOUR = "17505E"
"""Of lines and bars where the house style names none: dark enough for white paper, in colour and in grey."""

START = "Start"
"""The label of a progress chart's first column."""

_INK, _SOFT, _RULE = "#1d2428", "#505a5f", "#b8c7cb"
_PER_CM = 200 / 2.54
_FINER = 3
"""Drawn this many times larger and reduced, so that slanted lines and letters have smooth edges."""
_COLOURS = 48


@dataclass(frozen=True)
class Point:
    """One column of a progress chart: `value` is what was reached, `goal` what was aimed for."""

    label: str
    value: Decimal | None = None
    goal: Decimal | None = None


@dataclass(frozen=True)
class ProgressChart:
    """What a pupil reached from cycle to cycle, beside each cycle's goal and the line from which it started.

    The first point is the start. Sizes are in centimetres.
    """

    unit: str
    points: tuple[Point, ...]
    colour: str = COLOUR
    width: float = 10.2
    height: float = 4.9

    @property
    def description(self) -> str:
        """The same in words, for people who cannot see the chart."""
        return f"{_said('Line chart of')} {self.unit}. " + "; ".join(map(_in_words, self.points)) + "."

    def draw(self) -> Picture:
        """The chart as a picture; the same bytes for the same chart in the same language."""
        return _drawn(self, self.description, _lettered("goal"), _lettered(START))


@dataclass(frozen=True)
class Bar:
    """One bar: how long it is, and what stands at its end."""

    label: str
    value: Decimal
    shown: str


@dataclass(frozen=True)
class BarChart:
    """Bars that lie one below the other, `most` being as long as a bar can be. Sizes are in centimetres."""

    title: str
    bars: tuple[Bar, ...]
    most: Decimal
    colour: str = COLOUR
    width: float = 16.4

    @property
    def height(self) -> float:
        """As tall as its bars need."""
        return 0.85 * len(self.bars) + 0.25

    @property
    def description(self) -> str:
        """The same in words."""
        return (
            f"{_said('Bar chart of')} {_said(self.title)}. "
            + "; ".join(f"{b.label}: {b.shown}" for b in self.bars)
            + "."
        )

    def draw(self) -> Picture:
        """The chart as a picture; the same bytes for the same chart."""
        return _drawn(self, self.description)


def _said(english: str) -> str:
    return SPEECH.get().phrase(english)


def _lettered(english: str) -> str:
    """A word as it can be drawn: nothing in a language whose letters the charts' font has not, where shapes must do."""
    drawn = SPEECH.get().drawn
    return drawn(english) if drawn else ""


def _in_words(point: Point) -> str:
    reached = _said("not measured yet") if point.value is None else number(point.value)
    label = _said(START) if point.label == START else point.label
    return f"{label}: {reached}" + ("" if point.goal is None else f", {_said('goal')} {number(point.goal)}")


@functools.lru_cache(maxsize=64)
def _drawn(chart: ProgressChart | BarChart, description: str, goal: str = "", start: str = "") -> Picture:
    """The picture; `goal` and `start` are how those words are written in it."""
    sheet = _Sheet(chart.width, chart.height)
    if isinstance(chart, BarChart):
        _bars(sheet, chart)
    else:
        _progress(sheet, chart, goal, start)
    return sheet.picture(description)


# -- drawing ----------------------------------------------------------------------------------------------------------


class _Sheet:
    """White paper measured in centimetres from its upper left corner; text in points."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        size = (round(width * _PER_CM) * _FINER, round(height * _PER_CM) * _FINER)
        self._image = Image.new("RGB", size, "white")
        self._pen = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[tuple[float, float]], colour: str, thick: float = 0.02, dash: float = 0) -> None:
        """A line through the points; `dash` is the length of its strokes, on lines that lie flat."""
        if dash:
            (x, y), (end, _) = points
            while x < end:
                self.line([(x, y), (min(x + dash, end), y)], colour, thick)
                x += dash * 2
            return
        self._pen.line([_dots(p) for p in points], colour, round(thick * _PER_CM * _FINER), joint="curve")

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle."""
        self._pen.rectangle([_dots((left, top)), _dots((right, bottom))], colour)

    def dot(self, at: tuple[float, float], radius: float, colour: str) -> None:
        """A filled disc."""
        (x, y), r = _dots(at), radius * _PER_CM * _FINER
        self._pen.ellipse([x - r, y - r, x + r, y + r], colour)

    def diamond(self, at: tuple[float, float], radius: float, colour: str) -> None:
        """An empty diamond: its shape tells it from a dot where there is no colour."""
        x, y = at
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        self._pen.polygon([_dots(c) for c in corners], "white")
        self.line([*corners, corners[0], corners[1]], colour, 0.05)

    def text(
        self, at: tuple[float, float], text: str, anchor: str, size: float = 9, bold: bool = False, colour: str = _INK
    ) -> None:
        """Words at a point, clear of the lines behind them; `anchor` is Pillow's, as `ls` for left on the line."""
        halo = round(0.05 * _PER_CM * _FINER)
        self._pen.text(_dots(at), text, colour, _font(size, bold), anchor, stroke_width=halo, stroke_fill="white")

    def lines_of(self, text: str, width: float, size: float = 9) -> list[str]:
        """The text in lines that are no wider than this, cut between words."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            fits = _font(size, False).getlength(longer) <= width * _PER_CM * _FINER
            lines[-1:] = [longer] if fits or not lines[-1] else [lines[-1], word]
        return lines

    def picture(self, description: str) -> Picture:
        """The finished sheet as a PNG of few colours."""
        width, height = self._image.width // _FINER, self._image.height // _FINER
        small = self._image.resize((width, height), Image.Resampling.BOX).quantize(_COLOURS, dither=Image.Dither.NONE)
        out = io.BytesIO()
        small.save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), "png", width, height, description)


def _dots(at: tuple[float, float]) -> tuple[float, float]:
    return round(at[0] * _PER_CM * _FINER), round(at[1] * _PER_CM * _FINER)


@functools.cache
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    from generator.engines.fonts import folder

    file = folder() / f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    dots = size / 72 * 2.54 * _PER_CM * _FINER
    return ImageFont.truetype(str(file), dots, layout_engine=ImageFont.Layout.BASIC)


_LEFT, _TOP, _FOOT = 0.9, 0.65, 1.05


def _progress(sheet: _Sheet, chart: ProgressChart, goal: str, start_word: str) -> None:
    colour = f"#{chart.colour}"
    step, top = _scale([v for p in chart.points for v in (p.value, p.goal) if v is not None])
    bottom, right = sheet.height - _FOOT, sheet.width - 0.2

    def height(value: Decimal) -> float:
        return bottom - float(value / top) * (bottom - _TOP)

    for mark in range(round(top / step) + 1):
        at = height(step * mark)
        sheet.line([(_LEFT, at), (right, at)], _RULE)
        sheet.text((_LEFT - 0.12, at), str(number(step * mark)), "rm", 8, colour=_SOFT)
    wide = (right - _LEFT) / len(chart.points)
    middles = [_LEFT + wide * (n + 0.5) for n in range(len(chart.points))]
    for middle, point in zip(middles, chart.points, strict=True):
        label = start_word if point.label == START else point.label
        for row, text in enumerate(sheet.lines_of(label, wide - 0.1, 8)[:2]):
            sheet.text((middle, bottom + 0.42 + 0.36 * row), text, "ms", 8, colour=_SOFT)
    start = chart.points[0].value
    if start is not None:
        sheet.line([(middles[0], height(start)), (right, height(start))], _SOFT, 0.03, dash=0.08)
    reached = [(m, height(p.value)) for m, p in zip(middles, chart.points, strict=True) if p.value is not None]
    sheet.line(reached, colour, 0.07)
    for middle, point in zip(middles, chart.points, strict=True):
        _marks(sheet, middle, point, height, colour, goal)


def _marks(
    sheet: _Sheet, middle: float, point: Point, height: Callable[[Decimal], float], colour: str, goal: str
) -> None:
    """The goal as an empty diamond, what was reached as a dot, each with its figure on the side away from the other."""
    above = point.goal is None or (point.value is not None and point.value >= point.goal)
    if point.goal is not None:
        at = height(point.goal)
        sheet.diamond((middle, at), 0.13, colour)
        figure = (middle, at + 0.5) if above and point.value is not None else (middle, at - 0.22)
        sheet.text(figure, f"{goal} {number(point.goal)}".strip(), "ms", 8, colour=_SOFT)
    if point.value is not None:
        at = height(point.value)
        sheet.dot((middle, at), 0.12, colour)
        sheet.text((middle, at - 0.22 if above else at + 0.5), str(number(point.value)), "ms", 9, bold=True)


def _scale(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The distance between lines, and the highest: from nought, in at most five round steps."""
    most = max([*values, Decimal(1)])
    step = Decimal(1)
    while step * 5 < most:
        for times in (Decimal(2), Decimal("2.5"), Decimal(2)):
            step *= times
            if step * 5 >= most:
                break
    if step == step.to_integral() and most <= 2:
        step = Decimal("0.5")
    return step, step * (most / step).to_integral_value(ROUND_CEILING)


def _bars(sheet: _Sheet, chart: BarChart) -> None:
    left, right = 5.6, sheet.width - 3.2
    for row, bar in enumerate(chart.bars):
        middle = 0.15 + 0.85 * (row + 0.5)
        sheet.text((left - 0.2, middle), sheet.lines_of(bar.label, left - 0.2, 9.5)[0], "rm", 9.5)
        sheet.box(left, middle - 0.24, right, middle + 0.24, "#e6ebec")
        share = float(min(bar.value / chart.most, Decimal(1))) if chart.most else 0.0
        sheet.box(left, middle - 0.24, left + share * (right - left), middle + 0.24, f"#{chart.colour}")
        sheet.text((right + 0.2, middle), bar.shown, "lm", 9.5, bold=True)
