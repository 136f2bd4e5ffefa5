"""The commands for the whole school: register, provision, reviews. Options in, one call, words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import (
    DAY,
    close_school,
    day_of,
    engine_option,
    expected,
    load_school,
    on_option,
    one_by_one,
    project_of,
    ready_cases,
    running_engine,
    say,
    soffice_option,
    told_while_working,
)
from generator.problems import Exit, Problem
from generator.values.counts import counted_things

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.folder.school_folder import Project

XLSX = click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="As a spreadsheet, here.")
DOCX = click.option("--docx", type=click.Path(dir_okay=False, path_type=Path), help="As a Word file, here.")
PDF = click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="As a PDF, here.")
CSV = click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="As CSV, here.")


def as_paper(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a command whose table is a Word file or a PDF too, as `_as_document` writes them."""
    return DOCX(PDF(engine_option(soffice_option(command))))


def choose_cases_of(project: Project, names: Sequence[str]) -> list[str]:
    """The names of the pupils' folders that are wanted."""
    from generator.folder.school_folder import choose_cases

    return choose_cases(project, names)


def put(project: Project, path: Path | None, content: Callable[[], bytes]) -> None:
    """Write a file that was asked for and say so."""
    if path is None:
        return
    from generator.files.user_files import hand_over

    if note := hand_over(project.root, path, content()):
        click.echo(f"note: {note}")
    click.echo(f"{path} is written.")


def _told(name: str, problems: Iterable[Problem]) -> None:
    rows = list(problems)
    if rows:
        from generator.cli.text.layout import fitted

        click.echo(f"  {name}")
        told = (f"    {problem.message}" + (f" ({problem.hint})" if problem.hint else "") for problem in rows)
        click.echo("\n".join(fitted(told)))


@click.command()
@click.option("--year", "years", multiple=True, metavar="YEAR", help="Only this year group, like 4 or R.")
@click.option("--need", "needs", multiple=True, metavar="NEED", help="Only this need: a census type, an area or an id.")
@click.option("--stage", "stages", multiple=True, metavar="STAGE", help="Only this stage of the authority's ladder.")
@click.option("--everyone", is_flag=True, help="Also pupils who are not on the register.")
@click.option("--history", is_flag=True, help="Show every change of status, also of pupils who left the register.")
@click.option("--census", is_flag=True, help="With --csv: only the columns of the school census, for every pupil.")
@click.option("--without-findings", is_flag=True, help="With --docx or --pdf: without what is to be put right.")
@XLSX
@CSV
@as_paper
@on_option
@click.pass_context
def register(
    ctx: click.Context, /, on: datetime | None, xlsx: Path | None, csv_file: Path | None, **wanted: Any
) -> None:
    """Show the SEND register, with what is to be put right beside it."""
    from generator.cli.text.school_text import register_lines, table_lines
    from generator.school import not_counted as nc
    from generator.school import register as r
    from generator.school.tables.spreadsheet import comma_separated, workbook

    project, day = project_of(ctx), day_of(on)
    broken: list[str] = []
    choice = r.Choice(wanted["years"], wanted["needs"], wanted["stages"], wanted["everyone"])
    pupils: list[Case] = []
    near: list[r.Entry] = []
    for one in one_by_one(project, broken, here=day_of(on)):
        pupils.append(r.pupil_alone(one))
        if choice.everyone or r.may_be_on_register(one.data("pupil"), day):
            near.append(r.entry(one, project.pack_of(one), day))
    entries = r.chosen(near, choice)
    missing = nc.said(nc.not_counted(project, broken, day))
    shown, past = nc.with_note(r.register_table(entries, day), missing), nc.with_note(r.history_table(pupils), missing)
    as_file = bool(xlsx or csv_file or wanted["docx"] or wanted["pdf"])
    if not as_file:  # what stands in the file needs not stand here too, above the line that says where it is
        click.echo("\n".join(register_lines(entries)) + "\n")
    click.echo(f"{r.count(entries)}.")
    say(missing)
    if not as_file and any(row.findings for row in entries):
        from generator.cli.text.shared_findings import of_rows, shared_text

        click.echo("\nTo put right:")
        rows = [(row.case, row.name, row.name.split()[0], row.findings) for row in entries]
        rest, shared = of_rows(rows)
        say(f"  {line}" for line in shared_text(shared))
        for part in rest:
            _told(part.title, part.problems)
    if wanted["history"]:
        click.echo("\nStatus history\n" + "\n".join(table_lines(past)))
    put(project, xlsx, lambda: workbook([shown, past], "SEND register"))
    if csv_file and wanted["census"]:
        counted, alone, unread = nc.by_pupil_file(project, {one.name: one.data("pupil") for one in pupils}, broken)
        put(project, csv_file, lambda: comma_separated(r.census_table(counted, day)))
        say(nc.said_of_census(alone, unread))
    else:
        put(project, csv_file, lambda: comma_separated(shown))
    if wanted["docx"] or wanted["pdf"]:
        from generator.school.register_document import register_document

        word = register_document(project, entries, day, not wanted["without_findings"], missing)
        _as_document(project, wanted, "register.docx", word)
    close_school(ctx, broken)


