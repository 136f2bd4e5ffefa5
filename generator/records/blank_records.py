"""Commented files to start from, written from the schemas: what is known is filled in, the rest is explained."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from generator.records.schema.schema_files import Shape
from generator.records.yaml_text.yaml_writing import in_quotes
from generator.values import formatting
from generator.values.not_known import NotKnown
from generator.values.parsing import TO_FILL_IN

Known = Mapping[str, Any]

_PLAIN = re.compile(r"[A-Za-z(][\w ,.;()'’–/&+%£-]*", re.UNICODE)
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_RESERVED = {"true", "false", "null", "yes", "no"}


def skeleton(shape: Shape, known: Known, schema_address: str, on: date) -> str:
    """A whole file for a kind: values that are known or required written out, every other one as a comment.

    `schema_address` is the path from the file to its schema, for the editor. Required values that nobody knows yet are
    marked as to be filled in, so that the file passes the schema from the start.
    """
    words = shape.keywords
    head = [f"# yaml-language-server: $schema={schema_address}", *_comment(f"{words['title']}. {words['description']}")]
    head += [
        "# Lines that begin with # are explanations and examples. To use an example, take the # away and change it."
    ]
    return "\n".join([*head, "", *_mapping(shape, known, 0, on)]).rstrip() + "\n"


def _mapping(shape: Shape, known: Known, indent: int, on: date) -> Iterator[str]:
    required = set(shape.keywords.get("required", ()))
    for name in shape.names:
        inner = shape.property(name)
        if inner is None or known.get("type", "") not in inner.keywords.get("x-only", [known.get("type", "")]):
            continue
        yield from _explained(inner, indent)
        if name in known and known[name] is not None:
            yield from _entry(name, known[name], inner, indent, on)
        elif name in required:
            yield from _entry(name, placeholder(inner, on), inner, indent, on)
        else:
            yield from _as_comment(name, inner, indent)
        if indent == 0:
            yield ""


@cache
def _as_comment(name: str, shape: Shape, indent: int) -> tuple[str, ...]:
    """The example of a key as lines of comment; the same for every file of a kind, and asked for in thousands."""
    return tuple(f"{' ' * indent}# {line}".rstrip() for line in _shown(name, shape, 0))


def _shown(name: str, shape: Shape, indent: int) -> Iterator[str]:
    """The example of a key: of a group of keys, or of a row of a list, every key that it may have."""
    space, row = " " * indent, _group(shape.item())
    group = _group(shape)
    if group or row:
        yield f"{space}{name}:"
        lines = [line for key, inner in {**group, **row}.items() for line in _shown(key, inner, 2 if group else 4)]
        yield from (
            f"{space}  - {line.lstrip()}" if row and n == 0 else f"{space}{line}" for n, line in enumerate(lines)
        )
        return
    example = shape.keywords["examples"][0]
    if isinstance(example, list) and all(isinstance(item, str) and len(item) > 20 for item in example):
        yield from (f"{space}{name}:", *(f"{space}  - {scalar(item)}" for item in example))
    else:
        others = _words(shape) if shape.value != "yes_no" and indent else []
        choice = f"   # or {', '.join(str(word) for word in others if word != str(example))}" if len(others) > 1 else ""
        yield f"{space}{name}: {scalar(example)}{choice}"


def _group(shape: Shape | None) -> dict[str, Shape]:
    """The keys of a group of keys; nothing for any other value."""
    if shape is None or "object" not in shape.types or "string" in shape.types:
        return {}
    return {name: inner for name in shape.names if (inner := shape.property(name))}


@cache
def _explained(shape: Shape, indent: int) -> tuple[str, ...]:
    words = shape.keywords
    text = f"{words['title']}: {words['description']}"
    if "enum" in words and shape.value != "yes_no":
        text += f" One of: {', '.join(_words(shape))}."
    return tuple(" " * indent + line for line in _comment(text, 96 - indent))


def _words(shape: Shape) -> list[str]:
    """The words of a fixed list; the mark of what is still to be written is no answer."""
    return [str(word) for word in shape.keywords.get("enum", ()) if word != TO_FILL_IN]


def _comment(text: str, width: int = 100) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="# ", subsequent_indent="# ", break_long_words=False)


def placeholder(shape: Shape, on: date) -> Any:
    """A value that the schema accepts and that says, where it can, that it is still to be filled in."""
    words = shape.keywords
    if "enum" in words:
        return words["enum"][0]
    if shape.value == "date":
        return on
    if shape.may_be_not_known:
        return TO_FILL_IN
    if "object" in shape.types:
        # A group of which no key is required would count as empty: its first key is asked for.
        first = next(iter(_group(shape).items()), None)
        return {first[0]: placeholder(first[1], on)} if first and not words.get("required") else {}
    if "array" in shape.types:
        inner = shape.item()
        return [placeholder(inner, on)] if inner and words.get("minItems") else []
    if words.get("x-id") or "pattern" in words or ("number" in shape.types and "string" not in shape.types):
        return words["examples"][0]
    return TO_FILL_IN


def _entry(name: str, value: Any, shape: Shape, indent: int, on: date) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, NotKnown):
        yield f"{space}{name}:"
        yield f"{space}  not_known: {scalar(value.reason)}"
    elif isinstance(value, Mapping):
        yield f"{space}{name}:"
        yield from _mapping(shape, value, indent + 2, on)
    elif isinstance(value, list):
        yield f"{space}{name}:" if value else f"{space}{name}: []"
        for item in value:
            yield from _item(item, shape.item(), indent + 2, on)
    elif isinstance(value, str) and ("\n" in value or len(value) > 100):
        yield f"{space}{name}: |"
        yield from (f"{space}  {line}".rstrip() for line in value.splitlines())
    else:
        yield f"{space}{name}: {scalar(value)}"


def _item(value: Any, shape: Shape | None, indent: int, on: date) -> Iterator[str]:
    """One item of a list: its first real line takes the dash, comments above it stand before the dash."""
    if not isinstance(value, Mapping) or shape is None:
        yield f"{' ' * indent}- {scalar(value)}"
        return
    lines = list(_mapping(shape, value, indent + 2, on))
    first = next(n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    for number, line in enumerate(lines):
        if number == first:
            yield f"{' ' * indent}- {line.lstrip()}"
        else:
            yield line


def scalar(value: Any) -> str:
    """A value as YAML on one line, quoted only where it must be."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return str(formatting.date(value))
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, NotKnown):
        return "{not_known: " + scalar(value.reason) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {scalar(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(scalar(inner) for inner in value) + "]"
    text = str(value)
    if (
        text in ("yes", "no")
        or _DAY.fullmatch(text)
        or (_PLAIN.fullmatch(text) and text.lower() not in _RESERVED and text == text.strip())
    ):
        return text
    return in_quotes(text)
