"""What provision costs, on its boundaries: blocks of half a term, groups, whose pay, the £6,000."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.cases.costs import THRESHOLD, hourly_rate, paid_as, weekly_minutes, weeks_counted, yearly_cost

SCHOOL: dict[str, Any] = {
    "weeks_a_year": Decimal("38.6"),
    "pay_rates": [{"role": "Teaching assistant", "hourly": "15.00"}, {"role": "Teacher", "hourly": "40.00"}],
    "staff": [{"id": "ta-1", "role": "TA"}, {"id": "head", "role": "Headteacher"}],
}
ROW = {"minutes": 30, "times_a_week": 2, "delivered_by": "Teaching assistant", "weeks": 20}


def test_minutes_a_week_need_both_figures() -> None:
    assert weekly_minutes(ROW) == 60
    assert weekly_minutes({"minutes": 30}) is None and weekly_minutes({"times_a_week": 2}) is None


@pytest.mark.parametrize(("weeks", "counted"), [(5, 5), (6, 6), (7, Decimal("38.6")), (39, Decimal("38.6"))])
def test_a_block_of_up_to_half_a_term_counts_its_own_weeks(weeks: int, counted: Decimal) -> None:
    assert weeks_counted({"weeks": weeks}, SCHOOL) == counted


def test_without_weeks_the_school_s_year_counts_and_without_that_38() -> None:
    assert weeks_counted({}, SCHOOL) == Decimal("38.6") and weeks_counted({}, {}) == 38


def test_who_is_paid_is_found_by_person_then_by_role() -> None:
    assert paid_as({"staff": "ta-1", "delivered_by": "Teacher"}, SCHOOL) == "Teaching assistant"
    assert paid_as({"staff": "gone", "delivered_by": "Teacher"}, SCHOOL) == "Teacher"
    assert paid_as({"delivered_by": "Teacher of the deaf"}, SCHOOL) == "Teacher"
    assert paid_as({"staff": "head"}, SCHOOL) == "" and hourly_rate({"staff": "head"}, SCHOOL) is None
    assert paid_as({"hourly_rate": 9, "delivered_by": "Teacher"}, SCHOOL) == ""
    assert hourly_rate({"hourly_rate": "9.50", "delivered_by": "Teacher"}, SCHOOL) == Decimal("9.50")


def test_a_year_s_cost_is_shared_by_the_group_and_has_its_own_on_top() -> None:
    assert yearly_cost(ROW, SCHOOL) == Decimal("579.00")  # an hour a week at £15 for 38.6 weeks
    assert yearly_cost({**ROW, "group_size": 4}, SCHOOL) == Decimal("144.75")
    assert yearly_cost({**ROW, "yearly_cost": 100}, SCHOOL) == Decimal("679.00")
    assert yearly_cost({**ROW, "weeks": 6}, SCHOOL) == Decimal("90")


def test_without_figures_there_is_no_cost_but_the_row_s_own() -> None:
    assert yearly_cost({}, SCHOOL) is None and yearly_cost({"minutes": 30, "times_a_week": 1}, SCHOOL) is None
    assert yearly_cost({"yearly_cost": 250}, SCHOOL) == 250
    assert yearly_cost({"yearly_cost": 250, "delivered_by": "Teacher"}, SCHOOL) == 250


def test_the_school_finds_six_thousand_pounds() -> None:
    assert THRESHOLD == 6000
