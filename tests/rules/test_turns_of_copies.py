"""Rules on what goes home and who may know, each at the day and the person on which it turns."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cases.case import Given
from generator.rules.law_and_code.meetings_and_family.copies_to_family import to_send_home
from generator.rules.rule import View
from tests.rules.turns import APART, DAD, DAY, MUM, ON, WEEK, YEAR, case, meeting, told


def notes(to: str, day: Any = ON, status: str = "final") -> Given:
    return Given(f"notes-{ON - 15 * DAY}", "notes", day, to, status, {})


WITH_NOTES = {"documents": [{"id": "notes", "title": "Notes", "each": "meeting"}]}


# -- what goes home ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "speaks"), [(7, 0), (8, 1)])
def test_notes_reach_the_family_within_a_week(days: int, speaks: int) -> None:
    held = meeting(ON - days * DAY)
    assert len(told("meeting-copies", held)) == speaks
    late = meeting(ON - 20 * DAY, copies=[{"to": "x", "date": ON - 20 * DAY + days * DAY}, {"to": "y", "date": ON}])
    assert [f"{days} days after" in one.message for one in told("meeting-copies", late)] == [True] * speaks
    assert told("meeting-copies", meeting(ON - days * DAY, copies=[{"to": "x", "date": ON - days * DAY}])) == []


def test_notes_that_were_given_out_count_for_the_family_and_from_the_meeting_on() -> None:
    held, people_ = meeting(ON - 15 * DAY), {"people": [MUM]}

    def days(given: Given) -> list[str]:
        return [one.message for one in told("meeting-copies", held, pupil=people_, given=(given,), pack=WITH_NOTES)]

    assert days(notes("Mrs Ashworth", ON - 8 * DAY)) == []
    assert "15 days after the meeting nobody" in days(notes("Council", ON - 8 * DAY))[0]
    assert days(notes("Mrs Ashworth", ON - 16 * DAY)) and days(notes("Mrs Ashworth", ON - 8 * DAY, "draft"))
    assert "15 days after the meeting nobody" in days(notes("Mrs Ashworth", ON + DAY))[0]


@pytest.mark.parametrize("kind", ["review", "annual", "interim", "pcp"])
@pytest.mark.parametrize(("days", "speaks"), [(14, 0), (15, 1)])
def test_a_plan_is_brought_up_to_date_within_two_weeks(kind: str, days: int, speaks: int) -> None:
    day = ON - days * DAY
    assert len(told("plan-after-meeting", meeting(day, type=kind), plan={})) == speaks
    assert told("plan-after-meeting", meeting(day, type=kind, plan_updated=day), plan={}) == []
    assert told("plan-after-meeting", meeting(day, type=kind)) == []
    assert told("plan-after-meeting", meeting(day, type="parents_evening"), plan={}) == []


@pytest.mark.parametrize(
    ("first", "second", "day", "status", "speaks"),
    [
        ("a", "b", 20, "final", 0),
        ("a", "a", 20, "final", 1),
        ("a", "b", 20, "draft", 1),
        ("a", "b", 21, "final", 1),
        ("a", "b", 0, "final", 0),
        ("a", "b", -1, "final", 1),
        ("", "b", 20, "final", 1),
    ],
)
def test_a_new_plan_given_out_since_shows_that_it_is_up_to_date(
    first: str, second: str, day: int, status: str, speaks: int
) -> None:
    met = ON - 20 * DAY

    def plan(says: str, when: Any, state: str = "final") -> Given:
        marks = {"records/plan.yaml": says, "records/log.yaml": str(when)} if says else {}
        return Given("support-plan", "support-plan", when, "x", state, marks)

    given = (plan(first, met - 9 * DAY), plan(second, ON - day * DAY, status))
    assert len(told("plan-after-meeting", meeting(met), plan={}, given=given)) == speaks


def test_a_plan_given_out_after_the_next_meeting_is_of_that_one() -> None:
    marks = [
        Given("support-plan", "support-plan", ON - n * DAY, "x", "final", {"records/cycles/1.yaml": str(n)})
        for n in (60, 20)
    ]
    rows = meeting(ON - 40 * DAY), meeting(ON - 30 * DAY)
    assert [one.where.data["date"] for one in told("plan-after-meeting", *rows, plan={}, given=tuple(marks))] == [
        ON - 40 * DAY
    ]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("copies", "says"),
    [
        ([], "nobody at home has a copy of the plan yet"),
        ([ON - 15 * DAY], ""),
        (
            [ON - 16 * DAY, ON - 17 * DAY],
            "the copy at home is of 15 September 2026, and the plan is of 16 September 2026",
        ),
    ],
)
def test_a_copy_of_the_plan_is_at_home(copies: list[Any], says: str) -> None:
    plan = {"date": ON - 15 * DAY, "copies": [{"to": "x", "date": day} for day in copies]}
    assert [one.message for one in told("plan-copy", plan=plan)] == [says] * bool(says)
    given = Given("support-plan", "support-plan", ON, "Mrs Ashworth", "final", {})
    assert told("plan-copy", plan=plan, pupil={"people": [MUM]}, given=(given,)) == []


def test_what_is_still_to_be_sent_home() -> None:
    def due(*rows: Any, **kinds: Any) -> list[tuple[str, Any]]:
        view = View(case(*rows, **kinds), type("P", (), {"documents": ()})(), ON)
        return [(key, day) for key, day, *_ in to_send_home(view)]

    day = ON - YEAR + DAY

    def who(*rows: Any, **kinds: Any) -> list[str]:
        view = View(case(*rows, **kinds), type("P", (), {"documents": ()})(), ON)
        return [row[-1] for row in to_send_home(view)]

    assert who(meeting(ON)) == ["Miss Okoro, class teacher"] and who(meeting(ON, note_taker="Mrs Hale")) == ["Mrs Hale"]
    assert who(plan={"date": ON, "status": "final", "coordinator": "Mrs Hale"}) == ["Mrs Hale"]
    assert due(meeting(day)) == [(f"notes-{day}", day + WEEK)] and due(meeting(day - DAY)) == []
    assert due(meeting(day, copies=[{"date": day}])) == []
    final = {"date": ON, "status": "final"}
    assert due(plan=final) == [("plan-copy", ON + 14 * DAY)]
    assert due(plan={"date": ON, "status": "draft"}) == [] == due(plan={"status": "final"})
    assert due(plan={**final, "copies": [{"date": ON}]}) == []


# -- who may know -----------------------------------------------------------------------------------------------------


def test_an_address_that_is_withheld_is_told_nowhere_and_once_for_each_place() -> None:
    held = {**APART, "people": [MUM, {**DAD, "address_withheld": True, "postcode": "ZZ99 4WW"}]}
    [found] = told("address-told", log={"entries": [{"what": "Lives at 4 Quay Street, ZZ99 4WW"}]}, pupil=held)
    assert found.keys == ("entries", 0, "what") and found.message == "this tells the address of Rob Hill"
    assert told("address-told", log={"entries": [{"what": "4 Quay Street"}]}, pupil=APART) == []


def test_how_to_reach_the_other_home_is_told_where_there_are_two() -> None:
    note = {"entries": [{"what": "Moved to 4 Quay Street"}]}
    assert len(told("contact-told", log=note, pupil=APART)) == 1
    assert told("contact-told", log=note, pupil={**APART, "people": [MUM, {**DAD, "address": APART["address"]}]}) == []
    withheld = {**APART, "people": [MUM, {**DAD, "address_withheld": True}]}
    assert told("contact-told", log=note, pupil=withheld) == [], "address-told tells it"


@pytest.mark.parametrize(
    ("pupil", "school", "key"),
    [
        ({}, {"authority_name": "OURSHIRE"}, None),
        ({}, {}, None),
        ({}, {"authority_name": "Other"}, "authority_name"),
        ({"home_authority_name": "Other"}, {"authority_name": "Other"}, None),
        ({"home_authority": "own"}, {"authority_name": "Other"}, None),
        ({"home_authority": "own", "home_authority_name": "Other"}, {}, "home_authority_name"),
        ({"home_authority": "own", "home_authority_name": "ourshire"}, {}, None),
    ],
)
def test_one_authority_is_named(pupil: dict[str, Any], school: dict[str, Any], key: str | None) -> None:
    found = told("authority-name", pupil=pupil, school=school)
    assert [one.keys for one in found] == [(key,)] * bool(key)
    assert told("authority-name") == []
