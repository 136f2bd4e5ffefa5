"""Scans in the code of fax machines: one that breaks off is told, inside a PDF and as a TIFF, wherever it does."""

from __future__ import annotations

import io
import random
import struct
from typing import Any

import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from generator.bundle.evidence.page_by_page.pictures.fax_pictures import FaxCode, rows_of_tiff, rows_there
from generator.values.notice import losses
from tests.bundle.taken import refusal, take
from tests.bundle_makers import made, photo, saved

WIDE, HIGH = 416, 600
WAYS: dict[str, tuple[str, dict[int, int], dict[str, Any]]] = {
    "group 4": ("group4", {}, {"k": -1}),
    "group 3": ("group3", {}, {}),
    "group 3, two dimensions": ("group3", {292: 1}, {"k": 4, "ends_of_lines": True}),
    "whole bytes": ("tiff_ccitt", {}, {"whole_bytes": True}),
}


def tiff(way: str, rows: int = HIGH) -> bytes:
    """A letter as a TIFF, in strips of so many rows."""
    image = Image.new("1", (WIDE, HIGH), 1)
    for line in range(30, HIGH - 20, 18):
        ImageDraw.Draw(image).text((20, line), f"Line {line} of a letter about Ada and her reading", fill=0)
    out = io.BytesIO()
    compression, tags, _ = WAYS[way]
    image.save(out, "TIFF", compression=compression, tiffinfo={278: rows, **tags})
    return out.getvalue()


def strips(content: bytes) -> list[tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]
        return list(zip(tags[273], tags[279], strict=True))


def fax(way: str) -> bytes:
    content = tiff(way)
    [(at, length)] = strips(content)
    return content[at : at + length]


def shorter(content: bytes, length: int) -> bytes:
    """A TIFF whose one strip says that it has so many bytes: the file itself looks whole."""
    at = struct.unpack("<I", content[4:8])[0]
    out = bytearray(content)
    for entry in range(at + 2, at + 2 + 12 * struct.unpack("<H", content[at : at + 2])[0], 12):
        if struct.unpack("<H", content[entry : entry + 2])[0] == 279:
            out[entry + 2 : entry + 12] = struct.pack("<HII", 4, 1, length)
    return bytes(out)


def in_a_pdf(way: str, data: bytes) -> bytes:
    pdf = made(3, text="Words")
    code = FaxCode(WIDE, HIGH, **WAYS[way][2])
    picture = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=WIDE, Height=HIGH)
    picture.BitsPerComponent, picture.ColorSpace, picture.Filter = 1, Name.DeviceGray, Name.CCITTFaxDecode
    told = Dictionary(K=code.k, Columns=WIDE, EndOfLine=code.ends_of_lines, EncodedByteAlign=code.whole_bytes)
    picture.DecodeParms = told
    page = pdf.pages[1].obj
    page.Resources.XObject = Dictionary(Scan=picture)
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
    return saved(pdf)


@pytest.mark.whole
@pytest.mark.parametrize("way", WAYS)
def test_wherever_the_data_end_the_rows_are_known_to_a_few(way: str) -> None:
    data, code, dice = fax(way), FaxCode(WIDE, HIGH, **WAYS[way][2]), random.Random(7)
    assert rows_there(data, code) == HIGH
    assert rows_there(data.rstrip(b"\x00") + bytes(400), code) >= HIGH - 1, "filled up with zeros, and whole"
    for _ in range(25):
        end = dice.randrange(20, len(data) - 30)
        there = rows_there(data[:end], code)
        assert there < HIGH
        assert there == rows_there(data[:end] + bytes(900), code), "what did not arrive is often filled up with zeros"


@pytest.mark.whole
@pytest.mark.parametrize("way", WAYS)
def test_a_fax_inside_a_pdf_that_breaks_off_is_told_with_its_page(way: str) -> None:
    data = fax(way)
    assert not losses(take(in_a_pdf(way, data))[1].warnings)
    [told] = losses(take(in_a_pdf(way, data[: len(data) // 2]))[1].warnings)
    assert told.page == 2 and "it breaks off before its end, after " in told
    share = int(str(told).split("after ")[1].split(" %")[0])
    assert 40 <= share <= 60


@pytest.mark.parametrize("way", WAYS)
def test_a_tiff_that_breaks_off_is_refused_with_its_page(way: str) -> None:
    content = tiff(way)
    assert take(content)[1].pages == 1
    [(_, length)] = strips(content)
    assert take(shorter(content, 0))[1].pages == 1, "some scanners leave the length out"
    told = refusal(shorter(content, length // 2)).message
    assert told.startswith("is a damaged picture")


@pytest.mark.parametrize("way", ["group 3", "whole bytes"])
def test_a_strip_of_zeros_is_no_black_page(way: str) -> None:
    content = bytearray(tiff(way, rows=100))
    for at, length in strips(bytes(content))[4:]:
        content[at : at + length] = bytes(length)
    assert "page 1 of it breaks off after 66 % of its height" in refusal(bytes(content)).message


def test_a_photo_that_was_filled_up_with_zeros_is_no_grey_picture() -> None:
    whole = photo((800, 600))
    assert take(whole + bytes(500))[1].pages == 1
    assert "it breaks off before its end, after " in refusal(whole[: len(whole) // 2] + bytes(len(whole) // 2)).message


def test_strips_beyond_the_last_row_are_no_damage() -> None:
    content = tiff("group 4", rows=300)
    places = strips(content)
    tags = {256: WIDE, 257: HIGH, 259: 4, 278: 300, 273: [at for at, _ in places], 279: [long for _, long in places]}
    assert rows_of_tiff(tags, content) == (HIGH, HIGH)
    more = tags | {273: [*tags[273], len(content) - 4], 279: [*tags[279], 4]}  # type: ignore[misc]
    assert rows_of_tiff(more, content) == (HIGH, HIGH)
