"""What a browser sent back as the data to be written: dict, list and str, as read_yaml gives them.

Only what the form asks for is taken from the answers; what it does not show stays as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.records.schema.schema_view import Shape
from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth
from generator.values.file_names import slug
from generator.values.parsing import TO_FILL_IN, day_as_written, leaves
from generator.web.record_form.fields import TITLES, cites

Answers = Mapping[str, Sequence[str]]
"""Every name of the form with the values sent for it, in the form's order."""

ROWS = "~rows"
"""After the name of a list: the numbers of its rows, in their order."""

ASKED = "~asked"
"""After the name of a group of boxes: that the question was shown, for none may be ticked."""

NOT_KNOWN = "~not-known"
"""After the name of a text: why it cannot be said yet."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass
class AnswerReading:
    """One reading of the answers: the ids in use, whether empty rows stay, and where each row of a list came from."""

    answers: Answers
    ids: set[str]
    keep_empty: bool = False
    base: Mapping[str, Any] = field(default_factory=dict)
    """What the file holds."""

    order: dict[str, list[str]] = field(default_factory=dict)
    """For each list by its name in the form: the numbers of the rows that are in the data, in their order."""

    def asked(self, name: str) -> bool:
        """True when the form held this question, or one below it."""
        starts = (f"{name}/", f"{name}{ROWS}", f"{name}{ASKED}", f"{name}{NOT_KNOWN}")
        return any(key == name or key.startswith(starts) for key in self.answers)

    def one(self, name: str) -> str:
        """The text sent for a name, tidied; "" when there is none."""
        return tidy((self.answers.get(name) or ("",))[0])


def answered(
    shape: Shape, written: Mapping[str, Any], answers: Answers, base: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The data of a record after the answers; `written` is what the form was made from, `base` what the file holds."""
    return read_answers(shape, written, answers, base=base)[0]


def read_answers(
    shape: Shape,
    written: Mapping[str, Any],
    answers: Answers,
    keep_empty: bool = False,
    base: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], AnswerReading]:
    """As `answered`, with the reading, which tells where each row came from.

    `keep_empty` leaves rows in which nothing is written yet, for a form that goes on.
    """
    reading = AnswerReading(answers, set(_ids(written)), keep_empty, written if base is None else base)
    return _mapping(shape, written, "", reading), reading


def _mapping(shape: Shape, written: Mapping[str, Any], above: str, reading: AnswerReading) -> dict[str, Any]:
    made = dict(written)
    for name in [*shape.names, *(key for key in written if key not in shape.names)]:
        inner = shape.property(name)
        way = f"{above}/{name}" if above else name
        if inner is None or not reading.asked(way):
            continue
        value = _value(inner, written.get(name), way, reading)
        if value is not None and (_says(value) or (reading.keep_empty and isinstance(value, list) and value)):
            made[name] = value
        elif _says(written.get(name)) or (written.get(name) and not reading.keep_empty):
            made[name] = None  # also the empty rows of a form that went on
    return made


def _says(value: Any) -> bool:
    """True where something is written: empty texts, rows and groups say nothing."""
    if isinstance(value, Mapping):
        return any(_says(below) for below in value.values())
    return any(_says(below) for below in value) if isinstance(value, list) else bool(value)


def _value(shape: Shape, old: Any, way: str, reading: AnswerReading) -> Any:
    if "array" in shape.types:
        return _list(shape, old, way, reading)
    if "object" in shape.types and not shape.may_be_not_known:
        return _mapping(shape, old if isinstance(old, Mapping) else {}, way, reading)
    text, reason = reading.one(way), reading.one(way + NOT_KNOWN)
    if not text and reason and shape.may_be_not_known:
        return {"not_known": reason}
    if isinstance(old, str) and text == old.removeprefix(TO_FILL_IN).strip("\n ") and old.startswith(TO_FILL_IN):
        return old  # nobody has written anything yet
    if isinstance(old, str) and text == tidy(old):
        return old
    if shape.value == "date":
        text = day_as_written(text, (leaf for _, leaf in leaves(reading.base)))
    return _scalar(shape, text)


