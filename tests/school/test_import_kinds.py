"""Exports of many kinds, each with the register that it must give: whatever is not taken is told."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generator.folder.school_folder import Project, find_project
from generator.problems import WrongUse
from generator.school.imports.apply_import import apply
from generator.school.imports.lists import spreadsheet_columns as sc
from tests.example_school import copy_school
from tests.school.import_outcome import HEADS, brief, look, register, row
from tests.school.pupil_lists import upn, workbook


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A school's folder without pupils."""
    return find_project(copy_school(tmp_path / "school"))


# -- rows that name nobody, rows that go on ---------------------------------------------------------------------------


def test_units_totals_counts_and_notes_are_no_pupils(project: Project) -> None:
    text = (
        "Larkfield Primary School,,,,,,\nFilter: on roll,,,,,,\n,,,,,,\n"
        "Adno,Legal Surname,Legal Forename,UPN,DOB,SEN Status,Attendance\n,,,,(dd/mm/yyyy),,%\n"
        f"001,Hill,Ben,{upn(1)},14/05/2018,K,92.1\n,,,,,,\n002,Page,Sum,{upn(2)},15/05/2018,E,88\n"
        "Total pupils,2,,,,,90\nK,1,,,,,\n,,,,Total SEN,2,\n"
    )
    result, said = look(project, text)
    assert [one.case for one in result.outcomes] == ["ben-hill", "sum-page"]
    assert not result.to_work_through and not result.without_sen
    assert "“Total pupils”, “2”, “90”" in said and "“Total SEN”" in said


def test_a_pupil_whose_name_is_a_word_of_totals_is_a_pupil(project: Project) -> None:
    apply(look(project, f"{HEADS}\n{row(1, surname='Key')}")[0].outcomes)
    result, _ = look(project, f"Surname,UPN,Class\nKey,{upn(1)},4B\nKey to colours,,\n")
    assert result.changed == 1 and not result.to_work_through


def test_a_need_below_a_pupil_without_the_name_again_is_the_pupils(project: Project) -> None:
    text = f"{HEADS},SEN Need,Need Rank\n{row(1, 'SLCN', '1')},,,,,,SEMH,2\n{row(2, 'MLD', '1', forename='Cam')}"
    assert [brief(one) for one in register(project, text).values()] == ["K 2026-09-01 SLCN SEMH", "K 2026-09-01 MLD"]
    assert "row 3 has no name: it was read as going on with row 2" in look(project, text)[1]


def test_a_second_list_below_with_its_columns_in_another_order(project: Project) -> None:
    text = f"{HEADS}\n{row(1)},,,,,\nForename,Surname,UPN,DOB,Year,SEN Status\nCam,Reed,{upn(2)},15/05/2018,4,E\n"
    found = register(project, text)
    assert {name: one["upn"] for name, one in found.items()} == {"Ben Hill": upn(1), "Cam Reed": upn(2)}


def test_a_row_of_marks_that_are_headings_elsewhere_is_a_pupil(project: Project) -> None:
    text = "Forename,Surname,Born,SEN status,A,B,C\nBen,Hill,43234,K,PP,FSM,EAL\nCam,Reed,43235,SEN,PP,FSM,LAC\n"
    result, said = look(project, text)
    assert [one.case for one in result.outcomes] == ["ben-hill"] and len(result.to_work_through) == 1
    assert "other headings" not in said


@pytest.mark.whole
def test_a_child_with_a_number_on_one_sheet_and_without_on_another_is_one(project: Project) -> None:
    rows = [["Surname", "Forename", "DOB", "SEN Status", "UPN"], ["Hill", "Ben", "14/05/2018", "K", ""]]
    with_number = [["UPN", "Surname", "Forename", "DOB", "Class"], [upn(1), "Hill", "Ben", "14/05/2018", "4A"]]
    found = register(project, workbook(("SEN", rows), ("Class", with_number)), "list.xlsx")
    assert [(one["upn"], one["class"]) for one in found.values()] == [(upn(1), "4A")]


# -- statuses ---------------------------------------------------------------------------------------------------------


