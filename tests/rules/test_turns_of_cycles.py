"""Rules on cycles, each at the day, the number or the word on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.rules.law_and_code.support_and_cycles import cycle_sequence, cycles
from generator.values.not_known import NotKnown
from tests.rules.turns import DAY, ON, WEEK, cycle, log, meeting, told, without_child

# -- cycles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", list(cycles._SOURCES))
def test_each_source_of_an_assessment_is_missed(source: str) -> None:
    rest = {name: "x" for name in cycles._SOURCES if name != source}
    [found] = told("assess-sources", cycle(assess=rest))
    assert found.message == f"the assessment says nothing of {cycles._SOURCES[source]}"
    assert told("assess-sources", cycle(assess={**rest, source: NotKnown("why")})) == []


START = ON - 12 * WEEK


@pytest.mark.parametrize(
    ("agency", "speaks"),
    [
        ({"from": START}, 1),
        ({"from": START + DAY}, 0),
        ({"from": START - WEEK, "to": START}, 1),
        ({"from": START - WEEK, "to": START - DAY}, 0),
        ({}, 0),
    ],
)
def test_a_service_that_was_involved_takes_part_in_the_assessment(agency: dict[str, Any], speaks: int) -> None:
    held = {"agencies": [{"service": "SALT", **agency}]}
    assert len(told("assess-agencies", cycle(), pupil=held)) == speaks
    for key in ("agencies", "specialists"):
        assert told("assess-agencies", cycle(assess={key: ["x"]}), pupil=held) == []
    assert told("assess-agencies", cycle(start=None), pupil=held) == []


def test_a_barrier_is_named() -> None:
    assert told("barriers", cycle()) and told("barriers", cycle(assess={"barriers": ["x"]})) == []


@pytest.mark.parametrize(
    ("days", "pack", "says"),
    [
        (27, {}, "4 weeks is short"),
        (28, {}, ""),
        (98, {}, ""),
        (99, {}, "14 weeks is long"),
        (0, {}, "0 weeks is short"),
        (41, {"min_weeks": 6}, "6 weeks is short"),
        (42, {"min_weeks": 6}, ""),
        (57, {"max_weeks": 8}, "8 weeks is long"),
        (56, {"max_weeks": 8}, ""),
        (-1, {}, ""),
    ],
)
def test_a_cycle_is_as_long_as_a_child_needs(days: int, pack: dict[str, int], says: str) -> None:
    found = told("cycle-length", cycle(planned_review=START + days * DAY), pack={"cycles": pack})
    assert [one.message.partition(" for ")[0] for one in found] == [says] * bool(says)
    assert told("cycle-length", cycle()) == [] == told("cycle-length", cycle(start=None, planned_review=ON))


def offer(kind: str = "group", **more: Any) -> dict[str, Any]:
    return {"title": "Reading", "type": kind, "description": "Cards", **more}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([offer()], "1 of 1 kinds of support do not say when in the day or where: Reading"),
        (
            [offer("one_to_one"), offer("specialist", title="Talk")],
            "2 of 2 kinds of support do not say when in the day or where: Reading, …",
        ),
        ([offer(when="Monday"), offer()], "1 of 2 kinds of support do not say when in the day or where: Reading"),
        ([offer(where="library")], ""),
        ([offer("universal"), offer("equipment")], ""),
        ([offer(description="In the library after lunch")], ""),
    ],
)
def test_support_of_a_running_cycle_says_when_or_where(rows: list[Any], says: str) -> None:
    assert [one.message for one in told("support-when-where", cycle(plan={"provision": rows}))] == [says] * bool(says)
    assert told("support-when-where", cycle(end=ON, plan={"provision": rows})) == []


@pytest.mark.parametrize(
    ("lead", "role", "speaks"),
    [
        ("Mrs Begum", "Teaching assistant", 1),
        ("Mrs Begum, TA", "Teaching Assistant", 1),
        ("Mrs Begum", "Teacher", 0),
        ("Mrs Begum, class teacher", "Teaching assistant", 0),
        ("Mrs Begumson", "Teaching assistant", 0),
    ],
)
def test_a_teacher_leads_a_cycle(lead: str, role: str, speaks: int) -> None:
    staff = [{"name": "Mrs Jahanara Begum", "role": role}, {"name": "Mr Begum", "role": role}]
    assert len(told("lead-teacher", cycle(lead_teacher=lead), school={"staff": staff})) == speaks
    assert told("lead-teacher", cycle(lead_teacher=lead)) == []


@pytest.mark.parametrize(
    ("start", "end", "speaks"), [(ON - 6 * WEEK, None, 0), (ON - 6 * WEEK - DAY, None, 1), (ON, ON, 1), (None, None, 0)]
)
def test_progress_is_shared_within_six_weeks_or_before_the_review(start: Any, end: Any, speaks: int) -> None:
    assert len(told("progress-shared", cycle(start=start, end=end))) == speaks
    assert told("progress-shared", cycle(start=start, end=end, do={"shared_with_parents": [1]})) == []


@pytest.mark.parametrize(("days", "speaks"), [(14, 0), (15, 1)])
def test_a_review_is_overdue_or_late_after_two_weeks(days: int, speaks: int) -> None:
    due = ON - days * DAY
    assert len(told("review-overdue", cycle(planned_review=due))) == speaks
    assert told("review-overdue", cycle(planned_review=due, end=ON)) == []
    assert told("review-overdue", cycle(planned_review=due), pupil={"sen_status": []}) == []
    late = told("review-late", cycle(planned_review=due, end=ON))
    assert len(late) == speaks and all(f"reviewed {days} days after" in one.message for one in late)
    assert told("review-overdue", cycle()) == [] == told("review-late", cycle(end=ON))


@pytest.mark.parametrize("question", list(cycles._QUESTIONS))
def test_each_question_of_a_review_is_answered(question: str) -> None:
    rest = {name: "x" for name in cycles._QUESTIONS if name != question}
    [found] = told("review-questions", cycle(end=ON, review=rest))
    assert found.message == f"the review does not answer “{cycles._QUESTIONS[question]}?”"
    assert found.hint.endswith(f": {question}")
    assert told("review-questions", cycle(end=ON, review={**rest, question: "x"})) == []


@pytest.mark.parametrize(
    ("rule", "field"), [("review-parents-view", "parents_view"), ("self-evaluation", "self_evaluation")]
)
def test_parents_and_child_are_heard_in_a_review(rule: str, field: str) -> None:
    assert told(rule, cycle(end=ON)) and told(rule, cycle()) == [] == told(rule, cycle(end=ON, review={field: "x"}))


# -- one cycle after the other ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("review", "little"),
    [
        ({"expected_progress": False}, True),
        ({"expected_progress": False, "targets": [{"status": "met"}]}, True),
        ({"expected_progress": True, "targets": [{"status": "not_met"}]}, False),
        ({"targets": [{"status": "not_met"}, {"status": "partly"}]}, True),
        ({"targets": [{"status": "not_met"}, {"status": "met"}]}, False),
        ({"targets": []}, False),
        ({}, False),
    ],
)
def test_little_progress_is_what_the_review_says_else_no_target_met(review: dict[str, Any], little: bool) -> None:
    assert cycle_sequence.little_progress({"review": review}) is little


@pytest.mark.parametrize(("number", "speaks"), [(1, 1), (2, 0), (3, 1)])
def test_cycles_are_counted_on(number: int, speaks: int) -> None:
    second = cycle(number, ON)
    assert len(told("cycle-numbers", cycle(1, ON - WEEK), second)) == speaks


TERM = {"terms": [{"start": date(2026, 1, 5), "end": date(2026, 12, 18)}]}


def school_days_on(day: date, count: int) -> date:
    """The day that so many weekdays come after."""
    while count:
        day += DAY
        count -= day.weekday() < 5
    return day


@pytest.mark.parametrize(("days", "speaks"), [(21, 0), (22, 1)])
def test_four_weeks_and_a_day_of_school_may_pass_between_cycles(days: int, speaks: int) -> None:
    ended = date(2026, 3, 2)
    then = school_days_on(ended, days)
    for first in (cycle(1, ended - 9 * WEEK, ended), cycle(1, ended - 9 * WEEK, planned_review=ended)):
        assert len(told("cycle-gap", first, cycle(2, then, then + WEEK), school=TERM, on=then + WEEK)) == speaks
    [*last] = told("cycle-gap", cycle(1, ended - 9 * WEEK, ended), school=TERM, on=then)
    assert len(last) == speaks
    assert told("cycle-gap", cycle(1, ended - 9 * WEEK, planned_review=ended), school=TERM, on=then) == []
    assert told("cycle-gap", cycle(1, ended - 9 * WEEK, ended), school=TERM, on=then, pupil={"sen_status": []}) == []
    assert told("cycle-gap", cycle(1, ended - 9 * WEEK), cycle(2, then), school=TERM, on=then) == []
    assert told("cycle-gap", cycle(1, ended, ended), cycle(2, None, ended), on=ended) == []


def results(*pairs: str, **more: Any) -> dict[str, Any]:
    return {"targets": [{"target": f"t{n}", "status": status} for n, status in enumerate(pairs)], **more}


@pytest.mark.parametrize(
    ("statuses", "change", "speaks"),
    [
        (("not_met",), None, 1),
        (("not_met",), "More", 0),
        (("not_met",), NotKnown("x"), 1),
        (("partly", "met"), None, 0),
    ],
)
def test_what_was_not_met_is_tried_in_another_way(statuses: tuple[str, ...], change: Any, speaks: int) -> None:
    first = cycle(1, ON - 20 * WEEK, ON - WEEK, review=results(*statuses))
    assert len(told("change-after-not-met", first, cycle(2, ON, plan={"change": change} if change else {}))) == speaks
    assert told("change-after-not-met", cycle(1, ON - 20 * WEEK), cycle(2, ON)) == []


WEAK = results("not_met")
FIRST, SECOND = (
    cycle(1, ON - 40 * WEEK, ON - 30 * WEEK, review=WEAK),
    cycle(2, ON - 29 * WEEK, ON - 20 * WEEK, review=WEAK),
)
LAST = ON - 20 * WEEK


@pytest.mark.parametrize(
    ("pupil", "speaks"),
    [
        ({}, 1),
        ({"agencies": [{"from": LAST}]}, 0),
        ({"agencies": [{"from": LAST + DAY}]}, 1),
        ({"agencies": [{}]}, 1),
        ({"agencies": [{"from": LAST - 90 * WEEK, "to": ON - 40 * WEEK}]}, 0),
        ({"agencies": [{"from": LAST - 90 * WEEK, "to": ON - 40 * WEEK - DAY}]}, 1),
        ({"referrals": [{"referred": LAST}]}, 0),
        ({"referrals": [{"referred": LAST + DAY}]}, 1),
        ({"referrals": [{}]}, 1),
    ],
)
def test_after_two_cycles_of_little_progress_a_specialist_is_considered(pupil: dict[str, Any], speaks: int) -> None:
    assert len(told("specialists-considered", FIRST, SECOND, pupil=pupil)) == speaks
    said = cycle(2, ON - 29 * WEEK, LAST, review={**WEAK, "specialists_considered": "not yet"})
    well = cycle(2, ON - 29 * WEEK, LAST, review=results("met"))
    assert told("specialists-considered", FIRST, said) == [] == told("specialists-considered", FIRST, well)
    assert told("specialists-considered", cycle(1, ON - 40 * WEEK, ON - 30 * WEEK, review=results("met")), SECOND) == []


REQUEST = "We do not ask for an assessment yet"
ADVISED = cycle(2, ON - 29 * WEEK, LAST, review=WEAK, assess={"agencies": ["ep"]})


@pytest.mark.parametrize(
    ("more", "speaks"),
    [
        ({}, 1),
        ({"log": log({"kind": "decision", "what": REQUEST, "date": LAST - 14 * DAY})}, 0),
        ({"log": log({"kind": "decision", "what": REQUEST, "date": LAST - 15 * DAY})}, 1),
        ({"log": log({"kind": "contact", "what": REQUEST, "date": LAST})}, 1),
        ({"log": log({"kind": "decision", "what": REQUEST})}, 1),
        ({"log": log({"kind": "decision", "what": "We go on to a My Support Plan first", "date": LAST})}, 0),
        ({"log": log({"kind": "decision", "what": "Not yet: one more cycle", "date": LAST})}, 0),
        ({"log": log({"kind": "decision", "what": "A radio microphone is borrowed", "date": LAST})}, 1),
        ({"log": log({"kind": "decision", "what": "New reading assessments ordered", "date": LAST})}, 1),
        ({"log": log({"kind": "decision", "what": "Not to request more laptops", "date": LAST})}, 1),
        ({"log": log({"kind": "decision", "what": "Ask for the radio microphone", "date": LAST})}, 1),
        ({"log": log({"kind": "decision", "what": "Not yet decided who reads with her", "date": LAST})}, 1),
        ({"log": log({"kind": "decision", "what": "No EHC request before Easter", "date": LAST})}, 0),
        ({"log": log({"kind": "decision", "what": "We ask the authority to assess", "date": LAST})}, 0),
        ({"log": log({"kind": "decision", "what": "Needs assessment: not now", "date": LAST})}, 0),
        ({"request": {}}, 0),
        ({"my_support_plan": {}}, 0),
        ({"pupil": {"sen_status": []}}, 0),
    ],
)
def test_a_request_is_decided_on_after_advice_and_little_progress(more: dict[str, Any], speaks: int) -> None:
    assert len(told("consider-request", FIRST, ADVISED, **more)) == speaks


def test_a_person_centred_meeting_is_a_decision_and_one_cycle_is_not_enough() -> None:
    assert told("consider-request", FIRST, ADVISED, meeting(LAST - 14 * DAY, type="pcp")) == []
    assert told("consider-request", FIRST, ADVISED, meeting(LAST - 15 * DAY, type="pcp"))
    assert told("consider-request", FIRST, ADVISED, meeting(LAST, type="review"))
    assert told("consider-request", ADVISED) == [] == told("consider-request", FIRST, SECOND)
    well = cycle(1, ON - 40 * WEEK, ON - 30 * WEEK, review=results("met"))
    assert told("consider-request", well, ADVISED) == []
    assert told("consider-request", cycle(0, ON - 60 * WEEK, ON - 50 * WEEK, review=results("met")), FIRST, ADVISED)


@pytest.mark.parametrize(
    ("agency", "speaks"),
    [
        ({"last_report": ON - 6 * WEEK}, 1),
        ({"last_report": ON - 6 * WEEK + DAY}, 0),
        ({"assessed": ON - 6 * WEEK}, 1),
        ({"last_report": ON, "assessed": ON - 9 * WEEK}, 0),
        ({}, 0),
    ],
)
def test_advice_of_six_weeks_ago_was_used(agency: dict[str, Any], speaks: int) -> None:
    held = [{"service": "x"}, {"service": "EP", "recommendations": [{"action": "x"}, {"advice": "y"}], **agency}]
    found = told("advice-used", pupil={"agencies": held})
    assert [one.keys for one in found] == [("agencies", 1, "recommendations", 1)] * speaks
    assert without_child("advice-used") == []
