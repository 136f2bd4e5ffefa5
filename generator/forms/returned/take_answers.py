"""Returned forms looked at, and what was wanted of them written: into records beside what is there, nothing over it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.files.atomic_files import digest
from generator.folder.changing.edit_record import open_record, save
from generator.folder.school_folder import Project
from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import ToWord
from generator.forms.returned.edges import written_in_edges
from generator.forms.returned.keep_returned import keep_returned, taken_before
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.proposals import AnswerProposal, at, proposals
from generator.forms.returned.read_answers import AnswersRead, read_answers
from generator.forms.returned.recognise import Recognised, recognise
from generator.forms.returned.who_answered import Answerer, who_answered
from generator.problems import Stop
from generator.values.formatting import date as in_words

ALL = "all"
"""The word that takes every answer, also those that are not sure."""


@dataclass(frozen=True)
class ReturnedForm:
    """One returned file as it was read; `refused` says why nothing of it can be taken, `advice` what to do then.

    `before` is the record that holds the same file already.
    """

    name: str
    content: bytes
    refused: str = ""
    advice: str = ""
    recognised: Recognised | None = None
    read: AnswersRead | None = None
    who: Answerer | None = None
    proposals: tuple[AnswerProposal, ...] = ()
    notes: tuple[str, ...] = ()
    before: str = ""

    @property
    def mark(self) -> str:
        """The digest of the file."""
        return digest(self.content)

    @property
    def pupil(self) -> str:
        """The pupil's folder; empty for a file that could not be placed."""
        return self.recognised.case.name if self.recognised else ""


@dataclass(frozen=True)
class TakenForm:
    """What was written of a returned form: the records, the record of the form, the file's own place, what failed."""

    records: tuple[str, ...]
    asked: str
    file: str
    failed: tuple[str, ...]
    undo: tuple[str, ...] = ()
    took: frozenset[str] = frozenset()
    """The questions whose answers went into records."""


def look_at(
    project: Project, name: str, content: bytes, on: date, pupil: str = "", to_word: ToWord | None = None
) -> ReturnedForm:
    """A returned file with every answer and where it would go; nothing is written."""
    try:
        returned = open_returned(content, name, to_word)
        recognised = recognise(project, returned, pupil)
    except FormRefused as refused:
        return ReturnedForm(name, content, refused.message, refused.advice)
    read = read_answers(returned, recognised.printed, recognised.form, recognised.ours)
    who = who_answered(recognised, read, on)
    found = proposals(project, recognised, read, who)
    before = taken_before(recognised.case, digest(content))
    notes = (*returned.notes, *written_in_edges(project, recognised, returned))
    return ReturnedForm(name, content, "", "", recognised, read, who, found, notes, before)


def take(project: Project, form: ReturnedForm, also: Sequence[str] = ()) -> TakenForm:
    """Write what is sure, and what is not sure where its question is in `also`; keep the file and every answer.

    Each record is written whole or not at all; one that changed meanwhile, or would not fit, is told and left.
    """
    assert form.recognised is not None and form.who is not None and form.read is not None
    wanted = [
        one for one in form.proposals if one.writes and (not one.doubt or one.answer.question in also or ALL in also)
    ]
    written: list[str] = []
    undo: list[str] = []
    failed: list[str] = []
    gone: set[int] = set()
    for path in dict.fromkeys(one.path for one in wanted):
        mine = [one for one in wanted if one.path == path]
        try:
            saved = _write(project, path, mine, form.who)
        except Stop as stop:
            failed.append(f"{path} was left as it is: {stop}")
            gone.update(id(one) for one in mine)
            continue
        written += [path] if saved else []
        undo += [saved] if saved else []
    went = {one.answer.question: one.place for one in wanted if id(one) not in gone}
    went |= {one.answer.question: one.place for one in form.proposals if one.state == "there"}
    asked, file = keep_returned(project, form.recognised, form.read, form.who, form.name, form.content, went)
    return TakenForm(tuple(written), asked, file, tuple(failed), tuple(undo), frozenset(went))


def _write(project: Project, path: str, wanted: Sequence[AnswerProposal], who: Answerer) -> str:
    record = open_record(project, path)
    tree = copy.deepcopy(dict(record.tree or {}))
    for one in wanted:
        if one.how != "note":
            put(tree, one, who)
    notes = [str(one.value) for one in wanted if one.how == "note"]
    if notes:
        row = {"date": str(in_words(who.day)), "note": "\n".join(notes), "by": _by(who)}
        _list(tree, ("do", "notes")).append(row)
    _fits(project, record.kind, tree)
    return save(project, record, tree).undo


def _by(who: Answerer) -> str:
    return f"{who.name}, {who.who}"[:300] if who.who and who.who not in who.name and not who.person else who.name


def _fits(project: Project, kind: str, tree: Mapping[str, Any]) -> None:
    refused = project.schemas.refusals(kind, tree)
    if refused:
        where = ".".join(str(key) for key in refused[0].path)
        raise Stop(f"it would no longer fit its schema at {where}", "write the answer into the file by hand")


def put(tree: dict[str, Any], one: AnswerProposal, who: Answerer) -> None:
    """Put a proposed value into a record's data; what is there stays before it."""
    if one.how == "add":
        _list(tree, one.keys).append(one.value)
        return
    holder = _group(tree, one.keys[:-1], who)
    key = str(one.keys[-1])
    old = holder.get(key)
    if one.how == "join" and old is not None:
        if isinstance(old, Mapping):
            # `not_known: reason` is answered now: the reason is kept as words.
            old = f"Was not known: {old.get('not_known')}"
        holder[key] = f"{str(old).rstrip()}\n\n{one.value}"
    else:
        holder[key] = one.value


def _group(tree: dict[str, Any], keys: Sequence[str | int], who: Answerer) -> dict[str, Any]:
    """The group of keys in which a value goes; views that are begun say whose they are and since when."""
    held: Any = tree
    for key in keys:
        if isinstance(key, int):
            held = held[key]
            continue
        if held.get(key) is None:
            day = str(in_words(who.day))
            begun = {"parents_views": {"author": who.name, "date": day}, "pupil_views": {"date": day}}
            held[key] = dict(begun.get(str(key), {}))
        held = held[key]
    assert isinstance(held, dict)
    return held


def _list(tree: dict[str, Any], keys: Sequence[str | int]) -> list[Any]:
    held = at(tree, tuple(keys))
    if not isinstance(held, list):
        holder: Any = tree
        for key in keys[:-1]:
            holder = holder[key] if isinstance(key, int) else holder.setdefault(key, {})
        held = []
        holder[keys[-1]] = held
    return held


def look_at_all(
    project: Project, files: Sequence[tuple[str, bytes]], on: date, pupil: str = "", to_word: ToWord | None = None
) -> Iterator[ReturnedForm]:
    """Several returned files, one after the other; the same file given twice is read once."""
    seen: set[str] = set()
    for name, content in files:
        if (mark := digest(content)) not in seen:
            seen.add(mark)
            yield look_at(project, name, content, on, pupil, to_word)