def test_several_statuses_over_time_are_the_history_of_one_pupil(project: Project) -> None:
    text = (
        "UPN,Surname,Forename,DOB,SEN Status,SEN Start Date,SEN End Date\n"
        f"{upn(1)},Hill,Ben,14/05/2016,E,11/01/2025,\n{upn(1)},Hill,Ben,14/05/2016,K,01/09/2022,10/01/2025\n"
        f"{upn(2)},Reed,Cam,14/05/2016,K,01/09/2023,20/07/2025\n"
    )
    result, _ = look(project, text)
    assert brief(register(project, text)["Ben Hill"]) == "K E 2025-01-11"
    assert result.without_sen == ["row 4: Cam Reed"] and not result.to_work_through


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("SEN,EHCP", "Y,N", "K 2026-09-01"),
        ("SEN,EHCP", "Y,Y", "E 2026-09-01"),
        ("SEN,EHCP", "N,N", "without SEN"),
        ("SEN Support,EHCP", "✓,", "K 2026-09-01"),
        ("SEN Support,EHCP", ",✓", "E 2026-09-01"),
        ("SEN Status,EHCP", "K,Y", "and an EHC plan in one row"),
        ("SEN,EHCP", "Y,12/01/2024", "neither yes nor no"),
        ("SEN,Notes", "Y,x", "does not say whether it is SEN support or an EHC plan"),
        ("SEN,Notes", "F,x", "without SEN"),
    ],
)
def test_ticks_for_support_and_for_a_plan_are_put_together(
    project: Project, heads: str, cells: str, expected: str
) -> None:
    text = f"UPN,Surname,Forename,DOB,{heads}\n{upn(1)},Hill,Ben,14/05/2018,{cells}\n"
    result, said = look(project, text)
    if result.outcomes:
        assert brief(register(project, text)["Ben Hill"]) == expected
    else:
        assert expected.casefold() in said.casefold()


def test_who_has_left_by_the_list_begins_no_folder(project: Project) -> None:
    text = f"{HEADS},Leaving Date\n{row(1, '20/07/2026')}{row(2, '20/07/2027', forename='Cam')}"
    result, said = look(project, text)
    assert [one.case for one in result.outcomes] == ["cam-hill"]
    assert result.left == ["row 2: Ben Hill, 20 July 2026"] and "Left the school" in said


def test_a_later_list_tells_joiners_changes_and_who_is_not_in_it(project: Project) -> None:
    apply(look(project, f"{HEADS},Class\n{row(1, '4A')}{row(2, '4A', forename='Cam')}")[0].outcomes)
    later = f"{HEADS},Class\n{row(1, '4B')}{row(3, '4A', forename='Dot')}"
    result, said = look(project, later, on=date(2026, 12, 1))
    assert (result.new, result.changed) == (1, 1) and "class: 4A → 4B" in said
    assert result.not_listed == ["Cam Hill (cases/cam-hill)"] and "Here, and not in this list (1)" in said
    apply(result.outcomes)
    again, _ = look(project, later, on=date(2026, 12, 1))
    assert (again.new, again.changed) == (0, 0)


# -- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Social, Emotional and Mental Health (SEMH), Specific Learning Difficulty (SPLD)", "SEMH SPLD"),
        ("SEMH - Social, Emotional and Mental Health; SLCN - Speech, Language and Communication Needs", "SEMH SLCN"),
        ("SLCN, SEMH, MLD", "SLCN SEMH MLD"),
        ("SEMH & SLCN", "SEMH SLCN"),
        ("1. SLCN 2. SEMH", "SLCN SEMH"),
        ("SEMH (2), SLCN (1)", "SLCN SEMH"),
        ("SpLD (dyslexia)", "SPLD"),
        ("SPLD - Literacy", "SPLD"),
        ("None", ""),
        ("N/A", ""),
        ("-", ""),
    ],
)
def test_no_need_of_a_cell_is_lost(project: Project, cell: str, expected: str) -> None:
    text = f"{HEADS},SEN Need\n{row(1, cell)}"
    assert brief(register(project, text)["Ben Hill"]) == f"K 2026-09-01 {expected}".strip()


@pytest.mark.parametrize("cell", ["SEMH, ADHD", "ADHD", "SLCN and anxiety", "BESD"])
def test_a_need_that_is_no_type_of_the_census_stops_its_row(project: Project, cell: str) -> None:
    result, _ = look(project, f"{HEADS},SEN Need\n{row(1, cell)}")
    assert not result.outcomes and len(result.to_work_through) == 1 and cell in result.to_work_through[0]


def test_a_schools_own_words_beside_a_need_are_told(project: Project) -> None:
    said = look(project, f"{HEADS},SEN Need\n{row(1, 'SPLD - Literacy')}")[1]
    assert "not taken over: the words “literacy” beside the need, in “SPLD - Literacy”" in said


