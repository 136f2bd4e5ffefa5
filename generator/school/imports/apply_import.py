"""Bring what the school's information system knows into the case files: find the pupil, show the changes, write them.

What the SENCO wrote stays: comments, layout, status history, needs, answers of `not_known`, and everything that the
export does not speak of. An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.cases.prefill import known_pupil
from generator.files.atomic_files import write_file
from generator.folder.create import slug
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.blank_records import skeleton
from generator.records.record import Record, read_record
from generator.records.yaml_text.yaml_editor import Unplaceable, with_row, with_value
from generator.school.imports.incoming_pupil import KINDS, ROWS, Incoming, alike, meaning
from generator.school.imports.match_pupil import KnownPupil, find
from generator.values.formatting import date as in_words
from generator.values.formatting import plain
from generator.values.not_known import NotKnown
from generator.values.parsing import TO_FILL_IN, Unreadable


@dataclass(frozen=True)
class Change:
    """One change to a pupil's file, in words: `class: 4A → 5B`, or `attendance: a new row from 2 September 2026`."""

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.what}: {self.before or '(nothing)'} → {self.after}"


@dataclass
class ImportOutcome:
    """What an import means for one pupil: the file, its changes and its new text, and what needs a look."""

    case: str
    name: str
    file: Path
    new: bool = False
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    text: str = ""


# -- what would change ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ImportWish:
    """What the user wants of an import: begin folders for pupils who are not there, and the day it is."""

    create: bool
    on: date


def compare(
    project: Project, incoming: Sequence[Incoming], known: KnownPupil, wish: ImportWish
) -> tuple[list[ImportOutcome], list[str]]:
    """What the import means, pupil by pupil, and what could not be placed. Nothing is written.

    Several rows about one pupil, as in a list of results, are taken together.
    """
    outcomes: dict[str, ImportOutcome] = {}
    records: dict[str, Record] = {}
    unplaced: list[str] = []
    for one in incoming:
        found = find(one, known)
        if isinstance(found, str):
            unplaced.append(f"{one.where}: {one.name} {found}")
        elif found is None:
            _absent(project, one, wish, outcomes, unplaced)
        else:
            case, record = found
            file = project.cases / case / "pupil.yaml"
            if case not in outcomes:
                try:
                    outcomes[case] = ImportOutcome(case, one.name, file, text=file.read_bytes().decode("utf-8-sig"))
                except UnicodeDecodeError:
                    unplaced.append(f"{one.where}: cases/{case}/pupil.yaml must be saved as UTF-8 first")
                    continue
                records[case] = record
            records[case] = _merge(project, one, outcomes[case], records[case])
    return list(outcomes.values()), unplaced


def _merge(project: Project, one: Incoming, outcome: ImportOutcome, record: Record) -> Record:
    """Each difference tried on the text and read back; kept when exactly what was meant has changed."""
    order = project.schemas.shape("pupil").names
    for name, text in one.values.items():
        if name in KINDS:
            record = _value(project, outcome, record, name, text, order)
    outcome.notes += list(_reported(one, record))
    for group in ROWS:
        for row in one.rows.get(group, ()):
            record = _add_row(project, outcome, record, group, row, order)
    outcome.notes += [f"not taken over: {words}" for words in one.unplaced]
    return record


def _value(
    project: Project, outcome: ImportOutcome, record: Record, name: str, text: str, order: Sequence[str]
) -> Record:
    before = record.data.get(name)
    try:
        after = meaning(KINDS[name], text)
    except Unreadable as error:
        outcome.notes.append(f"{name}: {error.message}")
        return record
    if before is not None and alike(KINDS[name], before, after):
        return record
    if name == "forenames" and _fewer_names(before, after):
        return record
    if isinstance(before, NotKnown):
        outcome.notes.append(f"{name} is “{before}” in the file; the export says {plain(after)}")
        return record
    change = Change(name, str(plain(before)), str(plain(after)).replace("\n", ", "))
    return _try(
        project, outcome, record, change, (name,), after, lambda old: with_value(old, record, (name,), after, order)
    )


def _fewer_names(before: Any, after: Any) -> bool:
    """True when the export knows only the first of the forenames that are written."""
    return before is not None and str(before).split()[: len(str(after).split())] == str(after).split()


