"""Lists as systems give them out: the file, its headings, its columns, its dates, and what its values mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.problems import WrongUse
from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST, Doubt, doubts, order_of, read_day
from generator.school.imports.lists.column_words import field_of, guess, how_known
from generator.school.imports.lists.export_file import read_sheets
from generator.school.imports.lists.headings import PupilList, read_list
from generator.school.imports.lists.name_parts import apart
from generator.school.imports.lists.spreadsheet_columns import Columns, propose, read_lists, saved_columns
from generator.school.imports.lists.value_words import (
    read_ethnicity,
    read_looked_after,
    read_need_types,
    read_status,
    read_year_group,
)
from generator.values.parsing import Unreadable
from tests.school.pupil_lists import sims, upn, workbook

ROW = ("UPN", "Surname", "Forename", "DOB"), (upn(1), "Hill", "Ben", "14/05/2018")


def one_list(path: Path, content: str | bytes, name: str = "list.csv") -> PupilList:
    """The only list of a file."""
    file = path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    [sheet] = read_sheets(file)
    found = read_list(sheet, how_known)
    assert found is not None
    return found


# -- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_read_whatever_its_mark_and_encoding(tmp_path: Path, mark: str, coding: str) -> None:
    text = f"Surname{mark}Forename{mark}DOB\nO’Hara{mark}Zoë{mark}02/11/2017\n"
    found = one_list(tmp_path, text.encode(coding))
    assert [row.cells for row in found.rows] == [{"Surname": "O’Hara", "Forename": "Zoë", "DOB": "02/11/2017"}]


def test_a_comma_in_titles_does_not_decide_the_mark(tmp_path: Path) -> None:
    text = "Larkfield, Northmoor\nList, of, pupils, printed\nUPN;Surname;Forename;DOB\n1;Hill, of;Ben;14/05/2018\n"
    assert one_list(tmp_path, text).rows[0].cells["Surname"] == "Hill, of"


def test_excels_own_first_line_and_its_text_formulas_are_no_data(tmp_path: Path) -> None:
    found = one_list(tmp_path, f'sep=;\nUPN;Surname;Postcode\n="{upn(1)}";\'=Hill;"=""ZZ99 3CZ"""\n')
    assert found.rows[0].cells == {"UPN": upn(1), "Surname": "=Hill", "Postcode": "ZZ99 3CZ"}
    assert found.rows[0].where == "row 3"


def test_web_pages_and_xml_that_call_themselves_xls_are_read(tmp_path: Path) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROW)
    page = f"<html><body><table><tr><th colspan=4>Pupils</th></tr>{cells}</table></body></html>"
    assert one_list(tmp_path, page, "list.xls").rows[0].cells["Surname"] == "Hill"
    lines = "".join(f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in row)}</Row>" for row in ROW)
    sheet = f'<Worksheet ss:Name="A" xmlns:ss="urn:x"><Table>{lines}</Table></Worksheet>'.replace("urn:x", "")
    book = f'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">{sheet}</Workbook>'
    book = book.replace(' ss:Name="A" xmlns:ss=""', "")
    assert one_list(tmp_path, book, "book.xls").rows[0].cells["DOB"] == "14/05/2018"


@pytest.mark.whole
def test_an_old_xls_workbook_is_read() -> None:
    [sheet] = read_sheets(Path(__file__).parent.parent / "exports" / "old-workbook.xls")
    found = read_list(sheet, how_known)
    assert found is not None
    assert found.rows[0].cells == {
        "UPN": upn(1), "Legal Surname": "Hill", "Legal Forename": "Zoë", "DOB": "2018-05-14", "SEN Status": "K",
    }  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n,,\n", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"PK\x03\x04\x00\x00", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "no workbook"),
        (b"a,b\x00\x01\n", "no list"),
        (b"<html><p>Log in</p></html>", "without a table"),
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(content)
    with pytest.raises(WrongUse, match=says):
        read_sheets(file)


# -- headings ---------------------------------------------------------------------------------------------------------


