"""A pupil's class changed in a form: the class of before goes into the history, so that old papers stay right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.cases.classes import rows_to_remember
from generator.folder.school_folder import Project
from generator.records.record import read_record
from generator.records.yaml_text.yaml_keys import PlainNumber


def with_class_history(
    project: Project, path: str, before: bytes, after: bytes, wanted: Mapping[str, Any], on: date
) -> Mapping[str, Any]:
    """What pupil.yaml should hold, with the rows that its history of classes lacks after a change on a day.

    Nothing is added where somebody changed the history in the same form, or a file has errors.
    """
    old, _ = read_record(before, path, "pupil", project.schemas)
    new, _ = read_record(after, path, "pupil", project.schemas)
    if old is None or new is None or old.data.get("class_history") != new.data.get("class_history"):
        return wanted
    school = project.school_data
    rows = [_as_written(row) for row in rows_to_remember(old.data, new.data, school, on)]
    return {**wanted, "class_history": [*(wanted.get("class_history") or ()), *rows]} if rows else wanted


def _as_written(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _text(value) for key, value in row.items()}


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return PlainNumber(str(value)) if isinstance(value, int) else str(value)
