"""What an export changes in the file of a pupil who is there: each change tried on the text and read back.

What the SENCO wrote stays: comments, layout, status history, needs, answers of `not_known`, and everything that the
export does not speak of. An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from generator.cases.classes import rows_to_remember
from generator.cases.vocabulary import AREAS
from generator.folder.school_folder import Project
from generator.records.record import Record, read_record
from generator.records.yaml_text.yaml_editor import with_row, with_value
from generator.records.yaml_text.yaml_layout import NoPlaceForIt
from generator.school.imports.incoming_pupil import KINDS, NAMES, ROWS, Incoming, Read, alike, meaning
from generator.school.imports.lists.status_and_needs import looked_after_to_fill_in, need_rows, status_row
from generator.values.formatting import date as in_words
from generator.values.formatting import plain
from generator.values.not_known import NotKnown
from generator.values.parsing import Unreadable


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


class Editing:
    """One pupil's file while an import changes it: the text so far, and what is read from it."""

    def __init__(self, project: Project, outcome: ImportOutcome, record: Record, on: date) -> None:
        self.project, self.outcome, self.record, self.on = project, outcome, record, on
        self.shape = project.schemas.shape("pupil")

    def take_over(self, one: Incoming, read: Read) -> None:
        """Each difference tried on the text and read back; kept when exactly what was meant has changed."""
        before = self.record.data
        for name, value in read.values.items():
            self._value(name, value)
        self._remember_class(before)
        self._leave(read.left)
        self._begin_sen(read)
        self.outcome.notes += [*_reported(read, self.record), *_looked_after(read, self.record)]
        for group in ROWS:
            for row in one.rows.get(group, ()):
                self._add_row(group, row)
        self.outcome.notes += [f"not taken over: {words}" for words in one.unplaced]

    def _value(self, name: str, after: Any) -> None:
        data = self.record.data
        before = data.get(name)
        if before is not None and alike(KINDS[name], before, after):
            return
        if name == "forenames" and _fewer_names(before, after):
            return
        if name in NAMES and str(before).casefold() == str(after).casefold():
            return  # MacDonald stays, however the list writes it
        if before is None and _says_nothing_new(name, after, data):
            return
        if isinstance(before, NotKnown):
            self.outcome.notes.append(f"{name} is “{before}” in the file; the export says {plain(after)}")
            return
        change = Change(name, str(plain(before)), str(plain(after)).replace("\n", ", "))
        self._try(change, (name,), after, partial(with_value, keys=(name,), value=after, shape=self.shape))

    def _remember_class(self, before: Mapping[str, Any]) -> None:
        """The class of before and the new one in the history, so that papers of earlier days name the right one."""
        school = self.project.school.data if self.project.school else {}
        for row in rows_to_remember(before, self.record.data, school, self.on):
            held = len(self.record.data.get("class_history", ()))
            change = Change("class_history", "", f"{row.get('class', '')} from {in_words(row['from'])}")
            self._try(
                change, ("class_history", held), row, partial(with_row, key="class_history", row=row, shape=self.shape)
            )

    def _leave(self, day: date | None) -> None:
        """The day on which the pupil left, or leaves, by the export."""
        if day and self.record.data.get("left") != day:
            change = Change("left", str(plain(self.record.data.get("left"))), in_words(day))
            edit = partial(with_value, keys=("left",), value=day, shape=self.shape)
            self._try(change, ("left",), day, edit)

    def _begin_sen(self, read: Read) -> None:
        """Status, needs and the mark of a looked-after child where the file has none of it yet."""
        data = self.record.data
        if read.status in ("K", "E") and read.since and not data.get("sen_status"):
            said = f", which says “{read.start_said}”: the first day of it is written" if read.start_said else ""
            row = status_row(read.status, read.since, f"As in the school's information system{said}")
            change = Change("sen_status", "", f"{read.status} from {in_words(read.since)}")
            edit = partial(with_row, key="sen_status", row=row, shape=self.shape)
            self._try(change, ("sen_status", 0), row, edit)
            self._begin_records(read.since)
        if not data.get("needs"):
            for number, need in enumerate(need_rows(read.needs)):
                change = Change(
                    "needs", "", f"{need['title']} ({need.get('sen_type', 'type to be chosen')}), to be described"
                )
                self._try(change, ("needs", number), need, partial(with_row, key="needs", row=need, shape=self.shape))
        if read.looked_after == "yes" and "looked_after" not in data and self._said_to_be_looked_after():
            value = looked_after_to_fill_in()
            change = Change("looked_after", "", "yes, with the authority to be filled in")
            edit = partial(with_value, keys=("looked_after",), value=value, shape=self.shape)
            self._try(change, ("looked_after",), value, edit)

    def _begin_records(self, since: date) -> None:
        """`records_from` beside a status of before: the file has nothing of that time, and is not asked for it."""
        if since >= self.on or "records_from" in self.record.data or not self.record.data.get("sen_status"):
            return
        edit = partial(with_value, keys=("records_from",), value=self.on, shape=self.shape)
        self._try(Change("records_from", "", in_words(self.on)), ("records_from",), self.on, edit)

    def _said_to_be_looked_after(self) -> bool:
        """Make `is_looked_after` of the file a yes; False where it stays another answer, beside which no more fits."""
        said = self.record.data.get("is_looked_after", "yes")
        if said == "not_known":
            self.outcome.notes.append("is_looked_after is not_known in the file; the export says yes")
        elif said != "yes":
            edit = partial(with_value, keys=("is_looked_after",), value="yes", shape=self.shape)
            self._try(Change("is_looked_after", str(said), "yes"), ("is_looked_after",), "yes", edit)
        return bool(self.record.data.get("is_looked_after", "yes") == "yes")

    def _add_row(self, group: str, row: Mapping[str, str]) -> None:
        new = read_row(group, row)
        held = self.record.data.get(group, ())
        same = next((n for n, old in enumerate(held) if _same_row(group, old, new)), None)
        if same is None:
            shown = ", ".join(f"{key} {plain(value)}" for key, value in new.items())
            change = Change(group, "", f"a new row: {shown}")
            self._try(change, (group, len(held)), new, partial(with_row, key=group, row=new, shape=self.shape))
            return
        old_row = held[same]
        different = {key: value for key, value in new.items() if not alike("text", old_row.get(key), value)}
        if not different or (group == "attendance" and new["to"] < old_row["to"]):
            return
        if group == "attainment":
            day = in_words(new["date"])
            said = f"{new['subject']} of {day} is {old_row['result']} here, {new['result']} in the export"
            self.outcome.notes.append(said)
            return
        for key, value in different.items():
            before = str(plain(old_row.get(key)))
            change = Change(f"{group} from {in_words(new['from'])}, {key}", before, str(plain(value)))
            path = (group, same, key)
            self._try(change, path, value, partial(with_value, keys=path, value=value, shape=self.shape))

    def _try(self, change: Change, path: tuple[Any, ...], value: Any, edit: Callable[[str], str]) -> None:
        """Make one change in the text and read it back: only when exactly that has changed is it kept."""
        outcome, record = self.outcome, self.record
        try:
            text = edit(outcome.text)
            read, problems = read_record(text.encode(), record.path, "pupil", self.project.schemas)
        except NoPlaceForIt as error:
            outcome.notes.append(f"{change}; to be done by hand: {error}")
            return
        wrong = [problem for problem in problems if problem.blocks]
        if read is None or wrong or not _only(record.data, read.data, path, value):
            why = wrong[0].message if wrong else "it is written in a way that cannot be changed with certainty"
            outcome.notes.append(f"{change}; to be done by hand: {why}")
            return
        outcome.text, self.record = text, read
        outcome.changes.append(change)


