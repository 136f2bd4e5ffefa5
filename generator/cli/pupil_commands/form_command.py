"""Commands about an authority's own form: learn it, check the map, see and copy what would be written, fill it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import FILE_TO_READ, Commands, engine_option, project_of, running_engine, soffice_option
from generator.cli.pupil_commands.form_for_pupil_commands import fill_command, preview, worksheet_command
from generator.cli.pupil_commands.through_libreoffice import form_name, read_blank
from generator.problems import Exit, FilesHaveErrors, WrongUse

if TYPE_CHECKING:
    from generator.folder.school_folder import Project
    from generator.forms.answer_places.read_form import BlankForm
    from generator.forms.authority.form_map import FormMap
    from generator.forms.authority.learn import PlaceChange

FORM_FILE = click.argument("file", type=FILE_TO_READ)


@click.group(cls=Commands)
def form() -> None:
    """An authority's own form: learned once, filled from the records."""


# -- learning ---------------------------------------------------------------------------------------------------------


@form.command("learn")
@FORM_FILE
@click.option("--for", "pack", required=True, metavar="PACK", help="The authority's pack, as in school.yaml.")
@click.option("--name", help="What the form is called here; else the file's own name.")
@click.option("--apply", is_flag=True, help="For a form that was learned before: write the new version's map.")
@click.pass_context
def learn_command(ctx: click.Context, file: Path, pack: str, name: str | None, apply: bool) -> None:
    """Read the blank form FILE, and propose a field of the records for every place to fill in.

    Writes templates/PACK/forms/NAME.yaml beside a copy of the blank form. For a form that was learned before, lists
    what was kept, moved, is new or gone, and writes with --apply.
    """
    from generator.forms.authority.dictionary import load_dictionary
    from generator.forms.authority.form_map import read_form
    from generator.forms.authority.learn import learn, learn_again

    project = project_of(ctx)
    chain = _chain(project, pack)
    blank = read_blank(file)
    called = form_name(name or file.stem)
    made = learn(blank, called, pack, load_dictionary(project.template_folders, chain), date.today())
    target = project.root / "templates" / pack / "forms" / f"{called}.yaml"
    for note in blank.notes:
        click.echo(f"Note: {note}.")
    if target.is_file():
        made, changes = learn_again(read_form(target, project.root, project.schemas), made)
        _tell_changes(changes)
        if not apply:
            click.echo(f"Nothing was written. With --apply {target.name} is replaced and the old one kept beside it.")
            return
    _write_map(project, target, made, blank)


def _chain(project: Project, pack: str) -> tuple[str, ...]:
    from generator.authorities.pack import load_pack

    return load_pack(pack, project.template_folders, project.schemas).chain


def _write_map(project: Project, target: Path, made: FormMap, blank: BlankForm) -> None:
    from generator.forms.authority.keep_map import put_map

    put_map(target, made, blank)
    sure = sum(p.sure and not p.by_hand and not p.office_use for p in made.places)
    unsure = [p for p in made.places if not p.sure]
    hand = sum(p.by_hand and p.sure for p in made.places)
    office = sum(p.office_use for p in made.places)
    click.echo(
        f"{target.relative_to(project.root).as_posix()}: {len(made.places)} places: {sure} with a field, "
        f"{hand} by hand, {office} for the authority, {len(unsure)} not sure."
    )
    for place in unsure:
        what = ", ".join(place.fields) or "no field found"
        click.echo(f"  {place.id} {place.label}: {what}")
    if unsure:
        click.echo("Not sure is not filled: look at each in the file, and write `sure: yes` or another field.")


def _tell_changes(changes: Sequence[PlaceChange]) -> None:
    for what in ("kept", "moved", "new", "gone"):
        rows = [c for c in changes if c.what == what]
        click.echo(f"{what}: {len(rows)}")
        if what != "kept":
            for row in rows:
                before = f" (was {row.before.label})" if row.before and row.before.label != row.place.label else ""
                click.echo(f"  {row.place.id} {row.place.label}{before}: {', '.join(row.place.fields) or 'no field'}")


