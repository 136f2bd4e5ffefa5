"""A record as a template sees it: every property that its schema declares is there, and any other name is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.records.schema.schema_view import Shape
from generator.values.did_you_mean import nearest_or_all


class UnknownField(AttributeError):
    """A template asked for a field that the schema does not declare; the message names the nearest one that it does."""

    def __init__(self, field: str, known: Iterable[str]) -> None:
        self.field = field
        self.known = sorted(known)
        super().__init__(f"there is no field {field!r}{nearest_or_all(field, self.known)}")


class Fields:
    """A read-only view of one mapping of a record.

    `fields.name` and `fields["name"]` give the value: text, numbers and dates as they are, mappings as Fields, lists as
    lists of those. A declared property that is absent gives None, an empty list (arrays) or Fields that are false
    (objects). Where the schema allows any name, one that is not there gives None. Fields hold no public name of their
    own, so a record may have a field called `items`, `keys` or `get`.

    Raises UnknownField for a name that the schema does not declare.
    """

    __slots__ = ("_data", "_shape")

    def __init__(self, data: Mapping[str, Any] | None, shape: Shape | None) -> None:
        self._data: Mapping[str, Any] = data or {}
        self._shape = shape

    def __getitem__(self, name: str) -> Any:
        if self._shape is None:
            return _view(self._data.get(name), None)
        shape = self._shape.property(name)
        if shape is None and name not in self._shape.names:
            raise UnknownField(name, self._shape.names)
        return _view(self._data.get(name), shape)

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


def _view(value: Any, shape: Shape | None) -> Any:
    if isinstance(value, Mapping):
        return Fields(value, shape)
    if isinstance(value, list):
        item = shape.item() if shape else None
        return [_view(entry, item) for entry in value]
    return _nothing(shape) if value is None and shape else value


def _nothing(shape: Shape) -> Any:
    """What an absent property looks like: an empty array, an object without values, or None."""
    if "array" in shape.types:
        return []
    # Text that may be written as `not_known: reason` has two types: an absent one is an absent text.
    return Fields({}, shape) if shape.types == {"object"} else None
