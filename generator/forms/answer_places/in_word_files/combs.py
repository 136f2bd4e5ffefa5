"""Cells of a table that take parts of one answer: one character each, or day, month and year under their letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.forms.answer_places.in_word_files.grid import Cell, GridRow

FEWEST = 6
"""Rows of fewer empty cells are a table's columns, not the boxes of one number."""

_STROKE = re.compile(r"[/.\-–|]?")
_LETTER = re.compile(r"[DMY]", re.I)
_DATE = re.compile(r"\b(?:date|birth|d\.?o\.?b\.?|born)\b", re.I)
_PARTS = {
    "d": "dd",
    "dd": "dd",
    "day": "dd",
    "m": "mm",
    "mm": "mm",
    "month": "mm",
    "y": "yyyy",
    "yy": "yy",
    "yyyy": "yyyy",
    "year": "yyyy",
}


@dataclass(frozen=True)
class Comb:
    """Cells of one character each, and what a label says they are for."""

    cells: tuple[Cell, ...]
    label: str

    @property
    def date_format(self) -> str:
        """The digits of a date, where the cells are for one."""
        if not _DATE.search(self.label):
            return ""
        return {8: "ddmmyyyy", 6: "ddmmyy"}.get(len(self.cells), "")


def comb_of(rows: list[GridRow], row: GridRow) -> Comb | None:
    """The boxes of one number in a row: six or more empty cells side by side, with no heads of their own above."""
    start = next((i for i, c in enumerate(row.cells) if _is_box(c)), None)
    if start is None or start > 1:
        return None
    cells = row.cells[start:]
    boxes = tuple(c for c in cells if _is_box(c))
    if len(boxes) < FEWEST or any(not _is_box(c) and not _STROKE.fullmatch(c.text.strip()) for c in cells):
        return None
    number = row.cells[0].row
    others = [rows[n] for n in (number - 1, number + 1) if 0 <= n < len(rows)]
    if any(len(other.cells) >= len(row.cells) - 1 and len(other.cells) > 3 for other in others):
        return None
    over = rows[number - 1].cells if number and not start else []
    return Comb(boxes, row.cells[0].label if start else over[0].text if len(over) == 1 else "")


def _is_box(cell: Cell) -> bool:
    return cell.blank or (not cell.answers and bool(_LETTER.fullmatch(cell.text.strip())))


def date_part(row: GridRow, cell: Cell) -> tuple[str, str]:
    """What a cell behind `DD`, `MM` or `YYYY` belongs to, and which part of a date it takes: the row's label, `mm`."""
    before = [c for c in row.cells if c.start < cell.start and c.label]
    if sum(c.text.strip().lower() in _PARTS for c in row.cells) < 2:
        return "", ""  # `Initials … Year …` asks for the year group, not for a part of a date
    if not before or before[-1].text.strip().lower() not in _PARTS:
        return "", ""
    head = next((c.text for c in reversed(before) if c.text.strip().lower() not in _PARTS), "")
    return head, _PARTS[before[-1].text.strip().lower()] if head else ""
