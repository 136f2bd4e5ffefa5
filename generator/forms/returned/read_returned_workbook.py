"""A returned workbook: the log of sessions with a sheet for each adult, as .xlsx or .ods."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

from generator.forms.answer_places.place import FormRefused
from generator.forms.returned.returned_line import ReturnedFile, ReturnedLine

REFERENCE = "Form reference"
"""The words before the reference in a sheet."""


def is_workbook(content: bytes) -> bool:
    """True for a workbook, whatever its name ends with."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            sheet = "mimetype" in names and archive.read("mimetype").endswith(b"opendocument.spreadsheet")
            return sheet or "xl/workbook.xml" in names
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return False


def read_returned_workbook(content: bytes) -> ReturnedFile:
    """Its sheets as tables of texts and as lines. Raises FormRefused for one that cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except CalamineError as error:
        raise FormRefused(f"it cannot be opened ({error})", "ask for it again") from None
    grids = tuple(tuple(tuple(_cell(value) for value in row) for row in sheet) for sheet in sheets)
    lines = [
        ReturnedLine(text, cell=(number, row_number, column))
        for number, grid in enumerate(grids)
        for row_number, row in enumerate(grid)
        for column, text in enumerate(row)
        if text
    ]
    marks = [row[n + 1] for grid in grids for row in grid for n, text in enumerate(row[:-1]) if text == REFERENCE]
    mark = next((mark for mark in marks if mark), "")
    return ReturnedFile(tuple(lines), {}, mark, grids=grids, grid_names=tuple(book.sheet_names))


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
