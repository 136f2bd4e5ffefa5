"""A pack as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.authorities.pack import Pack
from generator.values.formatting import date as in_words

_LEFT_OUT = ("documents", "words", "id", "name", "extends", "version", "checked", "note", "sources")


def pack_lines(pack: Pack) -> Iterator[str]:
    """Everything that a pack and those it extends say, then where it comes from."""
    data = pack.data
    yield f"{data['name']} ({pack.id}), version {data['version']}"
    checked = data.get("checked")
    yield f"Compared with its pages: {in_words(checked) if isinstance(checked, date) else 'not yet'}"
    if len(pack.chain) > 1:
        yield f"Builds on: {', '.join(pack.chain[1:])}"
    if data.get("note"):
        yield from ("", str(data["note"]).strip())
    for key, value in data.items():
        if key not in _LEFT_OUT:
            yield from ("", key.replace("_", " ").capitalize(), *_lines(value, 1))
    yield from ("", "Words", *(f"  {name}: {text}" for name, text in sorted(pack.words.items())))
    yield from ("", "Documents", *(f"  {row['id']}: {row['title']}" for row in pack.documents))
    yield from ("", "Sources", *_sources(data))


def _sources(data: Mapping[str, Any]) -> Iterator[str]:
    rows = data.get("sources", ())
    if not rows:
        yield "  none of its own"
    for row in rows:
        yield f"  {row['what']}: {row['address']}"


def _lines(value: Any, depth: int) -> Iterator[str]:
    space = "  " * depth
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, Mapping | list) and inner:
                yield f"{space}{str(key).replace('_', ' ')}:"
                yield from _lines(inner, depth + 1)
            else:
                yield f"{space}{str(key).replace('_', ' ')}: {_plain(inner)}"
    elif isinstance(value, list):
        for row in value:
            yield f"{space}- {', '.join(_cells(row)) if isinstance(row, Mapping) else _plain(row)}"
    else:
        yield f"{space}{_plain(value)}"


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else _plain(value)
        yield shown if key in ("id", "title") else f"{str(key).replace('_', ' ')}: {shown}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(in_words(value)) if isinstance(value, date) else str(value)
