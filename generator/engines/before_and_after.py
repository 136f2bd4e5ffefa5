"""What surrounds every engine's own drawing: the document is looked at and prepared, the PDF mended and read back.

Engines load this when they are first given a document: to choose one, and to say which it is, needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pikepdf

from generator.engines.docx import docx_check
from generator.engines.docx.copy_prepared import docx_prepare, headings_held, rows_let_split
from generator.engines.docx.copy_prepared.docx_prepare import Prepared
from generator.engines.pdf import finish_pdf, pdf_read_back
from generator.engines.pdf.stranded_headings import Stranded
from generator.engines.protocol import Docx, Draft, Failure, Pdf


def ready(document: Docx, *, written_out: bool = False, unchanged: bool = False) -> Prepared | Failure:
    """The document as an engine should see it, or why it may not be opened.

    `written_out` does without rules that the embedded engine lacks; `unchanged` leaves the document as it is.
    """
    members = docx_check.opened(document.content)
    if isinstance(members, str):
        return Failure(document.name, members)
    try:
        if unchanged:
            return docx_prepare.facts(document.content)
        return docx_prepare.prepared(members, written_out, foreign=document.foreign)
    except (LookupError, ValueError, TypeError, AttributeError, RuntimeError, StopIteration, AssertionError):
        # The XML is sound and says what no Word file says: a paragraph in a picture, a width of "wide".
        return Failure(document.name, "it is not built as Word files are; open it in Word and save it again")


def done(name: str, content: bytes, prepared: Prepared, maker: str) -> Pdf | Failure:
    """The PDF that an engine made, mended and read back; `maker` is the engine as a PDF names it."""
    try:
        with finish_pdf.UnmendedPdf(content) as draft:
            return checked(name, draft, prepared, maker)
    except pikepdf.PdfError as error:
        return Failure(name, f"{maker} made a PDF that cannot be read: {error}")


def draft(
    name: str,
    drawn: finish_pdf.UnmendedPdf,
    prepared: Prepared,
    maker: str,
    *,
    mend: bool = False,
    rest: Callable[[int], Draft | Failure] | None = None,
) -> Draft:
    """The PDF that an engine made, to be finished as `done` does or thrown away; `mend` as in `checked`.

    Where there is a `rest`, what is finished is drawn on before.
    """

    def finish() -> Pdf | Failure:
        try:
            with drawn:
                return checked(name, drawn, prepared, maker, mend=mend)
        except pikepdf.PdfError as error:
            return Failure(name, f"{maker} made a PDF that cannot be read: {error}")

    end = partial(_finished_on, rest) if rest else finish
    return Draft(name, drawn.content, drawn.pages, end, structure=drawn.left_alone, rest=rest)


def _finished_on(rest: Callable[[int], Draft | Failure]) -> Pdf | Failure:
    whole = rest(0)
    return whole if isinstance(whole, Failure) else whole.finish()


def draft_or_again(
    document: Docx, content: bytes, prepared: Prepared, maker: str
) -> tuple[Draft | Failure, Prepared | None]:
    """As `draft`, and the document to be drawn once more where rows of a table are left out.

    Or where headings are left alone at the foot of a page; but not of what is foreign: its pages end where its writer's
    program ends them.
    """
    try:
        drawn = finish_pdf.UnmendedPdf(content)
    except pikepdf.PdfError as error:
        return Failure(document.name, f"{maker} made a PDF that cannot be read: {error}"), None
    made = draft(document.name, drawn, prepared, maker)
    silent, tables = drawn.silent_rows()
    again = rows_let_split.let_split(prepared.content, silent, tables) if silent else None
    left = Stranded() if document.foreign or again else drawn.stranded_headings()
    if left.numbers:
        again = headings_held.begun_at(prepared.content, left.numbers, left.headings)
    return made, None if again is None else replace(prepared, content=again)


def checked(
    name: str, draft: finish_pdf.UnmendedPdf, prepared: Prepared, maker: str, *, mend: bool = False
) -> Pdf | Failure:
    """A PDF that is open, as `done`; `mend` also its links, tables and pictures. Raises pikepdf.PdfError."""
    identity = finish_pdf.identity(prepared, name, maker)
    finished, warnings = draft.finish(identity, prepared if mend else None, prepared.tables)
    return pdf_read_back.checked(name, finished, prepared.words, prepared.warnings + warnings, prepared.pictures)
