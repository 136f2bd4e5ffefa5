"""By when the authority must answer and what the support costs beside £6,000: said once reckoned, never a false day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.cases.family.contact_details import Reader
from generator.documents.printed_facts.request_facts import (
    answer_due,
    beside_threshold,
    hours_in_words,
    support_sums,
    their_actions,
)
from generator.folder.school_folder import BUILT_IN
from tests.documents.test_new_documents import changed, desk_of, texts
from tests.joined import case

ADA = "ada-brown"


def flat(text: str) -> str:
    return " ".join(text.split())


def told(folder: Path, kind: str = "request") -> str:
    return flat(texts(desk_of(folder, ADA), kind)[kind])


def with_sent(tmp_path: Path, *lines: str) -> Path:
    changed(tmp_path, ADA, "request.yaml", "\nkind: new\n", "\nkind: new\n" + "".join(f"{line}\n" for line in lines))
    return tmp_path


@pytest.mark.whole
def test_before_it_is_sent_the_answer_is_reckoned_from_the_requests_own_day_and_says_so() -> None:
    said = "within six weeks of receiving it; if it is received on 19 November 2026, the day of the request, that is by"
    assert f"Northmoor Council says whether it will assess {said} 31 December 2026 (SEND" in told(BUILT_IN)


SENT_DAY = {"date": date(2026, 11, 20), "to": "Northmoor Council"}
RECEIVED = {**SENT_DAY, "received": date(2026, 11, 23)}


def due(sent: dict[str, Any], log: tuple[dict[str, Any], ...] = (), **more: Any) -> str:
    request = {"date": date(2026, 11, 19), "kind": "new", "sent": sent, **more}
    found = answer_due(case(request=request, log={"entries": log}), for_family=True, on=date(2026, 12, 24))
    return found["words"] if found else ""


def test_for_the_family_it_is_reckoned_from_the_day_it_was_sent_or_received() -> None:
    assert due(SENT_DAY).endswith("sent on 20 November 2026, that is by 1 January 2027 if received on the same day")
    assert due(RECEIVED) == "by 4 January 2027: six weeks from 23 November 2026, when it received the request"
    assert due(RECEIVED, kind="updated_advice") == ""


@pytest.mark.parametrize(("day", "told"), [(date(2026, 12, 20), False), (date(2026, 12, 27), True)])
def test_once_the_authority_has_answered_no_answer_is_due_at_home(day: date, told: bool) -> None:
    entry = {"date": day, "kind": "decision", "what": "Letter", "answer": "will_assess"}
    assert bool(due(RECEIVED, (entry,))) is told


@pytest.mark.whole
def test_recording_the_sending_changes_nothing_of_what_was_sent(tmp_path: Path) -> None:
    lines = ("sent:", "  date: 20 November 2026", "  to: Northmoor Council", "  received: 23 November 2026")
    assert told(with_sent(tmp_path, *lines)) == told(BUILT_IN)


MUM = {"id": "samira", "name": "Samira Brown", "title": "Ms", "relationship": "mother", "parental_responsibility": True}
DAD = {"id": "dan", "name": "Dan Hale", "title": "Mr", "relationship": "father", "parental_responsibility": True}


@pytest.mark.parametrize(
    ("who", "of_mum", "of_dad"),
    [
        ("Ms Brown", 1, 0),
        ("Mum", 1, 0),
        ("Samira", 1, 0),
        ("parents", 1, 1),
        ("the family", 1, 1),
        ("Mum and Dad", 1, 1),
        ("Dan and the SENCO", 0, 1),
        ("Mrs Hale", 0, 0),
        ("SENCO", 0, 0),
        ("Ada", 0, 0),
    ],
)
def test_what_a_meeting_left_to_somebody_at_home_is_told_to_them(who: str, of_mum: int, of_dad: int) -> None:
    met = {"date": date(2026, 11, 3), "type": "review", "actions": [{"what": "Reads", "who": who}]}
    there = case(meeting=met, pupil={"forenames": "Ada", "legal_surname": "Brown", "people": [MUM, DAD]})
    assert [len(their_actions(there, Reader(one))) for one in ("samira", "dan")] == [of_mum, of_dad]
    assert len(their_actions(there, None)) == (of_mum or of_dad)


@pytest.mark.whole
def test_updated_advice_asks_for_no_answer(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "request.yaml", "kind: new", "kind: updated_advice")
    assert "Answer due" not in texts(desk, "request")["request"]


@pytest.mark.whole
def test_the_cost_stands_beside_what_a_school_finds_itself_with_equipment_and_shared_hours() -> None:
    request = told(BUILT_IN)
    assert "£6,091.40, 12 hours a week, 7 hours of them in a group. That is £91.40 above the £6,000 a year" in request
    assert "£380.00 of it is for equipment." in request


@pytest.mark.whole
def test_a_block_of_six_weeks_or_less_is_said_to_be_counted_for_those_weeks_and_only_where_there_is_one(
    tmp_path: Path,
) -> None:
    said = (
        "Support planned for six weeks or less is counted for those weeks, all other support for the whole school year."
    )
    assert said not in told(BUILT_IN)
    changed(tmp_path, ADA, "cycles/2026-autumn.yaml", "weeks: 11", "weeks: 6")
    assert said in told(tmp_path)


def row(minutes: int | None, group: int | None, pounds: str | None, kind: str = "group") -> dict[str, Any]:
    return {
        "weekly_minutes": None if minutes is None else Decimal(minutes),
        "group_size": group,
        "yearly_cost": None if pounds is None else Decimal(pounds),
        "type": kind,
        "paid": kind != "equipment",
    }


@pytest.mark.parametrize(
    ("rows", "hours", "beside"),
    [
        (
            [row(60, 1, "500")],
            "1 hour a week",
            "£5,500.00 below the £6,000 a year that a school is expected to find from its own budget",
        ),
        (
            [row(60, 2, "6000")],
            "1 hour a week, all in a group",
            "exactly the £6,000 a year that a school is expected to find from its own budget",
        ),
        (
            [row(540, 1, "6000"), row(360, 2, "50.5"), row(None, None, "50", "equipment")],
            "15 hours a week, 6 hours of them in a group",
            "£100.50 above the £6,000 a year that a school is expected to find from its own budget",
        ),
    ],
)
def test_hours_and_pounds_in_words(rows: list[dict[str, Any]], hours: str, beside: str) -> None:
    sums = support_sums(rows)
    assert hours_in_words(sums) == hours
    assert beside_threshold(sums["over_threshold"]) == beside


@pytest.mark.whole
def test_support_that_has_ended_is_said_to_have_and_is_in_no_sum(tmp_path: Path) -> None:
    """The story group ends in October, the cycle goes on: an hour a week and its cost are not claimed any more."""
    old = "from: 15 September 2026\n      to: 3 December 2026"
    desk = changed(tmp_path, ADA, "cycles/2026-autumn.yaml", old, old.replace("3 December", "16 October"))
    request = flat(texts(desk, "request")["request"])
    assert "Ended on 16 Oct 2026" in request and "Support that has ended is not counted." in request
    assert "11 hours a week, 6 hours of them in a group" in request
    assert "Ended on" not in told(BUILT_IN)
