"""Values as YAML text that reads back as the same: plain where that is safe, in the manner of what stood there."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth
from generator.records.yaml_text.yaml_slips import read_backslash

WIDTH = 118
"""Characters of a line of folded text."""

_PLAIN = re.compile(r"[^\W\d_][\w ,.;()'’“”‘/&+%£–—?!…=-]*", re.UNICODE)
_FIGURES = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|\d{1,2}[:.]\d{2}")
_RESERVED = frozenset({"true", "false", "null", "~"})
_LONG = 100
_ID = re.compile(r"[A-Za-z][\w-]{0,40}")


def same(old: Any, new: Any) -> bool:
    """True when two values say the same: an empty one is like an absent one, line ends after a text do not count."""
    if isinstance(old, str) and isinstance(new, str):
        return old.rstrip("\n") == new.rstrip("\n")
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = {key for key, value in [*old.items(), *new.items()] if value is not None}
        return all(same(old.get(key), new.get(key)) for key in keys)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    return old is None and new is None


def on_one_line(value: Any, style: str = "", flow: bool = False) -> str:
    """A value on one line, in the quotes given where it needs some; `flow` inside brackets or braces."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        inside = (
            f"{on_one_line(key, flow=True)}: {on_one_line(below, flow=True)}".rstrip() for key, below in value.items()
        )
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(on_one_line(below, flow=True) for below in value) + "]"
    if isinstance(value, PlainNumber | PlainTruth):
        return str(value)
    text = str(value).rstrip("\n") if "\n" not in str(value).rstrip("\n") else str(value)
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return text if style != '"' and is_plain(text, flow) else in_quotes(text)


_BY_NUMBER = {"\\n": r"\u000A", "\\r": r"\u000D", "\\t": r"\u0009", "\\b": r"\u0008", "\\f": r"\u000C"}


def in_quotes(text: str) -> str:
    """A text in double quotes; its line breaks by their number where a backslash and n could be of a path."""
    quoted = json.dumps(text, ensure_ascii=False)
    if read_backslash(quoted[1:-1]) is None:
        return quoted
    return re.sub(r"\\.", lambda found: _BY_NUMBER.get(found[0], found[0]), quoted)


def is_plain(text: str, flow: bool = False) -> bool:
    """True for a text that may stand without quotes and still is that text."""
    if _FIGURES.fullmatch(text):
        return True
    if not _PLAIN.fullmatch(text) or text.lower() in _RESERVED or text != text.strip():
        return False
    return not (flow and "," in text)


def block(text: str, style: str, indent: str, newline: str) -> str | None:
    """A text as `|` or `>` with its lines below; None where it cannot be written so and stay the same."""
    body = text.rstrip("\n")
    if not body or body[0] in " \n\t" or "\t" in body or body != body.rstrip():
        return None
    if style == ">" and "\n" not in body:
        head, lines = ">-", _wrapped(body)
    else:
        head, lines = "|", body.split("\n")
    return newline.join([head, *(f"{indent}{line}" if line.strip() else "" for line in lines)])


def _wrapped(paragraph: str) -> list[str]:
    if "  " in paragraph:  # a fold gives back exactly one space
        return [paragraph]
    return textwrap.wrap(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]


def entry(key: str, value: Any, indent: str, newline: str) -> str:
    """A key with its value as whole lines."""
    name = key if re.fullmatch(r"[A-Za-z_][\w-]*", key) else in_quotes(key)
    return f"{indent}{name}:{after_colon(value, indent, newline)}{newline}"


def after_colon(value: Any, indent: str, newline: str, style: str = "") -> str:
    """What follows the colon of a key: on its line, or below it."""
    deeper = indent + "  "
    if isinstance(value, Mapping) and value:
        return newline + newline.join(_mapping(value, deeper, newline)).rstrip("\r\n")
    if isinstance(value, list) and value:
        if all(isinstance(item, str) and _ID.fullmatch(item) and is_plain(item, True) for item in value):
            return f" {on_one_line(value)}"
        return newline + newline.join(row(item, deeper, newline) for item in value)
    if isinstance(value, str) and not isinstance(value, PlainNumber | PlainTruth):
        written = long_text(value, deeper, newline, style)
        if written is not None:
            return f" {written}"
    shown = on_one_line(value, style)
    return f" {shown}" if shown else ""


def long_text(text: str, indent: str, newline: str, style: str = "") -> str | None:
    """A text of several lines, or a long one, as a block; None for one that stands on its key's line."""
    if style in ("|", ">"):
        return block(text, style, indent, newline)
    if "\n" in text.rstrip("\n"):
        return block(text, "|", indent, newline)
    return block(text, ">", indent, newline) if len(text) > _LONG else None


def row(item: Any, indent: str, newline: str) -> str:
    """An item of a list behind its dash, without the last line's end."""
    if isinstance(item, Mapping) and any(value is not None for value in item.values()):
        lines = newline.join(_mapping(item, indent + "  ", newline))
        return f"{indent}- {lines[len(indent) + 2 :]}".rstrip("\r\n")
    if isinstance(item, str) and not isinstance(item, PlainNumber | PlainTruth):
        written = long_text(item, indent + "  ", newline)
        return f"{indent}- {written if written is not None else on_one_line(item)}"
    return f"{indent}- {on_one_line(item)}".rstrip()


def _mapping(value: Mapping[str, Any], indent: str, newline: str) -> Iterator[str]:
    for key, below in value.items():
        if below is not None:
            yield entry(key, below, indent, newline).removesuffix(newline)
