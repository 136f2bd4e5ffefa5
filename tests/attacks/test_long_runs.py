"""Text with a long run of one sign costs no more than its length: each is read here in far less than a second."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name, String

from generator.bundle.evidence.drawn_answers import pdf_form_answers, typed_notes
from generator.forms.filling.pdf_fields.pdf_text import setting_of
from generator.values.shortening import first_sentences
from generator.values.text_flow import blocks

LONG = 60_000


@pytest.mark.whole
@pytest.mark.parametrize("run", ["1", ".", "1 ", "/", " "])
def test_how_letters_are_to_look_is_found_behind_a_long_run(run: str) -> None:
    said = "/Helv 9 Tf 1 0 0 rg"
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, DA=String(f"{run * LONG} {said}"))
    assert pdf_form_answers._letters_of(widget)[0] == typed_notes._letters_of(widget)[0] == 9
    found = setting_of(f"{run * LONG} {said}")
    assert (found.font, found.size) == ("Helv", 9)


@pytest.mark.parametrize("run", ["word ", "a.", "?a", "“"])
def test_a_text_without_a_sentence_is_cut_at_its_words(run: str) -> None:
    assert first_sentences("One. " + run * LONG, 60) == "One."
    assert first_sentences("One. Two. " + "x" * 80, 9) == "One. Two."


def test_cells_of_a_pasted_row_may_be_far_apart() -> None:
    far = " " * LONG
    told = blocks(f"Reading{far}below{far}| 85\nSpelling\t90")
    assert [" ".join(one.text.split()) for one in told] == ["Reading below · 85", "Spelling · 90"]
