"""Drawing with the engine that comes with sendpack: once, and again where a header row would stand alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pikepdf
import rdocx

from generator.engines import before_and_after
from generator.engines.docx.copy_prepared import docx_prepare
from generator.engines.pdf import finish_pdf
from generator.engines.protocol import Docx, Draft, Failure, Pdf
from generator.fonts import shipped_fonts

Made = TypeVar("Made")


def converted(document: Docx, maker: str) -> Pdf | Failure:
    """The document as a PDF, mended and read back; `maker` is the engine as a PDF names it."""
    drawn = drafted(document, maker)
    return drawn if isinstance(drawn, Failure) else drawn.finish()


def drafted(document: Docx, maker: str) -> Draft | Failure:
    """The document as the engine draws it, to be finished or thrown away."""
    prepared = before_and_after.ready(document, written_out=True)
    if isinstance(prepared, Failure):
        return prepared
    try:
        drawn = _draw(prepared)
    except pikepdf.PdfError as error:
        return Failure(document.name, f"the built-in engine made a PDF that cannot be read: {error}")
    if isinstance(drawn, str):
        return Failure(document.name, f"the built-in engine could not lay it out: {drawn}")

    return before_and_after.draft(document.name, drawn, prepared, maker, mend=True)


def sketched(document: Docx) -> bytes | Failure:
    """The document as the engine draws it, neither mended nor read back: to look at while it is written, never kept."""
    prepared = before_and_after.ready(document, written_out=True)
    if isinstance(prepared, Failure):
        return prepared
    found = _tried(lambda: bytes(_open(prepared).to_pdf(fonts=list(shipped_fonts.faces(prepared.families)))))
    return found if isinstance(found, bytes) else Failure(document.name, f"it could not be laid out: {found}")


def _draw(prepared: docx_prepare.Prepared) -> finish_pdf.UnmendedPdf | str:
    """The engine's PDF with no header row alone at the foot of a page, or its words about why there is none."""
    return _tried(lambda: _drawn(_open(prepared), prepared))


def _tried(draw: Callable[[], Made]) -> Made | str:
    """What was drawn, or the engine's words about why it was not."""
    try:
        return draw()
    except (rdocx.RdocxError, ValueError, TypeError, OSError, RuntimeError) as error:
        return str(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a Rust panic is not an Exception
            raise
        return str(error)


def _open(prepared: docx_prepare.Prepared) -> Any:
    return rdocx.Document.from_bytes(prepared.content)


def _drawn(opened: Any, prepared: docx_prepare.Prepared) -> finish_pdf.UnmendedPdf:
    """Drawn until no header row stands at the foot of a page with the rest of its table on the next."""
    faces = list(shipped_fonts.faces(prepared.families))
    drawn = finish_pdf.UnmendedPdf(opened.to_pdf(fonts=faces))
    for _ in prepared.tables:
        stranded = drawn.stranded_table()
        moved = None if stranded is None else docx_prepare.moved_on(prepared, stranded)
        if moved is None:
            break
        prepared = moved.prepared
        if moved.paragraph is None:
            opened = _open(prepared)
        else:  # to open it takes a while too: the document that is open is changed alike
            opened.paragraphs[moved.paragraph].paragraph_format.page_break_before = True
        drawn.close()
        drawn = finish_pdf.UnmendedPdf(opened.to_pdf(fonts=faces))
    return drawn
