"""Figures of a sentence about support: every number in words, every way of saying it, and what leaves a doubt."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.rules.grammar.figures_said import figure_said, goal_said

COUNTED = {
    "once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "thrice": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "1": 1, "999": 999,
}  # fmt: skip


@pytest.mark.parametrize("word", COUNTED)
def test_a_number_in_words_is_the_number(word: str) -> None:
    assert figure_said("weeks", f"for {word} weeks") == COUNTED[word]
    assert figure_said("times_a_week", f"{word} times a week") == COUNTED[word]
    assert figure_said("group_size", f"in a group of {word}") == COUNTED[word]


@pytest.mark.parametrize(
    ("field", "text", "figure"),
    [
        ("times_a_week", "3x a week", 3),
        ("times_a_week", "3 sessions per week", 3),
        ("times_a_week", "3 session each week", 3),
        ("times_a_week", "3 lessons every week", 3),
        ("times_a_week", "3 times weekly", 3),
        ("times_a_week", "twice weekly", 2),
        ("times_a_week", "1234 times a week", None),
        ("times_a_week", "3 times a weekend", None),
        ("times_a_week", "3 times a week, daily", None),
        ("times_a_week", "3 times a week, reviewed by the SENCO", None),
        ("times_a_week", "3 times a week and 3 times a week", 3),
        ("times_a_week", "3 times a week, or 4 times a week", None),
        ("minutes", "20 minutes daily", 20),
        ("minutes", "20 minute sessions, 3 times a week", 20),
        ("minutes", "20 minutes of phonics, twice a week", 20),
        ("minutes", "daily, for 20 minutes", 20),
        ("minutes", "3 20 minute sessions a week", 20),
        ("minutes", "a 20 minutes task", None),
        ("minutes", "up to 20 minutes daily", None),
        ("minutes", "10-20 minutes daily", None),
        ("minutes", "20 minutes daily or 10 minutes daily", None),
        ("weeks", "over 6 weeks", 6),
        ("weeks", "for 1 week", 1),
        ("weeks", "in 6 weeks", None),
        ("weeks", "for about 6 weeks", None),
        ("weeks", "for 6 weeks, at most for 6 weeks", None),
        ("weeks", "for 6 weeks. Much later than that, from Easter, we look again", 6),
        ("group_size", "group of 4 children", 4),
        ("group_size", "group of 10 minutes", None),
        ("group_size", "group of 4 sessions", None),
        ("group_size", "group of 20 words", None),
        ("group_size", "group of 3-4", None),
        ("group_size", "", None),
    ],
)
def test_a_figure_is_said_or_it_is_not(field: str, text: str, figure: int | None) -> None:
    assert figure_said(field, text) == figure


@pytest.mark.parametrize("word", ["up to", "at least", "at most", "maximum", "minimum", "about", "approximately", "or",
                                  "rising", "building", "then", "from"])  # fmt: skip
def test_a_word_of_doubt_beside_it_leaves_it_out(word: str) -> None:
    assert figure_said("group_size", f"{word} group of 4") is None
    assert figure_said("group_size", f"{word} all of the children a group of 4") == 4, "said of something else"


@pytest.mark.parametrize("word", ["daily", "each", "every day", "every morning", "monday", "tuesday", "wednesday",
    "thursday", "friday", "fortnight", "month", "checked", "review", "measured", "tests", "assessed", "visits", "phone",
    "rings", "meet", "planned", "advises", "look at", "looks at", "report", "reports"])  # fmt: skip
def test_a_word_of_something_else_leaves_out_how_often(word: str) -> None:
    assert figure_said("times_a_week", f"3 times a week; {word} with her") is None


@pytest.mark.parametrize(
    ("text", "unit", "goal"),
    [
        ("reads 50 words a minute", "words", "50"),
        ("reads 10 of 20 words", "words", "10"),
        ("reads 10 out of the 20 words", "words", "10"),
        ("reads 2.5 pages", "pages", "2.5"),
        ("reads 50 wordsearches", "words", None),
        ("reads 50 words, then 60 words", "words", None),
        ("reads 50 words, 60 words", "words", None),
        ("reads up to 50 words", "words", None),
        ("reads words", "words", None),
        ("50 (new) words", "(new) words", "50"),
    ],
)
def test_the_one_number_before_a_unit_is_the_goal(text: str, unit: str, goal: str | None) -> None:
    assert goal_said(text, unit) == (None if goal is None else Decimal(goal))
