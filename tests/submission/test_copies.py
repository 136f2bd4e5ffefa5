"""One version to two homes: each with a copy of their own and a day, and who holds which version."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdf
import pytest
from docx import Document as read_docx

from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.submission.given_out.give_out import Handover, issue
from generator.submission.given_out.issued_versions import Issued, standing, versions
from tests.example_school import copy_school, sendpack

ADA = "ada-brown"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return copy_school(tmp_path, ADA)


def give(school: Path, document: str, *to: Handover) -> Issued:
    project = find_project(school)
    case = load_case(project, ADA).case
    assert case is not None
    engine = choose("embedded")
    try:
        return issue(project, case, document, engine, *to)
    finally:
        engine.close()


def held(school: Path) -> list[tuple[str, int, str]]:
    project = find_project(school)
    case = load_case(project, ADA).case
    assert case is not None
    return [(one.to, one.issued.version, one.state) for one in standing(project, case)]


def edit(school: Path, file: str, old: str, new: str) -> None:
    path = school / "cases" / ADA / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.whole
def test_two_people_have_one_version_each_with_their_own_day(school: Path) -> None:
    made = give(school, "my-plan", Handover("samira", date(2026, 9, 15)), Handover("daniel", date(2026, 9, 16)))
    assert made.version == 1
    rows = [(row["to"], row["date"], row["file"]) for row in made.copies]
    assert rows == [
        ("Ms Samira Brown", date(2026, 9, 15), "my-plan.pdf"),
        ("Mr Daniel Brown", date(2026, 9, 16), "my-plan.pdf"),
    ]


@pytest.mark.whole
def test_whoever_gets_it_later_unchanged_holds_the_same_version(school: Path) -> None:
    give(school, "my-plan", Handover("samira", date(2026, 9, 15)))
    later = give(school, "my-plan", Handover("daniel", date(2026, 9, 20)))
    assert (later.version, len(versions(find_project(school), ADA))) == (1, 1)  # was: version 2, the same in all
    assert later.altered == []
    again = give(school, "my-plan", Handover("daniel", date(2026, 9, 21)))
    assert again.version == 2, "who holds it already gets a new version when it is given out again"


@pytest.mark.whole
def test_who_holds_which_version_is_told_by_issued_status_and_check(school: Path) -> None:
    give(school, "support-plan", Handover("samira", date(2026, 9, 15)), Handover("daniel", date(2026, 9, 16)))
    edit(school, "plan.yaml", "Talked over her drawings", "Talked over her two drawings")
    give(school, "support-plan", Handover("samira", date(2026, 11, 20)))
    assert held(school) == [
        ("Ms Samira Brown", 2, "unchanged since"),
        ("Mr Daniel Brown", 1, "version 2 was given out since"),
    ]
    listed = sendpack(school, "issued", ADA).stdout
    assert re.search(r"1 final +2026-09-16 +Mr Daniel Brown +version 2 was given out since", listed)
    checked = sendpack(school, "check", ADA, "--on", "22/11/2026").stdout
    assert "Daniel Brown holds version 1 of the plan, of 16 September 2026; version 2 was given out since" in checked
    assert "Mr Daniel Brown holds version 1 of support-plan" in sendpack(school, "status", "--on", "22/11/2026").stdout


@pytest.mark.whole
def test_an_agreement_of_the_version_that_was_given_out_is_told_so_after_a_change(school: Path) -> None:
    give(school, "support-plan", Handover("samira", date(2026, 9, 15)), Handover("daniel", date(2026, 9, 16)))
    edit(school, "plan.yaml", "Talked over her drawings", "Talked over her two drawings")
    made = give(school, "support-plan", Handover("Northmoor Council", date(2026, 11, 20)))
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(made.folder / "support-plan.pdf").pages)
    said = "Samira Brown (Parent): agreed on 15 September 2026 as of version 1; changes since then not yet agreed."
    assert said in " ".join(text.split())
    checked = sendpack(school, "check", ADA, "--on", "22/11/2026").stdout
    assert "agreed to version 1; the changes since then are not agreed yet" in " ".join(checked.split())


def with_own_template(school: Path) -> None:
    """A school whose plan prints how to reach everybody, and the child's number."""
    house = school / "templates" / "school"
    house.mkdir(parents=True)
    root = Path(__file__).parent.parent.parent
    page = read_docx(str(root / "templates" / "standard" / "my-plan.docx"))
    body = page.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    for line in (
        "UPN {{ pupil.upn }}.",
        "Home: {{ pupil.address | address }} {{ pupil.postcode }}.",
        "{% for p in pupil.people %}{{ p.name }}: {{ p.address }} {{ p.mobile }} {{ p.email }}. {% endfor %}",
    ):
        page.add_paragraph(line)
    page.save(str(house / "my-plan.docx"))


def pages(made: Issued, name: str) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(made.folder / name).pages).split())


@pytest.mark.whole
def test_each_parents_copy_shows_how_to_reach_nobody_else(school: Path) -> None:
    with_own_template(school)
    made = give(school, "my-plan", Handover("samira", date(2026, 9, 15)), Handover("daniel", date(2026, 9, 15)))
    files = {str(row["to"]): str(row["file"]) for row in made.copies}
    assert files == {"Ms Samira Brown": "my-plan-for-samira.pdf", "Mr Daniel Brown": "my-plan-for-daniel.pdf"}
    hers, his = pages(made, "my-plan-for-samira.pdf"), pages(made, "my-plan-for-daniel.pdf")
    assert "12 Tannery Row" in hers and "07700 900 123" in hers and "samira.brown@family.example" in hers
    for detail in ("4 Quay Street", "07700 900 456", "daniel.brown@family.example"):
        assert detail in his and detail not in hers
    for detail in ("12 Tannery Row", "ZZ99 3CZ", "07700 900 123", "samira.brown@family.example"):
        assert detail not in his
    assert "X999400122017" not in hers + his


@pytest.mark.whole
def test_whoever_shares_how_to_be_reached_is_shown(school: Path) -> None:
    with_own_template(school)
    edit(school, "pupil.yaml", "    mobile: 07700 900 456\n", "    mobile: 07700 900 456\n    share_contact: yes\n")
    made = give(school, "my-plan", Handover("samira", date(2026, 9, 15)))
    assert "4 Quay Street" in pages(made, "my-plan.pdf") and "07700 900 456" in pages(made, "my-plan.pdf")


@pytest.mark.whole
def test_the_command_takes_several_people_each_with_a_day(school: Path) -> None:
    told = sendpack(school, "issue", ADA, "profile", "--to", "samira=15/09/2026", "--to", "daniel=16/09/2026")
    assert told.returncode == 0, told.stderr
    assert "profile.pdf: version 1, final, 15 September 2026, to Ms Samira Brown" in told.stdout
    assert "profile.pdf: version 1, final, 16 September 2026, to Mr Daniel Brown" in told.stdout
    assert told.stdout.count("It counts as a copy for the family.") == 2
    wrong = sendpack(school, "issue", ADA, "profile", "--to", "samira=soon")
    assert wrong.returncode == 2 and "“soon” is no day" in wrong.stderr
