"""The command itself: every command in the order in which they are used, and how a run ends."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from generator.cli.errors import exit_code
from generator.cli.options import PASSWORD, Commands
from generator.cli.pupil_commands.ask_command import ask
from generator.cli.pupil_commands.build_command import build
from generator.cli.pupil_commands.bundle_command import answered, bundle, order, sent
from generator.cli.pupil_commands.check_command import check, status
from generator.cli.pupil_commands.collect_command import collect
from generator.cli.pupil_commands.form_command import form
from generator.cli.pupil_commands.issue_command import changes, issue, issued
from generator.cli.pupil_commands.pupil_file_commands import export, forget, new_year, receive, retention, sar, send_on
from generator.cli.pupil_commands.remove_command import remove
from generator.cli.pupil_commands.start_commands import init, new
from generator.cli.shown_stream import ShownStream
from generator.cli.whole_school_commands.briefing_command import briefing
from generator.cli.whole_school_commands.doctor_command import doctor
from generator.cli.whole_school_commands.import_command import import_file
from generator.cli.whole_school_commands.language_command import language
from generator.cli.whole_school_commands.open_command import open_page
from generator.cli.whole_school_commands.pack_command import pack
from generator.cli.whole_school_commands.school_commands import (
    governors,
    inclusion_strategy,
    provision,
    register,
    reviews,
    termly,
)
from generator.cli.whole_school_commands.template_command import template
from generator.problems import WrongUse

COMMANDS: tuple[click.Command, ...] = (
    *(
        init,
        open_page,
        new,
        remove,
        check,
        status,
        build,
        order,
        bundle,
        sent,
        answered,
        doctor,
        issue,
        issued,
        changes,
        language,
        pack,
        form,
        ask,
        collect,
    ),
    *(
        register,
        provision,
        governors,
        inclusion_strategy,
        reviews,
        termly,
        import_file,
        send_on,
        receive,
        export,
        sar,
        retention,
        forget,
        new_year,
    ),
    *(briefing, template),
)
"""All commands, as `sendpack --help` lists them; a new one is written in a module of its family and named here."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="sendpack", prog_name="sendpack")
@click.option(
    "-C",
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The school's folder; else the one you are in.",
)
@click.pass_context
def sendpack(ctx: click.Context, folder: Path) -> None:
    """Keeps each child's SEN support as small files and makes every document of the graduated response from them."""
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}.", "Give the folder that holds cases.")
    ctx.obj = folder
    ctx.meta[PASSWORD] = os.environ.pop("SENDPACK_PASSWORD", "")  # no program that we start inherits it


for command in COMMANDS:
    sendpack.add_command(command)


def _no_core_files() -> None:
    """What a process held when it broke is written nowhere: it would be a child's file in a place that nobody knows."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


_MANY_THINGS = 100_000
"""New things after which memory is looked through for what nothing uses; every 700, as usual, is a tenth of a run."""


def main() -> None:
    """Run the command and end with its exit code; nothing a user can cause shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
            if sys.platform == "win32" and not stream.isatty():
                stream.reconfigure(encoding="utf-8")  # a pipe or a file has the machine's code page, without Ł or ś
    _no_core_files()
    gc.set_threshold(_MANY_THINGS, 20, 20)
    sys.stdout, sys.stderr = ShownStream(sys.stdout), ShownStream(sys.stderr)
    sys.exit(exit_code(lambda: sendpack.main(standalone_mode=False, prog_name="sendpack")))
