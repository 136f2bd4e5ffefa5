"""The briefing of a class: one page, what to do and not why, only the pupils who need something."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.authorities.pack import load_pack
from generator.cases.case import Case
from generator.documents.template_shelf import TemplateShelf
from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, case_names, find_project
from generator.problems import WrongUse
from generator.school.class_briefing import briefing, classes, fitted
from tests.documents.merged_templates import text_of
from tests.example_school import ROOT, copy_school, sendpack

ON = date(2026, 11, 22)


def school(folder: Path, *pupils: str, of_class: str = "") -> tuple[Project, list[Case]]:
    """Some of the example pupils; all in one class when it is named."""
    copy_school(folder, *pupils)
    for name in pupils if of_class else ():
        file = folder / "cases" / name / "pupil.yaml"
        lines = [
            f"class: {of_class}" if row.startswith("class:") else row for row in file.read_text("utf-8").split("\n")
        ]
        file.write_text("\n".join(lines), "utf-8")
    project = find_project(folder)
    cases = [load_case(project, name).case for name in case_names(project)]
    return project, [case for case in cases if case]


def text(project: Project, cases: list[Case]) -> str:
    pack, shelf = (
        load_pack("standard", project.template_folders, project.schemas),
        TemplateShelf(project.template_folders),
    )
    return "\n".join(text_of(briefing(project, pack, shelf, one, ON)) for one in classes(cases, ON))


@pytest.mark.whole
def test_a_class_is_told_what_to_do_and_not_the_history(tmp_path: Path) -> None:
    told = text(*school(tmp_path, "ada-brown"))
    assert "Who needs what in 4A" in told and "Reading and spelling words" in told
    assert "Tell me one thing at a time" in told and "Key adult: Mrs Jahanara Begum" in told
    assert "Dyslexia (severe" not in told and "Samira" not in told and "X999400122017" not in told


def test_a_class_without_such_a_pupil_is_refused_with_those_there_are(tmp_path: Path) -> None:
    _, cases = school(tmp_path, "ada-brown")
    with pytest.raises(WrongUse, match="no class 9Z") as told:
        classes(cases, ON, ["9Z"])
    assert "4A" in told.value.advice


@pytest.mark.whole
def test_as_many_lines_as_fit_on_one_page(tmp_path: Path) -> None:
    """With one pupil all advice is there; with six it is shortened until the page holds it, and says so."""
    names = ["ada-brown", "kacper-wisniewski", "luca-marchetti", "maisie-thorne", "toby-merrick", "zoe-obrien-smidt"]
    project, cases = school(tmp_path, *names, of_class="4A")
    pack, shelf = (
        load_pack("standard", project.template_folders, project.schemas),
        TemplateShelf(project.template_folders),
    )
    engine = choose("embedded")
    (one,) = classes(cases, ON)
    word, pdf = fitted(project, pack, shelf, one, ON, engine)
    told = text_of(word)
    assert pdf.pages == 1 and "Only the first lines" in told
    assert all(pupil["name"] in told and pupil["do"][0] in told for pupil in one.pupils)
    assert one.pupils[0]["do"][-1] not in told


def test_a_plan_that_is_not_for_the_school_is_not_handed_on(tmp_path: Path) -> None:
    copy_school(tmp_path, "zoe-obrien-smidt")
    plan = tmp_path / "cases" / "zoe-obrien-smidt" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "\naudience: [parents]\n", "utf-8")
    case = load_case(find_project(tmp_path), "zoe-obrien-smidt").case
    assert case is not None
    advice = classes([case], ON)[0].pupils[0]["do"]
    assert "Wear the mic" in advice[0] and not any("holds the radio microphone" in line for line in advice)


@pytest.mark.whole
def test_the_command_writes_a_page_for_each_class(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown", "zoe-obrien-smidt")
    ran = sendpack(tmp_path, "briefing", "--on", "2026-11-22")
    assert ran.returncode == 0 and "4A: 1 pupil\n" in ran.stdout, ran.stderr
    folder = tmp_path / "output" / "classes"
    assert sorted(path.name for path in folder.iterdir()) == [
        "briefing-4A.docx",
        "briefing-4A.pdf",
        "briefing-6P.docx",
        "briefing-6P.pdf",
    ]
    assert sendpack(tmp_path, "briefing", "9Z").returncode == 2


@pytest.mark.whole
def test_the_example_school_has_a_briefing_for_every_class() -> None:
    project = find_project(ROOT)
    cases = [load_case(project, name).case for name in case_names(project)]
    assert {"4A", "6P", "Reception Wrens"} <= {one.name for one in classes([c for c in cases if c], ON)}
