"""One pupil's folder read: every record, what was given out, the files that records cite and those that none lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.cases.audience import without_waiting
from generator.cases.case import Case, Given, given_by, photo_files
from generator.cases.references import broken_references
from generator.files.atomic_files import digest
from generator.files.spelled_alike import same_name
from generator.folder.as_begun import begun
from generator.folder.folder_listing import UNREADABLE, files_of_pupil
from generator.folder.record_files import files_cited, read_file
from generator.folder.school_folder import LoadedCase, Project
from generator.folder.stray_files import is_meant_as_record, saved_under_another_ending, second_version, unknown
from generator.problems import Problem
from generator.records.record import Record, read_record
from generator.values.formatting import and_list

UNLISTED = "evidence-unlisted"
"""The rule of a problem at a file in evidence/ that no entry names."""
ISSUED, PAPER = "issued", "issued.yaml"
"""The folder of what was given out, and the file of each version in it that says what, when and to whom."""


def load_case(project: Project, name: str, instead: Mapping[str, bytes] | None = None) -> LoadedCase:
    """Read every file of one pupil's folder and join them; all problems of all files, sorted.

    `instead` is what files hold that are being changed and not saved yet, by their place from the school's folder.
    """
    held = instead or {}
    folder = project.cases / name
    records: list[Record] = []
    files, problems = files_of_pupil(folder)
    if any(problem.rule == UNREADABLE for problem in problems):
        return LoadedCase(name, None, tuple(sorted(problems)))
    for file in (folder / one for one in files if is_meant_as_record(one)):
        relative = file.relative_to(folder).as_posix()
        shown = f"cases/{name}/{relative}"
        kind = project.schemas.kind_of(relative)
        second = second_version(relative, shown, files, project.schemas)
        problems += [second] if second else []
        if kind is None or (second and second.blocks):
            problems += [] if second else [unknown(relative, shown, project.schemas)]
            continue
        if shown in held:
            record, found = read_record(held[shown], shown, kind, project.schemas)
        else:
            record, found = read_file(file, shown, kind, project.schemas, folder)
        records += [record] if record else []
        problems += found
    if not any(record.kind == "pupil" for record in records) and not (folder / "pupil.yaml").is_file():
        hint = f'make one with: sendpack new pupil "First Last", whose name gives the folder {name}'
        problems.append(
            Problem.of_file(f"cases/{name}", "data", "file-missing", "there is no pupil.yaml in this folder", hint)
        )
    problems += saved_under_another_ending(files, name, project.schemas)
    readable = not any(problem.blocks for problem in problems)
    if readable:
        problems += broken_references(records, project.school, project.schemas)
    for record in records:
        problems += files_cited(record, folder, project.schemas)
    problems += _unlisted(records, files, name)
    given, found = _given(project, folder)
    problems += found
    return _joined(project, name, records, problems, given)


def _joined(
    project: Project,
    name: str,
    records: Sequence[Record],
    problems: Sequence[Problem],
    given: tuple[Given, ...],
) -> LoadedCase:
    """The case where nothing blocks, and what of it can be read in any event."""
    wrong = {problem.path for problem in problems if problem.blocks}
    right = tuple(record for record in records if record.path not in wrong)
    known = Case(name, right, project.school, given) if any(record.kind == "pupil" for record in right) else None
    known = replace(known, begun=begun(project, known)) if known else None
    whole = None if wrong or known is None else without_waiting(known, project.schemas)
    return LoadedCase(name, whole, tuple(sorted(set(problems))), known)


REFERENCES = frozenset({"id-twice", "id-unknown"})
"""The rules whose findings depend on all records together."""


def with_record(project: Project, loaded: LoadedCase, path: str, content: bytes) -> LoadedCase:
    """A pupil as read before, with one record as it is while it is being changed; other files are not read again."""
    if loaded.case is None or all(record.path != path for record in loaded.case.records):
        return load_case(project, loaded.name, {path: content})
    folder = project.cases / loaded.name
    kind = project.schemas.kind_of(path.removeprefix(f"cases/{loaded.name}/")) or ""
    record, found = read_record(content, path, kind, project.schemas)
    problems = [one for one in loaded.problems if one.path != path and one.rule not in REFERENCES] + found
    records = [record if one.path == path else one for one in loaded.case.records]
    held = [one for one in records if one is not None]
    if record is not None:
        problems += files_cited(record, folder, project.schemas)
    if not any(problem.blocks for problem in problems):
        problems += broken_references(held, project.school, project.schemas)
    return _joined(project, loaded.name, held, problems, loaded.case.given)


def read_papers(project: Project, name: str) -> tuple[list[tuple[Path, Record]], list[Problem]]:
    """The folder and the paper of each version that was given out about a pupil, and what is wrong with papers."""
    papers, problems = [], []
    for file in sorted((project.cases / name / ISSUED).glob(f"[!.]*/{PAPER}")):  # a hidden one was never finished
        record, found = read_file(file, file.relative_to(project.root).as_posix(), "issued", project.schemas)
        if record is not None and not any(problem.blocks for problem in found):
            papers.append((file.parent, record))
        problems += found
    return papers, problems


def altered(folder: Path, paper: Record) -> list[str]:
    """The files of a version that are missing or not as they were given out."""
    return [
        name
        for name, mark in paper.data["files"].items()
        if not (folder / name).is_file() or digest((folder / name).read_bytes()) != mark
    ]


def _given(project: Project, folder: Path) -> tuple[tuple[Given, ...], list[Problem]]:
    """What was given out about a pupil, and what is wrong with the copies that are kept."""
    papers, problems = read_papers(project, folder.name)
    for home, paper in papers:
        if wrong := altered(home, paper):
            many = len(wrong) > 1
            what = "were changed or are missing since they were" if many else "was changed or is missing since it was"
            message = f"{and_list(wrong)} {what} given out"
            hint = "put back from a backup what was given out"
            problems.append(Problem.at(paper, ["files"], "quality", "issued-damaged", message, hint))
    return given_by(paper for _, paper in papers), problems


def _unlisted(records: Sequence[Record], files: Sequence[str], name: str) -> Iterator[Problem]:
    """Files in evidence/ that evidence.yaml does not list: they would go into no bundle, so it is said."""
    if "evidence.yaml" in files and not any(r.kind == "evidence" for r in records):
        return  # it has errors, which are told; what it lists is not known
    listed = {str(row["file"]) for row in Case(name, tuple(records)).evidence_held}
    listed |= {file.removeprefix("evidence/") for file in photo_files(Case(name, tuple(records)))}
    known = {same_name(one) for one in listed}
    for file in files:
        home, _, inside = file.partition("/")
        if home == "evidence" and same_name(inside) not in known and not file.rpartition("/")[2].startswith("~$"):
            message = "this file is in no entry of evidence.yaml, so it goes into no bundle"
            hint = "add an entry for it, or move it out of evidence/"
            yield Problem.of_file(f"cases/{name}/evidence/{inside}", "quality", UNLISTED, message, hint)