def test_titles_totals_and_repeated_headings_are_no_pupils(tmp_path: Path) -> None:
    found = one_list(tmp_path, sims())
    assert len(found.rows) == 4 and found.rows[0].where == "row 6"
    assert found.other_lines == ["row 8: the headings again", "row 11: “Total: 3”"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Pupil", "", "", "SEN", ""], ["UPN", "Surname", "Forename", "Status", "Start Date"]],
        [["UPN", "Surname", "Forename", "SEN", ""], ["", "", "", "Status", "Start Date"]],
        [["SEN register"], ["Pupil", "", "", "SEN", ""], ["UPN", "Surname", "Forename", "Status", "Start Date"]],
    ],
)
def test_headings_in_two_lines_are_put_together(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = [",".join(row) for row in [*rows, [upn(1), "Hill", "Ben", "K", "01/09/2025"]]]
    found = one_list(tmp_path, "\n".join(lines) + "\n")
    assert guess(found.headings) == {
        "UPN": "upn", "Surname": "legal_surname", "Forename": "forenames",
        "SEN Status": "sen_status", "SEN Start Date": "sen_from",
    }  # fmt: skip
    assert found.rows[0].cells["SEN Status"] == "K"


def test_a_heading_that_stands_twice_and_one_that_is_missing_get_their_letter(tmp_path: Path) -> None:
    found = one_list(tmp_path, f"UPN,Surname,DOB,DOB,,\n{upn(1)},Hill,14/05/2018,x,y,\n")
    assert found.headings == ["UPN", "Surname", "DOB", "DOB (column D)", "(column E, no heading)", ""]


@pytest.mark.whole
def test_sheets_without_pupils_hidden_ones_and_leavers_are_told(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    sheets = [("Notes", [["Made by", "the office"], ["on", "Monday"]]), ("2A", ROW), ("2B", ROW), ("Leavers", ROW)]
    file.write_bytes(workbook(*sheets, ("Old", ROW), hidden=["Old"]))
    found = read_lists(file, {})
    assert [one.sheet for one in found.lists] == ["2A", "2B"] and found.rows[0].where == "sheet 2A, row 2"
    assert [line.partition(":")[0] for line in found.not_read] == ["Notes", "Leavers", "Old"]
    assert [one.sheet for one in read_lists(file, {}, ["Leavers"]).lists] == ["Leavers"]
    with pytest.raises(WrongUse, match="no sheet called 3C"):
        read_lists(file, {}, ["3C"])


# -- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Forename", "Surname", "Legal Surname"], ["forenames", "known_as_surname", "legal_surname"]),
        (["Surname", "Forename", "Legal Surname", "Legal Forename"],
         ["known_as_surname", "preferred_name", "legal_surname", "forenames"]),
        (["Legal last name", "Legal first name", "Preferred first name"],
         ["legal_surname", "forenames", "preferred_name"]),
        (["Last Name", "First Name", "Middle Name(s)"], ["legal_surname", "forenames", "middle_names"]),
        (["Student Name", "DateOfBirth", "NCYear", "Form"], ["full_name", "date_of_birth", "year_group", "class"]),
        (["Name", "D.O.B.", "Yr", "Reg Group"], ["full_name", "date_of_birth", "year_group", "class"]),
        (["Pupil", "SEN Provision", "Start Date"], ["full_name", "sen_status", "sen_from"]),
        (["SEN stage", "Primary Need", "Secondary Need"], ["sen_status", "sen_type", "sen_type_2"]),
        (["Start Date"], [""]),
        (["UPN", "DateOfBirth", "DOB", "Shoe size"], ["upn", "date_of_birth", "", ""]),
        (["In Care", "Ever in care", "FSM Ever 6", "FSM Eligible"], ["looked_after", "", "", "free_school_meals"]),
        (["Pupil's UPN", "Student: Legal Surname", "SEN Status (current)"], ["upn", "legal_surname", "sen_status"]),
    ],
)  # fmt: skip
def test_headings_mean_what_the_whole_file_makes_of_them(headings: list[str], fields: list[str]) -> None:
    assert list(guess(headings).values()) == fields


def test_a_saved_column_is_not_guessed_a_second_time(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"UPN,Group,Reg\n{upn(1)},4B,x\n", "utf-8")
    saved = Columns({"Group": "class"})
    assert propose(read_lists(file, saved.fields), saved).fields == {"UPN": "upn", "Group": "class", "Reg": ""}


def test_a_mapping_of_before_without_dates_is_read(tmp_path: Path) -> None:
    file = tmp_path / "import-columns.csv"
    file.write_text("Column,Field\nNo,upn\nGroup,class\nShoe,\nReading,attainment: Reading\n", "utf-8")
    fields = {"No": "upn", "Group": "class", "Shoe": "", "Reading": "attainment: Reading"}
    assert saved_columns(file) == Columns(fields)
    assert (field_of("Legal surname"), field_of("not used"), field_of("klass")) == ("legal_surname", "", None)


# -- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["14/05/2018", "14/5/18", "14.05.2018", "14-05-2018", "14-May-18", "14 May 2018", "14th May 2018", "May 14, 2018",
     "2018-05-14", "2018/05/14", "2018-05-14T00:00:00", "14/05/2018 00:00", "14/05/2018 12:00:00 AM", "20180514",
     "43234", "43234.0", "Mon 14 May 2018", "Monday, 14 May 2018"],
)  # fmt: skip
def test_a_day_is_read_however_a_system_writes_it(text: str) -> None:
    assert read_day(text, on=date(2026, 11, 29)) == date(2018, 5, 14)


