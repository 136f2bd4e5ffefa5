"""The pictures that a page draws, found without a wrapper for each of its thousands of letters and lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw
from pypdfium2 import PdfiumError, PdfPage

_PAGE = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
_FORM = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject

DEEP = 12
"""Forms within forms in which a picture is looked for."""


def pictures(page: PdfPage, deep: int) -> Iterator[Any]:
    """Each picture of a page and of the forms on it, looked for in so many forms within each other, as PDFium names it.

    Raises PdfiumError where PDFium does not tell what a page draws.
    """
    waiting = [(_drawn(page.raw, _PAGE), 0)]
    while waiting:
        drawn, level = waiting.pop()
        for thing in drawn:
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                yield thing
            elif kind == raw.FPDF_PAGEOBJ_FORM and level < deep - 1:
                waiting.append((_drawn(thing, _FORM), level + 1))


def _drawn(holder: Any, asked: tuple[Any, Any]) -> Iterator[Any]:
    count, get = asked
    things = count(holder)
    if things < 0:
        raise PdfiumError("it does not say how many things are drawn")
    for number in range(things):
        thing = get(holder, number)
        if not thing:
            raise PdfiumError("it does not give a thing that is drawn")
        yield thing
