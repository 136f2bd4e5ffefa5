"""To whom a copy goes, in the ways people write it: which readers' view it is made for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Case
from generator.records.record import Record
from generator.submission.given_out.readers_of_copy import EVERYBODY, readers_of_copy

ON = date(2026, 11, 20)
HOME = {"parental_responsibility": True}
MOTHER = {"id": "samira", "title": "Ms", "name": "Samira Brown", "relationship": "mother", **HOME}
FATHER = {"id": "dan", "title": "Mr", "name": "Daniel Brown", "relationship": "father", **HOME}
ADA = {
    "forenames": "Ada Rose",
    "legal_surname": "Brown",
    "preferred_name": "Addie",
    "date_of_birth": date(2018, 5, 14),
    "year_group": 4,
    "people": [MOTHER, FATHER],
}
SCHOOL = {"name": "Larkfield School", "staff": [{"id": "hale", "name": "Mrs Joan Hale", "role": "SENCO"}]}


def readers(to: str, **pupil: Any) -> tuple[str, ...]:
    records = (Record("cases/ada/pupil.yaml", "pupil", {**ADA, **pupil}, {}),)
    return readers_of_copy(to, Case("ada", records, Record("cases/school.yaml", "school", SCHOOL, {})), ON)


PARENTS, PUPIL, AUTHORITY = ("parents",), ("pupil",), ("authority",)
BOTH = ("parents", "pupil")
WAYS = [
    ("Ada", PUPIL),
    ("Ada Brown", PUPIL),
    ("ADDIE", PUPIL),
    ("Addie Brown", PUPIL),
    ("Ada Rose Brown", PUPIL),
    ("Brown, Ada", PUPIL),
    ("ada-brown", PUPIL),
    ("the pupil", PUPIL),
    ("Ada Brown's parents", PARENTS),
    ("Ada Brown’s parents", PARENTS),
    ("parents of Ada Brown", PARENTS),
    ("Mr and Mrs Brown, parents of Ada Brown", PARENTS),
    ("the parents", PARENTS),
    ("Ada's mum", PARENTS),
    ("dad", PARENTS),
    ("samira", PARENTS),
    ("Samira Brown", PARENTS),
    ("Ms Brown", PARENTS),
    ("Mum and Dad", PARENTS),
    ("Ada and her mother", BOTH),
    ("parents & Addie", BOTH),
    ("Northmoor Council", AUTHORITY),
    ("Northmoor LA", AUTHORITY),
    ("northmoor la", AUTHORITY),
    ("LA SEND team", AUTHORITY),
    ("SEND casework team", AUTHORITY),
    ("the local authority", AUTHORITY),
    ("Northmoor Council, for the school", AUTHORITY),
    ("Mrs Green, Northmoor Council", AUTHORITY),
    ("Ms Brown, Northmoor Council", ("parents", "authority")),
    ("School Council", EVERYBODY),
    ("the school's council", EVERYBODY),
    ("Parish Council", EVERYBODY),
    ("Northmoor Health Authority", EVERYBODY),
    ("Maria de la Cruz", EVERYBODY),
    ("Dr Patel", EVERYBODY),
    ("Brown", EVERYBODY),
    ("Ada Brown's solicitor", EVERYBODY),
    ("Solicitor for Samira Brown", EVERYBODY),
    ("Samira Brown's solicitor", EVERYBODY),
    ("Ms Brown and her solicitor", EVERYBODY),
    ("Samira Brown, somebody else", EVERYBODY),
    ("Samira Brown and Northmoor Council", ("parents", "authority")),
    ("Ada Green", EVERYBODY),
    ("the", EVERYBODY),
    ("?", EVERYBODY),
    ("", EVERYBODY),
    ("Mrs Hale", ()),
    ("hale", ()),
    ("Joan Hale, SENCO", ()),
    ("Mrs Hale, Northmoor Hospital", EVERYBODY),
]


@pytest.mark.parametrize(("to", "expected"), WAYS)
def test_every_way_to_name_somebody_has_its_view(to: str, expected: tuple[str, ...]) -> None:
    assert readers(to) == expected


@pytest.mark.parametrize(("to", "expected"), WAYS)
def test_a_young_person_who_decides_alone_is_named_in_the_same_ways(to: str, expected: tuple[str, ...]) -> None:
    assert readers(to, date_of_birth=date(2009, 9, 1), year_group=12) == expected


def test_a_parent_of_the_childs_own_name_gets_what_both_may_see() -> None:
    namesake = {**MOTHER, "id": "mum", "name": "Ada Brown"}
    assert readers("Ada Brown", people=[namesake]) == BOTH
    assert readers("Ada Green", people=[{**namesake, "name": "Ada Green"}]) == PARENTS


def test_a_double_name_is_one_name() -> None:
    assert readers("Anne-Marie", forenames="Anne-Marie") == PUPIL == readers("Anne Marie Brown", forenames="Anne-Marie")