def _as_document(project: Project, wanted: Mapping[str, Any], name: str, word: bytes) -> None:
    """Write the Word file and the PDF that were asked for."""
    from generator.school.register_document import as_pdf

    put(project, wanted["docx"], lambda: word)
    with running_engine(wanted["engine"], wanted["soffice"], wanted=bool(wanted["pdf"])) as chosen:
        if chosen:
            made = as_pdf(chosen, name, word)
            put(project, wanted["pdf"], lambda: made.content)
            say(f"look at: {warning}" for warning in made.warnings)


@click.command()
@click.argument("pupils", nargs=-1)
@click.option("--costs", is_flag=True, help="With what it costs, for those who may see it.")
@click.option("--since", type=DAY, help="Impact of cycles reviewed since this day; else of the last twelve months.")
@XLSX
@as_paper
@on_option
@click.pass_context
def provision(
    ctx: click.Context,
    /,
    pupils: Sequence[str],
    costs: bool,
    since: datetime | None,
    on: datetime | None,
    xlsx: Path | None,
    **wanted_files: Any,
) -> None:
    """Show the provision map of PUPILS, or of the whole school: who gets what, from whom, and what came of it."""
    from generator.cases.dates.twelve_months import year_before
    from generator.cli.text.school_text import provision_lines
    from generator.school import not_counted as nc
    from generator.school.provision import adult_timetable, intervention_impact, provision_map
    from generator.school.tables.spreadsheet import workbook

    project, day = project_of(ctx), day_of(on)
    broken: list[str] = []
    school = project.school_data
    begin = since.date() if since else year_before(day)
    wanted = set(choose_cases_of(project, pupils))
    lines: list[provision_map.Line] = []
    rounds: list[intervention_impact.Round] = []
    resting: list[provision_map.Resting] = []
    for one in one_by_one(project, broken, here=day_of(on)):
        lines += provision_map.lines_of(one, day)
        if one.name in wanted:
            rounds += intervention_impact.rounds_of(one, begin, day)
            resting += provision_map.resting([one], day)
    everything = provision_map.in_order(lines)
    rows = [line for line in everything if line.case in wanted]
    weeks = adult_timetable.weeks(provision_map.bookings(everything), school, day)
    weeks = [week for week in weeks if not pupils or week.staff in {line.row.get("staff") for line in rows}]
    shown = provision_map.Map(
        tuple(rows),
        tuple(weeks),
        tuple(intervention_impact.impacts_of(rounds)),
        tuple(provision_map.without_cost(rows)) if costs else (),
        tuple(resting),
    )
    missing = nc.said(nc.not_counted(project, broken, day))
    for line in provision_lines(shown, costs=costs):
        click.echo(line)
    say(missing)

    def sheets() -> bytes:
        first, *rest = provision_map.sheets(shown, school, costs)
        return workbook([nc.with_note(first, missing), *rest], "Provision map")

    put(project, xlsx, sheets)
    if wanted_files["docx"] or wanted_files["pdf"]:
        from generator.school.register_document import provision_document

        word = provision_document(project, shown.lines, shown.resting, costs, day, missing)
        _as_document(project, wanted_files, "provision-map.docx", word)
    close_school(ctx, broken)


