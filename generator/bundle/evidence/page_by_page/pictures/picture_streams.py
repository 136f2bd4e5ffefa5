"""The pictures inside a PDF looked at by decoding them: one that breaks off, or that nobody can read, is told.

Viewers show half a scan, or a white page, and say nothing. JPEGs and faxes are decoded; of the other kinds that
scanners write (JPEG 2000, JBIG2, compressed points) what they say of their own length is held against what is there.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name
from PIL import Image

from generator.bundle.evidence.page_by_page.lost_contents import LostContents
from generator.bundle.evidence.page_by_page.pdf_objects import name_of
from generator.bundle.evidence.page_by_page.pictures.fax_pictures import FaxCode, rows_there
from generator.bundle.evidence.page_by_page.pictures.jpeg_2000 import cut_off as jpeg_2000_cut_off
from generator.bundle.evidence.page_by_page.pictures.whole_jpegs import CUT, UNREADABLE, jpeg_fault
from generator.values.notice import LOST, Notice

ERRORS = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OverflowError)
_SIMPLE = ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx",
           "/RunLengthDecode", "/RL")  # fmt: skip
_DEEP = 4
_LARGE = 120_000_000
"""Bytes of points that are not looked at when they are packed in a way that cannot be read piece by piece."""
_WHOLE = 0.97
"""The part of a picture's points from which it is whole: some programs leave out the last line."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_SHOWN = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")


def broken_pictures(pdf: pikepdf.Pdf, repaired: bytes = b"") -> Iterator[Notice]:
    """A notice of each page with a picture that breaks off or cannot be read.

    Of a file that had to be `repaired`, which is given as it came, also of each page whose content, or a picture that
    it calls, is not there any more.
    """
    known: dict[Any, str] = {}
    lost = LostContents(pdf, repaired)
    for number, page in enumerate(pdf.pages, 1):
        if repaired and _is_empty(page.obj) and lost.names_what_is_gone(page.obj):
            yield Notice("the file is damaged, and nothing of this page is left in it", LOST, number)
        said = [_MISSING] * _missing(page.obj, page.obj.get("/Resources")) if repaired else []
        said += _faults_on(page, known)
        for what in dict.fromkeys(said):
            many = f"{said.count(what)} pictures of this page are" if said.count(what) > 1 else "a picture of it is"
            yield Notice(f"{many} damaged: {what}", LOST, number, said.count(what))


def _faults_on(page: pikepdf.Page, known: dict[Any, str]) -> Iterator[str]:
    try:
        for picture in _drawn(page.obj, page.obj.get("/Resources"), 0, set()):
            if picture.objgen not in known:
                known[picture.objgen] = _fault(picture)
            if known[picture.objgen]:
                yield known[picture.objgen]
    except ERRORS:  # names in no encoding: the page is looked at by its words alone
        return


def _content(holder: Any) -> bytes:
    """What a page or a form draws."""
    content = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
    streams = list(content) if isinstance(content, Array) else [content]
    return b"\n".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))


def _is_empty(page: Any) -> bool:
    try:
        return not _content(page) and "/Annots" not in page
    except ERRORS:
        return False  # what cannot be decoded is told by itself


def _called(drawn: bytes) -> dict[bytes, bytes]:
    """The names of the pictures and forms that are drawn, each as it is meant and as it is written."""
    names = _SHOWN.findall(drawn)
    return {_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name): name for name in names}


def _missing(holder: Any, resources: Any) -> int:
    """How many things a page draws that are not in the file."""
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    known = set(things.keys()) if isinstance(things, Dictionary) else set()
    try:
        there = {name[1:].encode("utf-8", "surrogateescape") for name in known}
        return sum(not there & set(both) for both in _called(_content(holder)).items())
    except ERRORS:
        return 0


