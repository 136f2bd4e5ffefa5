"""Where everything stands in the text of a case file: each key, value and row with its first and last character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.records.yaml_text.yaml_keys import plain_value
from generator.records.yaml_text.yaml_reader import events

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_NAME = re.compile(r"&\S+[ \t]*(?:(?:#[^\r\n]*)?(?:\r\n|\r|\n)[ \t]*)*")
"""A value's name, and what stands between it and the value."""


class NoPlaceForIt(Exception):
    """The text is written in a way in which the change cannot be made with certainty; says why."""


@dataclass
class ScalarNode:
    """A single value: its letters, how it is quoted (`'`, `"`, `|`, `>` or "" for not at all), and where it stands."""

    start: int
    end: int
    value: Any
    style: str = ""
    alias: bool = False


@dataclass
class KeyedNode:
    """A key with its value."""

    key: str
    start: int
    key_end: int
    node: Node


@dataclass
class MapNode:
    """Keys with values, in braces or each on a line of its own."""

    start: int
    end: int
    flow: bool
    entries: list[KeyedNode] = field(default_factory=list)

    def entry(self, key: str) -> KeyedNode | None:
        """The entry of a key; None when it is not written."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass
class ListNode:
    """Items, in brackets or each behind a dash."""

    start: int
    end: int
    flow: bool
    items: list[Node] = field(default_factory=list)


Node = ScalarNode | MapNode | ListNode


class Lines:
    """The lines of a text: where each begins, which one a character stands in, and which line ends it uses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in _LINE.finditer(text):
            self.starts.append(line.end())
        self.newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"

    def offset(self, line: int, column: int) -> int:
        """The place of a line and column, both from 0."""
        return self.starts[line] + column if line < len(self.starts) else len(self.text)

    def start_of(self, at: int) -> int:
        """Where the line of a place begins."""
        return self.starts[bisect_right(self.starts, at) - 1]

    def end_of(self, at: int) -> int:
        """Where the line after that of a place begins, or the end of the text."""
        number = bisect_right(self.starts, at)
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def column(self, at: int) -> int:
        """The column of a place, from 0."""
        return at - self.start_of(at)

    def between(self, start: int, end: int) -> Iterator[int]:
        """Where each line begins from one place up to another."""
        at = start
        while at < end:
            yield at
            following = self.end_of(at)
            if following == at:
                return
            at = following


def layout(text: str) -> tuple[MapNode, Lines]:
    """The root of a text that can be read, with the places of all that it holds. Raises NoPlaceForIt."""
    lines = Lines(text)
    builder = _Builder(lines)
    builder.take(events(text))
    if not isinstance(builder.root, MapNode):
        raise NoPlaceForIt("the file is not made of keys with values")
    return builder.root, lines


class _Builder:
    """Grows the nodes from a parser's events."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.root: Node | None = None
        self.stack: list[MapNode | ListNode] = []
        self.keys: list[tuple[str, int, int] | None] = []
        self.anchored: dict[str, Node] = {}

    def take(self, found: Iterable[Any]) -> None:
        for event in found:
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self.put(ScalarNode(*self.span(event), written(self.anchored[str(event.anchor)]), alias=True))
            elif isinstance(event, yaml.MappingStartEvent):
                self.open(self.named(MapNode(self.begin(event), 0, bool(event.flow_style)), event))
            elif isinstance(event, yaml.SequenceStartEvent):
                self.open(self.named(ListNode(self.begin(event), 0, bool(event.flow_style)), event))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.close(event)

    def named(self, node: Any, event: Any) -> Any:
        """A node, which a name may be given for other places (`&name`)."""
        if event.anchor:
            self.anchored[event.anchor] = node
        return node

    def begin(self, event: Any) -> int:
        """Where a value begins, behind the name that it may have."""
        start = self.span(event)[0]
        found = _NAME.match(self.lines.text, start) if event.anchor else None
        return found.end() if found else start

    def span(self, event: Any) -> tuple[int, int]:
        start, end = event.start_mark, event.end_mark
        return self.lines.offset(start.line, start.column), self.lines.offset(end.line, end.column)

    def scalar(self, event: Any) -> None:
        start, end = self.begin(event), self.span(event)[1]
        style = event.style or ""
        if self.stack and isinstance(self.stack[-1], MapNode) and self.keys[-1] is None:
            self.keys[-1] = (event.value, start, end)
            return
        if style in ("|", ">"):
            end = start + len(self.lines.text[start:end].rstrip())
        value = event.value if style else plain_value(event.value)
        self.put(self.named(ScalarNode(min(start, end), end, value, style), event))

    def put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        holder = self.stack[-1]
        if isinstance(holder, ListNode):
            holder.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            raise NoPlaceForIt("a key is written in a way that is not used in case files")
        holder.entries.append(KeyedNode(*key, node))
        self.keys[-1] = None

    def open(self, node: MapNode | ListNode) -> None:
        self.put(node)
        self.stack.append(node)
        self.keys.append(None)

    def close(self, event: Any) -> None:
        node = self.stack.pop()
        self.keys.pop()
        node.end = self.span(event)[1] if node.flow else _last(node)


def _last(node: MapNode | ListNode) -> int:
    held: Sequence[Node] = node.items if isinstance(node, ListNode) else [entry.node for entry in node.entries]
    ends = [one.end for one in held]
    if isinstance(node, MapNode):
        ends += [entry.key_end + 1 for entry in node.entries]
    return max(ends, default=node.start)


def written(node: Node) -> Any:
    """The data of a node as read_yaml gives it: dict, list, str and None; keys without a value have None."""
    if isinstance(node, MapNode):
        return {entry.key: written(entry.node) for entry in node.entries}
    return [written(item) for item in node.items] if isinstance(node, ListNode) else node.value
