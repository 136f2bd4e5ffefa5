"""A file's columns and the fields they are: proposed by their words, kept in the school's folder, open to correction.

The mapping is a small CSV file that a person may change in Excel, by `sendpack import --column`, or in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.problems import WrongUse
from generator.school.imports.incoming_pupil import missing_columns
from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST, Doubt, doubts, read_beginning, read_day
from generator.school.imports.lists.column_words import NOT_USED, field_of, guess, how_known, label, near
from generator.school.imports.lists.columns_by_values import by_values, without_days
from generator.school.imports.lists.export_file import WORKBOOK_ENDINGS, is_text, read_sheets
from generator.school.imports.lists.headings import ListRow, PupilList, read_list
from generator.school.imports.lists.pupils_of_list import Columns, names_nobody
from generator.school.tables.spreadsheet import comma_separated
from generator.school.tables.table import Column, Table
from generator.values.parsing import Unreadable

COLUMNS_FILE = "import-columns.csv"
"""In the school's folder: which column of an export is which field. Made by the first import."""

_OLD_PUPILS = re.compile(r"leaver|left|former|archiv|old\b|previous", re.IGNORECASE)
_EXAMPLES = 3


@dataclass
class Lists:
    """The lists of pupils in one file, and what else it holds: sheets that were not read, with the reason."""

    file: str
    lists: list[PupilList]
    not_read: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        """The headings of all lists, each once, in their order."""
        return list(dict.fromkeys(name for one in self.lists for name in one.headings if name))

    @property
    def rows(self) -> list[ListRow]:
        """The rows of all lists."""
        return [row for one in self.lists for row in one.rows]

    @property
    def other_lines(self) -> list[str]:
        """The lines that are no rows of a list."""
        return [line for one in self.lists for line in one.other_lines]

    @property
    def blocks(self) -> list[list[str]]:
        """The headings of each list, and of each further list below one."""
        return [block for one in self.lists for block in one.blocks]

    def cells(self, heading: str) -> list[str]:
        """The different values of a column."""
        return list(dict.fromkeys(row.cells[heading] for row in self.rows if heading in row.cells))

    def examples(self, heading: str) -> list[str]:
        """The first different values of a column, to recognise it by."""
        return self.cells(heading)[:_EXAMPLES]

    def dates(self, columns: Columns) -> dict[str, list[tuple[str, str]]]:
        """The cells of each column of dates with where they stand."""
        return {
            heading: [(row.where, row.cells[heading]) for row in self.rows if heading in row.cells]
            for heading in columns.of_dates()
        }


def read_lists(path: Path, saved: Mapping[str, str], only: Sequence[str] = ()) -> Lists:
    """The lists of pupils of a file, from the sheets named in `only` or from all that hold pupils.

    Hidden sheets, sheets of leavers by their name, and sheets without pupils are told and not read. Raises WrongUse.
    """
    sheets = read_sheets(path)
    if unknown := [name for name in only if name not in {sheet.name for sheet in sheets}]:
        names = ", ".join(sheet.name for sheet in sheets) or "one without a name"
        raise WrongUse(f"{path.name} has no sheet called {unknown[0]}.", f"There are: {names}.")
    found = Lists(path.name, [])

    def known(heading: str) -> int:
        return 2 if heading in saved else how_known(heading)

    for sheet in sheets:
        one = read_list(sheet, known)
        why = _why_not(sheet.name, sheet.hidden, one, saved) if not only else ""
        if only and sheet.name not in only:
            continue
        if one is None or why:
            found.not_read.append(f"{sheet.name or path.name}: {why or 'it holds no list'}")
        else:
            found.lists.append(one)
            found.notes += [f"{sheet.name or path.name}: {note}" for note in sheet.notes]
    if path.suffix.lower() in WORKBOOK_ENDINGS and is_text(path) and not _knows_headings(found.lists, saved):
        raise WrongUse(
            f"{path.name} is called {path.suffix}, and is no workbook: it holds plain text, and no list of pupils.",
            "Choose the file that the school's system gave out, or export the list again as CSV or Excel.",
        )
    if path.suffix.lower() in (".docx", ".doc", ".pdf") and found.lists:
        found.notes.append(f"{path.name} is called {path.suffix}, and is a list: it was read as one")
    if not found.lists:
        first = next(((sheet, one) for sheet in sheets if (one := read_list(sheet, known))), None)
        if first:  # it is read all the same, so that its columns can be shown and corrected
            found.lists = [first[1]]
            found.not_read = [x for x in found.not_read if x != f"{first[0].name or path.name}: {NO_COLUMN}"]
    return found


