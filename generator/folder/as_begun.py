"""A record that was begun and in which nobody has written anything: it says only what the program put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
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


def begun(project: Project, case: Case) -> frozenset[str]:
    """The paths of the records that are as they were begun; not of the pupil's details and the request.

    These two go into papers as they are, since without them there is none.
    """
    asked = (record for record in case.records if record.kind not in ("pupil", "request"))
    return frozenset(record.path for record in asked if is_as_begun(project, case, record))


def is_as_begun(project: Project, case: Case, record: Record) -> bool:
    """True while something is to be filled in and every text, day, number and yes or no is one that it was begun with.

    The first day in it is taken for the day of beginning, for which all others were proposed. Where it cannot be known
    with what the record was begun, it counts as written;
    so does a cycle that takes over what the review of the one before decided.
    """
    if not is_drafted(record):
        return False
    day = next((one for one in record.data.values() if isinstance(one, date)), None)
    if day is None:
        return False
    before = replace(case, records=tuple(one for one in case.records if one is not record))
    if record.kind == "cycle" and before.cycles:
        return False
    try:
        values = known(record.kind, before, project.school_data, day)
    except WrongUse:
        return False
    text = skeleton(project.schemas.shape(record.kind), {**values, **_type_of(record)}, "", day)
    begun, _ = read_record(text.encode(), record.path, record.kind, project.schemas)
    if begun is None:
        return False
    more = set(_said(record.data)) - set(_said(begun.data))
    # A cycle is begun for a later day than the one on which that is done: its days and its name are proposals too.
    return not more if record.kind != "cycle" else all(one[0] == "title" or date in one for one in more)


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
