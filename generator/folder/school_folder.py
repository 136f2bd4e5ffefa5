"""A school's folder: find it, read everything in it once, and say what is wrong with any of its files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from generator.authorities.pack import Pack, load_pack
from generator.cases.case import Case, Given, given_by
from generator.cases.references import broken_references
from generator.files.atomic_files import digest
from generator.problems import Problem, WrongUse
from generator.records.field_view import Fields
from generator.records.record import MAX_BYTES, Record, Schemas, marked, read_record
from generator.values.formatting import and_list

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
        missing = Problem(
            "cases/school.yaml",
            0,
            0,
            "data",
            "file-missing",
            "the school's own file is missing",
            "make one with: sendpack new school",
        )
        return Project(root, schemas, None, (missing,))
    record, problems = _read(file, "cases/school.yaml", "school", schemas)
    if record:
        problems += broken_references([record], None, schemas)
    return Project(root, schemas, record, tuple(sorted(problems)))


def case_names(project: Project) -> list[str]:
    """The names of all pupils' folders, sorted; hidden folders are not pupils."""
    return sorted(p.name for p in project.cases.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))


def choose_cases(project: Project, wanted: Sequence[str]) -> list[str]:
    """The folders that are wanted, all when nothing is named. Raises WrongUse for one that does not exist."""
    there = case_names(project)
    if not wanted:
        return there
    chosen = [_case_of(project, name) for name in wanted]
    missing = [name for name in chosen if name not in there]
    if missing:
        near = get_close_matches(missing[0], there, 1, 0.5) or [n for n in there if missing[0].lower() in n.split("-")]
        advice = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(there) or 'none yet'}."
        raise WrongUse(f"There is no pupil's folder called {missing[0]} in cases.", advice)
    return list(dict.fromkeys(chosen))


def _case_of(project: Project, name: str) -> str:
    """The pupil's folder that is meant: its name, or a path to it or to a file in it."""
    path = Path(name).resolve()
    if ("/" in name or "\\" in name) and path.is_relative_to(project.cases) and path != project.cases:
        return path.relative_to(project.cases).parts[0]
    return Path(name).name or name


def load_case(project: Project, name: str) -> LoadedCase:
    """Read every file of one pupil's folder and join them; all problems of all files, sorted."""
    folder = project.cases / name
    records: list[Record] = []
    problems: list[Problem] = []
    for file in _files(folder):
        relative = file.relative_to(folder).as_posix()
        shown = f"cases/{name}/{relative}"
        kind = project.schemas.kind_of(relative)
        if kind is None:
            problems += _unknown(relative, shown, project.schemas)
            continue
        record, found = _read(file, shown, kind, project.schemas, folder)
        records += [record] if record else []
        problems += found
    if not any(record.kind == "pupil" for record in records) and not (folder / "pupil.yaml").is_file():
        hint = f'make one with: sendpack new pupil "First Last", whose name gives the folder {name}'
        problems.append(
            Problem(f"cases/{name}", 0, 0, "data", "file-missing", "there is no pupil.yaml in this folder", hint)
        )
    readable = not any(problem.blocks for problem in problems)
    if readable:
        problems += broken_references(records, project.school, project.schemas)
    for record in records:
        problems += _files_cited(record, folder, project.schemas)
    problems += _unlisted(records, folder, name)
    given, found = _given(project, folder)
    problems += found
    there = any(record.kind == "pupil" for record in records)
    case = Case(name, tuple(records), project.school, given) if there else None
    return LoadedCase(name, case if not any(p.blocks for p in problems) else None, tuple(sorted(problems)))


ASIDE = ("evidence", "issued", "sent")
"""Folders of a pupil's folder in which no records are looked for: reports, and copies of what was given out or sent."""


ISSUED, PAPER = "issued", "issued.yaml"
"""The folder of what was given out, and the file of each version in it that says what, when and to whom."""


def read_papers(project: Project, name: str) -> tuple[list[tuple[Path, Record]], list[Problem]]:
    """The folder and the paper of each version that was given out about a pupil, and what is wrong with papers."""
    papers, problems = [], []
    for file in sorted((project.cases / name / ISSUED).glob(f"*/{PAPER}")):
        record, found = _read(file, file.relative_to(project.root).as_posix(), "issued", project.schemas)
        if record is not None and not any(problem.blocks for problem in found):
            papers.append((file.parent, record))
        problems += found
    return papers, problems


def altered(folder: Path, paper: Record) -> list[str]:
    """The files of a version that are missing or not as they were given out."""
    return [
        name for name, mark in paper.data["files"].items()
        if not (folder / name).is_file() or digest((folder / name).read_bytes()) != mark
    ]  # fmt: skip


