"""School days are counted without weekends, half-terms, holidays and closures."""

from __future__ import annotations

from datetime import date

from generator.cases.dates.school_days import school_days

SCHOOL = {
    "terms": [
        {
            "start": date(2026, 9, 2), "end": date(2026, 12, 18),
            "half_term_start": date(2026, 10, 26), "half_term_end": date(2026, 10, 30),
        },
        {"start": date(2027, 1, 4), "end": date(2027, 3, 25)},
    ],
    "closures": [{"from": date(2026, 10, 9), "to": date(2026, 10, 9)}],
}  # fmt: skip


def test_a_fortnight_of_term_is_ten_days() -> None:
    assert school_days(SCHOOL, date(2026, 9, 4), date(2026, 9, 18)) == 10  # was: 14 "days of term"


def test_half_term_closures_and_holidays_are_no_school_days() -> None:
    assert school_days(SCHOOL, date(2026, 10, 2), date(2026, 11, 6)) == 19
    assert school_days(SCHOOL, date(2026, 12, 18), date(2027, 1, 8)) == 5


def test_without_terms_six_weeks_are_taken_for_a_summer() -> None:
    assert school_days({}, date(2026, 7, 3), date(2026, 9, 11)) == 20
