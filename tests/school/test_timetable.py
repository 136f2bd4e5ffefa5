"""One adult's week on its boundaries: times that touch and times that overlap, groups, hours, days on which it runs."""

# ruff: noqa: E501 - rows of examples read best on one line

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.school.provision.adult_timetable import Booking, Session, Slot, at, clash, hours, sessions, slots, weeks

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 18)
ON = date(2026, 11, 23)
ONE = Booking("ada", "Ada", "a.yaml", 3, 5, "Phonics", "ta", 1, 30, Decimal(1), "Monday 9:00", FIRST, LAST)
TWO = replace(ONE, case="ben", pupil="Ben", title="Reading")
SCHOOL: dict[str, Any] = {"staff": [{"id": "ta", "name": "Mrs Able", "role": "TA", "hours_a_week": 1}]}


def both(**changes: Any) -> Slot | None:
    return clash(Session((ONE,)), Session((replace(TWO, **changes),)))


@pytest.mark.parametrize(
    ("when", "overlap"),
    [("Monday 8:30", False), ("Monday 8:31", True), ("Monday 9:00", True), ("Monday 9:29", True), ("Monday 9:30", False),
     ("Monday period 1", False), ("Tuesday 9:00", False), ("Mon to Wed 9:10", True), ("Tue to Fri 9:00", False), ("", False), ("period 1", False)],
)  # fmt: skip
def test_times_that_touch_do_not_overlap(when: str, overlap: bool) -> None:
    assert bool(both(when=when)) == overlap


def test_a_longer_session_reaches_further() -> None:
    assert both(when="Monday 8:00", minutes=60) is None
    assert both(when="Monday 8:00", minutes=61) == Slot(0, 9 * 60), "the later of the two beginnings is told"


@pytest.mark.parametrize(
    ("first", "last", "overlap"),
    [(date(2026, 12, 18), date(2027, 1, 1), True), (date(2026, 12, 19), date(2027, 1, 1), False),
     (date(2026, 7, 1), date(2026, 9, 1), True), (date(2026, 7, 1), date(2026, 8, 31), False)],
)  # fmt: skip
def test_two_overlap_only_on_days_on_which_both_run(first: date, last: date, overlap: bool) -> None:
    assert bool(both(when="Monday 9:00", first=first, last=last)) == overlap


@pytest.mark.parametrize(("times", "overlap"), [("0.5", False), ("1", True), ("2", True)])
def test_support_every_second_week_may_share_a_time(times: str, overlap: bool) -> None:
    assert bool(both(when="Monday 9:00", times=Decimal(times))) == overlap
    assert bool(clash(Session((replace(ONE, times=Decimal(times)),)), Session((TWO,)))) == overlap


def test_periods_are_the_same_by_their_number() -> None:
    one, same, other = (Session((replace(ONE, when=f"Mon period {n}"),)) for n in (2, 2, 3))
    assert clash(one, same) == Slot(0, "period 2") and clash(one, other) is None


@pytest.mark.parametrize(
    ("when", "times", "expected"),
    [("9:05", 5, [(day, 545) for day in range(5)]), ("9:05", 4, []), ("every day 9:05", 1, [(d, 545) for d in range(5)]),
     ("Mon to Wed 1:15", 3, [(0, 795), (1, 795), (2, 795)]), ("Fri 6:59", 1, [(4, 1139)]), ("Fri 7:00", 1, [(4, 420)]),
     ("Fri 12:00pm", 1, [(4, 720)]), ("Fri 1:00am", 1, [(4, 60)]), ("Mon 9:00, Thu 10:30", 2, [(0, 540), (3, 630)]),
     ("9:00 Mon, 10:30 Thu", 2, [(0, 540), (3, 630)]), ("Mon 9:00, 10:30", 2, []), ("Mon, Tue", 2, []), ("Tue 11:30pm", 1, [(1, 1410)])],
)  # fmt: skip
def test_when_is_read_in_minutes_of_the_day(when: str, times: int, expected: list[tuple[int, int]]) -> None:
    assert list(slots(when, Decimal(times))) == [Slot(*one) for one in expected]


