"""Word documents to PDF: choose an engine once for a run, then convert with it.

Three engines fit one Protocol: `embedded` comes with sendpack, `libreoffice` is closest to Word, `word` is Word itself.
Whatever the engine, every document is checked before (preflight), prepared (prepare), and its PDF mended (finish) and
read back (postcheck), so that a page never depends on the machine and nothing is lost without a word.
"""

from __future__ import annotations

import os
from types import ModuleType

from generator.engines import msword
from generator.engines.another_engine import drawn_whole
from generator.engines.libreoffice import converter, selftest
from generator.engines.protocol import Docx, Draft, Engine, EngineFound, Failure, Pdf
from generator.engines.rdocx import rdocx_engine
from generator.engines.unfinished_drawings import as_draft, drafts
from generator.problems import MissingOnThisMachine, WrongUse

__all__ = [
    "ENGINES",
    "Docx",
    "Draft",
    "Engine",
    "EngineFound",
    "Failure",
    "Pdf",
    "as_draft",
    "choose",
    "converter",
    "drafts",
    "drawn_whole",
    "found",
    "kept_drawings",
    "sketch",
    "stays",
    "to_word",
]

ENGINES: dict[str, ModuleType] = {module.NAME: module for module in (rdocx_engine, converter, msword)}
"""Name to module; each has start() and found(). A further engine is one module and one name here."""

VARIABLE = "SENDPACK_ENGINE"
"""Environment variable that stands for --engine where none is given."""


def choose(name: str | None = None, soffice: str | None = None) -> Engine:
    """The one engine for this run; `name` is None or "auto" for the best one here, `soffice` the program to use.

    Auto is LibreOffice when it is found and passes a test of one page, else the embedded engine; never Word. Raises
    WrongUse for an unknown name and MissingOnThisMachine for an engine asked for by name that is not here.
    """
    name = (name or os.environ.get(VARIABLE) or "auto").strip().lower()
    if name == "auto":
        return _best(soffice)
    if name not in ENGINES:
        known = ", ".join(["auto", *ENGINES])
        raise WrongUse(f"there is no PDF engine called {name!r}", f"choose one of: {known}")
    if name == converter.NAME:
        return converter.start(soffice)
    engine: Engine = ENGINES[name].start()
    return engine


def _best(soffice: str | None) -> Engine:
    try:
        candidate = converter.start(soffice)
    except MissingOnThisMachine:
        if soffice:
            raise
        return rdocx_engine.start()
    if selftest.passes(candidate):
        return candidate
    candidate.close()
    return rdocx_engine.start()


def stays(engine: Engine, *, now: bool = False) -> bool:
    """Several batches will come before the engine is closed: what takes long to start is started once, or `now`.

    False for an engine that starts nothing.
    """
    return isinstance(engine, converter.LibreOffice) and engine.stay(now=now)


def to_word(engine: Engine, content: bytes, kind: str) -> bytes | str:
    """A text of another kind (odt, rtf, doc) as a Word file, or why there is none; only LibreOffice reads them all."""
    if isinstance(engine, converter.LibreOffice):
        return engine.to_word(content, kind)
    try:
        reader = converter.start()
    except MissingOnThisMachine:
        return "only LibreOffice can read it, and it was not found on this computer"
    try:
        return reader.to_word(content, kind)
    finally:
        reader.close()


def sketch(document: Docx) -> bytes | Failure:
    """A PDF of a document within some hundredths of a second, to look at while it is written.

    The built-in engine draws it; nothing is mended, tagged or read back, so it is never given out.
    """
    from generator.engines.rdocx import drawn_in_child, unusual_size
    from generator.engines.rdocx.draw_without_stranded_headings import sketched

    if unusual_size.asks_much(document.content):
        made = drawn_in_child.drawn(document)
        return made if isinstance(made, Failure) else made.content
    return sketched(document)


def found(soffice: str | None = None) -> list[EngineFound]:
    """What doctor says: each engine, whether it is here, and how to get it."""
    return [converter.found(soffice), rdocx_engine.found(), msword.found()]
