"""The register: who is on it, what stands beside each row, what the census gets; counted again without our code."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from generator.folder.load_case import load_case
from generator.folder.school_folder import case_names, find_project
from generator.school.register import Choice, Entry, census_table, chosen, entry, history_table, register_table
from generator.school.tables.spreadsheet import comma_separated, workbook
from generator.school.tables.table import Column, Formula, Table
from tests.big_school import ON, write_school
from tests.example_school import KACPER, copy_school, plain_yaml, sendpack


def entries(folder: Path, on: date = ON) -> list[Entry]:
    project = find_project(folder)
    loaded = [load_case(project, name).case for name in case_names(project)]
    return [entry(case, project.pack_of(case), on) for case in loaded if case]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_school(tmp_path_factory.mktemp("big"), 120, 40)


@pytest.fixture(scope="module")
def everyone(big: Path) -> list[Entry]:
    return entries(big)


@pytest.mark.whole
def test_the_figures_are_those_of_the_files(big: Path, everyone: list[Entry]) -> None:
    files = [plain_yaml(path) for path in sorted((big / "cases").glob("*/pupil.yaml"))]
    supported = [f for f in files if f.get("sen_status", [{}])[-1].get("status") in ("K", "E")]
    rows = chosen(everyone, Choice())
    assert len(rows) == len(supported) == 40
    assert Counter(row.status for row in rows) == Counter(f["sen_status"][-1]["status"] for f in supported)
    assert Counter(row.primary for row in rows) == Counter(f["needs"][0]["sen_type"] for f in supported)
    by_upn = {f["upn"]: f["attendance"][0] for f in supported}
    for row in rows:
        assert row.attendance is not None
        assert abs(float(row.attendance) - by_upn[row.upn]["attended"] / 1.2) <= 0.05
    without = {path.parent.name for path in (big / "cases").glob("*/pupil.yaml") if "sen_status" in path.read_text()}
    without -= {path.parent.name for path in (big / "cases").glob("*/plan.yaml")}
    told = {row.case for row in rows if any(problem.rule == "plan-missing" for problem in row.findings)}
    assert told == without != set()


@pytest.mark.whole
def test_rows_are_chosen_by_year_need_and_stage(everyone: list[Entry]) -> None:
    rows = everyone
    assert {row.year for row in chosen(rows, Choice(years=("Year 4", "7")))} == {4, 7}
    assert {row.primary for row in chosen(rows, Choice(needs=("slcn",)))} == {"SLCN"}
    assert {row.primary for row in chosen(rows, Choice(needs=("sensory_and_physical",)))} == {"HI"}
    assert chosen(rows, Choice(stages=("request",))) == []
    assert {row.status for row in chosen(rows, Choice(stages=("EHC plan",)))} == {"E"}
    assert {row.status for row in chosen(rows, Choice(stages=("sen-support",)))} == {"K"}
    assert len(chosen(rows, Choice(stages=("sen-support", "ehc-plan")))) == 40
    assert len(chosen(rows, Choice(everyone=True))) == 120


def test_a_status_that_ended_is_kept_in_the_history(tmp_path: Path) -> None:
    folder = write_school(tmp_path / "school", 1, 1)
    file = folder / "cases" / "pupil-0000" / "pupil.yaml"
    ended = "  - {status: K, from: 2026-01-12, to: 2026-07-10, reason: It worked}\n  - {status: N, from: 2026-07-11}"
    file.write_text(file.read_text("utf-8").replace("  - {status: E, from: 2026-01-12}", ended), "utf-8")
    assert chosen(entries(folder), Choice()) == []
    case = load_case(find_project(folder), "pupil-0000").case
    assert case is not None
    history = history_table([case])
    assert [(row[2], row[4], row[5]) for row in history.rows] == [
        ("K", date(2026, 7, 10), "It worked"),
        ("N", None, ""),
    ]


def test_the_workbook_holds_every_row_and_text_stays_text(everyone: list[Entry]) -> None:
    rows = chosen(everyone, Choice())
    book = load_workbook(io.BytesIO(workbook([register_table(rows, ON)], "SEND register")))
    sheet = book["SEND register"]
    assert [cell.value for cell in sheet[1]][:3] == ["Pupil", "UPN", "Year"]
    assert sheet.max_row == 1 + len(rows) + 3  # a note two rows below
    assert sheet["F2"].is_date and sheet.freeze_panes == "B2"


def test_a_name_that_looks_like_a_formula_is_no_formula() -> None:
    table = Table(
        "T", (Column("a", "A"), Column("b", "B", form="number")), [('=HYPERLINK("http://x")', Formula("1+1"))]
    )
    sheet = load_workbook(io.BytesIO(workbook([table], "T")))["T"]
    assert (sheet["A2"].data_type, sheet["B2"].data_type) == ("s", "f")
    assert comma_separated(table).decode("utf-8-sig").splitlines()[1].startswith("\"'=HYPERLINK")


@pytest.mark.whole
def test_the_command_shows_the_example_school_and_writes_what_is_asked(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    (folder / "mine.xlsx").write_bytes(b"my own file")
    ran = sendpack(
        folder, "register", "--on", "2026-11-23", "--xlsx", "mine.xlsx", "--csv", "c.csv", "--census", "--history"
    )
    assert ran.returncode == 0, ran.stderr
    assert "Kacper Wiśniewski" in ran.stdout and "1 pupil: 1 SEN support." in ran.stdout
    # What was there is kept, and said.
    assert (folder / "mine (kept 1).xlsx").read_bytes() == b"my own file"
    assert "kept as mine (kept 1).xlsx" in ran.stdout
    again = sendpack(folder, "register", "--on", "2026-11-23", "--xlsx", "mine.xlsx")
    assert "kept" not in again.stdout and len(list(folder.glob("mine*"))) == 2
    [row] = csv.DictReader(io.StringIO((folder / "c.csv").read_text("utf-8-sig")))
    assert row["SEN provision"] == "K" and row["SEN type 1"] == "SLCN" and "Address" not in row


def test_the_census_begins_the_status_when_the_register_does(tmp_path: Path) -> None:
    folder = write_school(tmp_path / "school", 1, 1)
    file = folder / "cases" / "pupil-0000" / "pupil.yaml"
    moved = "  - {status: K, from: 2024-01-12, to: 2026-08-31}\n  - {status: K, from: 2026-09-01}"
    file.write_text(file.read_text("utf-8").replace("  - {status: E, from: 2026-01-12}", moved), "utf-8")
    case = load_case(find_project(folder), "pupil-0000").case
    assert case is not None
    [row], [shown] = census_table([case.data("pupil")], ON).rows, entries(folder)
    assert row[6:8] == ("K", date(2024, 1, 12)) and shown.since == date(2024, 1, 12)  # was: 1 September 2026


@pytest.mark.whole
def test_broken_files_are_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    (folder / "cases" / "ben").mkdir()
    (folder / "cases" / "ben" / "pupil.yaml").write_text("legal_surname: Gill\n", "utf-8")
    ran = sendpack(folder, "register", "--on", "2026-11-23")
    assert ran.returncode == 1
    assert "Kacper" in ran.stdout and "ben" in ran.stderr


@pytest.mark.whole
def test_the_register_can_be_printed(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    ran = sendpack(folder, "register", "--on", "2026-11-23", "--docx", "r.docx", "--pdf", "r.pdf")
    assert ran.returncode == 0, ran.stderr
    pages = pypdfium2.PdfDocument(folder / "r.pdf")
    text = " ".join(pages[0].get_textpage().get_text_range().split())
    pages.close()
    for words in ("SEND register", "1 pupil: 1 SEN support", "Kacper Wiśniewski", "Year 2", "7 Dec 2026"):
        assert words in text
    assert (folder / "r.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(("kind", "due"), [("new", date(2027, 1, 4)), ("updated_advice", None)])
def test_updated_advice_waits_for_no_decision(tmp_path: Path, kind: str, due: date | None) -> None:
    folder = copy_school(tmp_path, "ada-brown")
    file = folder / "cases" / "ada-brown" / "request.yaml"
    sent = f"\nkind: {kind}\nsent: {{date: 2026-11-20, to: Northmoor Council, received: 2026-11-23}}\n"
    file.write_text(file.read_text("utf-8").replace("\nkind: new\n", sent), "utf-8")
    [row] = entries(folder, date(2026, 11, 26))
    assert row.decision_due == due and bool(row.plan_due) == bool(due)
