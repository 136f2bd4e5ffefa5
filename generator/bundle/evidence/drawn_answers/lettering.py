"""Text that we write onto the pages of somebody else's PDF: broken into lines, in fonts of ours that are put inside."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.fonts import shipped_fonts as fonts

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LEADING = 1.16
"""From line to line, in font sizes."""
ASCENT, DESCENT = 0.905, 0.212
"""Of Liberation Sans, in font sizes."""


@dataclass
class _LetteringFace:
    """One of our fonts as it is used in one PDF: the glyphs that were drawn and the object that will hold them."""

    family: str
    name: str
    object: Any
    drawn: dict[int, str] = field(default_factory=dict)


@dataclass
class Lettering:
    """Writes text for one PDF; `put_in` must be called once all is written."""

    pdf: pikepdf.Pdf
    _faces: dict[str, _LetteringFace] = field(default_factory=dict)

    def line(self, text: str, size: float) -> bytes:
        """The operators that show one line at the current point."""
        shown = []
        for piece, family in _pieces(text):
            face = self._face(family)
            codes = [_glyph(family, character) for character in piece]
            face.drawn.update(zip(codes, piece, strict=True))
            shown.append(
                b"/%s %.3f Tf <%s> Tj" % (face.name.encode(), size, b"".join(b"%04X" % code for code in codes))
            )
        return b"\n".join(shown)

    def resources(self) -> Any:
        """The fonts as resources of a stream that was written."""
        return Dictionary(Font=Dictionary({f"/{face.name}": face.object for face in self._faces.values()}))

    def put_in(self) -> None:
        """Put the letters that were drawn into the PDF."""
        for face in self._faces.values():
            _fill(self.pdf, face)

    def _face(self, family: str) -> _LetteringFace:
        if family not in self._faces:
            made = self.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0))
            self._faces[family] = _LetteringFace(family, f"Sendpack{len(self._faces)}", made)
        return self._faces[family]


def width(text: str, size: float) -> float:
    """How wide a line is, in points."""
    return sum(_advance(family, c) for piece, family in _pieces(text) for c in piece) * size


def lines(text: str, size: float, across: float) -> list[str]:
    """The text broken into lines that fit, at spaces where it can be."""
    found: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found += _broken(paragraph.expandtabs(4), size, across) or [""]
    return found


def _broken(paragraph: str, size: float, across: float) -> list[str]:
    found, current = [], ""
    for word in paragraph.split(" "):
        wanted = f"{current} {word}" if current else word
        if width(wanted, size) <= across:
            current = wanted
            continue
        if current:
            found.append(current)
        while width(word, size) > across and len(word) > 1:
            fits = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], size) <= across), 1)
            found.append(word[:fits])
            word = word[fits:]
        current = word
    return [*found, current] if current else found


def size_that_fits(text: str, across: float, down: float, most: float, least: float, one_line: bool) -> float:
    """The largest size, in half points, at which the text fits its box; `least` where none does."""
    size = most
    while size > least:
        if one_line and width(text, size) <= across and size * (ASCENT + DESCENT) <= down + 1:
            break
        if not one_line and len(lines(text, size, across)) * size * LEADING <= down:
            break
        size -= 0.5
    return max(size, least)


def undrawable(text: str) -> list[str]:
    """Characters that none of our fonts has, and those of scripts from right to left, which need joining."""
    turned = {c for c in text if unicodedata.bidirectional(c) in ("R", "AL")}
    return sorted({*fonts.undrawable(text), *turned})


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut where another font is needed; control characters are not drawn."""
    plain = "".join(c if c.isprintable() or c == " " else " " for c in text)
    for piece, family in fonts.pieces(plain):
        yield piece, family or "Liberation Sans"


@cache
def _font(family: str) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(fonts.folder() / fonts.FACES[family][0])


@cache
def _names(family: str) -> dict[int, str]:
    return dict(_font(family).getBestCmap())


@lru_cache(4096)
def _glyph(family: str, character: str) -> int:
    name = _names(family).get(ord(character))
    return int(_font(family).getGlyphID(name)) if name else 0


@lru_cache(4096)
def _advance(family: str, character: str) -> float:
    font = _font(family)
    name = _names(family).get(ord(character), ".notdef")
    return float(font["hmtx"][name][0] / font["head"].unitsPerEm)


def _fill(pdf: pikepdf.Pdf, face: _LetteringFace) -> None:
    """The font object with a part of the font that has the drawn letters, each under its old number."""
    from fontTools import subset  # here: it takes as long to load as all else, and few files have answers to be drawn
    from fontTools.ttLib import TTFont

    font = TTFont(fonts.folder() / fonts.FACES[face.family][0], recalcTimestamp=False)
    options = subset.Options(retain_gids=True, notdef_outline=True, hinting=False, layout_features=[], name_IDs=[])
    options.drop_tables += ["FFTM"]
    work = subset.Subsetter(options)
    work.populate(gids=sorted(face.drawn))
    work.subset(font)
    out = io.BytesIO()
    font.save(out)
    unit, name = font["head"].unitsPerEm, f"SENDPK+{face.family.replace(' ', '')}"
    file = pdf.make_stream(out.getvalue())
    file.Length1 = len(out.getvalue())
    head, line = font["head"], font["hhea"]
    box = [round(v * 1000 / unit) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + name),
            Flags=4,
            FontBBox=Array(box),
            ItalicAngle=0,
            Ascent=round(line.ascent * 1000 / unit),
            Descent=round(line.descent * 1000 / unit),
            CapHeight=700,
            StemV=80,
            FontFile2=file,
        )
    )
    widths = [[code, Array([round(_advance(face.family, c) * 1000, 3)])] for code, c in sorted(face.drawn.items())]
    below = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + name),
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=descriptor,
            CIDToGIDMap=Name.Identity,
            DW=1000,
            W=Array([part for pair in widths for part in pair]),
        )
    )
    face.object.BaseFont = Name("/" + name)
    face.object.Encoding = Name("/Identity-H")
    face.object.DescendantFonts = Array([below])
    face.object.ToUnicode = pdf.make_stream(_to_unicode(face.drawn))


def _to_unicode(drawn: dict[int, str]) -> bytes:
    pairs = [f"<{code:04X}> <{c.encode('utf-16-be').hex().upper()}>" for code, c in sorted(drawn.items()) if code]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
        f"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
