"""Ways in which forms ask that were found in forms nobody had seen: each with a small form of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import pikepdf
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from generator.cases.case import Case
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answers
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import learn
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.phrases import core, ordinal
from generator.forms.filling.fill_word import fill_word
from generator.forms.filling.pdf_fields.fill_pdf import fill_pdf
from generator.word_files.docx_package import unpacked
from tests.forms.conftest import DAY, confirmed
from tests.forms.invented_forms import InventedForm, symbol
from tests.forms.invented_pdf import PdfPage, saved

REQUEST, PLAN, REVIEW = (
    "Request for an EHC needs assessment of a child",
    "SEN support plan",
    "Annual review of an EHC plan",
)


def mapped(content: bytes, ending: str = "docx") -> FormMap:
    return learn(read_form_file(content, f"form.{ending}"), "form", "standard", load_dictionary(), DAY)


def titled(title: str) -> InventedForm:
    form = InventedForm()
    form.document.add_heading(title, 1)
    return form


def told(form: InventedForm) -> list[tuple[str, tuple[str, ...], str]]:
    """Kind, fields and what is wanted of each place."""
    return [(p.kind, p.fields, p.wanted) for p in mapped(form.content()).places]


def ways(form: InventedForm) -> list[tuple[str, ...]]:
    return [p.fields for p in mapped(form.content()).places]


def framed(form: InventedForm) -> None:
    sides = "".join(f'<w:{s} w:val="single" w:sz="4"/>' for s in ("top", "left", "bottom", "right"))
    paragraph = form.document.add_paragraph()
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))


def field_runs(paragraph: Any, code: str) -> None:
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))


# -- cells that take a tick -------------------------------------------------------------------------------------------


def test_the_cells_below_yes_and_no_take_a_tick(ada: Case) -> None:
    form = titled(REQUEST)
    form.table(
        ["Question", "Yes", "No"],
        ["Is the pupil looked after?", "", ""],
        ["Does the pupil have an EHC plan?", "", ""],
    )
    places = mapped(form.content()).places
    assert [p.kind for p in places] == ["checkbox"] * 4
    filled = [one.answer for one in answers(confirmed(mapped(form.content())), ada)]
    assert filled == [False, True, False, True]


@pytest.mark.parametrize("boxes", [True, False])
def test_a_box_before_its_words_in_the_next_cell_is_named_by_them(boxes: bool, ada: Case) -> None:
    form = titled(REQUEST)
    form.line("Areas of need (tick all that apply)")
    table = form.table(["", "Cognition and learning"], ["", "Sensory and physical"])
    if boxes:
        for row in table.rows:
            symbol(row.cells[0].paragraphs[0].add_run())
    found = mapped(form.content())
    assert [(p.kind, p.wanted) for p in found.places] == [
        ("checkbox", "cognition_and_learning"),
        ("checkbox", "sensory_and_physical"),
    ]
    assert [one.answer for one in answers(confirmed(found), ada)] == [True, True]


def test_a_cell_beside_a_stage_of_support_takes_no_word_of_the_record() -> None:
    form = titled(REQUEST)
    form.table(["Stage:", "SEN Support", "", "EHCP", ""])
    assert [(p.writing, p.wanted, p.sure) for p in mapped(form.content()).places] == [
        ("tick if", "K", False),
        ("tick if", "E", False),
    ]


# -- places without a cell or line of their own -----------------------------------------------------------------------


def test_a_framed_empty_paragraph_below_a_question_is_a_place_and_filled(ada: Case) -> None:
    form = titled(REQUEST)
    form.line("What are the parents’ hopes for the future?")
    framed(form)
    framed(form)
    found = mapped(form.content())
    assert [p.fields for p in found.places] == [("request.parents_views.future",)]
    xml = unpacked(fill_word(form.content(), answers(confirmed(found), ada)).content)["word/document.xml"].decode()
    assert xml.index("<w:pBdr>") < xml.index("become a vet") < xml.rindex("<w:pBdr>")


def test_a_cell_that_only_says_how_much_may_be_written_asks_the_question_before_it() -> None:
    form = titled(REQUEST)
    form.line("Why are you making this request?")
    form.table(["Max. 300 words"])
    assert [(p.fields, p.words) for p in mapped(form.content()).places] == [(("request.reason",), 300)]


def test_short_labels_with_an_empty_line_in_their_own_cells_are_places() -> None:
    form = titled(REQUEST)
    form.table(["Surname\n", "Date of birth\n"], ["Name of school\n", "SENCO\n"])
    assert ways(form) == [
        ("pupil.legal_surname",),
        ("pupil.date_of_birth",),
        ("school.name",),
        ("school.senco.name",),
    ]


def test_a_field_whose_words_are_a_prompt_gives_way_to_the_answer(ada: Case) -> None:
    form = titled(REQUEST)
    field_runs(form.line("Surname: "), "MACROBUTTON NoMacro [type surname]")
    form.line("Why are you making this request?")
    field_runs(form.line(), "MACROBUTTON  NoMacro [Click here and type]")
    field_runs(form.line("Ready? "), "MACROBUTTON SaveIt [Save and send]")
    found = mapped(form.content())
    assert [p.fields for p in found.places] == [("pupil.legal_surname",), ("request.reason",)]
    xml = unpacked(fill_word(form.content(), answers(confirmed(found), ada)).content)["word/document.xml"].decode()
    assert "type surname" not in xml and "Click here" not in xml and "Save and send" in xml
    assert "Brown" in xml and "Ada is 8" in xml


def test_one_of_two_words_in_the_middle_of_a_line_is_chosen() -> None:
    form = titled(REQUEST)
    form.line("Year ______   M / F (please circle)")
    form.line("I agree / do not agree to this request.")
    form.line("Gender (M/F): ________")
    found = mapped(form.content()).places
    assert [p.kind for p in found] == ["line", "choice", "choice", "line"]
    assert tuple(found[1].options) == ("M", "F") and found[2].by_hand


@pytest.mark.whole
def test_two_letters_are_no_number_of_a_row() -> None:
    form = titled("Application for additional funding for a child")
    form.table(["", "Mon", "Tue"], ["AM", "", ""], ["PM", "", ""])
    assert [p.kind for p in mapped(form.content()).places] == ["cell"] * 4


# -- whose and which --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Name of second parent or carer", 1),
        ("Details of the 1st named contact", 0),
        ("First name", None),
        ("Parent / carer 2", 1),
        ("Second language", None),
    ],
)
def test_which_person_a_label_names(text: str, number: int | None) -> None:
    assert ordinal(text) == number


def test_lines_below_the_second_parent_are_about_the_second_parent() -> None:
    form = titled(REQUEST)
    form.line("Name of first parent or carer: ______________")
    form.line("E-mail address: ______________")
    form.line("Name of second parent or carer: ______________")
    form.line("Address, if different from the pupil’s: ______________")
    assert ways(form) == [
        ("pupil.people[0].name",),
        ("pupil.people[0].email",),
        ("pupil.people[1].name",),
        ("pupil.people[1].address", "pupil.people[1].postcode"),
    ]


def test_the_name_of_the_first_parent_is_whole_and_the_next_label_keeps_its_room(ada: Case) -> None:
    form = titled(REQUEST)
    line = form.line("Name of first parent or carer: \tMobile: \t")
    for stop in (8, 16):
        line.paragraph_format.tab_stops.add_tab_stop(Cm(stop), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
    filled = fill_word(form.content(), answers(confirmed(mapped(form.content())), ada)).content
    said = [p.text for p in docx.Document(io.BytesIO(filled)).paragraphs][-1]
    assert said == "Name of first parent or carer: Samira Brown  Mobile: 07700 900 123"


def test_the_contrary_of_a_field_is_not_that_field() -> None:
    assert likeness(core("What I don’t like"), core("what I like")) <= 60.0
    form = titled(REQUEST)
    form.line("Pupil’s own view")
    form.table(["What I like", ""], ["What I don’t like", ""])
    assert ways(form) == [("request.pupil_views.likes",), ("request.pupil_views.dislikes",)]


def test_an_area_of_need_merged_beside_several_rows_says_whose_strengths() -> None:
    form = titled(REQUEST)
    table = form.table(
        ["Cognition and learning", "Strengths", ""],
        ["", "Difficulties", ""],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    assert ways(form) == [
        ("request.strengths.cognition_and_learning",),
        ("request.difficulties.cognition_and_learning",),
    ]


def test_the_parts_of_a_profile_side_by_side_are_no_list() -> None:
    form = titled(PLAN)
    form.table(["What people like and admire about me", "What is important to me", "How best to support me"], [""] * 3)
    assert ways(form) == [
        ("profile.like_and_admire[*]",),
        ("profile.important_to_me[*]",),
        ("profile.how_to_support_me[*]",),
    ]


def test_targets_lead_their_list_also_below_a_heading_about_provision() -> None:
    form = titled(PLAN)
    form.heading("Outcomes and provision")
    form.table(["Target", "What we will do (provision)", "How will we know?"], *[[""] * 3] * 2)
    found = ways(form)
    assert found[0] == ("cycle.plan.targets[*].text",) and found[2] == ("cycle.plan.targets[*].measure",)


# -- the review of a plan ---------------------------------------------------------------------------------------------


def test_rows_for_one_person_each_at_a_review_take_that_person() -> None:
    form = titled(REVIEW)
    form.table(["Role", "Name", "Attended (tick)"], ["Class teacher", "", ""], ["Social worker", "", ""])
    found = told(form)
    assert found[0][1] == ("annual-review.people[role=class teacher|form tutor][0].name",)
    assert found[1] == ("checkbox", ("annual-review.people[role=class teacher|form tutor][0].came",), "present|online")
    assert found[2][1][0].startswith("annual-review.people[role=social worker|")


def test_what_stands_below_the_second_outcome_is_about_that_outcome() -> None:
    form = titled(REVIEW)
    for number in (1, 2):
        form.table(
            [f"Outcome {number} (as written in Section E)", ""],
            ["Progress made since the last review", ""],
            ["Is this outcome:", "☐ Achieved  ☐ Partly achieved  ☐ Not achieved"],
        )
        form.line("")
    second = told(form)[5:]
    row = "annual-review.outcomes[1]"
    assert [fields for _, fields, _ in second] == [
        (f"{row}.outcome",),
        (f"{row}.progress",),
        *[(f"{row}.status",)] * 3,
    ]
    assert [wanted for _, _, wanted in second[2:]] == ["met", "partly", "not_met"]


# -- PDF --------------------------------------------------------------------------------------------------------------


def turned(content: bytes, by: int) -> bytes:
    """The same page as it is shown, written sideways."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        matrix, size = {
            90: ((0, 1, -1, 0, 842, 0), (842, 595)),
            270: ((0, -1, 1, 0, 0, 595), (842, 595)),
            180: ((-1, 0, 0, -1, 595, 842), (595, 842)),
        }[by]
        a, b, c, d, e, f = matrix
        page.contents_add(f"q {a} {b} {c} {d} {e} {f} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        for one in page.obj.Annots:
            x0, y0, x1, y1 = (float(v) for v in one.Rect)
            corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((x0, y0), (x1, y1))]
            xs, ys = zip(*corners, strict=True)
            one.Rect = pikepdf.Array([min(xs), min(ys), max(xs), max(ys)])
            one.MK = pikepdf.Dictionary(R=by)
        page.obj.MediaBox = pikepdf.Array([0, 0, *size])
        page.obj.Rotate = by
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def small_pdf() -> bytes:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(50, 800, REQUEST, 14, True)
    page.say(50, 760, "Surname")
    page.field("Text1", 130, 756, 150, None)
    page.say(320, 760, "Date of birth")
    page.field("Text2", 400, 756, 120, None)
    return saved(pdf, page)


