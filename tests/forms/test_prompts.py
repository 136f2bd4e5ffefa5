"""Prompts that stand as plain words where an answer goes are places, and the answer replaces them; labels are not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import docx
import pytest

from generator.cases.case import Case
from generator.forms.answer_places.prompt_words import LONE_PROMPT, PROMPTS_IN_LINES, is_prompt
from generator.forms.answer_places.read_form import BlankForm, read_form_file
from generator.forms.authority.answering.place_answers import answers
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.learn import learn
from generator.forms.filling.fill_word import fill_word
from tests.forms.conftest import confirmed


def form_of(rows: Sequence[Sequence[str]]) -> BlankForm:
    """A form of one table."""
    document = docx.Document()
    document.add_heading("Marlbeck Council: request", 1)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return read_form_file(content.getvalue(), "marlbeck.docx")


def test_an_answer_is_written_over_the_prompt_behind_its_label(ada: Case) -> None:
    prompts = ("Click here", "Click or tap here to enter text.", "Enter a date", "(please type)", "Choose an item.")
    labels = ("Surname", "Forename(s)", "Date of birth", "UPN", "Year group")
    blank = form_of(list(zip(labels, prompts, strict=True)))
    form = confirmed(learn(blank, "marlbeck", "standard", load_dictionary(), date(2026, 11, 29)))
    filled = docx.Document(io.BytesIO(fill_word(blank.content, answers(form, ada)).content))
    held = [row.cells[1].text for row in filled.tables[0].rows]
    assert held == ["Brown", "Ada Rose", "14/05/2018", "X999400122017", "4"]


def test_a_row_of_prompts_below_its_headings_is_a_row_to_fill() -> None:
    blank = form_of([("Date", "Subject", "Result"), ("Enter a date", "Click here", "Click here")])
    assert len(blank.places) == 3


def test_a_label_that_asks_to_enter_something_stays_a_label() -> None:
    blank = form_of([("Enter name of school", ""), ("Select date", "")])
    assert [place.around.left for place in blank.places] == ["Enter name of school", "Select date"]


@pytest.mark.parametrize("text", ["Name of school", "Please describe the need", "Type of need:", "Select one?", "Yes"])
def test_other_words_are_no_prompt(text: str) -> None:
    assert not is_prompt(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (t, True)
        for t in (
            "[insert]",
            "[name]",
            "[Child’s name]",
            "[name and role]",
            "[date of birth]",
            "[DD/MM/YYYY]",
            "[Please type here]",
        )
    ]
    + [(t, False) for t in ("[Confidential]", "[Draft]", "[Page 1]", "[EHC1]", "[Continue on a separate sheet]")]
    + [(t, False) for t in ("[this page is intentionally left blank]", "[The school’s logo]", "[for the school]")],
)
def test_words_in_brackets_ask_by_a_verb_or_by_what_goes_there(text: str, asks: bool) -> None:
    assert is_prompt(text) is asks
    assert bool(LONE_PROMPT.fullmatch(text)) is asks
    assert bool(PROMPTS_IN_LINES.search(f"Completed by: {text}   Ward:")) is asks
