"""Nobody drops out in silence: who is on the register stands in every list, and papers name whom they do not count."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generator.authorities.pack import load_pack
from generator.cases.family.people import addressees, parents
from generator.documents.catalogue import documents
from generator.documents.printed_facts.outcome_facts import areas
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, case_names, find_project
from generator.records.record import read_record
from generator.rules import check
from generator.school.class_briefing import briefing, classes
from generator.school.imports.apply_import import apply
from generator.school.not_counted import NotCounted, by_pupil_file, not_counted, said, said_without_names
from generator.school.register import census_table
from generator.values.parsing import TO_FILL_IN
from tests.documents.merged_templates import text_of
from tests.example_school import KACPER, copy_school, sendpack
from tests.school.import_outcome import HEADS, look, row

ON = date(2026, 11, 29)
DAY = ("--on", "2026-11-29")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return find_project(copy_school(tmp_path / "school"))


def brought_in(project: Project, need: str = "NSA", status: str = "K") -> str:
    """The folder of a pupil whose list says a status and a need."""
    result, _ = look(project, f"{HEADS},SEN Need,Class\n{row(1, need, 'RS', status=status)}")
    apply(result.outcomes)
    return result.outcomes[0].case


@pytest.mark.parametrize(
    ("code", "title"), [("NSA", "No specialist assessment"), ("OTH", "Other difficulty"), ("DS", "Down syndrome")]
)
def test_a_need_whose_type_tells_no_area_goes_into_the_records(project: Project, code: str, title: str) -> None:
    loaded = load_case(project, brought_in(project, code))
    assert loaded.case is not None
    [need] = loaded.case.data("pupil")["needs"]
    assert (need["sen_type"], need["area"], need["title"], need["rank"]) == (code, "not_known", title, 1)
    found = check(loaded.case, project.pack_of(loaded.case), ON).problems
    assert not [p for p in found if p.rule == "sen-type-missing"]
    [asks] = [p for p in found if p.rule == "sen-type-area"]
    assert asks.message == f"to which area Ben’s need “{title}” belongs is not known yet"


def test_a_need_of_unknown_area_stands_in_the_documents(project: Project) -> None:
    case = load_case(project, brought_in(project)).case
    assert case is not None
    told = [(row["label"], [str(need.title) for need in row["needs"]]) for row in areas(case, project.view, ON)]
    assert told == [("Area of need not known yet", ["No specialist assessment"])]


def test_who_is_on_the_register_is_on_the_page_of_the_class(project: Project) -> None:
    name = brought_in(project)
    file = project.cases / name / "pupil.yaml"
    record, _ = read_record(file.read_bytes(), "pupil.yaml", "pupil", project.schemas)
    assert record is not None
    text = file.read_text("utf-8")
    start = text.index("\nneeds:")
    file.write_text(text[:start] + text[text.index("\n\n", start) :], "utf-8")  # no need at all
    case = load_case(project, name).case
    assert case is not None and "needs" not in case.data("pupil")
    [one] = classes([case], ON)
    assert one.name == "RS" and [p["needs"] for p in one.pupils] == [["Need not written yet"]]
    pack, shelf = (
        load_pack("standard", project.template_folders, project.schemas),
        TemplateShelf(project.template_folders),
    )
    told = text_of(briefing(project, pack, shelf, one, ON))
    assert "Ben Hill" in told and "SEN support" in told and "Need not written yet" in told


@pytest.mark.whole
def test_a_pupil_whose_files_have_errors_is_named_on_every_paper(tmp_path: Path) -> None:
    school = copy_school(tmp_path, "ada-brown", KACPER)
    plan = school / "cases" / KACPER / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "\nnonsense: yes\n", "utf-8")
    named = f"Not counted, because their files have errors: Kacper Wiśniewski ({KACPER})."
    ran = sendpack(school, "register", "--xlsx", "r.xlsx", "--docx", "r.docx", *DAY)
    assert named in " ".join(ran.stdout.split()) and named in text_of((school / "r.docx").read_bytes())
    for sheet in load_workbook(io.BytesIO((school / "r.xlsx").read_bytes())).worksheets:
        assert named in [cell.value for cell in sheet["A"]], sheet.title
    sendpack(school, "provision", "--xlsx", "p.xlsx", "--docx", "p.docx", *DAY)
    assert named in text_of((school / "p.docx").read_bytes())
    assert named in [cell.value for cell in load_workbook(school / "p.xlsx").worksheets[0]["A"]]
    sendpack(school, "reviews", "--xlsx", "v.xlsx", *DAY)
    assert named in [cell.value for cell in load_workbook(school / "v.xlsx").worksheets[0]["A"]]
    for command in ("governors", "inclusion-strategy"):
        sendpack(school, command, "--docx", "a.docx", *DAY)
        told = text_of((school / "a.docx").read_bytes())
        assert "The files of 1 pupil have errors, so the numbers may be too low" in told and "Kacper" not in told


def test_a_census_counts_by_the_pupils_own_file_and_tells_who_is_not_in_it(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, KACPER, "idris-chowdhury"))
    for file in (f"{KACPER}/plan.yaml", "idris-chowdhury/pupil.yaml"):
        (project.cases / file).write_text((project.cases / file).read_text("utf-8") + "\nnonsense: yes\n", "utf-8")
    ada = {"legal_surname": "Brown", "forenames": "Ada Rose", "date_of_birth": date(2018, 5, 14), "year_group": "4"}
    counted, alone, unread = by_pupil_file(project, {"ada-brown": ada}, [KACPER, "idris-chowdhury"])
    assert [row[1] for row in census_table(counted, ON).rows] == ["Brown", "Wiśniewski"]
    assert (alone, unread) == ((KACPER,), ("idris-chowdhury",))


@pytest.mark.whole
def test_the_page_of_a_class_names_whom_it_cannot_tell_of(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "ada-brown", KACPER))
    file = project.cases / KACPER / "plan.yaml"
    file.write_text("nonsense: yes\n", "utf-8")
    cases = [one for name in case_names(project) if (one := load_case(project, name).case)]
    missing = not_counted(project, [KACPER], ON)
    class_name = missing[0].class_name
    assert missing == (NotCounted(KACPER, "Kacper Wiśniewski", class_name),)
    [page] = [one for one in classes(cases, ON, (), missing) if one.name == class_name]
    pack, shelf = (
        load_pack("standard", project.template_folders, project.schemas),
        TemplateShelf(project.template_folders),
    )
    assert "Not on this page, because their files have errors: Kacper Wiśniewski." in text_of(
        briefing(project, pack, shelf, page, ON)
    )
    (project.cases / KACPER / "pupil.yaml").write_text("forenames: Kacper\nlegal_surname: Wiśniewski\nx: [\n", "utf-8")
    [unread] = not_counted(project, [KACPER], ON)
    assert unread == NotCounted(KACPER, "Kacper Wiśniewski")
    assert all(unread in one.missing for one in classes(cases, ON, (), [unread])), "no class is known: on every page"
    assert said([]) == said_without_names([]) == ""


def test_a_pupil_with_a_profile_alone_and_an_error_in_it_is_named_on_the_page_of_the_class(tmp_path: Path) -> None:
    """Without support or a need the profile is what puts a pupil on the page; a broken one takes nobody off it."""
    project = find_project(copy_school(tmp_path, KACPER))
    pupil, profile = (project.cases / KACPER / name for name in ("pupil.yaml", "profile.yaml"))
    text = re.sub(r"(?ms)^(needs|sen_status):\n.*?(?=^\w)", "", pupil.read_text("utf-8"))
    pupil.write_text(text + "sen_status: [{status: N, from: 1 September 2024}]\n", "utf-8")
    [missing] = not_counted(project, [KACPER], ON)
    assert missing.may_need  # was: not named
    profile.unlink()
    [missing] = not_counted(project, [KACPER], ON)
    assert not missing.may_need


@pytest.mark.whole
def test_whose_status_has_no_day_is_named_and_a_column_of_days_is_pointed_at(tmp_path: Path) -> None:
    school = copy_school(tmp_path)
    rows = f"{row(1, '02/09/2025', 'x')}{row(2, '', '', forename='Cam')}{row(3, '', '', forename='Dot', status='N')}"
    (school / "list.csv").write_text(f"{HEADS},Joined intervention on date,Notes\n{rows}", "utf-8")
    said = " ".join(sendpack(school, "import", "list.csv", "--create", *DAY).stdout.split())
    assert "does not say since when the status counts for Ben Hill and Cam Hill: with --apply you will be asked" in said
    assert (
        "Joined intervention on date holds days and is not used. If it says since when the status counts, add" in said
    )
    assert "No pupil's file is written yet" in said
    right = ("--column", "Joined intervention on date=SEN status since")
    said = " ".join(sendpack(school, "import", "list.csv", "--create", *right, *DAY).stdout.split())
    assert "for Cam Hill: with --apply" in said and "holds days" not in said


@pytest.mark.whole
def test_a_status_that_begins_in_the_future_is_said(tmp_path: Path) -> None:
    school = copy_school(tmp_path)
    words = ("new", "pupil", "Ada Wood", "--born", "14/05/2018", "--status", "K", *DAY, "--since")
    ran = sendpack(school, *words, "07/09/2027")
    assert "begins on 7 September 2027, which is still to come" in " ".join(ran.stdout.split())
    told = sendpack(school, "check", "ada-wood", *DAY).stdout
    assert "until then Ada is on no register" in " ".join(told.split())


def test_parental_responsibility_that_no_list_tells_is_not_claimed(project: Project) -> None:
    rows = f"{row(1, 'Anna Hill', 'Mother')}{row(2, '', '', forename='Cam')}"
    text = f"{HEADS},Contact 1 Name,Contact 1 Relationship\n{rows}"
    result, told = look(project, text)
    assert "whether Anna Hill has parental responsibility is not in the list: it is written as not known" in told
    apply(result.outcomes)
    cases = [one for name in case_names(project) if (one := load_case(project, name).case)]
    people = [person for one in cases for person in one.data("pupil")["people"]]
    assert [(p["name"], p["parental_responsibility"]) for p in people] == [
        ("Anna Hill", "not_known"),
        (TO_FILL_IN, "not_known"),
    ]
    for case in cases:
        pupil, pack = case.data("pupil"), project.pack_of(case)
        assert parents(pupil) == [] and addressees(pupil, ON) == [], "nobody gets a letter on a guess"
        assert not [one for one in documents(case, pack) if one.kind == "parent-letter" and one.addressee]
        [asks] = [p for p in check(case, pack, ON).problems if p.rule == "responsibility-unknown"]
        assert "no letter, copy or form for parents is made" in asks.message
    file = project.cases / "ben-hill" / "pupil.yaml"
    file.write_text(
        file.read_text("utf-8").replace("parental_responsibility: not_known", "parental_responsibility: yes"), "utf-8"
    )
    again, told = look(project, text)
    assert "it is written as" not in told and again.changed == 0, (
        "what is written stays, and nothing untrue is said of it"
    )
    case = load_case(project, "ben-hill").case
    assert case is not None and [one["name"] for one in addressees(case.data("pupil"), ON)] == ["Anna Hill"]
