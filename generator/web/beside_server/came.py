"""What comes of work that takes a while: lines to tell, files, pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """One line of what came of it: `done`, `look`, `wrong` or `plain`, and words."""

    kind: str
    words: str


@dataclass(frozen=True)
class Came:
    """What came of a piece of work: lines to tell, files by what they are, and rows for a table."""

    told: tuple[Told, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Words and the place from the school's folder."""

    pictures: tuple[tuple[bytes, str], ...] = ()
    """PNG and what is to be seen."""
