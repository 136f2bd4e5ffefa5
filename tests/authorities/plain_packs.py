"""Packs and cases of plain values, for what an authority asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from generator.authorities.pack import Pack
from generator.authorities.requirement import Requirement
from generator.cases.case import Case
from generator.records.record import Record
from tests.joined import record

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ON = date(2026, 10, 1)


def pack(own: bool = True, **data: Any) -> Pack:
    """A pack of an authority's own, every value of it with its page."""
    pages = [{"address": "https://council.example/send", "supports": ["request", "cycles", "ladder"]}] if own else []
    return Pack("own", ("own",), {"name": "Ourshire", "sources": pages, **data})


def case(*cycles: Record, **kinds: dict[str, Any]) -> Case:
    rows = tuple(record(kind.replace("_", "-"), data) for kind, data in kinds.items())
    return Case("ada", (*rows, *cycles))


def cycle(n: int, start: date, end: date | None = None, **plan: Any) -> Record:
    data = {"number": n, "title": f"Cycle {n}", "start": start, "plan": {"targets": [], "provision": [], **plan}}
    return record("cycle", {**data, **({"review": {"date": end}} if end else {})}, f"cycles/{n}")


def only(items: Any) -> Requirement:
    [item] = items
    assert isinstance(item, Requirement)
    return item
