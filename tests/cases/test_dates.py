"""Days on which something turns: ages, school years, the statutory clock and long closures, each on its boundary."""

# ruff: noqa: E501 - rows of examples read best on one line

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from generator.cases.case import sen_status
from generator.cases.dates.age_and_year import (
    age,
    age_text,
    key_stage,
    prepares_for_adulthood,
    school_year,
    speaks_for_themselves,
    usual_year_group,
    year_label,
)
from generator.cases.dates.school_days import school_days
from generator.cases.dates.statutory_clock import long_closures, statutory_clock

BORN = date(2016, 5, 14)
RECEIVED = date(2026, 6, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 5, 13), (9, 11)), (date(2026, 5, 14), (10, 0)), (date(2026, 6, 13), (10, 0)), (date(2026, 6, 14), (10, 1)),
     (date(2016, 5, 14), (0, 0)), (date(2017, 1, 1), (0, 7))],
)  # fmt: skip
def test_an_age_turns_on_the_day(on: date, expected: tuple[int, int]) -> None:
    assert age(BORN, on) == expected


def test_an_age_in_words_has_its_plurals() -> None:
    assert age_text(BORN, date(2017, 6, 14)) == "1 year 1 month"
    assert age_text(BORN, date(2018, 5, 14)) == "2 years 0 months"


def test_the_school_year_begins_on_the_first_of_september() -> None:
    assert (school_year(date(2026, 8, 31)), school_year(date(2026, 9, 1))) == (2025, 2026)


@pytest.mark.parametrize(
    ("born", "group"),
    [(date(2021, 8, 31), 1), (date(2021, 9, 1), "R"), (date(2023, 9, 1), "N1"), (date(2024, 9, 1), None),
     (date(2007, 9, 1), 14), (date(2007, 8, 31), None), (date(2018, 5, 14), 4), (date(2022, 9, 1), "N2")],
)  # fmt: skip
def test_a_year_group_is_that_of_the_school_year_of_birth(born: date, group: str | int | None) -> None:
    assert usual_year_group(born, date(2026, 11, 23)) == group


def test_year_groups_in_words() -> None:
    assert [year_label(one) for one in ("R", "N1", "N2", 4, None)] == [
        "Reception",
        "Nursery 1",
        "Nursery 2",
        "Year 4",
        "",
    ]


def test_a_key_stage_ends_with_its_last_year() -> None:
    years = ["N1", "R", 1, 2, 3, 6, 7, 9, 10, 11, 12, 14]
    stages = ["EYFS", "EYFS", "KS1", "KS1", "KS2", "KS2", "KS3", "KS3", "KS4", "KS4", "KS5", "KS5"]
    assert [key_stage(year) for year in years] == stages


def test_adulthood_is_prepared_for_from_year_9() -> None:
    assert [prepares_for_adulthood({"year_group": year}) for year in ("R", 8, 9, 10)] == [False, False, True, True]


def test_a_young_person_speaks_from_the_day_after_the_last_friday_in_june() -> None:
    """School leaving date (Education Act 1996 s.8): 26 June 2026 for who turns 16 between September 2025 and August 2026."""
    for born in (date(2009, 9, 1), date(2010, 8, 31)):
        pupil = {"date_of_birth": born}
        assert [speaks_for_themselves(pupil, date(2026, 6, day)) for day in (25, 26, 27)] == [False, False, True]
    assert not speaks_for_themselves({"date_of_birth": date(2010, 9, 1)}, date(2026, 6, 30))
    assert speaks_for_themselves({"date_of_birth": date(2010, 9, 1)}, date(2027, 6, 26))  # the 30th is a Wednesday
    assert not speaks_for_themselves({"date_of_birth": date(2010, 9, 1)}, date(2027, 6, 25))


def test_a_status_holds_from_its_first_day_to_its_last() -> None:
    rows = [
        {"status": "K", "from": date(2026, 1, 12), "to": date(2026, 3, 1)},
        {"status": "E", "from": date(2026, 3, 2)},
    ]
    days = [date(2026, 1, 11), date(2026, 1, 12), date(2026, 3, 1), date(2026, 3, 2), date(2030, 1, 1)]
    assert [sen_status({"sen_status": rows}, day) for day in days] == ["N", "K", "K", "E", "E"]
    assert sen_status({}, RECEIVED) == "N" and sen_status({"sen_status": [{"status": "K"}]}, RECEIVED) == "N"


# -- the statutory clock ----------------------------------------------------------------------------------------------


def test_the_clock_runs_in_whole_weeks_from_the_day_of_receipt() -> None:
    clock = statutory_clock(RECEIVED)
    assert (clock.decision, clock.no_plan, clock.final_plan) == (
        date(2026, 7, 13),
        date(2026, 9, 21),
        date(2026, 10, 19),
    )
    assert [(step.due, "weeks" in step.source) for step in clock.steps] == [
        (clock.decision, True), (clock.no_plan, True), (clock.final_plan, True)
    ]  # fmt: skip
    assert clock.closure is None


@pytest.mark.parametrize(("days", "counts"), [(27, False), (28, True), (29, True)])
def test_a_closure_excuses_from_four_weeks(days: int, counts: bool) -> None:
    closure = (date(2026, 7, 1), date(2026, 7, 1) + (days - 1) * DAY)
    assert statutory_clock(RECEIVED, (closure,)).closure == (closure if counts else None)


@pytest.mark.parametrize(
    ("first", "counts"),
    [(date(2026, 7, 20), True), (date(2026, 7, 21), False)],  # a week after the decision is due, and a day more
)
def test_a_closure_counts_from_a_week_before_it_begins(first: date, counts: bool) -> None:
    assert bool(statutory_clock(RECEIVED, ((first, first + 60 * DAY),)).closure) == counts


