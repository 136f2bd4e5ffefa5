"""The whole-school views as text for a terminal; the spreadsheets have every column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from generator.cases.costs import THRESHOLD
from generator.cli.text.findings_text import display_width, shorten, table
from generator.cli.text.layout import WIDE, fitted, fitted_table, terminal_width
from generator.school.provision.adult_timetable import hours
from generator.school.provision.intervention_impact import bars, impact_table
from generator.school.provision.provision_map import Map, Total, adults_table, totals
from generator.school.register import Entry
from generator.school.tables.table import Formula, Table
from generator.values.counts import counted_things
from generator.values.formatting import money, number, short_date
from generator.values.parsing import TO_FILL_IN

LEFT_OUT = ("2nd", "Met", "Att. %", "Stage")
"""What of the register a narrow terminal has no room for."""


def register_lines(entries: Sequence[Entry], width: int = 0) -> Iterator[str]:
    """The register as it fits a terminal: every column where there is room, else those without which it is none."""
    lines = _register_rows(entries)
    whole = list(table(lines))
    if max(map(display_width, whole)) <= (width or terminal_width()):
        yield from whole
        return
    kept = [at for at, title in enumerate(lines[0]) if title not in LEFT_OUT]
    yield from fitted_table([[row[at] for at in kept] for row in lines], width)
    yield ""
    yield from fitted(["In a wider window, or with --xlsx FILE: second need, last meeting, attendance, stage."], width)


def _register_rows(entries: Sequence[Entry]) -> list[Sequence[str]]:
    head = ("Pupil", "Year", "Class", "SEN", "Since", "Need", "2nd", "Plan review", "Met", "Att. %", "Stage", "To do")
    lines: list[Sequence[str]] = [head]
    for row in entries:
        values = (
            shorten(row.name, 26),
            row.year,
            row.class_name,
            row.status,
            row.since,
            shorten(row.primary, 18),
            shorten(row.secondary, 10),
            row.plan_review,
            row.meetings[0] if row.meetings else "",
            row.attendance,
            shorten(row.stage, 22),
            len(row.findings) or "",
        )
        lines.append([cell(value) for value in values])
    return lines


def governors_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The summary for governors: a table for each question, and what came of the support."""
    yield (
        f"{told['pupils']} pupils on the register. Groups of fewer than {told['fewest']} are not counted out, and a "
        "second number is left out where the first could be worked out from it and the total."
    )
    for one in told["told"]:
        yield ""
        head = (one["title"], "Pupils", "Hours a week", "Cost a year")
        cells = ((row["label"], row["pupils"], row["hours"], cell(row["cost"], "money")) for row in one["rows"])
        yield from table([head, *([str(value or "") for value in row] for row in cells)])
    if told["held_back"]:
        yield ""
        yield from fitted([f"Not told, as a number would tell of a pupil: {'; '.join(told['held_back'])}."])
    impact = told["impact"]
    yield ""
    if impact is None:
        yield "Too few pupils' support was reviewed in the last twelve months to tell what came of it."
        return
    yield (
        f"Reviewed in the last twelve months: {impact['rounds']} blocks of support of {impact['pupils']} pupils; "
        f"targets met {impact['met']}, partly met {impact['partly']}, not met {impact['not_met']}."
    )


