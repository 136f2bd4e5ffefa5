"""A school's folder as the page sees it: read again only where a file changed, so that 500 pupils come at once."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cases.dates.age_and_year import year_label
from generator.cases.family.people import known_as, told_apart
from generator.folder.changing.edit_record import open_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import LoadedCase, Project, case_names, find_project
from generator.problems import Stop

if TYPE_CHECKING:
    from generator.school.check_school import CheckedPart
    from generator.school.next_steps import Standing

Mark = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of every file: equal marks, equal contents."""

JUST_NOW = 0.5
"""Seconds for which the school's own files are not looked at again: one page asks for them many times."""

AFTER_THE_PAGE = 0.2
"""Seconds after which the reading of all pupils begins: the page that asked for it goes out first."""


@dataclass(frozen=True)
class Pupil:
    """One pupil as last read: the case, its findings, and where they stand.

    While some files have errors `standing` tells what the others say; it is None where pupil.yaml cannot be read.
    """

    loaded: LoadedCase
    part: CheckedPart
    standing: Standing | None
    called: str = ""
    """The child's name where the files as a whole cannot be read."""

    @property
    def name(self) -> str:
        """The name by which people know the child; the folder's where no file tells it."""
        case = self.loaded.readable
        return known_as(case.data("pupil")) if case else self.called or self.loaded.name

    @property
    def year(self) -> str:
        """`Year 4`."""
        case = self.loaded.readable
        return str(year_label(case.data("pupil")["year_group"])) if case else ""

    @property
    def to_mend(self) -> list[str]:
        """The paths of the files with errors, for which nothing can be made of the whole."""
        return list(dict.fromkeys(problem.path for problem in self.loaded.problems if problem.blocks))


class LiveFolder:
    """The folder, kept in mind. One thread reads at a time; whoever asks meanwhile waits for it."""

    def __init__(self, root: Path) -> None:
        self.root = find_project(root).root
        self.lock = threading.RLock()
        self._project: Project | None = None
        self._project_mark: Mark = ()
        self._pupils: dict[str, tuple[Mark, date, Pupil]] = {}
        self._looked = 0.0
        self._closed = threading.Event()

    def close(self) -> None:
        """The server ends: nothing more is read ahead."""
        self._closed.set()

    @property
    def today(self) -> date:
        """The day as of which everything is told."""
        return date.today()

    @property
    def project(self) -> Project:
        """The school's folder, opened again when school.yaml, a schema or a pack changed."""
        with self.lock:
            if self._project is not None and time.monotonic() - self._looked < JUST_NOW:
                return self._project
            self._looked = time.monotonic()
            mark = tuple(_marks(self.root, (self.root / "cases" / "school.yaml",))) + tuple(
                row for name in ("schemas", "templates") for row in _walk(self.root / name)
            )
            if self._project is None or mark != self._project_mark:
                self._project, self._project_mark = find_project(self.root), mark
                self._pupils.clear()
            return self._project

    def look_again(self) -> None:
        """The page itself wrote something: what was just looked at may be old."""
        self._looked = 0.0

    @property
    def names(self) -> list[str]:
        """The folders of all pupils."""
        return case_names(self.project)

    def pupil(self, name: str) -> Pupil:
        """One pupil, read again when a file of theirs changed or the day did."""
        with self.lock:
            project = self.project
            mark, held = self.mark(name), self._pupils.get(name)
            if held and held[0] == mark and held[1] == self.today:
                return held[2]
            read = _read(project, name, self.today)
            self._pupils[name] = (mark, self.today, read)
            return read

    def names_apart(self) -> dict[str, str]:
        """The name of every pupil by folder, told apart where two have the same."""
        read = {name: self.pupil(name) for name in self.names}
        return {name: one.name for name, one in read.items()} | told_apart(
            {name: one.loaded.readable.data("pupil") for name, one in read.items() if one.loaded.readable}
        )

    def known(self, name: str) -> Pupil | None:
        """One pupil if nothing of theirs has to be read for it."""
        with self.lock:
            held = self._pupils.get(name)
            return held[2] if held and held[0] == self.mark(name) and held[1] == self.today else None

    def mark(self, name: str) -> Mark:
        """The mark of a pupil's folder."""
        return tuple(_walk(self.root / "cases" / name))

    def marks(self, name: str) -> tuple[Mark, Mark]:
        """The marks of the school's own files and of a pupil's, for whoever reads them elsewhere."""
        with self.lock:
            return (self._project_mark if self.project else (), self.mark(name))

    def read_ahead(self) -> None:
        """Read every pupil, in a thread of its own, giving way to whoever asks for one."""

        def run() -> None:
            self._closed.wait(AFTER_THE_PAGE)
            with contextlib.suppress(Stop, OSError):  # the folder or a file went meanwhile: who asks for it is told
                for name in self.names:
                    if self._closed.is_set():
                        return
                    self.pupil(name)

        threading.Thread(target=run, name="read-ahead", daemon=True).start()


def _read(project: Project, name: str, on: date) -> Pupil:
    from generator.school.check_school import CheckQuestion, check_pupil  # the first page comes without the rules
    from generator.school.next_steps import standing, standing_meanwhile

    loaded = load_case(project, name)
    part = check_pupil(project, loaded, CheckQuestion(on))
    stands = None
    if loaded.readable:
        tell = standing if loaded.case else standing_meanwhile
        try:
            stands = tell(loaded.readable, project.pack_of(loaded.readable), on)
        except Stop:  # its authority's pack cannot be read: the part says so
            stands = None
    return Pupil(loaded, part, stands, "" if loaded.readable else _called(project, name))


def _called(project: Project, name: str) -> str:
    try:
        tree = open_record(project, f"cases/{name}/pupil.yaml").tree or {}
        return known_as({key: str(value) for key, value in tree.items() if isinstance(value, str)})
    except (Stop, LookupError):
        return ""


def _walk(folder: Path) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from ((f"{entry.name}/{name}", time, size) for name, time, size in _walk(Path(entry.path)))
        else:
            yield from _marked(Path(entry.path), entry.name)


def _marks(root: Path, files: tuple[Path, ...]) -> Iterator[tuple[str, int, int]]:
    for file in files:
        if file.is_file():
            yield from _marked(file, file.relative_to(root).as_posix())


def _marked(file: Path, name: str) -> Iterator[tuple[str, int, int]]:
    """A file's row of a mark; none where it went meanwhile, or is a link to nothing."""
    try:
        status = file.stat()
    except OSError:
        return
    yield name, status.st_mtime_ns, status.st_size
