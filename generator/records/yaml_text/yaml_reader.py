"""The bytes of a case file as text with places: YAML 1.2 core, less what a case file never needs.

Text stays text (`no`, `08`, `9:30`, `1e5`, `2026-03-01`); only true/false, an empty value and plainly written numbers
are marked as such, and these too keep the letters they were written with. Tags, merge keys, several documents and files
of unreasonable size, depth or aliases are refused. The fast parser (libyaml) and PyYAML's own give the same answer.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from generator.problems import Problem
from generator.records.yaml_text.yaml_errors import YamlFault, explain, odd_after_colon
from generator.records.yaml_text.yaml_keys import Tree, YamlMap, lines_of
from generator.records.yaml_text.yaml_mending import mended

MAX_BYTES = 1_000_000
MOST_FAULTS = 20
"""Faults of one file that are looked for, one behind the other."""

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_PARSERS_DIFFER = re.compile(r"\t|[|>][-+0-9]*#|(?:^|[\s\[{,])\?\S")
"""Text on which libyaml and PyYAML are known to disagree: rare, and left to PyYAML's own parser alone."""
_MARKS_OF_DIFFERENCE = ("\t", "|", ">", "?")
"""One of these is in every such text; to look for them first takes a hundredth of the time."""

_INVISIBLE = {
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\x85": "next-line",
    "\ufeff": "byte order mark",
}


_NO_TEXT = {
    b"PK\x03\x04": "a Word document (or another zipped file)",
    b"\xd0\xcf\x11\xe0": "an old Word document (.doc)",
    b"{\\rtf": "a rich text document (RTF)",
    b"%PDF-": "a PDF",
}
"""How files begin that were saved under a case file's name from another program."""

