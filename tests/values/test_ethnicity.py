"""Codes never reach a reader."""

from __future__ import annotations

import pytest

from generator.values.ethnicity import MAIN, ethnicity


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("MWBC", "White and Black Caribbean"),
        ("MWAS", "White and Asian"),
        ("AKPA", "Kashmiri Pakistani"),
        ("WXYZ", "Any other White background"),
        ("OABC", "Any other ethnic background"),
        ("QABC", "Any other ethnic background"),
        ("REFU", "The family preferred not to say"),
        ("Cornish", "Cornish"),
    ],
)
def test_a_code_is_said_in_words(code: str, words: str) -> None:
    assert ethnicity(code) == words


def test_every_main_code_is_four_capital_letters_as_the_census_has_them() -> None:
    assert [
        code for code in MAIN if not (len(code) == 4 and code.isascii() and code.isalpha() and code.isupper())
    ] == []
