"""The first page of a family's copy: whose it is, when they hear, what they can do; in their own language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from generator.cases.family.contact_details import Reader
from generator.documents.catalogue import Document, MergeDesk, documents
from generator.documents.languages.completeness import FAMILY, FIRST_PAGE
from generator.documents.languages.translate import Interpreter, in_language
from generator.documents.printed_facts.told_once import PartPlace
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, choose, drawn_whole
from generator.engines.protocol import Pdf
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.submission.parents_copy import language_of_copy
from tests.documents.merged_templates import text_of
from tests.example_school import copy_school

ADA = "ada-brown"
ON = date(2026, 11, 19)
GIVEN = {"bundle": {"title": "Request", "total": 71, "documents": 25, "made": ON, "files": 1, "send": ""}}
PLACES = {
    "request": PartPlace("6-13", "A1", "Request"),
    "support-plan": PartPlace("19-22", "C1", "Plan", "", (("Who does what", "21", ""),)),
    "my-support-plan": PartPlace(
        "23-33", "C2", "My Support Plan", "", (("Part 3", "24-29", ""), ("Support now", "28-29", ""))
    ),
}


def desk_of(folder: Path, person: str = "samira") -> MergeDesk:
    project = find_project(folder)
    case = load_case(project, ADA).case
    assert case is not None
    shelf = TemplateShelf(project.template_folders)
    return MergeDesk(project, case, project.pack_of(case), shelf, frozenset({"parents"}), Reader(person))


def page(folder: Path, person: str = "samira") -> str:
    return " ".join(text_of(desk_of(folder, person).front(FAMILY, "Request", ON, GIVEN, PLACES)).split())


@pytest.mark.whole
def test_it_says_whose_it_is_when_they_hear_what_they_can_do_and_whom_to_ask() -> None:
    told = page(BUILT_IN)
    for wanted in (
        "A copy for Samira Brown",
        "The school asks Northmoor Council to find out exactly what help Ada needs",
        "you hear by 31 December 2026",
        "within 16 weeks",
        "use mediation",
        "within two months of the date on the letter, or one month of the date on a mediation certificate",
        "Read the request (pages 6-13)",
        "Mrs Joanna Hale, SENCO, 01632 960 104",
        "ask Mrs Joanna Hale from 4 January 2027, the next school day",  # 31 December is in the holidays
        "The help that Ada has now: pages 28-29. What you can do at home: page 21, “Who does what”.",
        "Next meeting: 8 December 2026.",
        "You signed your consent on 17 November 2026. By our records it has not been sent yet.",
        "Northmoor SENDIASS, 01632 960 777",
    ):
        assert wanted in told, wanted
    assert "section 36(8)" not in told and "percentile" not in told


@pytest.mark.whole
def test_what_was_left_out_is_said_of_this_copy_and_nothing_where_nothing_was(tmp_path: Path) -> None:
    said = "how to reach {} has been left out"
    assert said.format("Daniel Brown") in page(BUILT_IN) and "for families to have" not in page(BUILT_IN)
    assert said.format("Samira Brown") in page(BUILT_IN, "daniel")
    assert said.format("Samira Brown and Daniel Brown") in page(BUILT_IN, "")
    copy_school(tmp_path, ADA)
    pupil = tmp_path / "cases" / ADA / "pupil.yaml"
    text = pupil.read_text("utf-8").replace("    copies: yes\n", "    copies: yes\n    share_contact: yes\n")
    pupil.write_text(text, "utf-8")
    assert "left out" not in page(tmp_path)


@pytest.mark.whole
def test_after_it_was_sent_the_page_says_so(tmp_path: Path) -> None:
    copy_school(tmp_path, ADA)
    request = tmp_path / "cases" / ADA / "request.yaml"
    sent = "sent: {date: 24 November 2026, to: Northmoor Council}\n"
    request.write_text(request.read_text("utf-8").replace("\nkind: new\n", f"\nkind: new\n{sent}"), "utf-8")
    told = page(tmp_path)
    assert "It was sent on 24 November 2026. If anything is wrong or missing, tell us" in told
    assert "has not been sent" not in told and "4 January 2027" not in told and "from 6 January 2027" in told


@pytest.mark.whole
def test_the_request_says_where_a_row_has_no_way_to_reach_somebody_that_it_is_not_in_this_copy() -> None:
    desk = desk_of(BUILT_IN)
    document = next(one for one in documents(desk.case, desk.pack) if one.kind == "request")
    assert "Not in this copy" in text_of(desk.write(document, PLACES))
    school = replace(desk, reader=None, readers=frozenset({"authority"}))
    assert "Not in this copy" not in text_of(school.write(document, PLACES))


@pytest.mark.whole
def test_it_is_one_page() -> None:
    engine = choose("embedded")
    try:
        [made] = drawn_whole(engine, [Docx("a", desk_of(BUILT_IN).front(FAMILY, "Request", ON, GIVEN, PLACES))])
    finally:
        engine.close()
    assert isinstance(made, Pdf) and len(PdfDocument(made.content)) == 1


def test_a_copy_for_all_at_home_names_nobody() -> None:
    assert page(BUILT_IN, "").startswith("A copy for the family ")


@pytest.mark.whole
def test_what_the_newest_meeting_left_to_them_stands_among_what_is_asked_of_them(tmp_path: Path) -> None:
    copy_school(tmp_path, ADA)
    meeting = tmp_path / "cases" / ADA / "meetings" / "2026-10-13-interim.yaml"
    text = meeting.read_text("utf-8")
    ring = "{what: Ring the eye clinic, who: Daniel Brown, by: 2026-12-04}"
    meeting.write_text(text.replace("\nactions:\n", f"\nactions:\n  - {ring}\n"), "utf-8")
    assert "Ring the eye clinic (by 4 December 2026)" in page(tmp_path, "daniel")
    assert "Ring the eye clinic" not in page(tmp_path, "samira")
    assert "Ring the eye clinic" in page(tmp_path, "")


@pytest.mark.whole
@pytest.mark.parametrize(("code", "said"), [("pl", "Kiedy będzie odpowiedź"), ("ur", "آپ کو جواب کب ملے گا")])
def test_it_speaks_the_language_that_its_reader_asks_for(tmp_path: Path, code: str, said: str) -> None:
    copy_school(tmp_path, ADA)
    pupil = tmp_path / "cases" / ADA / "pupil.yaml"
    text = pupil.read_text("utf-8")
    pupil.write_text(text.replace("  - id: daniel\n", f"  - id: daniel\n    papers_in: {code}\n", 1), "utf-8")
    desk = desk_of(tmp_path, "daniel")
    assert language_of_copy(desk.project, desk.case, desk.reader) == code
    assert language_of_copy(desk.project, desk.case, Reader("samira")) == ""
    assert language_of_copy(desk.project, desk.case, Reader()) == ""  # two who read it, two languages
    document = Document(FAMILY, FAMILY, FIRST_PAGE, f"{FAMILY}.docx", {}, ON, language=code)
    told = text_of(in_language(Interpreter(desk.project), desk, document, GIVEN, PLACES))
    assert said in told and "When you hear" not in told and "Daniel Brown" in told


@pytest.mark.parametrize("person", ["samira", ""])
@pytest.mark.parametrize(
    ("consents", "asked"),
    [
        ("", True),
        ("consents:\n  - {person: Samira Brown, capacity: parent, date: 17 November 2026}\n", False),
        ("consents:\n  - {person: Samira Brown, capacity: parent}\n", True),
    ],
)
def test_a_parent_whose_consent_is_not_given_yet_is_asked_to_sign_and_give_it_back(
    tmp_path: Path, consents: str, asked: bool, person: str
) -> None:
    told = page(_with_consents(tmp_path, consents), person)
    assert ("sign the request under “Agreement and signatures”, and give the signed page back" in told) is asked
    assert ("You need send nothing on." in told) is not asked
    assert "You may write to the authority yourself at any time." in told


def test_who_has_no_line_to_sign_is_not_asked_to_sign(tmp_path: Path) -> None:
    only = "consents:\n  - {person: Samira Brown, capacity: parent}\n"
    assert "You need send nothing on." in page(_with_consents(tmp_path, only), "daniel")


def _with_consents(folder: Path, consents: str) -> Path:
    request = copy_school(folder, ADA) / "cases" / ADA / "request.yaml"
    text = re.sub(r"(?m)^consents:.*\n(?:[ #].*\n|\n(?= ))*", "", request.read_text("utf-8"))
    assert "consents" not in text
    request.write_text(f"{text.rstrip()}\n{consents}", "utf-8")
    return folder