_BY_CONTENT = {
    "__substg1.0_".encode("utf-16-le"): "an Outlook message (.msg)",
    b"Index/Document.iwa": "a Pages document",
    b"mimetypeapplication/vnd.oasis.opendocument": "an OpenDocument file (LibreOffice)",
}
"""What tells apart files that begin alike."""


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
            super().scan_to_next_token()
            if self.peek() != "\t" or (self.allow_simple_key and not self.flow_level):
                return
            while self.peek() in "\t ":
                self.forward()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str]:
        """The spaces, tabs and line breaks after a word of unquoted text; empty where the text ends."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        spaces: str = self.prefix(length)
        self.forward(length)
        if self.peek() not in "\r\n":
            return [spaces] if spaces else []
        self.scan_line_break()  # type: ignore[no-untyped-call]
        self.allow_simple_key = True
        breaks: list[str] = []
        while not self.at_document_mark():
            if self.peek() in "\r\n":
                breaks.append(self.scan_line_break())  # type: ignore[no-untyped-call]
            elif self.peek() == " " or (self.peek() == "\t" and self.column >= indent):
                self.forward()
            else:
                return breaks or [" "]
        return []

    def at_document_mark(self) -> bool:
        """True at `---` or `...` at the start of a line."""
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in "\0 \t\r\n"


def read_yaml(content: bytes, path: str, fast: bool = yaml.__with_libyaml__) -> tuple[YamlMap | None, list[Problem]]:
    """The file's mapping with the places of its values, and what is wrong with it; `fast` picks libyaml's parser.

    The mapping is None when the file cannot be understood as a whole. Values are YamlMap, YamlList, PlainNumber,
    PlainTruth, str or None (nothing written).
    """
    try:
        text = decode(content)
        tree = _parse(text, path, fast)
    except YamlFault as fault:
        return None, [fault.problem(path)]
    return tree.root, sorted(tree.problems)


def read_on(content: bytes, path: str) -> tuple[YamlMap | None, list[Problem]]:
    """What is in a file that cannot be understood, as it would be with its faults mended; and those behind the first.

    The mapping is None when a fault cannot be mended with certainty. It says what else is wrong and nothing more.
    """
    faults: list[YamlFault] = []
    try:
        lines: list[str] | None = lines_of(decode(content))
    except YamlFault:
        return None, []
    while lines is not None and len(faults) <= MOST_FAULTS:
        try:
            tree = _parse("\n".join(lines), path, fast=False)
        except YamlFault as fault:
            if any(fault.line == one.line for one in faults):
                break
            faults.append(fault)
            lines = mended(lines, fault)
        else:
            return tree.root, sorted([fault.problem(path) for fault in faults[1:]] + tree.problems)
    return None, [fault.problem(path) for fault in faults[1:]]


def decode(content: bytes) -> str:
    """The text of the file: UTF-8, or UTF-16 that says so. Raises Fault at the first character that cannot be meant."""
    if kind := next((name for start, name in _NO_TEXT.items() if content.startswith(start)), ""):
        kind = next((name for inside, name in _BY_CONTENT.items() if inside in content[:MAX_BYTES]), kind)
        advice = "open it, copy its text into a plain text file, and save that here; a case file cannot be a document"
        raise YamlFault(0, 0, "yaml-character", f"this is {kind}, not a text file", advice)
    if len(content) > MAX_BYTES:
        message = "the file is larger than 1 MB, the most a case file may have"
        raise YamlFault(0, 0, "file-too-large", message, "is it the right file?")
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
        raise YamlFault(0, 0, "yaml-encoding", "the file is damaged: it says it is UTF-16 but is not", advice)
    before = content[:at].decode("utf-8-sig", "replace")
    meant = content[at : at + 1].decode("cp1252", "replace")
    shown = f"`{meant}`" if meant.isprintable() and meant != "\ufffd" else "a character"
    raise YamlFault(*_position(before), "yaml-encoding", f"{shown} here is not saved as UTF-8", advice)


_FEW_NULS = 3
"""So many zero bytes in a text come from a transfer or a paste; a file of another kind has more."""


def _invisible(text: str, at: int) -> NoReturn:
    character = text[at]
    line, column = _position(text[:at])
    if text[1::2].count("\x00") * 3 > len(text) or text[::2].count("\x00") * 3 > len(text):
        advice = "in your editor choose Save As and the encoding UTF-8"
        raise YamlFault(1, 1, "yaml-encoding", "the file is saved as UTF-16", advice)
    if character == "\x00" and text.count("\x00") > _FEW_NULS:
        advice = "is it a Word file or a picture? A case file is plain text"
        raise YamlFault(line, column, "yaml-character", "this does not look like a text file", advice)
    name = _INVISIBLE.get(character, "control")
    message = f"there is an invisible {name} character here"
    advice = "it often comes from pasting; delete it and type a space or a new line instead"
    raise YamlFault(line, column, "yaml-character", message, advice)


def _position(before: str) -> tuple[int, int]:
    lines = lines_of(before)
    return len(lines), len(lines[-1]) + 1


def _parse(text: str, path: str, fast: bool) -> Tree:
    may_differ = any(mark in text for mark in _MARKS_OF_DIFFERENCE) and _PARSERS_DIFFER.search(text)
    if fast and not may_differ:
        try:
            return _grow(Tree(text, path), _FastParser(text).get_event)
        except (yaml.YAMLError, YamlFault):
            pass  # the plain parser is the one whose refusals we know how to explain
    try:
        return _grow(Tree(text, path), _PlainParser(text).get_event)
    except YamlFault as fault:
        odd = odd_after_colon(lines_of(text), 0, 0) if fault.rule == "yaml-not-keys" else None
        raise odd or fault from None
    except yaml.MarkedYAMLError as error:
        marks = error.context_mark or error.problem_mark, error.problem_mark or error.context_mark
        places = [(mark.line, mark.column) if mark else (0, 0) for mark in marks]
        raise explain(lines_of(text), f"{error.context}: {error.problem}", *places) from None


def events(text: str) -> list[Any]:
    """What the parser that reads a text finds in it, each event with its places. Raises yaml.YAMLError."""
    if yaml.__with_libyaml__ and not _PARSERS_DIFFER.search(text):
        with contextlib.suppress(yaml.YAMLError):
            return list(_events(_FastParser(text).get_event))
    return list(_events(_PlainParser(text).get_event))


def _events(next_event: Callable[[], Any]) -> Iterator[Any]:
    event = next_event()
    while type(event) is not yaml.StreamEndEvent:
        yield event
        event = next_event()


def _grow(tree: Tree, next_event: Callable[[], Any]) -> Tree:
    """Feeds the tree the events of one file. Raises Fault, or the parser's own error."""
    steps: dict[Any, Callable[[Any], None]] = {
        yaml.ScalarEvent: tree.scalar,
        yaml.MappingStartEvent: tree.start_map,
        yaml.SequenceStartEvent: tree.start_list,
        yaml.MappingEndEvent: tree.end,
        yaml.SequenceEndEvent: tree.end,
        yaml.AliasEvent: tree.alias,
        yaml.DocumentStartEvent: tree.document,
    }
    event = next_event()
    while type(event) is not yaml.StreamEndEvent:
        if type(event) in steps:
            steps[type(event)](event)
        event = next_event()
    if tree.root is None:
        raise YamlFault(1, 1, "yaml-empty", "the file is empty", "fill it in, or delete the file")
    tree.tell_lost_words()
    return tree