def read_row(group: str, row: Mapping[str, str]) -> dict[str, Any]:
    """One row of attendance or attainment as pupil.yaml holds it. Raises Unreadable when a part is missing or wrong."""
    needed = ("from", "to", "attended", "possible") if group == "attendance" else ("date", "subject", "result")
    absent = [name for name in needed if not row.get(name)]
    if absent:
        raise Unreadable("row", f"no {' and no '.join(absent)}", "")
    read: dict[str, Any] = {}
    for name in ROWS[group]:
        if text := row.get(name):
            read[name] = _part(name, text)
    return read


def _part(name: str, text: str) -> Any:
    if name in ("from", "to", "date"):
        return meaning("date", text)
    if name in ("attended", "possible"):
        if not text.isdecimal():
            raise Unreadable("row", f"`{text}` is no number of sessions", "")
        return int(text)
    return text


def _same_row(group: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if group == "attendance":
        return bool(old["from"] == new["from"])
    subject = str(old["subject"]).casefold() == new["subject"].casefold()
    framework = str(old.get("framework", "")).casefold() == str(new.get("framework", "")).casefold()
    return bool(old["date"] == new["date"] and subject and framework)


def _says_nothing_new(name: str, after: Any, data: Mapping[str, Any]) -> bool:
    """True for a name at school that is the legal one."""
    if name == "known_as_surname":
        return bool(str(after).casefold() == str(data.get("legal_surname", "")).casefold())
    first = (str(data.get("forenames", "")).split() or [""])[0]
    return name == "preferred_name" and str(after).casefold() in (
        first.casefold(),
        str(data.get("forenames")).casefold(),
    )


def _fewer_names(before: Any, after: Any) -> bool:
    """True when the export knows only the first of the forenames that are written."""
    return before is not None and str(before).split()[: len(str(after).split())] == str(after).split()


def _reported(read: Read, record: Record) -> Iterator[str]:
    """Differences in what only the SENCO changes."""
    held = record.data.get("sen_status", ())
    if read.status:
        written = held[-1]["status"] if held else "N"
        if read.status != written:
            since = f" since {in_words(held[-1]['from'])}" if held else ""
            yield f"SEN status is {read.status} in the export, {written}{since} here: change it by hand, after a review"
    needs = {need.get("rank"): need for need in record.data.get("needs", ())}
    for rank, need in enumerate(read.needs[:2], 1):
        held = needs.get(rank, {})
        if need.code and need.code != held.get("sen_type"):
            yield f"SEN type {rank} is {need.code} in the export, {held.get('sen_type') or 'not there'} here"
        elif not need.code and need.area != held.get("area"):
            there = AREAS.get(str(held.get("area")), "not there")
            yield f"the area of need {rank} is {need.title} in the export, {there} here"


def _looked_after(read: Read, record: Record) -> Iterator[str]:
    if read.looked_after == "before":
        yield "the child was looked after before, says the export"
    held = "looked_after" in record.data or record.data.get("is_looked_after") == "yes"
    if read.looked_after in ("no", "before") and held:
        yield "the child is looked after here, and not in the export: find out which is right"


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