def _given(project: Project, folder: Path) -> tuple[tuple[Given, ...], list[Problem]]:
    """What was given out about a pupil, and what is wrong with the copies that are kept."""
    papers, problems = read_papers(project, folder.name)
    for home, paper in papers:
        if wrong := altered(home, paper):
            place, many = paper.place("files"), len(wrong) > 1
            what = "were changed or are missing since they were" if many else "was changed or is missing since it was"
            message = f"{and_list(wrong)} {what} given out"
            hint = "put back from a backup what was given out"
            problems.append(Problem(paper.path, place.line, place.column, "quality", "issued-damaged", message, hint))
    return given_by(paper for _, paper in papers), problems


_WRONG_ENDS = tuple(end + more for end in (".yaml", ".yml") for more in (".txt", ".docx", ".doc", ".rtf", ".pdf"))
_MEANT = (".yaml", ".yml", *_WRONG_ENDS)
"""Endings of case files, and those that Notepad and Word put behind them, which a file manager may not show."""


def _files(folder: Path) -> Iterator[Path]:
    """The YAML files of a pupil's folder and those that look as if they were meant to be; others are not searched."""
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in ASIDE)
        for name in sorted(names):
            if name.lower().endswith(_MEANT) and not name.startswith((".", "~$")):
                yield Path(top) / name


def _unknown(relative: str, shown: str, schemas: Schemas) -> list[Problem]:
    if relative.lower().endswith(_WRONG_ENDS):
        right, _, end = relative.rpartition(".")
        message = f"this file's name ends in .{end}, so it would not be used"
        text = f"rename it to {right}" if end.lower() == "txt" else f"save it as plain text under the name {right}"
        hint = f"{text} (let your file manager show the endings of names), or move it out of this folder"
        return [Problem(shown, 0, 0, "data", "file-unknown", message, hint)]
    meant = schemas.suggest(relative)
    hint = (
        f"did you mean {meant}?"
        if meant
        else "rename it to one of the names in the README, or move it out of this folder"
    )
    return [
        Problem(
            shown, 0, 0, "data", "file-unknown", "no kind of record has this file name, so it would not be used", hint
        )
    ]


def _read(
    file: Path, shown: str, kind: str, schemas: Schemas, within: Path | None = None
) -> tuple[Record | None, list[Problem]]:
    """Read one file; too big, unreadable or leading out of the folder are problems like any other."""
    try:
        if within is not None and not file.resolve().is_relative_to(within.resolve()):
            message = "this is a link to a file outside the pupil's folder"
            return None, [Problem(shown, 0, 0, "data", "file-outside", message, "put the file itself here")]
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"this file cannot be opened ({(error.strerror or str(error)).lower()})"
        return None, [
            Problem(
                shown, 0, 0, "data", "file-unreadable", message, "close it elsewhere or ask for the right to read it"
            )
        ]
    return read_record(content, shown, kind, schemas)


def _unlisted(records: Sequence[Record], folder: Path, name: str) -> Iterator[Problem]:
    """Files in evidence/ that evidence.yaml does not list: they would go into no bundle, so it is said."""
    home = folder / "evidence"
    listed = {str(row["file"]) for r in records if r.kind == "evidence" for row in r.data["items"]}
    listed |= {str(word) for r in records if r.kind == "pupil" for word in [r.data.get("photo", {}).get("file")]}
    for file in sorted(home.rglob("*")) if home.is_dir() else ():
        inside = file.relative_to(home).as_posix()
        if file.is_file() and inside not in listed and not file.name.startswith((".", "~$")):
            message = "this file is in no entry of evidence.yaml, so it goes into no bundle"
            hint = "add an entry for it, or move it out of evidence/"
            yield Problem(f"cases/{name}/evidence/{inside}", 0, 0, "quality", "evidence-unlisted", message, hint)


def _files_cited(record: Record, folder: Path, schemas: Schemas) -> Iterator[Problem]:
    """Files that a record names: they are in the pupil's folder, under the name as it is written."""
    for keys, value, schema in marked(record, schemas, ("x-file-in",)):
        if isinstance(value, str):
            place = record.place(*keys)
            if fault := _file_fault(value, schema["x-file-in"], folder):
                yield Problem(record.path, place.line, place.column, "data", "file-cited", *fault)


def _file_fault(name: str, inside: str, folder: Path) -> tuple[str, str] | None:
    home = folder / inside
    where = f"{inside}/" if inside not in ("", ".") else "the pupil's folder"
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        return f"`{name}` leads out of {where}", "write only the name of a file in that folder"
    target = home / path
    if not target.is_file():
        there = sorted(p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file()) if home.is_dir() else []
        near = get_close_matches(name, there, 1, 0.6)
        hint = f"did you mean `{near[0]}`?" if near else f"put the file into {where}, or correct the name"
        return f"there is no file `{name}` in {where}", hint
    if not target.resolve().is_relative_to(folder.resolve()):
        return f"`{name}` is a link to a file outside the pupil's folder", "put the file itself there"
    if target.name not in {p.name for p in target.parent.iterdir()}:
        return f"the name `{name}` differs from the file's in capital letters", "write it exactly as the file is named"
    if target.stat().st_size == 0:
        return f"the file `{name}` is empty (0 bytes)", "copy it again from where it came"
    return None
