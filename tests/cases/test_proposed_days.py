"""Proposed days agree with each other and with the school's calendar, whatever the day on which they are proposed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.dates.proposed_days import (
    end_of_year,
    is_school_day,
    meeting_days,
    monday_from,
    review_day,
    school_day_until,
)
from generator.cases.prefill import known
from generator.records.record import Record
from tests.example_school import ROOT
from tests.rule_examples import schemas

WEEK = timedelta(weeks=1)
FIRST, LAST = date(2025, 9, 1), date(2027, 5, 21)
DAYS = [FIRST + timedelta(days=n) for n in range(0, (LAST - FIRST).days, 3)]
PLANNED = ("plan", "cycle", "meeting")


@cache
def example_school() -> Any:
    """The example school's record, with the terms and closures of three years."""
    from generator.records.record import read_record

    path = ROOT / "cases" / "school.yaml"
    record, problems = read_record(path.read_bytes(), "cases/school.yaml", "school", schemas())
    assert record is not None, problems
    return record.data


def case(*records: tuple[str, str, Any]) -> Case:
    """A pupil with the records given as kind, path and data."""
    pupil = {"forenames": "Ben", "legal_surname": "Hill", "date_of_birth": date(2018, 5, 14), "people": [], "needs": []}
    rows = [Record("cases/ben/pupil.yaml", "pupil", pupil, {})]
    rows += [Record(f"cases/ben/{path}", kind, data, {}) for kind, path, data in records]
    return Case("ben", tuple(rows))


@pytest.mark.parametrize("terms", [True, False])
def test_plan_cycle_and_meeting_are_proposed_on_school_days_and_agree(terms: bool) -> None:
    school = example_school() if terms else {}
    for on in DAYS:
        plan = known("plan", case(), school, on)
        one = case(("plan", "plan.yaml", plan))
        cycle, meeting = known("cycle", one, school, on), known("meeting", one, school, on)
        dates = [plan["date"], plan["review_date"], cycle["start"], cycle["planned_review"], meeting["date"]]
        assert [day for day in dates if not is_school_day(school, day)] == [], on
        # No effect before its cause, and half a term to a term between them.
        assert on <= plan["date"] <= cycle["start"] < cycle["planned_review"], on
        assert 4 * WEEK <= cycle["planned_review"] - cycle["start"] <= 14 * WEEK, (on, cycle)
        assert plan["review_date"] < plan["outcomes"][0]["by"] and is_school_day(school, plan["outcomes"][0]["by"]), on
        assert cycle["planned_review"] >= plan["review_date"], on
        if plan["review_date"] - cycle["start"] >= 6 * WEEK:
            assert cycle["planned_review"] == plan["review_date"], on


def test_the_next_cycle_begins_after_the_review_and_does_not_wait_a_term() -> None:
    school = example_school()
    for reviewed in DAYS:
        old = {
            "number": 1, "start": reviewed - 8 * WEEK, "planned_review": reviewed,
            "review": {"date": reviewed, "targets": []}, "plan": {"targets": [], "provision": []},
        }  # fmt: skip
        plan = {"date": reviewed - 8 * WEEK, "review_date": reviewed, "outcomes": [{"id": "o"}]}
        begun = case(("plan", "plan.yaml", plan), ("cycle", "cycles/a.yaml", old))
        new = known("cycle", begun, school, reviewed)
        assert new["start"] > reviewed and is_school_day(school, new["start"])
        # At most the last four weeks of a term and a holiday without support.
        summer = 6 * WEEK if reviewed.month in (6, 7, 8) else timedelta()
        assert new["start"] - reviewed <= 8 * WEEK + summer, reviewed
        assert is_school_day(school, new["planned_review"])


def test_days_of_closure_half_terms_and_weekends_are_no_school_days() -> None:
    school = example_school()
    closed = [date(2026, 10, 9), date(2026, 10, 26), date(2026, 10, 24), date(2026, 12, 21), date(2026, 5, 4)]
    assert [day for day in closed if is_school_day(school, day)] == []
    assert is_school_day(school, date(2026, 11, 2)) and is_school_day({}, date(2026, 12, 25))
    assert not is_school_day({}, date(2026, 11, 29))
    # A Monday on which school is closed gives the next day.
    assert monday_from(school, date(2026, 5, 2)) == date(2026, 5, 5)
    assert review_day(school, date(2026, 9, 2)) == date(2026, 12, 7)
    assert review_day(school, date(2026, 11, 30)) == date(2027, 2, 8), "before the half-term, not in it"
    assert end_of_year(school, date(2026, 11, 30)) == date(2027, 7, 20)
    assert school_day_until({}, date(2027, 7, 18)) == date(2027, 7, 16)


def test_a_plan_proposes_the_years_meetings_as_far_as_the_terms_are_known() -> None:
    terms = [
        {"name": "Autumn", "start": date(2026, 9, 2), "end": date(2026, 12, 18)},
        {"name": "Spring", "start": date(2027, 1, 4), "end": date(2027, 3, 25)},
        {"name": "Summer", "start": date(2027, 4, 12), "end": date(2027, 7, 20)},
        {"name": "Autumn", "start": date(2027, 9, 2), "end": date(2027, 12, 17)},
    ]
    school = {"terms": terms}
    days = meeting_days(school, date(2026, 9, 15))
    assert days == [date(2026, 12, 7), date(2027, 3, 8), date(2027, 7, 5)]
    assert all(is_school_day(school, day) for day in days)
    assert meeting_days(school, date(2026, 12, 1))[0] == date(2027, 3, 8), "a meeting in a week is no proposal"
    assert meeting_days({"terms": terms[:1]}, date(2026, 9, 15)) == [date(2026, 12, 7)], "no day of an unknown term"
    assert meeting_days({}, date(2026, 9, 15)) == []
