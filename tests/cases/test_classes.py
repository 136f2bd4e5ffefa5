"""The year and class of a day: from the history, through a summer, and where terms begin in August."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.classes import (
    attendance_of_year,
    class_at,
    class_teacher_at,
    current_year,
    rows_to_remember,
    school_year_at,
    teacher_role,
    year_group_at,
    year_start,
)
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


@pytest.mark.parametrize(
    ("terms", "on", "year"),
    [
        ([], date(2026, 8, 31), 2025),
        ([], date(2026, 9, 1), 2026),
        ([date(2026, 8, 27)], date(2026, 8, 26), 2025),
        ([date(2026, 8, 27)], date(2026, 8, 27), 2026),
        ([date(2026, 8, 1)], date(2026, 8, 1), 2026),
        ([date(2026, 7, 31)], date(2026, 8, 1), 2025),
        ([date(2026, 9, 3)], date(2026, 9, 1), 2026),
        ([date(2026, 8, 28), date(2026, 8, 24)], date(2026, 8, 24), 2026),
    ],
)
def test_a_school_year_begins_in_september_or_with_a_term_in_august(terms: list[date], on: date, year: int) -> None:
    assert school_year_at({"terms": [{"start": day} for day in terms]}, on) == year


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (date(2026, 9, 2), date(2026, 12, 18), True),
        (date(2026, 8, 30), date(2026, 9, 3), True),  # its middle is on 1 September
        (date(2026, 8, 30), date(2026, 9, 1), False),
        (date(2026, 4, 20), date(2026, 7, 20), False),
        (date(2026, 11, 1), date(2027, 2, 1), True),
        (date(2026, 11, 2), date(2027, 2, 1), False),  # not begun yet
    ],
)
def test_attendance_belongs_to_the_year_of_its_middle_once_it_has_begun(first: date, last: date, counts: bool) -> None:
    row = {"from": first, "to": last}
    assert attendance_of_year([row], {}, date(2026, 11, 1)) == [row] * counts


@pytest.mark.parametrize(
    ("newest", "more", "year"),
    [
        (date(2026, 3, 31), {}, 2025),  # April to August: a year group may have gone up
        (date(2026, 4, 1), {}, 2026),
        (date(2026, 8, 31), {}, 2026),
        (date(2026, 9, 1), {}, 2026),
        (date(2026, 7, 7), {"year_group": 3}, 2025),
        (date(2026, 7, 7), {"out_of_cohort": "Repeats"}, 2025),
    ],
)
def test_the_year_of_the_year_group_is_that_of_the_newest_record(newest: date, more: dict[str, Any], year: int) -> None:
    assert current_year(case_of(newest, **more)) == year


@pytest.mark.parametrize(
    ("on", "group"),
    [(date(2019, 9, 2), None), (date(2020, 9, 2), "N1"), (date(2036, 9, 1), 14), (date(2037, 9, 1), None)],
)
def test_a_year_group_before_nursery_or_after_year_14_is_none(on: date, group: Any) -> None:
    assert year_group_at(case_of(date(2026, 11, 19)), on) == group


@pytest.mark.parametrize(
    ("row", "name", "teacher"),
    [
        ({"class": "4A"}, "4A", "Mr Adeyemi"),  # the class of now: so is its teacher
        ({"class": "4B"}, "4B", None),
        ({"class": "4B", "class_teacher": "Ms Lee"}, "4B", "Ms Lee"),
        ({"class_teacher": "Ms Lee"}, "4A", "Ms Lee"),
    ],
)
def test_the_teacher_of_a_class_is_named_with_that_class_only(row: dict[str, Any], name: str, teacher: Any) -> None:
    on = date(2026, 11, 1)
    case = case_of(date(2026, 11, 19), class_history=[{"from": date(2026, 9, 2), "year_group": 4, **row}])
    assert (class_at(case, on), class_teacher_at(case, on)) == (name, teacher)


@pytest.mark.parametrize(
    ("group", "role"), [(6, "class_teacher"), (7, "form_tutor"), ("R", "class_teacher"), (None, "class_teacher")]
)
def test_a_form_tutor_from_year_seven(group: Any, role: str) -> None:
    assert teacher_role(group) == role


FOUR = {"year_group": 4, "class": "4A", "class_teacher": "Mr Adeyemi"}
FIVE = {"year_group": 5, "class": "5B"}


@pytest.mark.parametrize(
    ("before", "after", "on", "rows"),
    [
        (FOUR, FOUR, date(2027, 1, 8), []),
        (FOUR, {**FOUR, "class": "4C"}, date(2027, 1, 8), [(date(2026, 9, 1), "4A"), (date(2027, 1, 8), "4C")]),
        (FOUR, FIVE, date(2027, 6, 1), [(date(2026, 9, 1), "4A"), (date(2027, 9, 1), "5B")]),
        (FOUR, FIVE, date(2027, 5, 31), [(date(2025, 9, 1), "4A"), (date(2026, 9, 1), "5B")]),
        (FOUR, FIVE, date(2027, 9, 6), [(date(2026, 9, 1), "4A"), (date(2027, 9, 1), "5B")]),
        (FOUR, {"year_group": 5, "class": "4A"}, date(2027, 9, 6), [(date(2026, 9, 1), "4A")]),
        (FOUR, {"year_group": 5}, date(2027, 9, 6), [(date(2026, 9, 1), "4A")]),
        ({"year_group": 4}, FIVE, date(2027, 9, 6), [(date(2027, 9, 1), "5B")]),
        (
            {**FOUR, "admission_date": date(2027, 1, 5)},
            FIVE,
            date(2027, 9, 6),
            [(date(2027, 1, 5), "4A"), (date(2027, 9, 1), "5B")],
        ),
        ({**FOUR, "class_history": [{"from": date(2026, 9, 2)}]}, FIVE, date(2027, 9, 6), [(date(2027, 9, 1), "5B")]),
        ({**FOUR, "class_history": [{"from": date(2027, 9, 1)}]}, FIVE, date(2027, 9, 6), [(date(2026, 9, 1), "4A")]),
        (
            {**FOUR, "admission_date": date(2027, 1, 8)},
            {**FOUR, "class": "4C"},
            date(2027, 1, 8),
            [(date(2027, 1, 8), "4C")],
        ),
    ],
)
def test_a_change_of_class_is_remembered_from_the_day_it_holds(
    before: dict[str, Any], after: dict[str, Any], on: date, rows: list[tuple[date, str]]
) -> None:
    found = rows_to_remember(before, after, {}, on)
    assert [(row["from"], row.get("class")) for row in found] == rows
    assert all("class_teacher" in row for row in found if row["class"] == "4A")
