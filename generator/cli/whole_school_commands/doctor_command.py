"""The command doctor: what was found on this machine, and how to get what is missing."""

from __future__ import annotations

import click

from generator.cli.options import soffice_option
from generator.problems import Exit


@click.command()
@soffice_option
@click.pass_context
def doctor(ctx: click.Context, soffice: str | None) -> None:
    """Say what was found on this machine and how to get what is missing."""
    from generator.cli.text.layout import fitted
    from generator.school.machine_check import examine

    lines, fine = examine(ctx.obj, soffice)
    click.echo("\n".join(fitted(lines)))
    if not fine:
        ctx.exit(Exit.MISSING_ON_THIS_MACHINE)
