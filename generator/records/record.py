"""Case files as records: YAML text → data as the schema means it, the place of every value, and all mistakes at once.

What may be written is the schema's business (`schemas.py`), what was written is `yaml_text.py`'s; here they meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.problems import Problem
from generator.records.schema.schema_files import Schemas
from generator.records.schema.schema_messages import Sentence, called, sentences
from generator.records.schema.schema_refusal import Refusal
from generator.records.schema.schema_validator import SchemaBroken
from generator.records.schema.schema_view import Shape, filled, same
from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth, YamlList, YamlMap
from generator.records.yaml_text.yaml_reader import MAX_BYTES, read_on, read_yaml
from generator.records.yaml_text.yaml_slips import CURLY
from generator.values.formatting import and_list
from generator.values.identifiers import CHECKS, TIDY, is_temporary_upn
from generator.values.not_known import NotKnown
from generator.values.parsing import READERS, Unreadable, has_places_to_fill_in, read_number, shorten, to_fill_in

__all__ = [
    "MAX_BYTES",
    "NotKnown",
    "Place",
    "Record",
    "SchemaBroken",
    "Schemas",
    "is_temporary_upn",
    "marked",
    "read_record",
    "walk",
]

Path = tuple[str | int, ...]
"""The keys and item numbers (from 0) that lead to a value."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; line and column start at 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Record:
    """One file that fits its schema: its data as plain values, and where each of them stands.

    Data is made of dict, list, str, int, Decimal, date, bool and NotKnown; what is not filled in is not there. A value
    on its key's line has its own place, a list or a group of keys the place of its key.
    """

    path: str
    kind: str
    data: Any
    places: Mapping[Path, Place] = field(repr=False)
    waiting: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """Rows that are left out until a field of theirs is filled in (`x-waits`), with what is written of them."""
    waiting_ids: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The ids of these rows, each with its group: what cites them cites nothing that is missing."""

    @cached_property
    def is_drafted(self) -> bool:
        """True while some text in it is still to be filled in."""
        return bool(self.waiting) or has_places_to_fill_in(self.data)

    def place(self, *keys: str | int) -> Place:
        """Where the value under these keys stands; the nearest place above it when it is not there."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return self.places[keys]


def read_record(content: bytes, shown_path: str, kind: str, schemas: Schemas) -> tuple[Record | None, list[Problem]]:
    """The record in a file of a kind and every mistake in it, sorted by place.

    The record is None when the file is not readable or does not fit its schema. A file that fits but holds an
    impossible date or a mistyped identifier gives both: the record (the date left out) and the problems.
    """
    tree, problems = read_yaml(content, shown_path)
    if tree is not None:
        return _record(tree, problems, shown_path, kind, schemas)
    as_mended, more = read_on(content, shown_path)
    if as_mended is None:
        return None, sorted(problems + more)
    _, told = _record(as_mended, problems + more, shown_path, kind, schemas)
    lines = {problem.line for problem in problems + more}
    return None, [one for one in told if one in problems + more or (one.blocks and one.line not in lines)]


def _record(
    tree: YamlMap, problems: list[Problem], shown_path: str, kind: str, schemas: Schemas
) -> tuple[Record | None, list[Problem]]:
    """The record of a tree, and the problems with those that the schema finds, sorted."""
    problems = list(problems)
    shape = schemas.shape(kind)
    said = sentences(schemas.refusals(kind, tree), shape)
    usable = not said and not any(problem.blocks for problem in problems)
    known = {(problem.line, problem.column) for problem in problems if problem.blocks}
    refused = [_problem(shown_path, sentence, tree) for sentence in said]
    values = _Values(shown_path, {sentence.path for sentence in said}, shape)
    data = values.mapping(tree, shape, (), ())
    values.places[()] = Place(*tree.starts_at)
    known |= {(problem.line, problem.column) for problem in values.problems if problem.rule in (_LOST, _NO_KEY)}
    problems += [problem for problem in refused if (problem.line, problem.column) not in known]
    record = (
        Record(shown_path, kind, data, values.places, tuple(values.waiting), tuple(values.waiting_ids))
        if usable
        else None
    )
    told = problems + values.problems
    wrong = {(problem.line, problem.column) for problem in told if problem.blocks}
    # What is wrong with a value says more than what is odd about how it is written.
    odd = [p for p in told if p.rule == CURLY and (p.line, p.column) in wrong]
    return record, sorted(problem for problem in told if problem not in odd)


def _problem(path: str, sentence: Sentence, tree: YamlMap) -> Problem:
    line, column = _position(tree, sentence.path, sentence.at_key)
    keys = (*sentence.path, *((sentence.about,) if sentence.about else ()))
    return Problem(path, line, column, "data", sentence.rule, sentence.message, sentence.hint, keys=keys)


