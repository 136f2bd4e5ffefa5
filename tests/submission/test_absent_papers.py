"""What is not in a bundle and why: only what the records know, and nothing that is kept from its readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.bundle import Part
from generator.cases.audience import seen_by
from generator.cases.case import Case
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.submission.parts.absent_papers import absent_papers
from tests.example_school import copy_school

ADA = "ada-brown"
PARTS = [Part(name, "x", name, b"") for name in ("request", "my-support-plan", "cycle-2025-autumn")]


def case_of(folder: Path) -> Case:
    case = load_case(find_project(folder), ADA).case
    assert case is not None
    return case


def absent(case: Case, seen: Case | None = None) -> dict[str, str]:
    return {one.what: one.why for one in absent_papers(case, seen or case, PARTS)}


def test_the_running_cycle_a_service_that_is_waited_for_and_a_check_without_its_paper() -> None:
    found = absent(case_of(BUILT_IN))
    assert found["The cycle Autumn term 2026 (Year 4)"].startswith(
        "it is still running; its review is planned for 8 Dec"
    )
    assert (
        found["Report of Orthoptics, Northmoor Eye Clinic"] == "referred on 8 September 2026; there is no report yet."
    )
    assert found["Earlier versions of the My Support Plan"] == "only the newest is here: version 2."
    assert "The cycle Autumn term 2025 (Year 3)" not in found  # it is in the bundle
    assert not any("Report of Northmoor" in what for what in found)  # all five services have a file


@pytest.mark.whole
@pytest.mark.parametrize("day", ["5 July 2025", "20 December 2025"])
def test_a_check_is_answered_by_a_paper_of_about_its_day_alone(tmp_path: Path, day: str) -> None:
    copy_school(tmp_path, ADA)
    with_a_hearing_check(tmp_path)
    evidence = tmp_path / "cases" / ADA / "evidence.yaml"
    found = evidence.read_text("utf-8").replace("date: 5 March 2026", f"date: {day}")
    evidence.write_text(found, "utf-8")
    said = absent(case_of(tmp_path)).get("Hearing check", "")
    noted = "agreed on 19 June 2025 and noted as done on 1 July 2025; no paper with what came of it is on file."
    assert said == ("" if day == "5 July 2025" else noted)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("title", "date_written", "told"),
    [
        ("Hearing clinic’s letter", "(to be filled in)", ""),  # it may be of that day
        ("(to be filled in)", "(to be filled in)", "is among these papers."),  # it may be the one
        ("Drawing of a rabbit", "(to be filled in)", "is on file."),
    ],
)
def test_a_paper_that_nobody_has_described_yet_may_be_the_one(
    tmp_path: Path, title: str, date_written: str, told: str
) -> None:
    copy_school(tmp_path, ADA)
    with_a_hearing_check(tmp_path)
    evidence = tmp_path / "cases" / ADA / "evidence.yaml"
    (evidence.parent / "evidence" / "opt.pdf").write_bytes(b"%PDF-1.7")
    said = f"title: '{title}', date: '{date_written}', kind: letter, author: A, shows: C"
    row = f"  - {{id: opt, file: opt.pdf, {said}}}\n"
    evidence.write_text(evidence.read_text("utf-8").rstrip() + "\n" + row, "utf-8")
    case = case_of(tmp_path)
    assert case.one("evidence").waiting  # type: ignore[union-attr]
    said = absent(case).get("Hearing check", "")
    assert said.endswith(told) and bool(said) is bool(told)


@pytest.mark.whole
def test_a_file_that_no_entry_names_may_be_the_one(tmp_path: Path) -> None:
    copy_school(tmp_path, ADA)
    with_a_hearing_check(tmp_path)
    case = case_of(tmp_path)
    told = {one.what: one.why for one in absent_papers(case, case, PARTS, ["scan0001.pdf"])}
    assert told["Hearing check"].endswith("no paper with what came of it is among these papers.")
    assert told["Report of Orthoptics, Northmoor Eye Clinic"].endswith("; no report of it is among these papers.")
    by_name = {one.what for one in absent_papers(case, case, PARTS, ["Hearing_2025.pdf"])}
    assert "Hearing check" not in by_name


def with_a_hearing_check(school: Path) -> None:
    """An action of July 2025 that no paper is near to."""
    meeting = school / "cases" / ADA / "meetings" / "2025-06-19-early-discussion.yaml"
    text = meeting.read_text("utf-8")
    old = next(line for line in text.splitlines() if "Hearing" in line and "done" in line)
    new = "  - {what: Hearing check, who: Samira Brown, by: 18 July 2025, done: 1 July 2025}"
    meeting.write_text(text.replace(old, new), "utf-8")


@pytest.mark.whole
def test_a_report_without_a_file_is_told_and_one_that_is_kept_from_parents_is_not(tmp_path: Path) -> None:
    copy_school(tmp_path, ADA)
    evidence = tmp_path / "cases" / ADA / "evidence.yaml"
    text = evidence.read_text("utf-8")
    assert "  - id: ot-report\n" in text
    withheld = text.replace("  - id: ot-report\n", "  - id: ot-report\n    audience: [school, authority]\n")
    evidence.write_text(withheld, "utf-8")
    whole = case_of(tmp_path)
    seen = seen_by(whole, "parents", find_project(tmp_path).schemas).case
    assert not any("Occupational" in str(item["title"]) for item in seen.data("evidence")["items"])
    assert not any("Occupational" in what for what in absent(whole, seen))
    items = [item for item in whole.data("evidence")["items"] if item["id"] != "ot-report"]
    record = whole.one("evidence")
    assert record is not None
    gone = replace(record, data={**record.data, "items": items})
    without = replace(whole, records=tuple(gone if one is record else one for one in whole.records))
    named = "Report of Northmoor Children's Occupational Therapy, 11 June 2026"
    assert absent(without)[named] == "the records name it; no copy of it is on file."


def test_nothing_after_the_day_of_the_request_is_missed() -> None:
    case = case_of(BUILT_IN)
    request = case.one("request")
    assert request is not None
    early = replace(request, data={**request.data, "date": date(2025, 8, 1)})
    found = absent(replace(case, records=tuple(early if one is request else one for one in case.records)))
    assert not any("Orthoptics" in what or "cycle" in what for what in found)
