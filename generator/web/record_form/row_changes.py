"""Rows of lists in an open form: one more, one less, one place up or down. Nothing is saved by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.records.schema.schema_view import Shape
from generator.web.record_form.answers import ROWS, Answers


def changed_rows(shape: Shape, tree: Mapping[str, Any], answers: Answers, todo: str) -> tuple[dict[str, Any], str]:
    """The data after `add:way`, `remove:way/number`, `up:way/number` or `down:way/number`, and which row to go to.

    Numbers are the form's; raises LookupError for what is no list of the form.
    """
    what, _, way = todo.partition(":")
    if what == "add":
        keys = _keys(way, answers)
        rows = [*_list(tree, keys), _empty(shape, keys)]
        return _put(tree, keys, rows), f"{way}/{len(rows) - 1}"
    way, _, number = way.rpartition("/")
    keys = _keys(way, answers)
    rows = list(_list(tree, keys))
    at = list(answers.get(way + ROWS, ())).index(number)
    if what == "remove":
        del rows[at]
        return _put(tree, keys, rows), f"{way}/{max(at - 1, 0)}" if rows else way
    to = max(0, at - 1) if what == "up" else min(len(rows) - 1, at + 1)
    rows.insert(to, rows.pop(at))
    return _put(tree, keys, rows), f"{way}/{to}"


def _keys(way: str, answers: Answers) -> tuple[str | int, ...]:
    """The way in the data to what the form calls by its rows' numbers."""
    keys: list[str | int] = []
    name = ""
    for step in way.split("/"):
        if step.isdecimal():
            keys.append(list(answers.get(name + ROWS, ())).index(step))
        else:
            keys.append(step)
        name = f"{name}/{step}" if name else step
    return tuple(keys)


def _list(tree: Any, keys: tuple[str | int, ...]) -> list[Any]:
    value = tree
    for key in keys:
        if value is None:
            return []
        value = value[key] if isinstance(key, int) else value.get(key)
    return list(value or [])


def _empty(shape: Shape, keys: tuple[str | int, ...]) -> Any:
    inner: Shape | None = shape
    for key in keys:
        if inner is not None:
            inner = inner.item() if isinstance(key, int) else inner.property(key)
    item = inner.item() if inner else None
    if item is None:
        raise LookupError(keys)
    return {} if "object" in item.types and not item.may_be_not_known else ""


def _put(tree: Any, keys: tuple[str | int, ...], value: Any) -> Any:
    if not keys:
        return value
    key, *rest = keys
    if isinstance(key, int):
        held = list(tree)
        held[key] = _put(held[key], tuple(rest), value)
        return held
    inner = dict(tree or {})
    inner[key] = _put(inner.get(key), tuple(rest), value)
    return inner
