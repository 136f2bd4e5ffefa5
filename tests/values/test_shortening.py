"""Texts that are longer than their room end after a sentence, or after a word with a sign, and never within one."""

from __future__ import annotations

import pytest

from generator.values.shortening import first_sentences, first_words, whole_sentences


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (24, "Reads well, and spells it"),
        (23, "Reads well …"),
        (17, "Reads well …"),
        (16, "Reads well …"),
        (12, "Reads well …"),
        (11, "Reads …"),
        (5, "Rea …"),
    ],
)
def test_whole_words_fit_with_the_sign_into_the_room(most: int, said: str) -> None:
    text = "Reads well, and spells it"
    assert first_words(text, most + (most == 24)) == said
    assert len(said) <= max(most, 5) + (most == 24)


def test_what_is_cut_ends_in_no_word_that_only_leads_on() -> None:
    assert first_words("Toby asks for help with words or the pen", 38) == "Toby asks for help with words …"
    assert first_words("Reads and, in the end, writes", 20) == "Reads …"
    assert first_words("of the best", 8) == "of …"
    assert first_words("Reads A BOOK AND MORE", 19) == "Reads A BOOK …"
    assert first_words("Knows the letter A and more words", 24) == "Knows the letter A …"


def test_no_more_is_written_than_there_is_room() -> None:
    assert [first_words("Reads well", most) for most in range(-1, 5)] == ["", "", "…", "…", "R …", "Re …"]
    assert first_words(", ; and more", 6) == "…" and first_words("", 0) == ""


def test_whole_sentences_are_kept_and_where_there_is_none_whole_words() -> None:
    text = "He said “No.” It cost £1.50 a day!\nThen he left."
    assert first_sentences(text, len(text)) == text
    assert first_sentences(text, len(text) - 1) == "He said “No.” It cost £1.50 a day!"
    assert first_sentences(text, 20) == "He said “No.”"
    assert first_sentences(text, 12) == "He said …"
    assert whole_sentences(text, lambda kept: len(kept.split()) <= 8) == "He said “No.” It cost £1.50 a day!"
    assert whole_sentences(text, lambda kept: False) == ""