def _knows_headings(lists: Sequence[PupilList], saved: Mapping[str, str]) -> bool:
    """True where a line of headings was found: text that only calls itself a workbook has none."""
    return any(heading in saved or how_known(heading) for one in lists for heading in one.headings)


def only_pupils(lists: Lists, columns: Columns) -> Lists:
    """The lists with the rows that name nobody, such as totals and units, among the lines that are no rows."""
    kept = []
    for one in lists.lists:
        rows = [row for row in one.rows if not names_nobody(row, columns)]
        others = [f"{row.where}: {_quoted(row)}" for row in one.rows if names_nobody(row, columns)]
        kept.append(replace(one, rows=rows, other_lines=[*one.other_lines, *others]))
    return replace(lists, lists=kept)


def _quoted(row: ListRow) -> str:
    return ", ".join(f"“{cell}”" for cell in row.cells.values())


def says_sen(columns: Columns) -> bool:
    """True when a column tells who has SEN."""
    return bool({"sen_status", "ehc_plan"} & set(columns.fields.values()))


PLANS_ALONE = (
    "no column says who has SEN support, only who has an EHC plan: whoever has none is taken for a pupil without SEN."
)


def says_plans_alone(columns: Columns) -> bool:
    """True when nothing but a column of plans tells who has SEN: then nobody on SEN support is known."""
    held = set(columns.fields.values())
    return "ehc_plan" in held and "sen_status" not in held


NO_COLUMN = "it has no column for UPN, or for name and date of birth"


def _why_not(name: str, hidden: bool, one: PupilList | None, saved: Mapping[str, str]) -> str:
    if hidden:
        return "it is hidden"
    if one is None:
        return "it holds no list"
    if name and _OLD_PUPILS.search(name):
        return "by its name it is of pupils who have left"
    here = {heading: saved.get(heading, "") for heading in one.headings}
    if missing_columns(here | {h: f for h, f in guess(one.headings).items() if f}):
        return NO_COLUMN
    return ""


def propose(lists: Lists, saved: Columns, on: date | None = None) -> Columns:
    """The field of each column: as it was saved, else by its words; of two years that of the day counts."""
    here = {heading: saved.fields[heading] for heading in lists.headings if heading in saved.fields}
    guessed: dict[str, str] = {}
    for block in lists.blocks:
        known = {heading: field for heading, field in {**here, **guessed}.items() if heading in block and field}
        cells = {h: lists.cells(h) for h in block if h and h not in here}
        free = [heading for heading in block if heading and heading not in known]
        no_days = without_days(cells, guess(free, known.values(), on))
        found = guess((heading for heading in free if heading not in no_days), known.values(), on)
        found |= by_values({h: values for h, values in cells.items() if h not in no_days}, known | found)
        taken = [*known.values(), *filter(None, found.values())]
        # A status known by its values gives “Since” its meaning.
        found |= guess((heading for heading, field in found.items() if not field), taken, on)
        guessed |= {heading: field for heading, field in found.items() if heading not in here}
    ordered = {heading: here.get(heading, guessed.get(heading, "")) for heading in lists.headings}
    return Columns(ordered, {heading: order for heading, order in saved.dates.items() if heading in ordered})


def said_fields(said: Iterable[str]) -> dict[str, str]:
    """The headings of corrections such as `Reg=class` with the fields that they are said to be."""
    parts = [one.rpartition("=") for one in said]
    return {heading.strip(): field for heading, _, name in parts if (field := field_of(name.strip()))}


