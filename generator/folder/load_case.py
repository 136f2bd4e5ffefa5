"""One pupil's folder read: every record, what was given out, the files that records cite and those that none lists."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from generator.cases.case import Case, Given, given_by
from generator.cases.references import broken_references
from generator.files.atomic_files import digest
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import Problem
from generator.records.record import MAX_BYTES, Record, Schemas, marked, read_record
from generator.values.formatting import and_list


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
