"""Makes the small font of the page numbers: Liberation Sans, cut down to the letters of
"AB, born 14/03/2017, B2, page 12 of 84" and "84A".

Its licence keeps the name Liberation for the whole font, so that the part has a name of its own, and says what it is.

    python -m tests.make_page_number_font

Writes generator/bundle/assemble/page_numbers.ttf and prints the widths and measures that stand in
generator/bundle/assemble/stamp_font.py.
A test makes it again and compares.
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from generator.bundle.assemble.stamp_font import NAME, POSTSCRIPT, StampFont

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "templates" / "fonts" / "LiberationSans-Regular.ttf"
TARGET = ROOT / "generator" / "bundle" / "assemble" / "page_numbers.ttf"
CHARACTERS = "0123456789 ofpagebrn,/ABCDEFGHIJKLMNOPQRSTUVWXYZ"

NAMES = {
    0: "Digitized data copyright (c) 2010 Google Corporation. Copyright (c) 2012 Red Hat, Inc. Cut down and renamed.",
    1: NAME,
    2: "Regular",
    4: NAME,
    6: POSTSCRIPT,
    13: "Licensed under the SIL Open Font License, Version 1.1",
    14: "http://scripts.sil.org/OFL",
}
"""The name table: the copyright, our name for it and for PDF, and the licence."""


def make() -> StampFont:
    """The font and its measures, the same on every machine."""
    options = Options(hinting=False, notdef_outline=True, recalc_timestamp=False, layout_features=[], name_IDs=[])
    options.drop_tables += ["FFTM", "DSIG", "GSUB", "GPOS", "GDEF", "kern"]
    font = TTFont(SOURCE, recalcTimestamp=False)
    cmap, metrics, scale = font.getBestCmap(), font["hmtx"].metrics, 1000 / font["head"].unitsPerEm
    codes = range(32, 127)
    widths = tuple(round(metrics[cmap[code]][0] * scale) if chr(code) in CHARACTERS else 0 for code in codes)
    head, line = font["head"], font["hhea"]
    box = tuple(round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax))
    measures = round(line.ascent * scale), round(line.descent * scale), round(font["OS/2"].sCapHeight * scale)
    subsetter = Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return StampFont(out.getvalue(), widths, *measures, (box[0], box[1], box[2], box[3]))


if __name__ == "__main__":
    made = make()
    TARGET.write_bytes(made.file)
    print(made.widths, made.ascent, made.descent, made.cap_height, made.box)
