"""Fonts: what keeps a document from being accessible, and the small font of the page numbers."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary

from generator.bundle.objects import dictionaries

STAMP_CHARACTERS = "0123456789 ofABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FROM_FILES = ("/Type1", "/TrueType", "/MMType1", "/CIDFontType0", "/CIDFontType2")
_NAME = "LiberationSans-Regular.ttf"


def barriers(pdf: pikepdf.Pdf) -> list[str]:
    """Why a screen reader, or a machine without the right fonts, could not read the document's text as it is shown."""
    missing: set[str] = set()
    unreadable: set[str] = set()
    for thing in dictionaries(pdf):
        if str(thing.get("/Type")) != "/Font":
            continue
        name = str(thing.get("/BaseFont", "a font")).lstrip("/").split("+")[-1]
        kind = str(thing.get("/Subtype"))
        if kind in _FROM_FILES and not _is_embedded(thing):
            missing.add(name)
        if kind == "/Type0" and "/ToUnicode" not in thing and str(thing.get("/Encoding")).startswith("/Identity"):
            unreadable.add(name)
        if kind == "/Type3" and "/ToUnicode" not in thing:
            unreadable.add("a drawn font")
    found = [f"its fonts are not inside the file: {', '.join(sorted(missing))}"] if missing else []
    if unreadable:
        found.append(f"the letters of these fonts have no meaning a machine can read: {', '.join(sorted(unreadable))}")
    return found


def _is_embedded(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


@dataclass(frozen=True)
class StampFont:
    """A font of a few characters: its TrueType file, and widths and measures in thousandths of the font size."""

    file: bytes
    widths: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        return sum(self.widths[ord(letter) - 32] for letter in text) * size / 1000


@lru_cache(maxsize=1)
def stamp_font() -> StampFont:
    """Liberation Sans as we ship it, cut down to what page numbers need; the same bytes on every machine."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        recalc_timestamp=False,
        layout_features=[],
        name_IDs=[1, 2, 6],
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "FFTM", "kern", "DSIG"]
    font = TTFont(_font_path(), recalcTimestamp=False)
    cmap, metrics, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    scale = 1000 / units
    widths = tuple(
        round(metrics[cmap[code]][0] * scale) if chr(code) in STAMP_CHARACTERS else 0 for code in range(32, 127)
    )
    head, line = font["head"], font["hhea"]
    box = tuple(round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax))
    measures = round(line.ascent * scale), round(line.descent * scale), round(font["OS/2"].sCapHeight * scale)
    subsetter = Subsetter(options)
    subsetter.populate(text=STAMP_CHARACTERS)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return StampFont(out.getvalue(), widths, *measures, box)


def _font_path() -> Path:
    """The shipped font: inside the installed package, or beside it in the source tree."""
    package = Path(__file__).parents[1]
    for folder in (package / "_data" / "templates" / "fonts", package.parent / "templates" / "fonts"):
        if (folder / _NAME).is_file():
            return folder / _NAME
    raise FileNotFoundError(f"{_NAME} is missing from the installed package")
