"""The words of a page that became a picture, put back over it where they are seen, as text that does not show."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

UNSEEN = "SendpackUnseen"
"""The font of text that is not shown: it has no glyphs, and needs none."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Letter:
    """One character of a page: what it is, where it stands in the picture, in pixels, and quarters it is turned by."""

    text: str
    box: Box
    turn: int = 0


@dataclass(frozen=True)
class _Word:
    """Letters that stand together, where, and the quarters by which they are turned clockwise."""

    text: str
    box: Box
    turn: int


def words_shown(letters: Sequence[Letter], picture: Image.Image) -> list[_Word]:
    """The words that can be seen in the picture, each with its place: what was covered or white is not among them."""
    found: list[_Word] = []
    word: list[Letter] = []
    for letter in (*letters, Letter(" ", (0, 0, 0, 0))):
        if word and (letter.text.isspace() or _apart(word[-1], letter)):
            lefts, tops, rights, bottoms = zip(*(one.box for one in word), strict=True)
            box = min(lefts), min(tops), max(rights), max(bottoms)
            found.append(_Word("".join(one.text for one in word), box, word[0].turn))
            word = []
        if letter.text.isprintable() and not letter.text.isspace() and _shows(letter.box, picture):
            word.append(letter)
    return found


def _apart(one: Letter, other: Letter) -> bool:
    """True when two letters are not of one word: on another line, turned otherwise, or far from each other."""
    _, end, high, low = _along(one.box, one.turn)
    next_start, _, next_high, next_low = _along(other.box, one.turn)
    return one.turn != other.turn or next_high >= low or next_low <= high or abs(next_start - end) > 2 * (low - high)


def _along(box: Box, turn: int) -> tuple[float, float, float, float]:
    """A box as the reader of turned text sees it: start, end, top and bottom of its line."""
    left, top, right, bottom = box
    return (
        (left, right, top, bottom),
        (top, bottom, -right, -left),
        (-right, -left, -bottom, -top),
        (-bottom, -top, left, right),
    )[turn]


def _shows(box: Box, picture: Image.Image) -> bool:
    left, top, right, bottom = (round(value) for value in box)
    inside = max(0, left - 1), max(0, top - 1), min(picture.width, right + 1), min(picture.height, bottom + 1)
    if inside[2] <= inside[0] or inside[3] <= inside[1]:
        return False
    low, high = picture.crop(inside).convert("L").getextrema()
    return bool(high - low > 24)  # type: ignore[operator]


def put_back(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    picture: Image.Image,
    size: tuple[float, float],
    words: Sequence[_Word],
) -> None:
    """Make the page anew: the picture, and the words over it in a font that does not show; as wide, high and turned."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    image = pdf.make_stream(out.getvalue())
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    width, height = size
    lines = [f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q"]
    lines += [_hidden(line, picture.height / height, height) for line in _lines(words)]
    rotation = page.rotation
    for key in [str(key) for key in page.obj.keys() if key not in ("/Type", "/Parent")]:  # noqa: SIM118
        del page.obj[key]
    page.obj.Rotate = rotation
    page.obj.MediaBox = Array([0, 0, round(width, 3), round(height, 3)])
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=image), Font=Dictionary(Unseen=unseen_font(pdf)))
    page.obj.Contents = pdf.make_stream("\n".join(lines).encode("ascii"))


def _lines(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Words that follow each other on one line: readers put words that stand alone in an order of their own."""
    line: list[_Word] = []
    for word in words:
        if line and not _follows(line[-1], word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _follows(one: _Word, other: _Word) -> bool:
    _, end, high, low = _along(one.box, one.turn)
    start, _, next_high, next_low = _along(other.box, one.turn)
    return one.turn == other.turn and next_high < low and next_low > high and start >= end - (low - high)


def _hidden(line: Sequence[_Word], scale: float, height: float) -> str:
    """A line of words, each beginning in its place, with spaces between."""
    places = [_along(word.box, word.turn) for word in line]
    size = max(1.0, max(low - high for _, _, high, low in places) / scale)
    letters = sum(len(word.text) for word in line)
    stretch = max(0.5, sum(end - start for start, end, _, _ in places)) / scale / (letters * 0.5 * size)
    shown, pen = "", places[0][0]
    for word, (start, _, _, _) in zip(line, places, strict=True):
        back = 1000 * (pen - start) / scale / (size * stretch)
        shown += f"{back:.0f} <{(word.text + ' ').encode('utf-16-be').hex()}> "
        pen = start + (len(word.text) + 1) * 0.5 * size * stretch * scale
    left, top, right, bottom = line[0].box
    turn = line[0].turn
    x, y = ((left, bottom), (left, top), (right, top), (right, bottom))[turn]
    turned = ("1 0 0 1", "0 -1 1 0", "-1 0 0 -1", "0 1 -1 0")[turn]
    place = f"{turned} {x / scale:.2f} {height - y / scale:.2f} Tm"
    return f"BT 3 Tr /Unseen {size:.2f} Tf {100 * stretch:.2f} Tz {place} [{shown}] TJ ET"


def unseen_font(pdf: pikepdf.Pdf) -> Any:
    """A font whose codes are the characters' own numbers and whose letters are half as wide as high."""
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Unseen def "
        "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{_ranges()} endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + UNSEEN),
        CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=500,
        FontDescriptor=pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/" + UNSEEN),
                Flags=32,
                FontBBox=Array([0, 0, 500, 1000]),
                ItalicAngle=0,
                Ascent=1000,
                Descent=0,
                CapHeight=1000,
                StemV=80,
            )
        ),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + UNSEEN),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(below)]),
            ToUnicode=pdf.make_stream(to_unicode.encode("ascii")),
        )
    )


def _ranges() -> str:
    """Each block of 256 codes stands for itself; a list may hold a hundred at most."""
    blocks = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    parts = [blocks[start : start + 100] for start in range(0, 256, 100)]
    return " ".join(f"{len(part)} beginbfrange {' '.join(part)} endbfrange" for part in parts)
