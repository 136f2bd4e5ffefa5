"""The commands that bring records in and give them out: send-on, receive, sar, retention, forget, new-year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import DAY, FILE_TO_READ, close_school, day_of, load_school, on_option, project_of, say
from generator.cli.whole_school_commands.school_commands import put
from generator.problems import WrongUse
from generator.values.counts import counted_things
from generator.values.formatting import date as in_words

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.folder.school_folder import Project


def _one(project: Project, pupil: str) -> Case:
    """One pupil's case, whose files must be right."""
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases
    from generator.problems import FilesHaveErrors

    loaded = load_case(project, choose_cases(project, [pupil])[0])
    if loaded.case is None:
        raise FilesHaveErrors(f"The files of {loaded.name} have errors: mend them first.", problems=loaded.problems)
    return loaded.case


def _reference(project: Project, name: str) -> str:
    from generator.school.calendar.reviews import reference

    return reference(str(project.school.data["name"]) if project.school else "", name)


def _tidy(project: Project) -> None:
    """Remove what runs that were cut off left, and say so."""
    from generator.school.pupil_files.forgetting import swept

    for line in swept(project):
        say(line)


@click.command(name="send-on")
@click.argument("pupil")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The archive; else one in output/_school.")
@click.option("--with-safeguarding/--without-safeguarding", "safeguarding", default=None, help="As the lead decided.")
@click.option("--left", type=DAY, help="Also write the day on which the pupil left into pupil.yaml.")
@on_option
@click.pass_context
def send_on(
    ctx: click.Context,
    /,
    pupil: str,
    to: Path | None,
    safeguarding: bool | None,
    left: datetime | None,
    on: datetime | None,
) -> None:
    """Pack the whole file of PUPIL for the next school: records, documents, evidence, JSON and a manifest."""
    from generator.school.pupil_files.archives_made import place_archive
    from generator.school.pupil_files.leaving import write_left
    from generator.school.pupil_files.transfer import pack_case

    project, day = project_of(ctx), day_of(on)
    case = _one(project, pupil)
    _tidy(project)
    packed = pack_case(project, case, day, safeguarding=safeguarding)
    put(project, to or place_archive(project, "send-on", case.name, day, packed.content), lambda: packed.content)
    say(f"{counted_things(len(packed.files), 'file')}. Send it by a secure way; the archive itself has no password.")
    for name in packed.left_out:
        gone = " (the records that it was made from are gone)" if name.startswith("documents/") and "." in name else ""
        say(f"left out: {name}{gone}")
    if left:
        say(write_left(project, case.name, left.date()))
    elif "left" not in case.data("pupil"):
        say(f"When the pupil has left: sendpack send-on {case.name} --left DAY, or write left: DAY in pupil.yaml.")


@click.command()
@click.argument("file", type=FILE_TO_READ)
@click.pass_context
def receive(ctx: click.Context, /, file: Path) -> None:
    """Take in FILE, the archive of a pupil that another school made with send-on, as a new folder in cases."""
    from generator.school.pupil_files.received import receive as take_in

    project = project_of(ctx)
    _tidy(project)
    received = take_in(project, file)
    say(f"cases/{received.case} is ready: {counted_things(received.files, 'file')}, as sent.")
    for note in received.notes:
        say(f"look at: {note}")
    say(f"Next: sendpack check {received.case}. Earlier documents are in cases/{received.case}/earlier-school.")


@click.command()
@click.argument("pupil")
@click.argument("kind")
@click.pass_context
def export(ctx: click.Context, /, pupil: str, kind: str) -> None:
    """Print the record of a KIND of PUPIL as JSON that fits its schema: plan, profile, cycles/2026-autumn, ..."""
    from generator.school.pupil_files.transfer import record_as_json

    project = project_of(ctx)
    case = _one(project, pupil)
    home = project.cases / case.name
    there = {record.path.removeprefix(f"cases/{case.name}/").removesuffix(".yaml") for record in case.records}
    if kind not in there:
        raise WrongUse(f"{case.name} has no {kind}.", f"There are: {', '.join(sorted(there))}.")
    click.echo(record_as_json(home / f"{kind}.yaml").decode(), nl=False)


@click.command()
@click.argument("pupil")
@click.option("--for", "asks", default="", metavar="WHO", help="Who asks: a person at home, the pupil, or other.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The archive; else one in output/_school.")
@on_option
@click.pass_context
def sar(ctx: click.Context, /, pupil: str, asks: str, to: Path | None, on: datetime | None) -> None:
    """Gather everything held on PUPIL, for a subject access request, with what must not go to whoever asks."""
    from generator.folder.school_folder import choose_cases
    from generator.school.pupil_files.archives_made import place_archive
    from generator.school.pupil_files.askers_copy import asker_meant
    from generator.school.pupil_files.data_rights import held
    from generator.school.pupil_files.transfer import archive

    project, day = project_of(ctx), day_of(on)
    [name] = choose_cases(project, [pupil])
    _tidy(project)
    found = held(project, name, asker_meant(project, name, asks), day)
    content = archive(found.contents)
    put(project, to or place_archive(project, "sar", name, day, content), lambda: content)
    say(found.contents["index.txt"].decode().rstrip("\n"))