def _drawn(holder: Any, resources: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The pictures that a page or form really draws, those inside forms too, each of which is looked into once."""
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(things, Dictionary) or depth > _DEEP:
        return
    try:
        called = _called(_content(holder))
    except ERRORS:
        return
    for name in things.keys():  # noqa: SIM118
        thing: Any = things[name] if name[1:].encode("utf-8", "surrogateescape") in called else None
        kind = name_of(thing.get("/Subtype")) if isinstance(thing, pikepdf.Stream) else ""
        if kind == "/Image":
            yield thing
        elif kind == "/Form" and thing.objgen not in seen:
            seen.add(thing.objgen)
            yield from _drawn(thing, thing.get("/Resources", resources), depth + 1, seen)


def _fault(picture: Any) -> str:
    """What is wrong with a picture, in words; "" where nothing is, or nothing can be known."""
    try:
        packing = filters(picture)
        last = packing[-1] if packing else ""
        if last in ("/DCTDecode", "/DCT"):
            return _of_jpeg(picture)
        if last == "/JPXDecode":
            data = unpacked(picture)
            return CUT if jpeg_2000_cut_off(data) else "" if _opens(data) else _unreadable(picture)
        if last == "/JBIG2Decode":
            return _of_jbig2(picture)
        if last in ("/CCITTFaxDecode", "/CCF"):
            return _of_fax(picture)
        return _of_points(picture, packing)
    except (*ERRORS, zlib.error, MemoryError):
        return UNREADABLE


_MISSING = "it is not in the file any more"
_EMPTY = "there is nothing of it"


def filters(stream: Any) -> list[str]:
    """How a stream is packed, in the order in which it is unpacked."""
    value = stream.get("/Filter")
    return [name_of(one) for one in value] if isinstance(value, Array) else [] if value is None else [name_of(value)]


def unpacked(picture: Any) -> bytes:
    """The data of a JPEG, a JPEG 2000 or a JBIG2 picture without what else they are packed in."""
    packing = filters(picture)
    if len(packing) == 1:
        return bytes(picture.read_raw_bytes())
    if any(one not in _SIMPLE for one in packing[:-1]):
        raise ValueError("it is packed twice")
    with pikepdf.new() as holder:
        outer = holder.make_stream(picture.read_raw_bytes())
        outer.Filter = Array([Name(one) for one in packing[:-1]])
        told = picture.get("/DecodeParms")
        if isinstance(told, Array):
            outer.DecodeParms = Array([_plain(one) for one in list(told)[:-1]])
        return bytes(outer.read_bytes())


def _plain(told: Any) -> Any:
    """Parameters as a dictionary of their own, for another file."""
    if not isinstance(told, Dictionary):
        return None
    return Dictionary({key: int(value) for key, value in told.items() if isinstance(value, int)})


# --- JPEG -------------------------------------------------------------------------------------------------------------


def _of_jpeg(picture: Any) -> str:
    data = unpacked(picture)
    if not data:
        return _EMPTY
    fault = jpeg_fault(data)
    return _unreadable(picture) if fault == UNREADABLE else fault


def _opens(data: bytes) -> bool:
    """True when a JPEG 2000 can be decoded, at an eighth of its size: to decode all of it takes seconds."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG2000",)) as image:
            image.reduce = 3  # type: ignore[method-assign,assignment]
            image.load()
        return True
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, Image.DecompressionBombError):
        return False


def _unreadable(picture: Any) -> str:
    """A picture that Pillow cannot read is lost only where PDFium, which has decoders of its own, cannot either."""
    with pikepdf.new() as proof:
        page = proof.add_blank_page(page_size=(100, 100))
        page.obj.Resources = Dictionary(XObject=Dictionary(P=proof.copy_foreign(picture)))
        page.obj.Contents = proof.make_stream(b"q 100 0 0 100 0 0 cm /P Do Q")
        out = io.BytesIO()
        proof.save(out)
    return "" if _pdfium_shows(out.getvalue()) else UNREADABLE


def _pdfium_shows(content: bytes) -> bool:
    with pdfium.PdfDocument(content) as document:
        for thing in document[0].get_objects([raw.FPDF_PAGEOBJ_IMAGE]):
            bitmap = raw.FPDFImageObj_GetBitmap(thing)
            if bitmap:
                raw.FPDFBitmap_Destroy(bitmap)
                return True
    return False


# --- the other kinds --------------------------------------------------------------------------------------------------


