"""Every dictionary in a PDF, wherever it is kept."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_DEEP = 20


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All dictionaries and streams, those written inside others too, whether or not anything uses them."""
    for thing in pdf.objects:
        if isinstance(thing, (Dictionary, Array, pikepdf.Stream)):
            yield from _inside(thing, 0)


def strings(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Every string but those that pages draw: the object it is written in, what holds it there, its key, itself.

    Bytes that are no words are passed over: a palette holds every name by chance, and a picture needs it as it is.
    """
    for thing, holder, key, value in _held(pdf):
        if isinstance(value, pikepdf.String) and not _is_of_bytes(holder, key):
            yield thing, holder, key, value


def strings_and_names(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any, Any, Any]]:
    """The same with names that may be those of people: of two words, and no word of the standard by its key."""
    for thing, holder, key, value in _held(pdf):
        if (isinstance(value, pikepdf.String) and not _is_of_bytes(holder, key)) or (
            isinstance(value, Name) and key not in _OF_THE_STANDARD and _TWO_WORDS.fullmatch(name_of(value))
        ):
            yield thing, holder, key, value


_STANDARD = (
    "/Type",
    "/Subtype",
    "/Filter",
    "/Encoding",
    "/BaseEncoding",
    "/ColorSpace",
    "/CS",
    "/Alternate",
    "/S",
    "/RI",
)
_OF_THE_STANDARD = frozenset((*_STANDARD, "/BaseFont", "/FontName", "/BM"))
_TWO_WORDS = re.compile(r"/.*[^\W\d_]{2}(?:[^a-zA-Z]+[^\W\d_]|(?<=[a-z])[A-Z][a-z]).*")


def _held(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Every value that is no dictionary or list, with the object it is written in, what holds it, and its key."""
    for thing in pdf.objects:
        holders = [thing] if isinstance(thing, (Dictionary, Array, pikepdf.Stream)) else []
        while holders:
            holder = holders.pop()
            for key, value in list(enumerate(holder)) if isinstance(holder, Array) else list(holder.items()):
                if isinstance(value, (Dictionary, Array)):
                    if not value.is_indirect:
                        holders.append(value)
                else:
                    yield thing, holder, key, value


_BYTES = frozenset({"/CheckSum", "/Panose", "/Cert"})


def _is_of_bytes(holder: Any, key: Any) -> bool:
    """True of a string that is a number for a program: a palette, a checksum, the shape of a font, a signature."""
    if isinstance(holder, Array):
        return key == 3 and len(holder) == 4 and holder[0] == Name.Indexed
    return key in _BYTES or (key == "/Contents" and "/ByteRange" in holder)


def as_written(pdf: pikepdf.Pdf) -> bytes:
    """The file as it is saved: every name of a dictionary can be read in it, and what nothing uses is gone.

    What is not named in it need not be looked for in tens of thousands of dictionaries. Only for what was made here:
    a file of somebody else's may be large, and what nobody sees of it is to be told.
    """
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def names_any(written: bytes, *names: str) -> bool:
    """True where a file names one of these, or may; a longer name that begins alike counts as well."""
    return any(name.encode("ascii") in written for name in names)


def listed(value: Any) -> list[Any]:
    """What stands in an array; nothing of any other thing."""
    return list(value) if isinstance(value, Array) else []


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