@click.command()
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Also as a spreadsheet, here.")
@on_option
@click.pass_context
def retention(ctx: click.Context, /, xlsx: Path | None, on: datetime | None) -> None:
    """Show how long each pupil's file is to be kept, and whose time has come."""
    from generator.cli.text.school_text import table_lines
    from generator.school.not_counted import not_counted, said, with_note
    from generator.school.pupil_files.data_rights import retention_table
    from generator.school.tables.spreadsheet import workbook

    project = project_of(ctx)
    cases, broken = load_school(project)
    missing = said(not_counted(project, [one.name for one in broken], day_of(on)))
    shown = with_note(retention_table(cases, day_of(on)), missing)
    say("\n".join(table_lines(shown)))
    put(project, xlsx, lambda: workbook([shown], "Retention"))
    close_school(ctx, broken)


@click.command()
@click.argument("pupil")
@click.option("--reason", required=True, help="Why it is deleted, for the receipt; without names.")
@click.option("--early", is_flag=True, help="Although its time has not come.")
@click.option("--confirm", metavar="FOLDER", help="The folder's name again, instead of being asked for it.")
@on_option
@click.pass_context
def forget(
    ctx: click.Context, /, pupil: str, reason: str, early: bool, confirm: str | None, on: datetime | None
) -> None:
    """Delete everything on PUPIL in cases and output, for good, and keep a receipt that names nobody."""
    from generator.folder.changing.changes_made import are_kept
    from generator.folder.school_folder import case_names, choose_cases
    from generator.school.pupil_files import forgetting
    from generator.school.pupil_files.data_rights import kept_until, too_early

    project, day = project_of(ctx), day_of(on)
    decided = forgetting.begun(project, pupil)
    if decided is None:
        kept_alone = pupil not in case_names(project) and are_kept(project.root, f"cases/{pupil}/")
        name = pupil if kept_alone else choose_cases(project, [pupil])[0]
        forgetting.must_be_deletable(project, name)
        until = kept_until(project, name)
        if (why := too_early(until, day)) and not early:
            raise WrongUse(f"{why} Nothing was deleted.", "If it must be deleted all the same, add --early.")
        decided = forgetting.decide(project, name, _reference(project, name), day, until, reason)
        if kept_alone:
            say(f"There is no cases/{name} any more, but it could still be brought back: that is deleted too.")
        say(f"This deletes cases/{name} and output/{name} for good, and besides:")
        say(f"  {line}" for line in [*decided.told(), *forgetting.leftovers(project, decided)])
    else:
        say(f"The deletion of {decided.case} was cut off on {decided.on}; this goes on with it.")
    for line in forgetting.links_out(project, decided.case):
        say(f"look at: {line}")
    typed = confirm if confirm is not None else click.prompt("Write the folder's name to go on", default="")
    if typed != decided.case:
        raise WrongUse("That is not the folder's name. Nothing was deleted.")
    receipt, file, told = forgetting.delete(project, decided)
    for line in told:
        say(line)
    were = "was" if receipt.files == 1 else "were"
    say(f"{counted_things(receipt.files, 'file')} {were} deleted. The receipt is {file}.")
    say("What this does not reach:")
    say(f"  {line}" for line in forgetting.still_elsewhere(project, decided))


@click.command(name="new-year")
@click.option("--apply", "write", is_flag=True, help="Write the new year groups; else they are only shown.")
@click.option("--stay", multiple=True, metavar="PUPIL", help="Does not move up; may be given more than once.")
@click.option("--last-year", metavar="YEAR", help="The last year group of the school, when its phase does not say it.")
@on_option
@click.pass_context
def new_year(
    ctx: click.Context, /, write: bool, stay: Sequence[str], last_year: str | None, on: datetime | None
) -> None:
    """Move every pupil up to the new school year's year group, name the leavers, and say what else is needed."""
    from generator.cases.dates.age_and_year import year_label
    from generator.cases.family.people import of_one_name
    from generator.folder.school_folder import choose_cases
    from generator.school.calendar.new_year import first_day, last_of, move, still_needed, write_move
    from generator.school.imports.incoming_pupil import meaning
    from generator.values.parsing import Unreadable

    project, day = project_of(ctx), day_of(on)
    school = project.school_data
    try:
        last = meaning("year", last_year) if last_year else last_of(school)
    except Unreadable as error:
        raise WrongUse(f"{error.message}.", error.hint) from None
    cases, broken = load_school(project, here=day)
    stays = choose_cases(project, stay) if stay else []
    year = first_day(day)
    steps = [move(case, year, last, stays) for case in cases]
    shared = of_one_name({step.case: step.name for step in steps})
    steps = [replace(step, name=f"{step.name} ({step.case})") if step.case in shared else step for step in steps]
    moved = 0
    for step in sorted(steps, key=lambda one: one.name):
        if step.leaves:
            say(f"{step.name} leaves after {year_label(step.before)}: sendpack send-on {step.case}")
        elif step.after is not None:
            fault = write_move(project, step, year) if write else ""
            moved += not fault
            say(f"{step.name}: {year_label(step.before)} → {year_label(step.after)}" + (f"; {fault}" if fault else ""))
        elif step.note:
            say(f"look at: {step.name} {step.note}")
    done = "moved up" if write else "would move up"
    say(f"\n{counted_things(moved, 'pupil')} {done} for the school year from {in_words(year)}.")
    for line in still_needed(school, cases, year):
        say(f"needed: {line}")
    if moved and not write:
        say("Write the year groups with --apply.")
    close_school(ctx, broken)
