"""Codes of a page's text for which the font in the file has no shape (`.notdef`; ISO 14289-1, 7.21.8)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

_SHOWN = re.compile(
    rb"/([^\s/<>\[\]()%]+)\s+[-+.\d]+\s+Tf\b"
    rb"|(?<!<)<([0-9A-Fa-f\s]*)>(?!>)"
    rb"|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r\n|\r|\n)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def codes_shown(page: pikepdf.Page) -> Iterator[tuple[Any, set[int]]]:
    """Each font of a page's own content, with the codes that are shown in it."""
    fonts = page.resources.get("/Font")
    if not isinstance(fonts, Dictionary):
        return
    found: dict[str, set[int]] = {}
    now = ""
    for mark in _SHOWN.finditer(_content(page)):
        if mark[1] is not None:
            now = "/" + mark[1].decode("latin-1")
            continue
        font = fonts.get(now)
        if isinstance(font, Dictionary):
            data = _bytes(mark)
            wide = str(font.get("/Subtype")) == "/Type0"
            codes = {data[n] << 8 | data[n + 1] for n in range(0, len(data) - 1, 2)} if wide else set(data)
            found.setdefault(now, set()).update(codes)
    for name, codes in found.items():
        yield fonts[name], codes


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    try:
        return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    except pikepdf.PdfError:
        return b""


def _bytes(mark: re.Match[bytes]) -> bytes:
    if mark[2] is not None:
        digits = re.sub(rb"\s", b"", mark[2])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return _ESCAPE.sub(_escaped, mark[3])


def _escaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 255])
    return b"" if sign in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(sign, sign)


def without_shape(font: Any, codes: set[int]) -> bool:
    """True when one of the codes is shown as `.notdef`; False where that cannot be told."""
    kind = str(font.get("/Subtype"))
    if kind == "/Type0":
        return _wide_without_shape(font, codes)
    encoding = font.get("/Encoding")
    if _named_notdef(encoding, codes):
        return True
    descriptor = font.get("/FontDescriptor")
    file = descriptor.get("/FontFile2") if isinstance(descriptor, Dictionary) else None
    if kind != "/TrueType" or file is None:
        return False
    try:
        tables = _tables(bytes(file.read_bytes()))
    except Exception:  # noqa: BLE001 - a font that cannot be read is one about which nothing can be told
        return False
    return any(not _has_shape(code, encoding, tables) for code in codes)


def _wide_without_shape(font: Any, codes: set[int]) -> bool:
    if not str(font.get("/Encoding")).startswith("/Identity"):
        return False
    return 0 in codes


def _named_notdef(encoding: Any, codes: set[int]) -> bool:
    code = 0
    for value in encoding.get("/Differences", []) if isinstance(encoding, Dictionary) else []:
        if isinstance(value, pikepdf.Name):
            if value == "/.notdef" and code in codes:
                return True
            code += 1
        else:
            code = int(value)
    return False


class _Tables:
    """A TrueType font's ways from a code to a shape."""

    def __init__(self, data: bytes) -> None:
        from fontTools.ttLib import TTFont

        font = TTFont(io.BytesIO(data), lazy=True)
        tables = font["cmap"].tables if "cmap" in font else []
        self.maps = {(one.platformID, one.platEncID): one.cmap for one in tables}
        self.names = set(font.getGlyphOrder())
        self.first = font.getGlyphOrder()[0]


@lru_cache(maxsize=64)
def _tables(data: bytes) -> _Tables:
    return _Tables(data)


def _has_shape(code: int, encoding: Any, tables: _Tables) -> bool:
    """ISO 32000-1, 9.6.6.4: by the letter's name where the font has an encoding, else by the code itself."""
    if encoding is None:
        ways = [tables.maps.get((3, 0), {}).get(high + code) for high in (0, 0xF000, 0xF100, 0xF200)]
        ways.append(tables.maps.get((1, 0), {}).get(code))
        known = {(3, 0), (1, 0)} & tables.maps.keys()  # with neither, each program has a way of its own
        return not known or any(way is not None and way != tables.first for way in ways)
    name = _name(encoding, code)
    if name is None:
        return True
    if name == ".notdef":
        return False
    from fontTools.agl import toUnicode

    text = toUnicode(name)
    ways = [tables.maps.get((3, 1), {}).get(ord(text)) if len(text) == 1 else None]
    ways += [tables.maps.get((3, 0), {}).get(0xF000 + code), tables.maps.get((1, 0), {}).get(code)]
    return name in tables.names or any(way is not None and way != tables.first for way in ways)


def _name(encoding: Any, code: int) -> str | None:
    """The name of a code's letter; None where the encoding is none that we know."""
    from fontTools.agl import UV2AGL

    found, at = None, 0
    for value in encoding.get("/Differences", []) if isinstance(encoding, Dictionary) else []:
        if isinstance(value, pikepdf.Name):
            found = str(value)[1:] if at == code else found
            at += 1
        else:
            at = int(value)
    if found is not None:
        return found
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(str(base))
    if codec is None:
        return None
    if code in (0xA0, 0xAD):
        return "space" if code == 0xA0 else "hyphen"
    return str(UV2AGL.get(ord(bytes([code]).decode(codec, "replace")), "bullet" if code > 31 else ".notdef"))
