"""Every dictionary in a PDF, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

_DEEP = 20


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All dictionaries and streams, those written inside others too, whether or not anything uses them."""
    for thing in pdf.objects:
        if isinstance(thing, (Dictionary, Array, pikepdf.Stream)):
            yield from _inside(thing, 0)


def name_of(value: Any, default: str = "") -> str:
    """A name or string of a PDF; one in no encoding that is known, as old programs write fonts' names, byte by byte."""
    try:
        return default if value is None else str(value)
    except UnicodeDecodeError:
        return value.unparse().decode("latin-1")  # type: ignore[no-any-return]


def _inside(thing: Any, depth: int) -> Iterator[Any]:
    """A thing and what is written directly in it."""
    if isinstance(thing, Array):
        values = list(thing)
    else:
        yield thing
        values = [value for _, value in thing.items()]
    for value in values if depth < _DEEP else ():
        if isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield from _inside(value, depth + 1)
