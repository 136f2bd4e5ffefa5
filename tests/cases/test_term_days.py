"""Half-terms, days on which school is open, and the days that are proposed: each at the edge of a term or a holiday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from generator.cases.dates import proposed_days as proposed
from generator.cases.dates.half_terms import half_terms

DAY = timedelta(days=1)
AUTUMN = {
    "name": "Autumn 2026", "start": date(2026, 9, 2), "end": date(2026, 12, 18),
    "half_term_start": date(2026, 10, 26), "half_term_end": date(2026, 10, 30),
}  # fmt: skip
SPRING = {"name": "Spring 2027", "start": date(2027, 1, 4), "end": date(2027, 3, 25)}
SUMMER = {"name": "Summer 2027", "start": date(2027, 4, 12), "end": date(2027, 7, 20)}
SCHOOL = {"terms": [SUMMER, AUTUMN, SPRING], "closures": [{"from": date(2026, 11, 27)}]}


@pytest.mark.parametrize(
    ("name", "start", "numbers"),
    [
        ("Autumn", date(2026, 4, 1), (1, 2)),
        ("SPRING term", date(2026, 9, 1), (3, 4)),
        ("Summer", date(2026, 1, 1), (5, 6)),
        ("", date(2026, 8, 1), (1, 2)),
        ("Michaelmas", date(2026, 12, 1), (1, 2)),
        ("Lent", date(2027, 1, 4), (3, 4)),
        ("", date(2027, 3, 31), (3, 4)),
        ("", date(2027, 4, 1), (5, 6)),
        ("", date(2027, 7, 31), (5, 6)),
    ],
)
def test_a_half_term_is_numbered_by_its_terms_name_else_by_its_month(
    name: str, start: date, numbers: tuple[int, int]
) -> None:
    row = {"name": name, "start": start, "end": start + 70 * DAY}
    assert tuple(half.number for half in half_terms({"terms": [row]})) == numbers
    assert [half.half for half in half_terms({"terms": [row]})] == [1, 2]


def test_halves_end_before_the_holiday_and_begin_after_it_else_they_meet() -> None:
    first, second = half_terms({"terms": [AUTUMN]})
    assert (first.start, first.end, second.start, second.end) == (
        date(2026, 9, 2), date(2026, 10, 25), date(2026, 10, 31), date(2026, 12, 18)
    )  # fmt: skip
    one, two = half_terms({"terms": [{"start": date(2027, 1, 4), "end": date(2027, 1, 14)}]})
    assert (one.end, two.start) == (date(2027, 1, 8), date(2027, 1, 9))
    assert {half.season for half in half_terms({"terms": [AUTUMN]})} == {"autumn"}


def test_a_term_without_both_its_days_has_no_halves() -> None:
    rows: list[dict[str, Any]] = [{"start": date(2027, 1, 4)}, {"end": date(2027, 1, 4)}, {"name": "Lent"}]
    assert half_terms({"terms": rows}) == () == half_terms({})


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 9, 1), True),  # before all that is written: nobody knows better
        (date(2026, 9, 2), True),
        (date(2026, 10, 23), True),
        (date(2026, 10, 24), False),
        (date(2026, 10, 26), False),
        (date(2026, 10, 30), False),
        (date(2026, 11, 2), True),
        (date(2026, 11, 27), False),
        (date(2026, 11, 26), True),
        (date(2026, 12, 18), True),
        (date(2026, 12, 21), False),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
        (date(2027, 7, 20), True),
        (date(2027, 7, 21), True),
    ],
)
def test_school_is_open_on_weekdays_of_its_terms(day: date, is_open: bool) -> None:
    assert proposed.is_school_day(SCHOOL, day) is is_open


def test_a_closure_holds_from_its_first_day_to_its_last() -> None:
    shut = {"closures": [{"from": date(2026, 11, 3), "to": date(2026, 11, 5)}]}
    week = [date(2026, 11, 2) + n * DAY for n in range(5)]
    assert [proposed.is_school_day(shut, day) for day in week] == [True, False, False, False, True]
    half = {"terms": [{**AUTUMN, "half_term_end": None}]}
    assert proposed.is_school_day(half, date(2026, 10, 26))


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        (date(2026, 10, 23), date(2026, 10, 23), date(2026, 10, 23)),
        (date(2026, 10, 24), date(2026, 11, 2), date(2026, 10, 23)),
        (date(2026, 12, 19), date(2027, 1, 4), date(2026, 12, 18)),
    ],
)
def test_the_next_and_the_last_day_on_which_school_is_open(day: date, after: date, before: date) -> None:
    assert proposed.school_day_from(SCHOOL, day) == after and proposed.school_day_until(SCHOOL, day) == before


def test_a_closure_of_four_months_is_looked_beyond_and_a_longer_one_is_not() -> None:
    start = date(2026, 1, 5)
    for days, found in ((119, start + 119 * DAY), (121, start)):
        shut = {"closures": [{"from": start - 200 * DAY, "to": start + (days - 1) * DAY}]}
        assert proposed.school_day_from(shut, start) == found
        back = {"closures": [{"from": start - (days - 1) * DAY, "to": start}]}
        assert proposed.school_day_until(back, start) in (start - days * DAY, start)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 17), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 10, 20), date(2026, 11, 2)),
    ],
)
def test_a_week_begins_on_its_monday(day: date, monday: date) -> None:
    assert proposed.monday_from(SCHOOL, day) == monday


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 18), "Autumn 2026"),
        (date(2026, 12, 19), "Spring 2027"),
        (date(2027, 7, 20), "Summer 2027"),
        (date(2027, 7, 21), None),
        (date(2026, 1, 1), "Autumn 2026"),
    ],
)
def test_a_term_is_that_of_the_day_or_the_next(day: date, name: str | None) -> None:
    term = proposed.term_of(SCHOOL, day)
    assert (term["name"] if term else None) == name


@pytest.mark.parametrize(
    ("start", "review"),
    [
        # 7 December is the Monday a full week before the autumn term ends
        (date(2026, 9, 7), date(2026, 12, 7)),  # 13 weeks
        (date(2026, 8, 31), date(2026, 10, 19)),  # before the term: its half-term is 7 weeks away
        (date(2026, 10, 26), date(2026, 12, 7)),  # exactly 6 weeks
        (date(2026, 10, 27), date(2027, 1, 11)),  # no end is near enough: eleven weeks on
    ],
)
def test_a_review_is_half_a_term_to_a_term_away(start: date, review: date | None) -> None:
    found = proposed.review_day(SCHOOL, start)
    assert proposed.SHORTEST <= found - start <= proposed.LONGEST
    assert review is None or found == review


@pytest.mark.parametrize(
    ("start", "review"), [(date(2026, 9, 7), date(2026, 11, 23)), (date(2026, 9, 10), date(2026, 11, 23))]
)
def test_without_terms_a_review_is_on_the_monday_eleven_weeks_on(start: date, review: date) -> None:
    assert proposed.review_day({}, start) == review


@pytest.mark.parametrize(
    ("start", "days"),
    [
        (date(2026, 11, 16), [date(2026, 12, 7), date(2027, 3, 8), date(2027, 7, 5)]),  # three weeks on
        (date(2026, 11, 17), [date(2027, 3, 8), date(2027, 7, 5)]),
    ],
)
def test_meetings_are_proposed_three_weeks_away_or_later_and_no_more_than_three(start: date, days: list[date]) -> None:
    assert proposed.meeting_days(SCHOOL, start) == days
    year = {"start": date(2027, 9, 1), "end": date(2027, 12, 17)}
    assert len(proposed.meeting_days({"terms": [*SCHOOL["terms"], year]}, date(2026, 9, 1))) == 3


@pytest.mark.parametrize(
    ("after", "end"),
    [
        (date(2026, 11, 1), date(2027, 7, 20)),
        (date(2027, 7, 6), date(2027, 7, 20)),
        (date(2027, 7, 7), date(2028, 7, 17)),
        (date(2026, 7, 3), date(2026, 7, 17)),
    ],
)
def test_a_year_ends_two_weeks_away_or_later(after: date, end: date) -> None:
    assert proposed.end_of_year(SCHOOL, after) == end


@pytest.mark.parametrize(("month", "counts"), [(4, False), (5, True), (8, True), (9, False)])
def test_a_term_that_ends_from_may_to_august_ends_the_year(month: int, counts: bool) -> None:
    school = {"terms": [{"start": date(2026, 1, 5), "end": date(2026, month, 15)}]}
    ends = proposed.end_of_year(school, date(2026, 1, 1))
    assert (ends == proposed.school_day_until(school, date(2026, month, 15))) is counts
