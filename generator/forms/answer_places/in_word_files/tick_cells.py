"""Cells of a table that take a tick: below a head that is an answer, or before the words that they choose."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.forms.answer_places.in_word_files.grid import Cell, GridRow

_ANSWER = re.compile(
    r"yes|no|y|n|n/?a|not known|unknown|unsure|not sure|not applicable|in part|partly"
    r"|(?:fully |partly |partially |not )?(?:met|achieved)|not yet|always|often|usually|sometimes|rarely|never",
    re.I,
)


_MARK = re.compile(r"\(?[√✓✔☑x]\)?|(?:please )?tick(?: here| box| if (?:enclosed|attached|included))?\W*", re.I)
"""The head of a first column of boxes, whose words stand in the column behind it."""


NAMES_PAPERS = re.compile(r"\b(?:documents?|papers?|enclosures?|evidence|reports?|appendi(?:x|ces))\b", re.I)
"""The head of a column that names papers, beside the boxes that say which of them are enclosed."""


def is_answer(text: str) -> bool:
    """True for words that answer a question by themselves: `Yes`, `N/A`, `Partly met`."""
    return bool(_ANSWER.fullmatch(text.strip(" ?.:")))


def heads_are_answers(heads: list[GridRow], over: str) -> bool:
    """True where the words over a cell are one of two or more answers side by side: `Yes | No`, `Met | Partly met`."""
    if not is_answer(over):
        return False
    return any(over in (said := [c.text for c in row.cells]) and sum(map(is_answer, said)) > 1 for row in heads)


def name_from_the_right(rows: list[GridRow], ticks: bool) -> None:
    """Give a box alone in its cell the words of the cell to its right, where a row begins with a box and ends so.

    A column of ticks that stands first (`✓ | Document | Page`) takes the words of the second.

    `ticks` is true where the words before the table ask for ticks: there an empty cell is such a box too.
    """
    marked = len(rows) > 1 and bool(_MARK.fullmatch(rows[0].cells[0].text.strip()) if rows[0].cells else False)
    for number, row in enumerate(rows):
        cells = row.cells
        if marked and number and len(cells) > 2 and cells[0].blank and cells[1].label:
            cells[0].option = cells[1].text
            over = rows[0].cells[1].text if len(rows[0].cells) > 1 else ""
            cells[0].papers = over if NAMES_PAPERS.search(over) else ""
            continue
        if len(cells) < 2 or len(cells) % 2 or not all(c.label and not c.nested for c in cells[1::2]):
            continue
        if all(_is_box(c) for c in cells[::2]):
            for cell, label in zip(cells[::2], cells[1::2], strict=True):
                cell.option = label.text
                cell.inside = [
                    (p, [replace(s, option=label.text, after=label.text) for s in ss]) for p, ss in cell.inside
                ]
        elif ticks and len(cells) == 2 and cells[0].blank:
            cells[0].option = cells[1].text


def _is_box(cell: Cell) -> bool:
    boxes = [cell.control] if cell.control else [spot.control or spot for spot in cell.spots]
    return len(boxes) == 1 and boxes[0].kind == "checkbox" and not cell.text