def _reported(one: Incoming, record: Record) -> Iterator[str]:
    """Differences in what only the SENCO changes."""
    status = one.values.get("sen_status")
    held = record.data.get("sen_status", ())
    if status:
        said, written = status[:1].upper(), held[-1]["status"] if held else "N"
        if said != written:
            since = f" since {in_words(held[-1]['from'])}" if held else ""
            yield f"SEN status is {said} in the export, {written}{since} here: change it by hand, after a review"
    types = {need.get("rank"): need.get("sen_type") for need in record.data.get("needs", ())}
    for name, rank in (("sen_type", 1), ("sen_type_2", 2)):
        said = one.values.get(name, "").upper()
        if said and said != types.get(rank):
            yield f"SEN type {rank} is {said} in the export, {types.get(rank) or 'not there'} here"


def _add_row(
    project: Project, outcome: ImportOutcome, record: Record, group: str, row: Mapping[str, str], order: Sequence[str]
) -> Record:
    try:
        new = _read_row(group, row)
    except Unreadable as error:
        outcome.notes.append(f"{group}: {error.message}")
        return record
    held = record.data.get(group, ())
    same = next((n for n, old in enumerate(held) if _same_row(group, old, new)), None)
    if same is None:
        shown = ", ".join(f"{key} {plain(value)}" for key, value in new.items())
        change = Change(group, "", f"a new row: {shown}")
        return _try(
            project, outcome, record, change, (group, len(held)), new, lambda old: with_row(old, group, new, order)
        )
    old_row = held[same]
    different = {key: value for key, value in new.items() if not alike("text", old_row.get(key), value)}
    if not different or (group == "attendance" and new["to"] < old_row["to"]):
        return record
    if group == "attainment":
        outcome.notes.append(
            f"{new['subject']} of {in_words(new['date'])} is {old_row['result']} here, {new['result']} in the export"
        )
        return record
    for key, value in different.items():
        path = (group, same, key)
        change = Change(f"{group} from {in_words(new['from'])}, {key}", str(plain(old_row.get(key))), str(plain(value)))
        held_record = record
        record = _try(
            project,
            outcome,
            held_record,
            change,
            path,
            value,
            lambda text, r=held_record, p=path, v=value: with_value(text, r, p, v),
        )
    return record


def _read_row(group: str, row: Mapping[str, str]) -> dict[str, Any]:
    needed = ("from", "to", "attended", "possible") if group == "attendance" else ("date", "subject", "result")
    absent = [name for name in needed if not row.get(name)]
    if absent:
        raise Unreadable("row", f"no {' and no '.join(absent)}", "")
    read: dict[str, Any] = {}
    for name in ROWS[group]:
        if row.get(name):
            text = row[name]
            if name in ("from", "to", "date"):
                read[name] = meaning("date", text)
            elif name in ("attended", "possible"):
                if not text.isdecimal():
                    raise Unreadable("row", f"`{text}` is no number of sessions", "")
                read[name] = int(text)
            else:
                read[name] = text
    return read


