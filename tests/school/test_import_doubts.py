"""Lists that say something else than they seem to: no pupil is lost, and what is in doubt is told and not taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.folder.school_folder import Project, find_project
from generator.school.imports.apply_import import apply
from generator.school.imports.lists import value_words
from generator.school.imports.lists.column_words import guess
from generator.school.imports.lists.name_parts import WholeName, apart, of_two_people
from generator.school.imports.lists.spreadsheet_columns import read_lists, said_fields
from generator.school.imports.lists.value_words import (
    read_ethnicity,
    read_looked_after,
    read_need_types,
    read_sex,
    read_status,
    read_year_group,
    read_yes_no,
)
from generator.values.parsing import Unreadable
from tests.example_school import copy_school
from tests.school.import_outcome import HEADS, TODAY, brief, look, register, row
from tests.school.pupil_lists import upn


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A school's folder without pupils."""
    return find_project(copy_school(tmp_path / "school"))


# -- rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "first"),
    [
        ("Name,Class,SEN,PP,FSM,UPN,DOB", "Ada Brown,3B,SEN,PP,,,"),
        ("Name,SEN,PP,FSM,UPN,DOB", "Ada Brown,SEN,PP,FSM,,"),
        ("Name,SEN,PP,FSM,EAL,UPN,DOB", "Ada Brown,SEN,PP,FSM,EAL,,"),
    ],
)
def test_a_first_pupil_with_the_words_of_headings_is_a_pupil(project: Project, heads: str, first: str) -> None:
    second = {"Name": "Ben Hill", "SEN": "K", "UPN": upn(1), "DOB": "14/05/2018"}
    text = f"{heads}\n{first}\n{','.join(second.get(head, '') for head in heads.split(','))}\n"
    result, said = look(project, text)
    assert [one.case for one in result.outcomes] == ["ben-hill"]
    assert result.to_work_through == ["row 2: Ada Brown: SEN status: `SEN` is no SEN status (write N, K or E)"]
    assert "the headings again" not in said


@pytest.mark.parametrize("child", ["Name", "Child"])
def test_headings_merged_over_two_lines_are_still_found(project: Project, child: str) -> None:
    text = f"UPN,{child},DOB,SEN,SEN\nUPN,{child},DOB,Status,Need\n{upn(1)},Ben Hill,14/05/2018,K,SLCN\n"
    assert [brief(one) for one in register(project, text).values()] == ["K 2026-09-01 SLCN"]


def test_a_row_with_a_name_of_one_word_does_not_go_on_with_the_child_above(project: Project) -> None:
    text = f'UPN,Name,DOB,SEN Status,SEN Need\n{upn(1)},"Brown, Ada",14/05/2018,K,SLCN\n,Bea,,,SEMH\n,(Cy),,,MLD\n'
    assert {name: brief(one) for name, one in register(project, text).items()} == {"Ada Brown": "K 2026-09-01 SLCN"}
    result, _ = look(project, text)
    assert result.to_work_through == [
        "row 3: Bea: name: “Bea” has no surname",
        "row 4: (Cy): name: “(Cy)” has no surname",
    ]


@pytest.mark.parametrize("surname", ["Key", "Mean", "Source", "Total", "Count-Hill"])
def test_a_pupil_called_like_a_line_of_totals_is_told_without_a_birthday_too(project: Project, surname: str) -> None:
    said = [f"row 2: Ada {surname}: no date of birth, so no folder can be begun"]
    for text in (f"Surname,Forename,SEN,DOB\n{surname},Ada,K,\n", f'Name,SEN,DOB\n"{surname}, Ada",K,\n'):
        assert look(project, text)[0].to_work_through == said


def test_lines_below_a_list_and_a_class_of_a_key_stage_are_told_apart(project: Project) -> None:
    text = "Class,Surname,Forename,SEN,DOB\nKey Stage 1,Brown,Ada,K,\n,Total boys,12,,\n,Printed by,A Hill,,\n"
    result, said = look(project, text)
    assert result.to_work_through == ["row 2: Ada Brown: no date of birth, so no folder can be begun"]
    assert "“Total boys”, “12”" in said and "“Printed by”, “A Hill”" in said


