"""A font of ours embedded in a PDF form for names that its own fonts cannot write, such as Wiśniewski."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont

from generator.fonts.shipped_fonts import folder
from generator.forms.filling.pdf_fields.pdf_text import Face

FILE = "LiberationSans-Regular.ttf"


def metrics_file() -> str:
    """The font by which the standard fonts of PDF are measured: its letters have the widths of Helvetica's."""
    return str(folder() / FILE)


def embedded_face(pdf: pikepdf.Pdf, text: str) -> Face:
    """A font with the letters of a text, with their Unicode values in the PDF, so that it can be read aloud."""
    font = _cut_down(text)
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    cmap, units = font.getBestCmap(), font["head"].unitsPerEm
    glyphs = {char: order[cmap[ord(char)]] for char in set(text) if ord(char) in cmap}
    advances = {char: font["hmtx"][cmap[ord(char)]][0] * 1000 / units for char in glyphs}
    resource = _resource(pdf, font, glyphs, advances)
    return Face(
        resource,
        lambda said: b"".join(glyphs.get(c, 0).to_bytes(2, "big") for c in said),
        lambda c: advances.get(c, 500.0),
    )


def _cut_down(text: str) -> TTFont:
    # Read into memory first: the font that is cut down must not hold the file open.
    font = TTFont(io.BytesIO((folder() / FILE).read_bytes()))
    options = subset.Options(notdef_outline=True, hinting=False, layout_features=[])
    cutter = subset.Subsetter(options)
    cutter.populate(text=text + " ")
    cutter.subset(font)
    return font


def _resource(pdf: pikepdf.Pdf, font: TTFont, glyphs: dict[str, int], advances: dict[str, float]) -> Any:
    out = io.BytesIO()
    font.save(out)
    file = pdf.make_stream(out.getvalue())
    file["/Length1"] = len(out.getvalue())
    head, scale = font["head"], 1000 / font["head"].unitsPerEm
    name = pikepdf.Name("/SPFORM+LiberationSans")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=32,
        ItalicAngle=0,
        CapHeight=700,
        StemV=80,
        Ascent=round(font["hhea"].ascent * scale),
        Descent=round(font["hhea"].descent * scale),
        FontBBox=[round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)],
        FontFile2=file,
    )
    widths: list[Any] = []
    for char, glyph in sorted(glyphs.items(), key=lambda pair: pair[1]):
        widths += [glyph, pikepdf.Array([round(advances[char])])]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDToGIDMap=pikepdf.Name.Identity,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=pikepdf.Array(widths),
        DW=500,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(glyphs)),
        )
    )


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    rows = [f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, glyph in sorted(glyphs.items())]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Forms def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    ).encode()