def _position(tree: YamlMap, path: Path, at_key: str | None) -> tuple[int, int]:
    """Where a value stands: its own place, or for a list or a group of keys under a key the place of that key."""
    value: Any = tree
    line_column = tree.starts_at
    for step in path:
        inner = value[step]
        of_key = isinstance(value, YamlMap) and isinstance(inner, YamlMap | YamlList)
        line_column = value.keys_at[step] if of_key else value.values_at[step]
        value = inner
    return value.keys_at[at_key] if at_key is not None else line_column


_IS = ("is", "are")
_LOST, _NO_KEY = "schema-type", "schema-unknown-key"
"""The rules of what is read as keys without values: it says more than that nothing is written there."""


def _open_fields(raw: Any, shape: Shape | None) -> list[str]:
    """The fields of a row that it hangs on (`x-waits`) and that are still to be filled in."""
    if shape is None or not isinstance(raw, YamlMap):
        return []
    return [name for name in shape.keywords.get("x-waits", ()) if to_fill_in(raw.get(name))]


class _Values:
    """Turns a tree into data by the shapes of the schema; collects places and what no schema can see.

    `path` leads to a value in the data, `written` to the same value in the tree, where empty items count too.
    """

    def __init__(self, path: str, refused: set[Path], top: Shape) -> None:
        self.path = path
        self.refused = refused
        self.top = top
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self.waiting: list[Mapping[str, Any]] = []
        self.waiting_ids: list[tuple[str, str]] = []

    def mapping(self, tree: YamlMap, shape: Shape | None, path: Path, written: Path) -> dict[str, Any]:
        data = {}
        for key, raw in tree.items():
            if raw is None:
                continue
            below = (*path, key)
            of_key = isinstance(raw, YamlMap | YamlList)
            at = tree.keys_at[key] if of_key else tree.values_at[key]
            value = self.value(raw, shape.property(key) if shape else None, below, (*written, key), at)
            if value is not None:
                data[key] = value
                self.places[below] = Place(*at)
        return data

    def items(self, tree: YamlList, shape: Shape | None, path: Path, written: Path) -> list[Any]:
        data: list[Any] = []
        item_shape = shape.item() if shape else None
        if tree.in_brackets and item_shape and item_shape.may_be_not_known:
            self.look_for_split(tree)
        for number, (raw, at) in enumerate(zip(tree, tree.values_at, strict=True)):
            below = (*path, len(data))
            if (open_fields := _open_fields(raw, item_shape)) and item_shape:
                self.wait(raw, item_shape, open_fields, (*written, number), at)
                continue
            value = self.value(raw, item_shape, below, (*written, number), at)
            if value is not None:
                self.places[below] = Place(*at)
                data.append(value)
        return data

    def wait(self, raw: YamlMap, shape: Shape, fields: list[str], written: Path, at: tuple[int, int]) -> None:
        """Leave out a row of which nobody has written what it hangs on, and ask for that; the rest of it is read."""
        row = YamlMap(*raw.starts_at)
        for key in (key for key in raw if key not in fields):
            row[key] = raw[key]
            row.keys_at[key], row.values_at[key] = raw.keys_at[key], raw.values_at[key]
        apart = _Values(self.path, self.refused, self.top)
        self.waiting.append(apart.mapping(row, shape, (), written))
        self.problems += apart.problems
        for key, value in self.waiting[-1].items():
            inner = shape.property(key)
            if inner is not None and "x-id" in inner.keywords:
                self.waiting_ids.append((inner.keywords["x-id"], str(value)))
        named = str(raw.get("file") or raw.get("title") or "this row")
        message = f"{named} is in no document and no bundle until its {and_list(fields)} {_IS[len(fields) > 1]} written"
        self.problems.append(
            Problem(self.path, *at, "quality", "row-waits", message, f"fill in {and_list(fields)}", keys=written)
        )

    def look_for_split(self, tree: YamlList) -> None:
        """A comma in [ ] begins a new item: one that goes on in small letters was mostly meant as the same sentence."""
        for number, (raw, at) in enumerate(zip(tree, tree.values_at, strict=True)):
            if (
                number
                and isinstance(raw, str)
                and raw[:1].islower()
                and isinstance(tree[0], str)
                and tree[0][:1].isupper()
            ):
                message = f"the comma before `{shorten(raw, 30)}` starts a new item of this list"
                hint = "if it is one sentence, put it in quotes, or write the list with a dash on a line for each item"
                self.problems.append(Problem(self.path, *at, "quality", "yaml-comma", message, hint))
                return

    def value(self, raw: Any, shape: Shape | None, path: Path, written: Path, at: tuple[int, int]) -> Any:
        if isinstance(raw, str):
            return self.scalar(raw, shape, written, at)
        if not filled(raw):
            self.look_for_lost_words(raw, shape, written, at)
            return None
        if isinstance(raw, YamlList):
            return self.items(raw, shape, path, written)
        if shape and shape.may_be_not_known and len(raw) == 1 and isinstance(raw.get("not_known"), str):
            return NotKnown(str(raw["not_known"]))
        return self.mapping(raw, shape, path, written)

    def look_for_lost_words(self, raw: Any, shape: Shape | None, written: Path, at: tuple[int, int]) -> None:
        """Finds words that YAML takes for keys without values (`- Things I like:`, `{Lego}`) where none belong."""
        if shape is None or raw is None:
            return
        if isinstance(raw, YamlList):
            for number, inner in enumerate(raw):
                self.look_for_lost_words(inner, shape.item(), (*written, number), raw.values_at[number])
            return
        closed = "object" not in shape.types or shape.keywords.get("additionalProperties") is False
        if unknown := [key for key in raw if closed and shape.property(key) is None]:
            found = Refusal(written, "type", sorted(shape.types), raw)
            if "object" in shape.types:
                found = Refusal(written, "additionalProperties", False, raw, unknown[0])
            for one in sentences([found], self.top):
                place = raw.keys_at[one.at_key] if one.at_key is not None else at
                self.report(written, place, one.rule, one.message, one.hint)
            return
        for key, inner in raw.items():
            self.look_for_lost_words(inner, shape.property(key), (*written, key), raw.keys_at[key])

    def scalar(self, raw: str, shape: Shape | None, written: Path, at: tuple[int, int]) -> Any:
        if shape is None:
            return str(raw)
        if shape.check in CHECKS:
            return self.identifier(raw, shape.check, written, at)
        if shape.value in READERS and (shape.value == "number" or "string" not in shape.types or type(raw) is str):
            return self.meaning(raw, shape.value, written, at)
        if "enum" in shape.keywords:
            return next((word for word in shape.keywords["enum"] if same(word, raw)), str(raw))
        if type(raw) is PlainNumber and "string" not in shape.types:
            return read_number(raw)
        if type(raw) is PlainTruth and "string" not in shape.types:
            return raw.lower() == "true"
        return str(raw)

    def meaning(self, raw: str, meaning: str, written: Path, at: tuple[int, int]) -> Any:
        try:
            return READERS[meaning](raw)
        except Unreadable as error:
            self.report(written, at, error.rule, f"{called(written)}: {error.message}", error.hint)
            return None

    def identifier(self, raw: str, check: str, written: Path, at: tuple[int, int]) -> str:
        wrong = CHECKS[check](raw)
        if wrong:
            self.report(written, at, wrong.rule, f"{called(written)} {wrong.message}", wrong.hint)
        return TIDY.get(check, str)(raw)

    def report(self, written: Path, at: tuple[int, int], rule: str, message: str, hint: str) -> None:
        if written in self.refused:
            return
        self.problems.append(Problem(self.path, *at, "data", rule, message, hint))


