"""The engine that comes with sendpack: rdocx, a Word layout engine inside a Python package, with nothing to install."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import metadata, util

from generator.engines.protocol import Docx, Draft, EngineFound, Failure, Pdf
from generator.engines.rdocx import drawn_beside, drawn_in_child
from generator.engines.rdocx.unusual_size import asks_much
from generator.engines.unfinished_drawings import as_draft
from generator.problems import MissingOnThisMachine

NAME = "embedded"
_ADVICE = "pip install rdocx, or install sendpack again"


class Embedded:
    """Converts inside this process, with our fonts only; page breaks may differ a little from Word's.

    A document that asks for far more than ours do is drawn by a process with limits on memory and time, and so is one
    whose template somebody's own program has saved.
    """

    name = NAME

    def __init__(self) -> None:
        """Raises MissingOnThisMachine when the package is not installed."""
        try:
            import rdocx  # noqa: F401  whether it can be loaded on this machine
        except ImportError as error:
            raise MissingOnThisMachine("the built-in engine (the package rdocx) is not installed", _ADVICE) from error
        self._version = metadata.version("rdocx")
        self._beside = drawn_beside.DrawnBeside(_drawn_there)

    def __reduce__(self) -> tuple[type[Embedded], tuple[()]]:
        """A worker elsewhere makes its own."""
        return Embedded, ()

    def about(self) -> str:
        return f"the built-in engine (rdocx {self._version})"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        for document in documents:
            yield self._elsewhere(document) or self.here(document)

    def _elsewhere(self, document: Docx) -> Pdf | Failure | None:
        """A document drawn by another process, where nobody knows what it may do to this one; else None."""
        if asks_much(document.content):
            return drawn_in_child.drawn(document)
        return self._beside.drawn(document) if drawn_beside.saved_by_a_program(document.content) else None

    def here(self, document: Docx) -> Pdf | Failure:
        """One document drawn in this process, whatever it may cost."""
        from generator.engines.rdocx import draw_without_stranded_headings

        return draw_without_stranded_headings.converted(document, f"rdocx {self._version}")

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        """Each document drawn and not finished yet."""
        return [self._draft(one) for one in documents]

    def _draft(self, document: Docx) -> Draft | Failure:
        if made := self._elsewhere(document):
            return made if isinstance(made, Failure) else replace(as_draft(made), holds_rows=False)
        from generator.engines.rdocx import draw_without_stranded_headings

        return draw_without_stranded_headings.drafted(document, f"rdocx {self._version}")

    def close(self) -> None:
        """End the process beside this one, where one was begun."""
        self._beside.close()


def _drawn_there(document: Docx) -> Pdf | Failure:
    """A document drawn by the process beside, as this engine draws it here."""
    return Embedded().here(document)


def found() -> EngineFound:
    """What doctor says about this engine."""
    here = util.find_spec("rdocx") is not None
    about = f"rdocx {metadata.version('rdocx')}, part of sendpack" if here else "the package rdocx is not installed"
    return EngineFound(NAME, here, about, "" if here else _ADVICE)


def start() -> Embedded:
    """The engine, ready; raises MissingOnThisMachine."""
    return Embedded()
