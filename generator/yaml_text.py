"""The bytes of a case file as text with places: YAML 1.2 core, less what a case file never needs.

Text stays text (`no`, `08`, `9:30`, `1e5`, `2026-03-01`); only true/false, an empty value and plainly written numbers
are marked as such, and these too keep the letters they were written with. Tags, merge keys, several documents and files
of unreasonable size, depth or aliases are refused. The fast parser (libyaml) and PyYAML's own give the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NoReturn

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from generator.problems import Problem
from generator.values import shorten
from generator.yaml_faults import Fault, explain

MAX_BYTES, MAX_DEPTH, MAX_ALIASES, MAX_VALUES = 1_000_000, 50, 100, 50_000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|\r|\n")
_HASH_IN_TEXT = re.compile(r"[ \t]#[^\s#!]")
_INVISIBLE = {
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\x85": "next-line",
    "\ufeff": "byte order mark",
}


class PlainNumber(str):
    """A number written without quotes; as text it reads the way it was typed."""

    __slots__ = ()


class PlainTruth(str):
    """true or false, written without quotes."""

    __slots__ = ()


class YamlMap(dict[str, Any]):
    """A mapping that knows where it starts and where each key and value stands, all lines and columns from 1."""

    __slots__ = ("keys_at", "starts_at", "values_at")

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.starts_at = (line, column)
        self.keys_at: dict[str, tuple[int, int]] = {}
        self.values_at: dict[str, tuple[int, int]] = {}


class YamlList(list[Any]):
    """A list that knows where each item stands."""

    __slots__ = ("starts_at", "values_at")

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.starts_at = (line, column)
        self.values_at: list[tuple[int, int]] = []


class _FastParser(yaml.cyaml.CParser if yaml.__with_libyaml__ else Parser):  # type: ignore[misc]
    """libyaml's parser."""