@pytest.mark.parametrize("by", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_and_filled_as_it_is_shown(by: int, ada: Case) -> None:
    content = turned(small_pdf(), by)
    found, upright_one = mapped(content, "pdf"), mapped(small_pdf(), "pdf")
    assert [(p.fields, p.where.rect) for p in found.places] == [(p.fields, p.where.rect) for p in upright_one.places]
    with pikepdf.open(io.BytesIO(fill_pdf(content, answers(confirmed(found), ada)).content)) as pdf:
        [one, _] = pdf.pages[0].obj.Annots
        drawn = one.AP.N
        wide, tall = (float(v) for v in drawn.BBox[2:])
        assert (wide, tall) == (150.0, 16.0) and "/Matrix" in drawn


def two_columns() -> bytes:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(50, 800, REQUEST, 14, True)
    page.say(50, 780, "First parent or carer", 10, True)
    page.say(300, 780, "Second parent or carer", 10, True)
    for number, label in enumerate(("Full name", "Telephone")):
        y = 755 - 24 * number
        for x, name in ((50, "a"), (300, "b")):
            page.say(x, y + 4, label)
            page.field(f"Text{name}{number}", x + 70, y, 150, None)
    return saved(pdf, page)


def fields(places: Sequence[Any]) -> list[str]:
    return [p.fields[0] if p.fields else "" for p in places]


def test_two_columns_of_labels_and_fields_each_belong_to_the_head_over_them() -> None:
    assert fields(mapped(two_columns(), "pdf").places) == [
        "pupil.people[0].name",
        "pupil.people[1].name",
        "pupil.people[0].mobile",
        "pupil.people[1].mobile",
    ]


def test_the_head_of_a_table_is_not_that_of_a_field_below_its_end() -> None:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(50, 800, "Application for additional funding for a pupil", 14, True)
    for x, head in ((50, "Type of support"), (430, "Cost per year")):
        page.say(x, 770, head)
    for row in range(2):
        page.field(f"a{row}", 50, 750 - 20 * row, 300, None)
        page.field(f"c{row}", 430, 750 - 20 * row, 60, None)
    page.say(50, 700, "What will the additional funding be spent on?")
    page.field("b", 50, 640, 490, None, tall=50, Ff=1 << 12)
    page.say(390, 610, "Date")
    page.field("d", 430, 606, 100, None)
    assert mapped(saved(pdf, page), "pdf").places[-1].fields != ("cycle.plan.provision[*]",)


def test_heads_that_stand_close_together_are_two() -> None:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(50, 800, "Application for additional funding for a pupil", 14, True)
    for x, head in ((50, "Provision"), (250, "Sessions per week"), (325, "Group size")):
        page.say(x, 770, head, 8)
    for row in range(2):
        for x, wide in ((50, 190), (250, 70), (325, 60)):
            page.field(f"f{x}{row}", x, 750 - 20 * row, wide, None)
    found = [p.label for p in mapped(saved(pdf, page), "pdf").places][:3]
    assert [label.partition(":")[0] for label in found] == ["Provision", "Sessions per week", "Group size"]
