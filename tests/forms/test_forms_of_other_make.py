"""Ways in which other makers of forms ask: each place is found under the right words, and nothing wrong is sure."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.cases.case import Case
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answer_of, answers
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import learn
from generator.forms.authority.paths import Sources
from generator.forms.filling.fill_word import fill_word
from generator.word_files.docx_package import unpacked
from tests.forms.conftest import DAY, confirmed
from tests.forms.invented_forms import InventedForm
from tests.forms.invented_pdf import PdfPage, saved


def request_form() -> InventedForm:
    form = InventedForm()
    form.document.add_heading("Aldermere Council: request for an EHC needs assessment", 1)
    return form


def mapped(content: bytes, name: str = "aldermere.docx") -> FormMap:
    return learn(read_form_file(content, name), name.split(".")[0], "standard", load_dictionary(), DAY)


def said(form: FormMap, ada: Case) -> dict[str, Any]:
    """The label of every place with its answer; a grid's first row; nothing for places by hand."""
    made: dict[str, Any] = {}
    for place in form.places:
        answer = None if place.by_hand or place.office_use else answer_of(place, Sources.of(ada))
        made[place.label] = answer[0] if isinstance(answer, list) and answer else answer
    return made


def printed(content: bytes) -> str:
    return unpacked(content)["word/document.xml"].decode()


@pytest.mark.whole
def test_prompts_in_brackets_are_written_over_in_cells_lines_and_lists(ada: Case) -> None:
    form = request_form()
    form.table(["Name of child", "[insert]"], ["UPN", "[Insert UPN]"], ["Home address", "<insert address>"])
    form.line("Completed by: [name]   Job title: [role]")
    form.line("Parent/carer 1: [insert name]   Relationship: [insert]")
    form.line("Parent/carer 2: [insert name]   Relationship: [insert]")
    form.line("Is the child looked after? Yes/No [please delete]")
    form.heading("Professionals involved")
    form.table(["Name", "Role", "Date of last report"], *[["[insert]"] * 3] * 3)
    learned = mapped(form.content())
    assert len(learned.places) == 13
    held = [None if p.by_hand else answer_of(p, Sources.of(ada)) for p in learned.places]
    assert held[:2] == ["Ada Rose Brown", "X999400122017"] and held[3:9] == [
        "Mrs Joanna Hale", "SENCO", "Samira Brown", "mother", "Daniel Brown", "father",
    ]  # fmt: skip
    assert [column[0] for column in held[10:] if isinstance(column, list)] == [
        "Kofi Mensah",
        "Speech and language therapist",
        "20/01/2026",
    ]
    filled = printed(fill_word(form.content(), answers(confirmed(learned), ada)).content)
    assert "[insert" not in filled.lower() and "[name]" not in filled


def test_a_lone_prompt_and_a_field_that_asks_for_text_are_places(ada: Case) -> None:
    form = request_form()
    form.line("Why is the request being made?")
    form.line("Click or tap here to enter text.")
    form.line("Please write clearly and in black ink.")
    field = form.line("Name of child: ")
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> FILLIN &quot;&quot;</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>Click here to enter text.</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        field._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))
    held = said(learned := mapped(form.content()), ada)
    assert len(held) == 2 and held["Name of child"] == "Ada Rose Brown"
    assert held["Why is the request being made?"].startswith("Ada is 8")
    assert "to enter text" not in printed(fill_word(form.content(), answers(confirmed(learned), ada)).content)


def test_guidance_below_a_question_is_not_the_question(ada: Case) -> None:
    form = request_form()
    form.line("4. What are the child’s strengths and interests?")
    form.line("Think about what they enjoy, at home and at school.")
    form.line("• Include what others admire about them.")
    form.table([""])
    assert str(said(mapped(form.content()), ada)["4. What are the child’s strengths and interests?"]).startswith("Comm")


def test_one_persons_row_under_heads_is_no_list(ada: Case) -> None:
    form = request_form()
    form.heading("Advice completed by")
    form.table(["Name", "Role", "Email"], ["", "", ""])
    form.heading("Parent/carer declaration")
    form.table(["Signature", "Print name", "Date"], ["", "", ""])
    held = list(said(mapped(form.content()), ada).values())
    assert held == ["Mrs Joanna Hale", "SENCO", "senco@larkfield.example", None, "Samira Brown", "17/11/2026"]


def test_labels_inside_their_cells_are_read_across_the_row(ada: Case) -> None:
    form = request_form()
    form.table(["Headteacher’s signature:\n", "Name:\n", "Date:\n"])
    learned = mapped(form.content())
    assert list(said(learned, ada).values()) == [None, "Mrs Ruth Calloway", "19/11/2026"]
    filled = fill_word(form.content(), answers(confirmed(learned), ada)).content
    behind = printed(filled).split("Mrs Ruth Calloway")[0].rsplit("Name:", 1)[1]
    assert behind.count("<w:br/>") == 1 and ">  <" not in behind


