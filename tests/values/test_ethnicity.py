"""Codes never reach a reader."""

from __future__ import annotations

import pytest

from generator.values.ethnicity import ethnicity


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("MWBC", "White and Black Caribbean"),
        ("MWAS", "White and Asian"),
        ("AKPA", "Kashmiri Pakistani"),
        ("WXYZ", "Any other White background"),
        ("REFU", "The family preferred not to say"),
        ("Cornish", "Cornish"),
    ],
)
def test_a_code_is_said_in_words(code: str, words: str) -> None:
    assert ethnicity(code) == words
