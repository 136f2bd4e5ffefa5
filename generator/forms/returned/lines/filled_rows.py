"""The filled rows of a table that was given out, whatever was added to it, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from generator.forms.given.printed_lines import comparable_line
from generator.forms.returned.lines.returned_line import ReturnedFile

SHEET = "Sheet"
"""The column that says on which sheet of a workbook a row stands: the adult whose sheet it is."""


def grid_rows(returned: ReturnedFile, columns: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """The filled rows of every table that has these columns, each with a column of its sheet in a workbook."""
    found: list[Mapping[str, str]] = []
    places: dict[int, str] = {}
    for number, grid in enumerate(returned.grids):
        name = returned.grid_names[number] if number < len(returned.grid_names) else ""
        before = {} if name or len(grid) == 0 or len(grid[0]) != len(places) else places
        places = dict(before)  # the second half of a table that was split has no heads of its own
        found += [{**row, SHEET: name} if name else row for row in _rows(grid, columns, places)]
    return tuple(found)


def beside_rows(texts: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Of texts that were written at a table's question those that no row holds."""
    held = {comparable_line(cell) for row in rows for cell in row.values()}
    lines = [line for text in texts for line in text.split("\n")]
    return [line for line in lines if line.strip() and comparable_line(line) not in held]


def _rows(grid: Sequence[Sequence[str]], columns: Sequence[str], places: dict[int, str]) -> Iterator[Mapping[str, str]]:
    """The rows of one table; `places` says which cell is of which column, and learns it from the heads."""
    for row in grid:
        heads = _heads(row, columns)
        if len(heads) * 2 > len(columns):
            places.clear()
            places.update({**heads, **{n: text for n, text in enumerate(row) if n not in heads and text.strip()}})
        elif places:
            cells = {name: row[n].strip() for n, name in places.items() if n < len(row) and row[n].strip()}
            if cells:
                yield cells


def _heads(row: Sequence[str], columns: Sequence[str]) -> dict[int, str]:
    """Which cell of a row is the head of which column."""
    found: dict[int, str] = {}
    for number, text in enumerate(row):
        for column in columns:
            alike = fuzz.ratio(comparable_line(text), comparable_line(column)) > 80
            if alike and column not in found.values():
                found[number] = column
                break
    return found
