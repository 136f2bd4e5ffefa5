"""Layouts of forms by kind: boxes of one character, dates in parts, names of rows, one row of a list, a review."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from generator.cases.case import Case
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answers
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import learn
from generator.forms.filling.fill_word import fill_word
from tests.forms.conftest import DAY, confirmed
from tests.forms.invented_forms import ANY, InventedForm
from tests.forms.invented_layouts import moorgate, thornmoor, wexbridge
from tests.forms.invented_pdf import two_parents
from tests.forms.test_learn import is_right


@pytest.fixture(scope="module")
def nia(example_project: Project) -> Case:
    case = load_case(example_project, "nia-okafor").case
    assert case is not None
    return case


def mapped(form: InventedForm, name: str) -> tuple[bytes, FormMap]:
    """A form as bytes, and its map."""
    content = form.content()
    return content, learn(read_form_file(content, f"{name}.docx"), name, "standard", load_dictionary(), DAY)


def all_right(make: Callable[[], InventedForm], case: Case) -> None:
    """Every place is found, has what belongs there, and none that is sure has anything else."""
    form = make()
    _, learned = mapped(form, make.__name__)
    assert len(learned.places) == len(form.answers), [p.label for p in learned.places]
    pairs: list[tuple[Any, Any]] = list(zip(learned.places, form.answers, strict=True))
    assert [(p.id, p.label, p.fields, p.sure) for p, wanted in pairs if not is_right(p, wanted, case)] == []


@pytest.mark.whole
def test_a_request_in_boxes_and_named_rows(ada: Case) -> None:
    all_right(thornmoor, ada)


@pytest.mark.whole
def test_an_annual_review_is_answered_from_the_record_of_the_review(nia: Case) -> None:
    all_right(wexbridge, nia)


@pytest.mark.whole
def test_boxes_units_and_single_rows_are_filled(ada: Case) -> None:
    blank, form = mapped(thornmoor(), "thornmoor")
    filled = fill_word(blank, answers(confirmed(form), ada))
    tables = docx.Document(io.BytesIO(filled.content)).tables
    assert [c.text for c in tables[0].rows[0].cells] == ["UPN", *"X999400122017"]
    assert [c.text for c in tables[1].rows[0].cells] == ["Date of birth", "DD", "14", "MM", "05", "YYYY", "2018"]
    assert len(tables[4].rows) == 1 + len(ada.data("pupil")["tests"]), "the list has a row for every test"
    assert tables[4].rows[2].cells[0].text == "Helen Arkell Spelling Test (version 2)"
    assert tables[6].rows[0].cells[1].text == "£6,091.40"
    assert tables[5].rows[1].cells[2].text == "√" and tables[5].rows[1].cells[1].text == ""


def test_a_number_with_more_characters_than_boxes_goes_to_the_sheet(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.table(["UPN", *[""] * 10])
    blank, learned = mapped(form, "short")
    filled = fill_word(blank, answers(confirmed(learned), ada))
    assert [o.reason for o in filled.overflow] == ["13 characters for 10"]
    assert docx.Document(io.BytesIO(filled.content)).tables[0].rows[0].cells[1].text == ""


def test_a_date_whose_line_does_not_say_whose_it_is_is_not_sure(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.heading("All with parental responsibility")
    form.line("Name of person completing this form: ............  Position: ............")
    form.line("Signed: ............  Date: ............")
    _, learned = mapped(form, "whose")
    by_label = {p.label: p for p in learned.places}
    assert by_label["Signed"].by_hand
    assert by_label["Date"].by_hand or not by_label["Date"].sure


@pytest.mark.whole
def test_rows_of_professions_targets_and_heads_in_two_rows(ada: Case) -> None:
    all_right(moorgate, ada)


def test_a_label_of_a_pdf_is_not_looked_for_across_a_heading_or_another_field(ada: Case) -> None:
    content, wanted = two_parents()
    learned = learn(read_form_file(content, "two.pdf"), "two", "standard", load_dictionary(), DAY)
    assert [p for p, w in zip(learned.places, wanted, strict=True) if not is_right(p, w, ada)] == []


def test_labels_below_one_another_in_a_cell_are_filled_each_behind_its_own(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.table(["Pupil’s surname:\nForenames:\n\nUPN:"])
    blank, learned = mapped(form, "lines")
    filled = fill_word(blank, answers(confirmed(learned), ada))
    cell = docx.Document(io.BytesIO(filled.content)).tables[0].rows[0].cells[0]
    assert cell.text == "Pupil’s surname: Brown\nForenames: Ada Rose\n\nUPN: X999400122017"


def test_the_school_before_is_not_the_school(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.table(["Present school", ""], ["Previous school(s) attended with dates:", ""])
    _, learned = mapped(form, "schools")
    assert [p.fields for p in learned.places] == [("school.name",), ("pupil.previous_settings[*]",)]


def test_what_is_asked_of_a_parent_is_not_answered_with_the_name_or_by_another(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.table(
        ["", "Mother", "Father", "Other carer"],
        ["Name", "", "", ""],
        ["Date of birth", "", "", ""],
        ["Shoe shop", "", "", ""],
    )
    form.expect("Samira Brown", "Daniel Brown", None, None, None, None, None, None, None)
    _, learned = mapped(form, "mother")
    pairs = list(zip(learned.places, form.answers, strict=True))
    assert [(p.label, p.fields) for p, wanted in pairs if not is_right(p, wanted, ada)] == []


def test_a_part_headed_cycle_two_tells_of_the_second_cycle(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("SEN Support evidence for an EHC needs assessment request", 1)
    form.heading("Cycle 2")
    form.table(["Date from", "", "Date to", ""], ["Pupil view", ""])
    form.expect("05/01/2026", "24/03/2026", ANY)
    _, learned = mapped(form, "cycle")
    pairs = list(zip(learned.places, form.answers, strict=True))
    assert [(p.label, p.fields) for p, wanted in pairs if not is_right(p, wanted, ada)] == []
    assert learned.places[2].fields == ("cycles[1].review.pupil_thinks.text",)


def test_a_line_for_a_date_with_its_strokes_is_one_place(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.line("Name of child: ____________  D.O.B: ____/____/______")
    form.table(["Date of birth", "DD / MM / YYYY"], ["Pupil’s surname", ""])
    blank, learned = mapped(form, "strokes")
    assert [p.fields[0] for p in learned.places[1:]] == ["pupil.date_of_birth"] * 2 + ["pupil.legal_surname"]
    document = docx.Document(io.BytesIO(fill_word(blank, answers(confirmed(learned), ada)).content))
    assert document.paragraphs[1].text.endswith("D.O.B: 14/05/2018")
    assert document.tables[0].rows[0].cells[1].text == "14/05/2018"


def test_a_part_about_child_and_parents_asks_for_the_birth_of_the_child(ada: Case) -> None:
    form = InventedForm()
    form.document.add_heading("EHC needs assessment request", 1)
    form.heading("Child and Parent Details")
    form.line("Surname of child ............  Date of Birth ............")
    _, learned = mapped(form, "both")
    assert learned.places[1].fields == ("pupil.date_of_birth",)
