"""JPEG 2000 pictures, as some scanners and archives write them: are they whole, and what else do they carry?

A file is a row of boxes, each with its length and kind (ISO/IEC 15444-1, annex I); the picture itself is a row of
segments (annex A) and may stand without boxes.
"""

from __future__ import annotations

from collections.abc import Iterator

_SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_START, _TILE, _END, _COMMENT = 0xFF4F, 0xFF90, 0xFFD9, 0xFF64
_NOTES = (b"uuid", b"xml ", b"uinf", b"jp2i", b"asoc", b"lbl ")
"""Kinds of box with words, not with points: `asoc` and `lbl ` (ISO/IEC 15444-2, annex M) hold places as GML."""
_HEADS = (b"jp2h", b"jpch", b"jplh")
"""Boxes that hold others."""


def cut_off(data: bytes) -> bool:
    """True when the picture ends before its tiles do."""
    picture = next((data[at:end] for kind, _, at, end in _boxes(data) if kind == b"jp2c"), data)
    tiles = 0
    for marker, at, length in _segments(picture):
        if marker == _TILE:
            tiles += 1
            long = int.from_bytes(picture[at + 6 : at + 10], "big")
            if at + long > len(picture):
                return True
        elif marker == _END:
            return False
        elif at + 2 + length > len(picture):
            return True
    return not tiles


def _segments(picture: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, place and length of each segment, without what is inside a tile."""
    at = 0
    while at + 2 <= len(picture):
        marker = int.from_bytes(picture[at : at + 2], "big")
        length = int.from_bytes(picture[at + 2 : at + 4], "big") if marker not in (_START, _END) else 0
        yield marker, at, length
        if marker == _END or marker >> 8 != 0xFF:
            return
        if marker == _TILE:
            long = int.from_bytes(picture[at + 6 : at + 10], "big")
            if not long:  # this tile goes on to the end
                return
            at += max(long, 12)
        else:
            at += 2 + length


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, begin, begin of what is inside, and end of each box of a file."""
    yield from _row(data) if data.startswith(_SIGNATURE) else ()


def _row(data: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """The same of a row of boxes."""
    at = 0
    while at + 8 <= len(data):
        length, head = int.from_bytes(data[at : at + 4], "big"), 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = len(data) if length == 0 else min(len(data), at + length)
        if end <= at:
            return
        yield data[at + 4 : at + 8], at, at + head, end
        at = end


def without_notes(data: bytes) -> bytes:
    """The same picture without places, cameras' notes and comments; not a point changes."""
    if not data.startswith(_SIGNATURE):
        return _without_comments(data)
    return _kept(data)


def _kept(row: bytes) -> bytes:
    """A row of boxes without notes, also without those inside heads."""
    kept = []
    for kind, begin, inside, end in _row(row):
        if kind in _HEADS or kind == b"jp2c":
            held = (_kept if kind in _HEADS else _without_comments)(row[inside:end])
            kept.append((len(held) + 8).to_bytes(4, "big") + kind + held)
        elif kind not in _NOTES:
            kept.append(row[begin:end])
    return b"".join(kept)


def _without_comments(picture: bytes) -> bytes:
    """The picture without the comments of its head."""
    at, kept = 2, [picture[:2]]
    if int.from_bytes(picture[:2], "big") != _START:
        return picture
    while at + 4 <= len(picture):
        marker, length = int.from_bytes(picture[at : at + 2], "big"), int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker == _TILE or marker >> 8 != 0xFF or length < 2:
            break
        if marker != _COMMENT:
            kept.append(picture[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, picture[at:]])