@click.command()
@click.option(
    "--fewest", default=5, show_default=True, type=click.IntRange(2), help="Smaller groups are not counted out."
)
@as_paper
@on_option
@click.pass_context
def governors(ctx: click.Context, /, fewest: int, on: datetime | None, **wanted: Any) -> None:
    """Show an anonymous summary for governors: numbers, provision, cost and impact; small numbers are left out."""
    from generator.cases.dates.twelve_months import year_before
    from generator.cli.text.school_text import governors_lines
    from generator.school import not_counted as nc
    from generator.school import register as r
    from generator.school.governors_summary import summary
    from generator.school.provision import intervention_impact, provision_map

    project, day = project_of(ctx), day_of(on)
    cases, broken = load_school(project)
    near = [one for one in cases if r.may_be_on_register(one.data("pupil"), day)]
    entries = r.chosen((r.entry(one, project.pack_of(one), day) for one in near), r.Choice())
    impacts = intervention_impact.impacts(cases, year_before(day), day)
    told = summary(entries, provision_map.lines(cases, day), impacts, fewest)
    missing = nc.said_without_names(nc.not_counted(project, [one.name for one in broken], day))
    say(governors_lines(told))
    say(missing)
    if wanted["docx"] or wanted["pdf"]:
        from generator.school.register_document import governors_document

        _as_document(project, wanted, "governors.docx", governors_document(project, told, day, missing))
    close_school(ctx, broken)


@click.command("inclusion-strategy")
@click.option(
    "--docx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; else output/_school/inclusion-strategy.docx.",
)
@click.option("--since", type=DAY, help="Impact of cycles reviewed since this day; else of the last twelve months.")
@on_option
@click.pass_context
def inclusion_strategy(ctx: click.Context, docx: Path | None, since: datetime | None, on: datetime | None) -> None:
    """Begin the school's inclusion strategy in Word: tables from the records, nobody named, few pupils never shown.

    Schools publish one on their website by 31 December 2026 (guidance of 25 June 2026). What only the school can say
    is left to it, in square brackets.
    """
    from generator.cases.dates.twelve_months import year_before
    from generator.school import not_counted as nc
    from generator.school.inclusion_strategy import strategy, strategy_document

    project, day = project_of(ctx), day_of(on)
    cases, broken = load_school(project)
    begin = since.date() if since else year_before(day)
    made = strategy(cases, project.school_data, day, begin)
    say(f"note: {line}" for line in made.left_out)
    missing = nc.said_without_names(nc.not_counted(project, [one.name for one in broken], day))
    put(
        project,
        docx or project.root / "output" / "_school" / "inclusion-strategy.docx",
        lambda: strategy_document(project, made, day, begin, missing),
    )
    say("It is a draft: what stands in [square brackets] is yours to write. Few pupils are never shown.")
    close_school(ctx, broken)