# -- looking ----------------------------------------------------------------------------------------------------------


@form.command("list")
@click.pass_context
def list_forms(ctx: click.Context) -> None:
    """List every form that was learned, with what is still open."""
    from generator.cli.text.findings_text import table

    project = project_of(ctx)
    rows = [("Form", "Authority", "Places", "Not sure", "Title")]
    rows += [
        (f.name, f.pack, str(len(f.places)), str(sum(not p.sure for p in f.places)), f.title) for f in _all(project)
    ]
    click.echo(
        "\n".join(table(rows)) if len(rows) > 1 else "No form has been learned yet: sendpack form learn FILE --for PACK"
    )


def _all(project: Project) -> list[FormMap]:
    from generator.authorities.pack import pack_ids
    from generator.forms.authority.form_files import form_files
    from generator.forms.authority.form_map import read_form

    packs = pack_ids(project.template_folders)
    files = [file for pack in packs for file in form_files(project.template_folders, (pack,))]
    return [read_form(file, project.root, project.schemas) for file in files]


@form.command("check")
@click.argument("names", nargs=-1)
@click.pass_context
def check_forms(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Check the learned forms NAMES, or all: every place mapped or by hand, fields there, the blank form the same."""
    from generator.forms.authority.check_form import check_form
    from generator.forms.authority.form_map import blank_of

    project = project_of(ctx)
    forms = [one for one in _all(project) if not names or one.name in names]
    if names and not forms:
        raise WrongUse(f"There is no learned form called {names[0]}.", "sendpack form list shows those that there are.")
    errors = 0
    for one in forms:
        blank_of(one)
        problems = check_form(one, project.schemas)
        errors += sum(p.blocks for p in problems)
        for problem in problems:
            click.echo(str(problem))
        open_ = sum(not p.blocks for p in problems)
        click.echo(f"{one.name}: {len(one.places)} places, {open_} still open.")
    if errors:
        ctx.exit(Exit.FILES_HAVE_ERRORS)


@form.command("fields")
def fields_command() -> None:
    """List the ways in which a field can be written on a form (`as` in a form's map)."""
    from generator.forms.authority.answering import table_answers  # noqa: F401  enters its ways of writing
    from generator.forms.authority.answering.writers import WRITERS

    for name, write in WRITERS.items():
        doc = (write.__doc__ or "").strip().splitlines()
        click.echo(f"{name}{f': {doc[0]}' if doc else ''}")


@form.command("places")
@FORM_FILE
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The PDF; else beside the form, as NAME-places.pdf."
)
@engine_option
@soffice_option
@click.pass_context
def places_command(ctx: click.Context, file: Path, out: Path | None, engine: str | None, soffice: str | None) -> None:
    """Draw the blank form FILE as a PDF with a number at every place, and list the numbers."""
    from generator.engines import Docx, Failure
    from generator.files.atomic_files import write_file
    from generator.forms.filling.printing import numbered_pdf, numbered_word

    blank = read_blank(file)
    target = out or file.with_name(f"{file.stem}-places.pdf")
    if target.exists():
        raise WrongUse(f"{target.name} is there already.", "Move it away, or name another file with --out.")
    if blank.ending == "pdf":
        content = numbered_pdf(blank.content, blank.places)
    else:
        with running_engine(engine, soffice) as chosen:
            assert chosen is not None
            [made] = chosen.convert([Docx(file.name, numbered_word(blank.content, blank.places))])
        if isinstance(made, Failure):
            raise FilesHaveErrors(f"{file.name} could not be drawn: {made.reason}")
        content = made.content
    write_file(target, content)
    for number, place in enumerate(blank.places, 1):
        click.echo(f"{number:4} {place.label} ({place.how})")
    click.echo(f"{target}: {len(blank.places)} places.")


for one_pupil in (preview, worksheet_command, fill_command):
    form.add_command(one_pupil)
