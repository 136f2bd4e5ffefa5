"""The mapping from the columns of an export to fields, kept in the school's folder and open to correction in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.problems import WrongUse
from generator.school.tables.spreadsheet import comma_separated, read_rows
from generator.school.tables.table import Column, Table

COLUMNS_FILE = "import-columns.csv"
"""In the school's folder: which column of an export is which field. Two columns, made by the first import."""


def saved_columns(path: Path) -> dict[str, str]:
    """The fields by column heading from a mapping that was saved; empty when there is none. Raises WrongUse."""
    if not path.is_file():
        return {}
    rows = read_rows(path)
    if rows and "Column" not in rows[0].cells:
        raise WrongUse(f"{path.name} must have the two columns Column and Field.", "Take it away to begin anew.")
    return {row.cells["Column"]: row.cells.get("Field", "") for row in rows if "Column" in row.cells}


def columns_file(columns: Mapping[str, str]) -> bytes:
    """The mapping as a CSV file to look at and correct."""
    return comma_separated(Table("Columns", (Column("c", "Column"), Column("f", "Field")), list(columns.items())))
