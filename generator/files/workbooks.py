"""Workbooks (.xlsx, .xls, .ods) as sheets of texts: the one door to the library that reads them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any


class NotAWorkbook(Exception):
    """Bytes that are no workbook; `locked` is true for one with a password."""

    def __init__(self, message: str, locked: bool) -> None:
        super().__init__(message)
        self.locked = locked


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet: its name, its rows of cells as texts, whether it is hidden."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool


def workbook_sheets(content: bytes) -> list[WorkbookSheet]:
    """The sheets of a workbook, rows from the first cell on. Raises NotAWorkbook."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                lines = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                rows = tuple(tuple(_text(cell) for cell in line) for line in lines)
                found.append(WorkbookSheet(about.name, rows, about.visible != SheetVisibleEnum.Visible))
        return found
    except CalamineError as error:
        locked = "password" in str(error).lower() or b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content
        raise NotAWorkbook(str(error), locked) from None


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
