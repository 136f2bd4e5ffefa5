"""The command that brings pupils in: columns shown and confirmed, changes shown, questions asked, files written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import DAY, FILE_TO_READ, day_of, on_option, project_of, say
from generator.cli.whole_school_commands.school_commands import put
from generator.problems import Exit, WrongUse

if TYPE_CHECKING:
    from generator.folder.school_folder import Project
    from generator.school.imports.compare_import import Comparison, ImportWish
    from generator.school.imports.incoming_pupil import Incoming
    from generator.school.imports.lists.pupils_of_list import Columns
    from generator.school.imports.lists.spreadsheet_columns import Lists


@dataclass(frozen=True)
class _Answers:
    """What was said on the command line about a file's columns."""

    columns: Sequence[str]
    month_first: Sequence[str]
    day_first: Sequence[str]
    sheets: Sequence[str]
    right: bool
    write: bool


@click.command(name="import")
@click.argument("file", type=FILE_TO_READ)
@click.option("--apply", "write", is_flag=True, help="Write the changes; else they are only shown.")
@click.option("--create", is_flag=True, help="Begin a folder for each pupil with SEN who has none.")
@click.option("--everyone", is_flag=True, help="With --create: also for pupils without SEN.")
@click.option("--since", type=DAY, help="Since when the SEN status counts, where the file does not say it.")
@click.option(
    "--column", "columns", multiple=True, metavar="HEADING=FIELD", help="What a column is; kept from then on."
)
@click.option("--month-first", multiple=True, metavar="HEADING", help="In this column the month comes before the day.")
@click.option("--day-first", multiple=True, metavar="HEADING", help="In this column the day comes before the month.")
@click.option("--sheet", "sheets", multiple=True, metavar="NAME", help="Only this sheet of a workbook.")
@click.option("--yes", "right", is_flag=True, help="The columns are right: do not ask.")
@click.option("--from", "first", type=DAY, help="First day of the attendance, when the file has no column for it.")
@click.option("--to", "last", type=DAY, help="Last day of the attendance, when the file has no column for it.")
@click.option("--date", "day", type=DAY, help="Day of the results, when the file has no column for it.")
@on_option
@click.pass_context
def import_file(ctx: click.Context, /, file: Path, on: datetime | None, **said: Any) -> None:
    """Bring in FILE: the pupil list of SIMS, Arbor, Bromcom, ScholarPack or another system, or a Common Transfer File.

    FILE is CSV, Excel (.xlsx, .xls), OpenDocument or a CTF (.xml). What would change is shown; --apply writes it.
    Comments and what you wrote yourself stay.
    """
    from generator.school.imports.compare_import import ImportWish, compare
    from generator.school.imports.match_pupil import known_in

    project, today = project_of(ctx), day_of(on)
    given = {"from": said["first"], "to": said["last"], "date": said["day"]}
    default = {name: value.date().isoformat() for name, value in given.items() if value}
    kept = ("columns", "month_first", "day_first", "sheets", "right", "write")
    answers = _Answers(*(said[name] for name in kept))
    incoming, lists, says_sen = _incoming(project, file, answers, default, today)
    since = said["since"].date() if said["since"] else None
    wish = ImportWish(said["create"], today, since, said["everyone"], says_sen, says_sen and lists is not None)
    known = known_in(project)
    found = compare(project, incoming, known, wish)
    if found.start_unknown and not since and said["write"]:
        from generator.cli.text.import_text import start_asked_text

        wish = replace(wish, since=_ask_since(start_asked_text(found.start_unknown, len(incoming))))
        found = compare(project, incoming, known, wish)
    _tell(project, file, incoming, found, lists, wish, said["write"])
    if known.broken:
        say(f"\nNot read, because it has errors: pupil.yaml of {', '.join(known.broken)}.", err=True)
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def _incoming(
    project: Project, file: Path, answers: _Answers, default: dict[str, str], on: date
) -> tuple[list[Incoming], Lists | None, bool]:
    """The pupils of the file; its lists, when it is one; and whether it says who has SEN."""
    from generator.school.imports.ctf import is_ctf, read_ctf
    from generator.school.imports.lists.pupils_of_list import pupils_of
    from generator.school.imports.lists.spreadsheet_columns import only_pupils, says_sen

    if is_ctf(file):
        return read_ctf(file, on), None, True
    lists, columns = _columns(project, file, answers, on)
    lists = only_pupils(lists, columns)
    return pupils_of(lists.rows, columns, default, on), lists, says_sen(columns)


