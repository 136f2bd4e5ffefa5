"""Whether a child is looked after: yes, no, or not known, which no form may turn into a no; and the year by age."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Case
from generator.forms.answer_places.place import Where
from generator.forms.authority.answering.place_answers import answer_of
from generator.forms.authority.form_map import MappedPlace
from generator.forms.authority.paths import Sources
from generator.records.record import Record

ABOUT = ("pupil.looked_after",)
DETAILS = {"legal_status": "section_20", "authority": "Northmoor Council", "social_worker": {"name": "Imani Reid"}}


def answer(pupil: dict[str, Any], writing: str, wanted: str = "", fields: tuple[str, ...] = ABOUT) -> Any:
    """What a place with this way of writing gets."""
    options = {"Yes": "yes", "No": "no", "Not known": "not_known"}
    place = MappedPlace("p1", "Looked after", "box", Where(), fields=fields, writing=writing, wanted=wanted)
    place = MappedPlace(**{**vars(place), "options": options, "absent": "no"})
    born = {"date_of_birth": date(2018, 5, 14), "year_group": 3, **pupil}
    record = Record("cases/one/pupil.yaml", "pupil", born, {})
    request = Record("cases/one/request.yaml", "request", {"date": date(2026, 11, 19)}, {})
    return answer_of(place, Sources.of(Case("one", (record, request))))


@pytest.mark.parametrize(
    ("pupil", "chosen", "yes", "no", "unknown"),
    [
        ({"looked_after": DETAILS}, "Yes", True, False, False),
        ({"is_looked_after": "yes"}, "Yes", True, False, False),
        ({"is_looked_after": "no"}, "No", False, True, False),
        ({}, "No", False, True, False),
        ({"is_looked_after": "not_known"}, "Not known", None, None, True),
    ],
)
def test_each_answer_in_a_list_and_in_boxes(
    pupil: dict[str, Any], chosen: str, yes: bool | None, no: bool | None, unknown: bool
) -> None:
    assert answer(pupil, "option") == chosen
    assert answer(pupil, "tick if", "yes") is yes
    assert answer(pupil, "tick if", "no") is no
    assert answer(pupil, "tick if", "not_known") is unknown


def test_parental_responsibility_that_is_not_known_is_said_so_in_words() -> None:
    people = [
        {"name": n, "parental_responsibility": held} for n, held in (("A", True), ("B", "not_known"), ("C", False))
    ]
    each = ("pupil.people[*].parental_responsibility",)
    assert answer({"people": people}, "each row", fields=each) == "Yes\nNot known\nNo"
    second = ("pupil.people[1].parental_responsibility",)
    assert answer({"people": people}, "text", fields=second) == "Not known"


def test_the_year_by_age_beside_the_year_taught_in() -> None:
    assert answer({}, "year group by age", fields=("pupil.date_of_birth", "request.date")) == "Year 4"
