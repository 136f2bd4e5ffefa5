"""Questions that begin as guidance does, `Please …`, `Describe …`: each asks of its own."""

from __future__ import annotations

import pytest

from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import learn
from tests.forms.conftest import DAY
from tests.forms.invented_forms import InventedForm

BOX = "(box)"


def learned(*lines: str) -> FormMap:
    """A form of lines; BOX is a table of one empty cell."""
    form = InventedForm()
    form.document.add_heading("Aldermere Council: request for an EHC needs assessment", 1)
    for line in lines:
        if line == BOX:
            form.table([""])
        else:
            form.line(line)
    return learn(read_form_file(form.content(), "a.docx"), "a", "standard", load_dictionary(), DAY)


@pytest.mark.parametrize("between", [" ", "\n"])
def test_please_say_asks_anew_after_boxes_to_tick(between: str) -> None:
    ticks = "☐ Yes ☐ No"
    asked = ["Is the child looked after?", "Please say whether the child has English as an additional language."]
    lines = [line for words in asked for line in f"{words}{between}{ticks}".split("\n")]
    places = learned(*lines).places
    assert [p.how for p in places if "looked_after" in str(p.fields) and p.sure][2:] == []
    assert all("looked_after" in str(p.fields) for p in places[:2])


ASKED = {
    "a date": (["Does the child have an EHC plan?", "Please state the pupil’s date of birth", BOX], ["date_of_birth"]),
    "three in a row": (
        ["What does the child enjoy?", BOX, "Describe the child’s difficulties", BOX, "Please give the reason", BOX],
        ["strengths", "difficulties", "reason"],
    ),
    "an address": (
        ["Views of the parents", BOX, "Please give the address of the school.", BOX],
        ["parents_views", "school.address"],
    ),
    "guidance": (["Why is the request being made?", "Please give as much detail as you can.", BOX], ["reason"]),
    "guidance after a box": (["Views of the parents", BOX, "You may add more below.", BOX], ["parents_views", ""]),
}


@pytest.mark.parametrize("case", ASKED)
def test_a_request_for_something_else_is_a_question_of_its_own(case: str) -> None:
    lines, fields = ASKED[case]
    said = [" ".join(place.fields) for place in learned(*lines).places]
    assert len(said) == len(fields)
    assert all(field in one and bool(field) == bool(one) for field, one in zip(fields, said, strict=True)), said
