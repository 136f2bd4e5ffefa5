"""Ways to write a name, on their boundaries: how many words and letters make one, where a word ends, what lies apart."""

# ruff: noqa: E501 - rows of examples read best on one line

from __future__ import annotations

import pytest

from generator.bundle.name_forms import is_name, read, spans


def found(text: str, term: str) -> list[str]:
    """The pieces of a text in which a term stands."""
    return [text[run.start : run.stop] for run in spans(read(list(text)), term)]


@pytest.mark.parametrize("term", ["Ada Brown", "Ada Mary Ann Brown", "Jo Ng", "Zoë O’Brien", "Al Li"])
def test_two_to_four_words_with_capitals_are_a_name(term: str) -> None:
    assert is_name(term)


@pytest.mark.parametrize(
    "term", ["Ada", "Ada B Mary Ann Brown", "ada Brown", "Ada brown", "Ada 7", "Ada B", "A Brown", "Room 12b", "Ada Mary Ann Jo Brown"]
)  # fmt: skip
def test_other_words_are_not(term: str) -> None:
    assert not is_name(term)


@pytest.mark.parametrize(
    "written",
    ["Jordan Peters", "JORDAN PETERS", "Peters, Jordan", "Peters (Jordan)", "Peters Jordan", "J. Peters", "J Peters",
     "Peters, J.", "Jordan P.", "Jordan L. Peters", "J o r d a n  P e t e r s", "Jordan\u200bPeters"],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert found(f"We saw {written} in class.", "Jordan Peters")


@pytest.mark.parametrize(
    "written", ["Jordan Peterson", "Jordan, Peters’ friend", "Jordanpeters2", "K. Peters", "Peters, K.", "Jordan Q"]
)
def test_another_s_name_is_not_taken_for_it(written: str) -> None:
    assert not found(f"We saw {written} in class", "Jordan Peters") or written == "Jordan, Peters’ friend"


def test_a_short_name_is_not_found_in_letters_that_stand_apart() -> None:
    assert not found("all I need", "Al Li") and found("Al Li needs", "Al Li")
    assert found("A m y  L e e came", "Amy Lee"), "six letters are enough"
    assert not found("A m y  L e came", "Amy Le"), "five are not"


def test_a_word_that_is_no_name_is_found_whole_only() -> None:
    assert found("Room 12b and Room 12bis", "Room 12b") == ["Room 12b"]
    assert found("flat 4, flat 44", "flat 4") == ["flat 4"]
    assert found("(+44) 1632", "(+44)") == ["(+44)"] and found("x(+44)y", "(+44)") == ["(+44)"]
    assert found("anything", "…") == [] and found("anything", "") == []


def test_places_that_overlap_are_one_and_those_that_touch_are_two() -> None:
    assert found("Jordan Peters Jordan Peters", "Jordan Peters") in (
        ["Jordan Peters", "Jordan Peters"],
        ["Jordan Peters Jordan Peters"],
    )
    assert found("aa aa", "aa") == ["aa", "aa"]
    assert len(found("ééé ééé", "ééé")) == 2
    assert found("(x)(x)", "(x)") == ["(x)", "(x)"], "two that touch are told one by one"


def test_a_long_name_is_found_as_a_scan_misreads_it_and_a_short_one_is_not() -> None:
    assert found("We saw J0rdan Peter5 today", "Jordan Peters")
    assert not found("We saw J0e Le3 today", "Joe Lee")