def _same_row(group: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if group == "attendance":
        return bool(old["from"] == new["from"])
    subject = str(old["subject"]).casefold() == new["subject"].casefold()
    framework = str(old.get("framework", "")).casefold() == str(new.get("framework", "")).casefold()
    return bool(old["date"] == new["date"] and subject and framework)


def _try(
    project: Project,
    outcome: ImportOutcome,
    record: Record,
    change: Change,
    path: tuple[Any, ...],
    value: Any,
    edit: Any,
) -> Record:
    """Make one change in the text and read it back: only when exactly that has changed is it kept."""
    try:
        text = edit(outcome.text)
        read, problems = read_record(text.encode(), record.path, "pupil", project.schemas)
    except Unplaceable as error:
        outcome.notes.append(f"{change}; to be done by hand: {error}")
        return record
    wrong = [problem for problem in problems if problem.blocks]
    if read is None or wrong or not _only(record.data, read.data, path, value):
        why = wrong[0].message if wrong else "it is written in a way that cannot be changed with certainty"
        outcome.notes.append(f"{change}; to be done by hand: {why}")
        return record
    outcome.text = text
    outcome.changes.append(change)
    return read


def _only(before: Any, after: Any, path: tuple[Any, ...], value: Any) -> bool:
    """True when two data differ by the value under a path and by nothing else."""
    if not path:
        return alike("text", after, value) if isinstance(value, str) else bool(after == value)
    key, rest = path[0], path[1:]
    if isinstance(after, dict):
        same = {k: v for k, v in after.items() if k != key} == {k: v for k, v in (before or {}).items() if k != key}
        inner = before.get(key) if isinstance(before, dict) else None
        return same and key in after and _only(inner, after[key], rest, value)
    if isinstance(after, list):
        old = list(before or ())
        if key == len(old):
            return after[:-1] == old and _only(None, after[-1], rest, value)
        same = len(old) == len(after) and all(
            a == b for n, (a, b) in enumerate(zip(old, after, strict=True)) if n != key
        )
        return same and _only(old[key], after[key], rest, value)
    return False


# -- new pupils -------------------------------------------------------------------------------------------------------


def _absent(
    project: Project, one: Incoming, wish: ImportWish, outcomes: dict[str, ImportOutcome], unplaced: list[str]
) -> None:
    supported = one.values.get("sen_status", "K")[:1].upper() in ("K", "E")
    if not wish.create or not supported:
        if supported or not wish.create:
            unplaced.append(f"{one.where}: {one.name} has no folder here")
        return
    try:
        outcome = _begin(project, one, wish)
    except Unreadable as error:
        unplaced.append(f"{one.where}: {one.name}: {error.message}")
        return
    if outcome.file.parent.exists() or outcome.case in outcomes:
        unplaced.append(f"{one.where}: {one.name}: cases/{outcome.case} is there already, and is somebody else's")
        return
    outcomes[outcome.case] = outcome


def _begin(project: Project, one: Incoming, wish: ImportWish) -> ImportOutcome:
    """A new pupil's file from what the export says. Raises Unreadable when name or date of birth is missing."""
    values = {name: meaning(kind, one.values[name]) for name, kind in KINDS.items() if name in one.values}
    for name in ("legal_surname", "forenames", "date_of_birth"):
        if name not in values:
            raise Unreadable("new-pupil", f"no {name}, so no folder can be begun", "")
    known = known_pupil(str(values["forenames"]), str(values["legal_surname"]), values["date_of_birth"], wish.on)
    known.update(values)
    if one.people:
        known["people"] = [{"id": _person_id(n, row), **row} for n, row in enumerate(one.people, 1)]
    status = one.values.get("sen_status", "")[:1].upper()
    if status in ("K", "E") and "sen_from" in one.values:
        row = {"status": status, "from": meaning("date", one.values["sen_from"])}
        known["sen_status"] = [{**row, "reason": "As in the school's information system"}]
    for group in ROWS:
        if rows := [_read_row(group, row) for row in one.rows.get(group, ())]:
            known[group] = rows
    name = slug(f"{str(values['forenames']).split()[0]} {values['legal_surname']}")
    text = skeleton(project.schemas.shape("pupil"), known, "../../schemas/pupil.schema.json", wish.on)
    file = project.cases / name / "pupil.yaml"
    outcome = ImportOutcome(name, one.name, file, True, [Change("pupil.yaml", "", "a new file")], text=text)
    outcome.notes += [f"not taken over: {words}" for words in one.unplaced]
    types = [one.values[key] for key in ("sen_type", "sen_type_2") if key in one.values]
    if types:
        outcome.notes.append(f"SEN type in the export: {', '.join(types)}; describe the needs under needs")
    if not one.people:
        outcome.notes.append(f"the parents are not in the export: they are marked as {TO_FILL_IN}")
    return outcome


def _person_id(number: int, row: Mapping[str, Any]) -> str:
    made = slug(str(row["name"]))[:24]
    return f"{made}-{number}" if made[:1].isalpha() else f"person-{number}"


# -- writing ----------------------------------------------------------------------------------------------------------


def apply(project: Project, outcomes: Iterable[ImportOutcome]) -> list[str]:
    """Write every file that changes, each whole; gives their names. A new pupil's file is checked before."""
    written = []
    for outcome in outcomes:
        if not outcome.changes:
            continue
        shown = f"cases/{outcome.case}/pupil.yaml"
        record, problems = read_record(outcome.text.encode(), shown, "pupil", project.schemas)
        if record is None or any(problem.blocks for problem in problems):
            wrong = "; ".join(problem.message for problem in problems if problem.blocks)
            outcome.notes.append(f"not written: {wrong}")
            outcome.changes = []
            continue
        if outcome.new and outcome.file.exists():
            raise WrongUse(f"{shown} is there already; nothing of it was changed.")
        write_file(outcome.file, outcome.text.encode())
        written.append(shown)
    return written


def summary(outcomes: Iterable[ImportOutcome], unplaced: Sequence[str]) -> Iterator[str]:
    """The changes pupil by pupil, then what could not be placed."""
    for outcome in outcomes:
        if outcome.changes or outcome.notes:
            yield f"{outcome.name} (cases/{outcome.case}{', new' if outcome.new else ''})"
            yield from (f"  {change}" for change in outcome.changes)
            yield from (f"  look at: {note}" for note in dict.fromkeys(outcome.notes))
    if unplaced:
        yield "Could not be placed"
        yield from (f"  {line}" for line in unplaced)
