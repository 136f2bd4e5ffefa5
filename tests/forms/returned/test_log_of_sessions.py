"""The log of sessions comes back as Word or as a workbook: each row a dated note of who gave the session."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.forms.filling.runs import run_of
from generator.forms.returned.session_rows import sessions_given
from generator.forms.returned.take_answers import look_at, take
from generator.word_files.docx_package import Member, W, parse, read_package, serialize, write_package
from tests.example_school import copy_school, sendpack

ADA = "ada-brown"
BACK = date(2026, 12, 3)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = copy_school(tmp_path_factory.mktemp("log") / "school", ADA)
    done = sendpack(folder, "ask", ADA, "--who", "ta", "--no-pdf", "--on", "29/11/2026")
    assert done.returncode == 0, done.stderr
    return find_project(folder)


def given(school: Project, ending: str) -> Path:
    return sorted((school.root / "output" / ADA / "ask").glob(f"*.{ending}"))[0]


@pytest.mark.whole
def test_a_workbook_has_a_sheet_for_each_adult_and_comes_back_row_by_row(school: Project) -> None:
    book = openpyxl.load_workbook(given(school, "xlsx"))
    assert book.sheetnames == ["Mrs Jahanara Begum", "Mrs Rosa Silva", "Ms Hannah Quinn"]
    sheet = book["Mrs Rosa Silva"]
    first = next(cell.row for cell in sheet["A"] if cell.value == "Date") + 1
    for column, value in enumerate((date(2026, 12, 1), "Story steps 3", 30, "Told it with two prompts"), 1):
        sheet.cell(first, column, value)
    sheet.cell(first + 1, 1, "2/12")
    sheet.cell(first + 1, 2, "Story steps 4")
    sheet.cell(first + 2, 2, "forgot the day")
    content = io.BytesIO()
    book.save(content)
    back = look_at(school, "log.xlsx", content.getvalue(), BACK)
    assert [(one.state, one.why) for one in back.proposals] == [
        ("new", ""),
        ("new", ""),
        ("kept", "the row has no date"),
        ("beside", ""),
    ]
    take(school, back)
    case = load_case(school, ADA).case
    assert case is not None
    notes = case.cycles[-1].data["do"]["notes"][-2:]
    assert [(row["date"], row["note"], row["by"]) for row in notes] == [
        (date(2026, 12, 1), "Story steps 3. Told it with two prompts (30 minutes)", "Mrs Rosa Silva"),
        (date(2026, 12, 2), "Story steps 4", "Mrs Rosa Silva"),
    ]
    asked = next(r for r in case.by_kind["asked"] if r.path.endswith("workbook.yaml"))
    assert len(asked.data["back"][0]["answers"][0]["rows"]) == 3, "the row without a day is kept too"


@pytest.mark.whole
def test_rows_typed_and_added_in_the_word_file_are_read_by_their_columns(school: Project) -> None:
    package = read_package(given(school, "docx").read_bytes())
    root = parse(package.parts[package.main])
    table = list(root.iter(W + "tbl"))[-1]
    rows = table.findall(W + "tr")
    for row, texts in zip(
        rows[1:3], (("30 Nov", "Sounds 12", "20", "14 of 20"), ("1 Dec", "Sounds 13", "", "tired")), strict=True
    ):
        for cell, text in zip(row.findall(W + "tc"), texts, strict=True):
            cell.find(W + "p").append(run_of(text, None))  # type: ignore[union-attr]
    parts = {**package.parts, package.main: serialize(root)}
    content = write_package(Member.of(name, part) for name, part in parts.items())
    back = look_at(school, "log.docx", content, BACK)
    noted = [one for one in back.proposals if one.keys == ("do", "notes")]
    assert [(one.state, one.value["date"], one.value["note"]) for one in noted] == [
        ("new", "30 November 2026", "Sounds 12. 14 of 20 (20 minutes)"),
        ("new", "1 December 2026", "Sounds 13. tired"),
    ]
    assert back.read is not None and not back.read.unplaced


@pytest.mark.whole
def test_the_sessions_of_a_log_are_proposed_as_counts_and_only_written_when_taken(school: Project) -> None:
    book = openpyxl.load_workbook(given(school, "xlsx"))
    sheet = book["Ms Hannah Quinn"]
    first = next(cell.row for cell in sheet["A"] if cell.value == "Date") + 1
    for number, day in enumerate((date(2026, 11, 25), date(2026, 12, 2))):
        sheet.cell(first + number, 1, day)
        sheet.cell(first + number, 2, "Talk time")
    sheet.cell(first + 2, 1, date(2026, 12, 2))
    sheet.cell(first + 2, 2, "Talk time on the phone")
    content = io.BytesIO()
    book.save(content)
    before = count_of(school, "talk-time-four")
    back = look_at(school, "counts.xlsx", content.getvalue(), BACK)
    (count,) = [one for one in back.proposals if one.title == "Sessions given"]
    assert count.answer.text.startswith("3 sessions of") and count.value == str(before + 3)
    assert f"{before} are counted already" in count.doubt
    take(school, back)
    assert count_of(school, "talk-time-four") == before, "not sure: somebody has to take it"
    sheet.cell(first + 3, 1, date(2026, 12, 3))
    sheet.cell(first + 3, 2, "Talk time about Christmas")
    book.save(content := io.BytesIO())
    more = look_at(school, "more.xlsx", content.getvalue(), BACK)
    done = take(school, more, also=("sessions",))
    assert not done.failed, done.failed
    assert count_of(school, "talk-time-four") == before + 1, "what was noted before is not counted again"


def count_of(school: Project, provision: str) -> int:
    case = load_case(school, ADA).case
    assert case is not None
    return int(next(r for r in case.cycles[-1].data["do"]["delivery"] if r["provision"] == provision)["delivered"])


@pytest.mark.parametrize(
    ("delivered_by", "name", "same"),
    [
        ("Mrs Leeson", "Mr Lee", False),
        ("Mrs Lee", "Mr Lee", False),
        ("Mrs Smith-Lee", "Mrs Lee", False),
        ("Teaching assistant (Mr Lee)", "Mr Lee", True),
        ("Mrs Lee and Mr Lee’s group", "Mr Lee", True),
        ("Ms H. Quinn", "Ms Hannah Quinn", True),
    ],
)
def test_a_session_is_of_the_provision_of_its_adult_by_the_whole_name(
    school: Project, delivered_by: str, name: str, same: bool
) -> None:
    case = load_case(school, ADA).case
    assert case is not None
    one = {"id": "talk", "title": "Talk time", "delivered_by": delivered_by}
    found = sessions_given(case, [one], [({"What we did": ""}, {"by": name})])
    assert found == (({"talk": 1}, 0) if same else ({}, 1))


@pytest.mark.whole
def test_every_cell_of_the_printed_log_is_a_field_that_is_read_back(tmp_path: Path) -> None:
    folder = copy_school(tmp_path / "school", ADA)
    done = sendpack(folder, "ask", ADA, "--who", "ta", "--on", "29/11/2026")
    assert done.returncode == 0, done.stderr
    asked = find_project(folder)
    with pikepdf.open(given(asked, "pdf")) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
        cells = [name for name in fields if "@" in name]
        assert cells[:4] == [f"sendpack:sessions@1@{c}" for c in ("Date", "What we did", "Minutes", "How it went")]
        assert len(cells) == 4 * 10 and str(fields[cells[5]].TU) == "What we did, row 2"
        rects = [[float(v) for v in fields[name].Rect] for name in cells]
        assert all(a[2] <= b[0] for a, b in pairwise(rects[:4])), "side by side"
        assert rects[4][3] <= rects[0][1], "row below row"
        for name, text in zip(cells[4:8], ("1/12", "Sounds 12", "20", "14 of 20"), strict=True):
            fields[name].V = pikepdf.String(text)
        content = io.BytesIO()
        pdf.save(content)
    back = look_at(asked, "log.pdf", content.getvalue(), BACK)
    take(asked, back)
    case = load_case(asked, ADA).case
    assert case is not None
    note = case.cycles[-1].data["do"]["notes"][-1]
    assert (note["date"], note["note"]) == (date(2026, 12, 1), "Sounds 12. 14 of 20 (20 minutes)")
