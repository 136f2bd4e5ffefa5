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
    from generator.authorities.pack import load_pack
    from generator.documents.catalogue import TemplateShelf
    from generator.files.atomic_files import write_file
    from generator.school.class_briefing import classes, fitted

    project = project_of(ctx)
    cases, broken = load_school(project)
    found = classes(cases, day_of(on), names)
    pack_id = str(project.school.data["authority"]) if project.school else "standard"
    pack = load_pack(pack_id, project.template_folders, project.schemas)
    shelf, folder = TemplateShelf(project.template_folders), project.root / "output" / "classes"
    with running_engine(engine, soffice) as started:
        assert started is not None
        for one in found:
            word, pdf = fitted(project, pack, shelf, one, day_of(on), started)
            write_file(folder / f"{one.file}.docx", word)
            write_file(folder / f"{one.file}.pdf", pdf.content)
            more = "" if pdf.pages == 1 else f", {pdf.pages} pages: too many pupils for one"
            click.echo(f"{one.name}: {len(one.pupils)} pupil{'s' * (len(one.pupils) != 1)}{more}")
    click.echo(
        f"Written to {folder.relative_to(project.root).as_posix()}. Give each page only to who teaches the class."
    )
    close_school(ctx, broken)
