"""Spreadsheets and CSV files written from tables. The only door to openpyxl; reading is in imports/export_file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import Any

from generator.problems import without_steering
from generator.school.tables.table import FORMULA_START, Chart, Column, Formula, Table

_SHOWN = {"date": "dd/mm/yyyy", "money": "£#,##0.00", "percent": "0.0", "number": "#,##0.##", "text": "General"}
_FONT = "Calibri"
_LINE = 15
"""Height of a line of text in points."""


def workbook(tables: Sequence[Table], title: str) -> bytes:
    """An .xlsx file with one sheet for each table: header row frozen and filtered, printed landscape on A4.

    Text is always text: a name that begins with = is no formula. Formulas are alive.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, "sendpack"
    for table in tables:
        _sheet(book, table)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(book: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.title[:31])
    letters = {column.key: get_column_letter(n) for n, column in enumerate(table.columns, 1)}
    for number, column in enumerate(table.columns, 1):
        cell = sheet.cell(1, number, column.title)
        cell.font, cell.fill = Font(name=_FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letters[column.key]].width = column.width
    for line, row in enumerate(table.rows, 2):
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            _fill(sheet.cell(line, number), value, column, letters, line)
        sheet.row_dimensions[line].height = _LINE * _lines(table.columns, row)
    sheet.row_dimensions[1].height = _LINE * max(_wrapped(column.title, column.width - 3) for column in table.columns)
    last = len(table.rows) + 1
    for number, column in enumerate(table.columns, 1):
        if column.key in table.total and last > 1:
            letter = letters[column.key]
            cell = sheet.cell(last + 1, number, f"=SUM({letter}2:{letter}{last})")
            cell.font, cell.number_format = Font(name=_FONT, bold=True), _SHOWN[column.form]
    if table.total:
        sheet.cell(last + 1, 1, "Total").font = Font(name=_FONT, bold=True)
    for line, note in enumerate(table.notes, last + 3):
        cell = sheet.cell(line, 1, note)
        cell.font, cell.data_type = Font(name=_FONT, italic=True), "s"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if table.chart and table.rows:
        _chart(sheet, table, table.chart)


def _lines(columns: Sequence[Column], row: Sequence[Any]) -> int:
    """How many lines the tallest cell of a row needs: spreadsheet programs do not work that out for a new file."""
    return max(
        _wrapped(value, column.width) if _wraps(column) else 1 for column, value in zip(columns, row, strict=True)
    )


def _wraps(column: Column) -> bool:
    return column.form == "text" and column.width > 20


def _wrapped(value: Any, width: int) -> int:
    lines = str(value).splitlines() if isinstance(value, str) else [""]
    return sum(max(1, len(wrap(line, max(width, 4)))) for line in lines) or 1


def _fill(cell: Any, value: Any, column: Column, letters: dict[str, str], line: int) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=_wraps(column), vertical="top")
    if isinstance(value, Formula):
        cells = {key: f"{letter}{line}" for key, letter in letters.items()}
        cell.value = "=" + value.text.format(**cells)
        cell.number_format = _SHOWN[column.form]
    elif isinstance(value, bool):
        cell.value = "Yes" if value else "No"
    elif isinstance(value, date | int | Decimal):
        cell.value = value
        cell.number_format = _SHOWN["date"] if isinstance(value, date) else _SHOWN[column.form]
    elif value not in (None, ""):
        cell.value = without_steering(str(value))
        cell.data_type = "s"


def _chart(sheet: Any, table: Table, chart: Chart) -> None:
    from openpyxl.chart import BarChart, Reference

    keys = [column.key for column in table.columns]
    first, last = keys.index(chart.columns[0]) + 1, keys.index(chart.columns[-1]) + 1
    end = len(table.rows) + 1
    drawn = BarChart()
    drawn.type, drawn.grouping, drawn.overlap, drawn.title = "bar", "stacked", 100, chart.title
    drawn.add_data(Reference(sheet, min_col=first, max_col=last, min_row=1, max_row=end), titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=end))
    for series, colour in zip(drawn.series, chart.colours, strict=True):
        series.graphicalProperties.solidFill = colour
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.width, drawn.height = 24, max(7, 1.1 * len(table.rows))
    sheet.add_chart(drawn, f"A{end + 4 + len(table.notes)}")


def comma_separated(table: Table) -> bytes:
    """The table as CSV that Excel opens rightly: UTF-8 with its mark, dates as 31/12/2026, formulas never."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_plain(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_plain(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> str:
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = without_steering(str(value))
    return f"'{text}" if isinstance(value, str) and FORMULA_START.match(text) else text