@pytest.mark.parametrize("name", ["Miss Brown", "Brown, Miss", "MISS BROWN"])
def test_a_title_is_no_forename(project: Project, name: str) -> None:
    result, _ = look(project, f'UPN,Name,DOB,SEN Status\n{upn(1)},"{name}",14/05/2018,K\n')
    [said] = result.to_work_through
    assert not result.outcomes and said.endswith(f"name: “{name}” has no forename")


def test_titles_beside_forenames_are_left_out_and_alone_are_told(project: Project) -> None:
    text = f"{HEADS}\n{row(1, forename='Miss Ada')}{row(2, forename='Miss')}"
    assert list(register(project, text)) == ["Ada Hill"]
    assert look(project, text)[0].to_work_through == ["row 3: Miss Hill: forenames: “Miss” is a title"]
    assert apart("Master Ben van Dyk") == WholeName("van Dyk", "Ben", sure=False)


def test_a_contact_with_a_title_behind_the_comma_keeps_it(project: Project) -> None:
    [ben] = register(project, f"{HEADS},Contact 1 Name\n{row(1, 'Hill, Mrs')}").values()
    assert [(one["title"], one["name"]) for one in ben["people"]] == [("Mrs", "Hill")]


def test_a_folder_whose_name_begins_another_is_told_as_not_listed(project: Project) -> None:
    apply(look(project, f"{HEADS}\n{row(1)}{row(2)}")[0].outcomes)
    without_number = "Surname,Forename,DOB,SEN Status\nHill,Ben,14/05/2018,K\n"
    assert look(project, without_number)[0].not_listed == []  # either may be meant
    other = project.cases / "ben-hill-2" / "pupil.yaml"
    other.write_text(other.read_text("utf-8").replace("14 May 2018", "15 May 2018"), "utf-8")
    of_another = f"{HEADS}\n{upn(3)},Hill,Ben,15/05/2018,4,K\n"
    result, _ = look(project, of_another)
    assert "another UPN in cases/ben-hill-2/" in result.to_work_through[0]
    assert result.not_listed == ["Ben Hill (cases/ben-hill)"]


# -- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "in_care", "plain"),
    [
        ("Y (previously)", "before", None),
        ("Yes, until 2023", "before", None),
        ("Yes (2019-2021)", "before", None),
        ("Yes - Sept 2019 to July 2021", "before", None),
        ("Yes, until 2028", "yes", True),
        ("Yes, until 2026", None, None),
        ("Yes, until Easter", None, None),
        ("Y - post LAC", "before", None),
        ("Y, was LAC", "before", None),
        ("Yes (was Leeds)", None, None),
        ("Yes (Leeds until 2023)", None, None),
        ("Yes - tbc", None, None),
        ("Y?", None, None),
        ("Yes (?)", None, None),
        ("N?", None, None),
        ("Yes (Ever 6)", "yes", True),
        ("Yes (since 2019)", "yes", True),
        ("Y - post 16", "yes", True),
        ("N, was LAC", "before", False),
        ("No (not previously)", "no", False),
        ("No - not eligible", "no", False),
    ],
)
def test_a_yes_that_counts_no_more_is_no_yes(cell: str, in_care: str | None, plain: bool | None) -> None:
    for reader, expected in ((read_looked_after, in_care), (read_yes_no, plain)):
        if expected is None:
            with pytest.raises(Unreadable):
                reader(cell, TODAY)
        else:
            assert reader(cell, TODAY) == expected


@pytest.mark.parametrize(
    ("cell", "in_care"),
    [("In care (until 2023)", "before"), ("LAC (Leicester)", "yes"), ("In care (until 2028)", "yes")],
)
def test_words_in_brackets_beside_care_count(cell: str, in_care: str) -> None:
    assert read_looked_after(cell, date(2026, 11, 29)) == in_care


def test_a_yes_of_earlier_is_told_in_the_import(project: Project) -> None:
    result, _ = look(project, f"{HEADS},PP,LAC\n{row(1, 'Yes, until 2023', 'Yes, until 2023')}")
    assert result.to_work_through == [
        "row 2: Ben Hill: pupil premium: `Yes, until 2023` is neither yes nor no (write Y or N)"
    ]
    result, _ = look(project, f"{HEADS},LAC\n{row(1, 'Yes, until 2023')}")
    assert "the child was looked after before, says the export" in result.outcomes[0].notes


