"""The year and class of a day: from the history, through a summer, and where terms begin in August."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.classes import class_at, class_teacher_at, current_year, year_group_at, year_start
from generator.records.record import Record

HISTORY = [
    {"from": date(2024, 9, 3), "year_group": 2, "class": "2W", "class_teacher": "Mr Whitlock"},
    {"from": date(2025, 9, 3), "year_group": 3, "class": "3K"},
]
LEICESTER = {"terms": [{"name": "Autumn", "start": date(2026, 8, 27), "end": date(2026, 10, 16)}]}


def case_of(newest: date, school: dict[str, Any] | None = None, **pupil: Any) -> Case:
    data = {"date_of_birth": date(2018, 5, 14), "year_group": 4, "class": "4A", "class_teacher": "Mr Adeyemi", **pupil}
    records = (
        Record("cases/ada/pupil.yaml", "pupil", data, {}),
        Record("cases/ada/plan.yaml", "plan", {"date": newest}, {}),
    )
    own = Record("cases/school.yaml", "school", school, {}) if school else None
    return Case("ada", records, own)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2025, 6, 19), (2, "2W", "Mr Whitlock")),  # was: Year 2, 4A
        (date(2025, 12, 2), (3, "3K", None)),
        (date(2026, 9, 15), (4, "4A", "Mr Adeyemi")),
        (date(2023, 12, 1), (1, None, None)),
    ],
)
def test_a_paper_of_an_earlier_day_names_the_class_of_then(on: date, told: tuple[Any, ...]) -> None:
    case = case_of(date(2026, 11, 19), class_history=HISTORY)
    assert (year_group_at(case, on), class_at(case, on), class_teacher_at(case, on)) == told


def test_without_a_history_a_class_is_named_in_its_own_year_only() -> None:
    case = case_of(date(2026, 11, 19))
    assert (class_at(case, date(2026, 9, 15)), class_at(case, date(2026, 6, 15))) == ("4A", None)


def test_in_summer_the_year_group_may_be_the_coming_one() -> None:
    gone_up = case_of(date(2026, 7, 7))
    assert current_year(gone_up) == 2026
    # was: Year 4 on a paper of July, and 4A with it
    assert (year_group_at(gone_up, date(2026, 7, 7)), class_at(gone_up, date(2026, 7, 7))) == (3, None)
    assert (year_group_at(gone_up, date(2026, 9, 7)), class_at(gone_up, date(2026, 9, 7))) == (4, "4A")


def test_the_class_of_last_year_is_none_of_the_new_one() -> None:
    moved = case_of(date(2026, 11, 19), year_group=4, class_history=HISTORY, **{"class": "3K"})
    assert year_group_at(moved, date(2026, 11, 19)) == 4
    assert class_at(moved, date(2026, 11, 19)) is None  # was: Year 4, 3K


def test_a_pupil_who_stays_down_is_in_the_year_of_the_history() -> None:
    rows = [*HISTORY, {"from": date(2026, 9, 2), "year_group": 3, "class": "3L"}]
    case = case_of(
        date(2026, 11, 19), year_group=3, out_of_cohort="Repeats Year 3", class_history=rows, **{"class": "3L"}
    )
    days = (date(2025, 12, 2), date(2026, 11, 19))
    assert [(year_group_at(case, day), class_at(case, day)) for day in days] == [(3, "3K"), (3, "3L")]


def test_a_school_year_begins_with_the_first_day_of_term_in_august() -> None:
    assert year_start(LEICESTER, 2026) == date(2026, 8, 27)
    assert year_start({}, 2026) == date(2026, 9, 1)
    case = case_of(date(2026, 8, 28), LEICESTER)
    assert (year_group_at(case, date(2026, 8, 28)), year_group_at(case, date(2026, 8, 26))) == (4, 3)