@pytest.mark.parametrize(
    ("cell", "says"),
    [("#REF!", "is what Excel shows"), ("########", "is what Excel shows"), ("#N/A", "is what Excel shows")],
)
def test_an_error_of_excels_is_never_a_value(project: Project, cell: str, says: str) -> None:
    result, _ = look(project, f"{HEADS},Class\n{row(1, cell)}")
    assert not result.outcomes and says in result.to_work_through[0]


def test_dashes_are_empty_cells_and_answers_may_have_words_beside_them(project: Project) -> None:
    text = f"{HEADS},Class,PP,LAC,FSM\n{row(1, '-', 'Yes (Ever 6)', 'In Care (Leicester)', 'No - not eligible')}"
    ben = register(project, text)["Ben Hill"]
    assert "class" not in ben and "looked_after" in ben
    assert ben["pupil_premium"] is True and ben["free_school_meals"] is False


@pytest.mark.parametrize(
    ("name", "full", "known"),
    [
        ("BROWN, Ada Rose (Addie)", "Ada Rose Brown", "Addie"),
        ("Miss Ada Brown", "Ada Brown", None),
        ("BROWN Ada", "Ada Brown", None),
        ('Brown, Ada ""Addie""', "Ada Brown", "Addie"),
        ("O'Brien, Niamh (Neev)", "Niamh O'Brien", "Neev"),
        ("Hill, Ben (4A)", "Ben Hill", None),
    ],
)
def test_a_name_in_one_column_gives_its_parts(project: Project, name: str, full: str, known: str | None) -> None:
    found = register(project, f'UPN,Name,DOB,SEN Status\n{upn(1)},"{name}",14/05/2018,K\n')
    assert {one: data.get("preferred_name") for one, data in found.items()} == {full: known}


def test_a_name_beside_a_column_for_the_surname_gives_the_forename(project: Project) -> None:
    text = f'UPN,Name,Preferred surname,Legal surname,DOB,SEN Status\n{upn(1)},"Hill, Ben",Hill,Rees,14/05/2018,K\n'
    assert [one["known_as_surname"] for one in register(project, text).values()] == ["Hill"]


def test_brackets_in_names_are_the_name_used_or_told(project: Project) -> None:
    text = f"{HEADS}\n{row(1, forename='William (Bill)')}{row(2, surname='Hart (née Rees)')}"
    assert {name: one.get("preferred_name") for name, one in register(project, text).items()} == {
        "William Hill": "Bill", "Ben Hart": None,
    }  # fmt: skip
    assert "“(née Rees)” beside the legal surname" in look(project, text)[1]


@pytest.mark.parametrize("surname", ["£ucja", "Nov?k", "=cmd|' /C calc'!A0", "3"])
def test_what_is_no_name_is_not_taken_for_one(project: Project, surname: str) -> None:
    result, _ = look(project, f"{HEADS}\n{row(1, surname=surname)}")
    assert not result.outcomes and len(result.to_work_through) == 1


def test_two_contacts_in_columns_are_the_people_of_a_new_pupil(project: Project) -> None:
    text = (
        f"{HEADS},Priority 1 Contact Name,Priority 1 Contact Relationship,Priority 1 Contact Mobile,"
        "Priority 1 Contact Parental Responsibility,Contact 2 Title,Contact 2 Forename,Contact 2 Surname\n"
        f"{row(1, 'Ms Eva Hill', 'Mother', '07700 900 001', 'Yes', 'Mr', 'Tom', 'Rees')}"
    )
    people = register(project, text)["Ben Hill"]["people"]
    assert [(one["title"], one["name"], one["relationship"], one["parental_responsibility"]) for one in people] == [
        ("Ms", "Eva Hill", "mother", True), ("Mr", "Tom Rees", "contact", "not_known"),
    ]  # fmt: skip
    assert people[0]["mobile"] == "07700 900 001"
    assert "whether Tom Rees has parental responsibility is not in the list" in look(project, text)[1]


def test_a_contacts_column_is_named_and_kept_like_any_other(project: Project) -> None:
    file = project.root / "list.csv"
    file.write_text("UPN,Surname,Forename,DOB,Mum,Guardian PR\n", "utf-8")
    columns = sc.propose(sc.read_lists(file, {}), sc.Columns({}))
    assert (
        columns.fields["Mum"] == "contact.mother.name" and columns.fields["Guardian PR"] == "contact.1.responsibility"
    )
    kept = project.root / sc.COLUMNS_FILE
    kept.write_bytes(sc.columns_file(columns))
    assert sc.saved_columns(kept).fields == columns.fields


