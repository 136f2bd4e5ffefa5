"""A school's folder: find it, read everything in it once, and say what is wrong with any of its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.authorities.pack import Pack, load_pack
from generator.cases.case import Case, Data
from generator.cases.references import broken_references
from generator.files.atomic_files import is_half_written
from generator.folder.record_files import read_file
from generator.problems import Problem, Stop, WrongUse
from generator.records.field_view import Fields
from generator.records.record import Record, Schemas
from generator.values.did_you_mean import LOOSELY, did_you_mean
from generator.values.file_names import alike

BUILT_IN = next(
    folder
    for folder in (Path(__file__).parents[1] / "_data", Path(__file__).parents[2])
    if (folder / "schemas").is_dir()
)
"""Where the program's own schemas and templates are: inside an installed package, or beside it in a checkout."""


@dataclass(frozen=True)
class LoadedCase:
    """One pupil's folder as read: the joined case when every needed file is right, and all problems of its files."""

    name: str
    case: Case | None
    problems: tuple[Problem, ...]
    readable: Case | None = None
    """The records that are right, joined, also while others have errors: for telling what is known, never for building;
    None where pupil.yaml itself cannot be read."""

    @property
    def broken(self) -> bool:
        """True when something in the files is wrong, so that nothing may be built from them."""
        return self.case is None or any(problem.blocks for problem in self.problems)


@dataclass(frozen=True)
class Project:
    """A school's folder that has been found: its schemas, its school record and what is wrong with that."""

    root: Path
    schemas: Schemas
    school: Record | None
    school_problems: tuple[Problem, ...]
    _packs: dict[str, Pack] = field(default_factory=dict, repr=False, compare=False)

    @property
    def cases(self) -> Path:
        """The folder of all pupils' folders."""
        return self.root / "cases"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates and packs are looked for, the school's own folder first."""
        own = self.root / "templates"
        built_in = BUILT_IN / "templates"
        return (own, built_in) if own.is_dir() and own.resolve() != built_in.resolve() else (built_in,)

    @property
    def school_data(self) -> Data:
        """What school.yaml holds; nothing where there is none that can be read."""
        return self.school.data if self.school else {}

    def view(self, record: Record | None, kind: str) -> Fields:
        """A record as templates see it; an empty one when it is not there."""
        return Fields(record.data if record else None, self.schemas.shape(kind))

    def pack_of(self, case: Case) -> Pack:
        """The authority pack that decides for a pupil: the home authority's, else the school's."""
        school = case.school.data if case.school else {}
        wanted = case.data("pupil").get("home_authority") or school.get("authority") or "standard"
        return self.pack(str(wanted))

    def pack(self, pack_id: str) -> Pack:
        """The authority pack of an id, read once. Raises as load_pack does."""
        if pack_id not in self._packs:
            self._packs[pack_id] = load_pack(pack_id, self.template_folders, self.schemas)
        return self._packs[pack_id]


def find_project(start: Path) -> Project:
    """The school's folder at or above a place: the nearest folder that holds `cases`. Reads school.yaml.

    Raises WrongUse when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "cases").is_dir():
            return _open(folder)
    raise WrongUse(
        f"There is no folder called cases in {start} or above it.",
        "Go to your school's folder first, or make one with: sendpack init FOLDER",
    )


def _open(root: Path) -> Project:
    own = root / "schemas"
    folders = [BUILT_IN / "schemas"]
    if own.is_dir() and own.resolve() != folders[0].resolve():
        folders.append(own)
    schemas = Schemas.load(folders)
    file = root / "cases" / "school.yaml"
    if not file.is_file():
        missing = Problem.of_file(
            "cases/school.yaml",
            "data",
            "file-missing",
            "the school's own file is missing",
            "make one with: sendpack new school",
        )
        return Project(root, schemas, None, (missing,))
    record, problems = read_file(file, "cases/school.yaml", "school", schemas)
    if record:
        problems += broken_references([record], None, schemas)
    return Project(root, schemas, record, tuple(sorted(problems)))


def case_names(project: Project) -> list[str]:
    """The names of all pupils' folders, sorted; hidden folders are not pupils, and half-written ones not yet."""
    try:
        folders = [p for p in project.cases.iterdir() if p.is_dir() and not p.name.startswith((".", "_"))]
        return sorted(p.name for p in folders if not is_half_written(p))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Stop(
            f"The folder {project.cases} cannot be opened ({reason}).", "Ask for the right to read it."
        ) from None


def choose_cases(project: Project, wanted: Sequence[str]) -> list[str]:
    """The folders that are wanted, all when nothing is named. Raises WrongUse for one that does not exist."""
    there = case_names(project)
    if not wanted:
        return there
    chosen = [_case_of(project, name, there) for name in wanted]
    missing = [name for name in chosen if name not in there]
    if missing:
        near = _meant_perhaps(missing[0].lower(), there)
        advice = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(there) or 'none yet'}."
        raise WrongUse(f"There is no pupil's folder called {missing[0]} in cases.", advice)
    return list(dict.fromkeys(chosen))


def _meant_perhaps(typed: str, there: Sequence[str]) -> list[str]:
    """All whose name begins so, else the one most like it with others of that name, else those with such a word."""
    if begun := [name for name in there if name.startswith(f"{typed}-")]:
        return begun
    if close := did_you_mean(typed, there, alike=LOOSELY):
        return [name for name in there if name == close[0] or re.fullmatch(rf"{re.escape(close[0])}-\d+", name)]
    return [name for name in there if typed in name.split("-")]


def _case_of(project: Project, name: str, there: Sequence[str]) -> str:
    """The pupil's folder that is meant: its name, however its letters are put together, or a path to it or into it."""
    path = Path(name).resolve()
    if ("/" in name or "\\" in name) and path.is_relative_to(project.cases) and path != project.cases:
        return path.relative_to(project.cases).parts[0]
    typed = Path(name).name or name
    meant = [one for one in there if alike(one) == alike(typed)]
    return meant[0] if len(meant) == 1 and typed not in there else typed
