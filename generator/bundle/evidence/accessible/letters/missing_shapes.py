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
    rb"<<(?:[^<>()]|<[0-9A-Fa-f\s]*+>|\((?:\\.|[^\\()])*+\))*+>>"  # a mark's language or words: nothing that is shown
    rb"|/([^\s/<>\[\]()%]++)\s++(?:[-+.\d]++\s++Tf|(Do))\b"
    rb"|(?<!<)<([0-9A-Fa-f\s]*+)>(?!>)"
    rb"|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*+\))*+)\)?+"  # one that is never closed is not looked at again from inside
    rb"|(?<![^\s\])>])([qQ])(?![^\s/\[(<])",
    re.DOTALL,
)
_DEEP = 12
"""Forms within forms, as deep as a page's content is followed."""
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r\n|\r|\n)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def codes_shown(page: pikepdf.Page) -> Iterator[tuple[Any, set[int]]]:
    """Each font of a page's content and of the forms that it draws, with the codes that are shown in it."""
    shown = _Shown()
    shown.read(_content(page), page.resources, None, 0)
    yield from shown.fonts.values()


class _Shown:
    """What one page shows: its fonts with their codes, and the forms that were read with the font around them."""

    def __init__(self) -> None:
        self.fonts: dict[Any, tuple[Any, set[int]]] = {}
        self.forms: set[tuple[Any, Any]] = set()

    def read(self, content: bytes, resources: Any, font: Any, depth: int) -> None:
        """Follow a content; `font` is the one that counts at its beginning."""
        fonts, things = _held(resources, "/Font"), _held(resources, "/XObject")
        before = [font]
        for mark in _SHOWN.finditer(content):
            if mark[5] == b"q":
                before.append(font)
            elif mark[5] == b"Q":
                font = before.pop() if len(before) > 1 else font
            elif mark[2] is not None:
                self._draw(things.get("/" + mark[1].decode("latin-1")), resources, font, depth)
            elif mark[1] is not None:
                font = fonts.get("/" + mark[1].decode("latin-1"))
            elif isinstance(font, Dictionary) and (mark[3] is not None or mark[4] is not None):
                self._show(font, _bytes(mark))

    def _show(self, font: Any, data: bytes) -> None:
        wide = str(font.get("/Subtype")) == "/Type0"
        codes = {data[n] << 8 | data[n + 1] for n in range(0, len(data) - 1, 2)} if wide else set(data)
        self.fonts.setdefault(_identity(font), (font, set()))[1].update(codes)

    def _draw(self, form: Any, resources: Any, font: Any, depth: int) -> None:
        """A form begins with the font that counts where it is drawn, and may use what the page has."""
        if not isinstance(form, pikepdf.Stream) or str(form.get("/Subtype")) != "/Form" or depth >= _DEEP:
            return
        drawn = (form.objgen, _identity(font) if isinstance(font, Dictionary) else None)
        if drawn in self.forms:
            return
        self.forms.add(drawn)
        try:
            content = form.read_bytes()
        except pikepdf.PdfError:
            return
        self.read(content, form.get("/Resources", resources), font, depth + 1)


def _identity(font: Any) -> Any:
    """A font's number in the file; one that is written directly in its place is known by what it says."""
    return font.objgen if font.is_indirect else font.unparse()


def _held(resources: Any, kind: str) -> Any:
    held = resources.get(kind) if isinstance(resources, Dictionary) else None
    return held if isinstance(held, Dictionary) else {}


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    try:
        return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    except pikepdf.PdfError:
        return b""


def _bytes(mark: re.Match[bytes]) -> bytes:
    if mark[3] is not None:
        digits = re.sub(rb"\s", b"", mark[3])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return _ESCAPE.sub(_escaped, mark[4])


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
        tables = tables_of(bytes(file.read_bytes()))
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


class Tables:
    """A TrueType font's ways from a code to a shape, and the shapes' widths."""

    def __init__(self, data: bytes) -> None:
        from fontTools.ttLib import TTFont

        font = TTFont(io.BytesIO(data), lazy=True)
        tables = font["cmap"].tables if "cmap" in font else []
        self.maps = {(one.platformID, one.platEncID): one.cmap for one in tables}
        self.order = font.getGlyphOrder()
        self.names, self.first = set(self.order), self.order[0]
        scale = 1000 / font["head"].unitsPerEm if "head" in font else 1.0
        metrics = font["hmtx"].metrics if "hmtx" in font else {}
        self.widths = {name: metric[0] * scale for name, metric in metrics.items()}
        """Of every shape, in thousandths of the letters' size."""


@lru_cache(maxsize=64)
def tables_of(data: bytes) -> Tables:
    """The tables of a font, read once; whatever a library raises where they are broken."""
    return Tables(data)


def _has_shape(code: int, encoding: Any, tables: Tables) -> bool:
    """ISO 32000-1, 9.6.6.4: by the letter's name where the font has an encoding, else by the code itself."""
    if encoding is None:
        ways = [tables.maps.get((3, 0), {}).get(high + code) for high in (0, 0xF000, 0xF100, 0xF200)]
        ways.append(tables.maps.get((1, 0), {}).get(code))
        known = {(3, 0), (1, 0)} & tables.maps.keys()  # with neither, each program has a way of its own
        return not known or any(way is not None and way != tables.first for way in ways)
    name = letter_name(encoding, code)
    if name is None:
        return True
    if name == ".notdef":
        return False
    text = _letters(name)
    ways = [tables.maps.get((3, 1), {}).get(ord(text)) if len(text) == 1 else None]
    ways += [tables.maps.get((3, 0), {}).get(0xF000 + code), tables.maps.get((1, 0), {}).get(code)]
    return name in tables.names or any(way is not None and way != tables.first for way in ways)


def letter_name(encoding: Any, code: int) -> str | None:
    """The name of a code's letter; None where the encoding is none that we know."""
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
    return _usual_name(str(base), code)


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    """What a glyph's name means."""
    from fontTools.agl import toUnicode

    return str(toUnicode(name))


@lru_cache(maxsize=1024)
def _usual_name(base: str, code: int) -> str | None:
    """The name of a code's letter in one of PDF's own encodings; None for another."""
    from fontTools.agl import UV2AGL

    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(base)
    if codec is None:
        return None
    if code in (0xA0, 0xAD):
        return "space" if code == 0xA0 else "hyphen"
    return str(UV2AGL.get(ord(bytes([code]).decode(codec, "replace")), "bullet" if code > 31 else ".notdef"))
