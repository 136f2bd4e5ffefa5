"""The next version of a form: what was confirmed is kept, what moved, came or went is listed to be confirmed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.forms.answer_places.read_form import BlankForm, read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.keep_map import put_map
from generator.forms.authority.learn import GONE, KEPT, MOVED, NEW, learn, learn_again
from generator.problems import Stop
from tests.forms.conftest import DAY, confirmed
from tests.forms.invented_forms import InventedForm


def form_of(*rows: list[str]) -> BlankForm:
    form = InventedForm()
    form.document.add_heading("Brackenshire: request for an EHC needs assessment", 1)
    form.heading("The child")
    form.table(*rows)
    return read_form_file(form.content(), "request.docx")


def learned(blank: BlankForm) -> FormMap:
    return learn(blank, "request", "standard", load_dictionary(), DAY)


def version(*rows: list[str]) -> FormMap:
    return learned(form_of(*rows))


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


@pytest.mark.whole
def test_a_map_stays_until_the_blank_form_could_be_replaced(tmp_path: Path) -> None:
    old, new = (form_of(["Surname", ""], [label, ""]) for label in ("UPN", "Religion"))
    target = tmp_path / "request.yaml"
    put_map(target, learned(old), old)
    before = target.read_bytes()
    (tmp_path / "request.docx").unlink()
    (tmp_path / "request.docx" / "open").mkdir(parents=True)  # it is open in Word, and cannot be replaced
    for _ in range(2):
        with pytest.raises(Stop, match=r"request\.docx cannot be written"):
            put_map(target, learned(new), new)
        assert target.read_bytes() == before
    shutil.rmtree(tmp_path / "request.docx")
    put_map(target, learned(new), new)
    assert {path.name for path in tmp_path.iterdir()} == {"request.yaml", "request.docx", "request (edited 1).yaml"}
    assert (tmp_path / "request (edited 1).yaml").read_bytes() == before
