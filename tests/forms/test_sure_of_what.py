"""What fits by its words alone is not sure: forms about nobody's child, the other parent's address, sums of goods.

Each case is the layout of a form that is really in use, made anew with invented words.
"""

from __future__ import annotations

from datetime import date

import docx
import pikepdf
import pytest

from generator.forms.answer_places.prompt_words import is_prompt
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap, MappedPlace
from generator.forms.authority.learn import learn
from tests.forms.invented_forms import InventedForm
from tests.forms.invented_pdf import PdfPage, saved


def learned(form: InventedForm) -> FormMap:
    """A form as it is learned the first time."""
    blank = read_form_file(form.content(), "form.docx")
    return learn(blank, "form", "standard", load_dictionary(), date(2026, 11, 29))


def sure(form: InventedForm) -> dict[str, tuple[str, ...]]:
    """The labels of the places that would be filled without a question, with their fields."""
    return {p.label: p.fields for p in learned(form).places if p.sure and p.fields}


def request_form(title: str = "Brackwater Council: request for an EHC needs assessment") -> InventedForm:
    form = InventedForm(docx.Document())
    form.document.add_heading(title, 1)
    return form


def sure_in_pdf(*fields: tuple[str, float, float, str], words: tuple[tuple[float, float, str], ...]) -> list[str]:
    """The fields of a PDF form that would be filled without a question; fields are name, x, y and tooltip."""
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(40, 800, "Brackwater Council: request for an EHC needs assessment", 15, True)
    page.say(40, 770, "About the child or young person", 12, True)
    for x, y, text in words:
        page.say(x, y, text)
    for name, x, y, tooltip in fields:
        page.field(name, x, y, 120, None, **({"TU": pikepdf.String(tooltip)} if tooltip else {}))
    blank = read_form_file(saved(pdf, page), "form.pdf")
    places = learn(blank, "form", "standard", load_dictionary(), date(2026, 11, 29)).places
    return [p.where.field for p in places if p.sure and p.fields]


def of(form: InventedForm, label: str) -> MappedPlace:
    return next(p for p in learned(form).places if p.label.startswith(label))


@pytest.mark.whole
def test_a_form_that_speaks_of_no_child_is_about_somebody_else() -> None:
    order = request_form("Order of goods")
    order.table(["Name", ""], ["Date of birth", ""], ["Email", ""])
    assert sure(order) == {}
    school = request_form("Order of goods for a pupil")
    school.table(["Name", ""], ["Date of birth", ""])
    assert sure(school) == {
        "Name": ("pupil.forenames", "pupil.legal_surname"),
        "Date of birth": ("pupil.date_of_birth",),
    }


def test_rows_of_a_list_of_children_are_not_all_this_child() -> None:
    heads = ((60, 720, "First name"), (220, 720, "Last name"))
    rows = [(f"Text{n}{x}", float(x), 690.0 - 20 * n, "") for n in range(3) for x in (60, 220)]
    assert sure_in_pdf(*rows, words=heads) == []
    assert sure_in_pdf(*rows[:2], words=heads) == ["Text060", "Text0220"]


def test_two_fields_behind_one_label_are_two_people() -> None:
    label = ((60, 700, "Last name"),)
    assert sure_in_pdf(("Text1", 160, 696, ""), words=label) == ["Text1"]
    assert sure_in_pdf(("Text1", 160, 696, ""), ("Text2", 300, 696, ""), words=label) == []


def test_a_field_whose_author_calls_it_something_else_is_not_sure() -> None:
    label = ((60, 700, "Last name"),)
    assert sure_in_pdf(("Text1", 160, 696, "Last name of pupil"), words=label) == ["Text1"]
    assert sure_in_pdf(("Text1", 160, 696, "Partner’s town of birth"), words=label) == []


def test_a_field_that_stands_at_two_questions_is_sure_only_where_they_ask_the_same() -> None:
    labels = ((60, 700, "Last name"), (60, 600, "Favourite game"))
    assert sure_in_pdf(("Text1", 160, 696, ""), ("Text1", 160, 596, ""), words=labels) == []
    same = ((60, 700, "Date of birth"), (60, 600, "Date of birth"))
    assert sure_in_pdf(("Text1", 160, 696, ""), ("Text1", 160, 596, ""), words=same) == ["Text1", "Text1"]


