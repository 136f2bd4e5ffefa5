"""Text from files that would steer a terminal, turn letters around, or be a formula: never raw in what we give out."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from generator.cli.text.sarif import sarif
from generator.problems import Problem, shown, without_steering, without_steering_in_json
from generator.records.record import Schemas, read_record
from generator.school.calendar.calendar_ics import CalendarEntry, read_back, written
from generator.school.imports.ctf import read_ctf
from generator.school.imports.lists.export_file import read_sheets
from generator.school.tables.spreadsheet import comma_separated, workbook
from generator.school.tables.table import Column, Table
from tests.example_school import KACPER, ROOT, copy_school, sendpack

STEERING = ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\u2066", "\ud800", "\u200f", "\u061c", "\u2029", "\U000e0041"]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\u00a0=1",
    "\n=1",
    "\t=1",
    "\r=1",
    " \u200b\ufeff =1",
    "＝1",
    "\u2003@x",
]


@pytest.mark.parametrize("steering", STEERING)
def test_a_text_is_free_of_what_steers_on_every_way_out(steering: str) -> None:
    text, bad = f"Ada{steering}Brown", set(steering) - set("[2J31m")
    assert not bad & set(shown(text)) and not bad & set(without_steering(text))
    in_json = without_steering_in_json(json.dumps(text, ensure_ascii=False))
    assert not bad & set(in_json) and json.loads(in_json) == text


def test_a_line_that_breaks_keeps_its_words_apart() -> None:
    assert without_steering("one\r\ntwo\rthree\u2028four\x0bfive") == "one\ntwo\nthree four five"


@pytest.mark.parametrize("escape", [r"\e[2J", r"\x07", r"\u202e", r"\ud800", r"\x9b", r"\0", r"\r"])
def test_a_record_cannot_hold_what_steers(escape: str) -> None:
    content = f'date: 2026-01-12\nreview_date: "4 May{escape} 2026"\n'.encode()
    record, problems = read_record(content, "cases/a/plan.yaml", "plan", Schemas.load([ROOT / "schemas"]))
    assert record is None
    assert [(p.line, p.rule) for p in problems if p.blocks] == [(2, "yaml-character")]


def test_the_marks_of_languages_from_right_to_left_may_stand() -> None:
    content = 'name: "\u200fعربي\u200e"\n'.encode()
    _, problems = read_record(content, "cases/school.yaml", "school", Schemas.load([ROOT / "schemas"]))
    assert all(problem.rule != "yaml-character" for problem in problems)


def table(cells: list[str]) -> Table:
    return Table("Pupils", (Column("name", "=Name"),), [[cell] for cell in cells])


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_csv_file_is_a_formula(cell: str, tmp_path: Path) -> None:
    content = comma_separated(table([cell]))
    heading, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert heading == ["'=Name"] and row[0].startswith("'")
    (tmp_path / "list.csv").write_bytes(content)
    if cell[0] != "\t":  # which would be taken for the mark between cells
        assert not read_sheets(tmp_path / "list.csv")[0].lines[1][0].startswith("'"), "our own mark comes off again"


def test_ordinary_cells_stay_as_they_are() -> None:
    cells = ["Ada Brown", "5-6 Lane", "o'clock", "% attended", "李 小龍", " Zoë"]
    assert comma_separated(table(cells)).decode("utf-8-sig").splitlines()[1:] == cells


@pytest.mark.parametrize("steering", STEERING)
def test_tables_hold_nothing_that_steers(steering: str) -> None:
    cells, bad = [f"Ada{steering}"], set(steering) - set("[2J31m")
    assert not bad & set(comma_separated(table(cells)).decode("utf-8"))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([table(cells)], "x"))).active
    assert not bad & set(sheet.cell(2, 1).value)


@pytest.mark.parametrize("steering", [*STEERING, "\r\nEND:VCALENDAR", "\x0b"])
def test_a_calendar_holds_nothing_that_steers(steering: str) -> None:
    event = CalendarEntry(f"a{steering}@x", date(2026, 1, 2), f"Ada{steering}: review", f"at{steering} 3")
    content = written([event], f"S{steering}").decode()
    assert not (set(steering) - set("[2J31m\r\nENDVCALR:")) & set(content)
    assert content.count("\nEND:VCALENDAR") == 1 and len(read_back(content.encode())) == 1


@pytest.mark.parametrize("steering", STEERING)
def test_sarif_holds_nothing_that_steers(steering: str) -> None:
    problem = Problem(f"cases/a b{steering}/log.yaml", 1, 1, "data", "x", f"no{steering}", f"do{steering}")
    made = sarif([problem], [], "1")["runs"][0]["results"][0]
    text = json.dumps(made, ensure_ascii=False)
    assert not (set(steering) - set("[2J31m")) & set(text)
    assert made["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("cases/a%20b")


@pytest.mark.parametrize("steering", ["\x1b[2J", "\u202e", "\x9b", "\u2066", "\x07"])
def test_an_import_takes_in_nothing_that_steers(steering: str, tmp_path: Path) -> None:
    bad = set(steering) - set("[2J")
    (tmp_path / "a.csv").write_text(f"Surname,Forename\nBr{steering}own,Ada\n", "utf-8")
    assert not bad & set("".join(read_sheets(tmp_path / "a.csv")[0].lines[1]))
    if steering.isprintable() or steering > "\x80":
        (tmp_path / "a.xml").write_text(
            f"<CTfile><CTFpupilData><Pupil><Surname>Br{steering}own</Surname></Pupil></CTFpupilData></CTfile>", "utf-8"
        )
        assert read_ctf(tmp_path / "a.xml")[0].values["legal_surname"] == "Brown"


@pytest.mark.whole
def test_the_terminal_is_never_steered_by_a_name(tmp_path: Path) -> None:
    """Through whatever a command says: names of files, of folders, what click itself says of a wrong word."""
    school = copy_school(tmp_path, KACPER)
    file = school / "cases" / KACPER / "log\x1b[2J.yaml"
    file.write_text("x: 1\n", "utf-8")
    (school / "cases" / KACPER / "plan.yaml").write_text('date: "2026-01-12\\e[31m"\n', "utf-8")
    for words in (
        ["check"],
        ["check", "--json"],
        ["check", "--sarif"],
        ["register"],
        ["check", "a\x1b[2Jb"],
        ["ch\x1b[2J"],
    ):
        done = sendpack(school, *words)
        assert "\x1b" not in done.stdout + done.stderr and done.returncode != 9, words
