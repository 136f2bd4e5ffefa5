"""Whether a case file fits its schema: JSON Schema draft 2020-12 over trees whose scalars are all text.

Three things differ from the letter of the standard, for the writer's good: an empty value counts as not there, a plain
number may stand where text is wanted, and a number in a list of allowed words is met by the same number in quotes.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from generator.problems import Exit, Stop
from generator.shapes import BRANCHES, filled, same, types_of
from generator.yaml_tree import PlainNumber, PlainTruth


class SchemaBroken(Stop):
    """A schema file itself is wrong; `problems` says where."""

    exit_code = Exit.FILES_HAVE_ERRORS


@dataclass(frozen=True)
class Refusal:
    """One thing a schema refuses: the value at `path` does not meet `keyword`, whose argument is `limit`.

    For `required` and `additionalProperties` the value is the mapping and `name` the key that is missing or unknown.
    """

    path: tuple[str | int, ...]
    keyword: str
    limit: Any
    value: Any
    name: str = ""


class Checker:
    """Checks trees against schemas that may refer to each other by file name, and to nothing else."""

    def __init__(self, files: Mapping[str, dict[str, Any]]) -> None:
        """`files` are the parsed schemas by file name."""
        self._files = files
        self._registry = _registry(files)
        self._validators: dict[str, Any] = {}

    def resolver(self, name: str) -> Any:
        """Follows the `$ref`s of the schema file of this name."""
        return self._registry.resolver(name)

    def refusals(self, name: str, tree: Any) -> list[Refusal]:
        """What the schema file of this name refuses in a tree of read_yaml; empty when it fits."""
        if name not in self._validators:
            whole = _whole(self._files[name], self.resolver(name))
            self._validators[name] = _Validator(whole, registry=self._registry)
        validator = self._validators[name]
        with suppress(Unsure):
            if fits(tree, validator.schema):
                return []
        return [refusal for error in validator.iter_errors(tree) for refusal in _refusals(error)]

    def broken_references(self) -> Iterator[tuple[str, str]]:
        """Each file with a `$ref` that leads nowhere, with the sentence that says so."""
        for name, schema in self._files.items():
            for reference in _references(schema):
                try:
                    self.resolver(name).lookup(reference)
                except Unresolvable:
                    yield name, f"`$ref` points to `{reference}`, which does not exist"


def wrong_schema(schema: dict[str, Any]) -> str | None:
    """What makes this no schema of draft 2020-12, as a sentence; None when it is one."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        where = "/".join(map(str, error.absolute_path)) or "its top"
        return f"the schema is wrong at {where}: {error.message}"
    return None


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _registry(files: Mapping[str, dict[str, Any]]) -> Registry[Any]:
    """Finds schemas by the last part of their address, in `files` and nowhere else."""

    def retrieve(uri: str) -> Resource[Any]:
        name = uri.rpartition("/")[2]
        if name not in files:
            raise NoSuchResource(ref=uri)  # type: ignore[call-arg]
        return DRAFT202012.create_resource(files[name])

    resources = [(name, DRAFT202012.create_resource(schema)) for name, schema in files.items()]
    return Registry(retrieve=retrieve).with_resources(resources).crawl()  # type: ignore[call-arg]


