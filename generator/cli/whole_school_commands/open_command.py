"""The command open: the local page, a second way to the same files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.options import project_of
from generator.problems import WrongUse


@click.command(name="open")
@click.option(
    "--as",
    "role",
    type=click.Choice(["senco", "teacher"]),
    default="senco",
    show_default=True,
    help="teacher: the narrow view of teachers and teaching assistants, and nothing else.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="This port instead of a free one.")
@click.option("--begin", is_flag=True, help="Where no school's folder is here, ask for one, and make it if it is new.")
@click.pass_context
def open_page(ctx: click.Context, role: str, no_browser: bool, port: int, begin: bool) -> None:
    """Open the folder as a page in your browser: forms instead of files, on this computer alone.

    No accounts: who can open the folder can read it.
    """
    from generator.web import serve

    root = _begun(ctx) if begin else project_of(ctx).root
    serve(root, role, click.echo, browser=not no_browser, port=port)


def _begun(ctx: click.Context) -> Path:
    """The school's folder that is here, or the one that is asked for. Raises WrongUse when nobody can answer."""
    from generator.folder.create import new_school
    from generator.folder.starter_files import OPEN, likely_documents, program_folder

    try:
        return project_of(ctx).root
    except WrongUse:
        if not sys.stdin.isatty():
            raise
    click.echo("Everything about your pupils is kept in one folder of your own: your school's folder.")
    click.echo("Where is it, or where shall it be made? Press Enter for the place in brackets.")
    answer = click.prompt("Folder", default=str(likely_documents() / "SEND"))
    folder = Path(answer.strip().strip('"')).expanduser().resolve()
    if not (folder / "cases").is_dir():
        click.echo(f"{folder} is ready: {len(new_school(folder))} files.")
    if program_folder():
        click.echo(f"Next time, double-click “{OPEN.removesuffix('.cmd')}” in {folder}.")
    return folder