def _columns(project: Project, file: Path, answers: _Answers, on: date) -> tuple[Lists, Columns]:
    """The lists of a file and its columns: shown, corrected, asked about, and kept when they were confirmed."""
    from generator.cli.text.import_text import columns_text
    from generator.school.imports.lists import spreadsheet_columns as sc

    place = project.root / sc.COLUMNS_FILE
    saved = sc.saved_columns(place)
    lists = sc.read_lists(file, {**saved.fields, **sc.said_fields(answers.columns)}, answers.sheets)
    columns = sc.propose(lists, saved, on)
    new = any(heading not in saved.fields for heading in columns.fields)
    corrected = bool(answers.columns or answers.month_first or answers.day_first)
    columns = sc.corrected(lists, columns, answers.columns, answers.month_first, answers.day_first)
    say("\n".join(columns_text(lists, columns, known=not new and not corrected)) + "\n")
    sc.must_be_enough(lists, columns, place)
    columns = _dates_asked(lists, columns)
    if answers.write and new and not answers.right and sys.stdin.isatty():
        click.confirm("Are these columns right? They are kept for the next time", abort=True)
    if corrected or (answers.write and (new or columns.dates != saved.dates)):
        put(project, place, lambda: sc.columns_file(sc.merged(saved, columns)))
    return lists, columns


def _dates_asked(lists: Lists, columns: Columns) -> Columns:
    """The columns with an answer for each one whose dates could be misread. Raises WrongUse when nobody can answer."""
    from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST
    from generator.school.imports.lists.spreadsheet_columns import in_doubt

    while doubts := in_doubt(lists, columns):
        if not sys.stdin.isatty():
            why = "; ".join(f"{doubt.heading}: {doubt.why}" for doubt in doubts)
            wanted = " ".join(f'--month-first "{doubt.heading}"' for doubt in doubts)
            raise WrongUse(
                f"Dates may be written with the month first, so nothing was read. {why}.",
                f"If the month comes first, add {wanted}; if the day does, --day-first.",
            )
        asked = doubts[0]
        say(f"In the column {asked.heading}: {asked.why}.")
        first = click.confirm("Does the month come first in this column")
        columns = replace(columns, dates={**columns.dates, asked.heading: MONTH_FIRST if first else DAY_FIRST})
    return columns


def _ask_since(asked: str) -> date:
    """Since when the status of all these counts: asked once. Raises WrongUse when nobody can answer."""
    if not sys.stdin.isatty():
        raise WrongUse(
            f"{asked}. Nothing was written.",
            "Give a day for all of them, which you can correct in each file: --since 01/09/2026",
        )
    say(f"{asked}. You can correct the day in each file later.")
    day: datetime = click.prompt("Since when, for all of them (like 01/09/2026)", type=DAY)
    return day.date()


def _tell(
    project: Project,
    file: Path,
    incoming: Sequence[Incoming],
    found: Comparison,
    lists: Lists | None,
    wish: ImportWish,
    write: bool,
) -> None:
    """What was or would be done, the writing itself, and the same counts for both."""
    from generator.cli.text.import_text import count_text, import_text, start_asked_text
    from generator.folder.create import EXAMPLE_PUPIL, example_is_there
    from generator.school.imports.apply_import import bring_in

    written = bring_in(project.root, found, file.name, wish.on) if write else None
    say("\n".join(import_text(found, lists)))
    if written and written.work_list:
        say(f"\nKept to work through: {written.work_list.relative_to(project.root)}")
        if written.note:
            say(f"note: {written.note}")
    say(f"\n{count_text(len(incoming), file.name, found)}")
    if found.start_unknown and not wish.since:
        asked = start_asked_text(found.start_unknown, len(incoming))
        say(f"{asked}: with --apply you will be asked, or say --since 01/09/2026.")
    if not write and (found.new or found.changed):
        say("No pupil's file is written yet. Write them with --apply.")
    if not wish.create and any("has no folder here" in line for line in found.to_work_through):
        say("To begin folders for pupils with SEN who have none: --create.")
    if wish.create and lists and not wish.says_sen:
        say("No column says who has SEN (colours of cells are not read): write K or E in one, and import again.")
    if write and found.new:
        if example_is_there(project):
            say(f"cases/{EXAMPLE_PUPIL} is the invented pupil, and is counted too: delete that folder.")
        say("Next: sendpack register")
