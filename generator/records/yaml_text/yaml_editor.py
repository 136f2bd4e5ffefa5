"""One value or one row of a case file changed in its text: the small doors of `yaml_changes`, for typed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.records.schema.schema_view import Shape
from generator.records.yaml_text.yaml_changes import edited_text
from generator.records.yaml_text.yaml_keys import PlainNumber
from generator.records.yaml_text.yaml_layout import NoPlaceForIt, layout, written
from generator.values import formatting
from generator.values.not_known import NotKnown


def with_value(text: str, keys: Sequence[str | int], value: Any, shape: Shape | None = None) -> str:
    """The text with another value under some keys; a new key is put where `shape`, that of the file, has it.

    `value` is as records hold it: text, date, number, yes or no, rows. Raises NoPlaceForIt.
    """
    *way, last = keys
    wanted = _data(text)
    place: Any = wanted
    try:
        for key in way:
            place = place[key]
    except (KeyError, IndexError, TypeError):
        raise NoPlaceForIt("it is not written there yet") from None
    place[last] = as_written(value)
    return edited_text(text, wanted, shape)


def with_row(text: str, key: str, row: Mapping[str, Any], shape: Shape | None = None) -> str:
    """The text with one more row at the end of a list of the file itself; the list is begun where there is none.

    Raises NoPlaceForIt.
    """
    wanted = _data(text)
    rows = wanted.get(key) or []
    if not isinstance(rows, list):
        raise NoPlaceForIt(f"`{key}` is no list there")
    return edited_text(text, {**wanted, key: [*rows, as_written(row)]}, shape)


def _data(text: str) -> dict[str, Any]:
    root, _ = layout(text)
    data: dict[str, Any] = _copied(written(root))
    return data


def _copied(value: Any) -> Any:
    """Mappings and lists copied to be changed; what the reader knows of their places is not needed."""
    if isinstance(value, Mapping):
        return {key: _copied(below) for key, below in value.items()}
    return [_copied(below) for below in value] if isinstance(value, list) else value


def as_written(value: Any) -> Any:
    """A value of a record as `read_yaml` gives it: what a person would have typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return str(formatting.date(value))
    if isinstance(value, int | float | Decimal):
        return PlainNumber(value)
    if isinstance(value, NotKnown):
        return {"not_known": value.reason}
    if isinstance(value, Mapping):
        return {name: as_written(below) for name, below in value.items()}
    if isinstance(value, str):
        return "\n".join(line.strip() for line in value.strip().splitlines()) if "\n" in value.strip() else value
    return [as_written(below) for below in value] if isinstance(value, Sequence) else value
