"""Commands for papers about more than one pupil: the briefing of a class."""

from __future__ import annotations

from datetime import datetime

import click

from generator.cli.options import (
    close_school,
    day_of,
    engine_option,
    load_school,
    on_option,
    project_of,
    running_engine,
    say,
    soffice_option,
)


@click.command()
@click.argument("names", metavar="[CLASS]...", nargs=-1)
@on_option
@engine_option
@soffice_option
@click.pass_context
def briefing(
    ctx: click.Context, names: tuple[str, ...], on: datetime | None, engine: str | None, soffice: str | None
) -> None:
    """One page for each CLASS, or for all: who needs what, for an adult who does not know the pupils."""
    from generator.school.class_briefing import BRIEFINGS, classes, write_briefings
    from generator.school.not_counted import not_counted

    project = project_of(ctx)
    cases, broken = load_school(project, here=day_of(on))
    missing = not_counted(project, [one.name for one in broken], day_of(on))
    found = classes(cases, day_of(on), names, missing)
    with running_engine(engine, soffice) as started:
        assert started is not None
        for one, pdf in write_briefings(project, found, day_of(on), started):
            more = "" if pdf.pages == 1 else f", {pdf.pages} pages: too many pupils for one"
            say(f"{one.name}: {len(one.pupils)} pupil{'s' * (len(one.pupils) != 1)}{more}")
            say(f"  look at: {warning}" for warning in pdf.warnings)
    say(f"Written to {BRIEFINGS}. Give each page only to who teaches the class.")
    close_school(ctx, broken)
