"""Pages of evidence that are odd or partly broken made such that the bundle can hold them; each names itself.

Boxes that are written from the wrong corner are turned round. A page whose content cannot be decoded becomes a picture
of what PDFium shows of it. Content that breaks off in its middle shows the same as in any viewer, and is told.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages
from generator.engines.pdf.pdf_read_back import missing_words
from generator.values.notice import LOST, Notice

DOTS = 200
"""Dots an inch of a page that becomes a picture."""

ERRORS = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OverflowError)
"""What the library raises, untyped, for a broken part of a file."""

_SHOWS_TEXT = re.compile(rb"(?:\)|>|\])\s*T[jJ](?![\w*])")
_FEW = 4
_MOST_LOST = 0.5
"""The part of a page's pieces of text that must be missing before it is told: programs count them differently."""


def turn_boxes(pdf: pikepdf.Pdf) -> None:
    """Write every page's boxes from the lower left to the upper right corner."""
    for page in pdf.pages:
        for key in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
            box = page.obj.get(key) if key != "/MediaBox" else page.mediabox
            try:
                a, b, c, d = (float(value) for value in box)  # type: ignore[union-attr]
            except (*ERRORS,):
                continue
            if a > c or b > d:
                page.obj[key] = Array([min(a, c), min(b, d), max(a, c), max(b, d)])


def mend_pages(pdf: pikepdf.Pdf, content: bytes) -> Iterator[Notice]:
    """Make pictures of the pages that cannot be decoded, and tell them; `content` is the file as it stands."""
    pdf.get_warnings()  # what was told before is not about a page
    for number, page in enumerate(pdf.pages, 1):
        if can_be_read(page):
            if pdf.get_warnings():
                said = "a part of it cannot be decoded and may not be shown: compare it with the original"
                yield Notice(said, page=number)
            continue
        pdf.get_warnings()
        if _show_as_picture(pdf, page, content, number - 1):
            yield Notice("it cannot be decoded, so it is a picture: compare it with the original", page=number)
        else:
            yield Notice("nothing on this page can be decoded: it is blank", LOST, number)


def can_be_read(page: pikepdf.Page) -> bool:
    """True when all that is drawn on a page can be decoded."""
    try:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents]
        for stream in streams:
            if isinstance(stream, pikepdf.Stream):
                stream.read_bytes()
        return all(_form_can_be_read(form) for form in _forms(page.obj.get("/Resources"), 0, set()))
    except ERRORS:
        return False


def _forms(resources: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Each form once: some programs name all of a file's forms in each of them."""
    drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    for _, form in drawn.items() if isinstance(drawn, Dictionary) and depth < 4 else ():
        if isinstance(form, pikepdf.Stream) and str(form.get("/Subtype")) == "/Form" and form.objgen not in seen:
            seen.add(form.objgen)
            yield form
            yield from _forms(form.get("/Resources"), depth + 1, seen)


def _form_can_be_read(form: Any) -> bool:
    form.read_bytes()
    return True


def _show_as_picture(pdf: pikepdf.Pdf, page: pikepdf.Page, content: bytes, index: int) -> bool:
    try:
        document = pdfium.PdfDocument(content)
        image = document[index].render(scale=DOTS / 72).to_pil().convert("RGB")
        document.close()
    except (pdfium.PdfiumError, ValueError, RuntimeError, MemoryError):
        page.obj.Contents, page.obj.Resources = pdf.make_stream(b""), Dictionary()
        return False
    left, bottom, right, top = (float(value) for value in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    if turn:  # PDFium shows the page upright, and the picture goes onto the page as it lies
        image = image.rotate(turn, expand=True)
    shown = pdf.make_stream(zlib.compress(image.tobytes(), 6), Type=Name.XObject, Subtype=Name.Image)
    shown.Width, shown.Height, shown.BitsPerComponent = image.width, image.height, 8
    shown.ColorSpace, shown.Filter = Name.DeviceRGB, Name.FlateDecode
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=shown))
    drawn = f"q {right - left:.3f} 0 0 {top - bottom:.3f} {left:.3f} {bottom:.3f} cm /Page Do Q"
    page.obj.Contents = pdf.make_stream(drawn.encode())
    return True


def broken_off(pdf: pikepdf.Pdf, content: bytes) -> list[Notice]:
    """Pages of which only a part is shown, since their content breaks off or has a mistake in its middle."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return []
    try:
        found = [n for n, page in enumerate(pdf.pages, 1) if n <= len(document) and _breaks_off(page, document, n - 1)]
    finally:
        document.close()
    if not found:
        return []
    said = "has a mistake in its content, so that a part of it may not be shown: compare it with the original"
    return [Notice(f"{in_pages(found)} {said}", page=found[0])]


def _breaks_off(page: pikepdf.Page, document: Any, index: int) -> bool:
    """True when PDFium finds far fewer pieces of text on a page than its content writes."""
    try:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents]
        drawn = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    except ERRORS:
        return False
    written = len(_SHOWS_TEXT.findall(drawn))
    if written < _FEW:
        return False
    shown = document[index]
    try:
        things = (raw.FPDFPage_GetObject(shown, n) for n in range(raw.FPDFPage_CountObjects(shown)))
        count = sum(1 for thing in things if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT)
    finally:
        shown.close()
    return bool(count < (1 - _MOST_LOST) * written)


# --- nothing lost between the file as it came and the file as it goes in ----------------------------------------------


def visible_texts(content: bytes) -> list[str] | None:
    """What is to be seen of every page's text; None when PDFium cannot open the file."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return None
    try:
        return [_visible(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _visible(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()


def lost_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Notice]:
    """Words that a page had and has no more, page by page."""
    for number, (was, now) in enumerate(zip(before, after, strict=False), 1):
        missing = missing_words(was, now)
        if missing and _are_gone(missing, was, now):
            shown = ", ".join(dict.fromkeys(missing[:8])) + (" …" if len(missing) > 8 else "")
            said = f"{len(missing)} words of this page are lost on the way: {shown}"
            yield Notice(said, LOST, number, len(missing))


def _are_gone(words: Sequence[str], was: str, now: str) -> bool:
    """True when the letters are gone too: what is drawn over words, as a stamp, may be read between their letters."""
    before, after = (Counter(c for c in text.casefold() if c.isalnum()) for text in (was, now))
    return 2 * sum((before - after).values()) >= sum(len(word) for word in words)
