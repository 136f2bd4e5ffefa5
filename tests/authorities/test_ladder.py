"""Where a pupil stands on a ladder of plain values, and which rung comes next."""

from __future__ import annotations

from typing import Any

import pytest

from generator.authorities.pack import Pack
from generator.authorities.readiness import current, readiness
from generator.authorities.requirement import at, document_items, file_path, known, records_filled
from generator.cases.case import Case
from generator.records.record import Record
from generator.values.not_known import NotKnown
from generator.values.parsing import TO_FILL_IN
from tests.authorities.plain_packs import DAY, ON, case, cycle, only, pack

DOCUMENTS = [
    {"id": "concern", "title": "Concern", "needs": ["profile"]},
    {"id": "support-plan", "title": "Plan", "needs": ["plan"], "status": "plan.status"},
    {"id": "pcp", "title": "PCP", "needs": ["my-support-plan"]},
    {"id": "request", "title": "Request", "needs": ["request"]},
]


def rung(name: str, *documents: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.title(), "documents": documents, **more}


FOUR = (rung("a", "concern"), rung("b", "support-plan"), rung("c", "pcp"), rung("d", "request"))
THREE = (FOUR[0], FOUR[1], FOUR[3])


def ladder(*rungs: dict[str, Any], documents: Any = DOCUMENTS) -> Pack:
    return pack(ladder=rungs, documents=documents)


def stands(held: Case, mine: Pack) -> tuple[str | None, str]:
    ready = readiness(held, mine, ON)
    return ready.stage.id if ready.stage else None, ready.target.id


K = {"sen_status": [{"status": "K", "from": ON}]}


@pytest.mark.parametrize(
    ("rungs", "kinds", "where"),
    [
        (FOUR, {}, (None, "a")),
        (FOUR, {"profile": {}}, ("a", "b")),
        (FOUR, {"plan": {}}, ("b", "c")),
        (FOUR, {"pupil": K}, ("b", "b")),  # by status alone: the plan comes first
        (FOUR, {"pupil": K, "plan": {}}, ("b", "c")),
        (FOUR, {"plan": {}, "my_support_plan": {}}, ("c", "d")),
        (FOUR, {"request": {}}, ("d", "d")),
        (THREE, {"plan": {}}, ("b", "b")),  # the request is measured once it is begun
        (THREE, {"profile": {}}, ("a", "b")),
        (THREE, {"plan": {}, "request": {}}, ("d", "d")),
        ((FOUR[1], FOUR[3]), {"plan": {}}, ("b", "b")),
        ((FOUR[3],), {"profile": {}}, (None, "d")),
    ],
)
def test_the_next_rung_is_what_a_school_would_do_next(
    rungs: Any, kinds: dict[str, Any], where: tuple[str | None, str]
) -> None:
    assert stands(case(**kinds), ladder(*rungs)) == where


def test_a_pack_without_the_plan_among_its_documents_waits_for_none() -> None:
    mine = ladder(*FOUR[1:], documents=DOCUMENTS[2:])
    assert stands(case(my_support_plan={}), mine) == ("c", "d")
    begun = ladder({**FOUR[1], "begun": "pupil.local.since"}, FOUR[2], documents=DOCUMENTS[2:])
    assert stands(case(pupil={"local": {"since": "May"}}), begun) == ("b", "c")


@pytest.mark.parametrize(
    ("status", "since", "reached"), [("K", ON, 1), ("E", ON, 1), ("N", ON, -1), ("K", ON + DAY, -1)]
)
def test_a_status_reaches_the_rung_of_the_support_plan_from_its_day(status: str, since: Any, reached: int) -> None:
    assert current(case(pupil={"sen_status": [{"status": status, "from": since}]}), ladder(*FOUR), ON) == reached


def test_a_document_of_an_earlier_rung_reaches_no_later_one() -> None:
    mine = ladder(rung("a", "concern"), rung("b", "concern", "support-plan"))
    assert current(case(profile={}), mine, ON) == 0 and current(case(plan={}), mine, ON) == 1


def test_only_what_is_asked_for_is_counted() -> None:
    mine = pack(ladder=(FOUR[3],), documents=DOCUMENTS, cycles={"min_reviewed": 1, "usually": True})
    many = [cycle(1, ON - 90 * DAY, ON - DAY)]
    for held in (case(), case(*many)):
        ready = readiness(held, mine, ON)
        assert [item.kind for item in ready.usual] == ["cycles"]
        assert ready.total == len(ready.items) - 1 and ready.ready + len(ready.missing) == ready.total
        assert str(ready) == f"{ready.ready} of {ready.total} ready for: D"


def test_a_stage_asks_for_its_documents_its_cycles_and_its_consent() -> None:
    mine = ladder(rung("b", "support-plan", reviewed_cycles=1, consent=["parent"]))
    assert [item.kind for item in readiness(case(), mine, ON).items] == ["document", "cycles", "consent"]
    assert readiness(case(), mine, ON).send == "" != readiness(case(), ladder(FOUR[3]), ON).send


# -- documents --------------------------------------------------------------------------------------------------------


def document(held: Case, **row: Any) -> tuple[bool, str, Any]:
    mine = pack(documents=[{"id": "x", "title": "Paper", **row}])
    item = only(document_items(held, mine, ["x", "gone"]))
    return item.ready, item.said, item.keys


