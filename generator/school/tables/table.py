"""Whole-school views as plain tables: columns of known form, rows of values, formulas by column name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FORMULA_START = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
"""What a spreadsheet program takes for the start of a formula in a CSV file: also after spaces of every kind, and in
the wide letters of East Asian keyboards."""


@dataclass(frozen=True)
class Column:
    """One column: its key in formulas, its heading, its width in characters, the form of its values."""

    key: str
    title: str
    width: int = 14
    form: str = "text"


@dataclass(frozen=True)
class Formula:
    """A spreadsheet formula; `{key}` stands for the cell of that column in the same row.

    `Formula("{minutes}*{times}/60")` becomes `=G5*H5/60` in row 5. Other sheets are named as usual: `Figures!$B$2`.
    """

    text: str


@dataclass(frozen=True)
class Chart:
    """A stacked bar chart of some number columns, one bar for each row, named by the first column."""

    title: str
    columns: tuple[str, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A titled table. `notes` stand below it; `total` names the columns that get a sum in a last row."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    notes: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    chart: Chart | None = None


def letter(columns: Sequence[Column], key: str) -> str:
    """The letter by which a spreadsheet names a column; up to 26 columns."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[column.key for column in columns].index(key)]
