"""When an authority's answer is late, on the day of receipt, the day it is due and the day an answer came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from generator.rules.law_and_code.request_and_records.request_clock import clock_closure, clock_overdue, receipt_unknown
from generator.rules.rule import View
from tests.joined import case

DAY = timedelta(days=1)
RECEIVED = date(2026, 6, 1)
DUE = RECEIVED + 42 * DAY


def view(on: date, *decisions: date, school: Any = None, **sent: Any) -> View:
    entries = [{"kind": "decision", "date": day} for day in decisions] + [{"kind": "note", "date": RECEIVED + DAY}]
    said = {"date": RECEIVED - 3 * DAY, "received": RECEIVED, **sent}
    joined = case(school, request={"sent": {k: v for k, v in said.items() if v}}, log={"entries": entries})
    return View(joined, None, on)  # type: ignore[arg-type]  these rules ask nothing of a pack


def told(rule: Any, seen: View) -> list[Any]:
    return list(rule.look(seen))


@pytest.mark.parametrize(("on", "late"), [(DUE - DAY, 0), (DUE, 0), (DUE + DAY, 1)])
def test_an_answer_is_late_on_the_day_after_it_was_due(on: date, late: int) -> None:
    assert len(told(clock_overdue, view(on))) == late


@pytest.mark.parametrize(
    ("heard", "late"), [(RECEIVED - DAY, 1), (RECEIVED, 1), (RECEIVED + DAY, 0), (DUE + DAY, 0), (DUE + 2 * DAY, 1)]
)
def test_an_answer_counts_from_the_day_after_receipt_to_today(heard: date, late: int) -> None:
    """A decision of the day of receipt is about something before; one that is still to come was not heard."""
    assert len(told(clock_overdue, view(DUE + DAY, heard))) == late


@pytest.mark.parametrize(("days", "what"), [(43, "6 weeks"), (113, "16 weeks"), (141, "20 weeks")])
def test_the_latest_that_is_late_is_told_with_its_regulation(days: int, what: str) -> None:
    [finding] = told(clock_overdue, view(RECEIVED + days * DAY))
    assert what in str(finding)


def test_without_a_day_of_receipt_nothing_is_late() -> None:
    assert told(clock_overdue, view(DUE + 99 * DAY, received=None)) == []
    assert told(clock_overdue, View(case(), None, DUE)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "asked"), [(6, 0), (7, 0), (8, 1)])
def test_a_receipt_is_asked_for_after_a_week(days: int, asked: int) -> None:
    sent = RECEIVED - 3 * DAY
    assert len(told(receipt_unknown, view(sent + days * DAY, received=None))) == asked
    assert told(receipt_unknown, view(sent + days * DAY)) == []


def test_a_long_closure_is_told_until_the_last_step_and_may_excuse() -> None:
    school = {"closures": [{"from": date(2026, 7, 1), "to": date(2026, 7, 28)}]}
    last = RECEIVED + 140 * DAY
    assert len(told(clock_closure, view(last, school=school))) == 1
    assert told(clock_closure, view(last + DAY, school=school)) == [] and told(clock_closure, view(last)) == []
    [late] = told(clock_overdue, view(DUE + DAY, school=school))
    assert "may excuse it" in str(late) and "may excuse" not in str(told(clock_overdue, view(DUE + DAY))[0])


def test_without_a_request_or_a_receipt_the_clock_says_nothing() -> None:
    nothing = View(case(), None, DUE)  # type: ignore[arg-type]
    for rule in (receipt_unknown, clock_overdue, clock_closure):
        assert told(rule, nothing) == []
    assert told(clock_closure, view(DUE, received=None)) == []


def test_a_closure_is_told_with_its_first_day() -> None:
    school = {"closures": [{"from": date(2026, 7, 1), "to": date(2026, 7, 28)}]}
    assert "closed from 1 July 2026, which" in str(told(clock_overdue, view(DUE + DAY, school=school))[0])
