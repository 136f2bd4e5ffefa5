"""One line of a returned form, of whatever kind of file it was: plain values that the readers make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

EMPTY, TICKED = "☐", "☒"
"""The two boxes to which every mark of a box is brought."""

_EMPTY_BOXES = "☐□▢◻⬜❏❐❑❒○◯\uf06f\uf0a8\uf071\uf072"
_TICKED_BOXES = "☒☑🗹🗷✅\uf0fe\uf0fd\uf052\uf0a2"
MARKS = "√✓✔✗✘xX×\uf0fc\uf0fb"
"""Signs that people put beside a box in place of ticking it."""

_BOXES = str.maketrans({**dict.fromkeys(_EMPTY_BOXES, EMPTY), **dict.fromkeys(_TICKED_BOXES, TICKED)})


@dataclass(frozen=True)
class ReturnedLine:
    """A paragraph, or a line of a page.

    `field` is the question whose control or PDF field held it; `cell` is table, row and column; `highlighted` are the
    words that were marked with a highlighter; `pictures` the files of pictures in it, `floating` where one does not
    stand in the line; `full` is true for a line of a page that was written to its edge.
    """

    text: str
    field: str = ""
    cell: tuple[int, int, int] | None = None
    bullet: bool = False
    highlighted: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    floating: bool = False
    full: bool = False
    typed: bool = False
    """True for words that certainly stand on the page and were not printed: a note of a PDF."""


@dataclass(frozen=True)
class ReturnedFile:
    """What was in a returned file: its lines in reading order, the values of its fields, the mark that we put into it.

    `fields` are answers that came by name; `mark` is the reference of the form, where the file still carries it;
    `notes` are for the person.
    """

    lines: tuple[ReturnedLine, ...]
    fields: dict[str, str] = field(default_factory=dict)
    mark: str = ""
    notes: tuple[str, ...] = ()
    wrapped: bool = False
    """True where a paragraph may stand on several lines, as on a PDF page."""
    grids: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """The tables, as rows of the texts of their cells."""
    twice: frozenset[str] = frozenset()
    """The names of fields that stand in the file more than once with different answers."""
    grid_names: tuple[str, ...] = ()
    """The names of a workbook's sheets."""
    edges: tuple[str, ...] = ()
    """The lines of its headers and footers, ours among them."""


def tidied(text: str) -> str:
    """A line without leaders at its ends, with one sign for every empty and one for every ticked box."""
    text = text.translate(_BOXES).replace("\xa0", " ").replace("\u2002", " ").replace("\u200b", "")
    text = re.sub(r"\[\s?\]", EMPTY, text)
    text = re.sub(r"\[[xX✓✔√]\]", TICKED, text)
    text = re.sub(r"_{3,}|\.{6,}|…{3,}", "\t", text)
    return "\n".join(line.replace("\t", " ").strip() for line in text.split("\n")).strip()
