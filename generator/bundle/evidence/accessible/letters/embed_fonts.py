"""Fonts put into evidence that names Arial, Helvetica, Times or Courier and does not carry them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries, name_of

FOLDER = Path(__file__).parents[1] / "stand_ins"

_FAMILIES = {
    "arial": "Sans",
    "helvetica": "Sans",
    "times": "Serif",
    "timesnewroman": "Serif",
    "courier": "Mono",
    "couriernew": "Mono",
}
_STYLES = {
    "": "Regular",
    "bold": "Bold",
    "italic": "Italic",
    "oblique": "Italic",
    "bolditalic": "BoldItalic",
    "boldoblique": "BoldItalic",
    "roman": "Regular",
    "regular": "Regular",
}
_FLAGS = {"Sans": 32, "Serif": 34, "Mono": 33}
_NEAR = 20
"""Thousandths of the size by which a width may differ before another font of that name must be meant."""


def stand_in(name: str) -> str:
    """The stand-in for a font's name, `Sans-Bold` for Arial,Bold or Helvetica-Bold; empty when there is none."""
    plain = re.sub(r"^[A-Z]{6}\+", "", name.lstrip("/")).lower().replace(" ", "")
    plain = re.sub(r"(ps)?mt(?=$|[-,])|ps(?=$|[-,])", "", plain)
    family, _, style = plain.replace(",", "-").partition("-")
    style = re.sub(r"[-,]|(ps)?mt$", "", style)
    if family in _FAMILIES and style in _STYLES:
        return f"{_FAMILIES[family]}-{_STYLES[style]}"
    return ""


def put_in(pdf: pikepdf.Pdf) -> list[str]:
    """Give every simple font that is missing its stand-in, where there is one; the names of those that were missing."""
    named: set[str] = set()
    descriptors: dict[str, Any] = {}
    for font in list(dictionaries(pdf)):
        if str(font.get("/Type")) != "/Font" or str(font.get("/Subtype")) not in ("/Type1", "/TrueType"):
            continue
        descriptor = font.get("/FontDescriptor")
        if isinstance(descriptor, Dictionary) and any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
            continue
        name = name_of(font.get("/BaseFont")).lstrip("/")
        own = stand_in(name)
        if own and _dress(pdf, font, own, descriptors):
            named.add(name)
    return sorted(named)


def _dress(pdf: pikepdf.Pdf, font: Any, own: str, descriptors: dict[str, Any]) -> bool:
    """Put the stand-in into one font; False when its codes or widths are not those of a font of that name."""
    names = _encoding(font)
    if names is None:
        return False
    known = _measures(own)
    widths = [known.widths.get(_character(name), 0) for name in names]
    if not _as_wide(font, widths):
        return False
    font.Subtype = Name.TrueType
    font.FirstChar, font.LastChar = 0, 255
    font.Widths = Array(widths)
    font.Encoding = _encoding_of(names)
    font.BaseFont = Name(f"/STANDI+StandIn{own}")
    if own not in descriptors:
        descriptors[own] = _descriptor(pdf, own, str(font.BaseFont))
    font.FontDescriptor = descriptors[own]
    return True


class _Measures:
    """A stand-in's letters: how wide each is, in thousandths of the size."""

    def __init__(self, name: str) -> None:
        from fontTools.ttLib import TTFont

        self.file = (FOLDER / f"{name}.ttf").read_bytes()
        font = TTFont(FOLDER / f"{name}.ttf")
        scale = 1000 / font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        self.widths = {code: round(metrics[glyph][0] * scale) for code, glyph in font.getBestCmap().items()}
        head, line = font["head"], font["hhea"]
        self.box = [round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]
        self.ascent, self.descent = round(line.ascent * scale), round(line.descent * scale)
        self.cap_height = round(font["OS/2"].sCapHeight * scale)
        self.slant = round(font["post"].italicAngle)


@lru_cache
def _measures(name: str) -> _Measures:
    return _Measures(name)


@lru_cache
def _table(name: str) -> tuple[str, ...]:
    """The glyph names of the 256 codes of one of PDF's encodings; `.notdef` where it has none."""
    from fontTools.agl import UV2AGL
    from fontTools.encodings.StandardEncoding import StandardEncoding

    if name == "/StandardEncoding":
        return tuple(StandardEncoding)
    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}[name]
    names = [
        ".notdef" if code < 32 else UV2AGL.get(ord(bytes([code]).decode(codec, "replace")), "bullet")
        for code in range(256)
    ]
    if name == "/WinAnsiEncoding":  # as the standard says of the codes that Windows leaves empty, and of two spaces
        names[0xA0], names[0xAD], names[0x7F] = "space", "hyphen", "bullet"
    return tuple(names)


def _encoding(font: Any) -> list[str] | None:
    """The glyph name of each of the 256 codes; None when the font has codes of its own."""
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    default = "/StandardEncoding" if str(font.Subtype) == "/Type1" else "/WinAnsiEncoding"
    base_name = str(base) if base is not None else default
    if base_name not in ("/StandardEncoding", "/WinAnsiEncoding", "/MacRomanEncoding"):
        return None
    names = list(_table(base_name))
    code = 0
    for value in encoding.get("/Differences", []) if isinstance(encoding, Dictionary) else []:
        if isinstance(value, Name):
            if code < 256:
                names[code] = str(value).lstrip("/")
            code += 1
        else:
            code = int(value)
    return names


@lru_cache(maxsize=4096)
def _character(name: str) -> int:
    from fontTools.agl import toUnicode

    text = toUnicode(name)
    return ord(text) if len(text) == 1 else -1


def _as_wide(font: Any, widths: list[int]) -> bool:
    """True when the widths that the document gives, if any, are those of the stand-in."""
    first = int(font.get("/FirstChar", 0))
    given = list(font.get("/Widths", []))
    pairs = [(float(width), widths[first + n]) for n, width in enumerate(given) if first + n < 256]
    return all(not wide or not own or abs(wide - own) <= _NEAR for wide, own in pairs)


def _encoding_of(names: list[str]) -> Any:
    """WinAnsi, and what is different from it."""
    plain = _table("/WinAnsiEncoding")
    different: list[Any] = []
    last = -2
    for code, name in enumerate(names):
        if name != plain[code] and name != ".notdef":
            different += [] if code == last + 1 else [code]
            different.append(Name("/" + name))
            last = code
    if not different:
        return Name.WinAnsiEncoding
    return Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(different))


def _descriptor(pdf: pikepdf.Pdf, own: str, name: str) -> Any:
    known = _measures(own)
    file = pdf.make_stream(known.file)
    file.Length1 = len(known.file)
    family, style = own.split("-")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(name),
            Flags=_FLAGS[family] | (64 if "Italic" in style else 0),
            FontBBox=Array(known.box),
            ItalicAngle=known.slant,
            Ascent=known.ascent,
            Descent=known.descent,
            CapHeight=known.cap_height,
            StemV=140 if "Bold" in style else 80,
            FontFile2=file,
        )
    )