def test_pupils_of_one_group_come_together() -> None:
    group = [replace(ONE, pupil=name, group_size=2) for name in ("Ada", "Ben")]
    assert len(sessions(group)) == 1 and len(sessions([ONE, TWO])) == 2
    assert len(sessions([group[0], replace(group[1], minutes=20)])) == 2
    assert len(sessions([group[0], replace(group[1], group_size=3)])) == 2
    unknown = [replace(one, when="", title=title) for one, title in zip(group, ("Talk", "TALK"), strict=True)]
    assert len(sessions(unknown)) == 1 and sessions(unknown)[0].weekly == 30
    assert sessions([*unknown, replace(unknown[0], pupil="Cy")])[0].weekly == 60, "three pupils in groups of two"
    assert Session(tuple(group)).name == "Phonics (Ada, Ben)"


def week(*rows: Booking, on: date = ON, **person: Any) -> Any:
    [found] = weeks(rows, {"staff": [{**SCHOOL["staff"][0], **person}]}, on)
    return found


def test_an_adult_has_just_time_enough() -> None:
    two = [replace(ONE, times=Decimal(1), when=""), replace(TWO, when="")]
    assert not week(*two).over and week(*two).minutes == 60
    assert week(two[0], replace(two[1], minutes=31)).over
    assert not week(two[0], replace(two[1], minutes=310), hours_a_week=None).over
    told = week(two[0], replace(two[1], minutes=36)).problems
    assert [p.rule for p in told] == [
        "adult-hours"
    ] and "1.1 hours of support to give each week, but 1 hours for it" in told[0].message


@pytest.mark.parametrize(("on", "counts"), [(FIRST, 1), (date(2026, 8, 31), 0), (LAST, 1)])
def test_support_counts_on_its_first_and_its_last_day(on: date, counts: int) -> None:
    assert week(ONE, on=on).sessions == counts


def test_what_has_ended_is_nobody_s_work() -> None:
    assert weeks([ONE], SCHOOL, date(2026, 12, 19)) == [] and weeks([replace(ONE, staff="gone")], SCHOOL, ON) == []


def test_a_group_with_more_pupils_than_it_holds_is_told() -> None:
    group = [replace(ONE, pupil=name, group_size=2) for name in ("Ada", "Ben", "Cy")]
    assert [p.rule for p in week(*group).problems] == ["group-too-big"]
    assert not week(*group[:2]).problems
    assert not week(*(replace(one, when="") for one in group)).problems
    assert week(ONE, replace(TWO, when="")).unread == 1


def test_times_and_hours_in_words() -> None:
    assert at(Slot(0, 545)) == "at 9:05" and at(Slot(0, "period 3")) == "in period 3"
    assert [hours(Decimal(n)) for n in (60, 90, 50, 0, 600)] == ["1", "1.5", "0.83", "0", "10"]


def test_days_and_names_are_told_in_words() -> None:
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")):
        rows = [replace(ONE, when=f"{day} 9:00"), replace(TWO, when=f"{day} 9:00")]
        [problem] = [one for one in week(*rows, hours_a_week=9).problems if one.rule == "adult-twice"]
        assert f"in two places on {day} at 9:00: Phonics (Ada) and Reading (Ben)" in problem.message
        assert slots(day[:3] + " 9:00", Decimal(1)) == (Slot(number, 540),)
    two = [replace(ONE, line=3), replace(TWO, line=9, when="", minutes=300)]
    assert [one.line for one in week(*two).problems if one.rule == "adult-hours"] == [3]
    group = [replace(ONE, group_size=2, title=title, pupil=who) for title, who in (("Talk", "Ada"), ("Chat", "Ben"))]
    assert Session(tuple(group)).name == "Talk (Ada, Ben)"
