"""The anonymous summary for governors: numbers by need, stage and year; provision, hours, cost and what came of it.

Nobody may be found in it: a number of one to four pupils is not shown, nor are others from which it could be worked
out with the total; hours, cost and results of so few are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.cases.costs import THRESHOLD
from generator.cases.dates.age_and_year import YEAR_GROUPS, year_label
from generator.cases.vocabulary import AREAS, PROVISION_TYPES, SEN_STATUS, SEN_TYPES
from generator.school.provision.adult_timetable import hours
from generator.school.provision.intervention_impact import RESULTS, Impact
from generator.school.provision.provision_map import Line, totals
from generator.school.register import Entry
from generator.values.small_numbers import FEWEST, NOT_SHOWN, hidden, shown_or_not


@dataclass(frozen=True)
class Group:
    """A row of the summary: how many pupils; hours a week and pounds a year where they may be told."""

    label: str
    pupils: int
    hours: str = ""
    cost: Decimal | None = None


def summary(
    entries: Sequence[Entry], lines: Sequence[Line], impacts: Sequence[Impact], fewest: int = FEWEST
) -> dict[str, Any]:
    """What the template prints: a table for each question, each row with its number as it may be told.

    `told` are the tables in which something is, `held_back` the titles of those in which nothing may be.
    """
    tables = [
        _table("By status", _counted(entries, lambda one: SEN_STATUS[one.status]), fewest),
        _table("By primary need", _counted(entries, _need), fewest),
        _table("By year group", _by_year(entries), fewest),
        _table("By stage", _counted(entries, lambda one: one.stage or "No stage yet"), fewest),
        _table("By area of need: support now", list(_support(lines, _area)), fewest),
        _table("By type of support now", list(_support(lines, _type)), fewest),
        _table("By yearly cost of additional support", list(_by_cost(lines)), fewest),
    ]
    return {
        "pupils": len(entries),
        "fewest": fewest,
        "tables": tables,
        "told": [one for one in tables if _tells(one)],
        "held_back": [str(one["title"]) for one in tables if one["rows"] and not _tells(one)],
        "impact": _impact(impacts, fewest),
    }


def _tells(table: dict[str, Any]) -> bool:
    """True for a table in which at least one number may be shown: the labels alone would say who is on the register."""
    return any(row["pupils"] not in ("0", NOT_SHOWN) for row in table["rows"])


def _need(one: Entry) -> str:
    return SEN_TYPES.get(one.primary, "Not a census type yet")


def _counted(entries: Iterable[Entry], of: Callable[[Entry], str]) -> list[Group]:
    labels: dict[str, str] = {}
    found: dict[str, int] = {}
    for one in entries:
        label = labels.setdefault(of(one).casefold(), of(one))
        found[label] = found.get(label, 0) + 1
    return [Group(label, count) for label, count in sorted(found.items(), key=lambda row: (-row[1], row[0]))]


def _by_year(entries: Sequence[Entry]) -> list[Group]:
    ordered = sorted(entries, key=lambda one: YEAR_GROUPS.index(one.year))
    found: dict[str, int] = {}
    for one in ordered:
        found[year_label(one.year)] = found.get(year_label(one.year), 0) + 1
    return [Group(label, count) for label, count in found.items()]


def _area(line: Line) -> str:
    return AREAS.get(str(line.row.get("area", "")), "Area not said")


def _type(line: Line) -> str:
    return PROVISION_TYPES[line.row["type"]]


def _support(lines: Sequence[Line], of: Callable[[Line], str]) -> Iterable[Group]:
    for label in sorted({of(line) for line in lines}):
        rows = [line for line in lines if of(line) == label]
        minutes = sum((line.minutes or Decimal(0) for line in rows), Decimal(0))
        costs = [line.cost for line in rows if line.additional]
        known = all(cost is not None for cost in costs)
        cost = sum((one for one in costs if one is not None), Decimal(0)) if known and costs else None
        yield Group(label, len({line.case for line in rows}), hours(minutes), cost)


def _by_cost(lines: Sequence[Line]) -> Iterable[Group]:
    over = sum(total.cost > THRESHOLD for total in totals(lines))
    found = totals(lines)
    if found:
        yield Group(f"Up to £{THRESHOLD:,}", len(found) - over)
        yield Group(f"Above £{THRESHOLD:,}", over)


# -- small numbers ----------------------------------------------------------------------------------------------------


def _table(title: str, groups: Sequence[Group], fewest: int) -> dict[str, Any]:
    marks = hidden([group.pupils for group in groups], fewest=fewest)
    rows = [
        {
            "label": group.label,
            "pupils": shown_or_not(group.pupils, hides),
            "hours": None if hides else group.hours or None,
            "cost": None if hides else group.cost,
        }
        for group, hides in zip(groups, marks, strict=True)
    ]
    return {"title": title, "rows": rows}


def _impact(impacts: Sequence[Impact], fewest: int) -> dict[str, Any] | None:
    """Targets of all support together that was reviewed; nothing while it is of too few pupils to be told."""
    rounds = [one for impact in impacts for one in impact.rounds]
    pupils = {one.case for one in rounds}
    if len(pupils) < fewest:
        return None
    counted = {result: sum(one.results.count(result) for one in rounds) for result in RESULTS}
    gains = [one.gain for one in rounds if one.gain is not None]
    costs = [one.cost for one in rounds]
    return {
        "pupils": len(pupils),
        "rounds": len(rounds),
        **counted,
        "rose": sum(gain > 0 for gain in gains),
        "scored": len(gains),
        "cost": sum((cost for cost in costs if cost is not None), Decimal(0)) if None not in costs else None,
    }
