"""What is withheld from the family, for the papers that go home: which are not made, and from what the others are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.cases.audience import is_for_all, without_records_for_others
from generator.cases.case import Case
from generator.records.record import Record

AT_HOME = frozenset({"parents", "pupil"})
"""The audiences that read at home."""


def as_family(row: Mapping[str, Any], case: Case) -> Case:
    """The case from which it follows whether a paper for the family is made, and its day: an invitation comes from the
    last meeting that the family may know of.

    The school's own paper keeps the records that it cannot be made without.
    """
    if not (row.get("family") or row.get("letter")):
        return case
    return without_records_for_others(case, _readers(row), row.get("needs", ()))


def withheld_needs(row: Mapping[str, Any], case: Case) -> Iterator[Record]:
    """The records, not for the family, for want of which a letter or another paper for the family alone is not made."""
    needed = (case.one(kind) for kind in row.get("needs", ()))
    yield from (record for record in needed if record is not None and is_withheld(row, record))


def is_withheld(row: Mapping[str, Any], record: Record) -> bool:
    """True for a record that is not for the family, and a paper that only the family reads."""
    alone = row.get("letter") or AT_HOME.issuperset(row.get("audience", ("school",)))
    return bool(alone) and not is_for_all(record, _readers(row))


def _readers(row: Mapping[str, Any]) -> frozenset[str]:
    named = AT_HOME.intersection(row.get("audience", ()))
    return named or frozenset({"parents"} if row.get("letter") else ())