class _PlainParser(Reader, Scanner, Parser):
    """PyYAML's own parser, taught to let a tab stand between words where libyaml and YAML 1.2 do."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        while True:
            super().scan_to_next_token()  # type: ignore[no-untyped-call]
            if self.peek() != "\t" or (self.allow_simple_key and not self.flow_level):
                return
            while self.peek() in "\t ":
                self.forward()


def read_yaml(content: bytes, path: str, fast: bool = yaml.__with_libyaml__) -> tuple[YamlMap | None, list[Problem]]:
    """The file's mapping with the places of its values, and what is wrong with it; `fast` picks libyaml's parser.

    The mapping is None when the file cannot be understood as a whole. Values are YamlMap, YamlList, PlainNumber,
    PlainTruth, str or None (nothing written).
    """
    try:
        text = decode(content)
        tree = _parse(text, path, fast)
    except Fault as fault:
        return None, [fault.problem(path)]
    return tree.root, sorted(tree.problems)


def decode(content: bytes) -> str:
    """The text of the file: UTF-8, or UTF-16 that says so. Raises Fault at the first character that cannot be meant."""
    if len(content) > MAX_BYTES:
        message = "the file is larger than 1 MB, the most a case file may have"
        raise Fault(0, 0, "file-too-large", message, "is it the right file?")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        _not_utf8(content, error.start, encoding)
    if found := _UNWANTED.search(text):
        _invisible(text, found.start())
    return text


def _not_utf8(content: bytes, at: int, encoding: str) -> NoReturn:
    advice = "in your editor choose Save As and the encoding UTF-8"
    if encoding == "utf-16":
        raise Fault(0, 0, "yaml-encoding", "the file is damaged: it says it is UTF-16 but is not", advice)
    before = content[:at].decode("utf-8-sig", "replace")
    meant = content[at : at + 1].decode("cp1252", "replace")
    shown = f"`{meant}`" if meant.isprintable() and meant != "\ufffd" else "a character"
    raise Fault(*_position(before), "yaml-encoding", f"{shown} here is not saved as UTF-8", advice)


def _invisible(text: str, at: int) -> NoReturn:
    character = text[at]
    line, column = _position(text[:at])
    if character == "\x00":
        advice = "is it a Word file or a picture? A case file is plain text"
        raise Fault(line, column, "yaml-character", "this does not look like a text file", advice)
    name = _INVISIBLE.get(character, "control")
    message = f"there is an invisible {name} character here"
    advice = "it often comes from pasting; delete it and type a space or a new line instead"
    raise Fault(line, column, "yaml-character", message, advice)


def _position(before: str) -> tuple[int, int]:
    lines = _BREAK.split(before)
    return len(lines), len(lines[-1]) + 1


def _parse(text: str, path: str, fast: bool) -> _Tree:
    if fast:
        try:
            return _Tree(text, path).grow(_FastParser(text).get_event)
        except yaml.YAMLError:
            pass  # the plain parser is the one whose refusals we know how to explain
    try:
        return _Tree(text, path).grow(_PlainParser(text).get_event)
    except yaml.MarkedYAMLError as error:
        context = error.context_mark or error.problem_mark
        at = error.problem_mark or context
        places = (context.line, context.column), (at.line, at.column)
        raise explain(_BREAK.split(text), f"{error.context}: {error.problem}", *places) from None


class _Tree:
    """Grows the data from parser events; what does not stop the reading is collected in `problems`."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.root: YamlMap | None = None
        self.holder: YamlMap | YamlList | None = None
        self.key: str | None = None
        self.outer: list[tuple[YamlMap | YamlList | None, str | None, int]] = []
        self.anchors: dict[str, tuple[Any, int] | None] = {}
        self.values = self.aliases = 0
        self.comments = _comments_without_space(text)
        self.lines: list[str] | None = None

    def grow(self, next_event: Callable[[], Any]) -> _Tree:
        """Takes the events of one document. Raises Fault, or the parser's own error."""
        steps = {
            yaml.ScalarEvent: self.scalar, yaml.MappingStartEvent: self.start, yaml.MappingEndEvent: self.end,
            yaml.SequenceStartEvent: self.start, yaml.SequenceEndEvent: self.end, yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }  # fmt: skip
        self.documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind in steps:
                steps[kind](event)
            elif kind is yaml.StreamEndEvent:
                break
        if self.root is None:
            raise Fault(1, 1, "yaml-empty", "the file is empty", "fill it in, or delete the file")
        return self

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            line, column = _at(event)
            advice = "remove this line, or move what follows into a file of its own"
            raise Fault(line, column, "yaml-documents", "a second document starts here: a case file holds one", advice)

    def scalar(self, event: Any) -> None:
        text: str = event.value
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if event.tag is not None:
            self.refuse_tag(event)
        if self.key is None and type(self.holder) is YamlMap:
            return self.name(text, line, column, event)
        value: Any = text
        if not event.style:
            value = _plain(text)
            if event.end_mark.line != event.start_mark.line or self.comments:
                self.look_around(event)
        if self.holder is None:
            self.refuse_bare(value, line, column)
        self.add(value, line, column)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1)

    def name(self, key: str, line: int, column: int, event: Any) -> None:
        holder: YamlMap = self.holder  # type: ignore[assignment]
        if event.anchor is not None:
            self.anchors[event.anchor] = (key, 1)
        if not key:
            raise Fault(line, column, "yaml-key", "the key before the colon is missing", "write `key: value`")
        if key == "<<" and not event.style:
            advice = "write the values out, or cite an id"
            self.problem(line, column, "yaml-merge", "`<<` (merging another mapping) is not used in case files", advice)
        if key in holder:
            first = holder.keys_at[key][0]
            self.problem(
                line, column, "yaml-duplicate-key",
                f"`{shorten(key)}` is given twice: on line {first} and again on line {line}",
                "keep one of them, or join them",
            )  # fmt: skip
        else:
            holder.keys_at[key] = (line, column)
        self.key = key

    def add(self, value: Any, line: int, column: int) -> None:
        """Puts a value under the key, or at the end of the list, that waits for it."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise Fault(
                line, column, "yaml-too-much", f"the file holds more than {MAX_VALUES:,} values", "split the file"
            )
        holder = self.holder
        if type(holder) is YamlMap:
            key = self.key
            self.key = None
            assert key is not None
            if key not in holder:
                holder[key] = value
                holder.values_at[key] = holder.keys_at[key] if value is None else (line, column)
        elif type(holder) is YamlList:
            holder.append(value)
            holder.values_at.append((line, column))
        elif type(value) is YamlMap:
            self.root = value

    def start(self, event: Any) -> None:
        line, column = _at(event)
        is_map = type(event) is yaml.MappingStartEvent
        if event.tag is not None:
            self.refuse_tag(event)
        if self.key is None and type(self.holder) is YamlMap:
            what = "{" if is_map else "["
            advice = f"if the text starts with {what} put all of it in quotes"
            raise Fault(line, column, "yaml-key", f"a key cannot be in brackets {what}", advice)
        if len(self.outer) >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels inside each other"
            raise Fault(line, column, "yaml-too-deep", message, "check the brackets")
        if self.holder is None and not is_map:
            message = "the file is a list: it must start with a key, as in `key: value`"
            raise Fault(line, column, "yaml-not-keys", message, "is it the right file?")
        fresh: YamlMap | YamlList = YamlMap(line, column) if is_map else YamlList(line, column)
        self.add(fresh, line, column)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.outer.append((self.holder, event.anchor, self.values))
        self.holder = fresh

    def end(self, event: Any) -> None:
        outer, anchor, values_before = self.outer.pop()
        if anchor is not None:
            self.anchors[anchor] = (self.holder, self.values - values_before + 1)
        self.holder, self.key = outer, None

    def alias(self, event: Any) -> None:
        line, column = _at(event)
        if event.anchor not in self.anchors:
            advice = 'if you meant a star, put the text in quotes: "*…"'
            raise Fault(line, column, "yaml-alias", f"`*{event.anchor}` points to nothing in this file", advice)
        anchored = self.anchors[event.anchor]
        if anchored is None:
            raise Fault(line, column, "yaml-alias", f"`*{event.anchor}` points to itself", "write the value out")
        if self.key is None and type(self.holder) is YamlMap:
            raise Fault(line, column, "yaml-key", "a key cannot start with *", "put it in quotes")
        self.aliases += 1
        self.values += anchored[1] - 1
        if self.aliases > MAX_ALIASES:
            raise Fault(line, column, "yaml-too-much", f"more than {MAX_ALIASES} values start with *", "write them out")
        self.add(anchored[0], line, column)

    def refuse_tag(self, event: Any) -> None:
        line, column = _at(event)
        self.problem(line, column, "yaml-tag", "a value cannot start with !", 'put all of the text in quotes: "…"')

    def refuse_bare(self, value: Any, line: int, column: int) -> NoReturn:
        if value is None:
            raise Fault(1, 1, "yaml-empty", "the file is empty", "fill it in, or delete the file")
        advice = "write `key: value`, with a space after the colon"
        raise Fault(
            line, column, "yaml-not-keys", "the file is plain text: it must be made of keys with values", advice
        )

    def look_around(self, event: Any) -> None:
        """Finds text that YAML would join or drop although its writer meant something else."""
        first, last = event.start_mark.line, event.end_mark.line
        if first != last:
            self.look_for_dashes(first, last)
        hash_at = self.comments.get(last)
        if hash_at is not None and hash_at >= event.end_mark.column and event.value:
            self.problem(
                last + 1, hash_at + 2, "yaml-comment", "everything from # on is left out here, as a remark",
                "if it belongs to the text, put the text in quotes; if it is a remark, put a space after #",
                "quality",
            )  # fmt: skip

    def look_for_dashes(self, first: int, last: int) -> None:
        if self.lines is None:
            self.lines = _BREAK.split(self.text)
        for number, (above, line) in enumerate(pairwise(self.lines[first : last + 1]), start=first + 2):
            stripped = line.lstrip(" ")
            joined = stripped.startswith("- ") or (stripped.startswith("-") and above.lstrip(" ").startswith("-"))
            if joined:
                space = "" if stripped.startswith("- ") else ", and put a space after each dash"
                self.problem(
                    number, len(line) - len(stripped) + 1, "yaml-dash",
                    f"this line starts with a dash, but reads as more text of line {number - 1}",
                    f"line the dash up with the dashes of its list{space}",
                )  # fmt: skip
                return

    def problem(self, line: int, column: int, rule: str, message: str, hint: str, severity: str = "data") -> None:
        self.problems.append(Problem(self.path, line, column, severity, rule, message, hint))


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _plain(text: str) -> Any:
    if text in _NULLS:
        return None
    if _NUMBER.fullmatch(text):
        return PlainNumber(text)
    return PlainTruth(text) if text in _TRUTHS else text


def _comments_without_space(text: str) -> dict[int, int]:
    """Line (from 0) to column (from 0) of the first ` #word` of each line that has one."""
    if not _HASH_IN_TEXT.search(text):
        return {}
    found = ((number, _HASH_IN_TEXT.search(line)) for number, line in enumerate(_BREAK.split(text)))
    return {number: match.start() for number, match in found if match}
