"""An import as text for a terminal: the columns, the changes pupil by pupil, and what a person must work through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.school.imports.compare_import import Comparison
from generator.school.imports.existing_pupil import ImportOutcome
from generator.school.imports.lists.column_dates import MONTH_FIRST
from generator.school.imports.lists.column_words import label
from generator.school.imports.lists.name_parts import apart, surname_comes_first
from generator.school.imports.lists.pupils_of_list import Columns
from generator.school.imports.lists.spreadsheet_columns import (
    COLUMNS_FILE,
    PLANS_ALONE,
    Lists,
    days_not_used,
    said_of_days,
    says_plans_alone,
)
from generator.values.formatting import and_list

_NAMED = 8
"""So many pupils are named one by one; of more their number is told."""

_OFTEN = 3
"""A note that stands at this many pupils is told once."""


def columns_text(lists: Lists, columns: Columns, known: bool) -> Iterator[str]:
    """Each column with the field that it is and an example, then the columns that are not used.

    Columns that are `known`, all confirmed before, are not shown again; those that are not used are always said.
    """
    yield from (f"Not read: {line}" for line in lists.not_read)
    yield from (f"Look at: {line}" for line in lists.notes)
    yield f"Columns of {lists.file}" + (f": as kept in {COLUMNS_FILE}" if known else "")
    for heading, name in () if known else columns.fields.items():
        if name:
            order = ", month first" if columns.dates.get(heading) == MONTH_FIRST else ""
            example = next(iter(lists.examples(heading)), "")
            order += _taken_apart(example, heading) if name == "full_name" else ""
            shown = f"   (as in “{_short(example)}”{order})" if example else "   (empty)"
            yield f"  {heading} → {label(name)}{shown}"
    if unused := [heading for heading, name in columns.fields.items() if not name]:
        yield f"  not used: {', '.join(unused)}"
    if says_plans_alone(columns):
        yield f"Look at: {PLANS_ALONE}"
    for heading in days_not_used(lists, columns):
        yield f"Look at: {said_of_days(heading)} add"
        yield f'  --column "{heading}={label("sen_from")}"'
    if not known:
        yield 'To correct one: --column "Heading=field", as in --column "Reg=class" or "Notes=not used".'


def _taken_apart(name: str, heading: str) -> str:
    """What is taken for the surname of a name in one column: who reads it sees whether the order is right."""
    found = apart(name, surname_comes_first(heading))
    return f", surname “{found.surname}”" if found.surname else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 28 else f"{line[:27].rstrip()}…"


def import_text(comparison: Comparison, lists: Lists | None = None) -> Iterator[str]:
    """The changes pupil by pupil; notes that many share, once; rows without SEN; rows to work through."""
    often = Counter(note for outcome in comparison.outcomes for note in dict.fromkeys(outcome.notes))
    shared = {note: times for note, times in often.items() if times >= _OFTEN}
    for outcome in comparison.outcomes:
        yield from _outcome_text(outcome, shared)
    for note, times in shared.items():
        yield f"For {times} pupils: {note}"
    if comparison.without_sen:
        yield f"Without SEN, so no folder is begun ({len(comparison.without_sen)})"
        yield from _in_one(comparison.without_sen)
    if comparison.left:
        yield f"Left the school, as the list says, so no folder is begun ({len(comparison.left)})"
        yield from (f"  {line}" for line in comparison.left)
    if comparison.not_listed:
        yield f"Here, and not in this list ({len(comparison.not_listed)}): has somebody left?"
        yield from _in_one([f": {line}" for line in comparison.not_listed])
    if lists and lists.other_lines:
        yield f"Lines that name no pupil ({len(lists.other_lines)})"
        yield from (f"  {line}" for line in lists.other_lines)
    if comparison.to_work_through:
        yield f"To work through ({len(comparison.to_work_through)}): nothing of these rows was taken over"
        yield from (f"  {line}" for line in comparison.to_work_through)


def _outcome_text(outcome: ImportOutcome, shared: dict[str, int]) -> Iterator[str]:
    notes = [note for note in dict.fromkeys(outcome.notes) if note not in shared]
    if outcome.new:
        yield f"{outcome.name} (cases/{outcome.case}, new)"
        yield from (f"  {change.after}" for change in outcome.changes)
    elif outcome.changes or notes:
        yield f"{outcome.name} (cases/{outcome.case})"
        yield from (f"  {change}" for change in outcome.changes)
    yield from (f"  look at: {note}" for note in notes)


def _in_one(rows: list[str]) -> Iterator[str]:
    """Names in lines of text: nobody is left out, and thirty of them do not hide the rest."""
    line = " "
    for number, row in enumerate(rows):
        word = f" {row.partition(': ')[2]}{',' if number < len(rows) - 1 else ''}"
        if len(line) + len(word) > 78:
            yield line
            line = " "
        line += word
    yield line


def start_asked_text(names: Sequence[str], incoming: int) -> str:
    """Of whom the file does not say since when the status counts: by name where there are few."""
    whom = and_list(names) if len(names) <= _NAMED else f"{len(names)} of {incoming} pupils"
    return f"The file does not say since when the status counts for {whom}"


def count_text(incoming: int, file: str, comparison: Comparison) -> str:
    """`30 pupils in list.csv: 13 new files, 0 files changed, 17 without SEN, 0 to work through.`"""
    changed = comparison.changed
    parts = [
        f"{comparison.new} new file{'s' * (comparison.new != 1)}",
        f"{changed} file{'s' * (changed != 1)} changed",
        *([f"{len(comparison.without_sen)} without SEN"] if comparison.without_sen else []),
        *([f"{len(comparison.left)} who left"] if comparison.left else []),
        f"{len(comparison.to_work_through)} to work through",
    ]
    return f"{incoming} pupil{'s' * (incoming != 1)} in {file}: {', '.join(parts)}."
