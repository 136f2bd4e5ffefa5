"""Workbooks (.xlsx, .xls, .ods) as sheets of texts: the one door to the library that reads them.

They are read by a process of its own (`python -m generator.files.workbooks FOLDER MEMORY_MB SECONDS`): a workbook of a
few bytes can say that it has a billion cells, and some damaged ones end the reader in a way that no program can catch.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from generator.files import temp_folders
from generator.files.programs_beside.limited_child import limit, run_limited

MEMORY_MB, SECONDS = 2000, 120
MOST_CELLS = 5_000_000
"""Cells of a sheet, empty ones too: a list of 5,000 pupils with 200 columns has a million."""

_LOCKED, _BROKEN, _LARGE = "locked", "it is damaged", "it is larger than any list"


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
    from_1904: bool = False
    """True where plain numbers for days count from 1904, as in workbooks that Excel for Mac began."""
    no_results: int = 0
    """Cells with a formula whose result the file does not hold."""
    hidden_rows: int = 0


def workbook_sheets(content: bytes) -> list[WorkbookSheet]:
    """The sheets of a workbook, rows from the first cell on. Raises NotAWorkbook."""
    with temp_folders.folder() as folder:
        (folder / "file").write_bytes(content)
        in_limits = run_limited(__name__, folder, SECONDS, str(MEMORY_MB), str(SECONDS), memory_mb=MEMORY_MB)
        try:
            found = json.loads((folder / "sheets.json").read_text("utf-8"))
        except (OSError, ValueError):
            found = _BROKEN if in_limits else _LARGE
    if isinstance(found, str):
        raise NotAWorkbook(found, found == _LOCKED)
    return [WorkbookSheet(name, tuple(map(tuple, rows)), hidden, *more) for name, rows, hidden, *more in found]


# -- in the child -----------------------------------------------------------------------------------------------------


def main(folder: Path, memory_mb: int, seconds: int) -> None:
    """Read FOLDER/file; leaves FOLDER/sheets.json, the sheets or in words what is wrong."""
    limit(memory_mb, seconds)
    (folder / "sheets.json").write_text(json.dumps(_read((folder / "file").read_bytes())), "utf-8")


def _read(content: bytes) -> list[tuple[str, list[list[str]], bool, bool, int, int]] | str:
    from python_calamine import CalamineError

    try:
        return list(_sheets(content))
    except CalamineError as error:
        locked = "password" in str(error).lower() or b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content
        return _LOCKED if locked else _BROKEN
    except (MemoryError, _TooLarge):
        return _LARGE
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return _BROKEN  # a Rust panic is not an Exception


class _TooLarge(Exception):
    """A sheet of more cells than any list has."""


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[str]], bool, bool, int, int]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    from generator.files.workbook_parts import facts_of_sheets

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    facts = facts_of_sheets(content)
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise _TooLarge
            lines = sheet.to_python(skip_empty_area=False)
            rows = [[_text(cell) for cell in line] for line in lines]
            _fill_downwards(rows, sheet.merged_cell_ranges or ())
            hidden = about.visible != SheetVisibleEnum.Visible
            yield (about.name, rows, hidden, *facts.get(about.name, (False, 0, 0)))


def _fill_downwards(rows: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write what a cell merged over several rows says into each of them: a class stands once for all its pupils."""
    for (top, left), (bottom, _) in merged:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and not rows[row][left]:
                rows[row][left] = rows[top][left]


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


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
