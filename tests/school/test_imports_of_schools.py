"""Lists as schools have them that were once read wrong: capitals, a status that is none, days by other words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.folder.school_folder import Project, find_project
from generator.school.imports.apply_import import apply
from generator.school.imports.ctf import read_ctf
from generator.school.imports.lists.name_parts import GUESSED_LETTERS, in_small_letters
from generator.school.imports.lists.value_words import read_status
from tests.example_school import copy_school
from tests.school.import_outcome import HEADS, brief, look, register, row
from tests.school.pupil_lists import upn


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A school's folder without pupils."""
    return find_project(copy_school(tmp_path / "school"))


@pytest.mark.parametrize(
    ("name", "least", "small"),
    [
        ("BROWN", 2, "Brown"),
        ("O'NEILL-SMYTHE", 2, "O'Neill-Smythe"),
        ("MCDONALD", 2, "McDonald"),
        ("MCBRIDE-LEE", 2, "McBride-Lee"),
        ("ŁUKASIK", 2, "Łukasik"),
        ("VAN DER BERG", 2, "Van Der Berg"),
        ("NG", 2, "Ng"),
        ("AJ", 3, "AJ"),
        ("B", 2, "B"),
        ("McDonald", 2, "McDonald"),
        ("de Souza", 2, "de Souza"),
        ("", 2, ""),
        ("BROWN III", 2, "Brown III"),
        ("ADA J", 3, "Ada J"),
        ("ADA ROSE AJ", 3, "Ada Rose AJ"),
    ],
)
def test_a_name_in_capitals_is_written_as_it_is_elsewhere(name: str, least: int, small: str) -> None:
    assert in_small_letters(name, least) == small


def test_names_in_capitals_are_told_and_what_is_corrected_stays(project: Project) -> None:
    listed = f"{HEADS}\n" + row(1, surname="MACDONALD", forename="ADA")
    result, said = look(project, listed)
    assert "the name is in capitals there" in said
    apply(result.outcomes)
    file = project.cases / "ada-macdonald" / "pupil.yaml"
    text = file.read_text("utf-8")
    assert "legal_surname: Macdonald" in text and "forenames: Ada" in text
    file.write_text(text.replace("Macdonald", "MacDonald"), "utf-8")
    again, _ = look(project, listed)
    assert [change for outcome in again.outcomes for change in outcome.changes] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("JANE HILL", "Jane Hill"), ("E MCDONALD", "E McDonald"), ("HILL, JANE", "Jane Hill"), ("Jane Hill", "Jane Hill")],
)
def test_a_parent_in_capitals_is_written_as_the_child_is(project: Project, written: str, read: str) -> None:
    listed = f"{HEADS},Contact 1 Name\n" + row(1, written)
    [pupil] = register(project, listed).values()
    assert [person["name"] for person in pupil["people"]] == [read]
    assert ("the name is in capitals there" in look(project, listed)[1]) == written.isupper()


def test_a_transfer_file_in_capitals_is_written_as_a_list_is(tmp_path: Path) -> None:
    contact = "<Contacts><Contact><Surname>HILL</Surname><Forename>JANE</Forename></Contact></Contacts>"
    names = f"<Surname>BROWN</Surname><Forename>ADA</Forename>{contact}"
    file = tmp_path / "a.xml"
    file.write_text(f"<CTfile><CTFpupilData><Pupil>{names}</Pupil></CTFpupilData></CTfile>", "utf-8")
    [one] = read_ctf(file)
    assert (one.values["legal_surname"], one.values["forenames"], one.people[0]["name"]) == (
        "Brown",
        "Ada",
        "Jane Hill",
    )
    assert one.look_at == [GUESSED_LETTERS, NOT_SAID]


NOT_SAID = "whether Jane Hill has parental responsibility is not in the file: it is written as not known"


