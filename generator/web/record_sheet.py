"""One record as a form that is ready to be shown: its questions, the findings at them, and who may see what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, request

from generator.authorities.pack import STANDARD
from generator.folder.edit_record import place_of
from generator.folder.load_case import with_record
from generator.folder.unsaved_writing import UnsavedDraft
from generator.problems import Problem
from generator.records.record import read_record
from generator.web.record_form.answers import Answers
from generator.web.record_form.fields import Field, form_fields
from generator.web.record_form.known import known_of
from generator.web.record_form.places import at_fields
from generator.web.security import session
from generator.web.teachers_view import DRAWN, SHOWN, hidden_of, may_write
from generator.web.workplace import token_of, workplace


@dataclass(frozen=True)
class RecordSheet:
    """A form ready to be shown: its questions, the findings by question, and where it belongs."""

    draft: UnsavedDraft
    fields: Sequence[Field]
    findings: Mapping[str, Sequence[Problem]]
    path: str
    title: str
    printed: bool
    pupil_token: str
    pupil_name: str

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
    draft: UnsavedDraft, tree: Mapping[str, Any], problems: Mapping[str, Sequence[Problem]] | None = None
) -> RecordSheet:
    """The form of a record with some data in it; what there is a finding about is open."""
    from generator.documents.catalogue import made_from  # the first page comes without it

    place = workplace()
    path, kind = draft.record.path, draft.record.kind
    name = pupil_of(path)
    pupil = place.folder.pupil(name) if name else None
    known = known_of(place.project, pupil.loaded.case if pupil else None, path, name)
    shape = place.project.schemas.shape(kind)
    if session().role == "teacher":
        known = replace(known, hidden=hidden_of(kind, shape.names))
    fields = form_fields(shape, tree, known)
    if problems is None:
        own = problems_of(path, draft.record.content)
        problems = at_fields(own, draft.record.content, fields, {}, shape)
    _open(fields, problems, kind)
    title = str(shape.keywords.get("title", kind))
    token = token_of("pupil", name) if name and session().role == "senco" else ""
    may_draw = session().role == "senco" or kind in DRAWN
    printed = bool(pupil and may_draw and made_from(place.project.pack(STANDARD).documents, kind))
    return RecordSheet(draft, fields, problems, path, title, printed, token, pupil.name if pupil else "")


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
    return [problem for problem in part.problems if problem.path == path]
