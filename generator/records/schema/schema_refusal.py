"""What both validators share: a value that a schema refuses, and what JSON Schema calls the kinds of values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth


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


IS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, PlainNumber),
    "integer": lambda value: isinstance(value, PlainNumber) and "." not in value,
    "boolean": lambda value: isinstance(value, PlainTruth),
    "null": lambda value: value is None,
}
