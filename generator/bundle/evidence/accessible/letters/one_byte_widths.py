"""Widths of letters in fonts of one byte a letter, as the font in the file has them: Type 1, compact and symbolic ones.

A code leads to a letter by the PDF's encoding, or by the font's own where the PDF has none (ISO 32000-1, 9.6.6).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from generator.bundle.evidence.accessible.letters.letters_by_name import LettersByName, compact_font, letters_of_compact
from generator.bundle.evidence.accessible.letters.missing_shapes import letter_name, tables_of

Width = Callable[[int], float | None]


def width_of_code(font: Any) -> Width | None:
    """The width of a code's letter, in thousandths, None of a letter that is not known; None where no font is read.

    Raises whatever a library raises at a font that is broken.
    """
    described = font.get("/FontDescriptor")
    files: Any = described if isinstance(described, Dictionary) else {}
    type_1, true, compact = (files.get(f"/FontFile{kind}") for kind in ("", "2", "3"))
    if isinstance(type_1, pikepdf.Stream):
        return _by_name(font, *_type_1(bytes(type_1.read_bytes())))
    if isinstance(compact, pikepdf.Stream) and compact.get("/Subtype") == Name.Type1C:
        return _by_name(font, *_type_1c(bytes(compact.read_bytes())))
    if isinstance(true, pikepdf.Stream) and font.get("/Encoding") is None:
        return _symbolic(bytes(true.read_bytes()))
    return None


def _by_name(font: Any, own: Mapping[int, str], letters: LettersByName) -> Width:
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding

    def width(code: int) -> float | None:
        name = letter_name(encoding, code) if encoding is not None else None
        if name is None and base is None:
            name = own.get(code)
        return letters.width(name) if name else None

    return width


def _symbolic(data: bytes) -> Width:
    tables = tables_of(data)
    by_symbol, by_byte = tables.maps.get((3, 0), {}), tables.maps.get((1, 0), {})

    def width(code: int) -> float | None:
        names = (by_symbol.get(high + code) for high in (0xF000, 0))
        name = next((one for one in names if one), None) or by_byte.get(code)
        return tables.widths.get(name) if name else None

    return width


@lru_cache(maxsize=64)
def _type_1(data: bytes) -> tuple[dict[int, str], LettersByName]:
    from fontTools.t1Lib import T1Font

    font = T1Font.__new__(T1Font)  # its own way to begin wants a file
    font.data, font.encoding = data, "ascii"
    font.parse()
    return _own_codes(font.font["Encoding"]), LettersByName(font.font["CharStrings"], 1000 * font.font["FontMatrix"][0])


@lru_cache(maxsize=64)
def _type_1c(data: bytes) -> tuple[dict[int, str], LettersByName]:
    top = compact_font(data)
    return _own_codes(getattr(top, "Encoding", None)), letters_of_compact(top)


def _own_codes(known: Any) -> dict[int, str]:
    """The letters that a font has for codes of its own, where it lists them."""
    return {code: name for code, name in enumerate(known) if name != ".notdef"} if isinstance(known, list) else {}
