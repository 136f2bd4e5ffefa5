"""Whether a case file fits its schema, answered quickly: most files do, and then jsonschema is not even loaded.

Three things differ from the letter of JSON Schema, for the writer's good: an empty value counts as not there, a plain
number may stand where text is wanted, and a number in a list of allowed words is met by the same number in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from generator.problems import Exit, Stop
from generator.records.schema.schema_refs import LeadsNowhere, Resolver
from generator.records.schema.schema_refusal import IS, Refusal
from generator.records.schema.schema_view import BRANCHES, filled, same
from generator.records.yaml_text.yaml_keys import PlainNumber


class SchemaBroken(Stop):
    """A schema file itself is wrong; `problems` says where."""

    exit_code = Exit.FILES_HAVE_ERRORS


class Checker:
    """Checks trees against schemas that may refer to each other by file name, and to nothing else."""

    def __init__(self, files: Mapping[str, dict[str, Any]]) -> None:
        """`files` are the parsed schemas by file name."""
        self._files = files
        self._resolvers: dict[str, Resolver] = {}
        self._whole: dict[str, Any] = {}
        self._parts: dict[int, Any] = {}

    def resolver(self, name: str) -> Resolver:
        """Follows the `$ref`s of the schema file of this name."""
        if name not in self._resolvers:
            self._resolvers[name] = Resolver(self._files, name)
        return self._resolvers[name]

    def refusals(self, name: str, tree: Any) -> list[Refusal]:
        """What the schema file of this name refuses in a tree of read_yaml; empty when it fits."""
        if name not in self._whole:
            self._whole[name] = whole(self._files[name], self.resolver(name), self._parts)
        with suppress(Unsure):
            if fits(tree, self._whole[name]):
                return []
        from generator.records.schema.schema_validator_full import (
            refusals,  # loads jsonschema, which takes longer than reading ten files
        )

        return refusals(self._whole[name], tree)

    def broken_references(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each of these files with a `$ref` that leads nowhere, with the sentence that says so."""
        for name in names:
            for reference in _references(self._files[name]):
                try:
                    self.resolver(name).lookup(reference)
                except LeadsNowhere:
                    yield name, f"`$ref` points to `{reference}`, which does not exist"


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


_FOR_PEOPLE = frozenset(
    {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default", "format"}
)


def whole(schema: Any, resolver: Resolver, parts: dict[int, Any], inside: tuple[int, ...] = ()) -> Any:
    """The schema with every `$ref` replaced by what it points to and without words for people: quick to check against.

    `parts` holds what was pointed to before, by its identity. `$schema` goes too, at which jsonschema would leave our
    validator for its own. Raises SchemaBroken for a part that contains itself: no paper form does.
    """
    if not isinstance(schema, dict):
        return schema
    own = {w: _inner(w, value, resolver, parts, inside) for w, value in schema.items() if not _for_people(w)}
    if "$ref" not in schema:
        return own
    target = resolver.lookup(schema["$ref"])
    if id(target.contents) in inside:
        raise SchemaBroken(
            f"the schema part `{schema['$ref']}` contains itself", "write out the levels that are needed"
        )
    part = id(target.contents)
    if part not in parts:
        parts[part] = whole(target.contents, target.resolver, parts, (*inside, part))
    referred = parts[part]
    return {"allOf": [referred, own]} if own.keys() & referred.keys() else {**referred, **own}


def _for_people(word: str) -> bool:
    return word in _FOR_PEOPLE or word.startswith("x-") or word == "$ref"


def _inner(word: str, value: Any, resolver: Resolver, parts: dict[int, Any], inside: tuple[int, ...]) -> Any:
    if word in ("properties", "patternProperties", "dependentSchemas"):
        return {name: whole(sub, resolver, parts, inside) for name, sub in value.items()}
    if word in (*BRANCHES, "prefixItems"):
        return [whole(sub, resolver, parts, inside) for sub in value]
    if word in ("enum", "const", "required"):
        return value
    return whole(value, resolver, parts, inside)


class Unsure(Exception):
    """A quick answer is not to be had: ask jsonschema."""


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits a schema made by _whole: jsonschema's answer, quicker. Raises Unsure at other keywords."""
    for word, limit in schema.items():
        check = _QUICK.get(word)
        if check is None:
            raise Unsure(word)
        if not check(value, limit, schema):
            return False
    return True


def _fits_properties(value: Any, properties: Any, schema: Any) -> bool:
    if not isinstance(value, dict):
        return True
    for name, subschema in properties.items():
        inner = value.get(name)
        if inner is not None and not fits(inner, subschema):
            if not filled(inner):
                raise Unsure(name)
            return False
    return True


def _fits_type(value: Any, types: Any, schema: Any) -> bool:
    named = (types,) if isinstance(types, str) else types
    return any(IS[name](value) for name in named)


def _fits_no_more(value: Any, allowed: Any, schema: Any) -> bool:
    named = schema.get("properties", {}).keys()
    if not isinstance(value, dict) or value.keys() <= named:
        return True
    if "patternProperties" in schema or allowed is True:
        raise Unsure("additionalProperties")
    more = (inner for name, inner in value.items() if name not in named)
    return allowed is not False and all(not filled(inner) or fits(inner, allowed) for inner in more)


def _fits_condition(value: Any, condition: Any, schema: Any) -> bool:
    branch = schema.get("then" if fits(value, condition) else "else")
    return branch is None or fits(value, branch)


def _has_no_twins(value: Any, wanted: Any, schema: Any) -> bool:
    if not isinstance(value, list) or not wanted:
        return True
    if not all(isinstance(item, str) for item in value):
        raise Unsure("uniqueItems")
    return len(set(value)) == len(value)


def _fits_length(value: Any, low: int, high: float) -> bool:
    return not isinstance(value, str) or low <= len(value) <= high


_QUICK: dict[str, Callable[[Any, Any, Any], bool]] = {
    "type": _fits_type,
    "enum": lambda value, words, _: any(same(word, value) for word in words),
    "pattern": lambda value, pattern, _: not isinstance(value, str) or re.search(pattern, value) is not None,
    "minLength": lambda value, least, _: _fits_length(value, least, float("inf")),
    "maxLength": lambda value, most, _: _fits_length(value, 0, most),
    "minimum": lambda value, limit, _: not isinstance(value, PlainNumber) or float(value) >= limit,
    "maximum": lambda value, limit, _: not isinstance(value, PlainNumber) or float(value) <= limit,
    "properties": _fits_properties,
    "required": lambda value, names, _: not isinstance(value, dict) or all(filled(value.get(n)) for n in names),
    "additionalProperties": _fits_no_more,
    "items": lambda value, items, _: not isinstance(value, list) or all(not filled(i) or fits(i, items) for i in value),
    "minItems": lambda value, least, _: not isinstance(value, list) or sum(map(filled, value)) >= least,
    "maxItems": lambda value, most, _: not isinstance(value, list) or len(value) <= most,
    "uniqueItems": _has_no_twins,
    "const": lambda value, word, _: same(word, value),
    "if": _fits_condition,
    "then": lambda value, branch, _: True,
    "else": lambda value, branch, _: True,
    "allOf": lambda value, parts, _: all(fits(value, part) for part in parts),
    "anyOf": lambda value, parts, _: any(fits(value, part) for part in parts),
}
"""The keywords that can be answered in one line; any other is jsonschema's business."""
