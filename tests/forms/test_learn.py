"""A form that nobody mapped: every place found, the right field proposed, and never a wrong one taken for sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.cases.case import Case
from generator.forms.authority.answering.place_answers import answer_of
from generator.forms.authority.form_map import MappedPlace
from generator.forms.authority.paths import Sources
from tests.forms.conftest import Learned
from tests.forms.invented_forms import ANY, FORMS, OFFICE

NAMES = [*FORMS, "kilnshire-referral"]


def is_right(place: MappedPlace, wanted: Any, ada: Case) -> bool:
    """True when a place got what belongs there; texts are told by how they begin."""
    if wanted == ANY:
        return True
    if wanted == OFFICE:
        return place.office_use
    if wanted is None or str(wanted).startswith("="):
        return place.by_hand
    if place.by_hand or place.office_use:
        return False
    answer = answer_of(place, Sources.of(ada))
    if isinstance(wanted, list):
        return isinstance(answer, list) and str(answer[0]).startswith(wanted[0])
    return answer is wanted if isinstance(wanted, bool) else str(answer).startswith(wanted)


@pytest.mark.whole
@pytest.mark.parametrize("name", NAMES)
def test_every_place_is_found_and_mapped_and_nothing_sure_is_wrong(
    name: str, learned: Callable[[str], Learned], ada: Case
) -> None:
    _, form, wanted = learned(name)
    assert len(form.places) == len(wanted), [p.label for p in form.places]
    right = [is_right(place, answer, ada) for place, answer in zip(form.places, wanted, strict=True)]
    wrong = [p for p, ok in zip(form.places, right, strict=True) if not ok]
    assert sum(right) >= 0.9 * len(right), [(p.id, p.label, p.fields) for p in wrong]
    assert [p for p in wrong if p.sure and not p.by_hand] == []


def test_a_question_that_no_record_answers_is_by_hand_and_not_sure(learned: Callable[[str], Learned]) -> None:
    _, form, _ = learned("dalesmoor-plan")
    shoes = next(p for p in form.places if p.label == "Shoe size")
    assert (shoes.by_hand, shoes.sure, shoes.fields) == (True, False, ())
