"""Findings at their fields: from the line and column of a finding to the question that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.problems import Problem
from generator.records.schema.schema_view import Shape
from generator.records.yaml_text.yaml_layout import Lines, ListNode, MapNode, Node, NoPlaceForIt, layout
from generator.records.yaml_text.yaml_reader import decode
from generator.web.record_form.fields import Field

Way = tuple[str | int, ...]


_ADDED = re.compile(
    r"`([a-z][a-z0-9_]*):?`|(?<![\w`“/])([a-z]+(?:_[a-z]+)+)(?![\w`]|\.[a-z])|\bunder ([a-z]+)\b|\badd ([a-z]+):"
)
"""A name of the file in a hint: `baseline:`, next_meeting, under adjustments, add links:."""


def keys_meant(problem: Problem, shape: Shape) -> tuple[str | int, ...]:
    """The keys to what a finding asks to be written: what its hint names, beside what it is about or in it."""
    way: list[tuple[tuple[str | int, ...], Shape]] = [((), shape)]
    for number, step in enumerate(problem.keys):
        inner = way[-1][1].item() if isinstance(step, int) else way[-1][1].property(step)
        if inner is None:
            break
        way.append((problem.keys[: number + 1], inner))
    for match in _ADDED.finditer(problem.hint):
        name = next(filter(None, match.groups()))
        for keys, inner in reversed(way):
            if name in inner.names:
                return problem.keys if name in problem.keys else (*keys, name)
    return problem.keys


def at_fields(
    problems: Iterable[Problem],
    content: bytes,
    fields: Sequence[Field],
    order: Mapping[str, Sequence[str]],
    shape: Shape,
) -> dict[str, list[Problem]]:
    """The findings about one file by the name of the field that each stands at; "" for those about the whole file.

    `order` tells which row of the form each row of a list is, where rows were moved or taken out.
    """
    try:
        root, lines = layout(decode(content))
    except (NoPlaceForIt, ValueError):
        return {"": list(problems)}
    names = {one.name for top in fields for one in top.inside() if one.kind != "id"}
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        name = (
            ""
            if problem.line == 0
            else _field(_meant(_way(root, lines, problem), keys_meant(problem, shape)), names, order)
        )
        found.setdefault(name, []).append(problem)
    return found


def _meant(found: Way, keys: Way) -> Way:
    """What a finding means: the value at its place, or what is missing there, which only its keys name.

    Numbers in keys do not count empty entries of the file, as places do: with the same names, the place is right.
    """
    steps, named = ([step for step in way if isinstance(step, str)] for way in (found, keys))
    if not keys or steps[: len(named)] == named:
        return found
    same = len(found) if steps == named[: len(steps)] and len(keys) > len(found) else 0
    return (*found[:same], *keys[same:])


def _way(root: Node, lines: Lines, problem: Problem) -> Way:
    """The keys that lead to what stands at a line and column: the deepest value that begins there or around it."""
    at = lines.offset(problem.line - 1, problem.column - 1)
    way: Way = ()
    node: Node | None = root
    while node is not None:
        step, node = _inside(node, at)
        way = way if step is None else (*way, step)
    return way


def _inside(node: Node, at: int) -> tuple[str | int | None, Node | None]:
    if isinstance(node, MapNode):
        for one in node.entries:
            if one.start <= at < max(one.node.end, one.key_end + 1):
                return one.key, (one.node if at >= one.node.start and at > one.key_end else None)
    elif isinstance(node, ListNode):
        held = [
            (number, item) for number, item in enumerate(node.items) if item.start <= at < max(item.end, item.start + 1)
        ]
        if held:
            return held[0]
    return None, None


def _field(way: Way, names: set[str], order: Mapping[str, Sequence[str]]) -> str:
    """The name of the nearest field at or above a way."""
    name, best = "", ""
    for step in way:
        if isinstance(step, int):
            numbers = order.get(name)
            shown = numbers[step] if numbers and step < len(numbers) else str(step)
        else:
            shown = step
        name = f"{name}/{shown}" if name else str(shown)
        best = name if name in names else best
    return best
