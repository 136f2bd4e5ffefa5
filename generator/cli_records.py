"""The commands that bring records in and give them out: import, send-on, receive, sar, retention, forget, new-year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import DAY, _project, _today, on_option, sendpack
from generator.cli_school import close_school, load_school, put
from generator.problems import WrongUse

if TYPE_CHECKING:
    from generator.incoming import Incoming
    from generator.project import Project

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@sendpack.command(name="import")
@click.argument("file", type=FILE)
@click.option("--apply", "write", is_flag=True, help="Write the changes; else they are only shown.")
@click.option(
    "--create", is_flag=True, help="Begin folders for pupils who have none: those with SEN, if the file says."
)
@click.option("--from", "first", type=DAY, help="First day of the attendance, when the file has no column for it.")
@click.option("--to", "last", type=DAY, help="Last day of the attendance, when the file has no column for it.")
@click.option("--date", "day", type=DAY, help="Day of the results, when the file has no column for it.")
@on_option
@click.pass_context
def import_(
    ctx: click.Context,
    /,
    file: Path,
    write: bool,
    create: bool,
    first: datetime | None,
    last: datetime | None,
    day: datetime | None,
    on: datetime | None,
) -> None:
    """Bring in FILE: an export of the school's information system (CSV, .xlsx) or a Common Transfer File (XML).

    Shows what would change in each pupil.yaml; --apply writes it. Comments and what you wrote yourself stay.
    """
    from generator.ctf import read_ctf
    from generator.pupil_import import Wish, apply, compare, summary
    from generator.pupil_match import known_pupils

    project = _project(ctx)
    given = {"from": first, "to": last, "date": day}
    default = {name: value.date().isoformat() for name, value in given.items() if value}
    xml = file.suffix.lower() == ".xml"
    incoming = read_ctf(file) if xml else _table(project, file, default, write)
    cases, broken = load_school(project)
    records = [(one.name, record) for one in cases if (record := one.one("pupil"))]
    outcomes, unplaced = compare(project, incoming, known_pupils(records), Wish(create, _today(on)))
    written = apply(project, outcomes) if write else []
    for line in summary(outcomes, unplaced):
        click.echo(line)
    changed = sum(bool(outcome.changes) for outcome in outcomes)
    click.echo(
        f"\n{len(incoming)} in {file.name}: {changed} files {'changed' if write else 'would change'}, ", nl=False
    )
    click.echo(f"{len(unplaced)} not placed." + ("" if write or not changed else " Write them with --apply."))
    if write and len(written) != changed:
        raise WrongUse("Some files were not written; see above.")
    close_school(ctx, broken)


def _table(project: Project, file: Path, default: dict[str, str], write: bool) -> list[Incoming]:
    """The rows of a CSV or .xlsx file as pupils, by the mapping that is saved or, at first, by a guess."""
    from generator.import_columns import COLUMNS_FILE, columns_file, saved_columns
    from generator.incoming import from_cells, guess, is_field, missing_columns
    from generator.sheets import read_rows

    rows = read_rows(file)
    headings = list(dict.fromkeys(heading for row in rows for heading in row.cells))
    place = project.root / COLUMNS_FILE
    saved = saved_columns(place)
    guessed = guess(heading for heading in headings if heading not in saved)
    columns = {**saved, **guessed}
    wrong = [name for name in columns.values() if name and not is_field(name)]
    if wrong:
        raise WrongUse(f"{COLUMNS_FILE} names a field that does not exist: {wrong[0]}.", "Correct it there.")
    here = {heading: columns[heading] for heading in headings}
    for heading, name in here.items():
        click.echo(f"{heading} → {name or '(not used)'}")
    if missing := missing_columns(here):
        raise WrongUse(
            f"{file.name} has no column for {' or '.join(['upn', ', '.join(missing)])}.",
            f"Say in {place} which column is which field.",
        )
    if write and guessed:
        put(project, place, lambda: columns_file({**saved, **here}))
    click.echo("")
    return [from_cells(f"row {row.line}", row.cells, columns, default) for row in rows]


__all__: Sequence[str] = ["import_"]
