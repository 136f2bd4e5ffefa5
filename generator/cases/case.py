"""One pupil's records joined by id, and what follows from them: age, year, current cycle, letters, costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from generator.records.record import Record

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """A version of a document that was given out and is kept; `marks` are the digests of the records behind it,
    `agreed_to` those of what people sign in them."""

    document: str
    kind: str
    date: date
    to: str
    status: str
    marks: Mapping[str, str]
    version: int = 0
    agreed_to: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One pupil: the folder's name, its records in the order of their file names, the school's own record.

    `given` is what was given out, the oldest first; documents never print it, so that giving one out changes none.
    `begun` are the paths of records that were begun and in which nobody has written: nothing has happened by them.
    """

    name: str
    records: tuple[Record, ...]
    school: Record | None = None
    given: tuple[Given, ...] = ()
    begun: frozenset[str] = frozenset()

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each kind."""
        kinds: dict[str, list[Record]] = {}
        for record in self.records:
            kinds.setdefault(record.kind, []).append(record)
        return {kind: tuple(records) for kind, records in kinds.items()}

    @property
    def written(self) -> tuple[Record, ...]:
        """The records that the school writes: not what came back on forms, which is in other people's words."""
        return tuple(record for record in self.records if record.kind != "asked")

    def one(self, kind: str) -> Record | None:
        """The record of a kind that has one file, or nothing."""
        records = self.by_kind.get(kind)
        return records[0] if records else None

    def data(self, kind: str) -> Data:
        """The values of that record; an empty mapping when the file is not there."""
        record = self.one(kind)
        return record.data if record else {}

    @property
    def evidence_held(self) -> tuple[Data, ...]:
        """Every entry of evidence.yaml, also those that wait for their kind or date and so stand in no document."""
        record = self.one("evidence")
        return (*record.data.get("items", ()), *record.waiting) if record else ()

    @cached_property
    def cycles(self) -> tuple[Record, ...]:
        """The cycles, oldest first."""
        rows = self.by_kind.get("cycle", ())
        return tuple(sorted(rows, key=lambda r: (r.data.get("start", date.max), r.data["number"], r.path)))

    @cached_property
    def meetings(self) -> tuple[Record, ...]:
        """The meetings of which somebody has written something, oldest first."""
        return tuple(one for one in self.meetings_and_begun if one.path not in self.begun)

    @cached_property
    def meetings_and_begun(self) -> tuple[Record, ...]:
        """Every meeting, also one whose record is as it was begun, oldest first."""
        return tuple(sorted(self.by_kind.get("meeting", ()), key=lambda r: (r.data.get("date", date.max), r.path)))

    @property
    def told(self) -> tuple[Record, ...]:
        """The records that say something: all but those that were only begun."""
        return tuple(one for one in self.records if one.path not in self.begun)

    def without_begun(self, keep: Collection[str] = ()) -> Case:
        """The case without records that were only begun, but for those with a path or of a kind to `keep`."""
        kept = tuple(one for one in self.records if one.path not in self.begun or one.path in keep or one.kind in keep)
        return self if len(kept) == len(self.records) else replace(self, records=kept)


def file_id(record: Record) -> str:
    """The name by which other records cite this file: `2025-autumn` for cycles/2025-autumn.yaml."""
    return PurePosixPath(record.path).stem


def given_by(papers: Iterable[Record]) -> tuple[Given, ...]:
    """What the issued.yaml of each version says was given out, the oldest first."""
    rows = [
        Given(
            row["document"],
            row["kind"],
            copy["date"],
            copy["to"],
            row["status"],
            row["files"],
            row["version"],
            row.get("agreed_to", {}),
        )
        for row in (paper.data for paper in papers)
        for copy in row.get("copies") or [{"to": row["to"], "date": row["date"]}]
    ]
    return tuple(sorted(rows, key=lambda row: row.date))


def document_id(kind: str, record: Record | None = None) -> str:
    """The name of a document of a kind: `support-plan`, or of one record of a folder `cycle-2025-autumn`.

    meetings/2026-11-11-early-discussion.yaml gives early-discussion-2026-11-11: nothing is said twice.
    """
    return f"{kind}-{file_id(record).removesuffix('-' + kind)}" if record else kind


