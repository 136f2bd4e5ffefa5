"""An authority's form for one pupil: previewed, as a page to copy from, filled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import FILE_TO_READ, engine_option, project_of, ready_cases, running_engine, soffice_option
from generator.cli.pupil_commands.through_libreoffice import form_name, read_blank
from generator.problems import Exit, WrongUse

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.folder.school_folder import Project
    from generator.forms.authority.form_map import FormMap

FORM_FILE = click.argument("file", type=FILE_TO_READ)


@click.command("preview")
@click.argument("pupil")
@click.argument("name", required=False, default="")
@click.pass_context
def preview(ctx: click.Context, pupil: str, name: str) -> None:
    """Show what would be written for PUPIL at every place of the form NAME, also where it is not sure."""
    from generator.forms.authority.answering.place_answers import answers, counted
    from generator.forms.authority.check_form import limits

    project = project_of(ctx)
    case, found = _pupil_and_form(ctx, project, pupil, name)
    rows = answers(found, case, unsure=True)
    section = None
    for one in rows:
        if one.place.section != section:
            section = one.place.section
            click.echo(f"\n{section}" if section else "")
        mark = "?" if one.text and not one.place.sure else " "
        said = one.text.replace("\n", " | ") or {
            "by hand": "(yours)",
            "office use": "(the authority)",
            "no tick": "☐",
            "withheld": "(an address that is withheld)",
        }.get(one.state, "(nothing)")
        click.echo(f"{mark} {one.place.id} {one.place.label}: {said}")
    for text in limits(rows):
        click.echo(f"too long: {text}")
    click.echo(", ".join(f"{number} {state}" for state, number in counted(rows).items() if number))


def _pupil_and_form(ctx: click.Context, project: Project, pupil: str, name: str) -> tuple[Case, FormMap]:
    from generator.cases.audience import seen_by
    from generator.folder.school_folder import choose_cases
    from generator.forms.authority.form_map import find_form
    from generator.forms.authority.make_forms import AUTHORITY

    [chosen] = choose_cases(project, [pupil])
    loaded, broken = ready_cases(project, [chosen])
    if broken or loaded[0].case is None:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    pack = project.pack_of(loaded[0].case)
    case = seen_by(loaded[0].case, AUTHORITY, project.schemas).case
    return case, find_form(name, project.template_folders, pack.chain, project.root, project.schemas)


@click.command("worksheet")
@click.argument("pupil")
@click.argument("form_", metavar="FORM")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The page; else output/PUPIL/forms/NAME-worksheet.html.",
)
@click.pass_context
def worksheet_command(ctx: click.Context, pupil: str, form_: str, out: Path | None) -> None:
    """Make a page with every place of FORM and its answer for PUPIL to copy; FORM is a learned form or a blank file."""
    from generator.files.atomic_files import write_file
    from generator.forms.authority.dictionary import load_dictionary
    from generator.forms.authority.form_map import find_form
    from generator.forms.authority.learn import learn
    from generator.forms.authority.worksheet import worksheet_page

    project = project_of(ctx)
    file = Path(form_)
    case = _case(ctx, project, pupil)
    pack = project.pack_of(case)
    if file.is_file():
        found = learn(
            read_blank(file),
            form_name(file.stem),
            pack.id,
            load_dictionary(project.template_folders, pack.chain),
            date.today(),
        )
    else:
        found = find_form(form_, project.template_folders, pack.chain, project.root, project.schemas)
    target = out or project.root / "output" / case.name / "forms" / f"{found.name}-worksheet.html"
    write_file(target, worksheet_page(found, case).encode())
    click.echo(f"{target}: {len(found.places)} places. It opens in any browser; nothing leaves this computer.")


def _case(ctx: click.Context, project: Project, pupil: str) -> Case:
    from generator.cases.audience import seen_by
    from generator.folder.school_folder import choose_cases
    from generator.forms.authority.make_forms import AUTHORITY

    [chosen] = choose_cases(project, [pupil])
    loaded, broken = ready_cases(project, [chosen])
    if broken or loaded[0].case is None:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    return seen_by(loaded[0].case, AUTHORITY, project.schemas).case


@click.command("fill")
@click.argument("pupil")
@click.argument("name", required=False, default="")
@click.option("--no-pdf", is_flag=True, help="Only the Word file.")
@click.option("--force", is_flag=True, help="Make again even what was edited by hand; yours is kept beside it.")
@engine_option
@soffice_option
@click.pass_context
def fill_command(
    ctx: click.Context, /, pupil: str, name: str, no_pdf: bool, force: bool, engine: str | None, soffice: str | None
) -> None:
    """Fill the form NAME, or every learned form of PUPIL's authority, into output/PUPIL/forms/."""
    from generator.folder.school_folder import choose_cases
    from generator.forms.authority.make_forms import make_forms

    project = project_of(ctx)
    [chosen] = choose_cases(project, [pupil])
    loaded, broken = ready_cases(project, [chosen])
    if broken:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    if name:
        _pupil_and_form(ctx, project, pupil, name)
    with running_engine(engine, soffice, wanted=not no_pdf) as running:
        made = make_forms(project, loaded[0], running, (name,) if name else (), force)
    if not made:
        raise WrongUse(
            "No form has been learned for this authority.", "Learn one with: sendpack form learn FILE --for PACK"
        )
    for one in made:
        click.echo(f"{one.name}: {', '.join(file.name for file in one.files)} in {one.files[0].parent}")
        click.echo(f"  {one.filled.summary}")
        click.echo("\n".join(f"  - {line}" for line in one.said))
    if any(one.failed for one in made):
        ctx.exit(Exit.DOCUMENTS_FAILED)
