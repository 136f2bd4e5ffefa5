"""A pupil's records as one document prints them: for its reader, on its day, in words instead of codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from generator.cases.case import Case, Data
from generator.cases.classes import class_at, class_teacher_at, year_group_at
from generator.cases.dates.age_and_year import year_label
from generator.values.ethnicity import ethnicity


def printed_on(case: Case, on: date, known_by: date | None = None) -> Case:
    """The case whose `pupil` says year group, class and teacher of a day, what was known by then, and no code.

    A class that is not known for that day is not there at all: no document names a class of another year. `known_by` is
    a later day up to which results and reports are told, as in the plan that carries them for a whole bundle.
    """
    record = case.one("pupil")
    if record is None:
        return case
    data = {key: value for key, value in record.data.items() if key not in ("class", "class_teacher")}
    of_day = {"class": class_at(case, on), "class_teacher": class_teacher_at(case, on)}
    data |= {key: value for key, value in of_day.items() if value is not None}
    data["year_group"] = year_group_at(case, on) or data["year_group"]
    if "class" in data:
        data["class"] = _without_year(str(data["class"]), data["year_group"])
    if "ethnicity" in data:
        data["ethnicity"] = ethnicity(str(data["ethnicity"]))
    left = replace(record, data=data | dict(_known_by(data, known_by or on)))
    return replace(case, records=tuple(left if one is record else one for one in case.records))


def _without_year(name: str, year: str | int) -> str:
    """`Wrens` for `Reception Wrens`: the year group stands beside it on every paper."""
    return name.removeprefix(f"{year_label(year)} ").strip() or name


# -- what was known on a day ------------------------------------------------------------------------------------------

_DAY_OF: dict[str, str] = {
    "attainment": "date",
    "tests": "date",
    "attendance": "from",
    "needs": "identified",
    "referrals": "referred",
    "agencies": "from",
    "suspensions": "from",
}
"""The lists of pupil.yaml that grow, each with the key that says from which day a row is known."""

_IN_ORDER = ("attainment", "tests")
"""Lists whose newest rows are asked for: they are told by date, in whatever order they were written."""


def _known_by(pupil: Data, on: date) -> Iterator[tuple[str, Any]]:
    """The lists of pupil.yaml that a paper of a day may tell: no result, report or service of a later day."""
    for key, name in _DAY_OF.items():
        rows = [row for row in pupil.get(key, ()) if row.get(name, on) <= on]
        if key in _IN_ORDER:
            rows.sort(key=lambda row: row["date"])
        if key == "agencies":
            rows = [_as_reported(row, on) for row in rows]
        if key in pupil:
            yield key, rows


def _as_reported(row: Data, on: date) -> Data:
    """A service without the report that it had not written yet, and without what that report found."""
    if row.get("last_report", row.get("assessed", on)) <= on:
        return row
    return {key: value for key, value in row.items() if key not in ("last_report", "assessed", "summary")}


def is_known_later(case: Case, on: date) -> bool:
    """True when pupil.yaml tells results or reports of later days, which a paper of this day leaves out."""
    pupil = case.data("pupil")
    later = any(row["date"] > on for key in _IN_ORDER for row in pupil.get(key, ()))
    return later or any(_as_reported(row, on) is not row for row in pupil.get("agencies", ()))
