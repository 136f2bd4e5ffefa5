"""What two records tell of one day, and when it is one line of the chronology; what began when within a cycle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.chronology import Event, chronology
from generator.records.record import Record
from tests.joined import record

DAY = timedelta(days=1)
ON = date(2026, 3, 2)


def told(*records: Record, school: dict[str, Any] | None = None) -> list[Event]:
    return chronology(Case("ada", records, record("school", school or {})))


def log(*entries: dict[str, Any]) -> Record:
    return record("log", {"entries": [{"date": ON, "kind": "contact", **one} for one in entries]})


def pupil(**more: Any) -> Record:
    return record("pupil", {"forenames": "Ada Rose", "legal_surname": "Brown", **more})


def meeting(**more: Any) -> Record:
    return record("meeting", {"type": "interim", "date": ON, **more}, "meetings/one")


def words(*records: Record, **more: Any) -> list[tuple[str, str]]:
    return [(event.what, event.difference) for event in told(*records, **more)]


# -- status -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("N", "K", "SEN support began"),
        ("N", "E", "EHC plan began"),
        ("K", "E", "EHC plan began"),
        ("K", "N", "SEN support ended"),
        ("E", "N", "EHC plan ended"),
        ("E", "K", "EHC plan ended; SEN support goes on"),
        ("K", "K", "SEN support went on"),
        ("E", "E", "EHC plan went on"),
    ],
)
def test_a_change_of_status_is_told_as_what_it_is(before: str, after: str, what: str) -> None:
    rows = [{"status": before, "from": ON - 90 * DAY, "to": ON - DAY}, {"status": after, "from": ON}]
    assert told(pupil(sen_status=rows))[-1].what == what


@pytest.mark.parametrize(
    ("end", "what"),
    [
        (ON, "SEN support went on"),
        (ON - DAY, "SEN support went on"),
        (ON - 2 * DAY, "SEN support began"),
        (None, "SEN support began"),
    ],
)
def test_support_goes_on_when_no_day_is_between(end: date | None, what: str) -> None:
    first = {"status": "K", "from": ON - 90 * DAY, **({"to": end} if end else {})}
    assert told(pupil(sen_status=[first, {"status": "K", "from": ON}]))[-1].what == what


def test_none_after_none_is_no_event() -> None:
    assert told(pupil(sen_status=[{"status": "N", "from": ON - DAY}, {"status": "N", "from": ON}])) == []


# -- pupil, plan and meetings -----------------------------------------------------------------------------------------


def test_what_the_pupils_file_tells() -> None:
    held = pupil(
        admission_date=ON,
        suspensions=[{"from": ON + DAY, "sessions": 4, "reason": "Hit another"}],
        referrals=[{"referred": ON + 2 * DAY, "service": "CAMHS", "note": "Waits"}],
        agencies=[
            {"service": "OT", "assessed": ON + 3 * DAY, "summary": "Grips well"},
            {"service": "EP", "last_report": ON + 5 * DAY, "assessed": ON + 4 * DAY, "summary": "Reads late"},
            {"service": "SALT", "last_report": ON},
        ],
    )
    assert words(held) == [
        ("Joined the school", ""),
        ("Suspension, 4 sessions", "Hit another"),
        ("Referred to CAMHS", "Waits"),
        ("OT: assessment", "Grips well"),
        ("EP: report", "Reads late"),
    ]


@pytest.mark.parametrize(("born", "who"), [(date(2009, 9, 1), "Ada"), (date(2012, 9, 1), "Parents"), (None, "Parents")])
def test_the_letter_goes_to_the_parents_or_to_the_young_person(born: date | None, who: str) -> None:
    plan = record("plan", {"parents_informed": {"letter_date": date(2026, 7, 1)}})
    held = pupil(**({"date_of_birth": born} if born else {}))
    assert words(held, plan) == [(f"{who} formally told that special educational provision is being made", "")]


def test_a_meeting_and_a_my_support_plan() -> None:
    rows = meeting(title="A talk", decisions=["Ask", "Wait"]), record("my-support-plan", {"date": ON + DAY})
    assert words(*rows) == [("A talk", "Ask Wait"), ("My Support Plan made", "")]
    [first] = told(record("my-support-plan", {"date": ON, "initial_date": ON - DAY}))
    assert (first.date, first.source) == (ON - DAY, "my-support-plan.yaml")


# -- cycles -----------------------------------------------------------------------------------------------------------


def cycle(*rows: tuple[str, int | None], **more: Any) -> Record:
    offers = [{"title": title, **({} if days is None else {"from": ON + days * DAY})} for title, days in rows]
    plan = {"targets": [], "provision": offers}
    return record("cycle", {"number": 2, "start": ON, "plan": plan, **more}, "cycles/a")


def test_support_is_told_on_the_day_on_which_it_begins() -> None:
    held = cycle(("Reading", None), ("Talk", 0), ("Early", -3), ("Spelling", 1), ("Maths", 1), ("Late", 30))
    assert [(e.date, e.what) for e in told(held, log({"what": "x", "date": ON + DAY}))] == [
        (ON, "Cycle 2 is planned to begin: Reading; Talk; Early"),
        (ON + DAY, "x"),
        (ON + DAY, "Planned to begin in cycle 2: Spelling; Maths"),
        (ON + 30 * DAY, "Planned to begin in cycle 2: Late"),
    ]
    assert [e.what for e in told(held, record("plan", {"date": ON + DAY}))] == [
        "Cycle 2 began: Reading; Talk; Early",
        "Began in cycle 2: Spelling; Maths",
        "Planned to begin in cycle 2: Late",
    ]
    assert [e.what for e in told(cycle(), record("plan", {"date": ON}))] == ["Cycle 2 began"]


def test_within_a_day_a_cycle_begins_after_what_it_was_decided_by() -> None:
    held = pupil(admission_date=ON, sen_status=[{"status": "K", "from": ON}])
    assert [e.what for e in told(held, cycle(("Reading", None)), log({"what": "A talk", "date": ON}))] == [
        "Joined the school",
        "A talk",
        "SEN support began",
        "Cycle 2 is planned to begin: Reading",  # was: before the support of which it is a part
    ]


def test_a_review_counts_its_results() -> None:
    rows = [{"status": one} for one in ("met", "not_met", "met", "partly")]
    held = cycle(review={"date": ON + 60 * DAY, "targets": rows})
    assert words(held)[-1] == ("Cycle 2 reviewed", "Targets: 2 met, 1 partly met, 1 not met")
    assert words(cycle(review={"date": ON + 60 * DAY, "targets": []}))[-1] == ("Cycle 2 reviewed", "")


# -- one event, one line ----------------------------------------------------------------------------------------------


def agency(service: str, **more: Any) -> dict[str, Any]:
    return {"service": service, "from": ON, **more}


@pytest.mark.parametrize(
    ("service", "entry", "kind", "lines"),
    [
        ("CAMHS", "Phoned the doctor", "referral", 1),  # one referral and one service of a day: the same
        ("Speech and language therapy", "Speech therapist saw her", "contact", 2),  # only a referral tells that
    ],
)
def test_a_referral_alone_tells_of_the_service_that_came_in(service: str, entry: str, kind: str, lines: int) -> None:
    assert len(told(pupil(agencies=[agency(service)]), log({"what": entry, "kind": kind}))) == lines


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ("Referred to the hearing clinic", 2),  # the hearing service is told by it, the reading one is not
        ("Referred to the council’s support service for children", 3),  # words that many services have
        ("Referred to Northmoor", 3),  # the authority's own name
        ("Referred to the writing clinic", 3),
    ],
)
def test_a_referral_tells_of_the_service_whose_matter_it_names(entry: str, lines: int) -> None:
    held = pupil(agencies=[agency("Northmoor Hearing support service"), agency("Northmoor Reading support service")])
    found = told(held, log({"what": entry, "kind": "referral"}), school={"authority_name": "Northmoor Council"})
    assert len(found) == lines


@pytest.mark.parametrize(
    ("entry", "kind", "lines"),
    [
        ("Educational psychologist’s report came", "contact", 1),
        ("Educational psychologist’s report came", "other", 1),
        ("Educational psychologist’s report came", "incident", 2),
        ("The report came", "contact", 2),
        ("Teacher phoned the council", "contact", 2),
    ],
)
def test_a_report_is_told_by_the_contact_that_brought_it(entry: str, kind: str, lines: int) -> None:
    row = {"service": "Educational psychology service", "last_report": ON, "summary": "Reads late"}
    found = words(pupil(agencies=[row]), log({"what": entry, "kind": kind}))
    assert len(found) == lines and (lines == 2 or found == [(entry, "Reads late")])


def test_what_the_entry_says_itself_stays() -> None:
    row = {"service": "Educational psychology", "last_report": ON, "summary": "Reads late"}
    entry = {"what": "Psychology report", "difference": "We know now"}
    assert words(pupil(agencies=[row]), log(entry)) == [("Psychology report", "We know now")]


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ({"what": "Sent the Letter home"}, 1),
        ({"what": "Sent the newsletter home"}, 2),
        ({"what": "Letter home", "audience": ["school"]}, 2),
    ],
)
def test_a_letter_in_the_log_is_the_letter_of_the_plan(entry: dict[str, Any], lines: int) -> None:
    plan = record("plan", {"parents_informed": {"letter_date": ON}})
    assert len(told(pupil(), plan, log(entry))) == lines
    assert len(told(pupil(), meeting(), log({"what": "Letter home"}))) == 2


def test_an_incident_and_the_suspension_for_it_are_one_line() -> None:
    held = pupil(suspensions=[{"from": ON, "sessions": 4, "reason": "Hit"}])
    assert words(held, log({"what": "Hit a boy.", "kind": "incident"})) == [
        ("Hit a boy. Suspension, 4 sessions", "Hit")
    ]
    entry = {"what": "Hit a boy", "kind": "incident", "difference": "He said sorry"}
    assert words(held, log(entry)) == [("Hit a boy. Suspension, 4 sessions", "He said sorry")]


def test_a_meeting_and_what_was_decided_there_are_one_line() -> None:
    held = meeting(decisions=["Ask"])
    entry = {"what": "Asked for an assessment", "kind": "decision", "who": "Mrs Hale", "difference": "Sent"}
    [event] = told(held, log(entry))
    assert (event.what, event.difference, event.who) == ("Interim meeting. Asked for an assessment", "Sent", "Mrs Hale")
    status = pupil(sen_status=[{"status": "K", "from": ON, "reason": "Agreed", "decided_by": "Ms Lee"}])
    [event] = told(held, status)
    assert (event.what, event.difference, event.who) == ("Interim meeting. SEN support began", "Ask Agreed", "Ms Lee")


def test_a_meeting_and_the_review_held_there_are_one_line() -> None:
    reviewed = cycle(start=ON - 90 * DAY, review={"date": ON, "targets": [{"status": "met"}]})
    assert words(reviewed, meeting(decisions=["Go on."]))[-1] == (
        "Interim meeting: cycle 2 reviewed",
        "Go on. Targets: 1 met",
    )


def test_the_same_event_twice_is_told_once_and_two_days_are_in_order() -> None:
    assert words(log({"what": "b"}, {"what": "b"}, {"what": "a", "date": ON - DAY})) == [("a", ""), ("b", "")]


def test_an_entry_for_some_readers_does_not_tell_a_report_for_all() -> None:
    row = {"service": "Educational psychology", "last_report": ON, "summary": "Reads late"}
    entry = {"what": "Psychology report", "audience": ["school"]}
    assert len(told(pupil(agencies=[row]), log(entry))) == 2