def corrected(
    lists: Lists, columns: Columns, said: Iterable[str], month_first: Iterable[str], day_first: Iterable[str]
) -> Columns:
    """The columns with what somebody says instead: `Reg=class`, `Notes=not used`. Raises WrongUse.

    In one list no two columns are the same field; another list of the file may have it under its own heading.
    """
    fields, dates = dict(columns.fields), dict(columns.dates)
    for one in said:
        heading, _, name = (part.strip() for part in one.rpartition("="))
        heading = _heading(heading, fields)
        meant = field_of(name)
        if meant is None:
            raise WrongUse(f"There is no field called {name}.", near(name))
        beside = {other for block in lists.blocks if heading in block for other in block}
        for other in [other for other, held in fields.items() if meant and held == meant and other in beside]:
            fields[other] = ""
        fields[heading] = meant
    for heading in month_first:
        dates[_heading(heading, fields)] = MONTH_FIRST
    for heading in day_first:
        dates[_heading(heading, fields)] = DAY_FIRST
    return Columns(fields, dates)


def _heading(said: str, fields: Mapping[str, str]) -> str:
    found = next((one for one in fields if one.casefold() == said.casefold()), None)
    if found is None:
        raise WrongUse(f"The file has no column called {said}.", f"Its columns are: {', '.join(fields)}.")
    return found


def must_be_enough(lists: Lists, columns: Columns, place: Path) -> None:
    """Raises WrongUse when the columns do not tell who each row speaks of."""
    if missing := missing_columns(columns.fields):
        absent = ", ".join(label(name) for name in missing)
        raise WrongUse(
            f"{lists.file} has no column for upn or {absent}.",
            f'Say which column it is: --column "Heading=UPN", or in {place.name}.',
        )


def in_doubt(lists: Lists, columns: Columns) -> list[Doubt]:
    """The columns of dates of which a person must say whether the month comes first."""
    return doubts(lists.dates(columns), columns.dates)


_BEGINS = re.compile(r"start|since|from|beg[ai]n|effective|date|added|as[ _]?(?:of|at)(?![a-z])", re.IGNORECASE)


def days_not_used(lists: Lists, columns: Columns) -> list[str]:
    """Columns that hold days and are not used, where none says since when the SEN status counts: one of them may.

    Only where a column tells who has SEN at all.
    """
    if not says_sen(columns) or "sen_from" in columns.fields.values():
        return []
    found = []
    for heading in (heading for heading, name in columns.fields.items() if not name and _BEGINS.search(heading)):
        cells = [row.cells[heading] for row in lists.rows if row.cells.get(heading)]
        if cells and all(map(_is_day, cells)):
            found.append(heading)
    return found


def said_of_days(heading: str) -> str:
    """What is told of such a column; how to choose its field is told by whoever asks."""
    return f"{heading} holds days and is not used. If it says since when the status counts,"


def _is_day(cell: str) -> bool:
    try:
        return bool(read_day(cell))
    except Unreadable:
        pass
    try:
        return bool(read_beginning(cell))
    except Unreadable:
        return False


# -- kept -------------------------------------------------------------------------------------------------------------


def saved_columns(path: Path) -> Columns:
    """The mapping that was saved; an empty one when there is none. Raises WrongUse."""
    if not path.is_file():
        return Columns({})
    lines = read_sheets(path)[0].lines
    heads = lines[0] if lines else []
    if "Column" not in heads or "Field" not in heads:
        raise WrongUse(f"{path.name} must have the columns Column and Field.", "Take it away to begin anew.")
    rows = [dict(zip(heads, line, strict=False)) for line in lines[1:] if any(line)]
    fields, dates = {}, {}
    for row in rows:
        heading, said = row.get("Column", ""), row.get("Field", "")
        meant = field_of(said)
        if meant is None:
            raise WrongUse(f"{path.name} names a field that does not exist: {said}.", f"Correct it there. {near(said)}")
        fields[heading] = meant
        if row.get("Dates") in (DAY_FIRST, MONTH_FIRST):
            dates[heading] = row["Dates"]
    return Columns(fields, dates)


def columns_file(columns: Columns) -> bytes:
    """The mapping as a CSV file to look at and correct."""
    rows = [
        (heading, label(name) if name else NOT_USED, columns.dates.get(heading, ""))
        for heading, name in columns.fields.items()
    ]
    heads = (Column("c", "Column"), Column("f", "Field"), Column("d", "Dates"))
    return comma_separated(Table("Columns", heads, rows))


def merged(saved: Columns, here: Columns) -> Columns:
    """What was saved before, with the columns of this file."""
    return Columns({**saved.fields, **here.fields}, {**saved.dates, **here.dates})
