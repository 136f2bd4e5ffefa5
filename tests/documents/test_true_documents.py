"""What documents print is so: the class of the day, agreements of a version, results on their day, words for codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.documents.catalogue import documents
from generator.folder.school_folder import BUILT_IN
from tests.documents.test_new_documents import changed, desk_of, texts

ADA, NIA = "ada-brown", "nia-okafor"


@pytest.mark.whole
def test_no_document_of_the_example_names_a_class_of_another_year() -> None:
    for pupil in (ADA, "kacper-wisniewski", "toby-merrick"):
        desk = desk_of(BUILT_IN, pupil)
        for document in documents(desk.case, desk.pack, ["early-discussion", "meeting", "cycle", "support-plan"]):
            told = texts_of_one(desk, document)
            if found := re.search(r"Year (\d+) · (\d+)\w", told):
                assert found[1] == found[2], f"{document.id}: {found[0]}"  # was: Year 2 · 4A


def texts_of_one(desk, document) -> str:  # type: ignore[no-untyped-def]
    from tests.documents.merged_templates import text_of

    return text_of(desk.write(document))


@pytest.mark.whole
def test_without_a_history_a_paper_of_last_year_names_no_class(tmp_path: Path) -> None:
    text = (BUILT_IN / "cases" / ADA / "pupil.yaml").read_text("utf-8")
    history = text[text.index("class_history:") : text.index("key_worker:")]
    desk = changed(tmp_path, ADA, "pupil.yaml", history, "")
    told = texts(desk, "early-discussion", "cycle")
    assert "Year 2 · 19 June 2025" in told["early-discussion-2025-06-19"]
    assert "Year 4 · 4A" in told["cycle-2026-autumn"]


@pytest.mark.whole
def test_an_agreement_is_for_the_plan_that_was_signed(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "plan.yaml", "\ndate: 15 September 2026", "\ndate: 20 November 2026")
    told = " ".join(texts(desk, "support-plan")["support-plan"].split())
    # was: agreed on 15 September 2026, on paper.
    assert "Samira Brown (Parent): agreed on 15 September 2026; changes since then not yet agreed." in told
    assert "agreed on 15 September 2026, on paper" not in told
    whole = " ".join(texts(desk_of(BUILT_IN, ADA), "support-plan")["support-plan"].split())
    assert "Samira Brown (Parent): agreed on 15 September 2026, on paper." in whole


@pytest.mark.whole
def test_a_cycle_planned_anew_is_not_agreed_by_an_earlier_yes(tmp_path: Path) -> None:
    desk = changed(
        tmp_path, ADA, "cycles/2026-autumn.yaml", "  date: 15 September 2026\n", "  date: 20 November 2026\n"
    )
    told = " ".join(texts(desk, "cycle")["cycle-2026-autumn"].split())
    assert "Agreed by parents on 15 September 2026, before the plan of 20 November 2026; what has changed" in told


@pytest.mark.whole
def test_where_a_child_started_and_the_newest_result_are_told_apart() -> None:
    told = " ".join(texts(desk_of(BUILT_IN, ADA), "support-plan")["support-plan"].split())
    assert "Where Ada is now" not in told  # was: September's baseline, on a paper of November
    assert "Where Ada started Year 1 text of 100 words with 82 words right, 10 September 2026" in told


@pytest.mark.whole
def test_a_request_tells_results_at_the_review_and_decisions_as_decisions() -> None:
    told = " ".join(texts(desk_of(BUILT_IN, ADA), "request")["request"].split())
    assert "Now: " not in told and "Stop. " not in told  # was: "Now" of a year ago, "Difference it made: Stop."
    assert "At the review: " in told and "Decided: stop" in told
    assert "MWBC" not in told and "White and Black Caribbean" in told
    assert "not measured yet" not in told and "72 (goal 85)" in told.replace("**", "")
    assert "Newest" in told or "14 of 20 (goal 17 of 20)" in told


@pytest.mark.whole
def test_counts_of_a_most_are_said_as_people_say_them() -> None:
    told = " ".join(texts(desk_of(BUILT_IN, ADA), "request")["request"].split())
    assert "Mornings of 5" not in told  # a target that counts mornings is called by its own words
    assert "Ada is settled in class … Start: 2 of 5 Spring term 2026: 2 of 5 (goal 4 of 5)" in told


@pytest.mark.whole
def test_from_year_7_the_teacher_is_a_form_tutor() -> None:
    older = texts(desk_of(BUILT_IN, "maisie-thorne"), "support-plan")["support-plan"]
    younger = texts(desk_of(BUILT_IN, NIA), "support-plan")["support-plan"]
    assert "Form tutor" in older and "Class teacher" not in older
    assert "Class teacher" in younger


@pytest.mark.whole
def test_one_source_names_the_authority(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "pupil.yaml", "address: |", "address: |")
    school = tmp_path / "cases" / "school.yaml"
    school.write_text(school.read_text("utf-8").replace("authority: standard", "authority: york"), "utf-8")
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import find_project

    project = find_project(tmp_path)
    case = load_case(project, ADA).case
    assert case is not None
    york = type(desk)(project, case, project.pack_of(case), desk.shelf)
    assert york.home_authority == "City of York Council"  # was: Northmoor Council, from before
    assert desk.home_authority == "Northmoor Council"


def test_a_request_by_a_parent_is_not_called_the_schools(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "request.yaml", "made_by: school", "made_by: parent")
    [document] = documents(desk.case, desk.pack, ["request"])
    assert document.title == "Parent’s request for an EHC needs assessment"
    assert texts(desk, "request")["request"].startswith("Parent’s request for an EHC needs assessment")
