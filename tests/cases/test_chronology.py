"""The chronology: each event once, on its own day, and what came later never under an earlier date."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.chronology import Event, chronology
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.records.record import Record
from tests.example_school import ROOT

PROJECT = find_project(ROOT)


def example(name: str) -> list[Event]:
    case = load_case(PROJECT, name).case
    assert case is not None
    return chronology(case)


def told(**records: dict[str, Any]) -> list[Event]:
    made = [Record(f"cases/x/{kind}.yaml", kind, data, {}) for kind, data in records.items()]
    return chronology(Case("x", tuple(made)))


def test_the_example_tells_nothing_twice_on_one_day() -> None:
    days = Counter(event.date for event in example("ada-brown"))
    assert [day for day, count in days.items() if count > 1] == []  # was: ten days, among them eight told twice


def test_a_meeting_whose_title_does_not_say_that_people_met_says_what_it_was() -> None:
    told_of = [event.what for event in example("anjali-venkataraman")]
    assert "Interim meeting: Plan for the exam years" in told_of  # was: Plan for the exam years
    assert any(event.what.startswith("First conversation about Ada") for event in example("ada-brown"))


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("parents_evening", "Parents’ evening, autumn term"), ("pcp", "Person-centred planning for Year 7"),
        ("interim", "Reviewing the plan"), ("interim", "Catch-up"), ("interim", "Spoke with mum"),
        ("interim", "Phone call with Mum"), ("annual", "Consultation with EP"), ("interim", "Home visit"),
    ],
)  # fmt: skip
def test_a_title_that_says_that_people_met_stands_alone(kind: str, title: str) -> None:
    [event] = told(pupil={}, meeting={"type": kind, "title": title, "date": date(2026, 3, 1), "people": []})
    assert event.what == title  # was: Parents' evening: Parents’ evening, autumn term


def test_a_status_of_none_when_the_record_begins_is_no_event() -> None:
    rows = [
        {
            "status": "N",
            "from": date(2022, 9, 6),
            "to": date(2025, 9, 10),
            "reason": "Early discussion on 19 June 2025",
        },
        {"status": "K", "from": date(2025, 9, 11), "reason": "Agreed", "decided_by": "Mrs Hale"},
    ]
    events = told(pupil={"admission_date": date(2022, 9, 6), "sen_status": rows})
    assert [(e.date, e.what) for e in events] == [
        (date(2022, 9, 6), "Joined the school"),  # was: June 2025 told under 6 September 2022
        (date(2025, 9, 11), "SEN support began"),
    ]
    assert (events[1].difference, events[1].who) == ("Agreed", "Mrs Hale")


def test_a_status_that_ends_or_goes_on_is_told_as_such() -> None:
    rows = [
        {"status": "K", "from": date(2019, 11, 18), "to": date(2026, 9, 14)},
        {"status": "K", "from": date(2026, 9, 15), "to": date(2027, 1, 1)},
        {"status": "N", "from": date(2027, 1, 2)},
    ]
    words = [event.what for event in told(pupil={"sen_status": rows})]
    assert words == ["SEN support began", "SEN support went on", "SEN support ended"]


def test_what_a_service_found_stands_on_the_day_of_its_report() -> None:
    row = {
        "service": "Sensory service", "role": "Teacher of the Deaf", "from": date(2026, 6, 3),
        "last_report": date(2026, 9, 29), "summary": "Hears 19 of 20 sentences",
    }  # fmt: skip
    events = told(pupil={"agencies": [row]})
    assert [(e.date, e.difference) for e in events] == [
        (date(2026, 6, 3), ""),  # was: September's finding on June's referral
        (date(2026, 9, 29), "Hears 19 of 20 sentences"),
    ]


def test_a_referral_in_the_log_and_the_service_that_came_in_are_one_event() -> None:
    day = date(2025, 12, 4)
    services = [
        {"service": "Northmoor Speech and Language Therapy Service", "role": "Therapist", "from": day},
        {"service": "Northmoor Young Carers", "role": "Worker", "from": day},
    ]
    entry = {"date": day, "what": "Referred to speech and language therapy.", "kind": "referral", "who": "Mrs Hale"}
    events = told(pupil={"agencies": services}, log={"entries": [entry]})
    assert [event.what for event in events] == [
        "Northmoor Young Carers became involved", "Referred to speech and language therapy.",
    ]  # fmt: skip


def test_events_for_different_readers_are_never_joined() -> None:
    day = date(2026, 10, 13)
    meeting = {"type": "interim", "date": day, "audience": ["school"], "chair": "Mrs Hale", "people": []}
    entry = {"date": day, "what": "Decided to ask for an assessment", "kind": "decision"}
    events = told(meeting=meeting, log={"entries": [entry]})
    assert {(e.what, e.audience) for e in events} == {
        ("Interim meeting", ("school",)), ("Decided to ask for an assessment", ()),
    }  # fmt: skip


def test_a_review_and_its_meeting_are_one_line_with_the_results() -> None:
    [review] = [e for e in example("zoe-obrien-smidt") if e.date == date(2026, 3, 23)]
    assert (review.what, review.difference) == ("Spring review: cycle 1 reviewed", "Targets: 1 met, 1 not met")
