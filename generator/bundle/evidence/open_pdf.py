"""A PDF of somebody else's opened: repaired where it can be, as pictures where not, refused where it is none."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.accessible import fit_and_tag
from generator.bundle.evidence.intake_notes import Notes

MAX_PAGES = 5000
_LOST_PAGE = "Pages tree includes non-dictionary object"
"""What qpdf says, once each, of pages that a damaged file should have and has not."""

_PRINT = "open it, print it to PDF (Microsoft Print to PDF, or Save as PDF), and put that file here"
_BROKEN = "ask for the file again, or open it and print it to PDF"


def opened(content: bytes, notes: Notes) -> pikepdf.Pdf:
    """The PDF, repaired if need be, or as pictures of its pages if nothing else can be had."""
    if re.search(
        rb"/Filter\s*/(Adobe\.PubSec|Adobe\.PPKLite)\b(?=[^>]*/(?:Recipients|SubFilter\s*/adbe\.pkcs7\.s[45]))", content
    ):
        raise Refused("bundle/certificate", "is locked for one person's certificate", f"ask its author, or {_PRINT}")
    try:
        pdf = pikepdf.open(io.BytesIO(content), suppress_warnings=True, access_mode=pikepdf.AccessMode.default)
    except pikepdf.PasswordError:
        raise Refused("bundle/password", "needs a password to open", _PRINT) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OverflowError) as error:
        if "filter" in str(error).lower() and "encrypt" in str(error).lower():
            raise Refused("bundle/certificate", "is locked in a way we cannot open", _PRINT) from None
        return _as_pictures(content, notes)
    if pdf.is_encrypted:
        notes.done.append("restrictions on copying and printing lifted (it opens without a password)")
    if len(pdf.pages) == 0:
        return _as_pictures(content, notes, readable=True)
    told = [str(warning) for warning in pdf.get_warnings()]  # asked twice, it tells nothing
    if lost := {warning for warning in told if _LOST_PAGE in warning}:
        whole = len(pdf.pages) + len(lost)
        raise Refused("bundle/broken-pdf", f"is damaged: {len(pdf.pages)} of its {whole} pages can be read", _BROKEN)
    if told or _fewer_pages_than_pdfium(pdf, content):
        notes.repaired = True
        notes.warnings.append("it was damaged and has been repaired: compare every page with the original")
    return pdf


def _fewer_pages_than_pdfium(pdf: pikepdf.Pdf, content: bytes) -> bool:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        return "password" not in str(error).lower()  # the owner's is empty, which PDFium does not try
    count = len(document)
    document.close()
    if count > len(pdf.pages):
        raise Refused(
            "bundle/broken-pdf",
            f"is damaged: {len(pdf.pages)} of its {count} pages can be read",
            _BROKEN,
        )
    return count < len(pdf.pages)


def _as_pictures(content: bytes, notes: Notes, readable: bool = False) -> pikepdf.Pdf:
    """A PDF that only PDFium can read, page by page as pictures of 200 dots an inch; Refused when it cannot either."""
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("bundle/password", "needs a password to open", _PRINT) from None
        if readable:
            raise Refused("bundle/no-pages", "has no pages", _BROKEN) from None
        raise Refused("bundle/broken-pdf", "is too damaged to be read", _BROKEN) from None
    if count == 0:
        raise Refused("bundle/no-pages", "has no pages", _BROKEN)
    _limit_pages(count)
    out = io.BytesIO()
    images = [document[index].render(scale=200 / 72).to_pil().convert("RGB") for index in range(count)]
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    notes.repaired, notes.pictured = True, set(range(1, count + 1))
    notes.warnings.append("it was too damaged to repair, so its pages are pictures: compare them with the original")
    return pikepdf.open(io.BytesIO(out.getvalue()))


def _limit_pages(count: int) -> None:
    if count > MAX_PAGES:
        raise Refused("bundle/too-big", f"has {count} pages, more than {MAX_PAGES}", "send only the pages that matter")


def check_pages(pdf: pikepdf.Pdf) -> None:
    """Refuse what has no pages, too many, or pages of an impossible size."""
    _limit_pages(len(pdf.pages))
    for number, page in enumerate(pdf.pages, 1):
        try:
            left, bottom, right, top = fit_and_tag.visible_box(page)
        except (ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError):
            raise Refused("bundle/broken-pdf", f"is damaged: page {number} has no size", _BROKEN) from None
        if not (1 < right - left < 20_000 and 1 < top - bottom < 20_000):
            raise Refused("bundle/broken-pdf", f"has a page of an impossible size (page {number})", _BROKEN)


def refuse_shells(pdf: pikepdf.Pdf) -> None:
    """Refuse PDFs whose pages are not their content: portfolios, and forms that only Adobe Reader can draw."""
    root = pdf.Root
    form = root.get("/AcroForm")
    if "/Collection" in root:
        raise Refused(
            "bundle/portfolio", "is a PDF portfolio: its documents are attached inside it", "save each one by itself"
        )
    if (
        isinstance(form, Dictionary)
        and "/XFA" in form
        and (root.get("/NeedsRendering", False) or not len(form.get("/Fields", [])))
    ):
        raise Refused("bundle/xfa", "is a form that only Adobe Reader can show", f"in Adobe Reader, {_PRINT}")
