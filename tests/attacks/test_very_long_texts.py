"""Texts that are far too long, or made to be slow to look through: refused, or looked through in a moment."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records.record import Schemas, read_record
from generator.records.yaml_text.yaml_keys import MAX_TEXT
from generator.rules.grammar.quoted_text import outside_quotes
from generator.rules.grammar.target_sentence import is_dated, is_measured, is_vague
from generator.values.shorthand import LONGEST, plain
from tests.example_school import ROOT

LONG = ["“" * 49_000, "“a” " * 12_000, "‘" * 49_000, "30 minutes " * 4_500, "and " * 12_000, "1" * 49_000, "-" * 49_000]


@pytest.mark.whole
@pytest.mark.parametrize("letters", ["“" * 300_000, "He likes to read. " * 50_000, "x" * (MAX_TEXT + 1)])
def test_a_text_longer_than_any_record_needs_is_refused_with_its_place(letters: str) -> None:
    content = f"date: {date(2026, 1, 12)}\naspirations:\n  pupil: {letters}\n".encode()
    record, problems = read_record(content, "cases/a/plan.yaml", "plan", Schemas.load([ROOT / "schemas"]))
    assert record is None
    [told] = [problem for problem in problems if problem.blocks]
    assert (told.rule, told.line) == ("yaml-too-much", 3)


@pytest.mark.whole
@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:4])
def test_what_a_sentence_says_is_looked_for_in_its_beginning_alone(text: str) -> None:
    """Without that each of these takes minutes, for patterns look on from every place."""
    assert len(plain(text)) <= 4 * LONGEST
    for ask in (is_vague, is_measured, is_dated):
        assert ask(text) in (True, False)
    assert len(outside_quotes(text)) <= len(text)


def test_a_date_within_the_first_pages_is_found() -> None:
    assert is_dated("He reads. " * 400 + "He reads by 4 July 2027.") and not is_dated("He reads. " * 400)


def test_quotation_marks_are_taken_by_pairs() -> None:
    assert outside_quotes("she said “yes” and ‘no’, “then") == "she said   and  , “then"
