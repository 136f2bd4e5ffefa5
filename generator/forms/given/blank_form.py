"""A form as it is printed for one pupil, before anybody wrote on it: the Word file, and its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.cases.case import Case, newest_date
from generator.documents.catalogue import Document, MergeDesk, worded
from generator.documents.languages.translate import Interpreter, Unfinished, in_language
from generator.documents.large_print import enlarged
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.render import render
from generator.folder.school_folder import Project
from generator.forms.given.question_list import QuestionForm
from generator.forms.returned.lines.of_each_kind.read_returned_word import read_returned_word
from generator.records.record import Place, Record
from generator.values.formatting import date as in_words
from generator.word_files.docx_package import read_package

_NO_PLACE = Place(1, 1)
UNKNOWN_DAY = date(2000, 1, 1)
"""Stands for the day of a meeting where a form is only printed to be compared with."""


@dataclass(frozen=True)
class BlankPaper:
    """A form as it is printed: the Word file, and the texts of its paragraphs."""

    title: str
    word: bytes
    texts: tuple[str, ...]


def blank_paper(
    project: Project,
    case: Case,
    form: QuestionForm,
    interpreter: Interpreter,
    ask: Mapping[str, Any] | None = None,
    meeting: date | None = None,
    language: str = "",
    large: bool = False,
) -> BlankPaper | None:
    """The form for a pupil, in English or another language; None where that language lacks some of its words.

    `ask` is what the form prints of the asking: to, role, due, meeting. `large` is for one in large print.
    """
    if language and form.by not in ("parent", "pupil"):
        return None
    case = with_next_meeting(case, meeting)
    pack = project.pack_of(case)
    desk = MergeDesk(project, case, pack, TemplateShelf(project.template_folders))
    row = next((one for one in pack.documents if one["id"] == form.document), {"template": f"{form.document}.docx"})
    title = worded(str(row["title"]), pack.words) if "title" in row else form.title
    document = Document(form.document, form.document, title, str(row["template"]), row, newest_date(case), large=large)
    due = "" if ask is not None else str(in_words(UNKNOWN_DAY))
    given = {"to": "", "role": "", "due": due, "meeting": "", "support": [], **(ask or {})}
    if not language:
        context = {**desk.context(document, None), "ask": given}
        word = render(desk.shelf.get(document.template, pack), context)
        word = enlarged(word) if large else word
    else:
        try:
            word = in_language(interpreter, desk, replace(document, language=language), {"ask": given})
        except Unfinished:
            return None
    return BlankPaper(title, word, texts_of(word))


def texts_of(word: bytes) -> tuple[str, ...]:
    """The texts of a Word file's paragraphs, as they are compared with those of a returned one."""
    lines = read_returned_word(read_package(word)).lines
    return tuple(part for line in lines if line.text for part in line.text.split("\n"))


def with_next_meeting(case: Case, meeting: date | None) -> Case:
    """The case as if the newest meeting had set this day for the next, where it set none or a day is given."""
    if not case.meetings:
        held = {
            "type": "review",
            "date": newest_date(case),
            "chair": "",
            "people": [],
            "next_meeting": meeting or UNKNOWN_DAY,
        }
        place = Record("", "meeting", held, {(): _NO_PLACE})
        return replace(case, records=(*case.records, place))
    newest = case.meetings[-1]
    if meeting is None and newest.data.get("next_meeting"):
        return case
    data = {**newest.data, "next_meeting": meeting or UNKNOWN_DAY}
    records = tuple(replace(one, data=data) if one is newest else one for one in case.records)
    return replace(case, records=records)
