"""What a schema says about each value, seen from the value: its keywords, types, keys and items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

BRANCHES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("then", "else")


def filled(value: Any) -> bool:
    """False when nothing is written: an empty value, or a mapping or list in which every value is empty."""
    if value is None:
        return False
    if isinstance(value, dict) and value:
        return any(filled(v) for v in value.values())
    return any(filled(v) for v in value) if isinstance(value, list) and value else True


def same(word: Any, written: Any) -> bool:
    """True when a word of a schema and a written value are alike; 1 in a schema is met by 1 and by "1"."""
    if isinstance(written, str):
        return (word if isinstance(word, str) else json.dumps(word)) == written
    return bool(word == written)


class Shape:
    """What the schemas say about one value: all subschemas that may apply to it, `$ref`s followed, seen as one.

    `keywords` are theirs joined, the outermost winning; `types` are the JSON types that any of them names.
    """

    def __init__(self, schema: Any, resolver: Any) -> None:
        self._parts = list(_parts(schema, resolver))
        self.keywords: dict[str, Any] = {}
        for part, _ in reversed(self._parts):
            self.keywords.update(part)
        self.types = frozenset(t for part, _ in self._parts for t in types_of(part))
        self.value: str | None = self.keywords.get("x-value")
        self.check: str | None = self.keywords.get("x-check")
        self.may_be_not_known = any("not_known" in part.get("properties", ()) for part, _ in self._parts)
        self._properties: dict[str, Shape | None] = {}
        self._items: Shape | None = None
        self._holds: dict[tuple[str, ...], bool] = {}

    def holds(self, keywords: tuple[str, ...]) -> bool:
        """True when the schema of this value, or of any value in it, has one of some keywords."""
        if keywords not in self._holds:
            # The empty name stands for the keys of a mapping that is open to any.
            inside = [self.property(name) for name in [*self.names, ""]] + [self.item()]
            here = not self.keywords.keys().isdisjoint(keywords)
            self._holds[keywords] = here or any(shape.holds(keywords) for shape in inside if shape)
        return self._holds[keywords]

    @property
    def names(self) -> list[str]:
        """The keys that a mapping here may have, in the schema's order."""
        return list(dict.fromkeys(name for part, _ in self._parts for name in part.get("properties", ())))

    def property(self, name: str) -> Shape | None:
        """The shape of the value under a key; None where the schema says nothing about it."""
        if name not in self._properties:
            self._properties[name] = _joined(
                (sub, resolver) for part, resolver in self._parts for sub in _under(part, name)
            )
        return self._properties[name]

    def item(self) -> Shape | None:
        """The shape of each item of a list; None where the schema says nothing about it."""
        if self._items is None:
            self._items = _joined((part["items"], resolver) for part, resolver in self._parts if "items" in part)
        return self._items


def _joined(found: Iterable[tuple[Any, Any]]) -> Shape | None:
    shapes = [Shape(schema, resolver) for schema, resolver in found if isinstance(schema, dict)]
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    first, *others = shapes
    for other in others:
        first._parts += other._parts
        first.keywords = {**other.keywords, **first.keywords}
        first.types |= other.types
        first.may_be_not_known |= other.may_be_not_known
    first.value, first.check = first.keywords.get("x-value"), first.keywords.get("x-check")
    return first


def _parts(schema: Any, resolver: Any, seen: frozenset[int] = frozenset()) -> Iterator[tuple[dict[str, Any], Any]]:
    """The schema and every subschema that may apply to the same value."""
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen |= {id(schema)}
    yield schema, resolver
    if "$ref" in schema:
        target = resolver.lookup(schema["$ref"])
        yield from _parts(target.contents, target.resolver, seen)
    for sub in [s for word in BRANCHES for s in schema.get(word, ())] + [schema.get(word) for word in _CONDITIONS]:
        yield from _parts(sub, resolver, seen)


def _under(schema: dict[str, Any], name: str) -> Iterator[Any]:
    if name in schema.get("properties", ()):
        yield schema["properties"][name]
        return
    patterns = [sub for pattern, sub in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
    yield from patterns or [schema.get("additionalProperties")]


def types_of(schema: dict[str, Any]) -> Iterator[str]:
    """The types a subschema allows; a list of allowed words speaks for the types of its words."""
    named = schema.get("type", ())
    yield from (named,) if isinstance(named, str) else named
    if not named:
        for word in schema.get("enum", [schema["const"]] if "const" in schema else ()):
            yield "string" if isinstance(word, str) else "boolean" if isinstance(word, bool) else "number"
