"""Registers that a school keeps by hand, and what other systems' lists leave to their values: right or told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.cli.text.import_text import columns_text
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.rules import RULES, View
from generator.school.imports.apply_import import apply
from generator.school.imports.lists import spreadsheet_columns as sc
from generator.school.imports.lists.column_dates import read_beginning
from generator.school.imports.lists.column_words import field_of, label
from generator.school.imports.lists.pupils_of_list import Columns
from generator.school.next_steps import next_step
from generator.values.parsing import Unreadable
from tests.example_school import copy_school
from tests.school.import_outcome import HEADS, TODAY, brief, look, register, row
from tests.school.pupil_lists import workbook

SINCE = "Surname,Forename,DOB,Year,SEN Status,SEN Start Date,Need"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A school's folder without pupils."""
    return find_project(copy_school(tmp_path / "school"))


def areas(project: Project, text: str) -> list[list[str]]:
    return [[str(need["area"]) for need in one.get("needs", ())] for one in register(project, text).values()]


@pytest.mark.parametrize(
    "text, day",
    [
        ("Sept 2023", "2023-09-01"),
        ("Sept 23", "2023-09-01"),
        ("Sep-23", "2023-09-01"),
        ("09/2023", "2023-09-01"),
        ("Autumn 2023", "2023-09-01"),
        ("autumn term 23", "2023-09-01"),
        ("Spring 2023/24", "2024-01-01"),
        ("Summer 2024", "2024-04-01"),
    ],
)
def test_a_month_or_a_term_is_its_first_day(text: str, day: str) -> None:
    assert read_beginning(text, TODAY).isoformat() == day


@pytest.mark.parametrize("text", ["2023", "2023/24", "Year 3", "09/23", "13/2023", "a while ago", "Autumn", "Sept"])
def test_what_names_no_month_and_no_term_of_a_year_is_no_beginning(text: str) -> None:
    with pytest.raises(Unreadable):
        read_beginning(text, TODAY)


def test_a_status_since_a_term_is_written_with_what_the_list_says(project: Project) -> None:
    text = f"{SINCE}\nHill,Ben,14/05/2018,4,K,Autumn 2023,\nReed,Cam,14/05/2018,4,K,a while ago,\n"
    (ben,) = register(project, text).values()
    assert brief(ben) == "K 2023-09-01" and "“Autumn 2023”" in ben["sen_status"][0]["reason"]
    result, said = look(project, text)
    assert "since “Autumn 2023”: written as 1 September 2023" in said and "Cam Reed" in result.to_work_through[0]


@pytest.mark.parametrize(
    ("since", "held", "asked"),
    [
        ("01/09/2025", "", TODAY),
        ("29/11/2026", "", None),
        ("01/09/2025", "records_from: 2026-11-01\n", date(2026, 11, 1)),
    ],
)
def test_a_file_that_gets_a_status_of_before_is_not_asked_for_that_time(
    project: Project, since: str, held: str, asked: date | None
) -> None:
    text = f"{SINCE}\nHill,Ben,14/05/2018,4,K,{since},\n"
    (folder := project.root / "cases" / "ben-hill").mkdir(parents=True)
    held_text = "legal_surname: Hill\nforenames: Ben\ndate_of_birth: 14 May 2018\nyear_group: 4\n"
    held_text += "people:\n  - {id: mum, name: Ann Hill, relationship: mother, parental_responsibility: yes}\n"
    (folder / "pupil.yaml").write_text(held_text + held, "utf-8")
    (ben,) = register(project, text).values()
    assert len(ben["sen_status"]) == 1 and ben.get("records_from") == asked


def test_a_status_and_a_need_in_one_cell_are_both_taken(project: Project) -> None:
    text = f"{HEADS}\n{row(1, status='K - SLCN')}{row(2, status='EHCP: ASD/SLCN', forename='Cam')}"
    assert [brief(one) for one in register(project, text).values()] == ["K 2026-09-01 SLCN", "E 2026-09-01 ASD SLCN"]
    in_need = f"{SINCE}\nHill,Ben,14/05/2018,4,K,01/09/2025,K - SLCN\nReed,Cam,14/05/2018,4,E,01/09/2025,K - SLCN\n"
    result, _ = look(project, in_need)
    assert [one.case for one in result.outcomes] == ["ben-hill"] and "Cam Reed" in result.to_work_through[0]


