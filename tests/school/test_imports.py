"""Imports: pupils found by UPN, changes shown first and written without touching what the SENCO wrote."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.records.record import Record, read_record
from generator.records.yaml_text.yaml_editor import with_row, with_value
from generator.records.yaml_text.yaml_layout import NoPlaceForIt
from generator.school.imports.ctf import read_ctf
from generator.school.imports.incoming_pupil import meaning
from generator.values.parsing import Unreadable
from tests.big_school import write_school
from tests.example_school import ROOT, copy_school, sendpack

ADA = "ada-brown"
CTF = ROOT / "tests" / "exports" / "9994001_CTF_9994002_001.xml"


def pupil_file(folder: Path, name: str) -> Path:
    return folder / "cases" / name / "pupil.yaml"


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return copy_school(tmp_path / "school", ADA)


def export(school: Path, text: str, name: str = "export.csv") -> Path:
    (school / name).write_text(text, "utf-8")
    return school / name


UPN = "X999400122017"


@pytest.mark.whole
def test_changes_are_shown_first_and_written_when_asked(school: Path) -> None:
    file = pupil_file(school, ADA)
    before = file.read_text("utf-8")
    export(school, f"UPN,Surname,Forename,DOB,Year group,Reg,SEN status\n{UPN},Brown,Ada,14/05/2018,Year 4,4B,E\n")
    looked = sendpack(school, "import", "export.csv")
    assert looked.returncode == 0, looked.stderr
    assert "class: 4A → 4B" in looked.stdout and "Write them with --apply" in looked.stdout
    assert file.read_text("utf-8") == before and not (school / "import-columns.csv").exists()
    ran = sendpack(school, "import", "export.csv", "--apply")
    assert ran.returncode == 0, ran.stderr
    # One line has changed, and the history has a row more; comments, order, quotes and all else are as they were.
    changed = changed_lines(before, file.read_text("utf-8"))
    assert changed[:2] == ["- class: 4A", '+ class: "4B"']
    assert len(changed) == 3 and changed[2].startswith("+   - {from: ")  # as the row above it is written
    # Status is the SENCO's: told, never changed.
    assert "SEN status is E in the export, K since 11 September 2025 here" in ran.stdout
    again = sendpack(school, "import", "export.csv", "--apply")
    assert "0 files changed" in again.stdout


@pytest.mark.whole
def test_the_mapping_is_saved_and_can_be_corrected(school: Path) -> None:
    export(school, f"Pupil no,Group\n{UPN},4C\n")
    refused = sendpack(school, "import", "export.csv")
    assert refused.returncode == 2 and "has no column for upn or legal surname" in refused.stderr
    (school / "import-columns.csv").write_text("Column,Field\nPupil no,upn\nGroup,class\n", "utf-8")
    assert "class: 4A → 4C" in sendpack(school, "import", "export.csv").stdout
    (school / "import-columns.csv").write_text("Column,Field\nPupil no,upn\nGroup,klass\n", "utf-8")
    wrong = sendpack(school, "import", "export.csv")
    assert wrong.returncode == 2 and "klass" in wrong.stderr


@pytest.mark.whole
def test_an_excel_export_is_read_like_a_csv_file(school: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["UPN", "Date of birth", "Year", "EAL"])
    sheet.append([UPN, date(2018, 5, 14), 4, "Y"])
    book.save(school / "export.xlsx")
    ran = sendpack(school, "import", "export.xlsx", "--apply")
    assert ran.returncode == 0, ran.stderr
    assert "eal: No → Yes" in ran.stdout and "date_of_birth" not in ran.stdout.partition("\n\n")[2]
    case = load_case(find_project(school), ADA).case
    assert case is not None and case.data("pupil")["eal"] is True


@pytest.mark.whole
def test_pupils_who_are_not_there_are_told_or_begun(school: Path) -> None:
    rows = "F999999925001,Hill,Ben,14/05/2018,4,K\nV999999925002,Lee,Cy,14/05/2018,4,N\n"
    export(school, "UPN,Surname,Forename,DOB,Year,SEN status\n" + rows)
    told = sendpack(school, "import", "export.csv", "--apply")
    assert "row 2: Ben Hill has no folder here" in told.stdout and not pupil_file(school, "ben-hill").exists()
    # Since when is asked once for all; where nobody can answer nothing is written.
    asked = sendpack(school, "import", "export.csv", "--apply", "--create")
    assert asked.returncode == 2 and "--since" in asked.stderr and not pupil_file(school, "ben-hill").exists()
    ran = sendpack(school, "import", "export.csv", "--apply", "--create", "--since", "01/09/2026")
    assert ran.returncode == 0, ran.stderr
    # Only the pupil with SEN gets a folder, and it passes the check.
    assert not pupil_file(school, "cy-lee").exists()
    loaded = load_case(find_project(school), "ben-hill")
    assert loaded.case is not None and not loaded.broken, loaded.problems
    pupil = loaded.case.data("pupil")
    assert (pupil["upn"], pupil["sen_status"][0]["from"]) == ("F999999925001", date(2026, 9, 1))


def test_two_children_are_never_taken_for_one(school: Path) -> None:
    export(school, "UPN,Surname,Forename,DOB,Reg\nF999999925001,Brown,Ada,14/05/2018,9Z\n")
    ran = sendpack(school, "import", "export.csv", "--apply", "--create")
    assert "has another UPN in cases/ada-brown/pupil.yaml" in ran.stdout
    assert "9Z" not in pupil_file(school, ADA).read_text("utf-8")


@pytest.mark.whole
def test_a_value_that_is_not_understood_stops_its_row_aloud(school: Path) -> None:
    export(school, f"UPN,DOB,Reg,Year\n{UPN},31/02/2018,4B,Year X\n")
    ran = sendpack(school, "import", "export.csv", "--apply")
    assert "31 February" in ran.stdout and "`Year X` is no year group" in ran.stdout
    assert "0 files changed, 1 to work through" in ran.stdout
    assert "4B" not in pupil_file(school, ADA).read_text("utf-8")
    # A column that need not be right is left out, and the row goes in.
    without = sendpack(school, "import", "export.csv", "--column", "DOB=not used", "--column", "Year=not used")
    assert "class: 4A → 4B" in without.stdout
    (school / "import-columns.csv").unlink()
    # A number that does not fit its check letter never gets into the file.
    export(school, "UPN,Surname,Forename,DOB,ULN\n,Brown,Ada,14/05/2018,1234567890\n")
    wrong = sendpack(school, "import", "export.csv", "--apply")
    assert "to be done by hand" in wrong.stdout and "1234567890" not in pupil_file(school, ADA).read_text("utf-8")


@pytest.mark.whole
def test_attendance_is_brought_up_to_date_and_added(school: Path) -> None:
    file = pupil_file(school, ADA)
    before = file.read_text("utf-8")
    export(school, f"UPN,Attended,Possible\n{UPN},120,126\n")
    ran = sendpack(school, "import", "export.csv", "--apply", "--from", "02/09/2026", "--to", "11/12/2026")
    assert ran.returncode == 0, ran.stderr
    # The row of the autumn that had been written until 13 November goes on; comments of other rows stay.
    [old, new] = changed_lines(before, file.read_text("utf-8"))
    assert old.startswith("-   - {from: 2 September 2026, to: 13 November 2026, attended: 90")
    assert new == "+   - {from: 2 September 2026, to: 11 December 2026, attended: 120, possible: 126}"
    later = sendpack(school, "import", "export.csv", "--apply", "--from", "04/01/2027", "--to", "12/02/2027")
    assert "a new row: from 4 January 2027" in later.stdout
    assert (
        "0 files changed"
        in sendpack(school, "import", "export.csv", "--apply", "--from", "04/01/2027", "--to", "12/02/2027").stdout
    )


@pytest.mark.whole
def test_results_of_a_whole_group_are_added_and_never_overwritten(school: Path) -> None:
    (school / "import-columns.csv").write_text(
        "Column,Field\nUPN,upn\nReading,attainment: Reading\nMaths,attainment: Mathematics\n", "utf-8"
    )
    export(school, f"UPN,Reading,Maths\n{UPN},WTS,EXS\n")
    words = ("import", "export.csv", "--apply", "--date", "20/11/2026")
    ran = sendpack(school, *words)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("a new row: date 20 November 2026") == 2
    export(school, f"UPN,Reading,Maths\n{UPN},GDS,EXS\n")
    again = sendpack(school, *words)
    assert "Reading of 20 November 2026 is WTS here, GDS in the export" in again.stdout
    assert "0 files changed" in again.stdout
    case = load_case(find_project(school), ADA).case
    assert case is not None
    assert [row["result"] for row in case.data("pupil")["attainment"][-2:]] == ["WTS", "EXS"]


# -- the Common Transfer File -----------------------------------------------------------------------------------------


@pytest.mark.whole
def test_a_ctf_imports_and_the_second_time_changes_nothing(tmp_path: Path) -> None:
    folder = write_school(tmp_path / "school", 2, 2)
    ran = sendpack(folder, "import", str(CTF), "--apply", "--create")
    assert ran.returncode == 0, ran.stderr + ran.stdout
    project = find_project(folder)
    first = load_case(project, "pupil-0000").case
    assert first is not None
    pupil = first.data("pupil")
    assert (pupil["preferred_name"], pupil["ethnicity"], pupil["postcode"]) == ("Addie", "WBRI", "ZZ99 3CZ")
    assert pupil["address"].split("\n")[:2] == ["12 Tannery Row", "Northmoor"]
    assert pupil["forenames"] == "Ada Rose"
    year = next(row for row in pupil["attendance"] if row["possible"] == 380)
    assert (year["from"], year["to"], year["attended"]) == (date(2025, 9, 1), date(2026, 7, 31), 350)
    assert pupil["attainment"][0]["date"] == date(2026, 6, 26)
    # What has no place is told.
    assert "not taken over: free school meal history" in ran.stdout
    assert "SEN status is K in the export, E since 12 January 2026 here" in ran.stdout
    new = load_case(project, "niamh-ohara")
    assert new.case is not None and not new.broken, new.problems
    assert new.case.data("pupil")["people"][0]["name"] == "Roisin O'Hara"
    assert new.case.data("pupil")["sen_status"][0]["status"] == "K"
    files = {path: path.read_bytes() for path in (folder / "cases").rglob("*.yaml")}
    again = sendpack(folder, "import", str(CTF), "--apply", "--create")
    assert "0 files changed, 0 to work through" in again.stdout
    assert {path: path.read_bytes() for path in (folder / "cases").rglob("*.yaml")} == files


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no xml",
        "<CTfile><Header/></CTfile>",
        '<!DOCTYPE x [<!ENTITY a "b">]><CTfile><CTFpupilData><Pupil><UPN>&a;</UPN></Pupil></CTFpupilData></CTfile>',
    ],
)
def test_what_is_no_ctf_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.xml"
    file.write_text(content, "utf-8")
    with pytest.raises(WrongUse):
        read_ctf(file)


def test_a_ctf_with_a_namespace_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(CTF.read_text("utf-8").replace("<CTfile>", '<CTfile xmlns="urn:x">'), "utf-8")
    assert [one.values["upn"] for one in read_ctf(file)] == ["T999400125000", "F999999925001"]


# -- single values in the text ----------------------------------------------------------------------------------------


SHAPE = find_project(ROOT).schemas.shape("pupil")


def read(text: str) -> Record:
    project = find_project(ROOT)
    record, problems = read_record(text.encode(), "cases/x/pupil.yaml", "pupil", project.schemas)
    assert record is not None, problems
    return record


BASE = """# my own words
legal_surname: Brown # kept
forenames: "Ada"
date_of_birth: 2018-05-14

