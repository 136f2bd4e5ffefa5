"""The next version of a form: what was confirmed is kept, what moved, came or went is listed to be confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import GONE, KEPT, MOVED, NEW, learn, learn_again
from tests.forms.conftest import DAY, confirmed
from tests.forms.invented_forms import InventedForm


def version(*rows: list[str]) -> FormMap:
    form = InventedForm()
    form.document.add_heading("Brackenshire: request for an EHC needs assessment", 1)
    form.heading("The child")
    form.table(*rows)
    return learn(read_form_file(form.content(), "request.docx"), "request", "standard", load_dictionary(), DAY)


@pytest.mark.whole
def test_what_is_kept_moved_new_and_gone() -> None:
    old = confirmed(version(["Surname", ""], ["UPN", ""], ["Shoe size", ""], ["Religion", ""]))
    chosen = tuple(
        replace(p, fields=("pupil.local",), by_hand=False) if p.label == "Shoe size" else p for p in old.places
    )
    new = version(["Surname", ""], ["Shoe size", ""], ["UPN", ""], ["Young carer", ""])
    made, changes = learn_again(replace(old, places=chosen), new)
    assert [(c.what, c.place.label) for c in changes] == [
        (KEPT, "Surname"), (MOVED, "Shoe size"), (MOVED, "UPN"), (NEW, "Young carer"), (GONE, "Religion"),
    ]  # fmt: skip
    by_label = {p.label: p for p in made.places}
    assert by_label["Surname"].sure
    assert (by_label["Shoe size"].fields, by_label["Shoe size"].sure) == (("pupil.local",), False)
    assert by_label["Shoe size"].where == new.places[1].where
