"""Figures over time, as documents show them: progress from cycle to cycle, attendance, support by area of need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case
from generator.documents.charts.draw_chart import START, Bar, BarChart, Point, ProgressChart
from generator.values.formatting import brief_date, money, number

Row = Mapping[str, Any]

ENOUGH = 2
"""Fewer results than this make no line, and fewer bars no comparison."""


def progress(case: Case, on: date, colour: str) -> list[dict[str, Any]]:
    """What was measured in the same unit for the same outcome in at least two cycles, up to a day.

    Of a cycle that is not reviewed yet the newest measurement on the way. Rows of unit, label, outcome, points
    ({label, value, shown, goal, goal_shown}) and chart, in the order in which measuring began.
    """
    outcomes = {row["id"]: str(row["text"]) for row in case.data("plan").get("outcomes", ())}
    series: dict[tuple[str, str], list[Point]] = {}
    for record in case.cycles:
        if record.data["start"] <= on:
            for key, start, point in _measured(record.data, on):
                points = series.setdefault(key, [Point(START, start)])
                points.append(point)
    return [
        {
            "unit": unit,
            "label": _counted(unit)[0],
            "outcome": outcomes.get(outcome, outcome),
            "points": [_shown(point, unit) for point in points],
            "chart": ProgressChart(unit, tuple(points), colour),
        }
        for (outcome, unit), points in series.items()
        if sum(point.value is not None for point in points[1:]) >= ENOUGH
    ]


_OF = re.compile(r"(?P<what>.+?)(?: out)? of (?P<most>\d+)")


def _counted(unit: str) -> tuple[str, str]:
    """What a unit counts, and of how many: `mornings of 5` are mornings, of 5; nothing for a unit without a most."""
    found = _OF.fullmatch(unit)
    what = found["what"] if found else unit
    return what[:1].upper() + what[1:], found["most"] if found else ""


def _shown(point: Point, unit: str) -> dict[str, Any]:
    """A point with its figures as people say them: `2 of 5`."""
    most = _counted(unit)[1]

    def said(value: Decimal | None) -> str | None:
        return None if value is None else f"{number(value)} of {most}" if most else str(number(value))

    return {
        "label": point.label,
        "value": point.value,
        "shown": said(point.value),
        "goal": point.goal,
        "goal_shown": said(point.goal),
    }


def _measured(cycle: Row, on: date) -> list[tuple[tuple[str, str], Decimal, Point]]:
    """Each target with figures: its outcome and unit, where it started, and its result and goal."""
    reviewed = c.is_reviewed(cycle) and cycle["review"]["date"] <= on
    rows = cycle["review"].get("targets", ()) if reviewed else ()
    results = {row["target"]: (row.get("value"), None) for row in rows}
    if not reviewed:
        results = {row["target"]: (row.get("value"), row["date"]) for row in _on_the_way(cycle, on)}
    title = re.sub(r"\s*\(.*?\)", "", str(cycle["title"]))
    found = []
    for row in cycle["plan"]["targets"]:
        if "unit" in row and "start_value" in row:
            value, day = results.get(row["id"], (None, None))
            label = f"{title}, {brief_date(day)}" if day and value is not None else title
            point = Point(label, _figure(value), _figure(row.get("goal_value")))
            found.append(((row["outcome"], str(row["unit"])), Decimal(row["start_value"]), point))
    return found


def _on_the_way(cycle: Row, on: date) -> list[Row]:
    """What was measured in a running cycle up to a day, the oldest first."""
    rows = [row for row in cycle.get("do", {}).get("measured", ()) if row["date"] <= on and "value" in row]
    return sorted(rows, key=lambda row: row["date"])


def _figure(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def attendance_chart(rows: Sequence[Row], colour: str) -> BarChart | None:
    """Attendance of each stretch of time, of 100 %; nothing when there is only one."""
    bars = [
        Bar(f"{brief_date(row['from'])} – {brief_date(row['to'])}", row["percent"], f"{row['percent']}%")
        for row in rows
    ]
    return BarChart("attendance", tuple(bars), Decimal(100), colour) if len(bars) >= ENOUGH else None


def support_by_area(provision: Sequence[Row]) -> list[dict[str, Any]]:
    """Hours a week and cost a year of some support, added up by area of need; areas in the order of the support."""
    areas: dict[str, dict[str, Any]] = {}
    for row in provision:
        area = areas.setdefault(row["area_label"] or "More than one area", {"minutes": None, "cost": None})
        for key, value in (("minutes", row["weekly_minutes"]), ("cost", row["yearly_cost"])):
            if value is not None:
                area[key] = (area[key] or Decimal(0)) + value
    return [
        {"label": name, "hours": None if sums["minutes"] is None else sums["minutes"] / 60, "cost": sums["cost"]}
        for name, sums in areas.items()
    ]


def support_chart(rows: Sequence[Row], colour: str) -> BarChart | None:
    """Hours a week by area, with the cost a year; nothing when fewer than two areas have hours."""
    known = [row for row in rows if row["hours"]]
    bars = tuple(Bar(row["label"], row["hours"], _hours_and_cost(row)) for row in known)
    most = max((bar.value for bar in bars), default=Decimal(0))
    return BarChart("hours of support a week by area of need", bars, most, colour) if len(bars) >= ENOUGH else None


def _hours_and_cost(row: Row) -> str:
    hours = number(row["hours"].quantize(Decimal("0.1")))
    return f"{hours} h" + ("" if row["cost"] is None else f", {money(row['cost'])}")
