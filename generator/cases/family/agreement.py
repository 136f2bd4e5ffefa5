"""What people agreed to: a signature holds for the version that was signed, and for no later change.

Signed on or after the day of a plan, it holds for that plan; once a version was given out, it holds until what that
version said has changed. The records that are signed have `signatures`, a `date` and perhaps a `version`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from generator.cases.case import Case, Data, Given, current_cycle
from generator.records.record import Record

_NOT_CONTENT = ("signatures", "copies", "staff_informed", "on_information_system", "shared_with", "status", "consents")
_NOT_OF_CYCLE = ("parents_agreed", "pupil_agreed", "staff_informed")

SIGNED = ("plan", "my-support-plan", "behaviour-plan", "annual-review")
"""The kinds of record that people sign."""


@dataclass(frozen=True)
class Agreement:
    """One person's agreement: `holds` for what the record says now, or `of` an earlier state, `version 1`."""

    person: str
    capacity: str
    date: date | None
    method: str
    holds: bool
    of: str = ""


def content_digest(data: Any) -> str:
    """The digest of what is agreed to in a record: all of it but signatures, copies and who was told."""
    content = {key: value for key, value in data.items() if key not in _NOT_CONTENT}
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def support_digest(cycle: Data) -> str:
    """The digest of the targets and the support that are agreed for a cycle."""
    content = {key: value for key, value in cycle["plan"].items() if key not in _NOT_OF_CYCLE}
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def agreed_to(case: Case) -> dict[str, str]:
    """The digests by file name of all that people sign, as `sendpack issue` keeps them with a version."""
    found = {_file(record): content_digest(record.data) for record in case.records if record.kind in SIGNED}
    cycle = current_cycle(case)
    return found | ({_file(cycle): support_digest(cycle.data)} if cycle else {})


def _file(record: Record) -> str:
    """plan.yaml, cycles/2026-autumn.yaml: the name within the pupil's folder."""
    return "/".join(record.path.split("/")[2:])


def agreements(case: Case, record: Record | None) -> list[Agreement]:
    """Everybody who is to sign a record, in its order, and whether what they signed is what it says now.

    Who signed an earlier version and this one is there once.
    """
    rows = [_agreement(case, record, row) for row in record.data.get("signatures", ())] if record else []
    anew = {row.person for row in rows if row.holds}
    return [row for row in rows if row.holds or row.date is None or row.person not in anew]


def _agreement(case: Case, record: Record, row: Data) -> Agreement:
    signed, method = row.get("date"), str(row.get("method", ""))
    if signed is None:
        return Agreement(str(row["person"]), str(row["capacity"]), None, method, holds=False)
    out = _version_signed(case, record, row)
    holds = _holds(case, record, row, out)
    of = "" if holds else f"version {out.version}" if out and out.version else ""
    return Agreement(str(row["person"]), str(row["capacity"]), signed, method, holds, of)


def _version_signed(case: Case, record: Record, row: Data) -> Given | None:
    """The version that was out when somebody signed, or the one that the signature names.

    Of several versions of that very day it is the first: that a later one was read is for the signature to say.
    """
    given = [one for one in case.given if one.status == "final" and _file(record) in one.agreed_to]
    if "version" in row:
        return next((one for one in given if one.version == row["version"]), None)
    out = [one for one in given if one.date <= row["date"]]
    of_day = [one for one in out if one.date == row["date"]]
    return next(iter(of_day or out[-1:]), None)


def _holds(case: Case, record: Record, row: Data, out: Given | None) -> bool:
    dated: date = record.data.get("date", date.min)
    if "version" not in row and row["date"] < dated:
        return False
    if out is None or ("version" not in row and out.date < dated):
        # Signed after the plan got its day, and before any version of that day was given out.
        return "version" not in row or row["date"] >= dated
    return not changed_since(case, record, out.agreed_to, row["date"])


def changed_since(case: Case, record: Record, agreed: Mapping[str, str], signed: date) -> bool:
    """True when a record, or for the plan the support of the running cycle, is not what a version said."""
    if agreed.get(_file(record)) != content_digest(record.data):
        return True
    cycle = current_cycle(case)
    if record.kind != "plan" or cycle is None or _file(cycle) not in agreed:
        return False
    later: date = cycle.data["plan"].get("parents_agreed", date.min)
    return agreed[_file(cycle)] != support_digest(cycle.data) and later <= signed


def held(case: Case, record: Record | None) -> Iterator[Agreement]:
    """The dated agreements that hold for what a record says now."""
    return (one for one in agreements(case, record) if one.holds)


def cycle_agreed(plan: Data, key: str) -> tuple[date | None, bool]:
    """The day on which parents or pupil agreed a cycle (`parents_agreed`), and whether its plan has changed since."""
    agreed: date | None = plan.get(key)
    return agreed, agreed is not None and agreed >= plan.get("date", agreed)
