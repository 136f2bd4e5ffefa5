"""Words and fields of forms that look like what they are not: each kept from being taken for it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from generator.cases.case import Case
from generator.forms.answer_places.in_word_files.paragraph import asks_to_be_clicked
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answers
from generator.forms.authority.answering.writers import WRITERS, Manner
from generator.forms.authority.proposing.phrases import OFFICE, ordinal
from generator.forms.filling.fill_word import fill_word
from generator.word_files.docx_package import packed, unpacked
from tests.forms.conftest import confirmed
from tests.forms.invented_forms import InventedForm
from tests.forms.test_kinds_of_places import PLAN, REQUEST, field_runs, mapped, titled, ways

# -- which person, which row, whose -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Date of first placement and parents",
        "Sharing information with third parties",
        "Third parties",
        "Second primary school",
        "First point of contact",
        "Date of first contact with parents",
        "First careers interview",
    ],
)
def test_what_comes_first_or_second_and_is_nobody_counts_no_parent(text: str) -> None:
    assert ordinal(text) is None


def test_parents_told_of_third_parties_are_the_first_of_the_parents() -> None:
    form = titled(REQUEST)
    form.heading("Sharing information with third parties")
    form.table(["Name of parent", ""], ["Telephone", ""])
    assert ways(form)[0] == ("pupil.people[0].name",)


@pytest.mark.parametrize("numbers", [("T1", "T2", "T3"), ("1a", "1b", "1c"), ("1", "2", "3")])
def test_rows_with_a_letter_in_their_number_are_rows_of_a_list(numbers: tuple[str, ...]) -> None:
    form = titled(PLAN)
    form.table(["No", "Target", "Support", "By when"], *[[number, "", "", ""] for number in numbers])
    found = mapped(form.content()).places
    assert [p.kind for p in found] == ["grid column"] * 3 and all(p.sure for p in found)
    assert found[0].fields == ("cycle.plan.targets[*].text",)


def test_support_that_was_received_by_a_team_is_no_question_for_the_office() -> None:
    form = titled(REQUEST)
    form.heading("Support received by the SEND team")
    form.line("Name of child: ______________")
    form.line("Date of birth: ______________")
    assert not any(p.office_use for p in mapped(form.content()).places)
    assert OFFICE.search("Date received by the SEND team") and OFFICE.search("Request received by the panel:")
    assert OFFICE.search("12. Received by LA") and not OFFICE.search("Help received by the local authority")


# -- prompts and words to choose from ---------------------------------------------------------------------------------


def filled(form: InventedForm, case: Case) -> Any:
    """The paragraph that was added last, in the filled form."""
    content = fill_word(form.content(), answers(confirmed(mapped(form.content())), case)).content
    return docx.Document(io.BytesIO(content)).paragraphs[-1]


@pytest.mark.whole
def test_two_prompts_in_a_paragraph_each_give_way_and_a_picture_stays(ada: Case, tmp_path: Path) -> None:
    Image.new("RGB", (20, 20)).save(tmp_path / "logo.png")
    form = titled(REQUEST)
    form.line("Why are you making this request?")
    line = form.line()
    field_runs(line, "MACROBUTTON NoMacro [first]")
    field_runs(line, "MACROBUTTON NoMacro [more]")
    line.add_run().add_picture(str(tmp_path / "logo.png"))
    assert [p.where.xpath.rpartition("/")[2] for p in mapped(form.content()).places] == ["w:r[1]", "w:r[4]"]
    found = filled(form, ada)
    assert found.text.startswith("Ada is 8") and "MACROBUTTON" not in found._p.xml and "pic:pic" in found._p.xml


def test_a_label_in_the_same_run_as_the_end_of_a_prompt_stays(ada: Case) -> None:
    form = titled(REQUEST)
    line = form.line("Surname: ")
    field_runs(line, "MACROBUTTON NoMacro [type surname]")
    said = parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve"> Date of birth: </w:t>')
    line._p.findall(qn("w:r"))[-1].append(said)
    field_runs(line, "MACROBUTTON NoMacro [type date of birth]")
    assert filled(form, ada).text == "Surname: Brown Date of birth: 14/05/2018"


@pytest.mark.parametrize(
    ("code", "prompt"),
    [
        ("NoMacro [Click here and type e-mail address]", True),
        ("NoMacro [next of kin]", True),
        ("AcceptAllChangesShown [date of last update]", True),
        ("AcceptAllChangesShown [type next of kin]", True),
        ("SaveIt [Save and send]", False),
        ("PrintForm Print this form", False),
    ],
)
def test_a_prompt_may_name_what_a_button_does(code: str, prompt: bool) -> None:
    assert asks_to_be_clicked(f" MACROBUTTON {code} ") is prompt


@pytest.mark.parametrize(
    "text",
    [
        "Every boy/girl of the school is treated alike.",
        "If we agree / do not agree with a parent we say so.",
        "Staff are male/female as the pupil wishes.",
        "Note: male/female staff are there.",
    ],
)
def test_words_to_choose_from_in_a_sentence_are_no_place(text: str) -> None:
    form = titled(REQUEST)
    form.line(text)
    form.line("Surname: ______________")
    assert [p.kind for p in mapped(form.content()).places] == ["line"]


def test_words_to_choose_from_in_a_label_do_not_split_it() -> None:
    form = titled(REQUEST)
    form.line("Name of boy/girl’s parent: ______________")
    form.line("Sex: Male / Female    Date of birth: ______________")
    form.line("I consent / do not consent to this request.")
    found = mapped(form.content()).places
    assert [p.kind for p in found] == ["line", "choice", "line", "choice"]
    assert found[0].label == "Name of boy/girl’s parent" and found[2].fields == ("pupil.date_of_birth",)


# -- whose address, whose consent, and what is not filled -------------------------------------------------------------


def test_one_consent_may_have_its_box_and_its_signature_on_two_lines() -> None:
    form = titled(REQUEST)
    form.heading("Consent")
    form.line("☐ I agree to the sharing of information")
    form.line("Signature of parent: ______________  Date: ______________")
    found = mapped(form.content()).places
    assert [p.fields[:1] for p in found] == [("request.consents[0].date",), (), ("request.consents[0].date",)]


@pytest.mark.parametrize(("heading", "sure"), [("Parent", True), ("Parent living at a different address", False)])
def test_the_address_of_a_parent_who_lives_elsewhere_is_not_surely_the_childs(heading: str, sure: bool) -> None:
    form = titled(REQUEST)
    form.heading(heading)
    form.table(["Parent’s name", ""], ["Parent’s address", ""])
    [_, found] = mapped(form.content()).places
    assert (found.writing, found.sure) == ("own address, or as the child", sure)


@pytest.mark.parametrize(("lives", "said"), [("yes", "as the child"), ("no", ""), (None, "as the child")])
def test_a_parent_who_does_not_live_with_the_child_is_at_no_address_as_the_child(lives: str | None, said: str) -> None:
    write = WRITERS["own address, or as the child"]
    assert write(None, [None, None, "1 High Street", "ZZ1 1ZZ", lives], Manner()) == said  # type: ignore[arg-type]


def test_old_controls_and_documents_within_a_form_are_told() -> None:
    form = titled(REQUEST)
    form.line("Surname: ______________")
    parts = unpacked(form.content())
    kinds = parts["[Content_Types].xml"].decode()
    override = '<Override PartName="/word/activeX/activeX1.xml" ContentType="application/vnd.ms-office.activeX+xml"/>'
    parts["[Content_Types].xml"] = kinds.replace("</Types>", f"{override}</Types>").encode()
    parts["word/activeX/activeX1.xml"] = b"<a/>"
    chunk = (
        '<Relationship Id="rId99" Target="part.htm" Type="'
        'http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"/>'
    )
    rels = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", f"{chunk}</Relationships>").encode()
    parts["word/part.htm"] = b"<p>Date of birth: ____</p>"
    notes = read_form_file(packed(parts), "form.docx").notes
    assert "ActiveX" in notes[0] and "another document" in notes[1]
