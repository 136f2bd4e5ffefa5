"""Commands about Word templates: check, fields, new, copy, preview, style."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import FILE_TO_READ, Commands, engine_option, running_engine, soffice_option
from generator.problems import DocumentsFailed, Exit, FilesHaveErrors, WrongUse

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.engines import Engine
    from generator.folder.school_folder import Project


@click.group(cls=Commands)
def template() -> None:
    """Word templates: what they may print, what is wrong with one, how it will look."""


def project_of(ctx: click.Context) -> Project:
    from generator.folder.school_folder import find_project

    return find_project(ctx.obj)


@template.command("check")
@click.argument("files", nargs=-1)
@click.option("--errors", is_flag=True, help="Only what stops a document from being made.")
@click.pass_context
def check_templates(ctx: click.Context, files: tuple[str, ...], errors: bool) -> None:
    """Check templates FILES (a file, or a name like profile), or all: tags, fields, tables, pictures, contrast."""
    from generator.documents.template_authoring import check, find_templates

    project = project_of(ctx)
    found = find_templates(project, files, Path.cwd())
    own = sorted(found, key=lambda one: one.comes_with_the_program)
    # What is the school's own comes first, and of that what stops a document.
    by_template = [sorted(check(project, one), key=lambda problem: not problem.blocks) for one in own]
    problems = [problem for of_one in by_template for problem in of_one]
    for problem in problems:
        if problem.blocks or not errors:
            click.echo(str(problem))
    broken = sum(problem.blocks for problem in problems)
    counts = (len(found), "template"), (broken, "error"), (len(problems) - broken, "note")
    templates, errors_found, notes = (f"{count} {word}{'s' * (count != 1)}" for count, word in counts)
    click.echo(f"Checked {templates}: {errors_found}, {notes}.")
    if broken:
        ctx.exit(Exit.FILES_HAVE_ERRORS)


@template.command()
@click.argument("kind", required=False)
@click.pass_context
def fields(ctx: click.Context, kind: str | None) -> None:
    """List every field that a template may print, with what it is and a tag to copy: of a KIND of record, or of all."""
    from generator.documents.template_authoring import known_to, school_pack
    from generator.documents.templates.checking.available_fields import field_rows
    from generator.values.did_you_mean import LOOSELY, did_you_mean

    project = project_of(ctx)
    known = known_to(project, school_pack(project), "bundle-" if kind == "bundle" else "")
    name = (kind or "").replace("-", "_")
    if kind and name not in known.names:
        near = did_you_mean(name, known.names, alike=LOOSELY)
        advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known.names))}."
        raise WrongUse(f"There is nothing called {kind} that a template may print.", advice)
    for one in [name] if kind else sorted(known.names):
        click.echo(f"\n{one}")
        for row in field_rows(known, one):
            click.echo(f"  {row.tag}\n      {row.meaning}")


@template.command()
@click.argument("name")
@click.option("--of", "kind", default="", metavar="KIND", help="Print every field of this kind of record.")
@click.pass_context
def new(ctx: click.Context, name: str, kind: str) -> None:
    """Begin a template NAME in the school's house style: templates/school/NAME.docx."""
    from generator.documents.template_authoring import begun
    from generator.files.atomic_files import write_file

    project = project_of(ctx)
    path, content = begun(project, name, kind)
    write_file(path, content)
    click.echo(f"{path.relative_to(project.root).as_posix()} is ready: open it in Word.")
    click.echo(f"Try it with: sendpack template preview {path.stem}")


@template.command("copy")
@click.argument("name")
@click.pass_context
def copy_template(ctx: click.Context, name: str) -> None:
    """Copy a standard template NAME, or house, into templates/school/ so that you can change it in Word."""
    from generator.documents.template_authoring import copied
    from generator.files.atomic_files import write_file

    project = project_of(ctx)
    path, content = copied(project, name)
    write_file(path, content)
    click.echo(f"{path.relative_to(project.root).as_posix()} is ready: open it in Word. It is used from now on.")


