"""Widths and programs of fonts of one byte a letter: Type 1, compact and symbolic ones, and lists that miscount."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.accessible.letters import font_barriers, letter_widths
from generator.bundle.evidence.accessible.letters.character_maps import counted
from generator.bundle.evidence.accessible.letters.embed_fonts import FOLDER
from tests.bundle_makers import made

WIDE = 500


def type_1() -> bytes:
    """A Type 1 font whose only letter, A, is 500 wide."""
    from fontTools.misc.eexec import encrypt

    letter = bytes([139, 248, 136, 13, 14])  # 0 500 hsbw endchar
    hidden, _ = encrypt(b"\0\0\0\0" + letter, 4330)
    private = (
        b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} executeonly def "
        b"/ND {noaccess def} executeonly def /NP {noaccess put} executeonly def /lenIV 4 def /Subrs 0 array ND\n"
        b"2 index /CharStrings 1 dict dup begin\n/A %d RD %s ND\nend\nend\nreadonly put\nnoaccess put\n"
        b"dup/FontName get exch definefont pop\nmark currentfile closefile\n" % (len(hidden), hidden)
    )
    packed, _ = encrypt(b"\0\0\0\0" + private, 55665)
    clear = (
        b"%!PS-AdobeFont-1.0: Own\n6 dict begin\n/FontName /Own def\n/PaintType 0 def\n/FontType 1 def\n"
        b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding StandardEncoding def\n"
        b"/FontBBox {0 0 500 700} readonly def\ncurrentdict end\ncurrentfile eexec\n"
    )
    return clear + bytes(packed) + (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"


def type_1c() -> bytes:
    """The same in the compact form."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.misc.psCharStrings import T2CharString

    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    letters = {name: T2CharString(program=[WIDE, 0, "hmoveto", "endchar"]) for name in (".notdef", "A")}
    builder.setupCFF("Own", {}, letters, {})
    return bytes(builder.font["CFF "].compile(builder.font))


def symbols() -> tuple[bytes, float]:
    """A TrueType font of symbols, and how wide its A is."""
    from fontTools.ttLib import TTFont

    font = TTFont(FOLDER / "Sans-Regular.ttf")
    table = font["cmap"].getcmap(3, 1)
    table.platEncID = 0
    font["cmap"].tables = [table]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue(), font["hmtx"].metrics[table.cmap[65]][0] * 1000 / font["head"].unitsPerEm


def shown(key: str, data: bytes, width: float, encoding: Name | None, **more: Name) -> pikepdf.Pdf:
    """A page with an A in such a font, of which the PDF says a width."""
    pdf = made(1)
    kind = Name.TrueType if key == "FontFile2" else Name.Type1
    told = Dictionary(Type=Name.FontDescriptor, FontName=Name.Own, Flags=4 if encoding is None else 32)
    told[f"/{key}"] = pdf.make_stream(data, **more)
    font = Dictionary(Type=Name.Font, Subtype=kind, BaseFont=Name.Own, FontDescriptor=pdf.make_indirect(told))
    font.FirstChar, font.LastChar, font.Widths = 65, 65, Array([round(width, 3)])
    if encoding is not None:
        font.Encoding = encoding
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 12 Tf 72 700 Td (A) Tj ET")
    return pdf


KINDS: dict[str, tuple[str, Name | None, dict[str, Name]]] = {
    "Type 1": ("FontFile", Name.WinAnsiEncoding, {}),
    "Type 1 by its own codes": ("FontFile", None, {}),
    "compact": ("FontFile3", Name.WinAnsiEncoding, {"Subtype": Name.Type1C}),
    "symbols": ("FontFile2", None, {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_widths_are_held_against_the_font(kind: str) -> None:
    key, encoding, more = KINDS[kind]
    data, true = symbols() if key == "FontFile2" else (type_1() if key == "FontFile" else type_1c(), WIDE)
    found = [letter_widths.barriers(shown(key, data, true + wrong, encoding, **more)) for wrong in (0, 7)]
    assert [len(one) for one in found] == [0, 1]


def test_a_font_whose_data_are_broken_is_as_if_it_were_not_there() -> None:
    pdf = shown("FontFile", type_1(), WIDE, Name.WinAnsiEncoding)
    assert font_barriers.barriers(pdf, shapes=False) == []
    file = pdf.pages[0].obj.Resources.Font.F.FontDescriptor.FontFile
    file.write(b"\x78\x9c\xff\xff broken", filter=Name.FlateDecode)
    assert font_barriers.barriers(pdf, shapes=False) == ["its fonts are not inside the file: Own (page 1)"]


def test_a_list_of_meanings_that_miscounts_is_mended() -> None:
    begin, end = (
        b"2 beginbfchar\n<0003> <0041>\n<0004> <0042>\nendbfchar\n",
        b"1 beginbfrange\n<05> <06> [<43> <44>]\nendbfrange",
    )
    assert counted(begin + end) == begin + end
    assert counted(begin + b"1 beginbfchar\nendbfchar\n" + end) == begin + b"\n" + end
    assert counted(begin.replace(b"2 begin", b"100 begin")) == begin
    pdf = shown("FontFile", type_1(), WIDE, Name.WinAnsiEncoding)
    font = pdf.pages[0].obj.Resources.Font.F
    font.ToUnicode = pdf.make_stream(b"9 beginbfchar\n<41> <0041>\nendbfchar")
    font_barriers.mend(pdf)
    assert font.ToUnicode.read_bytes() == b"1 beginbfchar\n<41> <0041>\nendbfchar"
