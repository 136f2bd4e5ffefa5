"""A photo or scan that breaks off behind an end of its own, or has a hole of zeros, is told; a plain page is not."""

from __future__ import annotations

import functools
import io
import zlib
from typing import Any

import pytest
from PIL import Image, ImageDraw

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.file_type import PICTURE, sniff
from generator.bundle.evidence.page_by_page.pictures.photos_without_gps import photos_to_pdf, strip_jpeg
from generator.bundle.evidence.page_by_page.pictures.tiff_strips import not_arrived, strip_fault
from generator.bundle.evidence.page_by_page.pictures.whole_jpegs import CUT, jpeg_fault

KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "progressive": {"progressive": True},
    "optimised": {"optimize": True},
    "marks": {"restart_marker_blocks": 20},
    "marks, optimised": {"restart_marker_blocks": 20, "optimize": True},
}
END = b"\xff\xd9"


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@functools.cache
def noise() -> Image.Image:
    return Image.effect_noise((400, 480), 60).convert("RGB")


@pytest.mark.parametrize("kind", KINDS)
def test_a_jpeg_that_breaks_off_behind_an_end_or_has_a_hole_is_told(kind: str) -> None:
    whole = saved(noise(), **KINDS[kind])
    at = len(whole) * 6 // 10
    assert jpeg_fault(whole) == ""
    assert jpeg_fault(whole[:at] + END).startswith("it breaks off before its end")
    assert jpeg_fault(whole[:at] + bytes(len(whole) - at) + END)
    assert jpeg_fault(whole[: at // 2] + bytes(at // 2) + whole[at // 2 * 2 :])


def test_the_height_at_which_it_breaks_off_is_said() -> None:
    whole = saved(noise())
    with pytest.raises(Refused) as refused:
        photos_to_pdf(whole[: len(whole) // 2] + END)
    share = int(refused.value.message.split("after ")[1].split(" %")[0])
    assert 40 <= share <= 60


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", ["white", "black", "#808080"])
def test_a_page_with_little_or_nothing_on_it_is_whole(kind: str, paper: str) -> None:
    sheet = Image.new("RGB", (800, 1100), paper)
    assert jpeg_fault(saved(sheet, **KINDS[kind])) == ""
    ImageDraw.Draw(sheet).text((50, 60), "Ada reads", fill="red")
    assert jpeg_fault(saved(sheet, **KINDS[kind])) == ""


def test_a_photo_whose_notes_are_damaged_goes_in_and_says_so() -> None:
    whole = saved(noise())
    broken = whole[:20] + b"\xff\xe0\x00\x08JFIF\x00\x01" + whole[20:]  # a second one, too short
    assert jpeg_fault(broken) == "it cannot be read"
    content, notes = photos_to_pdf(broken)
    assert content.startswith(b"%PDF") and notes.warnings == [
        "its camera's notes are damaged: look whether it stands upright"
    ]


def test_a_small_picture_beside_the_photo_goes_with_its_notes() -> None:
    whole = saved(noise())
    small = b"\xff\xe0\x00\x0aJFXX\x00\x10\x01\x02"
    assert strip_jpeg(whole[:20] + small + whole[20:]) == strip_jpeg(whole) == whole


def scan(compression: str | None, **options: Any) -> tuple[bytearray, int, int]:
    """A TIFF, and where the points of its picture begin and end."""
    content = saved(noise(), "TIFF", compression=compression, **options)
    with Image.open(io.BytesIO(content)) as image:
        begins, lengths = image.tag_v2[273], image.tag_v2[279]  # type: ignore[attr-defined]
    return bytearray(content), begins[0], begins[-1] + lengths[-1]


@pytest.mark.parametrize("compression", ["jpeg", "tiff_adobe_deflate", "tiff_lzw", "packbits"])
@pytest.mark.parametrize("rows", [16, 480])
def test_a_scan_that_is_filled_up_with_zeros_is_refused(compression: str, rows: int) -> None:
    content, begin, end = scan(compression, tiffinfo={278: rows})
    assert photos_to_pdf(bytes(content))[0].startswith(b"%PDF")
    middle = begin + (end - begin) * 6 // 10
    content[middle:end] = bytes(end - middle)
    with pytest.raises(Refused, match="is a damaged picture"):
        photos_to_pdf(bytes(content))


def test_zeros_that_are_read_as_points_are_no_points() -> None:
    """In the code of these strips zeros stand for a grey: whoever draws them finds all rows, and no end."""
    whole = zlib.compress(bytes(range(40, 60)) * 5000 + bytes([47]) * 3, 6, 15)
    tags = {259: 8, 273: (0,), 279: (len(whole),)}
    assert strip_fault(tags, whole) == ""
    packer = zlib.compressobj(6, strategy=zlib.Z_HUFFMAN_ONLY)
    plain = packer.compress(bytes([40, 50]) * 4000) + packer.flush()
    half = plain[: len(plain) // 2]
    filled = half + bytes(4000)
    assert len(zlib.decompressobj().decompress(filled)) > 8000
    assert strip_fault({259: 8, 273: (0,), 279: (len(filled),)}, filled) == CUT


def test_a_scan_of_plain_points_that_ends_in_black_is_told() -> None:
    content, begin, end = scan(None)
    assert not photos_to_pdf(bytes(content))[1].warnings
    content[begin + (end - begin) * 6 // 10 : end] = bytes(end - begin - (end - begin) * 6 // 10)
    [told] = photos_to_pdf(bytes(content))[1].warnings
    assert told == "picture 1 of it is black below 60 % of its height: a part may be missing"


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((100, 100, 100), ""),
        ((60, 0, 0), "is black below 60 % of its height"),
        ((60, 60, 50), "is black below 60 % of its height"),
        ((100, 30, 0), "lacks a colour below 30 % of its height"),
        ((100, 100, 80), "lacks a colour below 80 % of its height"),
        ((100, 0, 0), ""),
        ((0, 0, 0), ""),
    ],
)
def test_a_scan_whose_colours_are_kept_one_by_one(shares: tuple[int, ...], told: str) -> None:
    """What breaks off lacks its last colours, and is black only below the end of the first."""
    content = b"".join(b"\xff" * share + bytes(100 - share) for share in shares)
    places = {273: tuple(range(0, 300, 50)), 279: (50,) * 6}
    assert not_arrived({262: 2, 277: 3, 284: 2, **places}, content) == told


def test_a_scan_of_the_newer_kind_of_tiff_is_known() -> None:
    content = saved(noise(), "TIFF", big_tiff=True)
    assert content[:4] == b"II+\x00" and sniff(content) == (PICTURE, "TIFF scan")
    assert photos_to_pdf(content)[0].startswith(b"%PDF")