case_option = click.option("--case", "pupil", metavar="PUPIL", help="The pupil's folder; else the first one.")


@template.command()
@click.argument("file")
@case_option
@click.option("--no-pdf", is_flag=True, help="Only the Word file.")
@engine_option
@soffice_option
@click.pass_context
def preview(
    ctx: click.Context, file: str, pupil: str | None, no_pdf: bool, engine: str | None, soffice: str | None
) -> None:
    """Try a template FILE out on a pupil's case: Word and PDF in output/preview/."""
    from generator.documents.template_authoring import find_templates
    from generator.documents.template_authoring import preview as previewed

    project = project_of(ctx)
    case = _case(project, pupil)
    [found] = find_templates(project, [file], Path.cwd())
    content = previewed(project, case, found)
    with running_engine(engine, soffice, wanted=not no_pdf) as chosen:
        _write(project, f"{case.name}-{found.path.stem}", content, chosen)


@template.command()
@case_option
@engine_option
@soffice_option
@click.option("--logo", type=FILE_TO_READ, help="Put this picture in.")
@click.option("--colour", "--color", default="", metavar="CODE", help="Put this colour in, like '#7a1f2b'.")
@click.pass_context
def style(
    ctx: click.Context, pupil: str | None, engine: str | None, soffice: str | None, logo: Path | None, colour: str
) -> None:
    """Make a page that shows every style of your house.docx, and say what could be better about it.

    With --logo or --colour they are put into templates/school/house.docx first; the file as it was is kept beside it.
    """
    if logo is not None or colour:
        _put_into_house(project_of(ctx), logo, colour)
    from generator.documents.template_authoring import check, find_templates
    from generator.documents.template_authoring import preview as previewed

    project = project_of(ctx)
    [found] = find_templates(project, ["house"], project.root)
    content = previewed(project, _case(project, pupil), found)
    with running_engine(engine, soffice, wanted=True) as chosen:
        _write(project, "house-style", content, chosen)
    for problem in check(project, found):
        click.echo(str(problem))


def _put_into_house(project: Project, logo: Path | None, colour: str) -> None:
    from generator.documents.template_authoring import put_house, styled

    path, content = styled(project, logo, colour)
    if kept := put_house(project, content):
        click.echo(f"{kept.relative_to(project.root).as_posix()} keeps the file as it was.")
    click.echo(f"{path.relative_to(project.root).as_posix()} has it: every document takes it on.")


def _case(project: Project, pupil: str | None) -> Case:
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import case_names, choose_cases

    names = choose_cases(project, [pupil]) if pupil else case_names(project)
    for name in names:
        loaded = load_case(project, name)
        if loaded.case is not None:
            return loaded.case
        if pupil:
            raise FilesHaveErrors(f"The files of {pupil} have errors: mend them first.", problems=loaded.problems)
    raise WrongUse(
        "There is no pupil to try it on.", 'Begin one with: sendpack new pupil "Ada Brown" --born 14/05/2018'
    )


def _write(project: Project, stem: str, content: bytes, engine: Engine | None) -> None:
    from generator.engines import Docx, Failure
    from generator.files.atomic_files import write_file

    folder = project.root / "output" / "preview"
    write_file(folder / f"{stem}.docx", content)
    click.echo(f"output/preview/{stem}.docx")
    if engine is None:
        return
    [made] = engine.convert([Docx(f"{stem}.docx", content)])
    if isinstance(made, Failure):
        raise DocumentsFailed(
            f"{stem}.pdf could not be made: {made.reason}.", "The Word file is there: open it in Word."
        )
    write_file(folder / f"{stem}.pdf", made.content)
    for warning in made.warnings:
        click.echo(f"note: {warning}")
    click.echo(f"output/preview/{stem}.pdf: {made.pages} page{'s' * (made.pages != 1)}, by {engine.about()}")
