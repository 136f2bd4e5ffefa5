"""Scans in the code of fax machines (ITU-T T.4 and T.6), in PDFs and TIFFs: whether their data reach the last row.

Decoders show what is there and say nothing of the rest, so a picture is decoded twice with different data put behind
its own: as long as its own data last, both show the same. Decoded by PDFium, which shows what readers show.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Dictionary, Name

END_OF_LINE = "000000000001"
_ENDED = re.compile(f"{END_OF_LINE}1?{END_OF_LINE}")
_LARGE = 60_000_000
"""Points above which a picture is not decoded: a sheet of A4 at 600 dots an inch has 35 million."""
_TAIL = 48
"""Bytes at the end in which the sign of a picture's end is looked for: six ends of a line, and what fills up."""


@dataclass(frozen=True)
class FaxCode:
    """How a picture is written, as the parameters of a PDF say it (ISO 32000-1, table 11)."""

    wide: int
    high: int
    k: int = 0
    ends_of_lines: bool = False
    whole_bytes: bool = False


def rows_there(data: bytes, code: FaxCode) -> int:
    """The rows for which there are data; all of them where the data say themselves that they are at their end.

    Zeros at the end are no data: a file that did not arrive whole is often filled up with them. ValueError for what
    no decoder can begin with.
    """
    data = data.rstrip(b"\x00")
    if code.wide * code.high > _LARGE or _says_its_end(data):
        return code.high
    one, other = (_decoded(data + _behind(units, code), code) for units in _BEHIND[code.k < 0])
    if one == other:
        return code.high
    long = len(one) // code.high
    places = (slice(row * long, (row + 1) * long) for row in range(code.high))
    return next(row for row, place in enumerate(places) if one[place] != other[place])


def _says_its_end(data: bytes) -> bool:
    tail = data.rstrip(b"\x00\r\n")[-_TAIL:]
    return _ENDED.search("".join(f"{byte:08b}" for byte in tail)) is not None


_BEHIND = {
    True: ("001" + "0111" + "11", "001" + "1000" + "10"),  # T.6: runs of two and of three points, white and black
    False: ("0111" + "11", "1000" + "10"),  # T.4: the same, in one dimension
}


def _behind(unit: str, code: FaxCode) -> bytes:
    """Rows of stripes, as many as the picture has, and a little more for what they take to fall into step."""
    row = ("" if code.k < 0 else END_OF_LINE + "1" * (code.k > 0)) + unit * (code.wide // 4 + 2)
    bits = row * 9
    bits += "0" * (-len(bits) % 8)
    some = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return some * (code.high // 8 + 4)


def _decoded(data: bytes, code: FaxCode) -> bytes:
    """The points of all rows as PDFium decodes them."""
    with pdfium.PdfDocument(_page(data, code)) as document:
        [picture] = document[0].get_objects([raw.FPDF_PAGEOBJ_IMAGE])
        bitmap = raw.FPDFImageObj_GetBitmap(picture)
        if not bitmap:
            raise ValueError("it cannot be decoded")
        try:
            size = raw.FPDFBitmap_GetStride(bitmap) * code.high
            return ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), size)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)


def _page(data: bytes, code: FaxCode) -> bytes:
    with pikepdf.new() as proof:
        page = proof.add_blank_page(page_size=(100, 100))
        told = Dictionary(K=code.k, Columns=code.wide, Rows=code.high)
        told.EndOfLine, told.EncodedByteAlign = code.ends_of_lines, code.whole_bytes
        kind = {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceGray}
        picture = proof.make_stream(data, **kind, Width=code.wide, Height=code.high, BitsPerComponent=1)
        picture.Filter, picture.DecodeParms = Name.CCITTFaxDecode, told
        page.obj.Resources = Dictionary(XObject=Dictionary(P=picture))
        page.obj.Contents = proof.make_stream(b"q 100 0 0 100 0 0 cm /P Do Q")
        out = io.BytesIO()
        proof.save(out)
        return out.getvalue()


# --- TIFF -------------------------------------------------------------------------------------------------------------

_IN_TIFF: dict[int, dict[str, Any]] = {2: {"whole_bytes": True}, 3: {}, 4: {"k": -1}}
"""The kinds of compression of a TIFF (tag 259) that are a fax's."""
_WIDE, _HIGH, _COMPRESSION, _FILL_ORDER, _OFFSETS, _ROWS, _LENGTHS, _OPTIONS = 256, 257, 259, 266, 273, 278, 279, 292
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def rows_of_tiff(tags: Mapping[int, Any], content: bytes) -> tuple[int, int]:
    """The rows of one picture of a TIFF for which there are data, and all of them; equal for every other kind."""
    high, ways = int(tags.get(_HIGH, 0)), _IN_TIFF.get(int(tags.get(_COMPRESSION, 1)))
    if ways is None:
        return high, high
    two_dimensions = bool(tags.get(_OPTIONS, 0) & 1) and tags.get(_COMPRESSION) == 3
    each = min(int(tags.get(_ROWS, high)), high)
    for number, (at, length) in enumerate(zip(tags.get(_OFFSETS, ()), tags.get(_LENGTHS, ()), strict=False)):
        if number * each >= high:
            break  # strips beyond the last row hold nothing that is shown
        data = content[at : at + length if length else None]  # some scanners leave the length out
        rows = min(each, high - number * each)
        code = FaxCode(int(tags.get(_WIDE, 0)), rows, **({"k": 4} if two_dimensions else ways))
        there = rows_there(data.translate(_TURNED) if tags.get(_FILL_ORDER) == 2 else data, code)
        if there < rows - 1:  # the last row may end in zeros of its own
            return number * each + there, high
    return high, high