@pytest.mark.parametrize("text", ["31/02/2018", "5/14/2018", "14 Mai 2018", "May", "1", "140518", "99999999", "abc"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_day(text)


def cells(*texts: str) -> list[tuple[str, str]]:
    return [(f"row {number}", text) for number, text in enumerate(texts, 2)]


def test_one_month_fourteen_stops_the_whole_column() -> None:
    doubt = order_of("DOB", cells("11/2/2017", "5/14/2018", "3/4/2019"))
    assert isinstance(doubt, Doubt) and "row 3 has 5/14/2018" in doubt.why
    mixed = order_of("DOB", cells("25/12/2017", "5/14/2018"))
    assert isinstance(mixed, Doubt) and "begins with the day" in mixed.why
    assert order_of("DOB", cells("25/12/2017", "03/04/2019")) == DAY_FIRST
    assert read_day("11/2/2017", MONTH_FIRST) == date(2017, 11, 2)


def test_excel_that_took_days_for_months_is_noticed() -> None:
    """In an American Excel 03/04/2019 becomes a date, and 25/12/2017 stays text: then every date of it is turned."""
    assert isinstance(order_of("DOB", cells("2019-03-04", "2018-11-02", "25/12/2017", "30/01/2018")), Doubt)
    assert order_of("DOB", cells("2019-03-04", "2018-11-22", "25/12/2017")) == DAY_FIRST


def test_a_column_that_could_be_read_either_way_is_asked_about_beside_one_with_months_first() -> None:
    columns = {"DOB": cells("5/14/2018"), "Start": cells("11/09/2025"), "Left": cells("25/12/2025")}
    assert [doubt.heading for doubt in doubts(columns, {})] == ["DOB", "Start"]
    assert [doubt.heading for doubt in doubts(columns, {"DOB": MONTH_FIRST})] == ["Start"]
    assert doubts(columns, {"DOB": MONTH_FIRST, "Start": DAY_FIRST}) == []


# -- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [("K", "K"), ("k", "K"), ("SEN Support", "K"), ("SEN support (K)", "K"), ("K - SEN Support", "K"), ("K: SEN", "K"),
     ("E", "E"), ("EHCP", "E"), ("E - EHC Plan", "E"), ("Education, Health and Care Plan", "E"), ("EHC Plan (E)", "E"),
     ("N", "N"), ("No SEN", "N"), ("N - No Special Educational Need", "N"), ("None", "N")],
)  # fmt: skip
def test_a_status_is_read_from_code_and_words(text: str, status: str) -> None:
    assert read_status(text) == status


@pytest.mark.parametrize(
    "text",
    ["EHCP requested", "Early help", "E - SEN Support", "K - SEN Support (Monitoring)", "School Action", "A", "Q",
     "EHC needs assessment", "Ended", "Kinship care", "?"],
)  # fmt: skip
def test_what_is_no_status_held_is_never_taken_for_one(text: str) -> None:
    with pytest.raises(Unreadable):
        read_status(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("SLCN", ["SLCN"]), ("SEMH - Social, Emotional and Mental Health", ["SEMH"]), ("SpLD (Dyslexia)", ["SPLD"]),
     ("Autistic Spectrum Disorder", ["ASD"]), ("Specific Learning Difficulty (SPLD)", ["SPLD"]),
     ("Speech, Language & Communication Needs", ["SLCN"]), ("SLCN; SPLD", ["SLCN", "SPLD"]),
     ("SLCN, SEMH", ["SLCN", "SEMH"]), ("ASD/SLCN", ["ASD", "SLCN"]), ("Visual Impairment", ["VI"]),
     ("Other Difficulty/Disability", ["OTH"])],
)  # fmt: skip
def test_types_of_need_are_read_from_code_and_words(text: str, codes: list[str]) -> None:
    assert [need.code for need in read_need_types(text)] == codes


@pytest.mark.parametrize("text", ["BESD", "ADHD", "SLCN and more", "yes"])
def test_a_type_that_the_census_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_need_types(text)


def test_other_values_are_read_as_systems_write_them() -> None:
    assert [read_looked_after(text) for text in ("T", "Not in care", "PLAC")] == [
        "yes",
        "no",
        "before",
    ]
    assert [read_ethnicity(text) for text in ("wbri", "White - British", "WBRI - White British", "Indian")] == [
        "WBRI", "WBRI", "WBRI", "AIND",
    ]  # fmt: skip
    years = ["Year 4", "Reception", "04", "N2", "Yr 7", "13.0", "Curriculum Year 3", "Year R", "F2", "Nursery"]
    assert [read_year_group(text) for text in years] == [4, "R", 4, "N2", 7, 13, 3, "R", "R", "N2"]


@pytest.mark.parametrize(
    ("whole", "surname", "forenames", "sure"),
    [("Brown, Ada Rose", "Brown", "Ada Rose", True), ("Ada Brown", "Brown", "Ada", True),
     ("Ada Rose Brown", "Brown", "Ada Rose", False), ("Leo van der Berg", "van der Berg", "Leo", False),
     ("BROWN Ada Rose", "BROWN", "Ada Rose", True), ("O'Hara-Lee, Zoë (4B)", "O'Hara-Lee", "Zoë", True),
     ("Ada", "", "Ada", False)],
)  # fmt: skip
def test_a_name_in_one_column_is_taken_apart(whole: str, surname: str, forenames: str, sure: bool) -> None:
    found = apart(whole)
    assert (found.surname, found.forenames, found.sure) == (surname, forenames, sure)


def test_a_day_that_cannot_be_is_told_as_it_stands_in_the_list() -> None:
    with pytest.raises(Unreadable, match="`28/08/31` is in the year 1931"):
        read_day("28/08/31", DAY_FIRST, date(2026, 11, 20))