def test_your_name_in_a_request_is_not_the_childs() -> None:
    form = request_form()
    form.table(["Child’s name", ""], ["Your name", ""])
    assert list(sure(form)) == ["Child’s name"]


def test_an_address_below_a_parents_name_is_not_the_childs() -> None:
    form = request_form()
    form.heading("Contact details")
    form.table(["Child’s home address", ""], ["Parent or carer 1", ""], ["Home address", ""])
    form.table(["Home address (if different to parent or carer 1)", ""])
    assert list(sure(form)) == ["Child’s home address"]


@pytest.mark.parametrize("heading", ["I – Placement", "Section I: proposed placement", "Preferred placement"])
def test_the_school_that_a_plan_is_to_name_is_not_the_school_that_writes(heading: str) -> None:
    form = request_form()
    form.heading(heading)
    form.table(["Name", ""], ["Type", ""])
    assert "Name" not in sure(form)


def test_one_answer_below_two_heads_of_a_row_is_not_sure() -> None:
    form = request_form()
    form.heading("K – Advice and information")
    form.table(["Advice", "Date received", "Who from"], ["Medical", "", ""], ["Social care", "", ""], header=True)
    assert not [label for label in sure(form) if label.startswith("Social care")]


def test_a_grid_whose_rows_are_not_understood_has_no_sure_column() -> None:
    form = request_form()
    form.heading("K – Advice and information")
    heads = ["Advice and information requested", "Date received", "Who from", "Appended"]
    form.table(heads, ["", "", "", ""], ["", "", "", ""], ["", "", "", ""], header=True)
    assert sure(form) == {}


def test_a_total_is_the_cost_of_provision_only_where_money_is_spoken_of() -> None:
    other = request_form("Brackwater Council: top-up funding for a pupil")
    other.heading("Sessions attended")
    other.table(["Autumn", ""], ["Total", ""])
    assert "Total" not in sure(other)
    goods = request_form("Brackwater Council: top-up funding for a pupil")
    goods.table(["Item", "Total cost"], ["Equipment bought", ""], ["Taxi", ""], header=True)
    assert not [p for p in learned(goods).places if p.sure and p.writing == "pounds a year in all"]


def test_an_account_of_all_areas_that_is_asked_twice_is_asked_area_by_area() -> None:
    form = request_form()
    form.table(["Strengths", ""])
    form.document.add_paragraph("Then again:")
    form.table(["Strengths", ""])
    assert sure(form) == {}


@pytest.mark.parametrize("mark", ["«Forename»", "{{ forename }}", "<<Forename>>", "<Insert forename>"])
def test_marks_of_a_merging_program_are_written_over(mark: str) -> None:
    assert is_prompt(mark)
    form = request_form()
    form.table(["Child’s surname", mark], ["Date of birth", mark])
    assert of(form, "Child’s surname").fields == ("pupil.legal_surname",)
    assert [p.how for p in learned(form).places] == ["prompt in the cell, which the answer replaces"] * 2


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Is the child eligible for pupil premium (£1,480 a year)?", ("pupil.pupil_premium",)),
        ("Free school meals? £", ("pupil.free_school_meals",)),
        ("Is the child a young carer? (about 5% of pupils are)", ("pupil.young_carer",)),
        ("Pupil premium £", ()),
        ("Pupil premium (%)", ()),
    ],
)
def test_pounds_and_shares_are_asked_for_where_the_sign_has_no_number(label: str, field: tuple[str, ...]) -> None:
    form = request_form()
    form.table([label, ""])
    assert of(form, label).fields == field


def test_one_question_for_the_special_needs_has_one_answer_in_whatever_words() -> None:
    form = request_form()
    form.table(["Child’s special educational needs", ""])
    assert sure(form) == {"Child’s special educational needs": ("request.difficulties",)}
    other = request_form()
    other.table(["What are the child’s special educational needs?", ""])
    assert list(sure(other).values()) == [("request.difficulties",)]