@pytest.mark.parametrize(
    ("row", "kinds", "said"),
    [
        ({"needs": ["plan"]}, {}, "Paper: nothing is written for it in plan.yaml yet"),
        ({"each": "meeting"}, {}, "Paper: nothing is written for it in meetings/ yet"),
        ({"each": "cycle"}, {}, "Paper: nothing is written for it in cycles/ yet"),
        ({}, {}, "Paper: nothing is written for it in pupil.yaml yet"),
        ({"when": {"field": "newest-plan.date"}}, {}, "Paper: nothing is written for it in plan.yaml yet"),
        ({"needs": ["plan", "profile"]}, {"plan": {}}, "Paper: nothing is written for it in profile.yaml yet"),
        ({"needs": ["plan"]}, {"plan": {}}, "Paper: written"),
        ({"needs": ["plan"], "status": "plan.status"}, {"plan": {"status": "draft"}}, "Paper: still a draft"),
        ({"needs": ["plan"], "status": "plan.status"}, {"plan": {"status": "final"}}, "Paper: written"),
        ({"needs": ["plan"]}, {"plan": {"x": f"{TO_FILL_IN} y"}}, "Paper: something is still to be filled in"),
        ({"needs": ["plan"], "when": {"field": "plan.a.b"}}, {"plan": {"a": {"b": 1}}}, "Paper: written"),
        (
            {"needs": ["plan"], "when": {"field": "plan.a.b"}},
            {"plan": {"a": 1}},
            "Paper: nothing is written for it in plan.yaml yet",
        ),
        ({"needs": ["plan"], "when": {"field": "plan.a", "is": ["x"]}}, {"plan": {"a": "x"}}, "Paper: written"),
        (
            {"needs": ["plan"], "when": {"field": "plan.a", "is": ["x"]}},
            {"plan": {"a": "y"}},
            "Paper: nothing is written for it in plan.yaml yet",
        ),
    ],
)
def test_a_document_is_ready_when_what_it_is_made_of_is_written(
    row: dict[str, Any], kinds: dict[str, Any], said: str
) -> None:
    ready, found, _ = document(case(**kinds), **row)
    assert found == said and ready is (said == "Paper: written")


@pytest.mark.parametrize(
    ("row", "command"),
    [
        ({"needs": ["plan"]}, "`sendpack new plan ada` writes plan.yaml for you to fill in"),
        ({"each": "cycle"}, "`sendpack new cycle ada` begins one"),
        ({"each": "meeting"}, "`sendpack new meeting ada` begins one"),
        (
            {"each": "meeting", "when": {"field": "meeting.type", "is": ["pcp", "annual"]}},
            "`sendpack new meeting ada --type pcp` begins one",
        ),
        ({"when": {"field": "newest-meeting.next_meeting"}}, "`sendpack new meeting ada` begins one"),
        ({}, "`sendpack new pupil` writes pupil.yaml for you to fill in"),
    ],
)
def test_the_command_that_begins_what_is_missing_can_be_copied(row: dict[str, Any], command: str) -> None:
    mine = pack(documents=[{"id": "x", "title": "Paper", **row}])
    assert only(document_items(case(), mine, ["x"])).hint == command


def test_a_document_of_another_kind_of_request_is_no_item() -> None:
    mine = pack(documents=[{"id": "x", "title": "Paper", "when": {"field": "request.made_by", "is": ["parent"]}}])
    for made_by, wanted in (("parent", 1), ("school", 0)):
        assert len(list(document_items(case(request={"made_by": made_by}), mine, ["x"]))) == wanted
    assert len(list(document_items(case(), mine, ["x"]))) == 1


@pytest.mark.parametrize(
    ("value", "answer"), [("x", True), ("", False), (None, False), (NotKnown("why"), False), (f"{TO_FILL_IN} x", False)]
)
def test_an_answer_is_neither_empty_nor_unknown_nor_waiting(value: Any, answer: bool) -> None:
    assert known(value) is answer


def test_where_a_file_is_or_would_be() -> None:
    held = case(pupil={})
    assert at(held, "pupil", "people", 0) == {"where": held.one("pupil"), "keys": ("people", 0)}
    assert at(held, "cycle", "x") == {"where": "cases/ada/cycles/", "keys": ()}
    assert file_path(Case("ben", ()), "plan.yaml") == "cases/ben/plan.yaml"
    lone = Case("ben", (Record("pupil.yaml", "pupil", {}, {}),))
    assert file_path(lone, "plan.yaml") == "cases/ben/plan.yaml"


def test_fields_of_cycles_count_in_those_that_go_with_the_request() -> None:
    rows = [cycle(n, ON - (n + 1) * DAY, change=said) for n, said in enumerate(("x", "", "y"))]
    assert len(records_filled(case(*rows), "cycle.plan.change")) == 2
    assert len(records_filled(case(*rows, request={"cycles": ["0"]}), "cycle.plan.change")) == 1
    assert records_filled(case(pupil={"a": 1}, request={"cycles": ["0"]}), "pupil.a")


@pytest.mark.parametrize("supports", ["request.documents", "ladder"])
def test_a_document_has_the_page_that_asks_for_it(supports: str) -> None:
    page = {"address": "https://council.example", "supports": [supports]}
    mine = Pack("own", ("own",), {"name": "Ourshire", "sources": [page], "documents": DOCUMENTS})
    assert only(document_items(case(), mine, ["request"])).source == "Ourshire: https://council.example"
