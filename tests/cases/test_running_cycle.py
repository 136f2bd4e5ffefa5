"""Which cycle is the current one, whether it has begun, what the newest record is, what was given out to whom."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from generator.cases.case import (
    Case,
    by_id,
    current_cycle,
    document_id,
    given_by,
    has_begun,
    newest_date,
    percentage,
    photo_files,
)
from generator.records.record import Record
from generator.values.parsing import TO_FILL_IN
from tests.joined import record

DAY = timedelta(days=1)
START = date(2026, 9, 7)
EMPTY: dict[str, Any] = {"targets": [], "provision": []}


def cycle(name: str, start: date = START, number: int = 1, **more: Any) -> Record:
    return record("cycle", {"number": number, "start": start, "plan": EMPTY, **more}, f"cycles/{name}")


def done(day: date = START + 60 * DAY) -> dict[str, Any]:
    return {"review": {"date": day, "targets": []}}


DRAFT = {"title": f"{TO_FILL_IN} a title"}


@pytest.mark.parametrize(
    ("cycles", "current"),
    [
        ([cycle("a", **done()), cycle("b", START + 90 * DAY)], "b"),
        ([cycle("a"), cycle("b", START + 90 * DAY, **done())], "a"),
        ([cycle("a", **done()), cycle("b", START + 90 * DAY, **done())], "b"),
        ([cycle("a", **done()), cycle("b", START + 90 * DAY, **DRAFT)], "a"),
        ([cycle("a"), cycle("b", START + 90 * DAY, **DRAFT)], "a"),
        ([cycle("a", **DRAFT)], "a"),
        ([cycle("a", number=2), cycle("b", number=1)], "a"),
        ([cycle("b"), cycle("a")], "b"),
        ([cycle("a", **{"review": {}})], "a"),
    ],
)
def test_the_current_cycle_is_the_newest_that_is_not_reviewed_and_not_a_draft(
    cycles: list[Record], current: str
) -> None:
    found = current_cycle(Case("ada", tuple(cycles)))
    assert found and found.path.endswith(f"/{current}.yaml")


@pytest.mark.parametrize(
    ("more", "others", "begun"),
    [
        ({"do": [{"provision": "p"}]}, [], True),
        (done(), [], True),
        ({}, [], False),
        ({}, [START - DAY], False),
        ({}, [START], True),
        ({}, [START + DAY], True),
        ({}, [START - DAY, START + DAY], True),
    ],
)
def test_a_cycle_has_begun_when_a_record_bears_witness(more: dict[str, Any], others: list[date], begun: bool) -> None:
    own = cycle("a", **more)
    undated = record("profile", {"likes": ["dogs"]})
    notes = [record("meeting", {"date": day, "type": "review"}, f"meetings/{n}") for n, day in enumerate(others)]
    assert has_begun(Case("ada", (own, undated, *notes)), own) is begun


def test_the_newest_record_is_the_latest_day_written_and_a_draft_of_a_cycle_is_none() -> None:
    plan = record("plan", {"date": START - DAY})
    drafted, written = cycle("b", START + 9 * DAY, **DRAFT), cycle("a", START)
    text = record("log", {"date": "soon"})
    assert newest_date(Case("ada", (plan, drafted, written, text))) == START
    assert newest_date(Case("ada", (plan, drafted))) == START - DAY
    assert newest_date(Case("ada", ())) == date(2000, 1, 1)


@pytest.mark.parametrize("rows", ["notes", "measured", "shared_with_parents"])
def test_what_was_done_in_a_cycle_has_been(rows: str) -> None:
    done_on = {"do": {rows: [{"date": START + 3 * DAY}, {"date": "soon"}, {}]}}
    assert newest_date(Case("ada", (cycle("a", **done_on),))) == START + 3 * DAY
    assert newest_date(Case("ada", (cycle("a", **done(START + 4 * DAY)),))) == START + 4 * DAY


def test_meetings_are_in_the_order_of_their_days_and_one_without_a_day_is_last() -> None:
    rows = [
        record("meeting", {"type": "review"}, "meetings/a"),
        record("meeting", {"date": START}, "meetings/b"),
        record("meeting", {"date": START - DAY}, "meetings/c"),
    ]
    assert [one.path[-6] for one in Case("ada", tuple(rows)).meetings] == ["c", "b", "a"]
    undated = [record("cycle", {"number": 1}, "cycles/x"), cycle("y")]
    assert [one.path[-6] for one in Case("ada", tuple(undated)).cycles] == ["y", "x"]


def test_what_was_given_out_is_a_row_for_each_copy_the_oldest_first() -> None:
    issued: dict[str, Any] = {"document": "plan", "kind": "plan", "status": "final", "files": {}, "version": 2}
    papers = [
        record("issued", {**issued, "copies": [{"to": "Dad", "date": START + DAY}, {"to": "Mum", "date": START}]}),
        record("issued", {**issued, "version": 1, "to": "Nan", "date": START - DAY, "agreed_to": {"plan.yaml": "x"}}),
    ]
    rows = given_by(papers)
    assert [(one.to, one.date, one.version) for one in rows] == [
        ("Nan", START - DAY, 1),
        ("Mum", START, 2),
        ("Dad", START + DAY, 2),
    ]
    assert [dict(one.agreed_to) for one in rows] == [{"plan.yaml": "x"}, {}, {}]


def test_forms_that_came_back_are_not_what_the_school_writes() -> None:
    plan, back = record("plan", {}), record("asked", {}, "asked/one")
    case = Case("ada", (plan, back))
    assert case.written == (plan,) and case.one("plan") is plan
    assert case.one("profile") is None and case.data("profile") == {}


@pytest.mark.parametrize(
    ("kind", "file", "name"),
    [
        ("cycle", "cycles/2025-autumn", "cycle-2025-autumn"),
        ("early-discussion", "meetings/2026-11-11-early-discussion", "early-discussion-2026-11-11"),
    ],
)
def test_a_document_of_one_record_is_named_after_its_file(kind: str, file: str, name: str) -> None:
    assert document_id(kind, record("any", {}, file)) == name
    assert document_id(kind) == kind


def test_ids_percentages_and_pictures() -> None:
    assert by_id([{"id": "a", "n": 1}, {"id": "b"}]) == {"a": {"id": "a", "n": 1}, "b": {"id": "b"}}
    assert percentage({"attended": 1, "possible": 3}) == Decimal("33.3")
    pictures = {
        "pictures": [{"photo": {"file": "b.png"}}, {}, {"photo": {"not": "kept"}}, {"photo": {"file": "a.png"}}]
    }
    case = Case("ada", (record("pupil", {"photo": {"file": "a.png"}}), record("profile", pictures)))
    assert photo_files(case) == ["a.png", "b.png"] and photo_files(Case("ada", ())) == []
