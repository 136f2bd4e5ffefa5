"""What a pack can say beyond numbers: usual, one of several, by who asks, at each stage, where to send it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from generator.authorities.pack import Pack, sending, where_to_send, words_for
from generator.authorities.readiness import Readiness, readiness
from generator.authorities.requirement import Requirement
from generator.cases.case import Case
from tests.rule_examples import ROOT, TODAY, pack, read_example

CASE = read_example(ROOT / "tests" / "packs" / "request.yaml").view.case
NORTHMOOR = pack("northmoor")


def changed(kind: str, **values: Any) -> Case:
    """The case with other values in the record of a kind."""
    records = tuple(dataclasses.replace(r, data={**r.data, **values}) if r.kind == kind else r for r in CASE.records)
    return Case(CASE.name, records, CASE.school)


def without(kind: str) -> Case:
    """The case with no record of a kind."""
    return Case(CASE.name, tuple(r for r in CASE.records if r.kind != kind), CASE.school)


def ready(case: Case = CASE, mine: Pack = NORTHMOOR) -> Readiness:
    return readiness(case, mine, TODAY, "request")


def item(kind: str, case: Case = CASE, mine: Pack = NORTHMOOR) -> Requirement:
    """The first item of a kind."""
    return next(one for one in ready(case, mine).items if one.kind == kind)


def with_cycles(**cycles: Any) -> Pack:
    return dataclasses.replace(NORTHMOOR, data={**NORTHMOOR.data, "cycles": cycles})


def test_what_is_only_usual_is_shown_and_never_missing_nor_counted() -> None:
    found = ready(without("cycle"))
    cycles = next(one for one in found.items if one.kind == "cycles")
    assert cycles.said == "Northmoor Council usually expects 2 or 3 reviewed cycles; there are none"
    assert not cycles.ready and cycles not in found.missing and cycles in found.usual
    assert found.total == sum(one.weight == "required" for one in found.items) < len(found.items)


@pytest.mark.parametrize(
    ("cycles", "title"),
    [
        ({"min_reviewed": 2, "max_reviewed": 3}, "2 or 3 reviewed cycles"),
        ({"min_reviewed": 2, "max_reviewed": 4}, "2 to 4 reviewed cycles"),
        ({"min_reviewed": 1}, "1 reviewed cycle"),
    ],
)
def test_two_or_three_cycles_are_said_as_the_page_says_it_and_the_smaller_is_enough(
    cycles: dict[str, int], title: str
) -> None:
    found = item("cycles", mine=with_cycles(**cycles))
    assert found.title == title and found.ready and found.counts


def test_an_authority_that_asks_for_no_cycle_asks_for_none() -> None:
    assert not [one for one in ready(mine=with_cycles(min_reviewed=0)).items if one.kind == "cycles"]


def test_a_plan_or_a_map_is_enough() -> None:
    assert item("choice").ready and item("choice").parts == ("support-plan",)
    lacking = item("choice", without("plan"))
    assert not lacking.ready and "none of them" in lacking.said and "provision map" in lacking.hint
    rows = [*CASE.data("evidence")["items"], {"id": "map", "title": "Year 4 map", "kind": "provision_map"}]
    mapped = Case("one", tuple(r for r in changed("evidence", items=rows).records if r.kind != "plan"), CASE.school)
    choice = next(one for one in ready(mapped).items if one.kind == "choice")
    assert choice.ready and choice.parts == ("map",)


def test_a_change_after_a_review_counts_in_any_cycle_also_in_one_that_does_not_go_with_the_request() -> None:
    assert item("adapted").ready, "the second cycle has other targets than the first"
    only_first = changed("request", cycles=["1"])
    assert item("adapted", only_first).parts == ("cycle-2",)


def test_consent_is_wanted_for_each_stage_that_says_so() -> None:
    rows = [{"person": "Ann Ashworth", "capacity": "parent", "date": date(2026, 9, 1), "method": "wet_ink"}]
    assert not item("consent", changed("pupil", consents=rows)).ready, "a consent of no stage"
    rows[0]["stage"] = "sen-support"
    given = item("consent", changed("pupil", consents=rows))
    assert given.ready and "1 September 2026" in given.said
    staged = readiness(changed("pupil", consents=rows), NORTHMOOR, TODAY, "sen-support")
    assert [one.ready for one in staged.items if one.kind == "consent"] == [True]


@pytest.mark.parametrize(
    ("made_by", "title", "documents", "signed"),
    [
        ("school", "EHC1: request by a setting", ["profile", "cycle", "request"], ["parent", "headteacher"]),
        ("parent", "EHC2: request by a parent", ["request"], ["parent"]),
        ("young_person", "EHC3: request by a young person", ["request"], ["young_person"]),
    ],
)
def test_each_requester_has_a_form_papers_and_signatures(
    made_by: str, title: str, documents: list[str], signed: list[str]
) -> None:
    case = changed("request", made_by=made_by)
    assert words_for(case, NORTHMOOR)["request"] == title
    items = ready(case).items
    assert [one.id for one in items if one.kind == "document"] == documents
    assert [one.id for one in items if one.kind == "signature"] == signed
    assert next(one for one in items if one.id == "request").title == title


def test_a_document_that_only_another_requester_has_is_not_missed() -> None:
    own = {
        "id": "ehc2",
        "title": "EHC2",
        "template": "request.docx",
        "when": {"field": "request.made_by", "is": ["parent"]},
    }
    rows = {**NORTHMOOR.data["request"], "documents": ["request", "ehc2"], "by_requester": {}}
    mine = dataclasses.replace(
        NORTHMOOR, data={**NORTHMOOR.data, "request": rows, "documents": [*NORTHMOOR.documents, own]}
    )
    assert [one.id for one in ready(mine=mine).items if one.kind == "document"] == ["request"]
    asked = [one.id for one in ready(changed("request", made_by="parent"), mine).items if one.kind == "document"]
    assert asked == ["request", "ehc2"]


def test_an_answer_must_be_one_of_those_on_offer() -> None:
    assert "not answered" in item("answer").said
    wrong = item("answer", changed("request", local={"band": "Band 9"}))
    assert not wrong.ready and "none of its answers" in wrong.said and "Band 1, Band 2, Band 3" in wrong.hint
    assert item("answer", changed("request", local={"band": "band 2"})).ready


def test_where_a_request_goes_is_told_with_what_to_mind() -> None:
    assert where_to_send(NORTHMOOR) == "by secure e-mail to the SEN team, sen.requests@northmoor.example"
    assert ready().send.endswith("sen.requests@northmoor.example. One e-mail for each child.")
    assert readiness(CASE, NORTHMOOR, TODAY, "sen-support").send == ""


@pytest.mark.parametrize(
    ("submit", "said"),
    [
        ({"kind": "portal", "name": "EHC Hub", "address": "hub.example"}, "Send it through EHC Hub, hub.example."),
        ({"kind": "portal"}, "Send it through its portal."),
        ({"kind": "post", "address": "Town Hall"}, "Send it by post, Town Hall."),
        ({"kind": "unknown"}, "Where to send it is not in the pack: ask the authority’s SEN team."),
        ({"kind": "unknown", "note": "Word for the APDR template."}, "Word for the APDR template."),
        ({"kind": "unknown", "address": "sen@x.example"}, "Send it to sen@x.example."),
    ],
)
def test_every_way_of_sending_is_said(submit: dict[str, str], said: str) -> None:
    assert sending(dataclasses.replace(NORTHMOOR, data={**NORTHMOOR.data, "submit": submit})) == said
