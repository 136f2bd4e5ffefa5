"""Commands about what was given out: issue, issued, changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from generator.cli.options import DAY, engine_option, on_option, pupils_argument, say, soffice_option
from generator.problems import DocumentsFailed, Exit, FilesHaveErrors, WrongUse

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.folder.school_folder import Project
    from generator.submission.given_out.give_out import Handover
    from generator.submission.given_out.issued_versions import Holding, Issued


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
    multiple=True,
    help="Who gets it: a person’s id in pupil.yaml, “Mr and Mrs Brown”, “parents”, “Northmoor Council”."
    " Once for each copy, if need be with its own day: samira=22/11/2026.",
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
    whom: Sequence[str],
    on: datetime | None,
    draft: bool,
    engine: str | None,
    soffice: str | None,
) -> None:
    """Keep what is given out: the exact PDF and Word file of a PUPIL's DOCUMENT, to whom and when, for good."""
    from generator.engines import choose, stays
    from generator.submission.given_out.give_out import issue as give_out
    from generator.submission.given_out.issued_versions import versions

    project, case = opened(ctx, pupil)
    handovers = [_handover(one, on.date() if on else date.today(), draft) for one in whom]
    before = versions(project, case.name)
    chosen = choose(engine, soffice)
    stays(chosen)
    try:
        made = give_out(project, case, document, chosen, *handovers)
    finally:
        chosen.close()
    _tell_copies(project, case, made, len(handovers))
    same = [one for one in before if one.document == made.document and one.data["content"] == made.data["content"]]
    if same and same[-1].version < made.version:
        say(f"note: it says the same as version {same[-1].version}")
    say("This copy is never changed. Give out this PDF, not the one in output/.")


def _handover(whom: str, day: date, draft: bool) -> Handover:
    """Who gets a copy, and the day that is written behind “=”. Raises WrongUse for a day that is none, or to come."""
    from generator.submission.given_out.give_out import Handover
    from generator.values.parsing import Unreadable, read_date

    to, sign, own = whom.rpartition("=")
    if sign:
        try:
            day = read_date(own.strip())
        except Unreadable as error:
            raise WrongUse(f"“{own}” is no day: {error.message}.", "Write --to samira=22/11/2026.") from None
    if day > date.today():
        advice = "Nothing was kept. Give the day on which it was handed over, or leave out --date for today."
        raise WrongUse(f"{'--to' if sign else '--date'} {day:%d/%m/%Y} is still to come.", advice)
    return Handover(to.strip() if sign else whom, day, draft)


def _tell_copies(project: Project, case: Case, made: Issued, count: int) -> None:
    """Each copy that was just given out: its file, to whom it went, and whether it counts as the family's."""
    from generator.cases.family.family_copies import reaches_family
    from generator.values.formatting import date as in_words

    place = made.folder.relative_to(project.root).as_posix()
    for row in made.copies[-count:]:
        what = f"version {made.version}, {made.data['status']}, {in_words(row['date'])}, to {row['to']}"
        say(f"{place}/{row['file']}: {what}")
        if made.data["status"] == "final" and reaches_family(str(row["to"]), case.data("pupil"), row["date"]):
            say("It counts as a copy for the family.")
        else:
            say(f"It does not count as a copy for the family: {_why_not(made, str(row['to']))}")


def _why_not(made: Issued, to: str) -> str:
    if made.data["status"] == "draft":
        return "it is a draft."
    return f"“{to}” is nobody at home in pupil.yaml. For a parent, --to takes the person's id or name."


def _unread(every: Sequence[Issued]) -> list[Holding]:
    """What was given out about a pupil whose files have errors, so that it cannot be compared."""
    from generator.submission.given_out.issued_versions import Holding

    state = "not compared: its files have errors"
    return [Holding(one, str(row["to"]), row["date"], state) for one in every for row in one.copies]


@click.command()
@pupils_argument
@click.pass_context
def issued(ctx: click.Context, pupils: Sequence[str]) -> None:
    """List what was given out about PUPILS, or all, and what changed since."""
    from generator.cli.text.layout import fitted_table
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases, find_project
    from generator.submission.given_out.issued_versions import standing, versions

    project = find_project(ctx.obj)
    rows = [("Pupil", "Document", "Version", "Given out", "To", "Now")]
    for name in choose_cases(project, pupils):
        case = load_case(project, name).case
        for held in standing(project, case) if case else _unread(versions(project, name)):
            number = f"{held.issued.version} {held.issued.data['status']}"
            rows.append((name, held.issued.document, number, f"{held.date}", held.to, held.state))
    click.echo("\n".join(fitted_table(rows)) if len(rows) > 1 else "Nothing was given out yet.")
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
    from generator.submission.given_out.issued_versions import damaged, page, since

    project, case = opened(ctx, pupil)
    found = since(project, case, document, number or 0)
    say(f"{document} of {case.name}, compared with {found.issued}")
    if damage := damaged(found.issued):
        say(f"{damage}. What follows may be wrong: put it back from a backup.")
    if found.same:
        say("Nothing that it prints has changed.")
    if found.looks:
        say("No field has changed: only the template, the house style, the pack or the program.")
    record = ""
    for change in found.changes:
        if change.record != record:
            record = change.record
            say(f"\n{record}")
        say(f"  {change}")
    if printed:
        word = page(project, case, document, found, on.date() if on else date.today())
        _print(project, f"{case.name}/changes-{document}", word, engine, soffice)
    if damage:
        ctx.exit(Exit.FILES_HAVE_ERRORS)


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
    say(f"\noutput/{name}.pdf: {made.pages} page{'s' * (made.pages != 1)}")
    say(f"look at: {warning}" for warning in made.warnings)
