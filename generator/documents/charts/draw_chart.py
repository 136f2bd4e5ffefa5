"""Charts for documents: progress over cycles, and bars, crisp at any size, in one colour that survives a grey copier.

They are paths in Word 2016 and later and in every engine's PDF, and dots for older programs: see `drawing`. Our own few
lines draw them: matplotlib would add 35 MB to what a school downloads.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from generator.documents.charts.canvas import Sheet
from generator.files.kept_results import KeptResults
from generator.values.formatting import SPEECH, number
from generator.word_files.pictures_with_alt_text import Picture

COLOUR = "17505E"
"""Of lines and bars where the house style names none: dark enough for white paper, in colour and in grey."""

START = "Start"
"""The label of a progress chart's first column."""

KEPT: ContextVar[KeptResults | None] = ContextVar("KEPT", default=None)
"""Where charts are kept from run to run, while documents are made of which most have been made before."""

_SOFT, _RULE = "#505a5f", "#b8c7cb"


@dataclass(frozen=True)
class Point:
    """One column of a progress chart: `value` is what was reached, `goal` what was aimed for.

    `day` is the end of the label where it names one: it stands on a line of its own.
    """

    label: str
    value: Decimal | None = None
    goal: Decimal | None = None
    day: str = ""


@dataclass(frozen=True)
class ProgressChart:
    """What a pupil reached from cycle to cycle, beside each cycle's goal and the line from which it started.

    The first point is the start. Sizes are in centimetres.
    """

    unit: str
    points: tuple[Point, ...]
    colour: str = COLOUR
    width: float = 10.2
    height: float = 4.2

    @property
    def description(self) -> str:
        """The same in words, for people who cannot see the chart."""
        return f"{_said('Line chart of')} {self.unit}. " + "; ".join(map(_in_words, self.points)) + "."

    def draw(self) -> Picture:
        """The chart in dots and in paths; the same bytes for the same chart in the same language."""
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
        """The chart in dots and in paths; the same bytes for the same chart."""
        return _drawn(self, self.description)


def _said(english: str) -> str:
    return SPEECH.get().phrase(english)


def _lettered(english: str) -> str:
    """A word as it can be drawn: nothing in a language whose letters the charts' font has not, where shapes must do."""
    drawn = SPEECH.get().drawn
    return drawn(english) if drawn else ""


def _in_words(point: Point) -> str:
    reached = _said("not reviewed yet") if point.value is None else number(point.value)
    label = _said(START) if point.label == START else point.label
    return f"{label}: {reached}" + ("" if point.goal is None else f", {_said('goal')} {number(point.goal)}")


@functools.lru_cache(maxsize=64)
def _drawn(chart: ProgressChart | BarChart, description: str, goal: str = "", start: str = "") -> Picture:
    """The picture; `goal` and `start` are how those words are written in it."""
    kept = KEPT.get()
    if kept is None:
        return _new(chart, description, goal, start)
    key = kept.key(repr((chart, description, goal, start)).encode(), "chart")
    if held := kept.get(key):
        content, note = held
        return Picture(content, "png", note["width"], note["height"], description, str(note["paths"]).encode())
    made = _new(chart, description, goal, start)
    paths = (made.vector or b"").decode()
    kept.put(key, made.content, {"width": made.width, "height": made.height, "paths": paths})
    return made


def _new(chart: ProgressChart | BarChart, description: str, goal: str, start: str) -> Picture:
    sheet = Sheet(chart.width, chart.height)
    if isinstance(chart, BarChart):
        _bars(sheet, chart)
    else:
        _progress(sheet, chart, goal, start)
    return sheet.picture(description)


# -- drawing ----------------------------------------------------------------------------------------------------------


_LEFT, _TOP, _FOOT, _ROW = 0.9, 0.65, 0.69, 0.36
"""Centimetres; the foot grows by a row for each line of the longest label."""
_MOST_ROWS = 3


