"""The command line: options in, one call, words out. Libraries are loaded by the command that needs them."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.problems import Exit, FilesHaveErrors, Problem, Stop, WrongUse

if TYPE_CHECKING:
    from generator.engines import Engine
    from generator.folder.school_folder import LoadedCase, Project
    from generator.school.check_school import Part


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, written as in the files: 2026-03-01, 01/03/2026 or 1 March 2026."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day that is meant; a plain sentence for one that does not exist or is written otherwise."""
        from generator.values.parse import Unreadable, read_date

        if isinstance(value, datetime):
            return value
        try:
            return datetime.combine(read_date(str(value)), time())
        except Unreadable as error:
            self.fail(f"{error}. Write a day like 14/05/2017, 2017-05-14 or “14 May 2017”.", param, ctx)


DAY = Day()


class Commands(click.Group):
    """A group that lists its commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands as they were added."""
        return list(self.commands)


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


def _project(ctx: click.Context) -> Project:
    from generator.folder.school_folder import find_project

    return find_project(ctx.obj)


def _today(on: datetime | None) -> date:
    return on.date() if on else date.today()


on_option = click.option("--on", type=DAY, help="As of this day instead of today.")
engine_option = click.option(
    "--engine", metavar="NAME", help="auto, embedded, libreoffice or word; auto takes the best one here."
)
soffice_option = click.option(
    "--soffice", type=click.Path(), help="The LibreOffice program, if it is not in its usual place."
)
pupils_argument = click.argument("pupils", nargs=-1)


# -- starting ---------------------------------------------------------------------------------------------------------


@sendpack.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a school's own FOLDER, with an example to start from."""
    from generator.folder.create import EXAMPLE_PUPIL, new_school

    written = new_school(folder)
    click.echo(f"{folder} is ready: {len(written)} files.")
    click.echo("Next: make cases/school.yaml your own school's, then begin a pupil with")
    click.echo(f'  sendpack -C "{folder}" new pupil "First Last" --born 14/05/2017')
    click.echo(f"cases/{EXAMPLE_PUPIL} is an invented pupil to look at; delete the folder when you no longer need it.")


@sendpack.command()
@click.argument("kind")
@click.argument("pupil", required=False)
@click.option("--born", type=DAY, help="Date of birth of a new pupil, like 14/05/2017.")
@click.option(
    "--type", "meeting_type", help="Kind of meeting: early_discussion, review, parents_evening, interim, annual or pcp."
)
@click.option("--name", default="", help="Name of the file, for kinds of which there are many.")
@on_option
@click.pass_context
def new(
    ctx: click.Context,
    kind: str,
    pupil: str | None,
    born: datetime | None,
    meeting_type: str | None,
    name: str,
    on: datetime | None,
) -> None:
    """Begin a record of a KIND for a PUPIL: pupil, profile, plan, cycle, meeting, my-support-plan, request, ...

    For a new pupil give the name: sendpack new pupil "Ada Brown" --born 14/05/2017.
    For all other kinds give the name of the pupil's folder: sendpack new cycle ada-brown.
    """
    from generator.folder.create import new_pupil, new_record, new_school_record
    from generator.folder.school_folder import choose_cases

    project = _project(ctx)
    if kind == "school":
        written = new_school_record(project)
    elif pupil is None:
        raise WrongUse(
            f"For whom is the {kind}?", f"Give the name of the pupil's folder: sendpack new {kind} ada-brown"
        )
    elif kind == "pupil":
        if born is None:
            born = click.prompt("Date of birth, like 14/05/2017", type=DAY)
        written = new_pupil(project, pupil, born.date(), _today(on))
    else:
        [folder] = choose_cases(project, [pupil])
        written = new_record(project, kind, folder, _today(on), name, meeting_type or "")
    for file in written:
        click.echo(f"{file} is ready: open it, and replace what is marked as to be filled in.")


# -- checking ---------------------------------------------------------------------------------------------------------


