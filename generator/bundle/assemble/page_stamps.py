"""Page numbers: "B2, page 12 of 84" at the bottom right of every page as seen, in a white box, outside the tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.assemble.stamp_font import POSTSCRIPT, stamp_font
from generator.bundle.pagination import PagePlan

SIZE = 10.0
"""Points on a page as wide as A4; larger sheets get larger numbers, so that they can be read when printed on A4."""

EDGE = 14.0
"""From the visible corner of the page to the white box, in the same points."""

PAD = 3.0
_A4_SHORT = 595.276
_FONT = "/SendpackNumber"

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


def stamp_pages(pdf: pikepdf.Pdf, plan: PagePlan) -> None:
    """Number every page as the plan says; what is on the page stays as it is, wrapped in q and Q."""
    font = _font_object(pdf)
    opening = pdf.make_stream(b"q\n")
    known: dict[tuple[int, int], Any] = {}
    for number, page in enumerate(pdf.pages, 1):
        box, rotation, unit = page_shape(page)
        drawn = stamp_content(plan.stamp(number), box, rotation, unit)
        closing = pdf.make_stream(b"\nQ\n" + drawn)
        page.obj.Contents = Array([opening, *_contents(page.obj), closing])
        page.obj.Resources = with_fonts(page.obj, {_FONT: font}, known)


def page_shape(page: Any) -> tuple[Box, int, float]:
    """What is visible of a page (left, bottom, right, top), how it is turned, and its unit of measure in points."""

    def box(values: Any) -> Box:
        a, b, c, d = (float(v) for v in values)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    media, crop = box(page.mediabox), box(page.cropbox)
    seen = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    unit = page.obj.get("/UserUnit", 1)
    rotation = round(int(page.obj.get("/Rotate", 0) or 0) / 90) * 90 % 360
    return seen if seen[2] - seen[0] > 1 and seen[3] - seen[1] > 1 else media, rotation, float(unit) or 1.0


def stamp_content(text: str, box: Box, rotation: int, unit: float = 1.0) -> bytes:
    """The drawing of one page number, as an artifact."""
    x, y, width, height, size = stamp_place(text, box, rotation, unit)
    pad = PAD * size / SIZE
    matrix = " ".join(f"{v:.3f}" for v in upright(box, rotation))
    return (
        f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {matrix} cm\n"
        f"1 g {x:.3f} {y:.3f} {width:.3f} {height:.3f} re f\n"
        f"0 g BT 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts {_FONT} {size:.3f} Tf {x + pad:.3f} {y + pad:.3f} Td ({text}) Tj ET\nQ\nEMC"
    ).encode("ascii")


def stamp_place(text: str, box: Box, rotation: int, unit: float = 1.0) -> tuple[float, float, float, float, float]:
    """Where the white box stands, seen upright from the page's bottom left (x, y, width, height), and the font size."""
    across, up = box[2] - box[0], box[3] - box[1]
    if rotation in (90, 270):
        across, up = up, across
    scale = max(1.0, min(across, up) * unit / _A4_SHORT) / unit
    font, size, pad = stamp_font(), SIZE * scale, PAD * scale
    width = font.width(text, size) + 2 * pad
    return across - width - EDGE * scale, EDGE * scale, width, font.cap_height * size / 1000 + 2 * pad, size


def upright(box: Box, rotation: int) -> Matrix:
    """From a page as it is seen (origin bottom left, y up) to the page's own space."""
    left, bottom, right, top = box
    return {
        0: (1.0, 0.0, 0.0, 1.0, left, bottom),
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }[rotation]


def _contents(page: Any) -> list[Any]:
    """The page's content streams."""
    content = page.get("/Contents")
    found = list(content) if isinstance(content, Array) else [content]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def with_fonts(page: Any, ours: Mapping[str, Any], known: dict[tuple[int, int], Any]) -> Any:
    """The page's resources and fonts of ours: a copy of two small dictionaries, shared where the page's own were."""
    old = page.get("/Resources", Dictionary())
    if old.is_indirect and old.objgen in known:
        return known[old.objgen]
    new = Dictionary(dict(old.items()))
    fonts = dict(old.get("/Font", Dictionary()).items())
    new.Font = Dictionary({**fonts, **ours})
    if old.is_indirect:
        known[old.objgen] = new
    return new


def _font_object(pdf: pikepdf.Pdf) -> Any:
    """Our font as a simple TrueType font, embedded: PDF/UA allows no other."""
    font = stamp_font()
    name = Name(f"/SENDPK+{POSTSCRIPT}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array(list(font.box)),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=pdf.make_stream(font.file, Length1=len(font.file)),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            FirstChar=32,
            LastChar=126,
            Widths=Array(list(font.widths)),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