def test_a_status_that_is_none_stops_its_row_and_not_the_column(project: Project) -> None:
    heads = "UPN,Surname,Forename,DOB,Year,Status,Need\n"
    rows = [
        f"{upn(n)},Hill,{name},14/05/2018,4,{status},SLCN\n"
        for n, (name, status) in enumerate(
            [("Ada", "K"), ("Ben", "EHCP"), ("Cy", "Monitoring"), ("Di", "SEN support"), ("Ed", "ex-SEN")], 1
        )
    ]
    result, said = look(project, heads + "".join(rows))
    assert sorted(one.case for one in result.outcomes) == ["ada-hill", "ben-hill", "di-hill"]
    assert ["Cy Hill" in result.to_work_through[0], "Ed Hill" in result.to_work_through[1]] == [True, True], said


def test_a_column_of_other_words_is_no_status(project: Project) -> None:
    rows = "".join(
        row(n, kind, forename=name) for n, name, kind in [(1, "Ada", "Boarder"), (2, "Ben", "Day"), (3, "Cy", "E")]
    )
    assert set(register(project, f"{HEADS},Category\n{rows}")) == {"Ada Hill", "Ben Hill", "Cy Hill"}
    _, said = look(project, f"UPN,Surname,Forename,DOB,Category\n{upn(1)},Hill,Ada,14/05/2018,Day\n"
                            f"{upn(2)},Hill,Ben,14/05/2018,Boarder\n{upn(3)},Hill,Cy,14/05/2018,E\n")  # fmt: skip
    assert "not used: Category" in said


@pytest.mark.parametrize(
    "heading",
    [
        "Date of SEN Support",
        "Date added to SEN register",
        "Date put onto the SEN register",
        "Date SEN support started",
        "Date added",
    ],
)
def test_days_since_when_the_status_counts_by_other_headings(project: Project, heading: str) -> None:
    [pupil] = register(project, f"{HEADS},{heading}\n" + row(1, "08/01/2026")).values()
    assert brief(pupil) == "K 2026-01-08"


@pytest.mark.parametrize("heading", ["EHCP Start", "EHC plan issued", "Date of EHCP"])
def test_the_day_of_a_plan_is_the_start_of_its_status(project: Project, heading: str) -> None:
    [pupil] = register(project, f"{HEADS},{heading}\n" + row(1, "08/01/2026", status="E")).values()
    assert brief(pupil) == "E 2026-01-08"


@pytest.mark.parametrize("empty", ["NULL", "(null)", "(blank)"])
def test_what_programs_write_for_nothing_is_nothing(project: Project, empty: str) -> None:
    result, _ = look(project, f"{HEADS},Need,LAC\n" + row(1, empty, empty, status=empty))
    assert result.to_work_through == [] and len(result.without_sen) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SEND K", "K"), ("K SEN Support", "K"), ("SEN support plan", "K"), ("E EHCP", "E"), ("EHCP in place", "E"),
        ("SEN-E", "E"), ("SEN-N", "N"), ("Not on SEN register", "N"), ("No SEN needs", "N"),
    ],
)  # fmt: skip
def test_statuses_by_other_words(text: str, status: str) -> None:
    assert read_status(text) == status


def test_a_heading_over_two_lines_is_shown_on_one_and_columns_of_nothing_are_not_shown(project: Project) -> None:
    listed = '"UPN","Surname","Forename","Date of\nbirth","SEN\nstatus","",""\n' + f"{upn(1)},Hill,Ben,14/05/2018,K,,\n"
    result, said = look(project, listed)
    assert "  Date of birth → date of birth" in said and "(column" not in said
    assert len(result.outcomes) == 1


def test_a_telephone_number_that_lost_its_0_has_it_again(project: Project) -> None:
    heads = f"{HEADS},Contact 1 Name,Contact 1 Phone,Contact 2 Name,Contact 2 Phone\n"
    listed = heads + row(1, "Ms Hill", "7700900417", "Mr Hill", "020 7946 0018")
    [pupil] = register(project, listed).values()
    assert [person["phone"] for person in pupil["people"]] == ["07700900417", "020 7946 0018"]
    assert "had lost its first 0" in look(project, listed)[1]