@sendpack.command()
@pupils_argument
@click.option("--for", "stage", metavar="STAGE", default="", help="Everything that a stage needs, like request.")
@click.option("--explain", metavar="RULE", help="Tell what a rule is, why it matters, and a good and a bad example.")
@click.option("--rules", "with_ids", is_flag=True, help="Show the name of the rule behind each finding.")
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON, for other programs.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Findings as SARIF, for editors.")
@click.option("--errors", is_flag=True, help="Only what stops a document from being made.")
@on_option
@click.pass_context
def check(
    ctx: click.Context,
    pupils: Sequence[str],
    stage: str,
    explain: str | None,
    with_ids: bool,
    as_json: bool,
    as_sarif: bool,
    errors: bool,
    on: datetime | None,
) -> None:
    """Say what is wrong, missing or could be better in the files of PUPILS, or of all."""
    if explain:
        _explain(explain)
        return
    from generator.cli.text.findings_text import counted
    from generator.folder.school_folder import choose_cases
    from generator.school.check_school import check_school

    project = _project(ctx)
    checked = check_school(project, choose_cases(project, pupils), _today(on), only_errors=errors, stage=stage)
    problems = [problem for part in checked for problem in part.problems]
    if as_json:
        click.echo(json.dumps([problem.as_dict() for problem in problems], indent=1, ensure_ascii=False))
    elif as_sarif:
        from importlib.metadata import version

        from generator.cli.text.sarif import sarif
        from generator.rules import RULES

        click.echo(json.dumps(sarif(problems, RULES, version("sendpack")), indent=1, ensure_ascii=False))
    else:
        for part in checked:
            _tell_part(part, stage, with_ids)
        count = len(checked) - 1
        click.echo(f"\nChecked {count} pupil{'s' * (count != 1)}: {counted(problems)}.")
    if any(problem.blocks for problem in problems):
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def _tell_part(part: Part, stage: str, with_ids: bool) -> None:
    from generator.cli.text.findings_text import findings, matrix, needed

    if not part.problems and not part.title:
        return
    lines = [*findings(part.problems, part.title, with_ids=with_ids), *_aside(part.set_aside)]
    if part.ready:
        lines += ["", *matrix(part.ready), ""] if stage else needed(part.ready)
    click.echo("\n".join(lines))


def _explain(name: str) -> None:
    from difflib import get_close_matches

    from generator.cli.text.findings_text import explained
    from generator.rules import RULES

    rules = {rule.id: rule for rule in RULES}
    if name not in rules:
        near = get_close_matches(name, rules, 3, 0.5)
        advice = f"Did you mean {' or '.join(near)}?" if near else "sendpack check --rules shows the names."
        raise WrongUse(f"There is no rule called {name}.", advice)
    click.echo("\n".join(explained(rules[name])))


def _aside(rows: Sequence[Any]) -> Iterator[str]:
    if rows:
        yield "  Set aside with a reason"
        yield from (f"    {row}" for row in rows)


@sendpack.command()
@pupils_argument
@on_option
@click.pass_context
def status(ctx: click.Context, pupils: Sequence[str], on: datetime | None) -> None:
    """Show where each pupil stands, what comes next, who does it and by when."""
    from generator.cli.text.findings_text import standings
    from generator.folder.school_folder import choose_cases, load_case
    from generator.school.next_steps import standing

    project = _project(ctx)
    loaded = [load_case(project, name) for name in choose_cases(project, pupils)]
    rows = [standing(one.case, project.pack_of(one.case), _today(on)) for one in loaded if one.case]
    rows.sort(key=lambda row: (row.by or date.max, row.name))
    click.echo("\n".join(standings(rows)))
    _tell_issued(project, loaded)
    broken = [one.name for one in loaded if one.case is None]
    if broken:
        click.echo(f"\nNot shown, because their files have errors: {', '.join(broken)}. See: sendpack check")
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def _tell_issued(project: Project, loaded: Sequence[LoadedCase]) -> None:
    """What was given out and is no longer what the files say."""
    kept = [one for one in loaded if (project.cases / one.name / "issued").is_dir()]
    if not kept:
        return  # and load nothing that makes documents
    from generator.submission.issued_versions import standing as given

    for one in kept:
        for version, state in given(project, one.case) if one.case else ():
            if state != "unchanged since":
                click.echo(f"\n{one.name}: {version.document}, {version}: {state}")


