"""A case file changed in its text: what did not change, comments and layout too, stays letter for letter.

The wanted data is given whole, as read_yaml gives it (dict, list, str; numbers as PlainNumber); what is different is
found, and only the lines of that are written anew. The result is read back before it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.records.schema.schema_view import Shape
from generator.records.yaml_text.rows_alike import aligned
from generator.records.yaml_text.text_cuts import Cut, applied
from generator.records.yaml_text.yaml_layout import (
    KeyedNode,
    Lines,
    ListNode,
    MapNode,
    Node,
    NoPlaceForIt,
    ScalarNode,
    layout,
    written,
)
from generator.records.yaml_text.yaml_reader import decode, read_yaml
from generator.records.yaml_text.yaml_writing import WIDTH, after_colon, entry, long_text, on_one_line, row, same

__all__ = ["NoPlaceForIt", "edited", "edited_text"]


def edited(content: bytes, wanted: Mapping[str, Any], shape: Shape | None = None) -> bytes:
    """The bytes of a file with other data; the encoding and every line that holds nothing of what changed are kept.

    New keys are put where `shape` has them. Raises NoPlaceForIt when the file is written so that this cannot be done
    with certainty, and yaml_faults.Fault when it cannot be read.
    """
    text = edited_text(decode(content), wanted, shape)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content[:2] + text.encode("utf-16-le" if content[:2] == b"\xff\xfe" else "utf-16-be")
    return (b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def edited_text(text: str, wanted: Mapping[str, Any], shape: Shape | None = None) -> str:
    """As `edited`, for text. Raises NoPlaceForIt."""
    root, lines = layout(text)
    if same(written(root), wanted):
        return text
    made = applied(text, _Changes(text, lines).mapping(root, wanted, shape))
    back, _ = read_yaml(made.encode(), "")
    if back is None or not same(back, wanted):
        raise NoPlaceForIt("the way in which this part of the file is written does not allow it")
    return made


class _Changes:
    """Finds what must be cut out of a text and put in, for its nodes to hold other data."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text, self.lines = text, lines

    # -- keys ---------------------------------------------------------------------------------------------------------

    def mapping(self, node: MapNode, wanted: Mapping[str, Any], shape: Shape | None) -> list[Cut]:
        gone = [one for one in node.entries if wanted.get(one.key) is None and written(one.node) is not None]
        new = [key for key, value in wanted.items() if value is not None and node.entry(key) is None]
        if node.flow and (gone or new):
            return self.braces(node, wanted, shape)
        if len(gone) == len(node.entries) and not new:
            raise NoPlaceForIt("nothing would be left of it")
        cuts = [cut for one in node.entries if one not in gone for cut in self.under(one, wanted, shape)]
        cuts += [self.without(node, one, wanted) for one in gone]
        return cuts + self.added(node, {key: wanted[key] for key in new}, shape)

    def under(self, held: KeyedNode, wanted: Mapping[str, Any], shape: Shape | None) -> list[Cut]:
        """The value of a key that stays."""
        value = wanted.get(held.key)
        if same(written(held.node), value):
            return []
        return self.value(held.node, value, shape.property(held.key) if shape else None, held)

    def value(self, node: Node, value: Any, shape: Shape | None, held: KeyedNode | None) -> list[Cut]:
        if isinstance(node, MapNode) and isinstance(value, Mapping) and value:
            return self.mapping(node, value, shape)
        if isinstance(node, ListNode) and node.items and isinstance(value, list) and value:
            return self.list_(node, value, shape)
        if isinstance(node, ScalarNode) and isinstance(value, str):
            return [self.scalar(node, value, held)]
        if held is None:
            raise NoPlaceForIt("this row is written in another way")
        return [self.after(held, value)]

    def after(self, held: KeyedNode, value: Any, style: str = "") -> Cut:
        """All that follows a key's colon written anew; what is said behind it on its line is kept."""
        indent = " " * self.lines.column(held.start)
        text = self.text
        colon = text.index(":", held.key_end) + 1
        end = max(held.node.end, colon)
        remark = self.remark(colon, held.node.start) if held.node.start > colon else ""
        remark = remark or self.behind_mark(held.node)
        new = after_colon(value, indent, self.lines.newline, style)
        if remark:  # a remark on the key's line stays there
            first, line_end, rest = new.partition(self.lines.newline)
            new = f"{first}  {remark}{line_end}{rest}"
        elif self.lines.newline in new and text[end : self.lines.end_of(end)].strip():
            raise NoPlaceForIt("there is a remark behind it on its line")
        if self.inside_braces(held):
            if remark:
                raise NoPlaceForIt("there is a remark before this value")
            new = f" {on_one_line(value, flow=True)}"
        return Cut(colon, end, new)

    def remark(self, start: int, end: int) -> str:
        found = re.match(r"[ \t]+(#[^\r\n]*)", self.text[start:end])
        return found[1] if found else ""

    def behind_mark(self, node: Node) -> str:
        """The remark behind the mark (`|` or `>`) of a text in lines of its own."""
        if not isinstance(node, ScalarNode) or node.style not in ("|", ">"):
            return ""
        found = re.match(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)", self.text[node.start : node.end])
        return found[1] if found else ""

    def inside_braces(self, held: KeyedNode) -> bool:
        before = self.text[self.lines.start_of(held.start) : held.start]
        return bool(re.search(r"[{,]\s*$", re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", "", before)))

    def without(self, node: MapNode, held: KeyedNode, wanted: Mapping[str, Any]) -> Cut:
        """A key taken out with its lines; the first of a row leaves the dash to the one after it."""
        start = self.lines.start_of(held.start)
        if self.text[start : held.start].strip():
            position = node.entries.index(held)
            following = node.entries[position + 1] if position + 1 < len(node.entries) else None
            if following is None or wanted.get(following.key) is None:
                raise NoPlaceForIt("the first keys of a row cannot be taken out together")
            if "#" in self.text[self.lines.end_of(self.end_of(held) - 1) : following.start]:
                raise NoPlaceForIt("a remark stands between the first keys of a row")
            return Cut(held.start, following.start, "")
        return Cut(start, self.lines.end_of(max(held.node.end, held.key_end) - 1), "")

    def end_of(self, held: KeyedNode) -> int:
        return max(held.node.end, held.key_end + 1)

    def added(self, node: MapNode, new: Mapping[str, Any], shape: Shape | None) -> list[Cut]:
        """New keys, each after the nearest one that comes before it in the order of the schema."""
        order = shape.names if shape else []
        indent = " " * self.lines.column(node.entries[0].start)
        places: dict[int, list[str]] = {}
        for key in sorted(new, key=lambda name: order.index(name) if name in order else len(order)):
            at = self.place(node, key, order)
            places.setdefault(at, []).append(entry(key, new[key], indent, self.lines.newline))
        return [Cut(at, at, self.begun(at) + "".join(texts)) for at, texts in places.items()]

    def begun(self, at: int) -> str:
        """A line end where the line before has none."""
        return self.lines.newline if at and self.text[at - 1] not in "\r\n" else ""

    def place(self, node: MapNode, key: str, order: Sequence[str]) -> int:
        before = order[: order.index(key)] if key in order else order
        last = next((one for one in reversed(node.entries) if one.key in before), None)
        if last is None and not order:
            last = node.entries[-1]
        if last is not None:
            return self.past_example(node, key, self.lines.end_of(self.end_of(last) - 1))
        first = node.entries[0]
        start = self.lines.start_of(first.start)
        if self.text[start : first.start].strip():  # it stands behind the dash of a row
            return self.lines.end_of(self.end_of(first) - 1)
        return start

    def past_example(self, node: MapNode, key: str, at: int) -> int:
        """After the commented example of a key, which a new file has in the place where the key belongs."""
        column = self.lines.column(node.entries[0].start)
        example = re.compile(rf" {{{column}}}# ?{re.escape(key)}:")
        goes_on = re.compile(rf" {{{column}}}# (?:  |- )")
        following = [one.start for one in node.entries if one.start >= at]
        limit = self.lines.start_of(min(following)) if following else len(self.text)
        found = 0
        for start in self.lines.between(at, limit):
            line = self.text[start : self.lines.end_of(start)]
            if example.match(line) or (found == start and goes_on.match(line)):
                found = self.lines.end_of(start)
            elif line.strip() and not line.lstrip().startswith("#"):
                break
        return found or at

    # -- single values ------------------------------------------------------------------------------------------------

    def scalar(self, node: ScalarNode, value: str, held: KeyedNode | None) -> Cut:
        flow = self.in_flow(node)
        if held is not None and not flow and node.value is None:
            return self.after(held, value)
        column = self.lines.column(held.start) if held else self.lines.column(self.dash_of(node))
        indent = " " * (column + 2)
        style = node.style
        block = None if flow else long_text(value, self.own_indent(node) or indent, self.lines.newline, style)
        remark = f"  {remark}" if (remark := self.behind_mark(node)) else ""
        if block is not None and not self.rest(node.end).strip():
            first, line_end, rest = block.partition(self.lines.newline)
            return Cut(node.start, node.end, f"{first}{remark}{line_end}{rest}")
        keep = style if style in ("'", '"') else ""
        return Cut(node.start, node.end, on_one_line(value, keep, flow) + remark)

    def rest(self, at: int) -> str:
        return self.text[at : self.lines.end_of(at)] if at < len(self.text) else ""

    def own_indent(self, node: ScalarNode) -> str:
        """The spaces before the lines of a block as it is written."""
        if node.style not in ("|", ">"):
            return ""
        first = self.text[self.lines.end_of(node.start) : node.end]
        found = re.match(r"(?:[ \t]*(?:\r\n|\r|\n))*( +)", first)
        return found[1] if found else ""

    def in_flow(self, node: ScalarNode) -> bool:
        return node.start in self.flow_places

    @property
    def flow_places(self) -> frozenset[int]:
        """Where the values in brackets and braces stand."""
        if not hasattr(self, "_flow_places"):
            root, _ = layout(self.text)
            self._flow_places = frozenset(_flow(root, False))
        return self._flow_places

    def dash_of(self, node: Node) -> int:
        """The dash before an item: the last one on its line that only spaces and dashes come before."""
        start = self.lines.start_of(node.start)
        at = self.text.rfind("-", start, node.start)
        if at < 0:
            raise NoPlaceForIt("its dash is on another line")
        return at

    # -- lists --------------------------------------------------------------------------------------------------------

    def list_(self, node: ListNode, wanted: list[Any], shape: Shape | None) -> list[Cut]:
        item = shape.item() if shape else None
        pairs = aligned([written(one) for one in node.items], wanted)
        if [old for old, _ in pairs] == list(range(len(node.items))):
            both = ((node.items[old], value) for old, value in pairs if old is not None)
            return [cut for one, value in both if not same(written(one), value) for cut in self.item(one, value, item)]
        return self.brackets(node, pairs, item) if node.flow else self.rows(node, pairs, item)

    def item(self, node: Node, value: Any, shape: Shape | None) -> list[Cut]:
        """One item that holds other data; a row whose form does not allow it is written anew from its dash on."""
        try:
            return self.value(node, value, shape, None)
        except NoPlaceForIt:
            if self.in_braces(node):
                if "#" in self.text[node.start : node.end]:
                    raise
                return [Cut(node.start, node.end, on_one_line(value, flow=True))]
            dash = self.dash_of(node)
            if "#" in self.text[dash : node.end]:
                raise
            indent = " " * self.lines.column(dash)
            return [Cut(dash, node.end, row(value, indent, self.lines.newline)[len(indent) :])]

    def in_braces(self, node: Node) -> bool:
        return node.start in self.flow_places

    def brackets(self, node: ListNode, pairs: list[tuple[int | None, Any]], item: Shape | None) -> list[Cut]:
        """A list in brackets with other items, each that stays as it is written."""
        pieces = [
            (old, self.piece(node.items[old], value, item) if old is not None else on_one_line(value, flow=True))
            for old, value in pairs
        ]
        return [self.in_flow_style(node, [(one.start, one.end) for one in node.items], pieces)]

    def in_flow_style(
        self, node: Node, spans: Sequence[tuple[int, int]], pieces: Sequence[tuple[int | None, str]]
    ) -> Cut:
        """What stands in brackets or braces with other pieces; what is between those that stay is kept."""
        if self.text[node.start : node.start + 1] not in ("[", "{"):
            raise NoPlaceForIt("it is written once and used in several places (`&`)")
        gaps = [self.text[a[1] : b[0]] for a, b in pairwise(spans)]
        start, end = (spans[0][0], spans[-1][1]) if spans else (node.start + 1, node.end - 1)
        if not spans and self.text[start:end].strip():
            raise NoPlaceForIt("there is a remark between the brackets")
        kept = [old for old, _ in pieces if old is not None]
        moved = kept != sorted(kept)
        made = ""
        used: set[int] = set()
        for at, (old, piece) in enumerate(pieces):
            apart = ", "
            if moved and len(pieces) == len(spans):
                apart, used = gaps[at - 1] if at else "", used | {at - 1}
            elif old and not moved:
                apart, used = gaps[old - 1], used | {old - 1}
            elif not at:
                apart = ""
            if not at and apart:  # what stood before it is gone: the remark stays, the comma does not
                apart = _FIRST_COMMA.sub(r"\1", apart, count=1) if "#" in apart else ""
            made += apart + piece
        if any("#" in gap for n, gap in enumerate(gaps) if n not in used or not pieces):
            raise NoPlaceForIt("there are remarks between the brackets of this list")
        return Cut(start, end, made)

    def piece(self, node: Node, value: Any, shape: Shape | None) -> str:
        cuts = [] if same(written(node), value) else self.item(node, value, shape)
        return applied(self.text, cuts, node.start, node.end)

    def braces(self, node: MapNode, wanted: Mapping[str, Any], shape: Shape | None) -> list[Cut]:
        """A row in braces with other keys, each that stays as it is written."""
        order = shape.names if shape else []
        names = [one.key for one in node.entries if wanted.get(one.key) is not None or written(one.node) is None]
        for key in wanted:
            if wanted[key] is not None and key not in names:
                before = order[: order.index(key)] if key in order else names
                after = [names.index(name) + 1 for name in names if name in before]
                names.insert(max(after, default=0), key)
        numbers = {one.key: number for number, one in enumerate(node.entries)}
        pieces: list[tuple[int | None, str]] = []
        for name in names:
            held = node.entry(name)
            if held is None:
                pieces.append((None, f"{on_one_line(name, flow=True)}: {on_one_line(wanted[name], flow=True)}"))
            else:
                cuts = self.under(held, wanted, shape)
                pieces.append((numbers[name], applied(self.text, cuts, held.start, self.end_of(held))))
        return [self.in_flow_style(node, [(one.start, self.end_of(one)) for one in node.entries], pieces)]

    def rows(self, node: ListNode, pairs: list[tuple[int | None, Any]], item: Shape | None) -> list[Cut]:
        """A list behind dashes with other items: those that stay keep their lines, with the remarks above them."""
        spans = self.spans(node)
        indent = " " * self.lines.column(node.start)
        newline = self.lines.newline
        parts: list[str] = []
        kept = {old for old, _ in pairs if old is not None}
        for old, value in pairs:
            if old is None:
                parts.append(self.fresh(node, value, indent) + newline)
                continue
            lead, _, end = spans[old]
            cuts = [] if same(written(node.items[old]), value) else self.item(node.items[old], value, item)
            text = applied(self.text, cuts, lead, end)
            text = indent + text if lead > self.lines.start_of(lead) else text
            parts.append(text if text.endswith(("\n", "\r")) else text + newline)
        lost = [self.text[lead:dash] for number, (lead, dash, _) in enumerate(spans) if number not in kept]
        remarks = "".join(text for text in lost if "#" in text)
        start, end = spans[0][0], spans[-1][2]
        new = remarks + "".join(parts)
        if start > self.lines.start_of(start):  # behind the dash of another list
            if not new.startswith(f"{indent}-"):
                raise NoPlaceForIt("a remark would stand behind a dash")
            new = new.removeprefix(indent)
        return [Cut(start, end, new if self.text[end - 1] in "\r\n" else new.removesuffix(newline))]

    def fresh(self, node: ListNode, value: Any, indent: str) -> str:
        """A new row in the manner of its neighbours: in braces where they are and it fits on a line."""
        if isinstance(value, Mapping) and all(isinstance(one, MapNode) and one.flow for one in node.items):
            line = f"{indent}- {on_one_line(value)}"
            if len(line) <= WIDTH and "\\n" not in line:
                return line
        return row(value, indent, self.lines.newline)

    def spans(self, node: ListNode) -> list[tuple[int, int, int]]:
        """For each item where the remarks above it begin, where the line of its dash begins, and where it ends."""
        column = self.lines.column(node.start)
        spans = []
        lead = self.lines.start_of(node.start)
        behind_a_dash = bool(self.text[lead : node.start].strip())
        lead = node.start if behind_a_dash else lead
        for number, item in enumerate(node.items):
            dash = max(
                (at for at in self.lines.between(lead, item.start + 1) if self.is_dash(at, column)), default=None
            )
            dash = self.lines.start_of(lead) if behind_a_dash and not number else dash
            if dash is None:
                raise NoPlaceForIt("the rows of this list could not be told apart")
            end = self.lines.end_of(max(item.end, dash + column + 1) - 1)
            spans.append((lead, dash, end))
            lead = end
        return spans

    def is_dash(self, line: int, column: int) -> bool:
        return self.text[line : line + column].strip() == "" and self.text[line + column : line + column + 1] == "-"


_FIRST_COMMA = re.compile(r"\A((?:[^#,]|#[^\r\n]*+)*+),")
"""The comma between two values in brackets, which may stand behind a remark."""


def _flow(node: Node, inside: bool) -> list[int]:
    """Where each value stands that is in brackets or braces."""
    found = [node.start] if inside else []
    if isinstance(node, ScalarNode):
        return found
    held = node.items if isinstance(node, ListNode) else [one.node for one in node.entries]
    return found + [at for below in held for at in _flow(below, inside or node.flow)]
