"""The filled rows of a table that was given out, whatever was added to it, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz

from generator.forms.given.printed_lines import comparable_line
from generator.forms.returned.lines.returned_line import ReturnedFile
from generator.forms.returned.lines.written_dates import written_day

_ANY_DAY = date(2024, 1, 1)
"""Whether a day is written does not depend on when."""
SHEET = "Sheet"
"""The column that says on which sheet of a workbook a row stands: the adult whose sheet it is."""


def grid_rows(returned: ReturnedFile, columns: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """The filled rows of every table that has these columns, each with a column of its sheet in a workbook."""
    found: list[Mapping[str, str]] = []
    places: dict[int, str] = {}
    for number, grid in enumerate(returned.grids):
        name = returned.grid_names[number] if number < len(returned.grid_names) else ""
        goes_on = not name and _goes_on(grid, places)  # the second half of a table that was split has no heads
        here = dict(places) if goes_on else {}
        found += [{**row, SHEET: name} if name else row for row in _rows(grid, columns, here)]
        places = here or places
    return tuple(found)


def _goes_on(grid: Sequence[Sequence[str]], places: Mapping[int, str]) -> bool:
    """True for a table as wide as the one before, in which each filled row begins with a day: a table of ours."""
    begins = [row[0] for row in grid if any(cell.strip() for cell in row)]
    alike = bool(grid) and len(grid[0]) == len(places)
    return alike and all(written_day(text, _ANY_DAY) is not None for text in begins)


def beside_rows(texts: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Of texts that were written at a table's question those that no row holds."""
    held = {comparable_line(line) for row in rows for cell in row.values() for line in cell.split("\n")}
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
