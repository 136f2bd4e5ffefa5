"""Photos and scans as pages: upright, on A4, at most 300 dots an inch, and without where and when they were taken."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pikepdf
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.page_by_page.looks_written import SIZE, looks_written
from generator.bundle.evidence.page_by_page.pictures.fax_pictures import rows_of_tiff
from generator.bundle.evidence.page_by_page.pictures.tiff_strips import not_arrived, strip_fault
from generator.bundle.evidence.page_by_page.pictures.whole_jpegs import UNREADABLE, jpeg_fault

A4 = (595.276, 841.89)
MARGIN = 36.0
MAX_DPI = 300
MAX_PIXELS = 250_000_000
MAX_PAGES = 1000
LONG = 3.0
"""How many times higher than wide a picture is that is cut over pages; a phone's screen is 2.2 times as high."""


@dataclass
class Photo:
    """One picture ready to be drawn: compressed data as it goes into the PDF, and its place on the page in points."""

    data: bytes
    encoding: str
    colours: str
    bits: int
    width: int
    height: int
    page: tuple[float, float]
    box: tuple[float, float, float, float]
    written: bool = False


@dataclass
class PhotoNotes:
    """What was done, what was removed, and what a person should look at."""

    done: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    """Pages, counted from 1, on which there seems to be writing."""
    margin: bool = True
    """Whether no picture reaches into the margin of its page, as that of a scanner does, which is the whole sheet."""


def photos_to_pdf(content: bytes) -> tuple[bytes, PhotoNotes]:
    """A picture file (all its pages) as a PDF, and an account of it; Refused when it cannot be read."""
    notes = PhotoNotes()
    pdf = pikepdf.new()
    for number, photo in enumerate(_photos(content, notes), 1):
        _add(pdf, photo)
        notes.margin &= photo.box[1] > MARGIN - 1
        if photo.written:
            notes.written.append(number)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    notes.done, notes.removed = list(dict.fromkeys(notes.done)), list(dict.fromkeys(notes.removed))
    return out.getvalue(), notes


def _photos(content: bytes, notes: PhotoNotes) -> Iterator[Photo]:
    """Every picture of the file, one after the other, so that a long TIFF is never in memory whole."""
    import pi_heif  # type: ignore[import-untyped]  # a decoder of 4 MB: only where a picture is really read

    pi_heif.register_heif_opener()
    pi_heif.options.DECODE_THREADS = 1  # each asks for 64 MB of addresses: two went over the limit
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    if content.startswith(b"\xff\xd8"):
        content = _whole_jpeg(content, notes)
    try:
        with Image.open(io.BytesIO(content)) as image:
            for number, frame in enumerate(_frames(image, notes), 1):
                _check_tiff(frame, number, content, notes)
                yield from _pages_of(frame, content, notes)
    except Image.DecompressionBombError:
        raise Refused("bundle/too-big", "is a picture of more than 250 million points", "save it smaller") from None
    except UnidentifiedImageError:
        raise Refused("bundle/broken-picture", _UNKNOWN, _AGAIN) from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, zlib.error) as error:
        raise Refused("bundle/broken-picture", f"is a damaged picture ({_why(error)})", _AGAIN) from None


def _whole_jpeg(content: bytes, notes: PhotoNotes) -> bytes:
    """A JPEG that is there whole, without notes that nobody can read; Refused for one that breaks off."""
    content = content.rstrip(b"\x00")  # what did not arrive is often filled up with zeros, and shown grey
    fault = jpeg_fault(content)
    bare = strip_jpeg(content) if fault == UNREADABLE else content
    if bare != content and (again := jpeg_fault(bare)) != UNREADABLE:
        notes.warnings.append("its camera's notes are damaged: look whether it stands upright")
        content, fault = bare, again
    if fault and fault != UNREADABLE:
        raise Refused("bundle/broken-picture", f"is a damaged picture ({fault})", _AGAIN)
    return content


def _check_tiff(frame: Image.Image, number: int, content: bytes, notes: PhotoNotes) -> None:
    """Refused for a scan that breaks off: decoders show the rest of it black, or not at all, and say nothing."""
    if frame.format != "TIFF":
        return
    tags = frame.tag_v2  # type: ignore[attr-defined]
    if fault := strip_fault(tags, content):
        raise Refused("bundle/broken-picture", f"is a damaged picture (page {number} of it: {fault})", _AGAIN)
    if missing := not_arrived(tags, content):
        notes.warnings.append(f"picture {number} of it {missing}: a part may be missing")
    there, high = rows_of_tiff(tags, content)
    if there < high:
        message = f"is a damaged picture (page {number} of it breaks off after {100 * there // high} % of its height)"
        raise Refused("bundle/broken-picture", message, _AGAIN)


_AGAIN = "ask for it again, or open it on the phone or computer that has it and save it anew"


_UNKNOWN = "is a damaged picture, or one of a kind that no program here can read"


