"""What an import means, pupil by pupil: new files, changes, and a list of the rows that a person must work through.

Nothing is written here, and whatever could stop the writing is found here: what is shown is what is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.files.atomic_files import is_half_written
from generator.folder.create import EXAMPLE_PUPIL
from generator.folder.school_folder import Project
from generator.records.record import Record, read_record
from generator.school.imports.existing_pupil import Change, Editing, ImportOutcome, read_row
from generator.school.imports.incoming_pupil import Incoming, Read, read
from generator.school.imports.match_pupil import KnownPupil, find
from generator.school.imports.new_pupil_file import (
    folder_of,
    needed_to_begin,
    needs_to_place,
    new_pupil_file,
)
from generator.values.formatting import date as in_words
from generator.values.identifiers import compact
from generator.values.parsing import TO_FILL_IN, Unreadable

PARENTS = f"the parents are not in the export: they are marked as {TO_FILL_IN}"


@dataclass(frozen=True)
class ImportWish:
    """What the user wants of an import: begin folders for pupils who are not there, and the day it is.

    `since` is the day from which the status counts where the export does not say it; `everyone` begins folders also for
    pupils without SEN; `says_sen` is false for an export that tells nobody's status.
    """

    create: bool
    on: date
    since: date | None = None
    everyone: bool = False
    says_sen: bool = True
    whole_list: bool = True
    """False for a file of a few pupils, such as a Common Transfer File: who does not stand in it is not told."""


@dataclass
class Comparison:
    """What an import would do: files with their new text, rows to work through, pupils without SEN."""

    outcomes: list[ImportOutcome] = field(default_factory=list)
    to_work_through: list[str] = field(default_factory=list)
    without_sen: list[str] = field(default_factory=list)
    start_unknown: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Pupils without a folder here who have left, by the list."""
    not_listed: list[str] = field(default_factory=list)
    """Pupils who have a folder here and do not stand in the list."""

    @property
    def new(self) -> int:
        """How many files are begun."""
        return sum(one.new for one in self.outcomes)

    @property
    def changed(self) -> int:
        """How many files that are there are changed."""
        return sum(bool(one.changes) and not one.new for one in self.outcomes)


def compare(project: Project, incoming: Sequence[Incoming], known: KnownPupil, wish: ImportWish) -> Comparison:
    """What the import means. Nothing is written; what cannot be done is told, row by row."""
    comparing = _Comparing(project, known, wish)
    for one in incoming:
        comparing.add(one)
    if wish.whole_list:
        comparing.tell_who_is_not_there()
    return comparing.result


