"""Documents drawn to be measured: most are only tried, and what is only tried is not mended and read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from generator.engines.protocol import Docx, Draft, Engine, Failure, Pdf


class Drafting(Protocol):
    """An engine that can draw without finishing."""

    def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
        """One result for each document, in the same order."""
        ...


def drafts(engine: Engine, documents: Sequence[Docx]) -> list[Draft | Failure]:
    """Each document drawn; finished at once by an engine that knows no other way."""
    if hasattr(engine, "drafts"):
        return cast("Drafting", engine).drafts(documents)
    return [as_draft(one) if isinstance(one, Pdf) else one for one in engine.convert(documents)]


def as_draft(made: Pdf) -> Draft:
    """A finished PDF where a draft is asked for."""
    return Draft(made.name, made.content, made.pages, _given(made))


def _given(made: Pdf) -> Callable[[], Pdf | Failure]:
    return lambda: made
