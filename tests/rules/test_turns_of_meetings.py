"""Rules on meetings and who takes part in them, each at the day, the word or the person on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.rules.law_and_code.meetings_and_family import early_discussion, meetings
from tests.rules.turns import DAY, ON, WEEK, YOUNG, cycle, log, meeting, told, without_child

YEAR = 365 * DAY


def people(*rows: tuple[str, str], came: str = "present", **more: Any) -> list[dict[str, Any]]:
    return [{"name": name, "role": party, "came": came, "party": party, **more} for name, party in rows]


# -- how many ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asks", "wanted"), [({}, 3), ({"min_per_year": 1}, 3), ({"min_per_year": 4}, 4)])
def test_three_meetings_a_year_or_more_where_the_authority_says_so(asks: dict[str, int], wanted: int) -> None:
    """SEND Code 6.65."""
    since = {"sen_status": [{"status": "K", "from": ON - YEAR}]}
    held = [meeting(ON - n * DAY) for n in range(1, wanted + 1)]
    assert told("meetings-three-a-year", *held, pack={"reviews": asks}, pupil=since) == []
    [found] = told("meetings-three-a-year", *held[1:], pack={"reviews": asks}, pupil=since)
    assert found.message.startswith(f"{wanted - 1} meetings with Ben’s parents in the last twelve months")
    assert found.message.endswith(f"by now there should have been {wanted}")


@pytest.mark.parametrize(("days", "speaks"), [(121, 0), (122, 1)])
def test_who_has_had_support_for_a_term_should_have_had_one_meeting(days: int, speaks: int) -> None:
    began = ON - days * DAY
    for pupil in (
        {"sen_status": [{"status": "K", "from": began}]},
        {"sen_status": [{"status": "K", "from": date(2020, 1, 1)}], "admission_date": began},
    ):
        found = told("meetings-three-a-year", pupil=pupil)
        assert [one.message.partition(" since ")[0] for one in found] == ["no meetings with Ben’s parents"] * speaks
    assert without_child("meetings-three-a-year") == [] == told("meetings-three-a-year", pupil={"sen_status": []})


@pytest.mark.parametrize(("days", "counts"), [(14, True), (15, False)])
def test_a_meeting_two_weeks_before_support_began_counts(days: int, counts: bool) -> None:
    began = ON - 130 * DAY
    held = {"sen_status": [{"status": "K", "from": began}]}
    assert (told("meetings-three-a-year", meeting(began - days * DAY), pupil=held) == []) is counts
    for row in (meeting(ON + DAY), meeting(ON, "school"), meeting(None)):
        assert told("meetings-three-a-year", row, pupil=held)
    [one] = told("meetings-three-a-year", meeting(ON), pupil={"sen_status": [{"status": "K", "from": ON - 250 * DAY}]})
    assert one.message.startswith("1 meeting with")


@pytest.mark.parametrize(
    ("party", "pupil", "counts"),
    [
        ("parent", {}, True),
        ("pupil", {}, False),
        ("pupil", YOUNG, True),
        ("service", {}, False),
        ("service", {"looked_after": True}, True),
        ("advocate", {"looked_after": True}, True),
        ("school", {"looked_after": True}, False),
    ],
)
def test_who_came_makes_it_a_meeting_with_the_family(party: str, pupil: dict[str, Any], counts: bool) -> None:
    held = {**pupil, "sen_status": [{"status": "K", "from": ON - 130 * DAY}]}
    for came, there in (("present", True), ("online", True), ("apologies", False)):
        row = meeting(ON, people=people(("x", party), came=came))
        assert (told("meetings-three-a-year", row, pupil=held) == []) is (counts and there)


# -- what the record holds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "filled", "not_asked"),
    [
        ("meeting-note-taker", {"note_taker": "x"}, {"type": "parents_evening"}),
        ("meeting-pupil-views", {"pupil_views": "x"}, {"important_to": "x"}),
        ("meeting-parents-views", {"parents_views": "x"}, {"not_working": "x"}),
        ("next-meeting", {"next_meeting": ON}, {"decision": "no"}),
    ],
)
def test_what_a_record_of_a_meeting_holds(rule: str, filled: dict[str, Any], not_asked: dict[str, Any]) -> None:
    assert len(told(rule, meeting(ON))) == 1
    assert told(rule, meeting(ON, **filled)) == [] == told(rule, meeting(ON, **not_asked))
    assert told(rule, meeting(ON + DAY)) == [] == told(rule, meeting(None))


def test_only_the_last_meeting_needs_a_date_for_the_next_and_a_meeting_ahead_is_one() -> None:
    assert [one.keys for one in told("next-meeting", meeting(ON - WEEK), meeting(ON))] == [("date",)]
    assert told("next-meeting", meeting(ON), meeting(ON + DAY)) == [] == told("next-meeting")


@pytest.mark.parametrize("part", list(meetings._PARTS))
@pytest.mark.parametrize("kind", ["review", "annual", "interim"])
def test_each_part_of_a_review_is_written(part: str, kind: str) -> None:
    rest = {name: "x" for name in meetings._PARTS if name != part}
    [found] = told("meeting-record-parts", meeting(ON, type=kind, **rest))
    assert found.message == f"the record of this meeting does not say {meetings._PARTS[part]}"
    assert told("meeting-record-parts", meeting(ON, type="pcp")) == []
    other = {"going_well": "working", "not_going_well": "not_working"}.get(part, part)
    assert told("meeting-record-parts", meeting(ON, type=kind, **rest, **{other: "x"})) == []


@pytest.mark.parametrize(
    ("chair", "speaks"),
    [
        ("Miss Okoro", 0),
        ("Mrs Bell, key worker", 0),
        ("Mr Whitlock", 1),
        ("Mr Whitlock, class teacher", 0),
        ("Mr Whitlock, headteacher", 1),
        ("Mr Whitlock, form tutor", 0),
        ("Mrs Hale (SENCO)", 0),
        ("Ms Reed", 0),
        ("Mr Lead", 0),
        ("Ms Coord", 0),
        ("Ms Msp", 0),
        ("Mr Here", 0),
        ("Mr Guest", 1),
    ],
)
def test_who_leads_a_meeting_knows_the_child(chair: str, speaks: int) -> None:
    pupil = {"class_teacher": "Miss Chiamaka Okoro", "key_worker": "Mrs Bell"}
    own = cycle(lead_teacher="Mr Lead", coordinator="Ms Coord")
    there = [*people(("Mr Here", "school"), came="present"), *people(("Mr Guest", "school"))]
    there[0]["role"], there[1]["role"] = "Teaching assistant", "Headteacher"
    row = meeting(ON, chair=chair, people=there)
    kinds = {"plan": {"coordinator": "Ms Reed"}, "my_support_plan": {"coordinator": "Ms Msp"}}
    found = told("meeting-chair", row, own, pupil=pupil, school={"senco": {"name": "Mrs Joanna Hale"}}, **kinds)
    assert len(found) == speaks


@pytest.mark.parametrize(
    ("role", "knows"),
    [
        ("class teacher", True),
        ("Tutor", True),
        ("key worker", True),
        ("teaching assistant", True),
        ("Nursery nurse", True),
        ("SENCO", True),
        ("headteacher", False),
        ("governor", False),
    ],
)
def test_a_role_at_the_meeting_says_who_sees_the_child(role: str, knows: bool) -> None:
    row = meeting(
        ON, chair="Mr Whitlock", people=[{"name": "Mr Whitlock", "role": role, "came": "present", "party": "school"}]
    )
    assert (told("meeting-chair", row, pupil={"class_teacher": "Miss Okoro"}) == []) is knows
    assert told("meeting-chair", meeting(ON, chair="Mr Whitlock")) == [], "nobody is known"


@pytest.mark.parametrize(
    ("agency", "speaks"),
    [
        ({"from": ON - YEAR / 2}, 1),
        ({"from": ON - YEAR / 2 + DAY}, 0),
        ({}, 0),
        ({"from": ON - YEAR, "to": ON}, 1),
        ({"from": ON - YEAR, "to": ON - DAY}, 0),
    ],
)
def test_a_service_that_worked_half_a_year_has_a_say(agency: dict[str, Any], speaks: int) -> None:
    held = {"agencies": [{"service": "old", "from": ON - YEAR, "to": ON - WEEK}, {"service": "SALT", **agency}]}
    assert [one.keys for one in told("meeting-services", meeting(ON - YEAR), pupil=held)] == [("agencies", 1)] * speaks
    assert told("meeting-services", meeting(ON - YEAR - DAY), pupil=held) == [] == told("meeting-services", pupil=held)
    assert told("meeting-services", meeting(ON, "service"), pupil=held) == []
    sent = meeting(ON, people=people(("x", "service"), came="apologies", report="received"))
    assert told("meeting-services", sent, pupil=held) == []
    away = meeting(ON, people=people(("x", "service"), came="apologies"))
    assert (
        len(told("meeting-services", away, pupil=held)) == speaks and without_child("meeting-services", meeting()) == []
    )


# -- the early discussion ---------------------------------------------------------------------------------------------


def early(day: date | None = ON - WEEK, **more: Any) -> Any:
    return meeting(day, type="early_discussion", **more)


BEGAN = date(2026, 1, 12)
HALF = 183 * DAY


@pytest.mark.parametrize(
    ("rows", "kinds", "says"),
    [
        ([], {}, "is on file"),
        ([meeting(BEGAN)], {}, ""),
        ([meeting(BEGAN + DAY)], {}, "is on file"),
        ([meeting(BEGAN - HALF)], {}, ""),
        ([meeting(BEGAN - HALF - DAY)], {}, "(the last one was on 12 July 2025)"),
        ([meeting(BEGAN, "school")], {}, "is on file"),
        ([meeting(None)], {}, "is on file"),
        ([], {"log": log({"date": BEGAN, "what": "Talked with his mother"})}, ""),
        ([], {"log": log({"date": BEGAN, "what": "Telephone", "who": "Mrs Hale, parents"})}, ""),
        ([], {"log": log({"date": BEGAN, "what": "Rang the educational psychologist"})}, "is on file"),
        ([], {"log": log({"date": BEGAN, "kind": "other"})}, "is on file"),
        ([], {"log": log({})}, "is on file"),
        ([], {"pupil": {"admission_date": BEGAN}}, ""),
        ([], {"pupil": {"admission_date": BEGAN - DAY}}, "is on file"),
        ([], {"pupil": {"sen_status": []}}, ""),
    ],
)
def test_support_begins_with_a_talk_in_the_half_year_before(rows: list[Any], kinds: dict[str, Any], says: str) -> None:
    found = told("early-discussion", *rows, **kinds)
    assert [one.message.endswith(says) for one in found] == [True] * bool(says)
    assert {one.keys for one in found} <= {("sen_status", 0)} and without_child("early-discussion") == []


@pytest.mark.parametrize(
    ("rule", "parts"), [("early-note-parts", early_discussion._NOTE), ("early-note-tried", early_discussion._TRIED)]
)
def test_the_note_of_an_early_discussion_has_its_parts(rule: str, parts: dict[str, str]) -> None:
    for part, words in parts.items():
        rest = {name: "x" for name in parts if name != part}
        [found] = told(rule, early(**rest))
        assert found.message.endswith(words) and told(rule, early(**rest, **{part: "x"})) == []
    assert told(rule, meeting()) == []


def test_an_early_discussion_agrees_when_to_look_again() -> None:
    assert told("early-note-review-date", early()) and told("early-note-review-date", meeting()) == []
    assert (
        told("early-note-review-date", early(next_meeting=ON))
        == []
        == told("early-note-review-date", early(decision="no"))
    )


@pytest.mark.parametrize(("days", "speaks"), [(7, 0), (8, 1)])
def test_an_early_note_is_filed_within_a_week(days: int, speaks: int) -> None:
    assert len(told("early-note-filed", early(ON - days * DAY))) == speaks
    assert told("early-note-filed", early(ON - days * DAY, on_information_system=ON)) == []
    assert told("early-note-filed", early(None)) == [] == told("early-note-filed", meeting(ON - days * DAY))


@pytest.mark.parametrize(
    ("decision", "reason", "speaks"),
    [
        ("not_yet", "We wait for the diagnosis", 1),
        ("no", "There is no diagnosis yet", 1),
        ("yes", "We wait for the diagnosis", 0),
        ("not_yet", "We wait. The diagnosis is old", 0),
        ("not_yet", "Large print first", 0),
        ("no", "Pending diagnostic tests", 1),
    ],
)
def test_support_never_waits_for_a_diagnosis(decision: str, reason: str, speaks: int) -> None:
    assert len(told("waits-for-diagnosis", meeting(decision=decision, decision_reason=reason))) == speaks
    assert told("waits-for-diagnosis", meeting(decision=decision)) == []


def test_parents_are_told_by_letter_while_there_is_support() -> None:
    assert told("parents-informed", plan={}) and told(
        "parents-informed", plan={"parents_informed": {"decision_date": ON}}
    )
    assert told("parents-informed", plan={"parents_informed": {"letter_date": ON}}) == [] == told("parents-informed")
    assert told("parents-informed", plan={}, pupil={"sen_status": []}) == []


@pytest.mark.parametrize(
    ("decided", "written", "starts", "speaks"),
    [(0, 0, 0, 0), (1, 0, 1, 1), (0, 1, 0, 1), (2, 1, 0, 2), (None, 1, 1, 0), (0, None, 0, 0), (0, 1, None, 0)],
)
def test_the_letter_follows_the_decision_and_comes_before_the_support(
    decided: int | None, written: int | None, starts: int | None, speaks: int
) -> None:
    days = {"decision_date": decided, "letter_date": written, "provision_starts": starts}
    told_them = {key: ON + n * DAY for key, n in days.items() if n is not None}
    assert len(told("letter-order", plan={"parents_informed": told_them})) == speaks
    assert told("letter-order") == []


@pytest.mark.parametrize(
    ("row", "speaks"),
    [({"to": ON - DAY}, 1), ({"to": ON}, 0), ({}, 0), ({"to": ON - DAY, "result": "x"}, 0)],
)
def test_what_was_tried_has_its_result(row: dict[str, Any], speaks: int) -> None:
    found = told("tried-result", meeting(tried=[{"to": ON}, row]))
    assert [one.keys for one in found] == [("tried", 1)] * speaks


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ({"date": ON - 14 * WEEK}, 0),
        ({"date": ON - 14 * WEEK - DAY}, 1),
        ({}, 0),
        ({"date": ON - 20 * WEEK, "difference": "x"}, 0),
        ({"date": ON - 20 * WEEK, "kind": "contact"}, 0),
    ],
)
def test_an_intervention_in_the_log_has_its_effect_after_a_term(row: dict[str, Any], speaks: int) -> None:
    found = told("tried-result", log=log({}, {"kind": "intervention", **row}))
    assert [one.keys for one in found] == [("entries", 1)] * speaks


def test_without_a_date_of_birth_a_pupil_is_no_young_person() -> None:
    child = {"forenames": "Ben", "sen_status": [{"status": "K", "from": ON - 130 * DAY}]}
    assert len(without_child("meetings-three-a-year", meeting(ON, "pupil"), pupil=child)) == 1
