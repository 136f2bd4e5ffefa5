"""Every dictionary in a PDF, wherever it is kept."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator
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


def strings_and_names(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Every string but those that pages draw: the object it is written in, what holds it there, its key, itself.

    Bytes that are no words are passed over: a palette holds every name by chance, and a picture needs it as it is.
    With them names that may be those of people: of two words, and none of the standard's own.
    By such a name a thing may also be kept; it comes as itself then, held by what it keeps the thing in, under None.
    """
    for thing, holder, key, value in _held(pdf):
        if (isinstance(value, pikepdf.String) and not _is_of_bytes(holder, key)) or (
            isinstance(value, Name) and key not in _OF_THE_STANDARD and may_name_a_person(name_of(value))
        ):
            yield thing, holder, key, value
        elif key in _KEPT_BY_NAME and isinstance(value, Dictionary):
            for name in filter(may_name_a_person, value.keys()):
                yield thing, value, None, Name(name)


def may_name_a_person(name: str) -> bool:
    """True of a PDF's name (`/JordanPeters`) that has two words and is no value that the standard names."""
    return name not in _VALUES and _TWO_WORDS.fullmatch(name) is not None


_KEPT_BY_NAME = frozenset((
    "/Properties", "/XObject", "/Font", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Dests",
    "/ClassMap", "/RoleMap", "/CharProcs", "/Colorants", "/N", "/D", "/R",
))  # fmt: skip
"""Where a file keeps things under names that it chooses (ISO 32000-2, 7.8.3, 8.6.6.5, 12.3.2.4, 12.5.5, 14.7)."""
_OF_THE_STANDARD = frozenset((
    "/Type", "/Subtype", "/Filter", "/Encoding", "/BaseEncoding", "/ColorSpace", "/CS", "/Alternate", "/S",
    "/RI", "/BaseFont", "/FontName", "/BM",
))  # fmt: skip
_VALUES = frozenset((
    "/ASCII85Decode", "/ASCIIHexDecode", "/CCITTFaxDecode", "/DCTDecode", "/FlateDecode", "/JBIG2Decode",
    "/JPXDecode", "/LZWDecode", "/RunLengthDecode", "/CalGray", "/CalRGB", "/DeviceCMYK", "/DeviceGray",
    "/DeviceN", "/DeviceRGB",
))  # fmt: skip
"""Those that stand in lists too, where no key says what they are: filters and kinds of colours."""
_TWO_WORDS = re.compile(r"/.*[^\W\d_]{2}(?:[^a-zA-Z]+[^\W\d_]|(?<=[a-z])[A-Z][a-z]).*")


def _held(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Every value that is no list, with the object it is written in, what holds it, and its key."""
    for thing in pdf.objects:
        holders = [thing] if isinstance(thing, (Dictionary, Array, pikepdf.Stream)) else []
        while holders:
            holder = holders.pop()
            for key, value in list(enumerate(holder)) if isinstance(holder, Array) else list(holder.items()):
                if isinstance(value, (Dictionary, Array)) and not value.is_indirect:
                    holders.append(value)
                if not isinstance(value, Array):
                    yield thing, holder, key, value


def drawings(pdf: pikepdf.Pdf, every: Iterable[Any] | None = None) -> Iterator[list[Any]]:
    """Every drawing as its streams of operators: pages, which may have several that are read as one, forms, patterns
    and drawn letters. `every` are the file's dictionaries, where they are known.
    """
    for page in pdf.pages:
        held = page.obj.get("/Contents")
        yield [one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, pikepdf.Stream)]
    for thing in dictionaries(pdf) if every is None else every:
        if isinstance(thing, pikepdf.Stream):
            if str(thing.get("/Subtype")) == "/Form" or thing.get("/PatternType") == 1:
                yield [thing]
        elif isinstance(letters := thing.get("/CharProcs"), Dictionary):
            yield from ([one] for _, one in letters.items() if isinstance(one, pikepdf.Stream))


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


def said_by(value: Any) -> str:
    """What a name or string of a PDF says, a name without its sign."""
    return name_of(value)[isinstance(value, Name) :]


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
