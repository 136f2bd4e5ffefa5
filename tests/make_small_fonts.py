"""Makes the small fonts that the embedded engine draws most documents with: the text fonts cut down to Latin letters.

The engine reads every font anew for every document, so that a fifth of the font saves a fifth of the drawing. The
licences keep the names for the whole fonts, so that the parts have names of their own.

    python -m tests.make_small_fonts

Writes templates/fonts/Sendpack*.ttf. A test makes them again and compares.
"""

from __future__ import annotations

import io

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from generator.fonts import shipped_fonts

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x2C6, 0x2DE),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    0x2116,
    0x2122,
    0x2126,
    0x212E,
    0x215B,
    0x215C,
    0x215D,
    0x215E,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2202,
    0x2206,
    0x220F,
    0x2211,
    0x2212,
    0x221A,
    0x221E,
    0x222B,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
    0x25A0,
    0x25A1,
    0x25AA,
    0x25AB,
    0x25B2,
    0x25BA,
    0x25BC,
    0x25C4,
    0x25CA,
    0x25CB,
    0x25CF,
    0x25E6,
    0x2713,
    0xFB01,
    0xFB02,
    0xFEFF,
]
"""Letters of the languages of Europe that are written in Latin letters, and the signs that text fonts have."""

SIGNS = [0x20, *range(0x2070, 0x20A0), *range(0x2100, 0x2200), *range(0x2460, 0x2800), *range(0x2B00, 0x2C00)]
"""Ticks and boxes, stars, arrows, numbers in circles."""

CHARACTERS = {"Liberation Sans": LATIN, "Carlito": LATIN, "DejaVu Sans": SIGNS}


def make(family: str, number: int) -> bytes:
    """One face of a family, cut down and renamed, the same bytes on every machine."""
    options = Options(
        hinting=False, notdef_outline=True, recalc_timestamp=False, layout_features=["*"], legacy_kern=True
    )
    options.drop_tables += ["FFTM", "DSIG", "gasp", "meta"]
    font = TTFont(shipped_fonts.folder() / shipped_fonts.FACES[family][number], recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS[family])
    subsetter.subset(font)
    small = shipped_fonts.SMALL[family]
    style = shipped_fonts.FACES[small][number].removesuffix(".ttf").partition("-")[2]
    plain = {"BoldItalic": "Bold Italic"}.get(style, style)
    copyright_ = f"{font['name'].getDebugName(0)} Cut down and renamed for sendpack."
    licence = "Licensed under the licence of the font that it is a part of: see the README beside it."
    names = ((0, copyright_), (1, small), (2, plain), (4, f"{small} {plain}"), (6, f"{small.replace(' ', '')}-{style}"))
    font["name"].names = []
    for identifier, text in (*names, (13, licence)):
        font["name"].setName(text, identifier, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    """Write all of them."""
    for family, small in shipped_fonts.SMALL.items():
        for number, name in enumerate(shipped_fonts.FACES[small]):
            (shipped_fonts.folder() / name).write_bytes(make(family, number))


if __name__ == "__main__":
    main()
