"""A pupil's case put together from plain values, for tests of what is reckoned from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.cases.case import Case
from generator.records.record import Place, Record

TOP = {(): Place(1, 1)}
PUPIL = {"forenames": "Ada", "legal_surname": "Brown", "year_group": 4}


def record(kind: str, data: Mapping[str, Any], file: str = "") -> Record:
    """A record as it would be read, every value at the top of its file."""
    return Record(f"cases/ada/{file or kind}.yaml", kind, data, TOP)


def case(school: Mapping[str, Any] | None = None, **kinds: Mapping[str, Any]) -> Case:
    """A case of records by kind, with a pupil of Year 4 unless another is given."""
    rows = {"pupil": PUPIL, **kinds}
    records = tuple(record(kind.replace("_", "-"), data) for kind, data in rows.items())
    return Case("ada", records, record("school", school or {}))
