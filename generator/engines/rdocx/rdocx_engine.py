"""The engine that comes with sendpack: rdocx, a Word layout engine inside a Python package, with nothing to install."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata, util

from generator.engines.protocol import Docx, Draft, EngineFound, Failure, Pdf
from generator.problems import MissingOnThisMachine

NAME = "embedded"
_ADVICE = "pip install rdocx, or install sendpack again"


class Embedded:
    """Converts inside this process, with our fonts only; page breaks may differ a little from Word's."""

    name = NAME

    def __init__(self) -> None:
        """Raises MissingOnThisMachine when the package is not installed."""
        try:
            import rdocx  # noqa: F401  whether it can be loaded on this machine
        except ImportError as error:
            raise MissingOnThisMachine("the built-in engine (the package rdocx) is not installed", _ADVICE) from error
        self._version = metadata.version("rdocx")

    def __reduce__(self) -> tuple[type[Embedded], tuple[()]]:
        """A worker elsewhere makes its own."""
        return Embedded, ()

    def about(self) -> str:
        return f"the built-in engine (rdocx {self._version})"

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        from generator.engines.rdocx import draw_without_stranded_headings

        for document in documents:
            yield draw_without_stranded_headings.converted(document, f"rdocx {self._version}")

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        """Each document drawn and not finished yet."""
        from generator.engines.rdocx import draw_without_stranded_headings

        return [draw_without_stranded_headings.drafted(one, f"rdocx {self._version}") for one in documents]

    def close(self) -> None:
        """Nothing to end: no program was started and no folder made."""


def found() -> EngineFound:
    """What doctor says about this engine."""
    here = util.find_spec("rdocx") is not None
    about = f"rdocx {metadata.version('rdocx')}, part of sendpack" if here else "the package rdocx is not installed"
    return EngineFound(NAME, here, about, "" if here else _ADVICE)


def start() -> Embedded:
    """The engine, ready; raises MissingOnThisMachine."""
    return Embedded()
