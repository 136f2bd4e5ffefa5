"""One record as a form that is ready to be shown: its questions, the findings at them, and who may see what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, request

from generator.authorities.pack import STANDARD
from generator.folder.changing.edit_record import OpenRecord, place_of
from generator.folder.changing.unsaved_writing import UnsavedDraft
from generator.folder.load_case import with_record
from generator.problems import Problem
from generator.records.record import read_record
from generator.records.schema.schema_view import Shape
from generator.web.record_form.answers import ROWS, Answers, answered
from generator.web.record_form.fields import Field, form_fields
from generator.web.record_form.known import known_of
from generator.web.record_form.places import at_fields, keys_meant
from generator.web.security import session
from generator.web.teachers_view import DRAWN, KEPT_ENTRIES, SHOWN, hidden_of, may_write
from generator.web.titles import kind_at
from generator.web.workplace import token_of, workplace


@dataclass(frozen=True)
class RecordSheet:
    """A form ready to be shown: its questions, the findings by question, and where it belongs."""

    draft: UnsavedDraft
    fields: Sequence[Field]
    findings: dict[str, Sequence[Problem]]
    path: str
    title: str
    printed: bool
    pupil_token: str
    pupil_name: str

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.draft.record.kind

    @property
    def to_mend(self) -> list[tuple[str, Problem]]:
        """What must be mended before anything is made, each with the id of its field."""
        inside = {one.name: one.id for top in self.fields for one in top.inside()}
        return [
            (inside[name], problem)
            for name, found in self.findings.items()
            for problem in found
            if problem.blocks and name in inside
        ]


def only_own_records() -> None:
    """A teacher's session opens no other record, however its address was come by."""
    if session().role != "teacher" or "token" not in (request.view_args or {}):
        return
    [path] = session().ids.find(str((request.view_args or {})["token"]), "record")
    if not may_write(path):
        abort(404)


def pupil_of(path: str) -> str:
    """The folder of the pupil whose record it is; "" for the school's own."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""


def draft_of(token: str) -> UnsavedDraft:
    """The draft that a form was sent for; ends the request with 404 for one of another record."""
    found = workplace().drafts.get(request.form.get("~draft", ""))
    [path] = session().ids.find(token, "record")
    if found is None or found.record.path != path:
        abort(404)
    place_of(workplace().project, path)
    return found


def answers_of(kind: str) -> Answers:
    """What the form sent, each name with all its values; of a teacher, only what the teacher's form asks for."""
    hidden: frozenset[str] = frozenset()
    if session().role == "teacher":
        hidden = hidden_of(kind, workplace().project.schemas.shape(kind).names)
    return {key: request.form.getlist(key) for key in request.form if re.split("[/~]", key)[0] not in hidden}


def sheet(
    draft: UnsavedDraft,
    tree: Mapping[str, Any],
    problems: Mapping[str, Sequence[Problem]] | None = None,
    stay_open: bool = False,
) -> RecordSheet:
    """The form of a record with some data in it; what there is a finding about is open.

    `stay_open` also opens what was open when the form was first shown, though nothing is written there yet.
    """
    from generator.documents.catalogue import made_from  # the first page comes without it

    place = workplace()
    path, kind = draft.record.path, draft.record.kind
    name = pupil_of(path)
    pupil = place.folder.pupil(name) if name else None
    known = known_of(place.project, pupil.loaded if pupil else None, path, name)
    shape = place.project.schemas.shape(kind)
    if session().role == "teacher":
        known = replace(known, hidden=hidden_of(kind, shape.names))
    fields = form_fields(shape, tree, known)
    if session().role == "teacher":
        _keep_entries(fields, draft, tree)
    if problems is None:
        own = problems_of(path, draft.record.content)
        problems = at_fields(own, draft.record.content, fields, {}, shape)
    _open(fields, problems, kind)
    if stay_open:
        first = sheet(draft, draft.record.tree or {})
        opened = {one.name for one in first.fields if one.shown}
        for one in fields:
            one.found = one.found or one.name in opened
    title = str(shape.keywords.get("title", kind))
    token = token_of("pupil", name) if name and session().role == "senco" else ""
    may_draw = session().role == "senco" or kind in DRAWN
    printed = bool(pupil and may_draw and made_from(place.project.pack(STANDARD).documents, kind))
    return RecordSheet(draft, fields, dict(problems), path, title, printed, token, pupil.name if pupil else "")