# -- making -----------------------------------------------------------------------------------------------------------


def usable(project: Project) -> None:
    """Raises FilesHaveErrors when the school's own file is wrong: then nothing can be made."""
    if project.school is None or any(problem.blocks for problem in project.school_problems):
        raise FilesHaveErrors("cases/school.yaml has errors.", problems=project.school_problems)


def _ready(project: Project, names: Sequence[str]) -> tuple[list[LoadedCase], list[LoadedCase]]:
    """Cases that may be built and those that may not, whose errors are told at once."""
    from generator.folder.school_folder import load_case

    usable(project)
    loaded = [load_case(project, name) for name in names]
    broken = [one for one in loaded if one.broken]
    for one in broken:
        click.echo(f"{one.name}: nothing is built until its files are right", err=True)
        for problem in one.problems:
            if problem.blocks:
                click.echo(f"  {problem}", err=True)
    return [one for one in loaded if not one.broken], broken


def _expected(project: Project, loaded: Sequence[LoadedCase], only: Sequence[str]) -> int:
    from generator.documents.catalogue import documents

    return sum(len(documents(one.case, project.pack_of(one.case), only)) for one in loaded if one.case)


def _caution(engine: Engine) -> str:
    return " Check page breaks before you send anything." if engine.name == "embedded" else ""


@contextmanager
def _engine(name: str | None, soffice: str | None, *, wanted: bool = True) -> Iterator[Engine | None]:
    if not wanted:
        yield None
        return
    from generator.engines import choose

    engine = choose(name, soffice)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def _bar(length: int, label: str) -> Iterator[Callable[[], None]]:
    """A progress bar where someone watches; nothing in a log."""
    if not sys.stderr.isatty() or length < 2:
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


@sendpack.command()
@soffice_option
@click.pass_context
def doctor(ctx: click.Context, soffice: str | None) -> None:
    """Say what was found on this machine and how to get what is missing."""
    from generator.cli.what_is_here import examine

    lines, fine = examine(ctx.obj, soffice)
    click.echo("\n".join(lines))
    if not fine:
        ctx.exit(Exit.MISSING_ON_THIS_MACHINE)


# -- when it cannot go on ---------------------------------------------------------------------------------------------


def _told(stop: Stop) -> int:
    for problem in stop.problems:
        click.echo(f"{problem}", err=True)
    click.echo(f"sendpack: {stop.message}", err=True)
    if stop.advice:
        click.echo(f"  {stop.advice}", err=True)
    return int(stop.exit_code)


def _our_bug(error: Exception) -> int:
    """Keep the report in the folder of outputs, never on the network, and say where it is."""
    import tempfile

    text = f"{' '.join(sys.argv[1:2])}\n{traceback.format_exc()}"
    with tempfile.NamedTemporaryFile(
        "w", prefix="sendpack-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(text)
    click.echo(
        f"sendpack: this is our mistake, not yours ({type(error).__name__}). Nothing of yours was changed.", err=True
    )
    click.echo(f"  What went wrong is in {file.name}. It may name a pupil: look before you pass it on.", err=True)
    return int(Exit.OUR_BUG)


def main() -> None:
    """Run the command and end with its exit code; nothing a user can cause shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = sendpack.main(standalone_mode=False, prog_name="sendpack")
    except click.exceptions.Abort:
        code = _interrupted()
    except KeyboardInterrupt:
        code = _interrupted()
    except click.ClickException as error:
        error.show()
        code = int(Exit.WRONG_USE)
    except Stop as stop:
        code = _told(stop)
    except BrokenPipeError:
        code = 0
    except Exception as error:  # noqa: BLE001  the one place where anything unforeseen ends
        code = _our_bug(error)
    sys.exit(code if isinstance(code, int) else 0)


def _interrupted() -> int:
    click.echo("\nStopped. What was finished is whole; run the command again to go on.", err=True)
    return int(Exit.INTERRUPTED)


# Each adds its commands to the group made above.

__all__ = [
    "Problem", "cli_build", "cli_bundle", "cli_issued", "cli_languages", "cli_packs", "cli_papers",
    "cli_school", "cli_templates", "main", "sendpack",
]  # fmt: skip