_FOR_PEOPLE = frozenset(
    {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default", "format"}
)


def _whole(schema: Any, resolver: Any, inside: tuple[int, ...] = ()) -> Any:
    """The schema with every `$ref` replaced by what it points to and without words for people: quick to check against.

    `$schema` goes too, at which jsonschema would leave our validator for its own. Raises SchemaBroken for a part that
    contains itself: no paper form does.
    """
    if not isinstance(schema, dict):
        return schema
    own = {word: _inner(word, value, resolver, inside) for word, value in schema.items() if not _for_people(word)}
    if "$ref" not in schema:
        return own
    target = resolver.lookup(schema["$ref"])
    if id(target.contents) in inside:
        raise SchemaBroken(
            f"the schema part `{schema['$ref']}` contains itself", "write out the levels that are needed"
        )
    referred = _whole(target.contents, target.resolver, (*inside, id(target.contents)))
    return {"allOf": [referred, own]} if own.keys() & referred.keys() else {**referred, **own}


def _for_people(word: str) -> bool:
    return word in _FOR_PEOPLE or word.startswith("x-") or word == "$ref"


def _inner(word: str, value: Any, resolver: Any, inside: tuple[int, ...]) -> Any:
    if word in ("properties", "patternProperties", "dependentSchemas"):
        return {name: _whole(sub, resolver, inside) for name, sub in value.items()}
    if word in (*BRANCHES, "prefixItems"):
        return [_whole(sub, resolver, inside) for sub in value]
    if word in ("enum", "const", "required"):
        return value
    return _whole(value, resolver, inside)


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
    return any(_IS[name](value) for name in named)


def _fits_no_more(value: Any, allowed: Any, schema: Any) -> bool:
    if not isinstance(value, dict) or value.keys() <= schema.get("properties", {}).keys():
        return True
    if allowed is not False or "patternProperties" in schema:
        raise Unsure("additionalProperties")
    return False


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


def _refusals(error: ValidationError) -> Iterator[Refusal]:
    """The error as refusals; of several alternatives those of the one that was most likely meant."""
    path = tuple(error.absolute_path)
    if not error.context:
        yield Refusal(path, str(error.validator), error.validator_value, error.instance, error.message)
        return
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    types = [e for errors in branches.values() for e in errors if e.validator == "type" and not e.relative_path]
    likely = min(branches.values(), key=lambda errors: (any(e in types for e in errors), len(errors)))
    if len(types) == len(branches):
        yield Refusal(path, "type", [t for e in types for t in types_of({"type": e.validator_value})], error.instance)
    else:
        for inner in likely:
            yield from _refusals(inner)


def _properties(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for name, subschema in properties.items():
            value = instance.get(name)
            if value is None:
                continue
            errors = validator.descend(value, subschema, path=name, schema_path=name)
            if not filled(value):
                errors = (e for e in errors if e.validator == "additionalProperties")
            yield from errors


def _required(validator: Any, required: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        yield from (ValidationError(name) for name in required if not filled(instance.get(name)))


def _additional(validator: Any, allowed: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, value in instance.items():
        if name in named or any(re.search(pattern, name) for pattern in patterns):
            continue
        if allowed is False:
            yield ValidationError(name)
        elif filled(value):
            yield from validator.descend(value, allowed, path=name)


def _items(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, list):
        for number, item in enumerate(instance):
            if filled(item):
                yield from validator.descend(item, items, path=number)


def _enum(validator: Any, words: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not any(same(word, instance) for word in words):
        yield ValidationError("")


def _const(validator: Any, word: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not same(word, instance):
        yield ValidationError("")


_WITHIN: dict[str, Callable[[Any, Any], bool]] = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusiveMinimum": operator.gt,
    "exclusiveMaximum": operator.lt,
}


def _limit(word: str) -> Any:
    def check(validator: Any, limit: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, PlainNumber) and not _WITHIN[word](float(instance), limit):
            yield ValidationError("")

    return check


def _min_items(validator: Any, least: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, list) and sum(map(filled, instance)) < least:
        yield ValidationError("")


_IS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, PlainNumber),
    "integer": lambda value: isinstance(value, PlainNumber) and "." not in value,
    "boolean": lambda value: isinstance(value, PlainTruth),
    "null": lambda value: value is None,
}

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

_TYPES = TypeChecker({name: lambda _, value, name=name: _IS[name](value) for name in _IS})  # type: ignore[misc]

_Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "properties": _properties, "required": _required, "additionalProperties": _additional, "items": _items,
        "enum": _enum, "const": _const, "minItems": _min_items,
        **{word: _limit(word) for word in _WITHIN},
    },
    type_checker=_TYPES,
)  # fmt: skip
"""Draft 2020-12 over trees of read_yaml: all scalars are text, an empty value counts as not there."""