def _components(picture: Any) -> int:
    """How many numbers a point has; 0 where that is not plain."""
    if picture.get("/ImageMask", False):
        return 1
    space = picture.get("/ColorSpace")
    kind = name_of(space[0]) if isinstance(space, Array) and len(space) else name_of(space)
    if kind == "/ICCBased":
        return int(space[1].get("/N", 0))
    usual = {
        "/DeviceGray": 1,
        "/G": 1,
        "/CalGray": 1,
        "/Indexed": 1,
        "/I": 1,
        "/Separation": 1,
        "/DeviceRGB": 3,
        "/RGB": 3,
    }
    return (usual | {"/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4}).get(kind, 0)


def _of_points(picture: Any, packing: list[str]) -> str:
    """Points that are only packed: as many must be there as the picture has."""
    try:
        bits = 1 if picture.get("/ImageMask", False) else int(picture.get("/BitsPerComponent", 0))
        wide, high = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
        row = (wide * _components(picture) * bits + 7) // 8
    except ERRORS:
        return ""  # it does not say how large it is, and no viewer shows it
    if row <= 0 or high <= 0:
        return ""
    if packing in (["/FlateDecode"], ["/Fl"]):
        told = picture.get("/DecodeParms")
        told = told[0] if isinstance(told, Array) and len(told) else told
        row += isinstance(told, Dictionary) and int(told.get("/Predictor", 1)) >= 10
        there = _inflated(picture.read_raw_bytes(), row * high)
    elif row * high > _LARGE:
        return ""
    else:
        there = len(picture.read_bytes(decode_level=pikepdf.StreamDecodeLevel.specialized))
    if there >= _WHOLE * row * high:
        return ""
    return f"{CUT}, after {100 * there // (row * high)} % of its height" if there else _EMPTY


def _inflated(data: bytes, wanted: int) -> int:
    """How many bytes come out, without keeping them; data behind a mistake do not count, as no viewer shows them.

    Without the sum at the end, which viewers do not check either.
    """
    machine, count = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for start in range(2, len(data), 4096):
        piece = data[start : start + 4096]
        while piece and count < wanted and not machine.eof:
            try:
                count += len(machine.decompress(piece, 1 << 20))
            except zlib.error:
                return count
            piece = machine.unconsumed_tail
    return count


def _of_fax(picture: Any) -> str:
    data, told = unpacked(picture), picture.get("/DecodeParms")
    told = told[-1] if isinstance(told, Array) and len(told) else told
    given = dict(told.items()) if isinstance(told, Dictionary) else {}
    wide, high = int(given.get("/Columns", 1728)), int(picture.get("/Height", 0))
    if len(data) <= 2:
        return _EMPTY
    if wide <= 0 or high <= 0:
        return ""
    flags = bool(given.get("/EndOfLine", False)), bool(given.get("/EncodedByteAlign", False))
    there = rows_there(data, FaxCode(wide, high, int(given.get("/K", 0)), *flags))
    return "" if there >= min(_WHOLE * high, high - 1) else f"{CUT}, after {100 * there // high} % of its height"


def _of_jbig2(picture: Any) -> str:
    """The segments of a page of a scan: each says how long it is (ITU-T T.88, 7.2)."""
    data = unpacked(picture)
    return _EMPTY if not data else (CUT if _segment_missing(data) else "")


_UNKNOWN = 0xFFFFFFFF


def _segment_missing(data: bytes) -> bool:
    at, regions = 0, 0
    while at + 11 <= len(data):
        number, flags = int.from_bytes(data[at : at + 4], "big"), data[at + 4]
        count, next_ = data[at + 5] >> 5, at + 6
        if count == 7:
            many = int.from_bytes(data[at + 5 : at + 9], "big") & 0x1FFFFFFF
            count, next_ = many, at + 9 + (many + 8) // 8
        wide = 1 if number <= 256 else 2 if number <= 65536 else 4
        next_ += count * wide + (4 if flags & 0x40 else 1)
        length = int.from_bytes(data[next_ : next_ + 4], "big")
        regions += 4 <= (flags & 0x3F) <= 43
        if length == _UNKNOWN:
            return False
        at = next_ + 4 + length
    return at > len(data) or not regions
