"""The command open: the local page, a second way to the same files."""

from __future__ import annotations

import click

from generator.cli.options import project_of


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
@click.pass_context
def open_page(ctx: click.Context, role: str, no_browser: bool, port: int) -> None:
    """Open the folder as a page in your browser: forms instead of files, on this computer alone.

    No accounts: who can open the folder can read it.
    """
    from generator.web import serve

    serve(project_of(ctx).root, role, click.echo, browser=not no_browser, port=port)
