"""A signed plan says what in it is newer than its agreement, who has yet to sign, and dates that are nobody's else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import is_reviewed
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.printed_facts.agreed_and_since import newer_than_agreed, to_sign
from generator.documents.printed_facts.cycle_facts import works_with
from generator.documents.printed_facts.evidence_facts import by_whom
from generator.documents.printed_facts.told_once import PartPlace
from generator.folder.school_folder import BUILT_IN
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import changed, desk_of, texts
from tests.example_school import copy_school
from tests.joined import record
from tests.rules.turns import case as plain_case

ADA, TOBY, KACPER = "ada-brown", "toby-merrick", "kacper-wisniewski"
ON = date(2026, 10, 15)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.whole
def test_beside_the_agreement_stands_what_is_newer_than_it() -> None:
    desk = desk_of(BUILT_IN, ADA)
    [plan] = documents(desk.case, desk.pack, ["my-support-plan"])
    bundled = flat(text_of(desk.write(plan, {"my-support-plan": PartPlace("9-18")})))
    agreement = bundled[bundled.index("What was agreed is this plan as it stood on 15 October 2026.") :]
    beside = agreement.partition("Samira Brown (Parent): agreed")[0]
    assert "results and reports of 6 Nov 2026 and 10 Nov 2026" in beside
    assert "actions done on 19 Oct 2026 and 12 Nov 2026" in agreement
    assert "as recorded by " in agreement
    found = newer_than_agreed(desk.case, "my-support-plan", ON, None)
    assert found is not None and found["results"] == []  # read alone it tells no result of a later day


@pytest.mark.whole
def test_a_plan_to_which_nothing_came_says_nothing() -> None:
    assert newer_than_agreed(desk_of(BUILT_IN, KACPER).case, "my-support-plan", date(2026, 10, 8), None) is None
    assert "What was agreed is" not in texts(desk_of(BUILT_IN, ADA), "support-plan")["support-plan"]


@pytest.mark.whole
def test_what_somebody_signed_later_is_not_signed_by_nobody(tmp_path: Path) -> None:
    file, by = "my-support-plan.yaml", "class_teacher, date: 15 October 2026"
    later = changed(tmp_path / "later", ADA, file, by, by.replace("15 October", "25 October"))
    found = newer_than_agreed(later.case, "my-support-plan", ON, date(2026, 11, 12))
    assert found is not None and found["actions"] == [date(2026, 11, 12)]  # was: 19 October too
    after = changed(tmp_path / "after", ADA, file, by, by.replace("15 October", "12 November"))
    last = newer_than_agreed(after.case, "my-support-plan", ON, date(2026, 11, 12))
    assert last is None or (last["actions"], last["results"]) == ([], [])


@pytest.mark.parametrize("signatures", [[], [{"person": "Samira Brown", "capacity": "parent"}]])
def test_of_a_plan_that_nobody_signed_nothing_is_newer_than_agreed(signatures: list[dict[str, str]]) -> None:
    plan = {"date": ON, "actions": [{"what": "Books", "done": date(2026, 11, 12)}], "signatures": signatures}
    case = plain_case(my_support_plan=plan)
    assert newer_than_agreed(case, "my-support-plan", ON, date(2026, 11, 12)) is None  # was: signed by nobody


@pytest.mark.whole
def test_the_carer_and_the_senco_have_a_place_where_others_have_signed() -> None:
    case = desk_of(BUILT_IN, TOBY).case
    plan = case.data("plan")
    signed = {str(row["person"]) for row in plan["signatures"]}
    missing = to_sign(case, "plan")
    for wanted in ("Gloria Whitcombe (foster carer)", "Mrs Joanna Hale (SENCO)"):
        assert (wanted in missing) != (wanted.partition(" (")[0] in signed)  # was: no place for either
    assert to_sign(desk_of(BUILT_IN, ADA).case, "my_support_plan") == []  # nobody is missing


def unsigned(folder: Path) -> MergeDesk:
    copy_school(folder, KACPER)
    plan = folder / "cases" / KACPER / "plan.yaml"
    before, _, after = plan.read_text("utf-8").partition("\nsignatures:\n")
    kept = after.split("\n")
    plan.write_text("\n".join([before, *(line for line in kept if "capacity:" not in line)]), "utf-8")
    return desk_of(folder, KACPER)


@pytest.mark.whole
def test_a_plan_that_nobody_signed_has_a_line_for_the_head(tmp_path: Path) -> None:
    told = flat(texts(desk_of(BUILT_IN, KACPER), "support-plan")["support-plan"])
    assert "(headteacher)" not in told
    rows = texts(unsigned(tmp_path), "support-plan")["support-plan"]
    assert "Mrs Ruth Calloway (headteacher)" in flat(rows)


@pytest.mark.whole
def test_who_works_with_the_child_did_not_see_her_last_when_she_was_assessed() -> None:
    request = flat(texts(desk_of(BUILT_IN, ADA), "request")["request"])
    assert "sts@northmoor.example Every second week since 24 Sep 2026" in request  # was: 24 Sep 2026
    assert "eps@northmoor.example 5 May 2026" in request


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"times_a_week": 1}, "Once a week"),
        ({"times_a_week": 3}, "3 times a week"),  # was: Every week
        ({"times_a_week": 3, "from": date(2026, 9, 24)}, "3 times a week since 24 Sep 2026"),
        ({"from": date(2026, 9, 24)}, "Since 24 Sep 2026"),  # was: Every week
        ({}, "Gives support now"),
        ({"delivered_by": "Specialist teacher (Joanna Lee)"}, None),  # was: Every week, of Ann
    ],
)
def test_how_often_a_service_is_with_the_child_is_what_is_known(row: dict[str, Any], said: str | None) -> None:
    offer = {"id": "a", "delivered_by": "Specialist teacher (Ann)", **row}
    running = record("cycle", {"number": 1, "start": date(2026, 9, 7), "plan": {"provision": [offer]}}, "cycles/1")
    case = plain_case(running, pupil={"agencies": [{"id": "sts", "person": "Ann"}]})
    assert works_with(case, ON).get("sts") == said


def test_support_that_is_over_says_so_while_its_review_is_late(tmp_path: Path) -> None:
    desk = desk_of(BUILT_IN, KACPER)
    [current] = [one for one in desk.case.cycles if not is_reviewed(one.data)]
    rows = [{**row, "to": date(2026, 10, 1)} for row in current.data["plan"]["provision"]]
    over = replace(current, data={**current.data, "plan": {**current.data["plan"], "provision": rows}})
    records = tuple(over if one is current else one for one in desk.case.records)
    told = texts(replace(desk, case=replace(desk.case, records=records)), "support-plan", "short-plan")
    assert len(rows) > 1
    for text in told.values():
        assert text.count("Ended on 1 Oct 2026") == len(rows)  # was: none


@pytest.mark.whole
def test_support_of_an_earlier_cycle_is_not_for_an_outcome_that_came_later() -> None:
    summer = flat(texts(desk_of(BUILT_IN, TOBY), "cycle")["cycle-2026-summer"])
    assert "outcomes 2 and 3" not in summer and "outcome 3" not in summer.lower()


@pytest.mark.whole
def test_every_meeting_of_the_request_has_its_page() -> None:
    desk = desk_of(BUILT_IN, ADA)
    names = (
        "early-discussion-2025-06-19",
        "meeting-2025-12-02-review",
        "pcp-meeting-2026-05-19-pcp",
        "pcp-meeting-2026-05-19",
    )
    places = {name: PartPlace(str(50 + n), f"E{n}") for n, name in enumerate(names, 1)}
    [request] = documents(desk.case, desk.pack, ["request"])
    told = flat(text_of(desk.write(request, places)))
    assert "First conversation about Ada's reading (E1, page 51)" in told  # was: without
    assert "Autumn review 2025 (E2, page 52)" in told
    assert "19 May 2026: Person-centred planning meeting (E" in told


def test_a_role_belongs_to_whom_it_is_of() -> None:
    assert (
        by_whom({"author": "Ada, photographed by Mrs Begum", "role": "Pupil"})
        == "Ada (Pupil), photographed by Mrs Begum"
    )
    assert by_whom({"author": "Kofi Mensah", "role": "Therapist"}) == "Kofi Mensah, Therapist"


@pytest.mark.whole
def test_a_reason_why_something_is_not_known_is_a_sentence_of_its_own(tmp_path: Path) -> None:
    asked = "  medication:\n    not_known: the GP has been asked"
    desk = changed(tmp_path, ADA, "pupil.yaml", "  medication: None.", asked)
    assert "Not known. The GP has been asked" in flat(texts(desk, "request")["request"])
