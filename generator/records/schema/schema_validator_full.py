"""What exactly a schema refuses: jsonschema's draft 2020-12 over trees whose scalars are all text.

Loaded when a file does not fit, or when the quick answer of `schema_fits` is not to be had; both agree.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from generator.records.schema.schema_refusal import IS, Refusal
from generator.records.schema.schema_view import filled, same, types_of
from generator.records.yaml_text.yaml_keys import PlainNumber


def wrong_schema(schema: dict[str, Any]) -> str | None:
    """What makes this no schema of draft 2020-12, as a sentence; None when it is one."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        where = "/".join(map(str, error.absolute_path)) or "its top"
        return f"the schema is wrong at {where}: {error.message}"
    return None


def refusals(whole: dict[str, Any], tree: Any) -> list[Refusal]:
    """What a schema made by `whole` refuses in a tree of read_yaml; empty when it fits."""
    errors = _Validator(whole, registry=_NOTHING_ELSE).iter_errors(tree)
    return [refusal for error in errors for refusal in _refusals(error)]


_NOTHING_ELSE: Registry[Any] = Registry()
"""No schema is ever fetched: all that is pointed to is in the schema already."""


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


_TYPES = TypeChecker({name: lambda _, value, name=name: IS[name](value) for name in IS})  # type: ignore[misc]

_Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "properties": _properties,
        "required": _required,
        "additionalProperties": _additional,
        "items": _items,
        "enum": _enum,
        "const": _const,
        "minItems": _min_items,
        **{word: _limit(word) for word in _WITHIN},
    },
    type_checker=_TYPES,
)
"""Draft 2020-12 over trees of read_yaml: all scalars are text, an empty value counts as not there."""