# about her class
year_group: 4
address: |
  12 Tannery Row
  Northmoor

people:
- {id: p, name: Pat, relationship: mother, parental_responsibility: yes}
"""


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("legal_surname", "Green", ["- legal_surname: Brown # kept", "+ legal_surname: Green # kept"]),
        ("forenames", "Ada Rose", ['- forenames: "Ada"', '+ forenames: "Ada Rose"']),
        ("year_group", 5, ["- year_group: 4", "+ year_group: 5"]),
        ("preferred_name", "Addie", ["+ preferred_name: Addie"]),
        ("class", "no", ["+ class: no"]),
        ("address", "1 Quay\nNorthmoor", ["-   12 Tannery Row", "+   1 Quay"]),
    ],
)
def test_one_value_changes_one_place(key: str, value: object, expected: list[str]) -> None:
    text = with_value(BASE, (key,), value, SHAPE)
    assert changed_lines(BASE, text) == expected
    assert read(text).data[key] == value or key == "address"
    windows = BASE.replace("\n", "\r\n")
    assert with_value(windows, (key,), value, SHAPE) == text.replace("\n", "\r\n")


def test_a_row_is_added_in_the_way_the_list_is_written() -> None:
    row = {"id": "q", "name": "Quinn, with a comma", "relationship": "father", "parental_responsibility": True}
    text = with_row(BASE, "people", row, SHAPE)
    assert changed_lines(BASE, text)[0].startswith("+ - {id: q, ")
    assert read(text).data["people"][1]["name"] == "Quinn, with a comma"
    begun = with_row(BASE, "attendance", {"from": date(2026, 9, 2), "attended": 1}, SHAPE)
    assert "+   - from: 2 September 2026" in changed_lines(BASE, begun)
    flow = with_row(BASE.replace("people:\n- ", "people: [").rstrip() + "]\n", "people", row, SHAPE)
    assert [one["id"] for one in read(flow).data["people"]] == ["p", "q"]
    with pytest.raises(NoPlaceForIt):
        with_row(BASE, "legal_surname", row, SHAPE)


@pytest.mark.parametrize(("text", "year"), [("Year 4", 4), ("Reception", "R"), ("R", "R"), ("04", 4), ("N2", "N2")])
def test_year_groups_are_read_as_systems_write_them(text: str, year: object) -> None:
    assert meaning("year", text) == year


def test_a_word_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(Unreadable):
        meaning("yes_no", "perhaps")


def test_a_ctf_tells_a_whole_history_and_unknown_parts_by_name(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    history = (
        "<SENhistory><SEN><StartDate>2025-09-01</StartDate><SENprovision>E</SENprovision></SEN>"
        "<SEN><StartDate>2023-01-09</StartDate><SENprovision>K</SENprovision></SEN><SENneeds>"
        "<SENneed><NeedEndDate>2024-07-01</NeedEndDate><SENtypeRank>1</SENtypeRank><SENtype>MLD</SENtype></SENneed>"
        "<SENneed><SENtypeRank>1</SENtypeRank><SENtype>ASD</SENtype></SENneed>"
        "<SENneed><SENtypeRank>3</SENtypeRank><SENtype>HI</SENtype></SENneed></SENneeds></SENhistory>"
        "<LookedAfter><InCare>true</InCare><CareAuthority>999</CareAuthority></LookedAfter>"
        "<NewPartOfTheFile><X>1</X></NewPartOfTheFile>"
    )
    text = CTF.read_text("utf-8")
    first = text.index("<SENhistory>", text.index("Niamh"))
    end = text.index("</SENhistory>", first) + len("</SENhistory>")
    file.write_text(text[:first] + history + text[end:], "utf-8")
    folder = write_school(tmp_path / "school", 2, 2)
    ran = sendpack(folder, "import", str(file), "--apply", "--create")
    assert ran.returncode == 0, ran.stderr
    case = load_case(find_project(folder), "niamh-ohara").case
    assert case is not None
    pupil = case.data("pupil")
    assert [(row["status"], str(row["from"]), str(row.get("to", ""))) for row in pupil["sen_status"]] == [
        ("K", "2023-01-09", "2025-08-31"), ("E", "2025-09-01", ""),
    ]  # fmt: skip
    assert [need["sen_type"] for need in pupil["needs"]] == ["ASD", "HI"] and "looked_after" in pupil
    for told in ("new part of the file", "(number 999)"):
        assert f"not taken over: {told}" in ran.stdout or told in ran.stdout, told