class _Comparing:
    """The import while it is looked at, one pupil after the other."""

    def __init__(self, project: Project, known: KnownPupil, wish: ImportWish) -> None:
        self.project, self.known, self.wish = project, known, wish
        self.result = Comparison()
        there = list(project.cases.iterdir()) if project.cases.is_dir() else []
        # One that a run which was cut off had only begun is taken again.
        self.folders = {path.name.casefold() for path in there if not is_half_written(path, or_empty=True)}
        self.editing: dict[str, Editing] = {}
        self.seen: set[str] = set()
        self.where: dict[str, str] = {}

    def tell_who_is_not_there(self) -> None:
        """The pupils with a folder here of whom the list says nothing."""
        stopped = "\n".join(self.result.to_work_through)
        for case, record in self.known.all().items():
            name = f"{record.data.get('preferred_name') or record.data['forenames']} {record.data['legal_surname']}"
            if case not in self.seen and case != EXAMPLE_PUPIL and not _names_folder(stopped, case):
                self.result.not_listed.append(f"{name} (cases/{case})")

    def add(self, one: Incoming) -> None:
        """One pupil of the export: changed, begun, left, or put on the list to work through."""
        values = read(one, self.wish.on)
        found = find(one, self.known)
        if isinstance(found, tuple):
            self.seen.add(found[0])
        if upn := compact(one.values.get("upn", "")):
            before = self.where.setdefault(upn, one.where)
        if upn and before != one.where:
            self._stop(one, f"has the same UPN as {before}, and is not taken a second time", said=" ")
        elif not one.named:
            self._stop(one, "no name and no UPN")
        elif values.faults:
            self._stop(one, *values.faults)
        elif isinstance(found, str):
            self._stop(one, found, said=" ")
        else:
            self._default_start(one, values, found)
            try:
                for group, rows in one.rows.items():
                    for row in rows:
                        read_row(group, row)
            except Unreadable as error:
                self._stop(one, error.message)
                return
            if found is None:
                self._absent(one, values)
            else:
                self._there(one, values, *found)

    def _stop(self, one: Incoming, *why: str, said: str = ": ") -> None:
        self.result.to_work_through.append(f"{one.where}: {one.name}{said}{'; '.join(why)}")

    def _default_start(self, one: Incoming, values: Read, found: tuple[str, Record] | None) -> None:
        if values.status not in ("K", "E") or values.since:
            return
        if found is None and values.gone:
            return
        if found is None and not self.wish.create:
            return
        if found is None or not found[1].data.get("sen_status"):
            self.result.start_unknown.append(one.name)
            values.since = self.wish.since or self.wish.on
            values.start_given = True

    def _there(self, one: Incoming, values: Read, case: str, record: Record) -> None:
        file = self.project.cases / case / "pupil.yaml"
        if case not in self.editing:
            try:
                outcome = ImportOutcome(case, one.name, file, text=file.read_bytes().decode("utf-8-sig"))
            except UnicodeDecodeError:
                self._stop(one, f"cases/{case}/pupil.yaml must be saved as UTF-8 first")
                return
            self.editing[case] = Editing(self.project, outcome, record, self.wish.on)
            self.result.outcomes.append(outcome)
        self.editing[case].take_over(one, values)
        if values.gone and not values.left and "left" not in record.data:
            self.editing[case].outcome.notes.append(
                "the export says that the pupil is on roll no more: write left in pupil.yaml"
            )

    def _absent(self, one: Incoming, values: Read) -> None:
        wish = self.wish
        supported = values.status in ("K", "E") or wish.everyone
        if values.gone:
            day = f", {in_words(values.left)}" if values.left else ""
            self.result.left.append(f"{one.where}: {one.name}{day}")
        elif supported and wish.create:
            self._begin(one, values)
        elif not (wish.says_sen and one.tells_sen):
            why = "has no folder here" + (", and the list does not say who has SEN" if wish.create else "")
            self._stop(one, why, said=" ")
        elif supported:
            self._stop(one, "has no folder here", said=" ")
        else:
            doubt = " (with a need, and no status)" if values.needs and not values.status else ""
            self.result.without_sen.append(f"{one.where}: {one.name}{doubt}")

    def _begin(self, one: Incoming, values: Read) -> None:
        if missing := needed_to_begin(values, self.wish.on):
            self._stop(one, *missing)
            return
        shape, on = self.project.schemas.shape("pupil"), self.wish.on
        try:
            case = folder_of(values, self.folders)
            text = new_pupil_file(shape, one, values, _reason(values, on), on)
        except Unreadable as error:
            self._stop(one, error.message)
            return
        _, problems = read_record(text.encode(), f"cases/{case}/pupil.yaml", "pupil", self.project.schemas)
        if wrong := [problem for problem in problems if problem.blocks]:
            self._stop(one, *(f"{p.message}" + (f" ({p.hint})" if p.hint else "") for p in wrong))
            return
        self.folders.add(case.casefold())
        outcome = ImportOutcome(case, one.name, self.project.cases / case / "pupil.yaml", True, text=text)
        outcome.changes = [Change("pupil.yaml", "", _new_in_words(values))]
        outcome.notes = [
            *_start_in_words(values),
            *values.notes,
            *(f"not taken over: {words}" for words in one.unplaced),
            *one.look_at,
            *needs_to_place(values.needs),
        ]
        if values.looked_after == "before":
            outcome.notes.append("the child was looked after before, says the export")
        if not one.people:
            outcome.notes.append(PARENTS)
        self.result.outcomes.append(outcome)


def _names_folder(text: str, case: str) -> bool:
    """True for a text with `cases/ada-brown` in it, not with `cases/ada-brown-2` alone."""
    return bool(re.search(rf"cases/{re.escape(case)}(?=[/:,;]|$)", text, re.MULTILINE))


def _reason(values: Read, on: date) -> str:
    if values.start_said:
        return f"The school's list says “{values.start_said}”: the first day of it is written."
    if values.start_given:
        return f"On the school's list of {in_words(on)}; the day was given for all who were on it without one."
    return "As in the school's information system"


def _start_in_words(values: Read) -> list[str]:
    """What is told of a status whose day the list does not say to the day."""
    if not (values.start_said and values.since and values.status in ("K", "E")):
        return []
    return [f"SEN status since “{values.start_said}”: written as {in_words(values.since)}, the first day of it"]


def _new_in_words(values: Read) -> str:
    """`a new file: K since 1 September 2026, SEMH, looked after`."""
    said = []
    if values.status in ("K", "E") and values.since:
        said.append(values.status if values.start_given else f"{values.status} since {in_words(values.since)}")
    said += [need.code or need.title for need in values.needs]
    if values.looked_after == "yes":
        said.append("looked after")
    return "a new file" + (f": {', '.join(said)}" if said else "")
