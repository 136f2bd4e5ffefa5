"""The data of a case file, grown from a parser's events, with the place of every key and value."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NoReturn

from generator.problems import Problem
from generator.records.yaml_text.yaml_errors import YamlFault
from generator.records.yaml_text.yaml_slips import (
    BULLETS,
    CURLY,
    bullet_at,
    curly_quotes,
    read_backslash,
    swallowing_quote,
)
from generator.values.parsing import shorten

MAX_DEPTH, MAX_ALIASES, MAX_VALUES = 50, 100, 50_000
MAX_TEXT = 50_000
"""Characters of one value: some twenty pages."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_HASH_IN_TEXT = re.compile(r"(?<=\S) #(?=[^\t\r\n#!])")


_ODD_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\u2060"
)
_NO_LETTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""What no text for people holds, and what turns its letters around: in quotes YAML can write each of them."""
_QUOTES = ("'", '"')
_FEW_WORDS = 3
"""A longer text that ends with a comma is a sentence that goes on, such as the first line of a letter."""

_LETTER_SIGNS = frozenset("“‘„”’" + BULLETS)


def lines_of(text: str) -> list[str]:
    """The lines of the text, as YAML counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class PlainNumber(str):
    """A number written without quotes; as text it reads the way it was typed."""

    __slots__ = ()


class PlainTruth(str):
    """true or false, written without quotes."""

    __slots__ = ()


class YamlMap(dict[str, Any]):
    """A mapping that knows where it starts and where each key and value stands, all lines and columns from 1."""

    __slots__ = ("in_braces", "keys_at", "starts_at", "values_at")

    def __init__(self, line: int, column: int, in_braces: bool = False) -> None:
        super().__init__()
        self.starts_at = (line, column)
        self.in_braces = in_braces
        self.keys_at: dict[str, tuple[int, int]] = {}
        self.values_at: dict[str, tuple[int, int]] = {}


class YamlList(list[Any]):
    """A list that knows where each item stands."""

    __slots__ = ("in_brackets", "starts_at", "values_at")

    def __init__(self, line: int, column: int, in_brackets: bool = False) -> None:
        super().__init__()
        self.starts_at = (line, column)
        self.in_brackets = in_brackets
        self.values_at: list[tuple[int, int]] = []