def walk(record: Record, schemas: Schemas) -> Iterator[tuple[Path, Any, Mapping[str, Any]]]:
    """Every value of a record with its path and the schema's keywords for it (`x-id`, `x-ref`, `title` …), top down."""
    yield from _walk(record.data, schemas.shape(record.kind), (), None)


def marked(
    record: Record, schemas: Schemas, keywords: tuple[str, ...]
) -> Iterator[tuple[Path, Any, Mapping[str, Any]]]:
    """The values whose schema has one of some keywords; parts of the record that hold none are not entered."""
    shape = schemas.shape(record.kind)
    for path, value, words in _walk(record.data, shape, (), keywords):
        if not words.keys().isdisjoint(keywords):
            yield path, value, words


def _walk(
    value: Any, shape: Shape | None, path: Path, wanted: tuple[str, ...] | None
) -> Iterator[tuple[Path, Any, Mapping[str, Any]]]:
    yield path, value, shape.keywords if shape else {}
    if isinstance(value, dict):
        for key, below in value.items():
            inner = shape.property(key) if shape else None
            if wanted is None or (inner is not None and inner.holds(wanted)):
                yield from _walk(below, inner, (*path, key), wanted)
    elif isinstance(value, list):
        item = shape.item() if shape else None
        if wanted is None or (item is not None and item.holds(wanted)):
            for number, below in enumerate(value):
                yield from _walk(below, item, (*path, number), wanted)
