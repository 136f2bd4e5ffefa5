"""Options and first steps that several commands share: the day, the engine, the pupils, the school's folder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.problems import Exit, FilesHaveErrors, shown

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.engines import Engine
    from generator.folder.school_folder import LoadedCase, Project

PASSWORD = "sendpack.password"  # noqa: S105  the name under which it is held
"""Under which a run holds the password that its environment gave."""


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, written as in the files: 2026-03-01, 01/03/2026 or 1 March 2026."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day that is meant; a plain sentence for one that does not exist or is written otherwise."""
        from generator.values.parsing import Unreadable, read_date

        if isinstance(value, datetime):
            return value
        try:
            return datetime.combine(read_date(str(value)), time())
        except Unreadable as error:
            self.fail(f"{error}. Write a day like 14/05/2017, 2017-05-14 or “14 May 2017”.", param, ctx)


DAY = Day()


class FileToRead(click.Path):
    """A file that is there; no pipe or device, at which a run would wait for ever."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Raises click.BadParameter for what is no file."""
        path = super().convert(value, param, ctx)
        if not Path(os.fsdecode(path)).is_file():
            self.fail(f"{value} is a pipe or a device, and no file.", param, ctx)
        return path


FILE_TO_READ = FileToRead()


class Commands(click.Group):
    """A group that lists its commands in the order in which they are used."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its whole first sentence: what does not fit goes on in the next line."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, one.get_short_help_str(limit=10_000)) for name, one in found if one and not one.hidden]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands as they were added."""
        return list(self.commands)


def project_of(ctx: click.Context) -> Project:
    from generator.folder.changing.changes_made import sweep
    from generator.folder.school_folder import find_project

    project = find_project(ctx.obj)
    sweep(project.root)  # who never opens the page keeps what was removed no longer either
    return project


def day_of(on: datetime | None) -> date:
    return on.date() if on else date.today()


on_option = click.option("--on", type=DAY, help="As of this day instead of today.")


engine_option = click.option(
    "--engine", metavar="NAME", help="auto, embedded, libreoffice or word; auto takes the best one here."
)


soffice_option = click.option(
    "--soffice", type=click.Path(), help="The LibreOffice program, if it is not in its usual place."
)


pupils_argument = click.argument("pupils", nargs=-1)


def usable(project: Project) -> None:
    """Raises FilesHaveErrors when the school's own file is wrong: then nothing can be made."""
    if project.school is None or any(problem.blocks for problem in project.school_problems):
        raise FilesHaveErrors("cases/school.yaml has errors.", problems=project.school_problems)


def ready_cases(project: Project, names: Sequence[str]) -> tuple[list[LoadedCase], list[LoadedCase]]:
    """Cases that may be built and those that may not, whose errors are told at once."""
    from generator.folder.load_case import load_case

    usable(project)
    loaded = [load_case(project, name) for name in names]
    broken = [one for one in loaded if one.broken]
    for one in broken:
        click.echo(f"{one.name}: nothing is built until its files are right", err=True)
        for problem in one.problems:
            if problem.blocks:
                click.echo(f"  {problem}", err=True)
    return [one for one in loaded if not one.broken], broken


def expected(project: Project, loaded: Sequence[LoadedCase], only: Sequence[str]) -> int:
    """How many documents these pupils have."""
    from generator.documents.catalogue import documents

    made = [document for one in loaded if one.case for document in documents(one.case, project.pack_of(one.case), only)]
    return sum(document.given or document.kind in only for document in made)


def engine_caution(engine: Engine) -> str:
    return " Check page breaks before you send anything." if engine.name == "embedded" else ""


@contextmanager
def running_engine(name: str | None, soffice: str | None, *, wanted: bool = True) -> Iterator[Engine | None]:
    if not wanted:
        yield None
        return
    from generator.engines import choose, stays

    engine = choose(name, soffice)
    stays(engine)
    try:
        yield engine
    finally:
        engine.close()


Advance = Callable[[str], None]
"""Tells that one thing more is done, with what it is."""


@contextmanager
def told_while_working(label: str, length: int = 0) -> Iterator[Advance]:
    """Where someone watches, a line that moves, `12 of 30: Support plan`, and goes at the end; in a log one line.

    `label` is what is done, such as `Making 30 documents`; nothing is said of no work at all.
    """
    watched, out, done = sys.stderr.isatty(), sys.__stderr__ or sys.stderr, 0
    if not watched:
        click.echo(f"{label}...", err=True)
        yield lambda _: None
        return

    def show(text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        out.write(f"\r\x1b[K{shown(' '.join(text.split()))[:width]}")
        out.flush()

    def advance(what: str) -> None:
        nonlocal done
        done += 1
        show(f"{done} of {max(length, done)}: {what}" if length else f"{label}: {what}")

    show(f"{label}...")
    try:
        yield advance
    finally:
        out.write("\r\x1b[K")
        out.flush()


def load_school(
    project: Project, names: Sequence[str] = (), here: date | None = None
) -> tuple[list[Case], list[LoadedCase]]:
    """The cases that can be read, and those whose files have errors; with a day only pupils who are `here` then."""
    from generator.cases.case import has_left
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases

    _tell_of_school(project)
    loaded = [load_case(project, name) for name in choose_cases(project, names)]
    cases = [one.case for one in loaded if one.case]
    return [case for case in cases if here is None or not has_left(case.data("pupil"), here)], [
        one for one in loaded if one.case is None
    ]


def one_by_one(project: Project, broken: list[str], names: Sequence[str] = (), *, here: date) -> Iterator[Case]:
    """Each case that can be read, one after the other: a school of thousands is never in the memory as a whole.

    The names of those whose files have errors are added to `broken`. Who has left by the day `here` is there by name
    alone.
    """
    from generator.cases.case import has_left
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases

    _tell_of_school(project)
    for name in choose_cases(project, names):
        case = load_case(project, name).case
        if case is None:
            broken.append(name)
        elif names or not has_left(case.data("pupil"), here):
            yield case


def _tell_of_school(project: Project) -> None:
    """Say that the school's own file cannot be read: what stands in it is then in nothing that follows."""
    if project.school is None and (project.cases / "school.yaml").is_file():
        words = "cases/school.yaml has errors: its terms, staff and rates are in none of this. See: sendpack check"
        click.echo(f"look at: {words}\n", err=True)


def close_school(ctx: click.Context, broken: Sequence[LoadedCase | str]) -> None:
    """Say whose files could not be read; the command then ends with the exit code of files with errors."""
    if broken:
        names = ", ".join(one if isinstance(one, str) else one.name for one in broken)
        click.echo(f"\nNot counted, because their files have errors: {names}. See: sendpack check", err=True)
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def tell_what_was_left(*folders: Path) -> None:
    """Remove what runs that were cut off left half written in folders of records, and say so."""
    from generator.files.atomic_files import sweep_halves, was_left

    say(was_left(path) for folder in folders for path in sweep_halves(folder))


def say(lines: str | Iterable[str], *, err: bool = False) -> None:
    """Print lines, each as it fits the terminal; nothing when there is none."""
    from generator.cli.text.layout import fitted

    if told := list(fitted(lines.split("\n") if isinstance(lines, str) else lines)):
        click.echo("\n".join(told), err=err)
