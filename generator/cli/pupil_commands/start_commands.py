"""Commands that begin something: a school's folder, a record."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from generator.cli.options import DAY, day_of, on_option, project_of, say, tell_what_was_left
from generator.problems import WrongUse
from generator.values.counts import counted_things


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a school's own FOLDER, with an example to start from."""
    from generator.files.user_files import refuse_odd_folder
    from generator.folder.create import EXAMPLE_PUPIL, new_school

    refuse_odd_folder(folder)
    written = new_school(folder)
    say(f"{folder} is ready: {counted_things(len(written), 'file')}.")
    say("Next: make cases/school.yaml your own school's, then begin a pupil with")
    click.echo(f'  sendpack -C "{folder}" new pupil "First Last" --born 14/05/2017')
    say(f"cases/{EXAMPLE_PUPIL} is an invented pupil to look at; delete the folder when you no longer need it.")


@click.command()
@click.argument("kind")
@click.argument("pupil", required=False)
@click.option("--born", type=DAY, help="Date of birth of a new pupil, like 14/05/2017.")
@click.option(
    "--status",
    type=click.Choice(["N", "K", "E"], case_sensitive=False),
    help="SEN status of a new pupil: K SEN support, E EHC plan, N nothing decided yet.",
)
@click.option("--since", type=DAY, help="The day on which the status of a new pupil began; else today.")
@click.option(
    "--type", "meeting_type", help="Kind of meeting: early_discussion, review, parents_evening, interim, annual or pcp."
)
@click.option("--name", default="", help="Name of the file, for kinds of which there are many.")
@on_option
@click.pass_context
def new(
    ctx: click.Context,
    kind: str,
    pupil: str | None,
    born: datetime | None,
    status: str | None,
    since: datetime | None,
    meeting_type: str | None,
    name: str,
    on: datetime | None,
) -> None:
    """Begin a record of a KIND for a PUPIL: pupil, profile, plan, cycle, meeting, my-support-plan, request, ...

    For a new pupil give the name: sendpack new pupil "Ada Brown" --born 14/05/2017.
    For all other kinds give the name of the pupil's folder: sendpack new cycle ada-brown.
    """
    from generator.folder.create import new_pupil, new_record, new_school_record
    from generator.folder.school_folder import choose_cases
    from generator.values.formatting import date as in_words

    project = project_of(ctx)
    tell_what_was_left(project.cases)
    if kind == "school":
        written = new_school_record(project)
    elif pupil is None:
        raise WrongUse(
            f"For whom is the {kind}?", f"Give the name of the pupil's folder: sendpack new {kind} ada-brown"
        )
    elif kind == "pupil":
        if born is None:
            born = click.prompt("Date of birth, like 14/05/2017", type=DAY)
        begun = _status(status, since, day_of(on))
        written = new_pupil(project, pupil, born.date(), day_of(on), begun)
        if begun and begun[1] > day_of(on):
            say(
                f"look at: the status {begun[0]} begins on {in_words(begun[1])}, which is still to come: until then "
                "the pupil is on no register. If the day is mistyped, correct it under sen_status."
            )
        if begun is None:
            say(
                "The SEN status is not written yet: without it the pupil is on no register. Write it under sen_status "
                "in that file; for the next pupil --status K --since 07/09/2026 does."
            )
    else:
        [folder] = choose_cases(project, [pupil])
        said = on is not None
        written = new_record(project, kind, folder, day_of(on), name, meeting_type or "", day_was_said=said)
    for file in written:
        say(f"{file} is ready: open it, and replace what is marked as to be filled in.")


def _status(said: str | None, since: datetime | None, on: date) -> tuple[str, date] | None:
    """The SEN status of a new pupil with its day: as given, or asked for where somebody can answer."""
    if said is None and sys.stdin.isatty():
        say("SEN status: K for SEN support, E for an EHC plan, N while nothing is decided.")
        said = click.prompt("Status", type=click.Choice(["N", "K", "E"], case_sensitive=False), default="K")
        if since is None and said != "N":
            since = click.prompt("Since when", type=DAY, default=f"{on:%d/%m/%Y}")
    return (said.upper(), since.date() if since else on) if said else None
