"""Words that a file hides and its clean copy shows, since a mark over them could not be drawn: both are looked at.

Each kind of mark is drawn as viewers draw it; this is asked in case there is a kind that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from generator.bundle.evidence.hidden.unseen_text import unseen
from generator.values.notice import Notice
from generator.values.shortening import first_words

_LETTERS = 3


def brought_to_light(before: bytes, after: bytes, anew: frozenset[int]) -> Iterator[Notice]:
    """Each page of a file with marks on it that shows in its clean copy what it hid; not those made `anew`."""
    try:
        first = pdfium.PdfDocument(before)
    except pdfium.PdfiumError:
        return
    second = pdfium.PdfDocument(after)
    try:
        first.init_forms()  # fields are drawn by whoever fills them in
        for index in range(min(len(first), len(second))):
            if index + 1 not in anew and _has_marks(first[index]):
                hid = _hidden(first[index])
                shows = set(hid) - set(_hidden(second[index])) if hid else set()
                said = _said(second[index]) if shows else ""
                if words := [run for run in hid if run in shows and run in said]:
                    told = first_words(", ".join(f"“{one}”" for one in words), 80)
                    yield Notice(f"the file hides words under a mark, and here they would show: {told}", page=index + 1)
    finally:
        second.close()
        first.close()


def _has_marks(page: pdfium.PdfPage) -> bool:
    raw = pdfium.raw
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        mark = raw.FPDFPage_GetAnnot(page.raw, number)
        kind = raw.FPDFAnnot_GetSubtype(mark)
        raw.FPDFPage_CloseAnnot(mark)
        if kind != raw.FPDF_ANNOT_LINK:
            return True
    return False


def _hidden(page: pdfium.PdfPage) -> list[str]:
    text = page.get_textpage()
    try:
        runs = [run.text for run in unseen(page, text)]
        return [run for run in runs if sum(letter.isalnum() for letter in run) >= _LETTERS]
    finally:
        text.close()


def _said(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return " ".join(str(text.get_text_range()).split())
    finally:
        text.close()
