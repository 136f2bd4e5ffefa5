"""Who else lives in a home is told to the authority, and to nobody of another home."""

from __future__ import annotations

from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.family.contact_details import Reader, for_reader
from generator.records.record import Record

BROTHER = {"name": "Theo Brown", "relationship": "brother"}


def pupil(*people: dict[str, Any]) -> Case:
    rows = [{"relationship": "mother", "parental_responsibility": True, **one} for one in people]
    data = {"forenames": "Ada", "legal_surname": "Brown", "address": "12 Tannery Row", "people": rows}
    return Case("ada", (Record("cases/ada/pupil.yaml", "pupil", {**data, "household": [BROTHER]}, {}),))


MOTHER = {"id": "mother", "name": "Samira Brown"}
FATHER = {"id": "father", "name": "Daniel Brown", "address": "4 Quay Street"}


@pytest.mark.parametrize(
    ("people", "reader", "told"),
    [
        ((MOTHER, FATHER), None, True),
        ((MOTHER, FATHER), Reader("mother"), True),
        ((MOTHER, FATHER), Reader("father"), False),
        ((MOTHER, FATHER), Reader(), False),
        ((MOTHER,), Reader(), True),
    ],
)
def test_the_household_is_for_who_lives_there_and_for_the_authority(
    people: tuple[dict[str, Any], ...], reader: Reader | None, told: bool
) -> None:
    seen = for_reader(pupil(*people), reader).data("pupil")
    assert ("household" in seen) is told