def _progress(sheet: Sheet, chart: ProgressChart, goal: str, start_word: str) -> None:
    colour = f"#{chart.colour}"
    step, top = _scale([v for p in chart.points for v in (p.value, p.goal) if v is not None])
    right = sheet.width - 0.2
    wide = (right - _LEFT) / len(chart.points)
    labels = [_label_lines(sheet, point, start_word, wide - 0.1) for point in chart.points]
    bottom = sheet.height - _FOOT - _ROW * (max(len(lines) for lines in labels) - 1)

    def height(value: Decimal) -> float:
        return bottom - float(value / top) * (bottom - _TOP)

    for mark in range(round(top / step) + 1):
        at = height(step * mark)
        sheet.line([(_LEFT, at), (right, at)], _RULE)
        sheet.text((_LEFT - 0.12, at), str(number(step * mark)), "rm", 8, colour=_SOFT)
    middles = [_LEFT + wide * (n + 0.5) for n in range(len(chart.points))]
    for middle, lines in zip(middles, labels, strict=True):
        for row, text in enumerate(lines):
            sheet.text((middle, bottom + 0.42 + _ROW * row), text, "ms", 8, colour=_SOFT)
    start = chart.points[0].value
    if start is not None:
        sheet.line([(middles[0], height(start)), (right, height(start))], _SOFT, 0.03, dash=0.08)
    reached = [(m, height(p.value)) for m, p in zip(middles, chart.points, strict=True) if p.value is not None]
    sheet.line(reached, colour, 0.07)
    for middle, point in zip(middles, chart.points, strict=True):
        _marks(sheet, middle, point, height, colour, goal)


def _label_lines(sheet: Sheet, point: Point, start_word: str, wide: float) -> list[str]:
    """A column's label in lines; a day is never cut off nor broken: of a long name the first lines stand above it."""
    if point.label == START:
        return [start_word]
    name = point.label.removesuffix(f", {point.day}") if point.day else point.label
    day = [point.day] if point.day else []
    return sheet.lines_of(name, wide, 8)[: _MOST_ROWS - len(day)] + day


def _marks(
    sheet: Sheet, middle: float, point: Point, height: Callable[[Decimal], float], colour: str, goal: str
) -> None:
    """The goal as an empty diamond, what was reached as a dot, each with its figure on the side away from the other."""
    above = point.goal is None or (point.value is not None and point.value >= point.goal)
    if point.goal is not None:
        at = height(point.goal)
        figure = (middle, at + 0.5) if above and point.value is not None else (middle, at - 0.22)
        sheet.text(figure, f"{goal} {number(point.goal)}".strip(), "ms", 8, colour=_SOFT, clear=True)
    if point.value is not None:
        at = height(point.value)
        figure = (middle, at - 0.22 if above else at + 0.5)
        sheet.text(figure, str(number(point.value)), "ms", 9, bold=True, clear=True)
    # After the figures, which are kept clear of what was drawn before them.
    if point.goal is not None:
        sheet.diamond((middle, height(point.goal)), 0.13, colour)
    if point.value is not None:
        sheet.dot((middle, height(point.value)), 0.12, colour)


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


def _bars(sheet: Sheet, chart: BarChart) -> None:
    left, right = 5.6, sheet.width - 3.2
    for row, bar in enumerate(chart.bars):
        middle = 0.15 + 0.85 * (row + 0.5)
        sheet.text((left - 0.2, middle), sheet.lines_of(bar.label, left - 0.2, 9.5)[0], "rm", 9.5)
        sheet.box(left, middle - 0.24, right, middle + 0.24, "#e6ebec")
        share = float(min(bar.value / chart.most, Decimal(1))) if chart.most else 0.0
        sheet.box(left, middle - 0.24, left + share * (right - left), middle + 0.24, f"#{chart.colour}")
        sheet.text((right + 0.2, middle), bar.shown, "lm", 9.5, bold=True)