def test_words_beside_a_status_are_told_and_one_that_ended_stops_its_row(project: Project) -> None:
    result, said = look(project, f"{HEADS}\n{row(1, status='K - reading')}{row(2, status='K - no longer')}")
    assert len(result.outcomes) == len(result.to_work_through) == 1
    assert "the words “reading” beside the status" in said


def test_an_area_of_need_is_a_need_whose_type_is_to_be_chosen(project: Project) -> None:
    line = "Hill,{},14/05/2018,4,K,01/09/2025,{}\n".format
    text = f"{SINCE}\n{line('Ben', 'C&I')}{line('Cam', 'Sensory and/or physical')}{line('Dot', 'C&I - SLCN')}"
    assert areas(project, text) == [
        ["communication_and_interaction"],
        ["sensory_and_physical"],
        ["communication_and_interaction"],
    ]
    needs = [brief(one).partition(" ")[2].partition(" ")[2] for one in register(project, text).values()]
    assert needs == ["no type", "no type", "SLCN"]
    assert "its type for the census is to be chosen" in look(project, text)[1]


def test_columns_of_ticks_are_needs_by_their_headings(project: Project) -> None:
    text = (
        "Surname,Forename,DOB,Year,SEN,SLCN,ASD,SEMH\nHill,Ben,14/05/2018,4,K,2,1,\nReed,Cam,14/05/2018,4,E,,,1\n"
        "Page,Dot,14/05/2018,4,,,,\n"
    )
    assert [brief(one) for one in register(project, text).values()] == ["K 2026-09-01 ASD SLCN", "E 2026-09-01 SEMH"]
    assert field_of(label("need: SLCN")) == "need: SLCN" and field_of("need: homework") is None


def test_an_x_is_a_tick_where_nothing_else_stands_in_its_column(project: Project) -> None:
    heads, ben, cam = "Surname,Forename,DOB,Year,SEN Support,EHCP\n", "Hill,Ben,14/05/2018,4,", "Reed,Cam,14/05/2018,4,"
    found = register(project, f"{heads}{ben}x,\n{cam},X\nPage,Dot,14/05/2018,4,,\n")
    assert [brief(one) for one in found.values()] == ["K 2026-09-01", "E 2026-09-01"]
    result, _ = look(project, f"{heads}{ben}✓,x\n{cam}x,✓\n")
    assert not result.outcomes and len(result.to_work_through) == 2


def test_headings_that_say_little_are_known_by_their_values(project: Project) -> None:
    lists = "Surname,Forename,DOB,Year,{}\nHill,Ben,14/05/2018,4,{}\n".format
    assert brief(*register(project, lists("Status,Category", "K,MLD")).values()) == "K 2026-09-01 MLD"
    assert brief(*register(project, lists("SEN Status,SEN Category", "E,Autism")).values()) == "E 2026-09-01 ASD"
    assert brief(*register(project, lists("Status,Since", "K,Spring 2024")).values()) == "K 2024-01-01"
    result, said = look(project, lists("Status,Type", "On roll,Boarder"))
    assert not result.outcomes and "not used: Status, Type" in said


@pytest.mark.whole
def test_each_sheet_has_its_own_headings_for_the_status(project: Project) -> None:
    heads = ("Surname", "Forename", "DOB")
    ben, cam = ("Hill", "Ben", "14/05/2018", "K"), ("Reed", "Cam", "14/05/2018", "EHCP", "")
    book = workbook(("Y3", [(*heads, "SEN"), ben]), ("Y4", [(*heads, "SEN stage", "Note"), cam]))
    file = project.root / "list.xlsx"
    file.write_bytes(book)
    lists = sc.read_lists(file, {})
    columns = sc.propose(lists, Columns({}))
    assert columns.fields["SEN"] == columns.fields["SEN stage"] == "sen_status"
    other = sc.corrected(lists, columns, ["Note=SEN status"], (), ())
    assert (other.fields["SEN"], other.fields["SEN stage"], other.fields["Note"]) == ("sen_status", "", "sen_status")


