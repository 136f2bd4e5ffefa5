"""Ada's records and the invented forms, read once for all tests of the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.cases.case import Case
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.forms.answer_places.read_form import BlankForm, read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import learn
from tests.forms.invented_forms import FORMS
from tests.forms.invented_pdf import kilnshire

ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 11, 29)

Learned = tuple[BlankForm, FormMap, list[object]]


@pytest.fixture(scope="session")
def example_project() -> Project:
    return find_project(ROOT)


@pytest.fixture(scope="session")
def ada(example_project: Project) -> Case:
    case = load_case(example_project, "ada-brown").case
    assert case is not None
    return case


@pytest.fixture(scope="session")
def learned() -> Callable[[str], Learned]:
    """A form of tests by its name: as it was read, its map, and the right answers."""
    made: dict[str, Learned] = {}

    def get(name: str) -> Learned:
        if name not in made:
            content, answers = kilnshire() if name == "kilnshire-referral" else _word(name)
            ending = "pdf" if name == "kilnshire-referral" else "docx"
            blank = read_form_file(content, f"{name}.{ending}")
            made[name] = blank, learn(blank, name, "standard", load_dictionary(), DAY), answers
        return made[name]

    return get


def _word(name: str) -> tuple[bytes, list[object]]:
    form = FORMS[name]()
    return form.content(), form.answers


def confirmed(form: FormMap) -> FormMap:
    """The form as after somebody looked at every place and agreed."""
    return replace(form, places=tuple(replace(p, sure=True) for p in form.places))
