"""Words of a form that only tell something are no places, or never sure ones; whose a part is, and what is asked once.

Each case is the layout of a form that is really in use, made anew with invented words.
"""

from __future__ import annotations

import pytest

from generator.forms.answer_places.prompt_words import is_prompt
from generator.forms.authority.proposing.phrases import comparable
from tests.forms.test_prompts import form_of
from tests.forms.test_sure_of_what import learned, request_form, sure


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Date of birth", "Listed on the birth certificate"),
        ("Child’s strengths", "Given in section 3 by the parents"),
        ("School address", "Addresses of all schools are on our website"),
        ("School", "Statement of the governors, attached to the plan"),
        ("Surname", "Additional pages come at the end"),
    ],
)
def test_words_that_tell_where_something_stands_are_no_place(label: str, told: str) -> None:
    form = request_form()
    form.table(["Preferred name", ""], [label, told])
    assert [p.label for p in learned(form).places] == ["Preferred name"]


def test_an_instruction_beside_its_question_is_a_place_that_is_never_sure() -> None:
    form = request_form()
    form.table(["School", "Refer to the guidance for schools"], ["Child’s views", "Describe in no more than 300 words"])
    places = learned(form).places
    assert len(places) == 2 and not any(p.sure for p in places)


def test_a_head_for_the_office_takes_no_row_with_a_label_of_its_own_but_leaves_none_sure() -> None:
    form = request_form()
    form.table(["LA use only", ""], ["Surname", ""], ["Date of birth", ""])
    assert list(sure(form)) == []
    assert [(p.label, p.office_use) for p in learned(form).places] == [
        ("LA use only", True),
        ("Surname", False),
        ("Date of birth", False),
    ]


@pytest.mark.parametrize("head", ["School use only", "For setting’s use only", "SENCO use only"])
def test_what_is_for_the_school_alone_is_not_the_authoritys(head: str) -> None:
    form = request_form()
    form.table([head, "", ""], ["Forename", "Surname", "Date of birth"], ["", "", ""])
    assert [p.office_use for p in learned(form).places if p.label in ("Forename", "Surname", "Date of birth")] == [
        False
    ] * 3


@pytest.mark.parametrize(
    "text",
    [
        "<send@larkfield.example>",
        "<https://larkfield.example>",
        "<see website>",
        "<Office>",
        "<not for pupils>",
        "<Note: later>",
    ],
)
def test_what_is_printed_in_pointed_brackets_is_no_prompt(text: str) -> None:
    assert not is_prompt(text)
    assert [p.around.left for p in form_of([("Surname", ""), ("School phone", text)]).places] == ["Surname"]


@pytest.mark.parametrize("text", ["<Forename>", "<Date of birth>", "<pupil_upn>", "<<Forename>>", "«Forename»"])
def test_a_name_in_pointed_brackets_is_a_prompt(text: str) -> None:
    assert is_prompt(text)


@pytest.mark.whole
def test_details_that_have_a_cell_are_asked_once() -> None:
    form = request_form()
    form.table(["Hearing tested?  Yes ☐ No ☐ Please give details:"], [""])
    beside = request_form()
    beside.table(["Hearing tested?", "Yes ☐ No ☐ Please give details:", ""])
    below = request_form()
    below.line("Hearing tested?  Yes ☐ No ☐ Please give details:")
    below.table([""])
    line = request_form()
    line.line("Hearing tested?  Yes ☐ No ☐ Please give details:")
    line.line("________________________________")
    for asked in (form, beside, below, line):
        places = learned(asked).places
        assert not [p.how for p in places if p.how == "room behind the label"]
        assert [p.kind for p in places].count("checkbox") == 2 and len(places) > 2


def test_details_without_a_cell_of_their_own_keep_their_room() -> None:
    form = request_form()
    form.table(["Hearing tested?", "Yes ☐ No ☐ Please give details:"], ["Surname", ""])
    form.table(["Sight tested?", "Yes ☐ No ☐ Please give details:"], ["", ""])
    form.line("Glasses?  Yes ☐ No ☐ Please give details:")
    form.line("The next question is about school.")
    assert [p.how for p in learned(form).places].count("room behind the label") == 3


@pytest.mark.parametrize("head", ["Term", "Priority", "Week", "Year", "Session", "Question"])
def test_the_numbers_of_terms_and_priorities_are_no_places(head: str) -> None:
    places = form_of([(head, "What was done"), ("1.", ""), ("2.", ""), ("3.", "")]).places
    assert {p.around.above for p in places} == {"What was done"}


def test_the_english_half_of_a_label_in_both_languages() -> None:
    assert comparable("Cyfenw’r plentyn / Surname") == "surname"
    assert comparable("Ysgol /") == "ysgol" and comparable("Home / school: plant") == "home school plant"


def test_a_remark_for_the_office_behind_a_label_is_not_written_over() -> None:
    form = request_form()
    form.table(["Surname", ""], ["UPN", "<Office>"])
    assert list(sure(form)) == ["Surname"]
