"""Somebody else's Word documents drawn by the engine of the run, and by another where that one loses something of them.

LibreOffice opens what the embedded engine cannot draw, and now and then it is the other way round. Word is never asked:
it may be open with the teacher's own work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from generator.engines.kept_drawings import KeptDrawings
from generator.engines.libreoffice import converter
from generator.engines.protocol import Docx, Engine, Failure, Pdf
from generator.engines.rdocx import drawn_in_child, rdocx_engine
from generator.problems import MissingOnThisMachine
from generator.values.notice import Notice, losses, unshown

_OTHERS: dict[str, Callable[[], Engine]] = {
    converter.NAME: converter.start,
    rdocx_engine.NAME: rdocx_engine.start,
}
"""Engines that may be asked instead, the most faithful first."""


def drawn_whole(
    engine: Engine, documents: Sequence[Docx], run: drawn_in_child.Run | None = None
) -> list[Pdf | Failure]:
    """One result for each document: of the engine of the run, or of the one that loses least; with a notice which.

    `run` begins the processes with limits, for whom has some at hand.
    """
    found = _drawn(engine, documents, run)
    for other in _others(engine) if any(map(_loss, found)) else ():
        poor = [number for number, result in enumerate(found) if _loss(result)]
        again = _drawn(other, [documents[number] for number in poor], run)
        for number, result in zip(poor, again, strict=True):
            if _loss(result) < _loss(found[number]) and isinstance(result, Pdf):
                found[number] = _told(result, other, engine, found[number])
    return found


def _drawn(engine: Engine, documents: Sequence[Docx], run: drawn_in_child.Run | None) -> list[Pdf | Failure]:
    """Drawn by an engine; by the built-in one in processes with limits, as LibreOffice is a process with limits."""
    inner = engine.engine if isinstance(engine, KeptDrawings) else engine
    limited = isinstance(inner, rdocx_engine.Embedded)
    return list(drawn_in_child.converted(documents, run) if limited else engine.convert(documents)) if documents else []


def _others(engine: Engine) -> Iterator[Engine]:
    """Each other engine that is here, ended when the next one is asked for."""
    for name, start in _OTHERS.items():
        if name == engine.name:
            continue
        try:
            other = start()
        except MissingOnThisMachine:
            continue
        try:
            yield other
        finally:
            other.close()


_ALL = 1_000_000_000
_LOOKS = 1000
"""Lines and arrows that count like one word."""


def _loss(result: Pdf | Failure) -> int:
    """How much of a document is lost: everything where there is no PDF, and what only looks the least."""
    if isinstance(result, Failure):
        return _ALL
    return sum(one.amount for one in losses(result.warnings)) * _LOOKS + len(unshown(result.warnings))


def _told(result: Pdf, other: Engine, engine: Engine, before: Pdf | Failure) -> Pdf:
    why = before.reason if isinstance(before, Failure) else "; ".join(_reasons(before)[:2])
    said = f"drawn by {_plain(other.name)}, since {_plain(engine.name)} would not show all of it: {why}"
    return replace(result, warnings=(Notice(said), *result.warnings))


def _reasons(before: Pdf) -> list[Notice]:
    return losses(before.warnings) or unshown(before.warnings)


def _plain(name: str) -> str:
    return {converter.NAME: "LibreOffice", rdocx_engine.NAME: "the built-in engine"}.get(name, name)
