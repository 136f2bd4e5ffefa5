"""The questions of each form that is given out, read from questions.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.records.yaml_text.yaml_reader import read_yaml

FORMS_FILE = Path(__file__).with_name("questions.yaml")
EARLIER_FILE = Path(__file__).with_name("earlier_forms.yaml")


@dataclass(frozen=True)
class Question:
    """One question: how its printed line begins, what kind of answer it wants, and where the answer goes.

    `early` begins the printed lines above it that belong to it; `yes` and `no` are words of the chosen option.
    """

    id: str
    asks: tuple[str, ...]
    title: str
    kind: str = "text"
    goes_to: str = ""
    how: str = "append"
    says: str = ""
    early: str = ""
    value: str = ""
    key: str = ""
    yes: str = ""
    no: str = ""
    columns: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    """How the first cell of its row reads, where it is asked in a table of faces or boxes."""


@dataclass(frozen=True)
class QuestionForm:
    """A form that is given out: its document, who answers it (parent, pupil, school, service), its questions."""

    id: str
    title: str
    document: str
    by: str
    questions: tuple[Question, ...]
    earlier: tuple[str, ...] = ()
    """Lines that earlier versions printed."""

    def question(self, id_: str) -> Question | None:
        """A question by its id."""
        return next((q for q in self.questions if q.id == id_), None)


@cache
def question_forms() -> Mapping[str, QuestionForm]:
    """Every form by the word for whom it is: parents, pupil, teachers, ta, professional."""
    data, problems = read_yaml(FORMS_FILE.read_bytes(), FORMS_FILE.name)
    assert data is not None and not problems, problems
    return {name: _form(name, row) for name, row in data.items()}


def _form(name: str, row: Mapping[str, Any]) -> QuestionForm:
    questions = tuple(_question(one) for one in row["questions"])
    return QuestionForm(
        name, str(row["title"]), str(row["document"]), str(row["by"]), questions, tuple(row.get("earlier", ()))
    )


def _question(row: Mapping[str, Any]) -> Question:
    given = dict(row)
    asks = given.pop("asks")
    columns, row_words = tuple(given.pop("columns", ())), given.pop("row", ())
    return Question(asks=_several(asks), columns=columns, row=_several(row_words), **given)


def _several(words: str | Sequence[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def earlier_versions(form: str, **said: str) -> list[tuple[str, ...]]:
    """The lines of each earlier version of a form, with the child's names put in (name, first, whose)."""
    return [tuple(line.format(**said) for line in lines) for lines in _earlier().get(form, ())]


@cache
def _earlier() -> Mapping[str, Any]:
    data, problems = read_yaml(EARLIER_FILE.read_bytes(), EARLIER_FILE.name)
    assert data is not None and not problems, problems
    return dict(data)
