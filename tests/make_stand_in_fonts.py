"""Makes the fonts that stand in for Arial, Times and Courier in evidence that does not carry its own.

    python -m tests.make_stand_in_fonts FOLDER

FOLDER holds the twelve files of Liberation 2.1 (Sans, Serif, Mono). Each is cut down to Latin letters and renamed, as
its licence asks, and written to generator/bundle/evidence/accessible/stand_ins/.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "generator" / "bundle" / "evidence" / "accessible" / "stand_ins"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
FAMILIES = ("Sans", "Serif", "Mono")
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2C6, 0x2DE),
    *range(0x2010, 0x2045),
    0x20AC,
    0x2122,
    0x2190,
    0x2192,
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
    0x25CA,
    0xFB01,
    0xFB02,
]


def make(source: Path, family: str, style: str) -> TTFont:
    """One font, cut down and renamed."""
    options = Options(hinting=False, notdef_outline=True, recalc_timestamp=False, layout_features=[], name_IDs=[])
    options.drop_tables += ["FFTM", "DSIG", "GSUB", "GPOS", "GDEF", "kern", "gasp", "meta"]
    font = TTFont(source / f"Liberation{family}-{style}.ttf", recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    name = f"StandIn{family}"
    for number, text in ((1, name), (2, style), (4, f"{name} {style}"), (6, f"{name}-{style}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def main(source: Path) -> None:
    """Write all twelve."""
    TARGET.mkdir(exist_ok=True)
    for family in FAMILIES:
        for style in STYLES:
            make(source, family, style).save(TARGET / f"{family}-{style}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
