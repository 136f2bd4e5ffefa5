"""How a run ends: your files, your machine and our mistake are told apart in this one place."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable
from typing import Any

import click

from generator.files.machine_errors import of_the_machine
from generator.problems import Exit, Stop, shown


def exit_code(run: Callable[[], Any]) -> int:
    """The exit code of a run; what stopped it is told in words, and nothing a user can cause shows a traceback."""
    try:
        code = run()
    except click.exceptions.Abort as abort:  # click says so too of Ctrl-C during work, and not only at a question
        code = _interrupted() if isinstance(abort.__cause__, KeyboardInterrupt) else _not_answered()
    except KeyboardInterrupt:
        code = _interrupted()
    except click.ClickException as error:
        _explained(error).show()
        code = int(Exit.WRONG_USE)
    except Stop as stop:
        code = _told(stop)
    except BrokenPipeError:
        code = 0
    except OSError as error:
        known = of_the_machine(error)
        code = _told(known) if known else _our_bug(error)
    except Exception as error:  # noqa: BLE001  the one place where anything unforeseen ends
        code = _our_bug(error)
    return code if isinstance(code, int) else 0


def _told(stop: Stop) -> int:
    from generator.cli.text.layout import fitted  # many modules, which a run that ends well does without

    for problem in stop.problems:
        click.echo(f"{problem}", err=True)
    lines = [f"sendpack: {stop.message}", *([f"  {stop.advice}"] if stop.advice else [])]
    click.echo(shown("\n".join(fitted("\n".join(lines).split("\n")))), err=True)
    return int(stop.exit_code)


def _our_bug(error: Exception) -> int:
    """Keep the report in the temporary folder, never on the network, and say where it is."""
    import tempfile

    text = f"{' '.join(sys.argv[1:2])}\n{traceback.format_exc()}"
    click.echo(
        f"sendpack: this is our mistake, not yours ({type(error).__name__}). Nothing of yours was changed.", err=True
    )
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="sendpack-report-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
    except OSError:
        click.echo(f"  Where it went wrong cannot be kept; it was:\n{text}", err=True)
        return int(Exit.OUR_BUG)
    click.echo(f"  What went wrong is in {file.name}. It may name a pupil: look before you pass it on.", err=True)
    return int(Exit.OUR_BUG)


def _explained(error: click.ClickException) -> click.ClickException:
    """A wrong use of a command, with what a person may have meant."""
    if not isinstance(error, click.UsageError):
        return error
    command = error.ctx.command.name if error.ctx else ""
    said, more = error.message, ""
    if said.startswith("Got unexpected extra argument"):
        more = "Put a name of several words in quotes: “First Last”"
        more += "; for other records give the folder’s name" if command == "new" else ", or give the folder’s name"
    elif said.startswith("No such command") and (word := re.search(r"'([^']+)'", said)):
        more = _PAPERS if word[1] in _MADE_BY_BUILD else ""
    return click.UsageError(f"{said.rstrip('.')}. {more}.", error.ctx) if more else error


_MADE_BY_BUILD = frozenset({"letter", "letters", "plan", "profile", "cycle", "report", "document", "documents", "make"})
_PAPERS = "Letters, plans and reports are made from the records: sendpack build. A record is begun with: sendpack new"


def _not_answered() -> int:
    click.echo("\nStopped: the question was not answered, and nothing of what it asked about was written.", err=True)
    return int(Exit.INTERRUPTED)


def _interrupted() -> int:
    click.echo("\nStopped. What was finished is whole; run the command again to go on.", err=True)
    return int(Exit.INTERRUPTED)
