"""The command that reads returned forms back: answers shown with their places, written where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import day_of, on_option, project_of, usable
from generator.cli.pupil_commands.through_libreoffice import word_of_other
from generator.problems import Exit, WrongUse

if TYPE_CHECKING:
    from generator.folder.school_folder import Project
    from generator.forms.returned.take_answers import ReturnedForm


@click.command("collect")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--apply", "write", is_flag=True, help="Write the answers; else they are only shown.")
@click.option(
    "--take", "also", multiple=True, metavar="QUESTION", help="Write this answer too, though it is not sure; or all."
)
@click.option("--pupil", default="", help="Whose forms these are; a form of another pupil is refused.")
@on_option
@click.pass_context
def collect(
    ctx: click.Context, files: tuple[Path, ...], write: bool, also: tuple[str, ...], pupil: str, on: datetime | None
) -> None:
    """Read returned forms FILES (or all in a folder) back: Word, OpenDocument, PDF, a workbook.

    Each answer is shown with where it would go; --apply writes it beside what is there. What is not sure is not
    written unless you --take it. The returned file is kept with the case.
    """
    from generator.cli.text.layout import fitted
    from generator.cli.text.returned_text import returned_text, taken_text
    from generator.folder.school_folder import choose_cases
    from generator.forms.returned.take_answers import look_at_all, take

    project = project_of(ctx)
    usable(project)
    whose = choose_cases(project, [pupil])[0] if pupil else ""
    contents = [(file.name, file.read_bytes()) for file in _all_files(files)]
    refused: list[ReturnedForm] = []
    read = 0
    for form in look_at_all(project, contents, day_of(on), whose, word_of_other):
        click.echo("\n".join(fitted(returned_text(form))))
        if form.recognised is None:
            refused.append(form)
            continue
        read += 1
        if write:
            click.echo("\n".join(fitted(taken_text(form, take(project, form, also)))))
        click.echo()
    if write and refused:
        _keep_refused(project, refused)
    click.echo(
        f"{read} of {read + len(refused)} read."
        + ("" if write or not read else " Nothing is written yet: --apply writes it.")
    )
    if refused:
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def _all_files(given: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in folders; what a program leaves beside an open file is no form."""
    for path in given:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        files = [one for one in inside if one.is_file() and not one.name.startswith((".", "~$"))]
        if not files:
            raise WrongUse(f"There is no file in {path}.", "Give the files that came back, or the folder they are in.")
        yield from files


def _keep_refused(project: Project, refused: Sequence[ReturnedForm]) -> None:
    """Copies of files that could not be placed, so that none is lost with the e-mail in which it came."""
    from generator.files.atomic_files import write_file

    for form in refused:
        target = project.root / "output" / "_school" / "not-placed" / Path(form.name).name
        if not (target.exists() and target.read_bytes() != form.content):
            write_file(target, form.content)
            click.echo(
                f"{form.name}: kept in {target.parent.relative_to(project.root).as_posix()} until you know whose it is."
            )
