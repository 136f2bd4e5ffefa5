"""A case as one group of readers may see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.build.worker import light
from generator.cases.audience import seen_by, seen_by_all
from generator.cases.case import Case
from generator.documents.printed_facts.evidence_facts import submitted_cycles
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from tests.example_school import ROOT, copy_school

SECRET = "Her aunt asked us to keep the address of the flat to ourselves."


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project(ROOT)


def case_of(project: Project, name: str) -> Case:
    case = load_case(project, name).case
    assert case is not None
    return case


def edited(folder: Path, *changes: tuple[str, str, str]) -> tuple[Project, Case]:
    """Ada's case in a folder of its own, with texts of some files replaced."""
    copy_school(folder, "ada-brown")
    for name, old, new in changes:
        file = folder / "cases" / "ada-brown" / name
        before = file.read_text("utf-8")
        assert old in before
        file.write_text(before.replace(old, new, 1), "utf-8")
    project = find_project(folder)
    loaded = load_case(project, "ada-brown")
    assert loaded.case is not None, loaded.problems
    return project, loaded.case


def test_nothing_is_taken_from_those_who_may_see_everything(project: Project) -> None:
    case = case_of(project, "maisie-thorne")
    assert seen_by(case, "school", project.schemas).case is case


def test_records_and_rows_that_are_not_for_the_authority_are_gone(project: Project) -> None:
    case = case_of(project, "maisie-thorne")
    seen = seen_by(case, "authority", project.schemas)
    assert case.one("behaviour-plan") is not None and seen.case.one("behaviour-plan") is None
    assert len(seen.case.data("log")["entries"]) == len(case.data("log")["entries"]) - 1
    assert not [row for row in seen.case.data("log")["entries"] if "Stool" in row["what"]]
    assert "cases/maisie-thorne/behaviour-plan.yaml: all of it" in seen.left_out
    assert any("log.yaml, line" in line for line in seen.left_out)


def test_what_was_withheld_is_told_in_sentences_that_nothing_else_says(project: Project) -> None:
    seen = seen_by(case_of(project, "maisie-thorne"), "authority", project.schemas)
    assert "Phone rule changed and behaviour support plan made" in seen.withheld
    everything = " ".join(str(record.data) for record in seen.case.records)
    assert not [sentence for sentence in seen.withheld if sentence in everything]


def test_evidence_that_is_withheld_is_cited_nowhere_and_places_still_hold(tmp_path: Path) -> None:
    project, case = edited(
        tmp_path,
        ("evidence.yaml", "    heads: [nature]\n", "    heads: [nature]\n    audience: [school, authority]\n"),
        ("evidence.yaml", "Following directions at the 5th percentile; names", f"{SECRET} Following; names"),
    )
    seen = seen_by(case, "parents", project.schemas)
    assert SECRET in seen.withheld
    assert "salt-report" not in str([record.data for record in seen.case.records])
    assert seen.case.data("request")["has_sen"]["evidence"] == ["ep-report", "ot-report", "reading-tests"]
    before, after = case.one("evidence"), seen.case.one("evidence")
    assert before and after
    kept: list[dict[str, Any]] = after.data["items"]
    assert [row["id"] for row in kept][:2] == ["ep-report", "ot-report"]
    assert after.place("items", 1, "file") == before.place("items", 2, "file")


def test_a_cycle_that_is_withheld_is_not_submitted(tmp_path: Path) -> None:
    project, case = edited(tmp_path, ("cycles/2026-spring.yaml", "number: 2\n", "number: 2\naudience: [school]\n"))
    seen = seen_by(case, "authority", project.schemas).case
    assert len(submitted_cycles(seen)) == len(submitted_cycles(case)) - 1
    assert "2026-spring" not in str(seen.data("request"))


@pytest.mark.whole
def test_a_single_citation_of_something_withheld_becomes_empty(tmp_path: Path) -> None:
    project, case = edited(tmp_path, ("plan.yaml", "\ndate:", "\naudience: [school]\ndate:"))
    seen = seen_by(case, "parents", project.schemas).case
    assert seen.one("plan") is None
    assert {target["outcome"] for cycle in seen.cycles for target in cycle.data["plan"]["targets"]} == {""}


def test_what_others_say_too_is_not_a_leak_whatever_sign_ends_it(tmp_path: Path) -> None:
    entry = "{date: 11 October 2022, what: Reception teacher told Samira"
    project, case = edited(tmp_path, ("log.yaml", entry, entry.replace("{", "{audience: [school], ")))
    withheld = seen_by(case, "parents", project.schemas).withheld
    assert any("turns her head to hear" in sentence for sentence in withheld)
    assert "Grommets in November 2022." not in withheld, "pupil.yaml says it, without the full stop"


def test_a_workers_case_that_has_no_places_is_seen_as_any_other(project: Project) -> None:
    case = case_of(project, "maisie-thorne")
    assert seen_by(case, "authority", project.schemas).left_out, "something is withheld"
    there = seen_by_all(light(case), {"authority", "parents"}, project.schemas)
    here = seen_by_all(case, {"authority", "parents"}, project.schemas)
    assert [record.data for record in there.records] == [record.data for record in here.records]
