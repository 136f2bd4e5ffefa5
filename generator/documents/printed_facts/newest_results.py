"""Where the pupil newest was on the way to an outcome: each measure's newest result, none from before the start."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.documents.printed_facts.same_measure import is_same_measure
from generator.documents.printed_facts.target_names import target_name, target_names
from generator.records.record import Record
from generator.values.parsing import MONTHS


@dataclass(frozen=True)
class _Measured:
    """One result: what was counted, and the day."""

    what: str
    result: str
    day: date


def newest_results(case: Case, outcome: Data, on: date) -> list[dict[str, Any]]:
    """The newest result of each measure by which the outcome is followed now, with its day; nothing before any.

    The measures are those of the newest cycle with targets for the outcome. A result from before the outcome's own
    start, as its `baseline` dates it, is not told beside it: it would read as if the pupil had gone back.
    """
    cycles = [record for record in case.cycles if record.data["start"] <= on and not c.is_drafted(record)]
    served = [record for record in cycles if _targets(record.data, outcome)]
    if not served:
        return []
    begun = day_in(str(outcome.get("baseline", "")), on)
    found: list[_Measured] = []
    targets = _targets(served[-1].data, outcome)
    for target, name in zip(targets, target_names(targets), strict=True):
        measured = [one for row, cycle in _traced(target, served, outcome) for one in _of_target(row, cycle)]
        newest = max((one for one in measured if begun <= one.day <= on), key=lambda one: one.day, default=None)
        if newest and not _is_start(newest, outcome, begun):
            one_of_many = bool(_unit(target)) and not _alone(target, targets)
            found.append(replace(newest, what=name) if one_of_many or name != target_name(target) else newest)
    return [{"what": one.what, "result": one.result, "date": one.day} for one in found]


def _targets(cycle: Data, outcome: Data) -> list[Data]:
    return [row for row in cycle["plan"]["targets"] if row["outcome"] == outcome["id"]]


def _traced(target: Data, served: Sequence[Record], outcome: Data) -> Iterator[tuple[Data, Data]]:
    """A target of the newest cycle with that cycle, then what it was in each cycle before, the newest first."""
    now = target
    yield now, served[-1].data
    for record in reversed(served[:-1]):
        earlier = _targets(record.data, outcome)
        same = [row for row in earlier if is_same_measure(row, now)]
        same = [row for row in same if row["id"] == now["id"]] or same
        if len(same) == 1:
            now = same[0]
            yield now, record.data


def _unit(target: Data) -> str:
    return str(target.get("unit", ""))


def _alone(target: Data, beside: Sequence[Data]) -> bool:
    """True for a target that alone counts in its unit: another one in that unit would be another measure."""
    return bool(_unit(target)) and sum(_unit(row) == _unit(target) for row in beside) == 1


def _of_target(target: Data, cycle: Data) -> Iterator[_Measured]:
    """What was measured of a target in its cycle, at the review, on the way and at the start: the newest day first."""
    what, key = target_name(target), target["id"]
    rows: list[tuple[date, str]] = []
    if c.is_reviewed(cycle):
        review = cycle["review"]
        told = (row for row in review["targets"] if row["target"] == key and row.get("result"))
        rows += [(review["date"], str(row["result"])) for row in told]
    on_the_way = [row for row in cycle.get("do", {}).get("measured", ()) if row["target"] == key]
    rows += [(row["date"], str(row["result"])) for row in reversed(on_the_way)]
    start = str(target.get("baseline", ""))
    for row in cycle["assess"].get("baselines", ()):
        if start and "date" in row and re.match(_whole(str(row["score"])), start):
            rows.append((row["date"], start))
    yield from (_Measured(what, result, day) for day, result in rows)


def _whole(said: str) -> str:
    """The pattern for words as a whole: `10` is neither in 100 nor in 10.5."""
    return rf"(?<![\w.,]){re.escape(said)}(?!\w|[.,]\d)"


def _is_start(one: _Measured, outcome: Data, begun: date) -> bool:
    """True for what the outcome's own baseline tells: the same day, or the same figures within it."""
    told = _DAY.sub("", str(outcome.get("baseline", "")))
    return one.day == begun or re.search(_whole(one.result), told) is not None


_DAY = re.compile(rf"(?:(?<!\d)(\d{{1,2}}) )?({'|'.join(MONTHS)}) ([12]\d{{3}})(?!\d)")


def day_in(text: str, on: date) -> date:
    """The newest day that a text names, up to a day: of a month alone its first; long ago where it names none."""
    found = [_day(int(year), MONTHS.index(month) + 1, int(day or 1)) for day, month, year in _DAY.findall(text)]
    return max((day for day in found if day <= on), default=date.min)


def _day(year: int, month: int, day: int) -> date:
    """A day; the month's first where the figure before its name is no day of it, as in `Score 0 May 2025`."""
    return date(year, month, day if 1 <= day <= monthrange(year, month)[1] else 1)
