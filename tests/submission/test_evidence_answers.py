"""What answers a criterion is looked for in every record that goes along, and cited by that record's own pages."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.authorities.legal_test import criteria
from generator.authorities.pack import Pack, load_pack
from generator.authorities.readiness import readiness
from generator.cases.case import Case
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.submission.bundle_options import matrix
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import changed

ADA = "ada-brown"
PROJECT = find_project(BUILT_IN)
PARTS = ["request", "support-plan", "cycle-2025-autumn", "cycle-2026-spring", "cycle-2026-summer"]


def ada() -> Case:
    case = load_case(PROJECT, ADA).case
    assert case is not None
    return case


def pack_asking(*criteria_rows: dict[str, Any], local: tuple[dict[str, Any], ...] = ()) -> Pack:
    standard = load_pack("standard", PROJECT.template_folders, PROJECT.schemas)
    data = copy.deepcopy(dict(standard.data))
    data["criteria"] = [*data["criteria"], *criteria_rows]
    data["request"]["local"] = list(local)
    return Pack("standard", standard.chain, data)


CHANGES = {"id": "changes", "text": "What was changed after each review", "answered_by": ["cycle.plan.change"]}


def test_every_cycle_that_goes_along_answers_and_not_the_first_alone() -> None:
    case, pack = ada(), pack_asking(CHANGES)
    first = case.cycles[0].data["plan"]
    assert "change" not in first, "the first cycle follows none"
    [row] = [row for row in criteria(case, pack) if row.id == "changes"]
    assert row.answered  # was: nothing answers it
    [told] = [row for row in matrix(case, pack, PARTS) if row.id == "changes"]
    assert told.parts == ("cycle-2026-spring", "cycle-2026-summer")  # was: "No evidence in this bundle"


@pytest.mark.whole
def test_a_field_of_the_plan_is_cited_by_the_plan_and_one_of_the_pupil_by_the_request() -> None:
    rows = (
        {"id": "hopes", "text": "Hopes", "answered_by": ["plan.aspirations"]},
        {"id": "services", "text": "Services", "answered_by": ["pupil.agencies"]},
    )
    found = {row.id: row.parts for row in matrix(ada(), pack_asking(*rows), PARTS)}
    assert (found["hopes"], found["services"]) == (("support-plan",), ("request",))


@pytest.mark.whole
def test_the_authoritys_own_questions_are_answered_in_the_request(tmp_path: Path) -> None:
    local = {"id": "indes_level", "title": "INDES level", "required": True}
    desk = changed(
        tmp_path, ADA, "request.yaml", "outcomes: [", "local: {indes_level: Level 3 of 6 May 2026}\noutcomes: ["
    )
    pack = pack_asking(local=(local,))
    asked = MergeDesk(desk.project, desk.case, pack, TemplateShelf(desk.project.template_folders))
    [document] = documents(desk.case, pack, ["request"])
    told = " ".join(text_of(asked.write(document)).split())
    assert "What the authority also asks INDES level Level 3 of 6 May 2026" in told  # was: printed nowhere


@pytest.mark.whole
def test_an_outdated_signature_of_the_my_support_plan_is_not_counted_as_ready(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "my-support-plan.yaml", "\ndate: 15 October 2026", "\ndate: 20 November 2026")
    text = tmp_path / "cases" / ADA / "request.yaml"
    written = text.read_text("utf-8")
    start = written.index("consents:")
    text.write_text(written[:start] + written[written.index("declaration:", start) :], "utf-8")
    case = load_case(find_project(tmp_path), ADA).case
    assert case is not None
    rows = {
        i.id: i.ready for i in readiness(case, desk.pack, date(2026, 11, 22), "request").items if i.kind == "signature"
    }
    assert rows["parent"] is False  # was: ready, by the signature of 15 October


@pytest.mark.whole
def test_what_to_look_for_goes_into_the_index() -> None:
    notes = {str(row["head"]): str(row["note"]) for row in ada().data("request")["criteria"] if "note" in row}
    told = {row.note for row in matrix(ada(), pack_asking(), PARTS)}
    assert len(notes) == 5 and set(notes.values()) <= told  # was: written by the school and printed nowhere