@click.command()
@click.argument("pupils", nargs=-1)
@click.option("--weeks", default=6, show_default=True, help="How far ahead to look.")
@click.option("--submission", type=DAY, help="The day on which a request is planned, for the ages of reports.")
@click.option(
    "--ics", type=click.Path(dir_okay=False, path_type=Path), help="Also as a calendar, here; no names in it."
)
@click.option("--names", is_flag=True, help="Put pupils' names and what was agreed into the calendar.")
@XLSX
@on_option
@click.pass_context
def reviews(
    ctx: click.Context,
    /,
    pupils: Sequence[str],
    weeks: int,
    submission: datetime | None,
    ics: Path | None,
    names: bool,
    on: datetime | None,
    xlsx: Path | None,
) -> None:
    """Show what is due and overdue for PUPILS, or for all: reviews, meetings, actions, clocks, old reports."""
    from generator.cli.text.layout import fitted
    from generator.cli.text.school_text import due_lines, narrow_table_lines
    from generator.school import not_counted as nc
    from generator.school.calendar import reviews as r
    from generator.school.calendar.calendar_ics import read_back, updated, written
    from generator.school.tables.spreadsheet import workbook

    project, day = project_of(ctx), day_of(on)
    broken: list[str] = []
    planned = submission.date() if submission else None
    school = str(project.school.data["name"]) if project.school else ""
    everything: list[r.Due] = []
    years: list[r.Year | None] = []
    for one in one_by_one(project, broken, pupils, here=day_of(on)):
        everything += r.due(one, project.pack_of(one), day, planned)
        years.append(r.year_of(one, project.pack_of(one), day))
    soon = r.due_table(r.within(everything, day, weeks), school, day)
    missing = nc.said(nc.not_counted(project, broken, day))
    meetings = nc.with_note(r.meetings_table(year for year in years if year), missing)
    soon = nc.with_note(soon, missing)
    click.echo("\n".join([*fitted(due_lines(soon)), "", "Meetings with parents", *narrow_table_lines(meetings)]))
    put(project, xlsx, lambda: workbook([soon, meetings], "Reviews due"))

    def calendar() -> bytes:
        before = read_back(ics.read_bytes()) if ics and ics.is_file() else []
        now = updated(before, r.events(everything, school, names), day, whole=not (pupils or broken))
        return written(now, f"SEND reviews, {school}")

    put(project, ics, calendar)
    close_school(ctx, broken)


@click.command()
@click.argument("pupils", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only say what would be opened.")
@click.option("--no-pdf", is_flag=True, help="Only the Word files.")
@engine_option
@soffice_option
@on_option
@click.pass_context
def termly(
    ctx: click.Context,
    /,
    pupils: Sequence[str],
    dry_run: bool,
    no_pdf: bool,
    engine: str | None,
    soffice: str | None,
    on: datetime | None,
) -> None:
    """Open the next cycle for PUPILS, or for all, where it is due; make all documents; say what needs a human.

    For all pupils it also makes the briefing of every class.
    """
    from generator.build.build_documents import Order
    from generator.build.build_documents import build as build_documents
    from generator.cases.case import has_left
    from generator.cli.text.termly_text import report
    from generator.folder.load_case import load_case
    from generator.school.calendar.termly import case_with, open_cycles

    project, day = project_of(ctx), day_of(on)
    loaded, broken = ready_cases(project, choose_cases_of(project, pupils))
    loaded = [one for one in loaded if pupils or not (one.case and has_left(one.case.data("pupil"), day))]
    cases = [one.case for one in loaded if one.case]
    steps = list(open_cycles(project, cases, day, write=not dry_run))
    if dry_run:
        after = [case_with(case, step) for case, step in zip(cases, steps, strict=True)]
        say(report(steps, (), after, broken, project, day, done=False))
        click.echo("\nNothing was changed.")
        close_school(ctx, broken)
        return
    loaded = [load_case(project, one.name) for one in loaded]
    length = expected(project, loaded, ())
    with (
        running_engine(engine, soffice, wanted=not no_pdf) as chosen,
        told_while_working(f"Making {counted_things(length, 'document')}", length) as advance,
    ):
        order = Order(pdf=not no_pdf)
        outcomes = build_documents(project, loaded, chosen, order, lambda one: advance(f"{one.case}, {one.title}"))
    lines = list(report(steps, outcomes, [one.case for one in loaded if one.case], broken, project, day))
    say(lines)
    file = project.root / "output" / "_school" / f"termly-{day}.txt"
    put(project, file, lambda: ("\n".join(lines) + "\n").encode())
    if not no_pdf and not pupils:
        from generator.cli.whole_school_commands.briefing_command import briefing

        with suppress(click.exceptions.Exit):  # its own ending; this command's follows
            ctx.invoke(briefing, names=(), on=on, engine=engine, soffice=soffice)
    if any(outcome.state == "failed" for outcome in outcomes):
        ctx.exit(Exit.DOCUMENTS_FAILED)
    close_school(ctx, broken)
