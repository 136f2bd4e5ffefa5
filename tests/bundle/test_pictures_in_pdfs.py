"""Pictures inside PDFs: one that breaks off or cannot be read is told with its page, and none keeps a place."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from generator.bundle import Account, Refused
from generator.bundle.evidence.page_by_page.pictures import jpeg_2000
from generator.values.notice import losses
from tests.bundle.taken import take
from tests.bundle_makers import made, photo, saved

SIZE = (400, 560)


def page_of_writing(mode: str = "L") -> Image.Image:
    image = Image.new(mode, SIZE, "white")
    drawn = ImageDraw.Draw(image)
    for line in range(30, SIZE[1] - 20, 18):
        drawn.text((20, line), f"Line {line} of a letter about Ada and her reading", fill="black")
    return image


def packed(format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    page_of_writing().save(out, format, **options)
    return out.getvalue()


def fax() -> bytes:
    """The picture in the code of fax machines (group 4), as a TIFF holds it."""
    out = io.BytesIO()
    page_of_writing("1").save(out, "TIFF", compression="group4", tiffinfo={278: SIZE[1]})
    with Image.open(out) as image:
        [at], [length] = image.tag_v2[273], image.tag_v2[279]  # type: ignore[attr-defined]
    return out.getvalue()[at : at + length]


def jbig2() -> bytes:
    """The same as JBIG2: a page, and one region of it in the fax's code."""
    wide, high = (value.to_bytes(4, "big") for value in SIZE)

    def segment(number: int, kind: int, data: bytes) -> bytes:
        return number.to_bytes(4, "big") + bytes([kind, 0, 1]) + len(data).to_bytes(4, "big") + data

    page = segment(0, 48, wide + high + bytes(8) + b"\x00\x00\x00")
    return page + segment(1, 38, wide + high + bytes(8) + b"\x00" + b"\x01" + fax())


KINDS = {
    "JPEG": (lambda: packed("JPEG"), "/DCTDecode", 8),
    "progressive JPEG": (lambda: packed("JPEG", progressive=True), "/DCTDecode", 8),
    "JPEG 2000": (lambda: packed("JPEG2000"), "/JPXDecode", 8),
    "JPEG 2000 without boxes": (lambda: packed("JPEG2000", no_jp2=True), "/JPXDecode", 8),
    "JBIG2": (jbig2, "/JBIG2Decode", 1),
    "points": (lambda: zlib.compress(page_of_writing().tobytes()), "/FlateDecode", 8),
}


def scanned(data: bytes, packing: str, bits: int, page: int = 2) -> pikepdf.Pdf:
    """Three pages with words, one of which shows a picture that fills it."""
    pdf = made(3, text="Words")
    picture = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image)
    picture.Width, picture.Height, picture.BitsPerComponent, picture.ColorSpace = *SIZE, bits, Name.DeviceGray
    picture.Filter = Name(packing)
    shown = pdf.pages[page - 1].obj
    shown.Resources.XObject = Dictionary(Scan=picture)
    shown.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
    return pdf


