"""A record as a template sees it: every property that its schema declares is there, and any other name is an error."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
Resolve = Callable[[str], Schema]
"""Gives the schema that a `$ref` names, e.g. `common.schema.json#/$defs/person`."""

_BRANCHES = ("allOf", "anyOf", "oneOf")


class UnknownField(AttributeError):
    """A template asked for a field that the schema does not declare; the message names the nearest one that it does."""

    def __init__(self, field: str, known: Iterable[str]) -> None:
        self.field = field
        self.known = sorted(known)
        super().__init__(f"there is no field {field!r}{did_you_mean(field, self.known)}")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence: ` (did you mean 'pupil'?)`, or the names there are when none is near, or nothing."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f" (there are: {', '.join(names[:12])}{' …' if len(names) > 12 else ''})" if names else ""


class Fields:
    """A read-only view of one mapping of a record.

    `fields.name` and `fields["name"]` give the value: text, numbers and dates as they are, mappings as Fields, lists as
    lists of those. A declared property that is absent gives None, an empty list (arrays) or Fields that are false
    (objects). A mapping that the schema leaves open (additionalProperties) gives None for a name that is not there.
    Fields hold no public name of their own, so a record may have a field called `items`, `keys` or `get`.

    Raises UnknownField for a name that the schema does not declare.
    """

    __slots__ = ("_data", "_open", "_properties", "_resolve")

    def __init__(self, data: Mapping[str, Any] | None, schema: Schema, resolve: Resolve) -> None:
        self._data: Mapping[str, Any] = data or {}
        self._resolve = resolve
        self._properties: dict[str, Schema] = {}
        self._open: Schema | None = None
        for part in _parts(schema, resolve):
            self._properties.update(part.get("properties", {}))
            others = part.get("additionalProperties")
            if isinstance(others, Mapping):
                self._open = others

    def __getitem__(self, name: str) -> Any:
        if name in self._properties:
            return _view(self._data.get(name), self._properties[name], self._resolve)
        if self._open is not None:
            return _view(self._data.get(name), self._open, self._resolve)
        raise UnknownField(name, self._properties)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __bool__(self) -> bool:
        return bool(self._data)

    def __iter__(self) -> Iterator[str]:
        """The names that the record really holds, in the order of the file."""
        return iter(self._data)

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and self._data == other._data

    def __hash__(self) -> int:
        return id(self._data)

    def __repr__(self) -> str:
        return f"Fields({', '.join(self._data)})"


def declared(fields: Fields) -> list[str]:
    """The names that the schema declares, in its order."""
    return list(fields._properties)


def _parts(schema: Schema, resolve: Resolve) -> Iterator[Schema]:
    """The schema and every schema that it refers to or combines, for the same value."""
    yield schema
    if "$ref" in schema:
        yield from _parts(resolve(schema["$ref"]), resolve)
    for word in _BRANCHES:
        for branch in schema.get(word, ()):
            yield from _parts(branch, resolve)
    for word in ("then", "else"):
        if word in schema:
            yield from _parts(schema[word], resolve)


def _view(value: Any, schema: Schema, resolve: Resolve) -> Any:
    if isinstance(value, Mapping):
        return Fields(value, schema, resolve)
    if isinstance(value, list):
        items = _items(schema, resolve)
        return [_view(item, items, resolve) for item in value]
    return _nothing(schema, resolve) if value is None else value


def _items(schema: Schema, resolve: Resolve) -> Schema:
    parts = [part["items"] for part in _parts(schema, resolve) if isinstance(part.get("items"), Mapping)]
    return {"allOf": parts} if parts else {}


def _nothing(schema: Schema, resolve: Resolve) -> Any:
    """What an absent property looks like: an empty array, an object without values, or None."""
    kinds = {kind for part in _parts(schema, resolve) for kind in _kinds(part)}
    if "array" in kinds:
        return []
    return Fields({}, schema, resolve) if "object" in kinds and kinds.isdisjoint({"string", "number"}) else None


def _kinds(part: Schema) -> Iterable[str]:
    kind = part.get("type")
    if kind is None:
        return ("array",) if "items" in part else ("object",) if "properties" in part else ()
    return (kind,) if isinstance(kind, str) else kind
