"""Widths of letters that a PDF tells against those in the fonts that it holds (ISO 14289-1, 7.21.5).

Measured are composite fonts with TrueType or CFF letters by number, and fonts of one byte a letter: TrueType, Type 1
and compact ones, with letters by name or by the font's own code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.accessible.letters.letters_by_name import compact_font, letters_of_compact
from generator.bundle.evidence.accessible.letters.missing_shapes import Tables, codes_shown, letter_name, tables_of
from generator.bundle.evidence.accessible.letters.one_byte_widths import width_of_code
from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages
from generator.bundle.evidence.page_by_page.pdf_objects import name_of, number_of

_MAY_DIFFER = 1.0
"""Thousandths of the letters' size."""


def barriers(pdf: pikepdf.Pdf) -> list[str]:
    """The fonts of which a letter is shown with another width than its own, with their pages."""
    found: dict[str, list[int]] = {}
    for number, page in enumerate(pdf.pages, 1):
        for font, codes in codes_shown(page):
            if _differs(font, codes):
                name = name_of(font.get("/BaseFont"), "a font").lstrip("/").split("+")[-1]
                found.setdefault(name, []).append(number)
    pages = sorted({page for some in found.values() for page in some})
    said = "letters of these fonts are shown with other widths than they have"
    return [f"{said}: {', '.join(sorted(found))} ({in_pages(pages)})"] if found else []


def _differs(font: Any, codes: set[int]) -> bool:
    """True where a letter's two widths are known and are not the same."""
    if font.get("/Subtype") == Name.TrueType and font.get("/Encoding") is not None:
        return _differs_by_name(font, codes)
    if font.get("/Subtype") in (Name.TrueType, Name.Type1, Name.MMType1):
        return _differs_by_code(font, codes)
    if font.get("/Subtype") != Name.Type0:
        return False
    inner = font.get("/DescendantFonts")
    own = inner[0] if isinstance(inner, Array) and len(inner) else None
    if not isinstance(own, Dictionary) or not str(font.get("/Encoding")).startswith("/Identity"):
        return False
    widths = _of_font(own)
    if widths is None:
        return False
    told, usual = _told(own.get("/W")), number_of(own.get("/DW"), 1000)
    return any(
        abs(told.get(code, usual) - width) > _MAY_DIFFER for code in codes if (width := widths(code)) is not None
    )


def _differs_by_name(font: Any, codes: set[int]) -> bool:
    """The same of a font of one byte a letter, as far as its codes have names and it knows letters by Unicode."""
    described = font.get("/FontDescriptor")
    file = described.get("/FontFile2") if isinstance(described, Dictionary) else None
    told, first = font.get("/Widths"), int(number_of(font.get("/FirstChar")))
    if not isinstance(file, pikepdf.Stream) or not isinstance(told, Array):
        return False
    try:
        tables = tables_of(bytes(file.read_bytes()))
    except Exception:  # noqa: BLE001 - a font that cannot be read is one about which nothing can be told
        return False
    from fontTools.agl import toUnicode

    known = tables.maps.get((3, 1), {})
    for code in codes:
        name = letter_name(font.get("/Encoding"), code) if 0 <= code - first < len(told) else None
        text = toUnicode(name) if name else ""
        width = tables.widths.get(known.get(ord(text), "")) if len(text) == 1 else None
        if width is not None and abs(number_of(told[code - first]) - width) > _MAY_DIFFER:
            return True
    return False


def _differs_by_code(font: Any, codes: set[int]) -> bool:
    """The same of a font of one byte a letter whose letters have names, or codes of the font's own."""
    told, first = font.get("/Widths"), int(number_of(font.get("/FirstChar")))
    if not isinstance(told, Array):
        return False
    try:
        widths = width_of_code(font)
    except Exception:  # noqa: BLE001 - a font that cannot be read is one about which nothing can be told
        return False
    if widths is None:
        return False
    return any(
        (width := widths(code)) is not None and abs(number_of(told[code - first]) - width) > _MAY_DIFFER
        for code in codes
        if 0 <= code - first < len(told)
    )


def _told(values: Any) -> dict[int, float]:
    """The widths that a composite font tells (ISO 32000-1, 9.7.4.3): `c [w w …]` or `first last w`."""
    found: dict[int, float] = {}
    parts = iter(list(values) if isinstance(values, Array) else [])
    for first in parts:
        second = next(parts, None)
        if isinstance(second, Array):
            found |= {int(number_of(first)) + n: number_of(one) for n, one in enumerate(second)}
            continue
        start, end, width = int(number_of(first)), int(number_of(second)), number_of(next(parts, None))
        found |= dict.fromkeys(range(start, min(end, 65535) + 1), width)
    return found


def _of_font(font: Any) -> Callable[[int], float | None] | None:
    """The width, in thousandths, of a letter's number, as the font in the file has it; None where it cannot be read."""
    described = font.get("/FontDescriptor")
    file = described.get("/FontFile2") if isinstance(described, Dictionary) else None
    other = described.get("/FontFile3") if isinstance(described, Dictionary) else None
    try:
        if isinstance(file, pikepdf.Stream):
            return _by_glyph(tables_of(bytes(file.read_bytes())), font.get("/CIDToGIDMap"))
        if isinstance(other, pikepdf.Stream) and other.get("/Subtype") == Name.CIDFontType0C:
            return _compact(bytes(other.read_bytes()))
    except Exception:  # noqa: BLE001 - a font that cannot be read is one about which nothing can be told
        return None
    return None


def _by_glyph(tables: Tables, table: Any) -> Callable[[int], float | None]:
    glyphs = table.read_bytes() if isinstance(table, pikepdf.Stream) else None

    def width(code: int) -> float | None:
        glyph = code if glyphs is None else int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
        return tables.widths.get(tables.order[glyph]) if glyph < len(tables.order) else None

    return width


@lru_cache(maxsize=64)
def _compact(data: bytes) -> Callable[[int], float | None]:
    top = compact_font(data)
    letters, by_number = letters_of_compact(top), hasattr(top, "ROS")
    names = {
        int(name[3:]) if by_number and name.startswith("cid") else place: name for place, name in enumerate(top.charset)
    }
    return lambda code: letters.width(names[code]) if code in names else None
