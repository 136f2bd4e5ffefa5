"""Forms that were given out and have not come back, by kind and by the meeting or day for which they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.cases.case import Case
from generator.records.record import Record
from generator.values.formatting import date as in_words

_WHO = {
    "parents": ("parent", "parents"),
    "pupil": ("pupil", "pupils"),
    "teachers": ("teacher", "teachers"),
    "ta": ("adult who gives support", "adults who give support"),
    "professional": ("professional", "professionals"),
}


@dataclass(frozen=True)
class RoundOfForms:
    """The forms of one kind that were asked for one day: all of them, those still out, and by when they are wanted."""

    form: str
    asked: tuple[Record, ...]
    out: tuple[Record, ...]
    due: date

    @property
    def told(self) -> str:
        """`3 of 9 teachers have answered; asked on 20 November 2026, still out: Mr Castle (Mathematics)`."""
        one, many = _WHO[self.form]
        back = len(self.asked) - len(self.out)
        some = f"{back or 'none'} of {len(self.asked)} {one if len(self.asked) == 1 else many}"
        days = sorted({record.data["asked_on"] for record in self.asked})
        names = ", ".join(_name(record) for record in self.out[:3])
        names += f" and {len(self.out) - 3} more" if len(self.out) > 3 else ""
        return f"{some} {'has' if back == 1 else 'have'} answered; asked on {in_words(days[0])}, still out: {names}"


def _name(record: Record) -> str:
    role = str(record.data.get("role", ""))
    teaches = record.data["form"] in ("teachers", "professional") and role
    return f"{record.data.get('to', 'somebody')}{f' ({role})' if teaches else ''}"


def rounds_out(case: Case) -> list[RoundOfForms]:
    """Every round of forms of which some have not come back, the earliest wanted first.

    A form that was asked of the same person again takes the place of the earlier one.
    """
    rounds: dict[tuple[str, date], list[Record]] = {}
    for record in _newest(case.by_kind.get("asked", ())):
        day = record.data.get("meeting") or record.data["due"]
        rounds.setdefault((record.data["form"], day), []).append(record)
    found = []
    for (form, _), records in rounds.items():
        out = tuple(record for record in records if not _done(record))
        if out:
            found.append(RoundOfForms(form, tuple(records), out, max(record.data["due"] for record in out)))
    return sorted(found, key=lambda one: (one.due, one.form))


def _newest(records: Sequence[Record]) -> list[Record]:
    """Forms that were asked, of each person the newest of a kind for one day; one that came back is never replaced."""
    kept: dict[tuple[str, str, object], Record] = {}
    for record in records:
        data = record.data
        if "asked_on" not in data or "due" not in data:
            continue
        key = (data["form"], str(data.get("to", "")), data.get("meeting"))
        before = kept.get(key)
        if before is None or (not _done(before) and data["asked_on"] >= before.data["asked_on"]) or _done(record):
            kept[key] = record
    return list(kept.values())


def _done(record: Record) -> bool:
    return bool(record.data.get("back") or record.data.get("withdrawn"))