@pytest.mark.parametrize(
    ("heads", "cells", "held"),
    [
        ("SEN Status (previous),SEN Status (now)", "K,E", "E 2026-09-01"),
        ("SEN Status (previous),SEN Status", "K,E", "E 2026-09-01"),
        ("SEN Need (last year),SEN Status,SEN Need", "MLD,K,SLCN", "K 2026-09-01 SLCN"),
        ("SEN Status,SEN Start Date (old)", "K,01/09/2020", "K 2026-09-01"),
        ("EHCP,SEN K", "N,Y", "K 2026-09-01"),
        ("EHCP,SEND Support (K)", "N,Y", "K 2026-09-01"),
    ],
)
def test_a_column_of_before_is_none_of_now_and_one_of_support_is_its_own(
    project: Project, heads: str, cells: str, held: str
) -> None:
    line = f"{upn(1)},Hill,Ben,14/05/2018,4,{cells}\n"
    [pupil] = register(project, f"UPN,Surname,Forename,DOB,Year,{heads}\n{line}").values()
    assert brief(pupil) == held


@pytest.mark.parametrize(
    ("on", "heads", "held"),
    [
        (date(2026, 6, 20), "Class (2025/26),Class (2026/27)", "3A"),
        (date(2026, 11, 29), "Class (2025/26),Class (2026/27)", "4B"),
        (date(2026, 11, 29), "Class (2027-28),Class (2026-27)", "4B"),
        (date(2026, 6, 20), "Class (2025),Class (2026)", "4B"),
        (date(2027, 11, 29), "Class (2025/26),Class (2026/27)", "4B"),
    ],
)
def test_of_two_columns_that_differ_in_their_year_that_of_the_day_counts(
    project: Project, on: date, heads: str, held: str
) -> None:
    result, _ = look(project, f"{HEADS},{heads}\n" + row(1, "3A", "4B"), on=on)
    assert f'class: "{held}"' in result.outcomes[0].text


@pytest.mark.parametrize("heading", ["SEN Status (last census)", "SEN Status (last updated 2026)"])
def test_what_was_last_looked_at_is_the_status_of_now(project: Project, heading: str) -> None:
    [pupil] = register(project, f"UPN,Surname,Forename,DOB,Year,{heading}\n{upn(1)},Hill,Ben,14/05/2018,4,K\n").values()
    assert brief(pupil) == "K 2026-09-01"


@pytest.mark.parametrize("heading", ["Off register", "Removed from register", "On register since"])
def test_yes_and_no_are_no_days_of_a_status(project: Project, heading: str) -> None:
    listed = f"{HEADS},{heading}\n" + row(1, "No", forename="Ada") + row(2, "Yes", forename="Ben")
    result, said = look(project, listed)
    assert result.to_work_through == [] and len(result.outcomes) == 2 and f"not used: {heading}" in said


def test_letters_of_any_code_are_no_statuses(project: Project) -> None:
    lines = "".join(f"{upn(n)},Hill,{name},14/05/2018,4,{code}\n" for n, name, code in
                    [(1, "Ada", "E"), (2, "Ben", "N"), (3, "Cy", "W")])  # fmt: skip
    heads = "UPN,Surname,Forename,DOB,Year"
    assert "not used: Code" in look(project, f"{heads},Code\n{lines}")[1]
    assert "not used: Status" not in look(project, f"{heads},Status\n{lines}")[1]


@pytest.mark.parametrize(
    "heading", ["Removed from register", "Date removed from SEN register", "Date SEN Status ended"]
)
def test_who_was_taken_off_the_register_is_not_put_on_it(project: Project, heading: str) -> None:
    result, _ = look(project, f"{HEADS},{heading}\n" + row(1, "01/10/2026"))
    assert result.outcomes == [] and len(result.without_sen) == 1


def test_a_list_that_tells_plans_alone_says_that_nobody_on_support_is_known(project: Project) -> None:
    heads, line = "UPN,Surname,Forename,DOB,Year,EHCP", f"{upn(1)},Hill,Ben,14/05/2018,4"
    assert "no column says who has SEN support" in look(project, f"{heads}\n{line},N\n")[1]
    assert "no column says who has SEN support" not in look(project, f"{heads},SEN Status\n{line},N,K\n")[1]
