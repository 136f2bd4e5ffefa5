"""Commands about the languages of families' documents: what is translated, and how to begin another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.options import Commands

if TYPE_CHECKING:
    from generator.folder.school_folder import Project


@click.group(cls=Commands)
def language() -> None:
    """Languages of families' documents: how far each is translated, and beginning another."""


def project_of(ctx: click.Context) -> Project:
    from generator.folder.school_folder import find_project

    return find_project(ctx.obj)


@language.command("check")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.pass_context
def check_language(ctx: click.Context, codes: tuple[str, ...]) -> None:
    """Tell for each document how many of its lines are translated; with a CODE also which are not, ready to fill in."""
    from generator.authorities.pack import load_pack, pack_ids
    from generator.cli.text.findings_text import table
    from generator.documents.languages.completeness import pack_of_school, standings, to_fill_in, unused
    from generator.documents.languages.language import languages, load_language

    project = project_of(ctx)
    pack, folders = pack_of_school(project), project.template_folders
    for code in codes or languages(project):
        found = load_language(project, code)
        rows = standings(project, found, pack)
        reviewed = "reviewed" if found.reviewed else "not reviewed: every page says so"
        click.echo(f"{found.name} ({code}), {reviewed}")
        told = [(f"  {row.id}", f"{len(row.lines) - len(row.missing)} of {len(row.lines)} lines") for row in rows]
        click.echo("\n".join(table([("  Document", "Translated"), *told])))
        missing = list(dict.fromkeys(line for row in rows for line in row.missing))
        if codes and missing:
            click.echo(f"Add these lines under wording: in {found.path}")
            click.echo("\n".join(to_fill_in(missing)))
        every = [load_pack(name, folders, project.schemas) for name in pack_ids(folders)] if codes else []
        for line in unused(project, found, every) if codes else []:
            click.echo(f"note      no document for families prints this line: {line}")


@language.command("new")
@click.argument("code")
@click.option("--name", required=True, help="The language's English name, like Welsh.")
@click.option("--rtl", is_flag=True, help="It is written from right to left, as Arabic is.")
@click.pass_context
def new_language(ctx: click.Context, code: str, name: str, rtl: bool) -> None:
    """Begin the language CODE: a file with every line of the families' documents, to fill in."""
    from generator.documents.languages.completeness import begin

    click.echo(
        f"{begin(project_of(ctx), code, name, rtl)}: fill it in; sendpack language check {code} says what is missing"
    )