@pytest.mark.parametrize(
    "cell",
    ["ASD?", "? ASD", "ASD (?)", "SLCN; ASD?", "ASD - possible", "ASD (awaiting diagnosis)", "SEMH - previously"],
)
def test_a_need_in_doubt_is_told_and_not_taken(project: Project, cell: str) -> None:
    result, _ = look(project, f"{HEADS},SEN Need\n{row(1, cell)}")
    assert not result.outcomes and cell in result.to_work_through[0]


@pytest.mark.parametrize("cell", ["K?", "? K", "E?", "SEN support?", "N (?)"])
def test_a_status_in_doubt_is_told_and_not_taken(project: Project, cell: str) -> None:
    result, _ = look(project, f"{HEADS}\n{row(1, status=cell)}")
    assert not result.outcomes and not result.without_sen and cell in result.to_work_through[0]


def test_no_value_with_a_question_mark_is_taken_as_known() -> None:
    for reader, cell in ((read_status, "K?"), (read_ethnicity, "White British?"), (read_year_group, "Reception?")):
        with pytest.raises(Unreadable):
            reader(cell)
    assert read_sex("F?") == "F?"


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("SEN Status,EHC Plan", "N,Y", "`N` and an EHC plan in one row (write N or E)"),
        ("SEN,EHC Plan", "No,Y", "`No` and an EHC plan in one row (write N or E)"),
        ("SEN Status,EHC Plan", "E,N", "`E` and no EHC plan in one row"),
        ("SEN Support,EHC Plan", "N,Y", "E 2026-09-01"),
        ("SEN Status,EHC Plan", "E,-", "E 2026-09-01"),
        ("SEN Status,EHC Plan", "E,n/a", "E 2026-09-01"),
    ],
)
def test_a_status_that_contradicts_the_column_of_plans_is_told(
    project: Project, heads: str, cells: str, expected: str
) -> None:
    text = f"UPN,Surname,Forename,DOB,{heads}\n{upn(1)},Hill,Ben,14/05/2018,{cells}\n"
    result, _ = look(project, text)
    if result.outcomes:
        assert brief(register(project, text)["Ben Hill"]) == expected
    else:
        assert expected in result.to_work_through[0]


def test_no_phrase_of_a_long_cell_is_tried_that_is_longer_than_all_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    class Tried(dict[str, str]):
        """The words of a table, which keep what they were asked for."""

        def __contains__(self, phrase: object) -> bool:
            tried.append(str(phrase))
            return super().__contains__(phrase)

    table = Tried({"speech and language": "SLCN", "autism": "ASD"})
    monkeypatch.setattr(value_words, "_table", lambda name: table)
    value_words._longest.cache_clear()
    with pytest.raises(Unreadable, match="which is no type"):
        read_need_types("word " * 200 + "speech and language")
    value_words._longest.cache_clear()
    assert len(tried) < 1000 and max(len(phrase.split()) for phrase in tried) == 3


def test_points_and_short_forms_of_usual_headings_are_known() -> None:
    found = guess(["U.P.N.", "Birth Dt", "Surname", "Forename", "Reg Gp", "Yr Grp"])
    assert found["U.P.N."] == "upn" and found["Birth Dt"] == "date_of_birth"
    assert (found["Reg Gp"], found["Yr Grp"]) == ("class", "year_group")


def test_two_people_in_one_cell_are_told(project: Project) -> None:
    heads = "Surname,Forename,Date of birth,SEN status,Contact 1 name"
    result, _ = look(project, f"{heads}\nRowe,Ada,14/05/2018,K,Mr & Mrs Rowe\n")
    assert "Mr & Mrs Rowe are two people in one cell of the list: write them as two in pupil.yaml" in str(result)
    for text in ("Mr & Mrs Rowe", "Jane and Tom Rowe", "Mr/Mrs Rowe", "Mr. + Mrs Rowe"):
        assert of_two_people(text)
    assert not of_two_people("Mrs Andrea Rowland") and not of_two_people("Anderson-Hill")


def test_a_list_read_by_what_was_said_of_its_columns_is_not_told_as_unread(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Kind,Nachname,Tag\nAda,Rowe,14/05/2018\n", "utf-8")
    assert read_lists(file, {}).not_read == []
    said = said_fields(["Kind=forenames", "Nachname=legal surname", "tag=date of birth"])
    assert set(said.values()) == {"forenames", "legal_surname", "date_of_birth"}
    assert [row.cells["Kind"] for row in read_lists(file, said).rows] == ["Ada"]