class Tree:
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
        self.never_used: dict[str, tuple[int, int]] = {}
        self.values = self.aliases = 0
        self.comments = _comments_without_space(text)
        self.lines: list[str] | None = None
        self.documents = 0
        self.twice_in: YamlMap | None = None

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            line, column = _at(event)
            advice = "remove this line, or move what follows into a file of its own"
            raise YamlFault(
                line, column, "yaml-documents", "a second document starts here: a case file holds one", advice
            )

    def scalar(self, event: Any) -> None:
        text: str = event.value
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        path = event.style == '"' and not text.isprintable() and self.look_for_backslash(event)
        if not path and not text.isprintable() and (found := _NO_LETTER.search(text)):
            self.refuse_character(found[0], line, column)
        if len(text) > MAX_TEXT:
            message = f"this text is longer than {MAX_TEXT:,} characters"
            raise YamlFault(line, column, "yaml-too-much", message, "is it a report? Put it into evidence as a file")
        if event.tag is not None:
            self.refuse_tag(event)
        if self.key is None and type(self.holder) is YamlMap:
            return self.name(text, line, column, event)
        value: Any = text
        if not event.style:
            value = plain_value(text)
            if text[:1] in _LETTER_SIGNS or text[:2] == "o ":
                self.look_for_signs(event, text)
            if event.end_mark.line != event.start_mark.line or self.comments:
                self.look_around(event)
            if text[-1:] == "," and len(text.split()) <= _FEW_WORDS:
                self.look_for_comma(event, text)
        elif event.style in _QUOTES and event.end_mark.line != event.start_mark.line:
            self.look_for_swallowed(event)
        if self.holder is None:
            self.refuse_bare(value, line, column)
        self.add(value, line, column)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1)
            self.never_used[event.anchor] = (line, column)

    def tell_lost_words(self) -> None:
        """A word behind & that nothing points to: YAML would drop it from the text."""
        for line, column in self.never_used.values():
            self.problem(
                line, column, "yaml-anchor", "a value cannot start with &", 'put all of the text in quotes: "…"'
            )

    def look_for_signs(self, event: Any, text: str) -> None:
        """Finds curly quotes meant as YAML's own, and the bullets of a word processor."""
        line, column = _at(event)
        if advice := curly_quotes(text):
            message = "curly quotes do not count as quotes here: they become part of the text"
            self.problem(line, column, CURLY, message, advice, "quality")
        elif slip := bullet_at(text):
            one = event.end_mark.line == event.start_mark.line
            self.problem(line, column, "yaml-dash", slip[2], slip[3], "quality" if one else "data")

    def look_for_backslash(self, event: Any) -> bool:
        """Finds the folder or file of Windows of which YAML reads a backslash and a letter as another sign."""
        first, last = event.start_mark, event.end_mark
        if first.line != last.line:
            return False
        written = self.all_lines[first.line][first.column + 1 : last.column - 1]
        at = read_backslash(written)
        if at is not None:
            message = f'{written[at : at + 2]} inside "…" is read as another sign, not as these two'
            advice = "write each backslash twice, or use '…' around the text"
            self.problem(first.line + 1, first.column + 2 + at, "yaml-syntax", message, advice)
        return at is not None

    def look_for_comma(self, event: Any, text: str) -> None:
        """Finds the comma that ends a line in other kinds of files, and becomes part of the text here."""
        advice = f"write {text[:-1].rstrip()}; if it belongs to the text, put the text in quotes"
        message = "the comma at the end becomes part of the text"
        self.problem(event.end_mark.line + 1, event.end_mark.column, "yaml-comma", message, advice, "quality")

    def look_for_swallowed(self, event: Any) -> None:
        """Finds text in quotes that has taken in the keys below it, because its end was forgotten."""
        slip = swallowing_quote(self.all_lines, event.start_mark.line)
        if slip and slip[0] == event.start_mark.line:
            self.problem(slip[0] + 1, slip[1] + 1, "yaml-quote", *slip[2:])

    @property
    def all_lines(self) -> list[str]:
        """The lines of the file, cut when they are first asked for."""
        if self.lines is None:
            self.lines = lines_of(self.text)
        return self.lines

    def name(self, key: str, line: int, column: int, event: Any) -> None:
        holder: YamlMap = self.holder  # type: ignore[assignment]
        if event.anchor is not None:
            self.anchors[event.anchor] = (key, 1)
        if not key:
            raise YamlFault(line, column, "yaml-key", "the key before the colon is missing", "write `key: value`")
        if key == "<<" and not event.style:
            advice = "write the values out, or cite an id"
            self.problem(line, column, "yaml-merge", "`<<` (merging another mapping) is not used in case files", advice)
        if not event.style and key != (bare := key.strip(_ODD_SPACES)):
            advice = f"delete the spaces before `{shorten(bare)}` and type them again; they often come from pasting"
            raise YamlFault(line, column, "yaml-syntax", "an invisible special space stands before the text", advice)
        if key in holder:
            first = holder.keys_at[key][0]
            in_item = bool(self.outer) and type(self.outer[-1][0]) is YamlList
            if in_item and self.twice_in is holder:
                self.key = key  # a new item without its dash repeats every key: told once
                return
            self.twice_in = holder
            self.problem(
                line,
                column,
                "yaml-duplicate-key",
                f"`{shorten(key)}` is given twice: on line {first} and again on line {line}",
                "keep one of them, or join them"
                + ("; if a new item of the list starts here, write `- ` before it" if in_item else ""),
            )
        else:
            holder.keys_at[key] = (line, column)
        self.key = key

    def add(self, value: Any, line: int, column: int) -> None:
        """Puts a value under the key, or at the end of the list, that waits for it."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise YamlFault(
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

    def start_map(self, event: Any) -> None:
        self.start(event, YamlMap(*_at(event), bool(event.flow_style)), "{")

    def start_list(self, event: Any) -> None:
        if self.holder is None:
            message = "the file is a list: it must start with a key, as in `key: value`"
            raise YamlFault(*_at(event), "yaml-not-keys", message, "is it the right file?")
        self.start(event, YamlList(*_at(event), bool(event.flow_style)), "[")

    def start(self, event: Any, fresh: YamlMap | YamlList, what: str) -> None:
        line, column = fresh.starts_at
        if event.tag is not None:
            self.refuse_tag(event)
        if self.key is None and type(self.holder) is YamlMap:
            advice = f"if the text starts with {what} put all of it in quotes"
            raise YamlFault(line, column, "yaml-key", f"a key cannot be in brackets {what}", advice)
        if len(self.outer) >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels inside each other"
            raise YamlFault(line, column, "yaml-too-deep", message, "check the brackets")
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
            raise YamlFault(line, column, "yaml-alias", f"`*{event.anchor}` points to nothing in this file", advice)
        anchored = self.anchors[event.anchor]
        if anchored is None:
            raise YamlFault(line, column, "yaml-alias", f"`*{event.anchor}` points to itself", "write the value out")
        if self.key is None and type(self.holder) is YamlMap:
            raise YamlFault(line, column, "yaml-key", "a key cannot start with *", "put it in quotes")
        self.aliases += 1
        self.never_used.pop(event.anchor, None)
        self.values += anchored[1] - 1
        if self.aliases > MAX_ALIASES:
            raise YamlFault(
                line, column, "yaml-too-much", f"more than {MAX_ALIASES} values start with *", "write them out"
            )
        self.add(anchored[0], line, column)

    def refuse_tag(self, event: Any) -> None:
        line, column = _at(event)
        self.problem(line, column, "yaml-tag", "a value cannot start with !", 'put all of the text in quotes: "…"')

    def refuse_character(self, letter: str, line: int, column: int) -> NoReturn:
        what = "half of a character" if "\ud800" <= letter <= "\udfff" else "a character that does not show"
        what = "a mark that turns the order of letters around" if letter in "\u202d\u202e" else what
        advice = "it often comes from another program; write the text anew without it"
        raise YamlFault(line, column, "yaml-character", f"this text holds {what} (U+{ord(letter):04X})", advice)

    def refuse_bare(self, value: Any, line: int, column: int) -> NoReturn:
        if value is None:
            raise YamlFault(1, 1, "yaml-empty", "the file is empty", "fill it in, or delete the file")
        advice = "write `key: value`, with a space after the colon"
        raise YamlFault(
            line, column, "yaml-not-keys", "the file is plain text: it must be made of keys with values", advice
        )

    def look_around(self, event: Any) -> None:
        """Finds text that YAML would join or drop although its writer meant something else."""
        first, last = event.start_mark.line, event.end_mark.line
        if first != last:
            self.look_for_dashes(first, last)
        hash_at = self.comments.get(last)
        if hash_at is not None and hash_at >= event.end_mark.column and self.may_be_text(event, last, hash_at):
            self.problem(
                last + 1,
                hash_at + 2,
                "yaml-comment",
                "everything from # on is left out here, as a remark",
                "if it belongs to the text, put the text in quotes; if it is a remark, write two spaces before #",
                "quality",
            )

    def may_be_text(self, event: Any, line: int, hash_at: int) -> bool:
        """True when what stands after a # may be meant as text: `room #2`, or `they hope # that` with one space."""
        if self.lines is None:
            self.lines = lines_of(self.text)
        spaced = self.lines[line][hash_at + 2 : hash_at + 3] == " "
        if not event.value:
            return not spaced and event.start_mark.line == line
        return not spaced or (not event.style and " " in event.value)

    def look_for_dashes(self, first: int, last: int) -> None:
        if self.lines is None:
            self.lines = lines_of(self.text)
        for number, (above, line) in enumerate(pairwise(self.lines[first : last + 1]), start=first + 2):
            stripped = line.lstrip(" ")
            if (slip := bullet_at(line)) and bullet_at(above):
                return  # told by look_for_signs
            if slip:
                self.problem(number, slip[1] + 1, "yaml-dash", slip[2], slip[3])
                return
            joined = stripped.startswith("- ") or (stripped.startswith("-") and above.lstrip(" ").startswith("-"))
            if joined:
                space = "" if stripped.startswith("- ") else ", and put a space after each dash"
                self.problem(
                    number,
                    len(line) - len(stripped) + 1,
                    "yaml-dash",
                    f"this line starts with a dash, but reads as more text of line {number - 1}",
                    f"line the dash up with the dashes of its list{space}",
                )
                return

    def problem(self, line: int, column: int, rule: str, message: str, hint: str, severity: str = "data") -> None:
        self.problems.append(Problem(self.path, line, column, severity, rule, message, hint))


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def plain_value(text: str) -> Any:
    """What a text without quotes is: nothing, a number, true or false, or text."""
    if text in _NULLS:
        return None
    if _NUMBER.fullmatch(text):
        return PlainNumber(text)
    return PlainTruth(text) if text in _TRUTHS else text


def _comments_without_space(text: str) -> dict[int, int]:
    """Line (from 0) to column (from 0) of the first ` #` after text, with one space before it, of each such line."""
    if not _HASH_IN_TEXT.search(text):
        return {}
    lines = ((number, line) for number, line in enumerate(lines_of(text)) if " #" in line)
    found = ((number, _HASH_IN_TEXT.search(line)) for number, line in lines)
    return {number: match.start() for number, match in found if match}
