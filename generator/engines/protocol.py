"""What every engine takes and gives, and the shape that makes a class an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from generator.values.notice import Notice


@dataclass(frozen=True)
class Docx:
    """One Word document to convert; `name` is only ever shown to the user, never used as a path.

    `foreign` is evidence, that somebody else wrote: its lines end where its writer's program ends them. `once` is for
    a draft that may not be wanted: an engine that draws again for a header row alone leaves that to `Draft.rest`. Those
    that draw in batches may draw again in the same batch: a batch of one costs more.
    """

    name: str
    content: bytes
    foreign: bool = False
    once: bool = False


@dataclass(frozen=True)
class Pdf:
    """One finished PDF; `warnings` say what a reader of this PDF might miss, or what of the document is lost."""

    name: str
    content: bytes
    pages: int
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Failure:
    """One document that could not be converted; `reason` is plain English with the program's own words inside."""

    name: str
    reason: str


@dataclass(frozen=True)
class EngineFound:
    """One line of `doctor`: is this engine here, what is it, and how would one get it."""

    name: str
    available: bool
    about: str
    advice: str


@dataclass(frozen=True)
class Draft:
    """One document as an engine drew it, neither mended nor read back: to see on how many pages it comes.

    `content` is for measuring alone. `finish` gives what `Engine.convert` would have given, without drawing again.
    `notices` are those that `finish` adds of how the document was made to fit.
    """

    name: str
    content: bytes
    pages: int
    finish: Callable[[], Pdf | Failure] = field(compare=False)
    notices: tuple[Notice, ...] = ()
    structure: Callable[[], int] | None = field(default=None, compare=False)
    """Counts what is left alone where its structure has been read already."""
    rest: Callable[[int], Draft | Failure] | None = field(default=None, compare=False)
    """Draws on until no header row stands alone, or until there are so many pages where that is not 0.

    That never makes pages fewer, and what has so many is unfinished or not, as it happens: nothing else may hang on it.
    None where no header row stands alone.
    """
    holds_rows: bool = True
    """False of an engine that does not hold a row of a table to the next by what its paragraphs say."""
    beside_failure: bool = False
    """True where another version of the document was tried and could not be drawn: the next time it may be."""

    def left_alone(self) -> int:
        """How many rows of tables begin a page, and headings end one, by themselves."""
        from generator.engines.pdf.finish_pdf import UnmendedPdf

        if self.structure:
            return self.structure()
        with UnmendedPdf(self.content) as drawn:
            return drawn.left_alone()


class Engine(Protocol):
    """Turns Word documents into tagged PDFs, in the given order; one bad document never stops the others."""

    name: str

    def about(self) -> str:
        """The engine, its version and its place, for the manifest and for one plain line to the user."""
        ...

    def convert(self, documents: Sequence[Docx]) -> Iterator[Pdf | Failure]:
        """One result for each document, in the same order."""
        ...

    def close(self) -> None:
        """End programs and remove folders that this engine made; convert may not be called again."""
        ...
