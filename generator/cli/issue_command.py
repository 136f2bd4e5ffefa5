"""Commands about what was given out: issue, issued, changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from generator.cli.options import DAY, engine_option, on_option, pupils_argument, soffice_option
from generator.problems import DocumentsFailed, Exit, FilesHaveErrors, WrongUse

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.folder.school_folder import Project
    from generator.submission.issued_versions import Issued


def opened(ctx: click.Context, pupil: str) -> tuple[Project, Case]:
    """The school's folder and one pupil's case. Raises FilesHaveErrors when its files are wrong."""
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases, find_project

    project = find_project(ctx.obj)
    [name] = choose_cases(project, [pupil])
    loaded = load_case(project, name)
    if loaded.case is None:
        raise FilesHaveErrors(f"The files of {name} have errors: mend them first.", problems=loaded.problems)
    return project, loaded.case


@click.command()
@click.argument("pupil")
@click.argument("document")
@click.option(
    "--to",
    "whom",
    required=True,
    help="Who gets it: a person’s id in pupil.yaml, “Mr and Mrs Brown”, “parents”, “Northmoor Council”.",
)
@click.option("--date", "on", type=DAY, help="The day it is given out; else today.")
@click.option("--draft", is_flag=True, help="Mark it as a draft.")
@engine_option
@soffice_option
@click.pass_context
def issue(
    ctx: click.Context,
    pupil: str,
    document: str,
    whom: str,
    on: datetime | None,
    draft: bool,
    engine: str | None,
    soffice: str | None,
) -> None:
    """Keep what is given out: the exact PDF and Word file of a PUPIL's DOCUMENT, to whom and when, for good."""
    from generator.cases.family_copies import reaches_family
    from generator.engines import choose
    from generator.submission.issued_versions import Handover, versions
    from generator.submission.issued_versions import issue as give_out

    project, case = opened(ctx, pupil)
    day = on.date() if on else date.today()
    if day > date.today():
        advice = "Nothing was kept. Give the day on which it was handed over, or leave out --date for today."
        raise WrongUse(f"--date {day:%d/%m/%Y} is still to come.", advice)
    chosen = choose(engine, soffice)
    try:
        made = give_out(project, case, document, chosen, Handover(whom, day, draft))
    finally:
        chosen.close()
    place = made.folder.relative_to(project.root).as_posix()
    click.echo(f"{place}/{made.document}.pdf: {made}")
    if made.data["status"] == "final" and reaches_family(str(made.data["to"]), case.data("pupil"), day):
        click.echo("It counts as a copy for the family.")
    else:
        click.echo(f"It does not count as a copy for the family: {_why_not(made)}")
    earlier = versions(project, case.name, made.document)[:-1]
    if earlier and earlier[-1].data["content"] == made.data["content"]:
        click.echo(f"note: it says the same as version {earlier[-1].version}")
    click.echo("This copy is never changed. Give out this PDF, not the one in output/.")


def _why_not(made: Issued) -> str:
    if made.data["status"] == "draft":
        return "it is a draft."
    return f"“{made.data['to']}” is nobody at home in pupil.yaml. For a parent, --to takes the person's id or name."


@click.command()
@pupils_argument
@click.pass_context
def issued(ctx: click.Context, pupils: Sequence[str]) -> None:
    """List what was given out about PUPILS, or all, and what changed since."""
    from generator.cli.text.findings_text import table
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases, find_project
    from generator.submission.issued_versions import standing, versions

    project = find_project(ctx.obj)
    rows = [("Pupil", "Document", "Version", "Given out", "To", "Now")]
    for name in choose_cases(project, pupils):
        case = load_case(project, name).case
        unread = [(one, "not compared: its files have errors") for one in versions(project, name)]
        for one, state in standing(project, case) if case else unread:
            data = one.data
            rows.append((name, one.document, f"{one.version} {data['status']}", f"{data['date']}", data["to"], state))
    click.echo("\n".join(table(rows)) if len(rows) > 1 else "Nothing was given out yet.")
    if any(row[-1].startswith("NOT") for row in rows):
        ctx.exit(Exit.FILES_HAVE_ERRORS)


@click.command()
@click.argument("pupil")
@click.argument("document")
@click.option("--since", "number", type=click.IntRange(1), help="Compare with this version instead of the newest.")
@click.option("--print", "printed", is_flag=True, help="Also make a page of it for a meeting, as Word and PDF.")
@on_option
@engine_option
@soffice_option
@click.pass_context
def changes(
    ctx: click.Context,
    pupil: str,
    document: str,
    number: int | None,
    printed: bool,
    on: datetime | None,
    engine: str | None,
    soffice: str | None,
) -> None:
    """Show, field by field, what differs in a PUPIL's DOCUMENT since it was given out."""
    from generator.submission.issued_versions import page, since

    project, case = opened(ctx, pupil)
    found = since(project, case, document, number or 0)
    click.echo(f"{document} of {case.name}, compared with {found.issued}")
    if found.same:
        click.echo("Nothing that it prints has changed.")
    if found.looks:
        click.echo("No field has changed: only the template, the house style, the pack or the program.")
    record = ""
    for change in found.changes:
        if change.record != record:
            record = change.record
            click.echo(f"\n{record}")
        click.echo(f"  {change}")
    if printed:
        word = page(project, case, document, found, on.date() if on else date.today())
        _print(project, f"{case.name}/changes-{document}", word, engine, soffice)


def _print(project: Project, name: str, word: bytes, engine: str | None, soffice: str | None) -> None:
    from generator.engines import Docx, Failure, choose
    from generator.files.atomic_files import write_file

    chosen = choose(engine, soffice)
    try:
        [made] = chosen.convert([Docx(f"{name}.docx", word)])
    finally:
        chosen.close()
    if isinstance(made, Failure):
        raise DocumentsFailed(f"{name}.pdf could not be made: {made.reason}.", "The case is as it was.")
    write_file(project.root / "output" / f"{name}.docx", word)
    write_file(project.root / "output" / f"{name}.pdf", made.content)
    click.echo(f"\noutput/{name}.pdf: {made.pages} page{'s' * (made.pages != 1)}")