def tidy(raw: str) -> str:
    """Text as it is kept: line ends of one kind, no control characters from pasting, nothing after the last word."""
    text = _BREAKS.sub("\n", raw).replace("\t", " ")
    text = "".join(ch for ch in text if ch == "\n" or (unicodedata.category(ch) not in ("Cc", "Cs") and ch != "\ufeff"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n ")


def _scalar(shape: Shape, text: str) -> str | None:
    if not text:
        return None
    if _NUMBER.fullmatch(text) and ("number" in shape.types or "integer" in shape.types or "enum" in shape.keywords):
        if "enum" in shape.keywords and text in shape.keywords["enum"]:
            return text
        return PlainNumber(text)
    if text in ("true", "false") and "boolean" in shape.types:
        return PlainTruth(text)
    return text


def _list(shape: Shape, old: Any, way: str, reading: AnswerReading) -> list[Any]:
    item = shape.item()
    before = [one for one in old if one is not None] if isinstance(old, list) else []
    if item is None:
        return before
    if way + ASKED in reading.answers:
        ticked = [value for value in reading.answers.get(way, ()) if value]
        kept = [one for one in before if str(one) in ticked]
        return kept + [value for value in ticked if value not in {str(one) for one in before}]
    rows: list[Any] = []
    only_cited = _only_cited(item, way, reading)
    kept_numbers = reading.order.setdefault(way, [])
    for number in reading.answers.get(way + ROWS, ()):
        held = before[int(number)] if number.isdecimal() and int(number) < len(before) else None
        value = _row(item, held, f"{way}/{number}", reading)
        if value is not None and (reading.keep_empty or (_says(value) and not only_cited(value))):
            rows.append(value)
            kept_numbers.append(number)
    return rows


def _only_cited(item: Shape, way: str, reading: AnswerReading) -> Callable[[Any], bool]:
    """True for a row that waits: it names its target or provision and says nothing of it, and is not in the file."""
    found = cites(item)
    there: Any = reading.base
    for step in way.split("/"):
        there = there.get(step) if isinstance(there, Mapping) else None

    def waits(row: Any) -> bool:
        said = {key for key, value in row.items() if _says(value)} if isinstance(row, Mapping) else set()
        return found is not None and said == {found[0]} and row not in (there or [])

    return waits


def _row(item: Shape, held: Any, way: str, reading: AnswerReading) -> Any:
    value = _value(item, held, way, reading)
    if isinstance(value, Mapping):
        before = held if isinstance(held, Mapping) else {}
        value = {key: below for key, below in value.items() if below is not None or key in before}
        return _with_id(value, item, reading.ids)
    return "" if value is None and reading.keep_empty else value


def _with_id(row: Mapping[str, Any], shape: Shape, ids: set[str]) -> dict[str, Any]:
    """A new row gets an id made from what it says; nobody has to think of one."""
    key = next((name for name in shape.names if (inner := shape.property(name)) and "x-id" in inner.keywords), None)
    if key is None or row.get(key) or not _says(row):
        return dict(row)
    said = next((str(row[name]) for name in TITLES if isinstance(row.get(name), str)), "")
    made = new_id(said, ids)
    ids.add(made)
    return {key: made, **row}


def new_id(said: str, taken: set[str]) -> str:
    """A short id from a title or a text that no row has yet: `reads-alone`, `reads-alone-2`."""
    words = [word for word in slug(said).split("-") if word not in ("the", "a", "an", "of", "and", "to", "in", "is")]
    stem = ""
    for word in words[:5]:
        if len(stem) + len(word) > 24:
            break
        stem = f"{stem}-{word}" if stem else word
    stem = stem or "entry"
    stem = stem if stem[0].isalpha() else f"n-{stem}"
    free = (f"{stem[:27]}{f'-{n}' if n > 1 else ''}" for n in range(1, 1000))
    return next(name for name in free if name not in taken)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for below in value.values():
            yield from _ids(below)
    elif isinstance(value, list):
        for below in value:
            yield from _ids(below)