@pytest.mark.parametrize(("last", "counts"), [(date(2026, 6, 8), True), (date(2026, 6, 7), False)])
def test_a_closure_counts_until_a_week_before_it_ends(last: date, counts: bool) -> None:
    assert bool(statutory_clock(RECEIVED, ((last - 60 * DAY, last),)).closure) == counts


def test_the_first_closure_that_counts_is_told() -> None:
    one, two = ((date(2026, 6, 15), date(2026, 7, 15)), (date(2026, 7, 16), date(2026, 9, 1)))
    assert statutory_clock(RECEIVED, (one, two)).closure == one


def school(*terms: tuple[date, date], **more: Any) -> dict[str, Any]:
    return {"terms": [{"start": start, "end": end} for start, end in terms], **more}


def test_a_holiday_between_terms_is_a_closure_of_the_days_between() -> None:
    spring, summer = (date(2026, 1, 5), date(2026, 3, 27)), (date(2026, 4, 25), date(2026, 7, 20))
    assert long_closures(school(summer, spring)) == ((date(2026, 3, 28), date(2026, 4, 24)),)  # 28 days
    assert long_closures(school(spring, (date(2026, 4, 24), date(2026, 7, 20)))) == ()  # 27 days
    assert long_closures({"terms": [{"name": "no days yet"}, {"start": date(2026, 1, 1)}]}) == ()


@pytest.mark.parametrize(("days", "counts"), [(27, False), (28, True)])
def test_a_closure_of_the_school_counts_from_four_weeks(days: int, counts: bool) -> None:
    row = {"from": date(2026, 5, 1), "to": date(2026, 5, 1) + (days - 1) * DAY}
    assert long_closures({"closures": [row, {"from": date(2026, 1, 1)}, {}]}) == (
        ((row["from"], row["to"]),) if counts else ()
    )


# -- school days ------------------------------------------------------------------------------------------------------

TERMS = school((date(2026, 9, 1), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25)))


def test_school_days_are_counted_after_the_first_and_up_to_the_last() -> None:
    monday = date(2026, 11, 16)
    assert school_days(TERMS, monday, monday) == 0
    assert school_days(TERMS, monday, monday + DAY) == 1
    assert school_days(TERMS, monday, monday + 7 * DAY) == 5
    assert school_days(TERMS, date(2026, 12, 17), date(2027, 1, 4)) == 2, "Friday the 18th and Monday the 4th"
    assert (
        school_days(TERMS, date(2026, 9, 1), date(2026, 9, 4)) == 3
        and school_days(TERMS, date(2027, 3, 24), date(2027, 3, 25)) == 1
    )


def test_half_terms_and_closures_are_no_school_days() -> None:
    term = {"start": date(2026, 9, 1), "end": date(2026, 12, 18), "half_term_start": date(2026, 10, 26),
            "half_term_end": date(2026, 10, 30)}  # fmt: skip
    held = {
        "terms": [term],
        "closures": [{"from": date(2026, 11, 3), "to": date(2026, 11, 4)}, {"from": date(2026, 11, 5)}],
    }
    assert school_days(held, date(2026, 10, 23), date(2026, 11, 2)) == 1
    assert school_days(held, date(2026, 11, 2), date(2026, 11, 6)) == 2


def test_a_term_of_which_a_day_is_missing_is_none() -> None:
    held = {"terms": [*TERMS["terms"], {"start": date(2026, 8, 1)}, {"end": date(2027, 9, 1)}]}
    assert school_days(held, date(2026, 11, 16), date(2026, 11, 17)) == 1
    half = {"terms": [{**TERMS["terms"][0], "half_term_start": date(2026, 10, 26)}]}
    assert school_days(half, date(2026, 10, 23), date(2026, 10, 27)) == 2
    assert (
        school_days(
            {"terms": [{**TERMS["terms"][0], "half_term_end": date(2026, 10, 30)}]},
            date(2026, 10, 23),
            date(2026, 10, 27),
        )
        == 2
    )


def test_the_first_and_the_last_day_of_the_year_are_within_its_terms() -> None:
    august = {"terms": [{"start": date(2026, 8, 24), "end": date(2026, 12, 18)}]}
    assert school_days(august, date(2026, 8, 24), date(2026, 9, 7)) == 10, "not less six weeks for a summer"
    july = {"terms": [{"start": date(2026, 4, 20), "end": date(2026, 9, 4)}]}
    assert school_days(july, date(2026, 8, 24), date(2026, 9, 4)) == 9


def test_where_no_terms_are_known_a_summer_is_six_weeks() -> None:
    assert school_days({}, date(2026, 7, 20), date(2026, 9, 7)) == 35 - 30
    assert school_days({}, date(2026, 8, 24), date(2026, 9, 7)) == 0
    assert school_days({}, date(2026, 3, 2), date(2026, 3, 9)) == 5
    assert school_days(TERMS, date(2026, 8, 31), date(2026, 9, 4)) == 0, "begins before the terms that are known"
    assert school_days(TERMS, date(2027, 3, 22), date(2027, 3, 26)) == 4, "goes on after them"


def test_a_term_that_has_only_its_end_makes_no_holiday() -> None:
    rows = [
        {"end": date(2026, 1, 1)},
        {"start": date(2026, 6, 1), "end": date(2026, 7, 1)},
        {"start": date(2026, 9, 1)},
    ]
    assert long_closures({"terms": rows}) == ()
