"""The file of one person's copy says whose it is, whatever id the person was given when the pupil was begun."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.family.people import name_of_copy, of_whom, told_apart
from generator.values.parsing import TO_FILL_IN

MARIE, TOMAS = {"id": "parent", "name": "Marie O'Brien"}, {"id": "tomas-smidt", "name": "Tomáš Šmidt"}


@pytest.mark.parametrize(
    ("person", "people", "said"),
    [
        ("parent", [MARIE, TOMAS], "marie-obrien"),
        ("tomas-smidt", [MARIE, TOMAS], "tomas-smidt"),
        ("samira", [{"id": "samira", "name": "Samira Brown"}], "samira"),
        ("parent", [{"id": "parent", "name": TO_FILL_IN}], "parent"),
        ("parent", [MARIE, {"id": "mother", "name": "Marie O'Brien"}], "marie-obrien-parent"),
        ("", [MARIE], ""),
    ],
)
def test_a_copy_is_named_by_whose_it_is(person: str, people: list[dict[str, Any]], said: str) -> None:
    assert name_of_copy(person, {"people": people}) == said


def test_of_two_names_that_end_alike_the_longer_one_is_meant() -> None:
    people = [{"id": "rose-lee", "name": "Rose Lee"}, {"id": "amy-rose-lee", "name": "Amy-Rose Lee"}]
    assert of_whom("profile-amy-rose-lee", {"people": people}) == "Amy-Rose Lee"
    assert of_whom("profile-rose-lee", {"people": people}) == "Rose Lee"
    assert of_whom("profile", {"people": people}) == ""


def test_two_of_one_name_are_told_apart_by_class_and_else_by_birth() -> None:
    jack = {"forenames": "Jack", "legal_surname": "Smith", "date_of_birth": date(2018, 3, 2), "class": "3A"}
    other = {**jack, "date_of_birth": date(2018, 5, 9)}
    alone = {**jack, "forenames": "Ada"}
    assert told_apart({"a": jack, "b": {**other, "class": "4B"}, "c": alone}) == {
        "a": "Jack Smith, 3A",
        "b": "Jack Smith, 4B",
        "c": "Ada Smith",
    }
    assert told_apart({"a": jack, "b": other}) == {
        "a": "Jack Smith, born 2 March 2018",
        "b": "Jack Smith, born 9 May 2018",
    }
