"""The engines that are here, and what they make of one document."""

from __future__ import annotations

import atexit
import functools

import pypdfium2

from generator import engines
from generator.engines import Docx, Engine, Pdf
from tests.conftest import need_program

REAL = ("embedded", "libreoffice")


def engine_called(name: str) -> Engine:
    """The engine for all tests of this process, which none of them closes: starting LibreOffice costs six documents."""
    if name == "libreoffice":
        need_program("soffice")
    return _running(name)


@functools.cache
def _running(name: str) -> Engine:
    engine = engines.choose(name)
    engines.stays(engine)
    atexit.register(engine.close)
    return engine


def converted(engine: Engine, content: bytes, name: str = "plan") -> Pdf:
    result = next(iter(engine.convert([Docx(name, content)])))
    assert isinstance(result, Pdf), result
    return result


def text_of(pdf: Pdf) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf.content)
    try:
        return [page.get_textpage().get_text_bounded() for page in opened]
    finally:
        opened.close()
