"""Figures over time, as documents show them: progress from cycle to cycle, attendance, support by area of need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.documents.charts.draw_chart import START, Bar, BarChart, Point, ProgressChart
from generator.documents.printed_facts.same_measure import is_same_measure
from generator.documents.printed_facts.target_names import target_names, unit_parts
from generator.values.formatting import brief_date, money, number

Row = Mapping[str, Any]

_NO_BRACKETS = re.compile(r"\s{0,9}\([^)\n]{0,500}\)")
ENOUGH = 2
"""Fewer results than this make no line, and fewer bars no comparison."""


@dataclass
class _Series:
    """The results of one measure, with the newest target that they are of and the cycle that it stands in."""

    target: Data
    cycle: str
    points: list[Point]


def progress(case: Case, on: date, colour: str) -> list[dict[str, Any]]:
    """What was measured in the same way for the same outcome in at least two cycles, up to a day.

    Of a cycle that is not reviewed yet the newest measurement on the way. Rows of unit, label, outcome, points
    ({label, value, shown, goal, goal_shown}) and chart, in the order in which measuring began. Two measures in one unit
    are told apart by the words of their targets.
    """
    outcomes = {row["id"]: str(row["text"]) for row in case.data("plan").get("outcomes", ())}
    found = [one for one in _series(case, on) if sum(point.value is not None for point in one.points[1:]) >= ENOUGH]
    units = [str(one.target["unit"]) for one in found]
    labels = target_names([one.target for one in found])
    return [
        {
            "unit": unit,
            "label": label,
            "outcome": outcomes.get(one.target["outcome"], one.target["outcome"]),
            "points": [_shown(point, unit) for point in one.points],
            "chart": ProgressChart(unit, tuple(one.points), colour),
        }
        for one, unit, label in zip(found, units, labels, strict=True)
    ]


def _series(case: Case, on: date) -> list[_Series]:
    """Each measure with its results, in the order in which measuring began; a cycle has one result of a measure."""
    found: list[_Series] = []
    for record in case.cycles:
        if record.data["start"] <= on:
            for target, start, point in _measured(record.data, on):
                same = [one for one in found if one.cycle != record.path and _goes_on(one.target, target)]
                if not same:
                    found.append(_Series(target, record.path, [Point(START, start), point]))
                    continue
                same[-1].target, same[-1].cycle = target, record.path
                same[-1].points.append(point)
    return found


def _goes_on(earlier: Data, target: Data) -> bool:
    return bool(earlier["outcome"] == target["outcome"]) and is_same_measure(earlier, target)


def _shown(point: Point, unit: str) -> dict[str, Any]:
    """A point with its figures as people say them: `2 of 5`."""
    most = unit_parts(unit)[1]

    def said(value: Decimal | None) -> str | None:
        return None if value is None else f"{number(value)} of {most}" if most else str(number(value))

    return {
        "label": point.label,
        "value": point.value,
        "shown": said(point.value),
        "goal": point.goal,
        "goal_shown": said(point.goal),
    }


def _measured(cycle: Row, on: date) -> list[tuple[Data, Decimal, Point]]:
    """Each target with figures, where it started, and its result and goal."""
    reviewed = c.is_reviewed(cycle) and cycle["review"]["date"] <= on
    rows = cycle["review"].get("targets", ()) if reviewed else ()
    results = {row["target"]: (row.get("value"), None) for row in rows}
    if not reviewed:
        results = {row["target"]: (row.get("value"), row["date"]) for row in _on_the_way(cycle, on)}
    title = _NO_BRACKETS.sub("", str(cycle["title"]))
    found = []
    for row in cycle["plan"]["targets"]:
        if "unit" in row and "start_value" in row:
            value, day = results.get(row["id"], (None, None))
            told = brief_date(day) if day and value is not None else ""
            label = f"{title}, {told}" if told else title
            point = Point(label, _figure(value), _figure(row.get("goal_value")), told)
            found.append((row, Decimal(row["start_value"]), point))
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
