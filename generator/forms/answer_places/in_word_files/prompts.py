"""Cells that hold only what an answer is written over or stands beside: a prompt, or the sign of its unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.forms.answer_places.prompt_words import is_prompt

if TYPE_CHECKING:
    from generator.forms.answer_places.in_word_files.grid import GridRow

UNIT = re.compile(r"[£%€]|\(\s*[£%]\s*\)|per cent", re.I)
"""A sign that stands alone in a cell and belongs to the answer."""


def take_units(rows: list[GridRow]) -> None:
    """Empty the cells that only hold the unit of their answer: a £ or % behind a label, not one over a column."""
    for number, row in enumerate(rows):
        following = rows[number + 1].cells if number + 1 < len(rows) else []
        heads = bool(following) and following[0].blank
        for index, cell in enumerate(row.cells):
            if heads or not UNIT.fullmatch(cell.text) or cell.spots or cell.nested or cell.control:
                continue
            below = [c for c in following if c.start < cell.start + cell.span and cell.start < c.start + c.span]
            if any(c.label for c in row.cells[:index]) and not any(
                c.label and not UNIT.fullmatch(c.text) for c in below
            ):
                cell.unit, cell.text = cell.text, ""


def take_prompts(row: GridRow) -> None:
    """Empty the cells of a row that only hold a prompt: behind a label, or in a row of prompts alone."""
    plain = [cell for cell in row.cells if cell.text and not cell.spots and not cell.control and not cell.nested]
    prompts = [cell for cell in plain if is_prompt(cell.text)]
    free = any(cell.blank for cell in row.cells)
    alone = len(prompts) == len(plain) and row.cells[0].row > 0 and not free
    for cell in prompts:
        behind = row.cells.index(cell) > 0 and row.cells[row.cells.index(cell) - 1].text not in ("", cell.text)
        if alone or (behind and not free):
            cell.prompt, cell.text = cell.text, ""
