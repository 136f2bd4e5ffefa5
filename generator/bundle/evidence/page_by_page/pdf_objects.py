"""Every dictionary in a PDF, wherever it is kept."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
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


def number_of(value: Any, default: float = 0) -> float:
    """A number of a PDF; the default where something else stands in its place, as a name or a text."""
    known = isinstance(value, int | float | Decimal) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if known else default


def box_of(value: Any) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of a rectangle in points; None of what is not four numbers."""
    numbers = [number_of(one, math.nan) for one in value] if isinstance(value, Array) else []
    if len(numbers) != 4 or any(map(math.isnan, numbers)):
        return None
    a, b, c, d = numbers
    return min(a, c), min(b, d), max(a, c), max(b, d)


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