# -- identity ---------------------------------------------------------------------------------------------------------


def newest_date(case: Case) -> date:
    """The day of the newest record: what `now` means for a case, the same whenever it is asked."""
    dates = [record.data["date"] for record in case.told if isinstance(record.data.get("date"), date)]
    written = [record.data for record in case.cycles if not is_drafted(record)]
    dates += [day for cycle in written for day in (cycle["start"], *_days_of_work(cycle))]
    return max(dates, default=date(2000, 1, 1))


def _days_of_work(cycle: Data) -> Iterator[date]:
    """The days of what was noted, measured and shared in a cycle, and of its review: all of them have been."""
    for rows in ("notes", "measured", "shared_with_parents"):
        yield from (row["date"] for row in cycle.get("do", {}).get(rows, ()) if isinstance(row.get("date"), date))
    if isinstance(day := cycle.get("review", {}).get("date"), date):
        yield day


def has_begun(case: Case, cycle: Record) -> bool:
    """True when a record bears witness that a cycle began: its own delivery or review, or a record of a later day.

    Today's clock is not asked, so a document reads the same whenever it is made.
    """
    if cycle.data.get("do") or is_reviewed(cycle.data):
        return True
    days = [record.data["date"] for record in case.told if isinstance(record.data.get("date"), date)]
    start: date = cycle.data["start"]
    return start <= max(days, default=date.min)


# -- joining ----------------------------------------------------------------------------------------------------------


def by_id(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows of a record by their id."""
    return {row["id"]: row for row in rows}


def is_reviewed(cycle: Data) -> bool:
    """True when the cycle has a dated review."""
    return bool(cycle.get("review", {}).get("date"))


def is_drafted(record: Record) -> bool:
    """True while something in a record is still to be filled in: it is being written, and nobody has agreed it yet."""
    return record.is_drafted


def current_cycle(case: Case) -> Record | None:
    """The newest cycle that is not reviewed yet; when all are, the newest. One still being written comes last."""
    written = [cycle for cycle in case.cycles if not is_drafted(cycle)]
    running = [cycle for cycle in written if not is_reviewed(cycle.data)]
    found = running or written or case.cycles
    return found[-1] if found else None


def has_left(pupil: Data, on: date) -> bool:
    """True from the day that is written as the one on which the pupil left the school."""
    return bool(pupil.get("left", date.max) <= on)


def sen_status(pupil: Data, on: date) -> str:
    """N, K or E on a day, from the history; N before it begins, and from the day on which the pupil left."""
    if has_left(pupil, on):
        return "N"
    held = [row for row in pupil.get("sen_status", ()) if row.get("from", date.max) <= on <= row.get("to", date.max)]
    return held[-1]["status"] if held else "N"


def status_since(pupil: Data, on: date) -> date | None:
    """The first day of the unbroken run of the status that is held on a day; nothing where none is held.

    A row that goes on with the status of the one before it, as after a move of school, does not begin it anew.
    """
    begun = sorted((row for row in pupil.get("sen_status", ()) if row["from"] <= on), key=lambda row: row["from"])
    if not begun or begun[-1].get("to", date.max) < on:
        return None
    first = begun.pop()
    while begun and begun[-1]["status"] == first["status"]:
        if first["from"] - begun[-1].get("to", first["from"]) > timedelta(days=1):
            break
        first = begun.pop()
    since: date = first["from"]
    return since


# -- provision and what it costs --------------------------------------------------------------------------------------


def percentage(row: Data) -> Decimal:
    """Attendance in percent, to one place."""
    return (Decimal(row["attended"]) * 100 / Decimal(row["possible"])).quantize(Decimal("0.1"))


# -- chronology -------------------------------------------------------------------------------------------------------


def photo_files(case: Case) -> list[str]:
    """The photos and drawings that the records name, as paths within the pupil's folder."""
    pictures = [row.get("photo") for row in case.data("profile").get("pictures", ())]
    photos = [case.data("pupil").get("photo"), *pictures]
    return list(dict.fromkeys(str(photo["file"]) for photo in photos if photo and "file" in photo))
