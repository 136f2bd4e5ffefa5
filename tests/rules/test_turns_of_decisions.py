"""Rules on decisions, changes, the dates of a year and EHC plans, each at the day on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.dates.twelve_months import last_day_in_time, year_after, year_before
from tests.rules.turns import DAY, ON, WEEK, cycle, log, meeting, told, without_child

# -- decisions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("K", ON, None)], "SEN support"),
        ([("K", ON + DAY, None)], ""),
        ([("K", ON - WEEK, ON - DAY)], ""),
        ([("K", ON - WEEK, ON)], "SEN support"),
        ([("N", ON - WEEK, None)], ""),
        ([("E", ON - WEEK, None)], ""),
        ([("K", ON - WEEK, ON - DAY), ("N", ON, None)], "the end of support"),
    ],
)
def test_a_status_says_why_and_who_decided(rows: list[Any], says: str) -> None:
    held = [{"status": one, "from": start, **({"to": end} if end else {})} for one, start, end in rows]
    found = told("status-decided", pupil={"sen_status": held})
    assert [one.message.startswith(f"the decision on {says} of ") for one in found] == [True] * bool(says)
    both = [{**one, "reason": "x", "decided_by": "y"} for one in held]
    assert told("status-decided", pupil={"sen_status": both}) == [] == without_child("status-decided")
    if says:
        assert (
            "who decided (decided_by)"
            in told("status-decided", pupil={"sen_status": [{**one, "reason": "x"} for one in held]})[0].message
        )


WEAK = {"targets": [{"target": "t", "status": "not_met"}]}
MORE = {"title": "x", "type": "group", "delivered_by": "TA", "minutes": 20, "times_a_week": 2, "group_size": 4}


def third(**changes: Any) -> int:
    """How often the third cycle is said to be no more, with what it changes."""
    plan, assess = {"provision": [MORE]}, {"baselines": [1], "teacher": "x"}
    first = cycle(1, ON - 50 * WEEK, ON - 40 * WEEK, review=WEAK)
    due = {"planned_review": ON - 20 * WEEK}
    second = cycle(2, ON - 30 * WEEK, ON - 20 * WEEK, review=WEAK, plan=plan, assess=assess, **due)
    length = changes.pop("length", 70 * DAY)
    new = {"plan": plan, "assess": assess, "planned_review": ON + length, **changes}
    return len(told("later-cycle-more", first, second, cycle(3, ON, **new)))


@pytest.mark.parametrize(
    ("changes", "speaks"),
    [
        ({}, 1),
        ({"length": 64 * DAY}, 1),
        ({"length": 63 * DAY}, 0),
        ({"plan": {"provision": [{**MORE, "times_a_week": 3}]}}, 0),
        ({"plan": {"provision": [MORE, {"type": "group", "group_size": 4}]}}, 1),
        ({"plan": {"provision": [{**MORE, "group_size": 3}]}}, 0),
        ({"plan": {"provision": [{**MORE, "group_size": 5}]}}, 1),
        ({"plan": {"provision": [{**MORE, "type": "specialist"}]}}, 0),
        ({"plan": {"provision": []}}, 1),
        ({"assess": {"baselines": [1, 2]}}, 0),
        ({"assess": {"baselines": [1], "agencies": ["ep"]}}, 0),
        ({"assess": {"baselines": [1], "assessments": "x"}}, 0),
        ({"assess": {"baselines": [1], "specialists": "x"}}, 0),
        ({"assess": {"baselines": [1], "support_staff": "x"}}, 0),
        ({"assess": {"baselines": [1], "pupil": "x"}}, 1),
    ],
)
def test_after_two_weak_cycles_the_third_is_more(changes: dict[str, Any], speaks: int) -> None:
    assert third(**changes) == speaks


def test_the_third_cycle_is_judged_when_both_before_were_weak() -> None:
    well = {"targets": [{"target": "t", "status": "met"}]}
    for one, two in ((well, WEAK), (WEAK, well)):
        rows = (
            cycle(1, ON - 50 * WEEK, ON - 40 * WEEK, review=one),
            cycle(2, ON - 30 * WEEK, ON - 20 * WEEK, review=two),
        )
        assert told("later-cycle-more", *rows, cycle(3, ON)) == []
    undone = cycle(2, ON - 30 * WEEK)
    assert told("later-cycle-more", cycle(1, ON - 50 * WEEK, ON - 40 * WEEK, review=WEAK), undone, cycle(3, ON)) == []


EIGHT = 8 * WEEK


@pytest.mark.parametrize(("days", "speaks"), [(56, 0), (57, 1), (183, 1), (184, 0)])
@pytest.mark.parametrize(
    "change",
    [
        lambda day: {"pupil": {"admission_date": day}},
        lambda day: {"pupil": {"suspensions": [{"from": day}]}},
        lambda day: {"pupil": {"reduced_timetable": {"from": day}}},
        lambda day: {"log": log({"date": day, "what": "Moved house"})},
    ],
)
def test_after_a_change_a_meeting_is_held_within_eight_weeks(change: Any, days: int, speaks: int) -> None:
    day = ON - days * DAY
    assert len(told("meeting-after-change", **change(day))) == speaks
    assert told("meeting-after-change", meeting(day), **change(day)) == []
    assert told("meeting-after-change", meeting(min(day + EIGHT, ON)), **change(day)) == []
    assert len(told("meeting-after-change", meeting(day - DAY), **change(day))) == speaks
    assert len(told("meeting-after-change", meeting(day + EIGHT + DAY), **change(day))) == speaks
    assert len(told("meeting-after-change", meeting(day, "school"), **change(day))) == speaks


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ("Moved house", 1),
        ("His nan died", 1),
        ("Parents separated", 1),
        ("New foster placement", 1),
        ("Moved tables", 0),
        ("A new book", 0),
    ],
)
def test_what_in_the_log_tells_of_a_move_or_a_loss(words: str, speaks: int) -> None:
    assert len(told("meeting-after-change", log=log({"date": ON - 9 * WEEK, "what": words}))) == speaks
    assert told("meeting-after-change", log=log({"what": words})) == []
    assert told("meeting-after-change", log=log({"date": ON - 9 * WEEK, "what": words}), pupil={"sen_status": []}) == []


SEPTEMBER = date(2026, 9, 1)


@pytest.mark.parametrize(("day", "speaks"), [(SEPTEMBER + 6 * WEEK - DAY, 0), (SEPTEMBER + 6 * WEEK, 1)])
def test_six_weeks_into_the_year_its_meetings_have_their_dates(day: date, speaks: int) -> None:
    ahead = [date(2026, 11, 12), date(2027, 2, 11), date(2027, 6, 17)]
    assert len(told("year-dates", on=day, plan={})) == speaks
    assert told("year-dates", on=day, plan={"meeting_dates": ahead}) == []
    assert len(told("year-dates", on=day, plan={"meeting_dates": [*ahead[:2], date(2027, 9, 1)]})) == speaks
    assert told("year-dates", on=day, plan={"meeting_dates": [*ahead[:2], date(2027, 8, 31)]}) == []
    assert len(told("year-dates", on=day, plan={"meeting_dates": [*ahead[:2], day]})) == speaks
    assert told("year-dates", meeting(SEPTEMBER), on=day, plan={"meeting_dates": ahead[:2]}) == []
    assert len(told("year-dates", meeting(SEPTEMBER - DAY), on=day, plan={"meeting_dates": ahead[:2]})) == speaks
    assert len(told("year-dates", meeting(SEPTEMBER, "school"), on=day, plan={"meeting_dates": ahead[:2]})) == speaks
    assert (
        told("year-dates", meeting(SEPTEMBER, next_meeting=ahead[0]), on=day, plan={"meeting_dates": ahead[1:2]}) == []
    )
    assert told("year-dates", meeting(ahead[0]), meeting(ahead[1]), on=day, plan={"meeting_dates": ahead[2:]}) == []
    assert told("year-dates", on=day) == [] == told("year-dates", on=day, plan={}, pupil={"sen_status": []})


@pytest.mark.parametrize(("weeks", "more", "speaks"), [(6, -1, 0), (6, 0, 1)])
def test_a_child_who_began_later_has_six_weeks_and_fewer_meetings(weeks: int, more: int, speaks: int) -> None:
    began = date(2026, 11, 2)
    held = {"sen_status": [{"status": "K", "from": began}]}
    day = began + weeks * WEEK + more * DAY
    found = told("year-dates", on=day, plan={}, pupil=held)
    assert len(found) == speaks and all("of the 2 meetings" in one.message for one in found)


# -- EHC plans --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "reviewed", "speaks"),
    [(364, None, 0), (365, None, 1), (900, 364, 0), (900, 365, 1), (365, 0, 0)],
)
def test_an_ehc_plan_is_reviewed_in_the_twelve_months_that_start_with_its_day(
    made: int, reviewed: int | None, speaks: int
) -> None:
    held = {
        "sen_status": [
            {"status": "K", "from": date(2020, 1, 1), "to": date(2022, 1, 1)},
            {"status": "E", "from": ON - made * DAY},
        ]
    }
    day = None if reviewed is None else ON - reviewed * DAY
    for rows, more in (
        ([meeting(day, type="annual")] if day else [], {}),
        ([], {"annual_review": {"date": day}} if day else {}),
    ):
        found = told("annual-review", *rows, pupil=held, **more)
        assert [one.keys for one in found] == [("sen_status", 1)] * speaks
    if speaks:
        assert told("annual-review", meeting(ON, type="review"), pupil=held)
        assert told("annual-review", pupil=held, annual_review={"date": ON + DAY})
    assert told("annual-review") == [] == without_child("annual-review")


def test_the_last_day_of_a_review_is_counted_by_the_calendar_over_a_leap_day() -> None:
    """Children and Families Act 2014 s.44(1): the period of 12 months starting with the date on which it was made."""
    assert last_day_in_time(date(2024, 2, 1)) == date(2025, 1, 31)
    assert last_day_in_time(date(2024, 6, 21)) == date(2025, 6, 20)
    assert last_day_in_time(date(2024, 2, 29)) == date(2025, 2, 28)
    assert last_day_in_time(date(2023, 3, 1)) == date(2024, 2, 29)
    assert (year_before(date(2024, 2, 29)), year_after(date(2024, 2, 29))) == (date(2023, 2, 28), date(2025, 3, 1))
    held = {"sen_status": [{"status": "E", "from": date(2023, 3, 1)}]}
    assert told("annual-review", on=date(2024, 2, 29), pupil=held) == []
    [late] = told("annual-review", on=date(2024, 3, 1), pupil=held)
    assert late.message.endswith("so its review was due by 29 February 2024")


def test_an_ehc_plan_has_a_cycle_with_its_steps() -> None:
    held = {"sen_status": [{"status": "K", "from": ON - WEEK, "to": ON - DAY}, {"status": "E", "from": ON}]}
    assert [one.keys for one in told("ehc-plan-steps", pupil=held)] == [("sen_status", 1)]
    assert (
        told("ehc-plan-steps", cycle(), pupil=held) == [] == told("ehc-plan-steps") == without_child("ehc-plan-steps")
    )


def test_the_ehc_plan_is_pointed_at_also_when_another_status_is_ahead() -> None:
    rows = [{"status": "E", "from": ON - 500 * DAY, "to": ON}, {"status": "K", "from": ON + DAY}]
    assert [one.keys for one in told("annual-review", pupil={"sen_status": rows})] == [("sen_status", 0)]
