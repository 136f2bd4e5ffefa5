"""Which year and class a pupil was in on a day: from the history in pupil.yaml, and never a guess.

A paper of June says the class of June. Where the class of a day is not known, none is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.cases.case import Case, Data, newest_date
from generator.cases.dates.age_and_year import YEAR_GROUPS, usual_year_group

SECONDARY = 7
"""From this year group pupils have a form tutor rather than a class teacher."""

_SUMMER = range(4, 9)
"""Months (April to August) after whose records a pupil may be written down in the year group of the coming year."""


def year_start(school: Data, year: int) -> date:
    """The first day of the school year that begins in a calendar year: 1 September, or the first day of term in August.

    Terms of some authorities, such as Leicester's, begin in the last days of August.
    """
    september = date(year, 9, 1)
    august = [row["start"] for row in school.get("terms", ()) if date(year, 8, 1) <= row["start"] < september]
    return min(august, default=september)


def school_year_at(school: Data, on: date) -> int:
    """The calendar year in which the school year of a day began, by the school's own terms."""
    return on.year if on >= year_start(school, on.year) else on.year - 1


def attendance_of_year(rows: Iterable[Any], school: Data, on: date) -> list[Any]:
    """The rows of attendance of the school year of a day, up to that day, by the middle of each row.

    So a row that begins with a term in August is in its year.
    """
    year = school_year_at(school, on)
    return [
        row
        for row in rows
        if row["from"] <= on and school_year_at(school, row["from"] + (row["to"] - row["from"]) / 2) == year
    ]


def school_of(case: Case) -> Data:
    """The school's own record; an empty mapping where there is none."""
    return case.school.data if case.school else {}


def current_year(case: Case) -> int:
    """The school year, as the calendar year in which it began, that `year_group` and `class` in pupil.yaml are of.

    That of the newest record; or the coming one where the year group has already gone up, as it does in summer.
    """
    pupil, newest = case.data("pupil"), newest_date(case)
    year = school_year_at(school_of(case), newest)
    if "out_of_cohort" in pupil or newest.month not in _SUMMER:
        return year
    born: date = pupil["date_of_birth"]
    gone_up = usual_year_group(born, date(year + 1, 9, 1)) == pupil["year_group"]
    return year + 1 if gone_up else year


def _row_of(case: Case, on: date) -> Data | None:
    """The row of the history that holds on a day: the newest that has begun, within its own school year.

    A day before the first row of its year, as before term, has that first row: not the class of a change in mid-year.
    """
    school, history = school_of(case), case.data("pupil").get("class_history", ())
    ordered = sorted(history, key=lambda row: row["from"])
    of_year = [row for row in ordered if school_year_at(school, row["from"]) == school_year_at(school, on)]
    begun = [row for row in of_year if row["from"] <= on]
    return dict((begun[-1:] or of_year[:1])[0]) if of_year else None


def year_group_at(case: Case, on: date) -> str | int | None:
    """The year group in which the pupil was taught on a day."""
    row = _row_of(case, on)
    if row and "year_group" in row:
        found: str | int = row["year_group"]
        return found
    pupil = case.data("pupil")
    place = YEAR_GROUPS.index(pupil["year_group"]) + school_year_at(school_of(case), on) - current_year(case)
    return YEAR_GROUPS[place] if 0 <= place < len(YEAR_GROUPS) else None


def class_at(case: Case, on: date) -> str | None:
    """The class of a day, such as `2W`; nothing where it is not known."""
    return _of_day(case, on, "class")


def class_teacher_at(case: Case, on: date) -> str | None:
    """The class teacher or tutor of a day; nothing where that is not known."""
    return _of_day(case, on, "class_teacher")


def _of_day(case: Case, on: date, key: str) -> str | None:
    row, pupil = _row_of(case, on), case.data("pupil")
    if row and (key in row or row.get("class", pupil.get("class")) != pupil.get("class")):
        return row.get(key)
    if school_year_at(school_of(case), on) != current_year(case) or _is_of_earlier_year(case, pupil.get("class")):
        return None
    return pupil.get(key)


def _is_of_earlier_year(case: Case, name: Any) -> bool:
    """True when the history has this class in an earlier year last: the new year's class is not written yet."""
    history = sorted(case.data("pupil").get("class_history", ()), key=lambda row: row["from"])
    return bool(
        history
        and history[-1].get("class") == name
        and school_year_at(school_of(case), history[-1]["from"]) < current_year(case)
    )


def teacher_role(year_group: str | int | None) -> str:
    """What the responsible teacher is called: class_teacher, from Year 7 form_tutor."""
    return "form_tutor" if isinstance(year_group, int) and year_group >= SECONDARY else "class_teacher"


def class_row(pupil: Data, since: date) -> dict[str, Any]:
    """The row of the history that says what pupil.yaml says now of year group, class and teacher."""
    told = {key: pupil[key] for key in ("year_group", "class", "class_teacher") if key in pupil}
    return {"from": since, **told}


def _is_of_year(before: Data, after: Data, year: int) -> bool:
    """True where a changed year group is that of the school year: so it has counted since that year began.

    Else the child moved in the year, or a slip was corrected, and was in the class of before until then.
    """
    born = after.get("date_of_birth") or before.get("date_of_birth")
    if born is None or "out_of_cohort" in before or "out_of_cohort" in after:
        return True
    usual = usual_year_group(born, date(year, 9, 1))
    return usual == after.get("year_group") or usual != before.get("year_group")


def rows_to_remember(before: Data, after: Data, school: Data, on: date) -> list[dict[str, Any]]:
    """The rows that the history lacks when year group or class change on a day: those of before, and the new ones.

    A change of year group is one of school year; from June on it is that of the coming year.
    """
    kept = ("year_group", "class", "class_teacher")
    if all(before.get(key) == after.get(key) for key in kept):
        return []
    history = sorted(before.get("class_history", ()), key=lambda row: row["from"])
    year = on.year if on.month >= 6 else school_year_at(school, on)
    rolled = before.get("year_group") != after.get("year_group") and _is_of_year(before, after, year)
    year = year if rolled else school_year_at(school, on)
    first = year_start(school, year)
    rows = []
    old_year = year - 1 if rolled else year
    if not any(school_year_at(school, row["from"]) == old_year for row in history) and "class" in before:
        rows.append(class_row(before, max(year_start(school, old_year), before.get("admission_date", date.min))))
    if "class" in after and (not rolled or after.get("class") != before.get("class")):
        since = first if rolled else on
        if not any(row["from"] == since for row in history):
            rows.append(class_row(after, since))
    return [row for row in rows if not (rows[1:] and row is rows[0] and row["from"] >= rows[1]["from"])]