def _keep_entries(fields: Sequence[Field], draft: UnsavedDraft, tree: Mapping[str, Any]) -> None:
    """In a teacher's form the entries of the log that are saved stay: somebody else may have written them."""
    for one in fields:
        for row in one.rows if draft.record.kind in KEPT_ENTRIES else ():
            row.stays = row.number < _kept_lists(draft).get(one.name, 0)


def _kept_lists(draft: UnsavedDraft) -> dict[str, int]:
    """The lists that a teacher only adds to, each with how many entries the file had when the form was opened.

    They are the first of the form and stay so: new ones come behind them, and none is moved across.
    """
    tree = (draft.record.tree or {}) if session().role == "teacher" and draft.record.kind in KEPT_ENTRIES else {}
    return {name: sum(one is not None for one in held) for name, held in tree.items() if isinstance(held, list)}


def moves_saved(draft: UnsavedDraft, todo: str, answers: Answers) -> bool:
    """True for the request to take a saved entry out of a list that a teacher only adds to, or to move it."""
    what, _, way = todo.partition(":")
    name, _, number = way.rpartition("/")
    rows = list(answers.get(f"{name}{ROWS}", ()))
    if what == "add" or number not in rows:
        return False
    return rows.index(number) < _kept_lists(draft).get(name, 0) + (what == "up")


def keep_saved(draft: UnsavedDraft, answers: Answers) -> None:
    """Ends a teacher's request with 404 where the answers leave out a saved entry: no form of ours does that."""
    for name, many in _kept_lists(draft).items():
        asked = any(key.startswith((f"{name}/", f"{name}~")) for key in answers)
        if asked and list(answers.get(f"{name}{ROWS}", ()))[:many] != [str(number) for number in range(many)]:
            abort(404)


def empties_saved(draft: UnsavedDraft, shape: Shape, answers: Answers) -> bool:
    """True where a teacher's answers leave nothing in the boxes of a saved entry, which would take it out."""
    for name, many in _kept_lists(draft).items():
        first = {**answers, f"{name}{ROWS}": list(answers.get(f"{name}{ROWS}", ()))[:many]}
        asked = f"{name}{ROWS}" in answers
        if asked and len(answered(shape, draft.rows, first, draft.record.tree).get(name) or ()) < many:
            return True
    return False


def loses_saved(draft: UnsavedDraft, now: OpenRecord, tree: Mapping[str, Any]) -> bool:
    """True where a teacher's choice of two versions leaves out an entry that somebody saved meanwhile."""
    before = draft.record.tree or {}
    lists = {name: held for name, held in (now.tree or {}).items() if isinstance(held, list)}
    for name, held in lists.items() if session().role == "teacher" and now.kind in KEPT_ENTRIES else ():
        chosen = tree.get(name) or []
        new = [one for one in held if one not in (before.get(name) or [])]
        if len(chosen) < len(held) or any(one not in chosen for one in new):
            return True
    return False


def _open(fields: Sequence[Field], problems: Mapping[str, Sequence[Problem]], kind: str) -> None:
    """What there is a finding about is open; of a teacher's form every question of what they write in."""
    for one in (inner for top in fields for inner in top.inside()):
        about = (name for name in problems if problems[name])
        one.found = one.found or any(name == one.name or name.startswith(f"{one.name}/") for name in about)
    if session().role == "teacher":
        for one in [inner for top in fields if top.name in SHOWN.get(kind, ()) for inner in (top, *top.fields)]:
            one.found = True


def problems_of(path: str, content: bytes) -> list[Problem]:
    """The findings about one file, as they would be if it held these bytes."""
    place = workplace()
    name = pupil_of(path)
    if not name:
        return read_record(content, path, "school", place.project.schemas)[1]
    from generator.school.check_school import CheckQuestion, check_pupil

    loaded = with_record(place.project, place.folder.pupil(name).loaded, path, content)
    part = check_pupil(place.project, loaded, CheckQuestion(place.today))
    own = [problem for problem in part.problems if problem.path == path]
    return [problem for problem in own if problem.blocks or not _is_of_hidden(path, problem)]


def _is_of_hidden(path: str, problem: Problem) -> bool:
    """True for a finding about a part that a teacher's form does not show: it is the SENCO's to mend."""
    if session().role != "teacher":
        return False
    kind = kind_at(path)
    shape = workplace().project.schemas.shape(kind)
    keys = keys_meant(problem, shape)
    return bool(keys) and str(keys[0]) in hidden_of(kind, shape.names)
