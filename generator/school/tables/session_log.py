"""The log of sessions as a workbook with a sheet for each adult who gives the support."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.cases.case import Case
from generator.cases.family.people import known_as
from generator.files.workbooks import workbook_sheets
from generator.folder.school_folder import Project
from generator.forms.given.ask import AskedForm, Asking, keep_workbook, log_asked, sheets_of_log
from generator.values.formatting import date as in_words

COLUMNS = (("Date", 14), ("What we did", 40), ("Minutes", 10), ("How it went", 48))
ROWS = 40
"""Rows to fill in on each sheet: about a term of sessions."""

_HEAD = "Sessions"
_REFERENCE = "Form reference"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def session_log(pupil: str, due: str, reference: str, sheets: Mapping[str, Sequence[str]]) -> bytes:
    """An .xlsx with a sheet for each adult by name; `sheets` are the lines of support of each.

    Every sheet says whose sessions they are and carries the reference by which the file is known when it comes back.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = "Log of sessions", "sendpack"
    for name, lines in sheets.items():
        _sheet(book.create_sheet(name.translate(_NOT_IN_NAMES)[:31]), pupil, due, reference, lines)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def give_log(project: Project, case: Case, askings: Sequence[Asking], on: date) -> AskedForm:
    """Write the log of sessions of several adults as a workbook beside their forms, and that it was asked."""
    log = log_asked(case, askings)
    content = session_log(
        known_as(case.data("pupil")), str(in_words(log.due)), log.reference, sheets_of_log(case, askings)
    )
    texts = [cell for sheet in workbook_sheets(content) for row in sheet.rows for cell in row if cell]
    return keep_workbook(project, case, log, content, texts, on)


def _sheet(sheet: Any, pupil: str, due: str, reference: str, lines: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    top = [("Log of sessions", pupil), ("Back by", due), (_REFERENCE, reference)]
    top += [("The support", line) for line in lines]
    for number, (label, value) in enumerate(top, 1):
        sheet.cell(number, 1, label).font = Font(bold=True)
        cell = sheet.cell(number, 2, value)
        cell.data_type = "s"
    start = len(top) + 2
    sheet.cell(start, 1, _HEAD).font = Font(bold=True, size=13)
    thin = Side(style="thin", color="808080")
    for number, (title, width) in enumerate(COLUMNS, 1):
        cell = sheet.cell(start + 1, number, title)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
        sheet.column_dimensions["ABCD"[number - 1]].width = width
    for row in range(start + 2, start + 2 + ROWS):
        for number in range(1, len(COLUMNS) + 1):
            cell = sheet.cell(row, number)
            cell.border = Border(bottom=thin, left=thin, right=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).number_format = "dd/mm/yyyy"
    sheet.freeze_panes = f"A{start + 2}"
    sheet.print_title_rows = f"{start + 1}:{start + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