def _why(error: Exception) -> str:
    """A decoder's complaint in words that name no inside of ours."""
    if "decoder error" in str(error):
        return "its data are broken, or end before the picture does"
    if "truncated" in str(error).lower():
        return "it is cut off: the file ends before the picture does"
    return "its data are broken, or of a kind that no program here can read"


def _frames(image: Image.Image, notes: PhotoNotes) -> Iterable[Image.Image]:
    """The pictures of a file that are pages: all of a scan, the first of a film and of a phone's live photo."""
    count = getattr(image, "n_frames", 1)
    if image.format in ("JPEG", "MPO", "HEIF"):  # their further frames are previews and depth maps
        return [image]
    if image.format in ("GIF", "WEBP", "PNG") and count > 1:
        notes.warnings.append(f"it is a moving picture of {count} pictures: only the first is shown")
        return [image]
    if count > MAX_PAGES:
        raise Refused("bundle/too-big", f"has more than {MAX_PAGES} pictures", "send fewer pages in one file")
    return ImageSequence.Iterator(image)


def _pages_of(frame: Image.Image, content: bytes, notes: PhotoNotes) -> Iterator[Photo]:
    """A picture on its page; one that is much longer than wide, as a chat on a phone, cut over several."""
    turned = frame.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    width, height = (frame.height, frame.width) if turned else frame.size
    if height <= LONG * width:
        yield _photo(frame, content, notes)
        return
    whole, kind = ImageOps.exif_transpose(frame), frame.format
    piece = round(width * (A4[1] - 2 * MARGIN) / (A4[0] - 2 * MARGIN))
    overlap = piece // 20
    tops = list(range(0, max(1, height - overlap), piece - overlap))
    notes.done.append(f"cut over {len(tops)} pages, each beginning with the last lines of the one before")
    for top in tops:
        part = whole.crop((0, top, width, min(height, top + piece)))
        part.format = kind
        yield _photo(part, b"", notes)


def _photo(image: Image.Image, content: bytes, notes: PhotoNotes) -> Photo:
    """One picture turned upright, made smaller if it is finer than needed, and stripped of all but its pixels.

    `content` is its file, whose data are kept as they are where that can be; empty for a piece of a picture.
    """
    done, removed = notes.done, notes.removed
    exif = image.getexif()
    if exif.get_ifd(0x8825):
        removed.append("the place where the photo was taken (GPS)")
    if exif:
        removed.append("the camera's notes (EXIF)")
    turned = exif.get(0x0112, 1) not in (0, 1)
    width, height = (image.height, image.width) if exif.get(0x0112, 1) in (5, 6, 7, 8) else image.size
    page, box, wanted = _place(width, height, image.info.get("dpi"))
    if content and image.format == "JPEG" and not turned and wanted >= width and image.mode in ("L", "RGB"):
        written = _decode(content)
        data = strip_jpeg(content)
        if not has_notes(data):  # else its pixels are written anew
            return Photo(data, "/DCTDecode", _colours(image.mode), 8, width, height, page, box, written)
    if content and image.format in ("JPEG", "MPO"):
        image.draft(None, (wanted, wanted) if turned else (wanted, round(height * wanted / width)))
    upright = ImageOps.exif_transpose(image)
    if turned:
        done.append("turned upright")
    if wanted < width:
        done.append(f"made smaller ({MAX_DPI} dots an inch are enough)")
        upright = upright.resize(
            (wanted, max(1, round(height * wanted / width))), Image.Resampling.LANCZOS, reducing_gap=2.0
        )
    return _encode(upright, photo=image.format in ("JPEG", "MPO", "HEIF", "WEBP"), page=page, box=box)


def _decode(content: bytes) -> bool:
    """Decode a picture whose data are kept as they are, small: only so is it known to be whole. Is there writing?"""
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (SIZE, SIZE))
        image.load()
        return looks_written(image)


def _place(
    width: int, height: float, dpi: tuple[float, float] | None
) -> tuple[tuple[float, float], tuple[float, float, float, float], int]:
    """The page (A4, the way the picture lies), the picture's box on it, and the width in pixels that is enough."""
    height *= _stretch(dpi)
    page = A4 if height >= width else (A4[1], A4[0])
    room = (page[0] - 2 * MARGIN, page[1] - 2 * MARGIN)
    scan = _is_full_page(width, height / _stretch(dpi), dpi)
    if scan:
        room = page
    scale = min(room[0] / width, room[1] / height)
    if not scan:
        scale = min(scale, 72 / 72)  # a small picture is not blown up beyond one point a pixel
    w, h = width * scale, height * scale
    x, y = (page[0] - w) / 2, (page[1] - h) / 2
    return page, (x, y, w, h), max(1, min(width, round(w / 72 * MAX_DPI)))


def _stretch(dpi: tuple[float, float] | None) -> float:
    """How much higher a picture is than its points are many: a fax has twice as many across as down."""
    try:
        x, y = (float(dpi[0]), float(dpi[1])) if dpi else (0.0, 0.0)
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 1.0
    return x / y if x > 0 and y > 0 and _LEAST_STRETCH < x / y < 1 / _LEAST_STRETCH else 1.0