def told(data: bytes, packing: str, bits: int) -> list[tuple[int, str]]:
    _, account = take(saved(scanned(data, packing, bits)))
    return [(one.page, str(one)) for one in losses(account.warnings)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_picture_goes_in(kind: str) -> None:
    make, packing, bits = KINDS[kind]
    assert not told(make(), packing, bits)


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_breaks_off_is_told_with_its_page(kind: str) -> None:
    make, packing, bits = KINDS[kind]
    data = make()
    [(page, said)] = told(data[: len(data) * 2 // 5], packing, bits)
    assert page == 2
    assert said.startswith("a picture of it is damaged: it breaks off before its end")


@pytest.mark.parametrize("packing", ["/DCTDecode", "/JPXDecode", "/JBIG2Decode"])
def test_one_that_nobody_can_read_is_told_with_its_page(packing: str) -> None:
    [(page, said)] = told(b"no picture at all " * 20, packing, 8)
    assert page == 2 and said.startswith("a picture of it is damaged: ")


@pytest.mark.whole
def test_what_viewers_do_not_need_is_not_missed() -> None:
    assert not told(packed("JPEG")[:-2], "/DCTDecode", 8), "the two bytes that say that a JPEG ends"
    points = zlib.compress(page_of_writing().tobytes())
    assert not told(points[:-4] + b"abcd", "/FlateDecode", 8), "the sum over packed points"


def test_a_picture_that_no_page_draws_is_not_missed() -> None:
    pdf = scanned(b"broken", "/DCTDecode", 8)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"BT ET")
    assert not losses(take(saved(pdf))[1].warnings)


def test_a_picture_inside_a_form_is_looked_at_and_told_once_a_page() -> None:
    pdf = scanned(packed("JPEG")[:9000], "/DCTDecode", 8)
    page = pdf.pages[1].obj
    form = pdf.make_stream(b"q 200 0 0 200 0 0 cm /Scan Do Q /Scan Do", Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Resources = Array([0, 0, 595, 842]), Dictionary(XObject=page.Resources.XObject)
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(F=form)), pdf.make_stream(b"/F Do")
    [told] = losses(take(saved(pdf))[1].warnings)
    assert told.page == 2


@pytest.mark.whole
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("kind", KINDS)
def test_a_scan_whose_file_is_cut_off_never_goes_in_as_if_it_were_whole(kind: str, share: float) -> None:
    make, packing, bits = KINDS[kind]
    whole = saved(scanned(make(), packing, bits, page=3))
    account: Account | None
    try:
        _, account = take(whole[: int(len(whole) * share)])
    except Refused as refused:
        account = None
        assert "\n" not in refused.message
    assert account is None or losses(account.warnings)


# --- what cameras write into them -------------------------------------------------------------------------------------

GPS = b"Exif\x00\x00II*\x00 51.5074 N"


def in_a_pdf(data: bytes, packing: Any) -> bytes:
    pdf = scanned(data, "/DCTDecode", 8)
    picture = pdf.pages[1].obj.Resources.XObject.Scan
    picture.Filter, picture.ColorSpace = packing, Name.DeviceRGB
    return saved(pdf)


def streams(content: bytes) -> bytes:
    """All of a file's streams, unpacked as far as they can be."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        whole = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return b"".join(one.read_raw_bytes() + one.read_bytes(decode_level=pikepdf.StreamDecodeLevel.specialized)
                        if "/DCTDecode" not in str(one.get("/Filter")) and "/JPX" not in str(one.get("/Filter"))
                        else one.read_raw_bytes() for one in whole)  # fmt: skip


@pytest.mark.parametrize("twice", [False, True], ids=["alone", "packed twice"])
def test_no_photo_in_a_pdf_says_where_it_was_taken(twice: bool) -> None:
    data = photo(SIZE, gps=True)
    packing = Array([Name.FlateDecode, Name.DCTDecode]) if twice else Array([Name.DCTDecode])
    clean, account = take(in_a_pdf(zlib.compress(data) if twice else data, packing))
    assert b"Exif" in data and b"Exif" not in streams(clean)
    assert "camera's note (EXIF) in a picture" in " ".join(account.removed)
    assert seen(clean) == seen(in_a_pdf(data, Name.DCTDecode))


def test_nor_does_one_whose_segments_nobody_can_tell_apart() -> None:
    data = photo(SIZE, gps=True)
    odd = data[:2] + b"\xff\xe5\xff\xf0" + data[2:]  # a segment that is longer than the file: readers go on
    assert b"Exif" not in streams(take(in_a_pdf(odd, Name.DCTDecode))[0])


@pytest.mark.whole
@pytest.mark.parametrize("boxes", [True, False])
def test_nor_does_a_jpeg_2000(boxes: bool) -> None:
    data = packed("JPEG2000", no_jp2=not boxes, comment="taken by Mrs Calloway")
    if boxes:
        box = b"JpgTiffExif->JP2" + GPS
        data = data[:32] + (len(box) + 8).to_bytes(4, "big") + b"uuid" + box + data[32:]
    clean = jpeg_2000.without_notes(data)
    assert b"Calloway" in data and b"Calloway" not in clean and b"51.5074" not in clean
    for one in (data, clean):
        with Image.open(io.BytesIO(one)) as image:
            assert image.tobytes() == Image.open(io.BytesIO(data)).tobytes()
    content, account = take(saved(scanned(data, "/JPXDecode", 8)))
    assert not losses(account.warnings)
    assert b"Calloway" not in streams(content) and b"51.5074" not in streams(content)


def box(kind: bytes, *inside: bytes) -> bytes:
    held = b"".join(inside)
    return (len(held) + 8).to_bytes(4, "big") + kind + held


def test_nor_does_one_whose_place_is_in_boxes_within_boxes() -> None:
    data, place = packed("JPEG2000"), box(b"xml ", b"<gml:pos>51.5074 -0.1278</gml:pos>")
    gml = box(b"asoc", box(b"lbl ", b"gml.data"), box(b"asoc", box(b"lbl ", b"near 51.5074"), place))
    at = data.index(b"jp2h") - 4
    end = at + int.from_bytes(data[at : at + 4], "big")
    head = box(b"jp2h", data[at + 8 : end], place, box(b"uuid", b"JpgTiffExif->JP2" + GPS))
    odd = data[:at] + head + gml + data[end:]
    clean = jpeg_2000.without_notes(odd)
    assert clean == jpeg_2000.without_notes(data) and b"51.5074" in odd
    with Image.open(io.BytesIO(clean)) as image:
        assert image.tobytes() == Image.open(io.BytesIO(data)).tobytes()


def seen(content: bytes) -> bytes:
    """The second page as PDFium shows it."""
    with pypdfium2.PdfDocument(content) as document:
        return document[1].render(scale=0.5).to_pil().convert("L").tobytes()  # type: ignore[no-any-return]
