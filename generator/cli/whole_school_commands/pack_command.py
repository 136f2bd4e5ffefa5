"""Commands about authority packs: list, show, check, new."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from generator.cli.options import Commands, say
from generator.problems import Exit
from generator.values.counts import counted_things

if TYPE_CHECKING:
    from generator.folder.school_folder import Project


@click.group(cls=Commands)
def pack() -> None:
    """Authority packs: what one local authority calls things, expects and wants sent."""


def project_of(ctx: click.Context) -> Project:
    from generator.folder.school_folder import find_project

    return find_project(ctx.obj)


@pack.command("list")
@click.pass_context
def list_packs(ctx: click.Context) -> None:
    """List every pack there is."""
    from generator.authorities.pack import load_pack, pack_ids
    from generator.cli.text.layout import fitted_table

    project = project_of(ctx)
    rows = [("Pack", "Authority", "Extends", "Version", "Compared with its pages")]
    for name in pack_ids(project.template_folders):
        found = load_pack(name, project.template_folders, project.schemas)
        checked = found.data.get("checked")
        told = checked.isoformat() if isinstance(checked, date) else "not yet"
        rows.append(
            (name, str(found.data["name"]), " > ".join(found.chain[1:]) or "-", str(found.data["version"]), told)
        )
    click.echo("\n".join(fitted_table(rows)))


@pack.command()
@click.argument("name")
@click.pass_context
def show(ctx: click.Context, name: str) -> None:
    """Show what the pack NAME asks for, with the page behind each value."""
    from generator.authorities.pack import load_pack
    from generator.cli.text.pack_text import pack_lines

    project = project_of(ctx)
    say(pack_lines(load_pack(name, project.template_folders, project.schemas)))


@pack.command("check")
@click.argument("names", nargs=-1)
@click.pass_context
def check_packs(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Check packs NAMES, or all: their files, words, documents and templates."""
    from generator.authorities.pack import pack_ids
    from generator.documents.pack_check import check_pack

    project = project_of(ctx)
    wanted = names or tuple(pack_ids(project.template_folders))
    problems = [problem for name in wanted for problem in check_pack(project, name, date.today())]
    say(map(str, problems))
    errors = sum(problem.blocks for problem in problems)
    found = f"{counted_things(errors, 'error')}, {counted_things(len(problems) - errors, 'note')}"
    click.echo(f"Checked {counted_things(len(wanted), 'pack')}: {found}.")
    if errors:
        ctx.exit(Exit.FILES_HAVE_ERRORS)


@pack.command("new")
@click.argument("name")
@click.option("--authority", prompt="Name of the authority", help="The authority's name as it stands on documents.")
@click.pass_context
def new_pack(ctx: click.Context, name: str, authority: str) -> None:
    """Begin a pack for an authority: templates/NAME/pack.yaml, with every value explained."""
    from generator.folder.create import new_pack as begin

    click.echo(
        f"{begin(project_of(ctx), name, authority)} is ready: open it, and fill in what the authority's pages say."
    )
    click.echo(f"Use it with `authority: {name}` in school.yaml, or `home_authority: {name}` in a pupil's pupil.yaml.")