@pytest.mark.whole
def test_nobody_on_a_sheet_of_plans_is_called_without_sen(project: Project) -> None:
    heads = ("Surname", "Forename", "DOB")
    sheets = (
        ("Register", [(*heads, "SEN"), ("Hill", "Ben", "14/05/2018", "K")]),
        ("EHCP", [heads, ("Reed", "Cam", "14/05/2018")]),
        ("All", [heads, ("Page", "Dot", "14/05/2018")]),
    )
    found, _ = look(project, workbook(*sheets), "list.xlsx")
    assert ["Cam Reed" in line for line in found.to_work_through] == [True]
    assert ["Dot Page" in line for line in found.without_sen] == [True]


def test_a_need_without_a_status_is_told_beside_the_name(project: Project) -> None:
    result, _ = look(project, f"{SINCE}\nHill,Ben,14/05/2018,4,,,SLCN\n")
    assert result.without_sen == ["row 2: Ben Hill (with a need, and no status)"]


def test_who_is_on_roll_no_more_begins_no_folder(project: Project) -> None:
    text = f"{HEADS},Enrolment status\n{row(1, 'Leaver')}{row(2, 'Current', forename='Cam')}"
    result, _ = look(project, f"{text}{row(3, 'perhaps', forename='Dot')}")
    assert [one.case for one in result.outcomes] == ["cam-hill"]
    assert result.left == ["row 2: Ben Hill"] and "Dot Hill" in result.to_work_through[0]


@pytest.mark.parametrize("name", ["KÃ©rr", "Oâ€™Hara"])
def test_a_name_in_the_wrong_encoding_twice_is_not_taken(project: Project, name: str) -> None:
    assert not register(project, f"{HEADS}\n{row(1, surname=name)}{row(2, surname='JOÃO', status='N')}")


def test_the_surname_of_a_name_in_one_column_is_shown(project: Project) -> None:
    text = 'Name,DOB,Year,SEN\nHill Ben,14/05/2018,4,K\n"Reed, Cam",14/05/2018,4,K\n'
    result, said = look(project, text)
    assert "surname “Ben”" in said and "“Hill Ben”, without a comma" in said
    named = register(project, "Name (Surname Forename),DOB,Year,SEN\nHill Ben,14/05/2018,4,K\n")
    assert list(named) == ["Ben Hill"] and result.new == 2


@pytest.mark.parametrize(
    "line", ["SEN Support,2,,,,", "Total,,4,,1,", "(text),(text),(dd/mm/yy),,,", "% of all,12,,,,"]
)
def test_counts_below_a_list_and_kinds_below_its_headings_are_no_pupils(project: Project, line: str) -> None:
    result, _ = look(project, f"Surname,Forename,DOB,Year,SEN,Class\nHill,Ben,14/05/2018,4,K,4A\n{line}\n")
    assert result.new == 1 and not result.to_work_through and not result.without_sen


def test_columns_are_shown_with_the_name_that_they_are_kept_by(project: Project) -> None:
    file = project.root / "list.csv"
    file.write_text("Surname,Forename,DOB,SEN,C&I\nHill,Ben,14/05/2018,K,✓\n", encoding="utf-8")
    lists = sc.read_lists(file, {})
    columns = sc.propose(lists, Columns({}))
    assert any("C&I → a tick for the need: C&I" in line for line in columns_text(lists, columns, known=False))
    kept = project.root / sc.COLUMNS_FILE
    kept.write_bytes(sc.columns_file(columns))
    assert sc.saved_columns(kept).fields["C&I"].casefold() == "need: c&i"


def test_support_that_was_running_is_not_asked_for_as_overdue(project: Project) -> None:
    """What a school can do on its first day is asked; what was due before its files began is not."""
    apply(look(project, f"{SINCE}\nHill,Ben,14/05/2018,4,K,01/09/2024,SLCN\n")[0].outcomes)
    case = load_case(find_project(project.root), "ben-hill").case
    assert case is not None and case.data("pupil")["records_from"] == TODAY
    view = View(case, project.pack_of(case), TODAY)
    found = {rule.id: one for rule in RULES for one in rule.look(view) if rule.severity in ("law", "code")}
    assert set(found) == {"plan-missing"} and next_step(view)[0] == "Write the plan: sendpack new plan ben-hill"
