"""Drawing with the engine that comes with sendpack: once, and again where a header row would stand alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
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
    """The document as the engine draws it, to be finished or thrown away; `once` as the document asks."""
    prepared = before_and_after.ready(document, written_out=True)
    if isinstance(prepared, Failure):
        return prepared
    begun = _draw(document.name, lambda: _begun(prepared))
    if isinstance(begun, Failure) or document.once:
        return begun if isinstance(begun, Failure) else _sketch(document.name, begun, prepared, maker)
    return _draw_on(document.name, begun, prepared, maker)


def _draw_on(
    name: str, begun: _Drawing, prepared: docx_prepare.Prepared, maker: str, pages: int = 0
) -> Draft | Failure:
    drawn = _draw(name, lambda: _drawn_on(begun, pages))
    return drawn if isinstance(drawn, Failure) else _sketch(name, drawn, prepared, maker)


def _sketch(name: str, drawing: _Drawing, prepared: docx_prepare.Prepared, maker: str) -> Draft:
    """A draft of what was drawn so far; where a header row stands alone in it, it is drawn on before it is finished."""
    rest = None if drawing.moved is None else partial(_draw_on, name, drawing, prepared, maker)
    made = before_and_after.draft(name, drawing.pdf, prepared, maker, mend=True, rest=rest)
    return replace(made, holds_rows=False)


def sketched(document: Docx) -> bytes | Failure:
    """The document as the engine draws it, neither mended nor read back: to look at while it is written, never kept."""
    prepared = before_and_after.ready(document, written_out=True)
    if isinstance(prepared, Failure):
        return prepared
    found = _tried(lambda: bytes(_open(prepared).to_pdf(fonts=list(shipped_fonts.faces(prepared.families)))))
    return found if isinstance(found, bytes) else Failure(document.name, f"it could not be laid out: {found}")


def _draw(name: str, draw: Callable[[], _Drawing]) -> _Drawing | Failure:
    """What is drawn, or the engine's words about why nothing is."""
    try:
        drawn = _tried(draw)
    except pikepdf.PdfError as error:
        return Failure(name, f"the built-in engine made a PDF that cannot be read: {error}")
    return Failure(name, f"the built-in engine could not lay it out: {drawn}") if isinstance(drawn, str) else drawn


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


@dataclass
class _Drawing:
    """A document as it was drawn, with the tables that were moved on so far; `moves` more may be."""

    opened: Any
    prepared: docx_prepare.Prepared
    faces: list[tuple[str, bytes]]
    moves: int
    pdf: finish_pdf.UnmendedPdf = field(init=False)

    def __post_init__(self) -> None:
        self.pdf = finish_pdf.UnmendedPdf(self.opened.to_pdf(fonts=self.faces))

    @cached_property
    def moved(self) -> docx_prepare.Moved | None:
        """The document with the first table moved on of which the header row stands alone; None without such a one."""
        stranded = self.pdf.stranded_table() if self.moves else None
        return None if stranded is None else docx_prepare.moved_on(self.prepared, stranded)

    def again(self, moved: docx_prepare.Moved) -> _Drawing:
        """The document drawn with that table moved on."""
        opened, self.opened = self.opened, None
        if opened is None or moved.paragraph is None:  # it was drawn on before
            opened = _open(moved.prepared)
        else:  # to open it takes a while too: the document that is open is changed alike
            opened.paragraphs[moved.paragraph].paragraph_format.page_break_before = True
        return _Drawing(opened, moved.prepared, self.faces, self.moves - 1)


def _begun(prepared: docx_prepare.Prepared) -> _Drawing:
    faces = list(shipped_fonts.faces(prepared.families))
    return _Drawing(_open(prepared), prepared, faces, len(prepared.tables))


def _drawn_on(drawing: _Drawing, pages: int) -> _Drawing:
    """Drawn until no header row stands at the foot of a page with the rest of its table on the next.

    Or until there are so many pages, where that is not 0.
    """
    while (moved := drawing.moved) is not None and not 0 < pages <= drawing.pdf.pages:
        drawing = drawing.again(moved)
    return drawing
