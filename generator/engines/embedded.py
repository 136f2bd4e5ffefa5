"""The engine that comes with sendpack: rdocx, a Word layout engine inside a Python package, with nothing to install."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata, util
from typing import Any

import pikepdf

from generator.engines import finish, fonts, postcheck, preflight, prepare
from generator.engines.engine import Docx, Failure, Found, Pdf
from generator.problems import MissingOnThisMachine

NAME = "embedded"
_ADVICE = "pip install rdocx, or install sendpack again"


class Embedded:
    """Converts inside this process, with our fonts only; page breaks may differ a little from Word's."""

    name = NAME

    def __init__(self) -> None:
        """Raises MissingOnThisMachine when the package is not installed."""
        try:
            import rdocx
        except ImportError as error:
            raise MissingOnThisMachine("the built-in engine (the package rdocx) is not installed", _ADVICE) from error
        self._rdocx = rdocx
        self._version = metadata.version("rdocx")

    def __reduce__(self) -> tuple[type[Embedded], tuple[()]]:
        """A worker elsewhere makes its own."""
        return Embedded, ()

    def about(self) -> str:
        return f"the built-in engine (rdocx {self._version})"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for document in documents:
            yield self._convert(document)

    def close(self) -> None:
        """Nothing to end: no program was started and no folder made."""

    def _convert(self, document: Docx) -> Pdf | Failure:
        if reason := preflight.refusal(document.content):
            return Failure(document.name, reason)
        prepared = prepare.prepare(document.content, written_out=True)
        identity = finish.identity(prepared, document.name, f"rdocx {self._version}")
        try:
            drawn = self._draw(prepared)
            if isinstance(drawn, str):
                return Failure(document.name, f"the built-in engine could not lay it out: {drawn}")
            with drawn:
                content, warnings = drawn.finish(identity, prepared)
        except pikepdf.PdfError as error:
            return Failure(document.name, f"the built-in engine made a PDF that cannot be read: {error}")
        return postcheck.checked(document.name, content, prepared.words, prepared.warnings + warnings)

    def _draw(self, prepared: prepare.Prepared) -> finish.Draft | str:
        """The engine's PDF with no header row alone at the foot of a page, or its words about why there is none."""
        try:
            return self._drawn(self._open(prepared), prepared)
        except (self._rdocx.RdocxError, ValueError, TypeError, OSError, RuntimeError) as error:
            return str(error)
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # a Rust panic is not an Exception
                raise
            return str(error)

    def _open(self, prepared: prepare.Prepared) -> Any:
        return self._rdocx.Document.from_bytes(prepared.content)

    def _drawn(self, opened: Any, prepared: prepare.Prepared) -> finish.Draft:
        """Drawn until no header row stands at the foot of a page with the rest of its table on the next."""
        faces = list(fonts.faces(prepared.families))
        drawn = finish.Draft(opened.to_pdf(fonts=faces))
        for _ in prepared.tables:
            stranded = drawn.stranded_table()
            moved = None if stranded is None else prepare.moved_on(prepared, stranded)
            if moved is None:
                break
            prepared = moved.prepared
            if moved.paragraph is None:
                opened = self._open(prepared)
            else:  # opening costs as much as drawing: the document that is open is changed alike
                opened.paragraphs[moved.paragraph].paragraph_format.page_break_before = True
            drawn.close()
            drawn = finish.Draft(opened.to_pdf(fonts=faces))
        return drawn


def found() -> Found:
    """What doctor says about this engine."""
    here = util.find_spec("rdocx") is not None
    about = f"rdocx {metadata.version('rdocx')}, part of sendpack" if here else "the package rdocx is not installed"
    return Found(NAME, here, about, "" if here else _ADVICE)


def start() -> Embedded:
    """The engine, ready; raises MissingOnThisMachine."""
    return Embedded()
