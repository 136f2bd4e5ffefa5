"""The strips of a TIFF that did not arrive whole, in ways that decoders do not notice."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.bundle.evidence.page_by_page.pictures.whole_jpegs import CUT, UNREADABLE, jpeg_fault

_COMPRESSION, _LIGHT, _SAMPLES, _PLANES, _TABLES = 259, 262, 277, 284, 347
_EACH_BY_ITSELF = 2
_PLACES = ((273, 279), (324, 325))
"""Where strips begin and how long they are, and the same for tiles (TIFF 6.0, sections 8 and 15)."""
_PLAIN, _JPEG = 1, 7
_DEFLATE = (8, 32946)
_FILLED_UP = bytes(32)
_AT_ONCE = 1 << 22
_ZERO_IS_BLACK = (1, 2)
_WHOLE = 95
"""Hundredths of its points from which a picture is taken to be there."""


def strip_fault(tags: Mapping[int, Any], content: bytes) -> str:
    """What is wrong with the first packed strip that breaks off or was filled up; "" where none was."""
    if tags.get(_COMPRESSION) in _DEFLATE:
        return next(filter(None, map(_deflate_fault, _strips(tags, content))), "")
    if tags.get(_COMPRESSION) != _JPEG:
        return ""
    tables = bytes(tags.get(_TABLES, b""))[:-2]  # without its mark of the end
    for data in _strips(tags, content):
        fault = jpeg_fault(tables + data[2:] if tables else data)
        if fault and fault != UNREADABLE:
            return fault
    return ""


def _deflate_fault(data: bytes) -> str:
    """Zeros behind what arrived can be read as points without end: a strip that is whole ends, and its sum agrees."""
    machine, rest = zlib.decompressobj(), data
    try:
        while rest and not machine.eof:
            machine.decompress(rest, _AT_ONCE)
            rest = machine.unconsumed_tail
    except zlib.error:
        return CUT
    return CUT if not machine.eof and data.endswith(_FILLED_UP) else ""


def not_arrived(tags: Mapping[int, Any], content: bytes) -> str:
    """What of a picture of plain points is black and may not have arrived: “is black below 60 % of its height”.

    A file that is written before all of it is there ends in zeros, and zeros are black. Where each colour is kept by
    itself (TIFF 6.0, PlanarConfiguration 2), those that are written last are missing first.
    """
    if tags.get(_COMPRESSION, _PLAIN) != _PLAIN or tags.get(_LIGHT) not in _ZERO_IS_BLACK:
        return ""
    strips = list(_strips(tags, content))
    planes = int(tags.get(_SAMPLES, 1)) if tags.get(_PLANES, 1) == _EACH_BY_ITSELF else 1
    if planes < 1 or len(strips) % planes:
        return ""
    size = len(strips) // planes
    shares = [_share_there(b"".join(strips[at : at + size])) for at in range(0, len(strips), size or 1)]
    begun = [share for share in shares if share]
    if begun and max(begun) < _WHOLE:
        return f"is black below {max(begun):.0f} % of its height"
    return f"lacks a colour below {begun[-1]:.0f} % of its height" if begun and begun[-1] < _WHOLE else ""


def _share_there(data: bytes) -> float:
    """How many hundredths of some points there are up to the last that is not black."""
    return 100 * len(data.rstrip(b"\x00")) / len(data) if data else 0


def _strips(tags: Mapping[int, Any], content: bytes) -> Iterator[bytes]:
    for begins, lengths in _PLACES:
        for at, length in zip(tags.get(begins, ()), tags.get(lengths, ()), strict=False):
            yield content[at : at + length]
