"""The whole-school views as text for a terminal; the spreadsheets have every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.register_view import Entry
from generator.report import shorten, table
from generator.tables import Formula, Table
from generator.wording import number, short_date


def register_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """The register as it fits a terminal."""
    head = ("Pupil", "Year", "Class", "SEN", "Since", "Need", "2nd", "Plan review", "Met", "Att. %", "Stage", "To do")
    lines: list[Sequence[str]] = [head]
    for row in entries:
        values = (
            shorten(row.name, 26), row.year, row.class_name, row.status, row.since, shorten(row.primary, 18),
            shorten(row.secondary, 10), row.plan_review, row.meetings[0] if row.meetings else "", row.attendance,
            shorten(row.stage, 22), len(row.findings) or "",
        )  # fmt: skip
        lines.append([cell(value) for value in values])
    yield from table(lines)


def cell(value: object) -> str:
    """A value as a narrow column shows it: 31/12/2026, 2.5, Yes; nothing for nothing."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(number(short_date(value)))


def table_lines(shown: Table, width: int = 48) -> Iterator[str]:
    """A table with its headings, cells cut to a width, notes below."""
    rows = [[shorten(cell(value), width) for value in row] for row in shown.rows]
    yield from table([[column.title for column in shown.columns], *rows])
    if shown.notes:
        yield ""
        yield from shown.notes