def test_a_person_over_a_nested_table_owns_its_labels(ada: Case) -> None:
    form = request_form()
    outer = form.table(["Parent / carer 1", "Parent / carer 2"], ["", ""])
    for cell in outer.rows[1].cells:
        inner = cell.add_table(2, 2)
        inner.cell(0, 0).text, inner.cell(1, 0).text = "Name", "Telephone"
    learned = mapped(form.content())
    held = [answer_of(p, Sources.of(ada)) for p in learned.places]
    assert held == ["Samira Brown", "07700 900 123", "Daniel Brown", "07700 900 456"]


def test_areas_and_services_in_a_matrix_of_ticks(ada: Case) -> None:
    form = request_form()
    form.heading("Area of need")
    form.table(["Area", "Applies", "Main"], ["Cognition and learning", "☐", "☐"], ["Sensory and/or physical", "☐", "☐"])
    form.heading("Services")
    form.table(["Service", "Currently involved"], ["Educational psychologist", "☐"], ["CAMHS", "☐"])
    learned = mapped(form.content())
    assert [answer_of(p, Sources.of(ada)) for p in learned.places] == [True, True, True, False, True, False]
    assert not [p.label for p in learned.places if "involved" in p.label and p.sure]


def test_a_named_person_is_no_parent_and_one_account_is_not_sure_in_every_row() -> None:
    form = request_form()
    form.heading("Services involved")
    form.table(["Service", ""], ["Named person", ""])
    form.heading("Needs in each area")
    form.table(["Area", "Provision required"], ["Cognition and learning", ""], ["Sensory and/or physical", ""])
    assert [p.label for p in mapped(form.content()).places if p.sure and not p.by_hand] == []


def test_under_a_heading_about_somebody_else_a_bare_name_is_not_sure() -> None:
    form = request_form()
    others = {"Interpreter": "Name", "Emergency contact": "Name", "Proposed school": "Name of school"}
    for heading, label in {**others, "Nursery attended previously": "Name"}.items():
        form.heading(heading)
        form.table([label, ""])
    form.heading("Meeting held to discuss this request")
    form.table(["Name", "Role", "Signature"], *[["", "", ""]] * 3)
    assert [(p.section, p.label) for p in mapped(form.content()).places if p.sure and not p.by_hand] == []


def test_under_a_heading_about_the_child_the_school_or_services_it_is_sure() -> None:
    form = request_form()
    known = {"Section 1: Personal details": "Surname", "The pupil": "Name", "School details": "Name"}
    for heading, label in known.items():
        form.heading(heading)
        form.table([label, ""])
    form.heading("Services involved")
    form.table(["Name", "Role", "Date of last report"], *[["", "", ""]] * 3)
    assert len([p for p in mapped(form.content()).places if p.sure]) == 6


def test_a_label_of_two_lines_in_two_languages(ada: Case) -> None:
    form = request_form()
    form.table(["Enw’r ysgol\nName of school", ""], ["Pennaeth\nHeadteacher", ""])
    assert list(said(mapped(form.content()), ada).values()) == ["Larkfield Community School", "Mrs Ruth Calloway"]


def test_a_form_of_several_hundred_places_compares_each_text_with_what_is_near_it() -> None:
    words = load_dictionary()
    entry = next(e for e in words.entries if e.fields == ("pupil.upn",))
    assert words.phrases.worth(("unique", "pupil", "number"))[id(entry)] == 100.0
    near = words.phrases.worth(("unique", "pupil", "numbr"))
    assert near[id(entry)] == 93.0 and len(near) < len(words.entries) / 2


def test_labels_behind_their_fields_in_a_pdf(ada: Case) -> None:
    page = PdfPage(pdf := pikepdf.new())
    page.say(40, 760, "Request for an EHC needs assessment", 14, True)
    for row, labels in enumerate((("Pupil full name", "Date of birth"), ("School", "UPN"))):
        for column, label in enumerate(labels):
            x, y = 40 + 270 * column, 700 - 30 * row
            page.field(f"Text{2 * row + column}", x, y, 120, None)
            page.say(x + 126, y + 4, label)
    held = said(mapped(saved(pdf, page), "right.pdf"), ada)
    assert held == {"Pupil full name": "Ada Rose Brown", "Date of birth": "14/05/2018",
                    "School": "Larkfield Community School", "UPN": "X999400122017"}  # fmt: skip


def test_rings_below_their_heads_and_a_table_of_many_rows(ada: Case) -> None:
    page = PdfPage(pdf := pikepdf.new())
    page.say(40, 780, "Request for an EHC needs assessment", 14, True)
    for x, head in ((300, "Yes"), (350, "No")):
        page.say(x, 760, head, 9)
    page.say(40, 740, "Is the child looked after?")
    page.rings("Group1", [(302, 738, "1"), (352, 738, "2")], None)
    page.say(40, 700, "Support in place", 12, True)
    heads = ("Intervention", "Staff", "Group size", "Times a week")
    for column, head in enumerate(heads):
        page.say(40 + 120 * column, 680, head, 9, True)
        for row in range(6):
            page.field(f"T{column}{row}", 40 + 120 * column, 660 - 20 * row, 110, None)
    held = said(mapped(saved(pdf, page), "rings.pdf"), ada)
    assert held["Is the child looked after?"] == "No"
    assert [held[f"{head}: row 2"] for head in heads[2:]] == ["1", "5"] and len(held) == 25
