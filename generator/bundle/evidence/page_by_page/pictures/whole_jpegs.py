"""Whether a JPEG is there whole: one that breaks off, or has a hole filled with zeros, decodes to grey or to stripes.

Decoders say nothing of it where an end was put behind the rest, as programs do that mend or fetch files. The marks and
codes are those of ITU-T T.81.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageChops

UNREADABLE = "it cannot be read"
CUT = "it breaks off before its end"
_HOLE = "a part of it did not arrive and is filled with zeros"
_FAILURES = (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, Image.DecompressionBombError)
_ROWS = 32
"""Rows at the foot that a file without its last bytes may lack: the two bytes that say "end" are often left out."""
_END, _OTHER = b"\xff\xd9", b"\x55" * 2048
_ZEROS = bytes(256)
_SOF, _PROGRESSIVE, _DHT, _DRI, _SOS, _EOI = (0xC0, 0xC1, 0xC2), 0xC2, 0xC4, 0xDD, 0xDA, 0xD9
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_AGAIN = re.compile(rb"\xff([\xd0-\xd7])")


def jpeg_fault(data: bytes) -> str:
    """What is wrong with a JPEG, found by decoding it; "" for one that is whole.

    Zeros at the end are no data: decoders take them for grey points and say nothing.
    """
    data = data.rstrip(b"\x00")
    try:
        shown = _decoded(data)
    except _FAILURES as error:
        if "truncated" not in str(error):
            return UNREADABLE
    else:
        try:
            return _of_scans(data, shown)
        except _FAILURES:
            return ""  # its segments cannot be told apart, and it can be shown
    try:
        progressive, high = _height(data)
        there = _rows_alike(_decoded(data + _END), _decoded(data + _OTHER + _END), high)
    except _FAILURES:
        return CUT
    return CUT if progressive else _cut_at(there, high)


def _cut_at(there: int, high: int) -> str:
    return "" if there >= high - _ROWS else f"{CUT}, after {100 * there // max(1, high)} % of its height"


def _decoded(data: bytes) -> Image.Image:
    """Decoded at an eighth of its size, for which all of its data are read."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "MPO")) as image:
        image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
        return image.copy()


def _height(data: bytes) -> tuple[bool, int]:
    """Does it come in passes over its whole height, so that it grows poorer and no shorter? And its rows."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "MPO")) as image:
        return bool(image.info.get("progressive")), image.height


def _rows_alike(one: Image.Image, other: Image.Image, high: int) -> int:
    """The rows, in points of the whole picture, down to which two decoded pictures show the same."""
    box = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()
    return high if box is None else box[1] * high // max(1, one.height)


# --- what its segments say --------------------------------------------------------------------------------------------


@dataclass
class _Scan:
    """One pass over the picture: its colours, which frequencies and bits it brings, and where its data stand."""

    colours: tuple[int, ...]
    first: int
    last: int
    before: int
    bit: int
    begin: int
    end: int
    zeros: frozenset[int]
    """What eight zero bits and more mean in the tables for all but the first frequency."""


@dataclass
class _Segments:
    progressive: bool = False
    colours: tuple[int, ...] = ()
    again: int = 0
    scans: list[_Scan] = field(default_factory=list)


def _read(data: bytes) -> _Segments:
    """The frame and the scans up to the end; IndexError or ValueError for what is not built so."""
    found, tables, at = _Segments(), dict[int, int](), 2
    while data[at] != 0xFF or data[at + 1] in (0x00, 0xFF):
        at += 1
    while (marker := data[at + 1]) != _EOI:
        if data[at] != 0xFF:
            raise ValueError("no mark where one should be")
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        inside = data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker in _SOF:
            found.progressive = marker == _PROGRESSIVE
            found.colours = tuple(inside[6 + 3 * n] for n in range(inside[5]))
        elif marker == _DHT:
            tables.update(_first_codes(inside))
        elif marker == _DRI:
            found.again = int.from_bytes(inside[:2], "big")
        elif marker == _SOS:
            stop = _NEXT.search(data, at)
            if stop is None:
                raise ValueError("no end")
            found.scans.append(_scan(inside, tables, at, stop.start()))
            at = stop.start()
    return found


def _first_codes(inside: bytes) -> Iterator[tuple[int, int]]:
    """Of each table of codes: its class and number, and what its code of zeros means."""
    at = 0
    while at + 17 <= len(inside):
        count = sum(inside[at + 1 : at + 17])
        if count:
            yield inside[at], inside[at + 17]
        at += 17 + count


def _scan(inside: bytes, tables: dict[int, int], begin: int, end: int) -> _Scan:
    count = inside[0]
    colours = tuple(inside[1 + 2 * n] for n in range(count))
    used = {0x10 | inside[2 + 2 * n] & 15 for n in range(count)}
    first, last, bits = inside[1 + 2 * count : 4 + 2 * count]
    zeros = frozenset(tables[one] for one in used if one in tables)
    return _Scan(colours, first, last, bits >> 4, bits & 15, begin, end, zeros)


def _of_scans(data: bytes, shown: Image.Image) -> str:
    """What is wrong with a JPEG that decodes without a complaint."""
    found = _read(data)
    if not found.scans or not found.colours:
        return ""
    last = found.scans[-1]
    if _lacks_a_pass(found):
        return f"{CUT}: its finer parts are not there"
    holes = [one for one in found.scans if _ZEROS in data[one.begin : one.end]]
    if any(_cannot_be_zeros(one, found.progressive) for one in holes) or (holes and _out_of_step(data, found)):
        return _HOLE
    if found.progressive:
        return ""
    high = _height(data)[1]
    other = _decoded(data[: last.end] + _OTHER + data[last.end :])
    if fault := _cut_at(_rows_alike(shown, other, high), high):
        return fault
    if holes and not _is_plain(
        shown
    ):  # zeros that mean a plain area: were they more than that, data would be left when the last row is full
        less = max(len(_ZEROS), (last.end - last.begin) // 50)
        short = _decoded(data[: max(last.begin, last.end - less)] + _OTHER + data[last.end :])
        return _HOLE if _rows_alike(shown, short, high) >= high else ""
    return ""


def _is_plain(image: Image.Image) -> bool:
    low, high = image.convert("L").getextrema()
    return low == high


def _lacks_a_pass(found: _Segments) -> bool:
    """True when a colour, a frequency or its last bit comes in no pass."""
    for colour in found.colours:
        own = [one for one in found.scans if colour in one.colours]
        if not own:
            return True
        if found.progressive:
            finest = [min((s.bit for s in own if s.first <= f <= s.last), default=1) for f in range(64)]
            if any(finest):
                return True
    return False


def _cannot_be_zeros(scan: _Scan, progressive: bool) -> bool:
    """True where many zeros would be a pattern that no picture has, the same in every square."""
    if progressive and (scan.first == 0 or scan.before):
        return False
    return any(bool(one & 15) or one >= 0xF0 for one in scan.zeros) if progressive else any(scan.zeros)


def _out_of_step(data: bytes, found: _Segments) -> bool:
    """True when the marks at which a decoder begins again are not in their order."""
    if not found.again:
        return False
    marks = [one[1][0] for scan in found.scans[-1:] for one in _AGAIN.finditer(data, scan.begin, scan.end)]
    return any(mark != 0xD0 + number % 8 for number, mark in enumerate(marks))
