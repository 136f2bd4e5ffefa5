"""An answer place of a form: where it stands in the file, what is printed around it, and how an answer is put there.

Plain values only: whoever finds places (Word, PDF) makes them, whoever fills or reads a form back uses them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "cell",
    "line",
    "checkbox",
    "choice",
    "content control",
    "legacy field",
    "acro field",
    "grid column",
)
"""What a place is: an empty cell, a line of dots or underscores, a box, words to choose from, a control or field."""


@dataclass(frozen=True)
class Where:
    """The address of a place in the blank file.

    Word: `part` and `xpath` of the cell, control, paragraph or first run of a field; `at` is start and length in the
    paragraph's text, in which a tab, a break and a symbol count as one character. PDF: `field`, `page`,
    `rect` in points, both of the page as it is shown.
    `rows` are the addresses of a grid column's cells from the first blank row down, `also` a second copy to be filled,
    `cells` the cells that take one character each.
    """

    part: str = ""
    xpath: str = ""
    at: tuple[int, int] | None = None
    text: str = ""
    field: str = ""
    widget: int = 0
    page: int = 0
    rect: tuple[float, ...] = ()
    rows: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def paragraph(self) -> str:
        """The address of the paragraph of a field, which is addressed by its first run; of another place its own."""
        return re.sub(r"/w:r(?:\[\d+\])?$", "", self.xpath)

    @property
    def key(self) -> tuple[str, ...]:
        """What tells two places of one file apart."""
        return (self.part, self.xpath, str(self.at), self.field, str(self.widget))


@dataclass(frozen=True)
class Around:
    """The words printed around a place; every one may be empty.

    `before` and `after` stand in the same paragraph, `left` and `above` in cells of the same row and column, `higher`
    right above `above`, `group` further to the left (the name of several rows), `inside` in the place's own cell,
    `caption` across the top of its table; `heading` is the last paragraph before, `section` the last heading.
    """

    before: str = ""
    after: str = ""
    left: str = ""
    above: str = ""
    higher: str = ""
    group: str = ""
    inside: str = ""
    caption: str = ""
    heading: str = ""
    section: str = ""
    question: str = ""
    option: str = ""
    title: str = ""

    @property
    def label_inside(self) -> str:
        """The label that stands in the answer's own cell; longer words there say how to answer."""
        return self.inside if len(self.inside) <= 60 else ""


@dataclass(frozen=True)
class AnswerPlace:
    """One answer place, in reading order."""

    kind: str
    how: str
    where: Where
    around: Around
    options: tuple[str, ...] = ()
    office_use: bool = False
    words: int | None = None
    """The most words that the form allows."""
    characters: int | None = None
    lines: bool = False
    """True when the answer may have several lines."""
    date_format: str = ""
    more_rows: bool = False
    """True for a grid to which rows can be added."""
    calculated: bool = False
    """True when the form itself works the answer out."""
    group: str = ""
    """Places of one group belong to one question or one grid."""
    page: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What only the filler needs to know: states of a box, glyphs, bookmarks."""

    @property
    def label(self) -> str:
        """The printed words that name the place for a person: question and option, or label with its column or row."""
        around = self.around
        first = around.question or around.before or around.left or around.inside or around.title
        said = [around.before, first] if around.before and around.left and first == around.left else [first]
        if self.kind == "grid column":
            said = [around.higher, around.above] if around.higher else [around.above]
        elif around.left and around.above and not self.where.field:
            said.append(around.above)
        elif "row" in self.facts and isinstance(self.facts["row"], int):
            said = [around.above, f"row {self.facts['row'] + 1}"]
        elif "line" in self.facts:
            said.append(f"line {self.facts['line']}")
        words = [word.strip(" :") for word in (*said, around.option) if word.strip(" :")]
        kept = [word for number, word in enumerate(words) if word not in words[:number]]
        return ": ".join(kept) or around.above or around.heading or around.after or around.section or "no label"


class FormRefused(Exception):
    """A form that we cannot or will not read; the message says why in plain words and what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message, self.advice = message, advice
