"""A record that was begun and in which nobody has written anything: it says only what the program put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.cases.case import Case, is_drafted
from generator.cases.prefill import known
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.blank_records import skeleton
from generator.records.record import Record, read_record
from generator.values.not_known import NotKnown
from generator.values.parsing import to_fill_in


def is_as_begun(project: Project, case: Case, record: Record) -> bool:
    """True while something is to be filled in and every text, day, number and yes or no is one that it was begun with.

    The first day in it is taken for the day of beginning, for which all others were proposed. Where it cannot be known
    with what the record was begun, it counts as written.
    """
    if not is_drafted(record):
        return False
    day = next((one for one in record.data.values() if isinstance(one, date)), None)
    if day is None:
        return False
    try:
        values = known(record.kind, case, project.school_data, day)
    except WrongUse:
        return False
    text = skeleton(project.schemas.shape(record.kind), {**values, **_type_of(record)}, "", day)
    begun, _ = read_record(text.encode(), record.path, record.kind, project.schemas)
    return begun is not None and set(_said(record.data)) <= set(_said(begun.data))


def _type_of(record: Record) -> dict[str, Any]:
    return {"type": record.data["type"]} if "type" in record.data else {}


def _said(value: Any, *keys: str) -> Iterator[tuple[object, ...]]:
    """Whatever is said, with the keys that lead to it; not which entry of a list it is."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _said(below, *keys, key)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from _said(below, *keys)
    elif isinstance(value, NotKnown):
        yield *keys, value.reason
    elif isinstance(value, str):
        if not to_fill_in(value):
            yield *keys, " ".join(value.split())
    elif value is not None:
        yield *keys, type(value), value
