"""What the list of fields leaves to the hand, and why: nothing that the case files hold, and a true reason."""

from __future__ import annotations

import pytest

from generator.cases.case import Case
from generator.forms.authority.dictionary import FieldWords, load_dictionary
from generator.forms.authority.paths import Sources
from generator.forms.authority.proposing.phrases import core

WORDS = load_dictionary()


def entry(phrase: str, about: str) -> FieldWords:
    """The one entry that has these words."""
    [found] = [one for one in WORDS.entries if one.about == about and core(phrase) in one.phrases]
    return found


def test_no_profession_that_other_services_hold_by_role_is_left_to_the_hand() -> None:
    names = {core(word): role for role, words in WORDS.professions.items() for word in (role, *words)}
    left = [(one.about, names[p]) for one in WORDS.entries if one.by_hand for p in one.phrases if p in names]
    assert left == []


@pytest.mark.parametrize("role", ["health visitor", "school nurse", "paediatrician"])
def test_the_name_of_a_health_professional_is_that_of_their_row(ada: Case, role: str) -> None:
    for phrase in (role, f"name of {role}"):
        [field] = entry(phrase, "school").fields
        roles = "|".join(dict.fromkeys((role, *WORDS.professions[role])))
        assert field == f"pupil.agencies[role={roles}][0].person"
    sources = Sources.of(ada)
    agencies = ada.data("pupil")["agencies"]
    assert not sources.value(field)
    agencies.append({"id": "health", "service": "Northmoor Health", "person": "Sam Oduya", "role": role.capitalize()})
    try:
        assert Sources.of(ada).value(field) == "Sam Oduya"
    finally:
        agencies.pop()


@pytest.mark.parametrize(
    ("about", "phrase", "because"),
    [
        ("school", "type of school", "the case files hold the school’s phase, not what type of school it is"),
        ("school", "type of setting", "the case files hold the school’s phase, not what type of school it is"),
        ("school", "class size", "the case files do not hold the size of the class"),
        ("school", "number on roll", "the case files do not hold the size of the school"),
        ("parent", "occupation", "the case files do not hold this about parents"),
    ],
)
def test_the_reason_why_a_question_is_left_to_the_hand_is_true_of_it(about: str, phrase: str, because: str) -> None:
    assert entry(phrase, about).by_hand == because