_LEAST_STRETCH = 0.3


def _is_full_page(width: int, height: float, dpi: tuple[float, float] | None) -> bool:
    """True for a scanner's picture: it says how fine it is, and by that it is a sheet of A4, near enough."""
    try:
        x, y = (float(dpi[0]), float(dpi[1])) if dpi else (0.0, 0.0)
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return False
    if x < 90 or y < 90:
        return False
    short, long = sorted((width / x * 72, height / y * 72))
    return abs(short - A4[0]) < 25 and abs(long - A4[1]) < 55


def _encode(
    image: Image.Image, photo: bool, page: tuple[float, float], box: tuple[float, float, float, float]
) -> Photo:
    """Pixels as PDF image data: JPEG for photos, lossless for everything drawn or scanned."""
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        low, high = image.getextrema()
        span = max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        image = image.convert("F").point(lambda v: (v - float(low)) * 255.0 / span).convert("L")  # type: ignore[arg-type]
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")
    if photo and image.mode != "1":
        out = io.BytesIO()
        image.save(out, "JPEG", quality=88, optimize=True)
        data, encoding, bits = strip_jpeg(out.getvalue()), "/DCTDecode", 8
    else:
        data, encoding, bits = zlib.compress(image.tobytes(), 6), "/FlateDecode", 1 if image.mode == "1" else 8
    return Photo(data, encoding, _colours(image.mode), bits, *image.size, page, box, looks_written(image))


def _colours(mode: str) -> str:
    return "/DeviceRGB" if mode == "RGB" else "/DeviceGray"


def _add(pdf: pikepdf.Pdf, photo: Photo) -> None:
    """One more page that shows one picture."""
    page = pdf.add_blank_page(page_size=photo.page)
    picture = pdf.make_stream(photo.data)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = photo.width, photo.height, photo.bits
    picture.ColorSpace, picture.Filter = pikepdf.Name(photo.colours), pikepdf.Name(photo.encoding)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=picture))
    x, y, w, h = (f"{value:.3f}" for value in photo.box)
    page.obj.Contents = pdf.make_stream(f"q {w} 0 0 {h} {x} {y} cm /Photo Do Q".encode())


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without notes, places, thumbnails, comments or anything after its end; not a pixel changes.

    Colour profiles (APP2 "ICC_PROFILE") and Adobe's colour transform (APP14) stay. Data that is not a plain JPEG is
    given back as it is.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept = [b"\xff\xd8"]
    at = 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker in (0x00, 0xFF):
            at += 1  # stray bytes between segments, over which readers go: what is behind them is read too
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:  # a marker alone
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            return data
        segment = data[at : at + 2 + length]
        if marker == 0xDA:
            end = _end_of_scans(data, at)
            return b"".join([*kept, data[at:end]])
        if not _is_note(marker, segment):
            kept.append(segment)
        at += 2 + length
    return data


def has_notes(data: bytes) -> bool:
    """True when a camera's notes still stand in a JPEG whose segments nobody could tell apart."""
    return any(mark in data for mark in _MARKS)


def blotted(data: bytes) -> bytes:
    """A JPEG with every note made empty that still stands in it, where nobody could tell its segments apart."""
    whole = bytearray(data)
    for mark in _MARKS:
        at = data.find(mark)
        while at >= 2:
            length = max(len(mark), int.from_bytes(data[at - 2 : at], "big") - 2)
            whole[at : at + length] = bytes(min(length, len(data) - at))
            at = data.find(mark, at + 1)
    return bytes(whole)


_MARKS = (b"Exif\x00", b"http://ns.adobe.com/xap", b"Photoshop 3.0\x00")
"""How cameras' and programs' notes begin, just behind the length of their segment."""


def _is_note(marker: int, segment: bytes) -> bool:
    """Comments, and application segments other than JFIF, colour profiles and Adobe's colour transform."""
    if marker == 0xFE:
        return True
    if not 0xE0 <= marker <= 0xEF:
        return False
    named, whole = _KEPT.get(marker, (b"", 0))
    return not named or not segment[4:].startswith(named) or len(segment) < whole


_KEPT = {0xE0: (b"JFIF\x00", 18), 0xE2: (b"ICC_PROFILE\x00", 18), 0xEE: (b"Adobe", 16)}
"""What is no note: how it begins, and the bytes of its segment that decoders read."""


def _end_of_scans(data: bytes, at: int) -> int:
    """Just after the JPEG's own end: motion photos carry a film behind it, and the film carries places."""
    while True:
        at = data.find(b"\xff", at + 2)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0x00 or 0xD0 <= marker <= 0xD7 or marker == 0xFF:
            at -= 1 if marker == 0xFF else 0
            continue
        at += int.from_bytes(data[at + 2 : at + 4], "big")
