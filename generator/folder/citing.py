"""Which records cite a file, an id or another record: looked up in every record as written, also with errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.cases.references import BY_FILE_NAME, WITHIN_ONE_FILE
from generator.files.spelled_alike import same_name
from generator.folder.changing.edit_record import OpenRecord, open_record
from generator.folder.folder_listing import files_of_pupil
from generator.folder.school_folder import Project
from generator.records.record import Record, marked


def records_as_written(project: Project, pupil: str) -> list[OpenRecord]:
    """Every record of a pupil with its data as they stand in the file; nothing is left out that waits or is wrong."""
    there = files_of_pupil(project.cases / pupil)[0]
    return [open_record(project, f"cases/{pupil}/{one}") for one in there if project.schemas.kind_of(one) is not None]


def citing_file(project: Project, pupil: str, file: str) -> list[str]:
    """The paths of the records that name a file, by its place in the pupil's folder; entries of evidence are not asked.

    A record that cannot be read at all cites what its text holds.
    """
    others = (one for one in records_as_written(project, pupil) if one.kind != "evidence")
    return [one.path for one in others if file in _files_of(project, one, [file])]


def files_cited_beside(project: Project, pupil: str, files: Iterable[str]) -> set[str]:
    """Those of some files, by their places in the pupil's folder, that another record than the evidence names."""
    asked = list(files)
    others = [one for one in records_as_written(project, pupil) if one.kind != "evidence"] if asked else []
    return {file for one in others for file in _files_of(project, one, asked)}


def _files_of(project: Project, record: OpenRecord, files: list[str]) -> set[str]:
    if record.tree is None:
        return {file for file in files if _in_text(record, PurePosixPath(file).name)}
    held = Record(record.path, record.kind, record.tree, {})
    named = {
        same_name((PurePosixPath(words["x-file-in"]) / value.replace("\\", "/")).as_posix())
        for _, value, words in marked(held, project.schemas, ("x-file-in",))
        if isinstance(value, str) and "x-file-in" in words
    }
    return {file for file in files if same_name(file) in named}


def citing_ids(project: Project, pupil: str, ids: set[tuple[str, str]], apart: str) -> list[str]:
    """The paths of the records that cite one of some ids, each with its group (`evidence`); one record is not asked."""
    found = []
    for one in records_as_written(project, pupil):
        if one.path == apart:
            continue
        if one.tree is None:
            cites = any(_in_text(one, word) for _, word in ids)
        else:
            cites = not ids.isdisjoint(_ids(project, one, "x-ref"))
        if cites:
            found.append(one.path)
    return found


def citing_record(project: Project, pupil: str, path: str) -> list[str]:
    """The paths of the records that would cite what is gone, were this record removed."""
    records = records_as_written(project, pupil)
    own = {mention for one in records if one.path == path for mention in _defined(project, one)}
    elsewhere = {mention for one in records if one.path != path for mention in _defined(project, one)}
    return citing_ids(project, pupil, own - elsewhere, path)


def _defined(project: Project, record: OpenRecord) -> Iterator[tuple[str, str]]:
    yield from (one for one in _ids(project, record, "x-id") if one[0] not in WITHIN_ONE_FILE)
    stem = PurePosixPath(record.path).stem
    yield from ((group, stem) for group, kind in BY_FILE_NAME.items() if kind == record.kind)


def _ids(project: Project, record: OpenRecord, word: str) -> Iterator[tuple[str, str]]:
    held = Record(record.path, record.kind, record.tree or {}, {})
    for _, value, words in marked(held, project.schemas, (word,)):
        if isinstance(value, str) and word in words:
            yield str(words[word]), value


def _in_text(record: OpenRecord, word: str) -> bool:
    text = same_name(record.content.decode("utf-8", "replace"))
    return re.search(rf"(?<![\w-]){re.escape(same_name(word))}(?![\w-])", text) is not None
