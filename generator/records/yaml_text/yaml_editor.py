"""Single values of a case file changed in its text: all else, comments and layout too, stays letter for letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.records.blank_records import scalar
from generator.records.record import Record

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COMMENT = re.compile(r"\s+#.*$")


class Unplaceable(Exception):
    """The text is written in a way in which the change cannot be made with certainty; says why."""


def with_value(text: str, record: Record, keys: Sequence[str | int], value: Any, order: Sequence[str] = ()) -> str:
    """The text with another value under some keys; a key of the file itself may be new and is put in by `order`.

    `record` is what was read from this text. Raises Unplaceable.
    """
    path = tuple(keys)
    lines = _LINES.findall(text)
    if path not in record.places:
        if len(path) != 1:
            raise Unplaceable("it is not written there yet")
        return _inserted(lines, str(path[0]), _entry(str(path[0]), value, _newline(text)), order)
    if len(path) == 1 and _last(lines, _key_line(lines, str(path[0]))) > _key_line(lines, str(path[0])):
        return _replaced(lines, str(path[0]), value, _newline(text))
    if "\n" in str(value):
        if len(path) == 1:
            return _replaced(lines, str(path[0]), value, _newline(text))
        raise Unplaceable("a text of several lines does not fit there")
    place = record.place(*path)
    line = lines[place.line - 1]
    start, end = place.column - 1, _token_end(line, place.column - 1)
    lines[place.line - 1] = line[:start] + _one_line(value, line[:start]) + line[end:]
    return "".join(lines)


def with_row(text: str, key: str, row: Mapping[str, Any], order: Sequence[str]) -> str:
    """The text with one more row at the end of a list of the file itself; the list is begun where there is none."""
    lines, newline = _LINES.findall(text), _newline(text)
    at = _find_key(lines, key)
    if at is None:
        return _inserted(lines, key, f"{key}:{newline}{_row(row, '  ', newline)}", order)
    rest = _COMMENT.sub("", lines[at].rstrip("\r\n").partition(":")[2]).strip()
    if rest == "[]":
        lines[at] = lines[at].replace(" []", "", 1)
        return "".join([*lines[: at + 1], _row(row, "  ", newline), *lines[at + 1 :]])
    if rest and not rest.startswith("#"):
        raise Unplaceable(f"the list `{key}` is written on one line")
    last = _last(lines, at)
    dash = next((line for line in lines[at + 1 : last + 1] if line.lstrip().startswith("- ")), None)
    if dash is None:
        raise Unplaceable(f"the rows of `{key}` could not be told apart")
    lines[last] = lines[last].rstrip("\r\n") + newline
    indent = dash[: len(dash) - len(dash.lstrip())]
    return "".join([*lines[: last + 1], _row(row, indent, newline), *lines[last + 1 :]])


# -- the text ---------------------------------------------------------------------------------------------------------


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _find_key(lines: Sequence[str], key: str) -> int | None:
    found = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*:(?:\s|$)")
    return next((number for number, line in enumerate(lines) if found.match(line)), None)


def _key_line(lines: Sequence[str], key: str) -> int:
    at = _find_key(lines, key)
    if at is None:
        raise Unplaceable(f"the line of `{key}` was not found")
    return at


def _last(lines: Sequence[str], at: int) -> int:
    """The last line of what belongs to a key at the edge of the file; blank lines after it do not."""
    last = at
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith((" ", "\t", "- ", "-\n")):
            break
        if line.strip():
            last = number
    return last


def _replaced(lines: list[str], key: str, value: Any, newline: str) -> str:
    """A value of several lines, or one that becomes so, replaced as a whole."""
    at = _key_line(lines, key)
    last = _last(lines, at)
    if last == at and "#" in lines[at]:
        raise Unplaceable(f"there is a comment on the line of `{key}`")
    return "".join([*lines[:at], _entry(key, value, newline), *lines[last + 1 :]])


def _inserted(lines: list[str], key: str, entry: str, order: Sequence[str]) -> str:
    """The entry put after the nearest key that comes before it in the order of the schema."""
    before = order[: order.index(key)] if key in order else order
    places = [_find_key(lines, name) for name in before]
    found = [place for place in places if place is not None]
    if not found:
        first = next((n for n, line in enumerate(lines) if re.match(r"[\w\"']", line)), len(lines))
        return "".join([*lines[:first], entry, *lines[first:]])
    last = _last(lines, found[-1])
    ending = "" if lines[last].endswith(("\n", "\r")) else "\n"
    return "".join([*lines[: last + 1], ending, entry, *lines[last + 1 :]])


def _entry(key: str, value: Any, newline: str) -> str:
    if isinstance(value, str) and "\n" in value.strip():
        body = "".join(f"  {line.strip()}{newline}" for line in value.strip().splitlines())
        return f"{key}: |{newline}{body}"
    return f"{key}: {scalar(value)}{newline}"


def _row(row: Mapping[str, Any], indent: str, newline: str) -> str:
    lines = [f"{name}: {scalar(value)}" for name, value in row.items()]
    return "".join(f"{indent}{'- ' if n == 0 else '  '}{line}{newline}" for n, line in enumerate(lines))


def _one_line(value: Any, before: str) -> str:
    """The value as YAML; in a row written in braces a text with a comma is quoted."""
    text = scalar(value)
    return f'"{text}"' if _in_braces(before) and not text.startswith('"') and "," in text else text


def _in_braces(before: str) -> bool:
    plain = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", "", before)
    return plain.count("{") + plain.count("[") > plain.count("}") + plain.count("]")


def _token_end(line: str, start: int) -> int:
    """Where a value on one line ends."""
    rest = line[start:].rstrip("\r\n")
    if rest[:1] in ('"', "'"):
        pattern = r'"(?:[^"\\]|\\.)*"' if rest[0] == '"' else r"'(?:[^']|'')*'"
        found = re.match(pattern, rest)
        if not found:
            raise Unplaceable("its text in quotes goes on over several lines")
        return start + found.end()
    if rest[:1] in ("|", ">", "&", "*", "!"):
        raise Unplaceable("it is written over several lines")
    ends = r"(?=,\s|[}\]]|\s+#|\s*$)" if _in_braces(line[:start]) else r"(?=\s+#|\s*$)"
    found = re.match(rf".*?{ends}", rest)
    return start + (found.end() if found else len(rest))