# -- files ------------------------------------------------------------------------------------------------------------


def test_a_web_page_with_merged_headings_and_lines_in_cells(project: Project) -> None:
    page = (
        '<html><head><meta charset="windows-1252"></head><body><table><tr><td colspan="7">SEN</td></tr>'
        '<tr><th rowspan="2">UPN</th><th rowspan="2">Surname</th><th rowspan="2">Forename</th><th rowspan="2">DOB</th>'
        '<th colspan="3">SEN</th></tr><tr><th>Status</th><th>Start Date</th><th>Need</th></tr>'
        f"<tr><td>{upn(1)}</td><td>Nuñez&nbsp;</td><td>Zoë</td><td>14/05/2018</td><td>K</td><td>01/09/2025</td>"
        "<td>SEMH<br>SLCN</td></tr></table></body></html>"
    )
    found = register(project, page.encode("cp1252"), "list.xls")
    assert {name: brief(one) for name, one in found.items()} == {"Zoë Nuñez": "K 2025-09-01 SEMH SLCN"}


def excel(rows: list[list[object]], *merged: str, mac: bool = False, hidden: int = 0) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for one in rows:
        sheet.append(one)
    for cells in merged:
        sheet.merge_cells(cells)
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.whole
def test_a_class_that_is_merged_over_its_pupils_is_theirs_all(project: Project) -> None:
    rows: list[list[object]] = [["Class", *HEADS.split(",")], ["Oak", upn(1), "Hill", "Ben", date(2018, 5, 14), 4, "K"]]
    rows.append([None, upn(2), "Reed", "Cam", date(2018, 5, 15), 4, "E"])
    found = register(project, excel(rows, "A2:A3"), "list.xlsx")
    assert [one["class"] for one in found.values()] == ["Oak", "Oak"]


@pytest.mark.whole
def test_headings_merged_over_two_rows_are_the_columns(project: Project) -> None:
    rows: list[list[object]] = [["UPN", "Surname", "Forename", "DOB", "SEN", None], [None] * 4 + ["Status", "Need"]]
    rows.append([upn(1), "Hill", "Ben", date(2018, 5, 14), "K", "SLCN"])
    content = excel(rows, "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1")
    assert [brief(one) for one in register(project, content, "list.xlsx").values()] == ["K 2026-09-01 SLCN"]


@pytest.mark.whole
def test_days_from_1904_and_rows_that_a_filter_hides(project: Project) -> None:
    born = (date(2018, 5, 14) - date(1904, 1, 1)).days
    rows: list[list[object]] = [HEADS.split(","), [upn(1), "Hill", "Ben", born, 4, "K"]]
    content = excel(rows, mac=True, hidden=2)
    assert register(project, content, "list.xlsx")["Ben Hill"]["date_of_birth"] == date(2018, 5, 14)
    assert "1 hidden row of it, as by a filter, were read too" in look(project, content, "list.xlsx")[1]


@pytest.mark.whole
def test_a_formula_counts_by_its_result_and_is_refused_without_one(project: Project) -> None:
    content = excel([HEADS.split(","), [upn(1), "Hill", "Ben", date(2018, 5, 14), 4, '=IF(1=1,"K","N")']])
    with pytest.raises(WrongUse, match=r"1 cell .* has a formula whose result was never saved"):
        look(project, content, "list.xlsx")
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(saved, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb'<c r="F2">(<f>.*?</f>)<v ?/?>(</v>)?</c>', rb'<c r="F2" t="str">\1<v>K</v></c>', part)
            after.writestr(name, part)
    assert brief(register(project, saved.getvalue(), "list.xlsx")["Ben Hill"]) == "K 2026-09-01"


def test_an_old_file_of_a_mac_and_marks_that_nobody_sees(project: Project) -> None:
    mac = f"{HEADS}\n{row(1, surname='O’Hara', forename='Zoë')}".encode("mac_roman")
    assert list(register(project, mac)) == ["Zoë O’Hara"]
    unseen = (
        f"{HEADS}\n{upn(1)}\u200b,Hill\u00a0,\u200bBen  James,14/05/2018,Year\u00a04,K \n'{upn(2)},A,B,14/05/2018,4,K"
    )
    assert {one["upn"] for one in register(project, unseen).values()} == {upn(1), upn(2)}


