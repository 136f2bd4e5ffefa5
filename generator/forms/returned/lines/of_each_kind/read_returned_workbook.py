"""A returned workbook: the log of sessions with a sheet for each adult, as .xlsx or .ods."""

from __future__ import annotations

import io
import zipfile

from generator.files.damaged_archives import DAMAGED
from generator.files.workbooks import NotAWorkbook, workbook_sheets
from generator.forms.answer_places.place import FormRefused
from generator.forms.returned.lines.returned_line import ReturnedFile, ReturnedLine

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
    except DAMAGED:
        return False


def read_returned_workbook(content: bytes) -> ReturnedFile:
    """Its sheets as tables of texts and as lines. Raises FormRefused for one that cannot be read."""
    try:
        sheets = [one for one in workbook_sheets(content) if not one.hidden]
    except NotAWorkbook as error:
        if error.locked:
            raise FormRefused("it is locked with a password", "ask for it without one") from None
        raise FormRefused(f"it cannot be opened ({error})", "ask for it again") from None
    lines = [
        ReturnedLine(text, cell=(number, row_number, column))
        for number, one in enumerate(sheets)
        for row_number, row in enumerate(one.rows)
        for column, text in enumerate(row)
        if text
    ]
    rows = [row for one in sheets for row in one.rows]
    marks = [row[n + 1] for row in rows for n, text in enumerate(row[:-1]) if text == REFERENCE]
    mark = next((mark for mark in marks if mark), "")
    names = tuple(one.name for one in sheets)
    return ReturnedFile(tuple(lines), {}, mark, grids=tuple(one.rows for one in sheets), grid_names=names)