def cell(value: object, form: str = "") -> str:
    """A value as a narrow column shows it: 31/12/2026, 2.5, Yes, £3.50; nothing for nothing."""
    if value is None or isinstance(value, Formula):
        return ""
    if form == "money":
        return str(money(value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(number(short_date(value)))


def table_lines(shown: Table, width: int = 48) -> Iterator[str]:
    """A table with its headings, cells cut to a width, notes below."""
    forms = [column.form for column in shown.columns]
    rows = [[shorten(cell(value, form), width) for value, form in zip(row, forms, strict=True)] for row in shown.rows]
    yield from fitted_table([[column.title for column in shown.columns], *rows])
    if shown.notes:
        yield ""
        yield from fitted(shown.notes)


def narrow_table_lines(shown: Table) -> Iterator[str]:
    """A table that fits the terminal: nothing of it is cut off, cells go over several lines."""
    forms = [column.form for column in shown.columns]
    rows = [[cell(value, form) for value, form in zip(row, forms, strict=True)] for row in shown.rows]
    yield from fitted_table([[column.title for column in shown.columns], *rows])
    yield from ("", *shown.notes)


def due_lines(shown: Table) -> Iterator[str]:
    """What is due, a line or two for each: the day, the pupil with the reference of the calendar, what, and who."""
    keys = [column.key for column in shown.columns]
    for row in shown.rows:
        one = {key: cell(value) for key, value in zip(keys, row, strict=True)}
        late = f" {one['overdue']}" if one["overdue"] else ""
        who = f" ({one['who']})" if one["who"] and TO_FILL_IN not in one["who"] else ""
        yield f"{one['day']}{late}  {one['name']} ({one['case']}, {one['ref']}): {one['what']}{who}"
    yield from ("", *shown.notes) if shown.rows else shown.notes


def provision_lines(shown: Map, *, costs: bool) -> Iterator[str]:
    """The provision map: rows, totals for each pupil, adults, what does not fit, and what came of earlier support."""
    head = ["Pupil", "Year", "Provision", "Given by", "Group", "Hours a week", "When"]
    rows: list[Sequence[str]] = [[*head, "Cost a year"] if costs else head]
    for x in shown.lines:
        cells = [x.pupil, x.year, x.row["title"], x.row["delivered_by"], x.row.get("group_size")]
        cells += [hours(x.minutes) if x.minutes is not None else "", x.row.get("when", "")]
        price = ("not additional" if not x.additional else money(x.cost)) if costs else None
        rows.append([shorten(cell(value), 34) for value in ([*cells, price] if costs else cells)])
    yield from fitted_table(rows)
    found = totals(shown.lines)
    yield ""
    yield from _totals(found, costs)
    if shown.resting:
        yield ""
        yield from fitted([shown.told_resting])
    if shown.weeks:
        yield "\nAdults"
        yield from table_lines(adults_table(shown.weeks), 60)
    problems = [*(p for week in shown.weeks for p in week.problems), *shown.missing]
    if problems:
        yield "\nWhat does not fit"
        yield from fitted(f"  {problem}" for problem in problems)
    if shown.impacts:
        yield "\nWhat came of it"
        yield from _impact_lines(impact_table(shown.impacts, costs))
        yield "\nTargets: # met, + partly met, . not met"
        yield from bars(shown.impacts)


SCORES = ("rose", "scored", "gain")
"""Columns of what came of support that a narrow terminal has no room for beside the costs."""


def _impact_lines(shown: Table) -> Iterator[str]:
    """What came of each intervention, without the scores where there is no room for them beside the costs."""
    keys = [column.key for column in shown.columns]
    if "cost" not in keys or terminal_width() >= WIDE:
        yield from table_lines(shown, 44)
        return
    kept = [at for at, key in enumerate(keys) if key not in SCORES]
    columns, rows = tuple(shown.columns[at] for at in kept), [[row[at] for at in kept] for row in shown.rows]
    yield from table_lines(replace(shown, columns=columns, rows=rows), 44)
    yield from fitted(["In a wider window, with --xlsx FILE, or without --costs: the scores that rose."])


def _totals(found: Sequence[Total], costs: bool) -> Iterator[str]:
    head = ["Pupil", "Year", "Provisions", "Hours a week"]
    if costs:
        head += ["Additional cost a year", f"Above {money(THRESHOLD)}"]
    rows: list[Sequence[str]] = [head]
    for total in found:
        cells = [total.pupil, str(total.year), str(total.rows), hours(total.minutes)]
        rows.append([*cells, money(total.cost), money(total.over) if total.over > 0 else ""] if costs else cells)
    minutes = sum((total.minutes for total in found), Decimal(0))
    last = [counted_things(len(found), "pupil"), "", str(sum(total.rows for total in found)), hours(minutes)]
    rows.append([*last, money(sum((total.cost for total in found), Decimal(0))), ""] if costs else last)
    yield from fitted_table(rows)