# -- Common Transfer Files --------------------------------------------------------------------------------------------


def ctf(*pupils: str, encoding: str = "utf-8") -> bytes:
    content = f"<CTfile><Header><DateTime>2026-11-20T10:00:00</DateTime></Header><CTFpupilData>{''.join(pupils)}"
    return f'<?xml version="1.0" encoding="UTF-8"?>{content}</CTFpupilData></CTfile>'.encode(encoding)


def of_ctf(number: int, inner: str, born: str = "2018-05-14", year: str = "4") -> str:
    name = "<Surname>Hill</Surname><Forename>Zoë</Forename>"
    details = f"<BasicDetails><NCyearActual>{year}</NCyearActual></BasicDetails>"
    return f"<Pupil><UPN>{upn(number)}</UPN>{name}<DOB>{born}</DOB>{details}{inner}</Pupil>"


def sen(*rows: tuple[str, str]) -> str:
    begun = (f"<SEN><StartDate>{day}</StartDate><SENprovision>{code}</SENprovision></SEN>" for day, code in rows)
    return f"<SENhistory>{''.join(begun)}</SENhistory>"


def test_a_ctf_that_says_utf8_and_is_not_is_read(project: Project) -> None:
    found = register(project, ctf(of_ctf(1, sen(("2025-09-01T00:00:00", "K"))), encoding="cp1252"), "1.xml")
    assert {name: brief(one) for name, one in found.items()} == {"Zoë Hill": "K 2025-09-01"}


def test_statuses_that_ended_in_2014_are_told_and_stop_nobody(project: Project) -> None:
    history = sen(("2013-09-01", "A"), ("2014-01-06", "P"), ("2015-01-05", "K"), ("2020-02-03", "E"))
    content = ctf(of_ctf(1, history, born="2009-05-14", year="12"))
    assert brief(register(project, content, "1.xml")["Zoë Hill"]) == "K E 2020-02-03"
    assert "the status A from 2013-09-01, which is none of today's" in look(project, content, "1.xml")[1]


def test_needs_beside_the_history_are_read_and_a_pupil_who_stands_twice_is_told(project: Project) -> None:
    need = "<SENneeds><SENneed><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds>"
    pupil = of_ctf(1, sen(("2025-09-01", "K")) + need)
    assert brief(register(project, ctf(pupil), "1.xml")["Zoë Hill"]) == "K 2025-09-01 SLCN"
    result, _ = look(project, ctf(pupil, pupil, "<Pupil/>"), "1.xml")
    assert len(result.outcomes) == 1 and len(result.to_work_through) == 2
    assert "has the same UPN as pupil 1" in result.to_work_through[0]


# -- one list after another -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after"), [("no", "yes"), ("not_known", "not_known")])
def test_a_child_who_comes_into_care_is_no_longer_said_not_to_be(project: Project, before: str, after: str) -> None:
    heads = f"{HEADS},LAC"
    apply(look(project, f"{heads}\n{row(1, 'No')}")[0].outcomes)
    file = project.root / "cases" / "ben-hill" / "pupil.yaml"
    text = file.read_text("utf-8")
    assert "is_looked_after: no\n" in text
    file.write_text(text.replace("is_looked_after: no\n", f"is_looked_after: {before}\n"), "utf-8")
    result, said = look(project, f"{heads}\n{row(1, 'Yes')}")
    apply(result.outcomes)
    ben = register(project, f"{heads}\n{row(1, 'Yes')}")["Ben Hill"]
    assert (ben["is_looked_after"], "looked_after" in ben) == (after, after == "yes")
    told = (
        "is_looked_after: no → yes" if after == "yes" else "is_looked_after is not_known in the file; the export says"
    )
    assert told in said
    if after == "yes":
        assert "looked after here, and not in the export" in look(project, f"{heads}\n{row(1, 'No')}")[1]


@pytest.mark.parametrize("heading", ["SEN Status as of", "SEN_Status_As_Of", "SENAsOf", "SEN as at"])
def test_the_day_as_of_which_a_status_is_told_is_pointed_at_and_not_taken(project: Project, heading: str) -> None:
    said = look(project, f"{HEADS},{heading}\n{row(1, '20/11/2026')}{row(2, '20/11/2026', forename='Cam')}")[1]
    assert f"Look at: {heading} holds days and is not used" in said
