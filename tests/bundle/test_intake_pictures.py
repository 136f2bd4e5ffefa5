"""Photos and scans as evidence: upright, small enough, and without where they were taken."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from generator.bundle.evidence.page_by_page.pictures.photos_without_gps import strip_jpeg
from tests.bundle.taken import take
from tests.bundle_makers import photo


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright_on_a4(orientation: int) -> None:
    result, account = take(photo((800, 600), orientation=orientation))
    page = pdfium.PdfDocument(result)[0]
    upright = orientation < 5
    assert page.get_size() == pytest.approx((841.89, 595.28) if upright else (595.28, 841.89), abs=0.5)
    drawn = page.render(scale=0.2).to_pil().convert("RGB")
    corners = {
        name: drawn.getpixel((round(drawn.width * x), round(drawn.height * y)))
        for name, x, y in (("tl", 0.2, 0.2), ("tr", 0.8, 0.2), ("bl", 0.2, 0.8), ("br", 0.8, 0.8))
    }
    red = [name for name, colour in corners.items() if colour[0] > 150 and colour[1] < 100]
    assert red == [{1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}[orientation]]
    assert ("turned upright" in account.done) is (orientation != 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"])
def test_every_kind_of_picture_becomes_a_page(kind: str) -> None:
    result, account = take(photo((400, 300), kind))
    assert account.pages == 1
    assert b"SecretCamera" not in result


def test_a_heic_photo_is_read_and_turned() -> None:
    result, account = take((Path(__file__).parents[1] / "data" / "photo.heic").read_bytes())
    assert account.kind == "HEIC photo"
    width, height = pdfium.PdfDocument(result)[0].get_size()
    assert height > width
    assert "the place where the photo was taken (GPS)" in account.removed


def test_where_a_photo_was_taken_is_gone() -> None:
    result, account = take(photo((800, 600), gps=True))
    assert "the place where the photo was taken (GPS)" in account.removed
    assert b"Exif" not in result
    assert b"SecretCamera" not in result


@pytest.mark.whole
def test_a_fine_photo_is_made_smaller_and_a_coarse_one_kept_as_it_is() -> None:
    result, account = take(photo((6000, 4000)))
    pdf = pikepdf.open(io.BytesIO(result))
    assert _picture(pdf).Width <= 770 / 72 * 300 + 1
    assert any("300 dots" in line for line in account.done)
    small = photo((800, 600))
    kept = pikepdf.open(io.BytesIO(take(small)[0]))
    assert _picture(kept).read_raw_bytes() == strip_jpeg(small)


def _picture(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.XObject.SendpackPage.Resources.XObject.Photo


def test_a_jpeg_loses_its_notes_and_not_a_pixel() -> None:
    original = photo((300, 200), gps=True)
    film = b"\xff\xd9"[:0] + b"ftypmp42-and-a-place"
    stripped = strip_jpeg(original + film)
    assert b"SecretCamera" not in stripped
    assert b"place" not in stripped
    assert Image.open(io.BytesIO(stripped)).tobytes() == Image.open(io.BytesIO(original)).tobytes()


@pytest.mark.whole
def test_all_pages_of_a_tiff_are_taken() -> None:
    pages = [Image.new("1", (1654, 2339), 1), Image.new("L", (1654, 2339), 200), Image.new("RGB", (900, 700), "blue")]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    assert take(out.getvalue())[1].pages == 3


def test_photos_of_phones_are_decoded_by_one_thread() -> None:
    """Each thread of the decoder asks for 64 MB of addresses: with two, photos of 12 million points were refused."""
    import pi_heif  # type: ignore[import-untyped]

    pi_heif.options.DECODE_THREADS = 4
    take((Path(__file__).parents[1] / "data" / "photo.heic").read_bytes())
    assert pi_heif.options.DECODE_THREADS == 1
