"""Two versions of a record, field by field, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from generator.records.schema.schema_view import Shape
from generator.values.formatting import label, plain


@dataclass(frozen=True)
class Changed:
    """One field that is different: the record, the field, what it said and what it says; "" where it said nothing."""

    record: str
    field: str
    before: str
    now: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.field}: new: {self.now}"
        if not self.now:
            return f"{self.field}: taken out: {self.before}"
        return f"{self.field}: was {self.before}, is now {self.now}"


def different(
    before: Mapping[str, Any] | None, now: Mapping[str, Any] | None, shape: Shape, title: str, path: str
) -> Iterator[Changed]:
    """Every field that differs between two versions of a record; a whole record that came or went is one change."""
    if before is None or now is None:
        named = _title(now or before or {}, path)
        record = _named(title, now or before or {}, path)
        yield Changed(record, "The whole record", "" if before is None else named, "" if now is None else named)
        return
    record = _named(title, now, path) if "/" in path else title
    for place, old, new in _walk(before, now, shape, ""):
        yield Changed(record, place, old, new)


def _named(title: str, data: Mapping[str, Any], path: str) -> str:
    """A record of which there are many in words for a meeting: `Meeting, 12 November 2026`, by title, day or file."""
    own = data.get("title") or data.get("date") or path.rpartition("/")[2].removesuffix(".yaml")
    return f"{title}: {own}" if isinstance(own, str) else f"{title}, {plain(own)}"


def _title(data: Mapping[str, Any], path: str) -> str:
    return quoted(str(data.get("title") or path), None)


def _walk(before: Any, now: Any, shape: Shape | None, place: str) -> Iterator[tuple[str, str, str]]:
    if before == now:
        return
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*before, *now]):
            inner = shape.property(str(key)) if shape else None
            name = str(inner.keywords.get("title") or key) if inner else str(key)
            yield from _walk(before.get(key), now.get(key), inner, f"{place}, {_lower(name)}" if place else name)
    elif isinstance(before, list) and isinstance(now, list):
        yield from _lists(before, now, shape.item() if shape else None, place)
    else:
        yield place, quoted(before, shape), quoted(now, shape)


def _lower(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _lists(before: Sequence[Any], now: Sequence[Any], item: Shape | None, place: str) -> Iterator[tuple[str, str, str]]:
    """Rows with an id belong together whatever their order; others where they are most alike."""
    if all(isinstance(row, Mapping) and "id" in row for row in (*before, *now)):
        old, new = ({row["id"]: row for row in rows} for rows in (before, now))
        for key in dict.fromkeys([*old, *new]):
            yield from _entry(old.get(key), new.get(key), item, place)
        return
    old_marks, new_marks = ([json.dumps(row, default=str, sort_keys=True) for row in rows] for rows in (before, now))
    for kind, a, b, c, d in SequenceMatcher(None, old_marks, new_marks, autojunk=False).get_opcodes():
        if kind != "equal":
            most = max(b - a, d - c)
            for number in range(most):
                old_row = before[a + number] if a + number < b else None
                new_row = now[c + number] if c + number < d else None
                where = c + number if new_row is not None else a + number
                yield from _entry(old_row, new_row, item, f"{place}, entry {where + 1}")


def _entry(before: Any, now: Any, item: Shape | None, place: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        key, short = _known_by(now)
        if not short:
            yield from _walk(before, now, item, place)
            return
        row = f"{_own(place)}, {quoted(short, None)}"
        itself = f"{row}, {_name(item, key)}"
        for inner, old, new in _walk(before, now, item, row):
            yield (row if inner == itself else inner), old, new
    else:
        yield place, quoted(before, item), quoted(now, item)


def _own(place: str) -> str:
    """The name of a list without the groups that it is in: `Targets`, for `Plan, targets`; inside a row as it is."""
    last = place if "“" in place else place.rpartition(", ")[2]
    return last[:1].upper() + last[1:]


def _known_by(row: Mapping[str, Any]) -> tuple[str, str]:
    """What a row is known by, and the key of that: its title, text or name, cut."""
    for key in ("title", "text", "name", "service", "what", "date"):
        if row.get(key):
            words = " ".join(str(plain(row[key])).split())
            return key, words if len(words) <= 60 else words[:59].rstrip() + "…"
    return "", ""


def quoted(value: Any, shape: Shape | None) -> str:
    """A value in words; texts in quotation marks, "" for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, Mapping):
        inner = {key: shape.property(key) if shape else None for key in value if key != "id"}
        return "; ".join(f"{_name(shape, key)} {quoted(value[key], found)}" for key, found in inner.items())
    if isinstance(value, list):
        item = shape.item() if shape else None
        return ", ".join(quoted(row, item) for row in value)
    if isinstance(value, str):
        chosen = shape is not None and "enum" in shape.keywords
        return str(label(value)) if chosen else f"“{' '.join(value.split())}”"
    return str(plain(value))


def _name(shape: Shape | None, key: str) -> str:
    inner = shape.property(key) if shape else None
    return _lower(str(inner.keywords.get("title") or key)) if inner else key
