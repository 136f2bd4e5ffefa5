"""The returned file and every answer of it kept with the case: the file in returned/, the answers in asked/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from generator.cases.case import Case
from generator.files.atomic_files import digest, write_file
from generator.folder.changing.edit_record import open_record, save
from generator.folder.school_folder import Project
from generator.forms.given.asked_record import new_asked_file, waiting
from generator.forms.given.question_list import Question
from generator.forms.returned.read_answers import AnswersRead, GivenAnswer
from generator.forms.returned.recognise import Recognised
from generator.forms.returned.who_answered import Answerer
from generator.values.file_names import slug
from generator.values.formatting import date as in_words

RETURNED = "returned"


def taken_before(case: Case, mark: str) -> str:
    """The record that holds the same returned file; empty when there is none."""
    for record in case.by_kind.get("asked", ()):
        if any(row.get("digest") == mark for row in record.data.get("back", ())):
            return record.path
    return ""


def keep_returned(
    project: Project,
    recognised: Recognised,
    read: AnswersRead,
    who: Answerer,
    name: str,
    content: bytes,
    went: Mapping[str, str],
) -> tuple[str, str]:
    """Keep a returned file and what it says; gives the paths of the record and of the file."""
    case = recognised.case
    before = taken_before(case, digest(content))
    record = recognised.asked or waiting(case, recognised.form.id, who.person or who.agency, who.name)
    if before:
        path = before
    elif record is None:
        path = new_asked_file(project, case.name, {"form": recognised.form.id}, who.day, who.name)
    else:
        path = record.path
    file = _keep_file(project, case.name, f"{PurePath(path).stem}{PurePath(name).suffix.lower()}", content)
    entry = _entry(recognised, read, who, went) | {"file": file.rpartition("/")[2], "digest": digest(content)}
    opened = open_record(project, path)
    tree = dict(opened.tree or {})
    others = [row for row in tree.get("back") or [] if row.get("digest") != entry["digest"]]
    save(project, opened, {**tree, "back": [*others, entry]})
    return path, file


def _keep_file(project: Project, pupil: str, name: str, content: bytes) -> str:
    """Put the file into returned/ under a name that is free."""
    folder = project.cases / pupil / RETURNED
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    number = 1
    while True:
        free = folder / f"{slug(stem)}{f'-{number}' if number > 1 else ''}{ending}"
        if not free.exists():
            write_file(free, content)
            return f"cases/{pupil}/{RETURNED}/{free.name}"
        if free.read_bytes() == content:
            return f"cases/{pupil}/{RETURNED}/{free.name}"
        number += 1


def _entry(recognised: Recognised, read: AnswersRead, who: Answerer, went: Mapping[str, str]) -> dict[str, Any]:
    asked = {question.id: question for question in recognised.form.questions}
    rows = [_answer(one, asked[one.question], went.get(one.question, "")) for one in read.answers if not one.empty]
    found: dict[str, Any] = {"date": str(in_words(who.day)), "by": who.name}
    found |= {"who": who.who} if who.who else {}
    found |= {"person": who.person} if who.person else {}
    found |= {"answers": rows} if rows else {}
    found |= {"unplaced": list(read.unplaced)} if read.unplaced else {}
    return found


def _answer(answer: GivenAnswer, question: Question, went: str) -> dict[str, Any]:
    found: dict[str, Any] = {"question": answer.question, "title": question.title}
    found |= {"about": question.goes_to} if question.goes_to.count(".") else {}
    found |= {"text": answer.text} if answer.text else {}
    found |= {"chosen": list(answer.chosen)} if answer.chosen else {}
    found |= {"ticked": "yes"} if answer.ticked else {}
    found |= {"rows": [dict(row) for row in answer.rows]} if answer.rows else {}
    found |= {"pictures": list(answer.pictures)} if answer.pictures else {}
    found |= {"remark": answer.remark} if answer.remark else {}
    found |= {"doubt": answer.doubt} if answer.doubt else {}
    return found | ({"went_to": went} if went else {})
