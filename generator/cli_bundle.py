"""The commands for sending a request: bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli import _engine, _project, _ready, engine_option, sendpack, soffice_option
from generator.problems import Exit

if TYPE_CHECKING:
    from generator.submission import Submission


@sendpack.command()
@click.argument("pupil")
@click.option(
    "--for",
    "audience",
    type=click.Choice(["authority", "parents", "school"]),
    default="authority",
    show_default=True,
    help="Who will read it: what is not for them is left out.",
)
@click.option(
    "--placeholder", is_flag=True, help="Put a visible page where a part cannot be included, instead of stopping."
)
@click.option("--accept-changes", is_flag=True, help="Accept tracked changes in Word evidence, instead of stopping.")
@engine_option
@soffice_option
@click.pass_context
def bundle(
    ctx: click.Context,
    pupil: str,
    audience: str,
    placeholder: bool,
    accept_changes: bool,
    engine: str | None,
    soffice: str | None,
) -> None:
    """Make the bundle of PUPIL's request: one numbered, linked PDF in output/PUPIL/submission/."""
    from generator.project import case_names, choose_cases, load_case
    from generator.submission import Wish, submit

    project = _project(ctx)
    [name] = choose_cases(project, [pupil])
    loaded, broken = _ready(project, [name])
    if broken:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    others = [found.case for found in (load_case(project, other) for other in case_names(project)) if found.case]
    with _engine(engine, soffice) as chosen:
        if chosen is None:
            return
        made = submit(project, loaded[0], others, chosen, Wish(audience, placeholder, accept_changes))
        about = chosen.about()
    _tell(made)
    click.echo(f"Made with {about}.")


def _tell(made: Submission) -> None:
    for problem in made.bundle.warnings:
        click.echo(f"note: {problem}")
    for line in made.left_out:
        click.echo(f"left out: {line}")
    click.echo(f"{made.file}: {made.bundle.plan.total} pages, {len(made.bundle.accounts)} parts")
    click.echo(f"What happened to each file is in {made.folder.name}/{made.file.stem}.manifest.json.")


# The list of commands is in the order of use: what examines this machine stands after what makes something.
sendpack.commands["doctor"] = sendpack.commands.pop("doctor")
