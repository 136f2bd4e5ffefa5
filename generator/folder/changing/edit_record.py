"""The one door through which a record is changed: only the lines of what changed, never over a newer version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest, write_file
from generator.folder.changing.changes_made import FileChange, alone, remember
from generator.folder.changing.class_history import with_class_history
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors, Stop, WrongUse
from generator.records.three_way import differences
from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.values.formatting import and_list


@dataclass(frozen=True)
class OpenRecord:
    """A record's file as it was read: its place from the school's folder, its kind, its bytes, and the data in it.

    `tree` is None when the file cannot be read as a whole.
    """

    path: str
    kind: str
    content: bytes
    tree: Mapping[str, Any] | None

    @property
    def mark(self) -> str:
        """The digest of what was read."""
        return digest(self.content)


class ChangedMeanwhile(Stop):
    """Somebody else changed the file since it was opened; `now` is what it holds."""

    def __init__(self, now: OpenRecord) -> None:
        super().__init__("This file was changed meanwhile.", "Look at both versions, and choose.")
        self.now = now


@dataclass(frozen=True)
class Saved:
    """A change that was written: the file, and the name under which it can be undone; "" when nothing changed."""

    path: str
    undo: str


def place_of(project: Project, path: str) -> tuple[Path, str]:
    """The file of a record and its kind. Raises WrongUse for a path that is no record of this folder."""
    parts = path.split("/")
    kind = None
    if len(parts) > 1 and parts[0] == "cases" and not {"", ".", ".."} & set(parts) and "\\" not in path:
        inside = "/".join(parts[1:])
        kind = project.schemas.kind_of(inside, "school")
        if kind is None and len(parts) > 2:
            kind = project.schemas.kind_of("/".join(parts[2:]))
    file = project.root / path
    if kind is None or not file.resolve().is_relative_to(project.cases.resolve()):
        raise WrongUse("This is no record of this school's folder.", "Go back, and choose one from the pupil's page.")
    return file, kind


def open_record(project: Project, path: str) -> OpenRecord:
    """Read a record's file for changing. Raises WrongUse when it is not there."""
    file, kind = place_of(project, path)
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WrongUse(f"{path} cannot be opened ({reason}).", "It may have been moved or deleted meanwhile.") from None
    return OpenRecord(path, kind, content, read_yaml(content, path)[0])


def changed_content(project: Project, record: OpenRecord, wanted: Mapping[str, Any]) -> bytes:
    """The bytes that the file would have with other data. Raises WrongUse where that cannot be done with certainty."""
    try:
        return edited(record.content, wanted, project.schemas.shape(record.kind))
    except NoPlaceForIt as error:
        raise WrongUse(
            f"{record.path} cannot be changed here: {error}.",
            "Change it in a text editor; nothing was written. What you wrote is kept as a draft.",
        ) from None


def save(
    project: Project,
    record: OpenRecord,
    wanted: Mapping[str, Any],
    did: str = "",
    also: Sequence[FileChange] = (),
) -> Saved:
    """Write a record with other data; every line that holds nothing of the change stays as it is.

    `did` says in words what was done, for the list of changes; `also` are other files that belong to the same change.

    Raises ChangedMeanwhile when the file is no longer what was opened, FilesHaveErrors when it cannot be read.
    """
    if record.tree is None:
        raise FilesHaveErrors(
            f"{record.path} cannot be read.", problems=tuple(read_yaml(record.content, record.path)[1])
        )
    content = changed_content(project, record, wanted)
    if record.kind == "pupil":
        wanted = with_class_history(project, record.path, record.content, content, wanted, date.today())
        content = changed_content(project, record, wanted)
    return write(project, record, content, did, also)


def write(
    project: Project, record: OpenRecord, content: bytes, did: str = "", also: Sequence[FileChange] = ()
) -> Saved:
    """Put other bytes in the place of a record's, when it still holds what was opened; the rest as for `save`."""
    file, _ = place_of(project, record.path)
    with alone(project.root):
        now = open_record(project, record.path)
        if now.mark != record.mark:
            raise ChangedMeanwhile(now)
        if content == record.content:
            return Saved(record.path, "")
        change = FileChange(record.path, record.content, digest(content))
        undo = remember(project.root, did or _what_changed(project, record, content), [change, *also])
        write_file(file, content)
    return Saved(record.path, undo)


def _what_changed(project: Project, record: OpenRecord, content: bytes) -> str:
    """“Changed: SEN support plan (Outcomes, Adjustments)”: the titles of what is not as it was."""
    shape = project.schemas.shape(record.kind)
    before: Mapping[str, Any] = record.tree or {}
    after: Mapping[str, Any] = read_yaml(content, record.path)[0] or {}
    names = dict.fromkeys(str(one.way[0]) for one in differences(before, after, before) if one.way)
    shapes = ((name, shape.property(name)) for name in names)
    titles = [str(inner.keywords.get("title", name)) if inner else name for name, inner in shapes]
    return f"Changed: {record_title(project, record.path)}{f' ({and_list(titles)})' if titles else ''}"


def record_title(project: Project, path: str) -> str:
    """What a record is called: by its kind, and where there are many of a kind by the name of its file too."""
    kind = place_of(project, path)[1]
    title = str(project.schemas.shape(kind).keywords.get("title", kind))
    many = project.schemas.has_many(kind)
    return f"{title}: {Path(path).stem}" if many else title


TRIES = 5
"""How often a row is added anew where others save in the same record just then."""


def add_row(
    project: Project,
    path: str,
    name: str,
    row: Mapping[str, Any],
    did: str = "",
    check: Callable[[OpenRecord], None] = lambda _: None,
) -> Saved:
    """Put one more row at the end of a list of a record, also behind what somebody else writes there meanwhile.

    `check` looks at the record as it is then, and may raise. Raises as `save` does.
    """
    for left in reversed(range(TRIES)):
        record = open_record(project, path)
        check(record)
        rows = (record.tree or {}).get(name) or []
        try:
            return save(project, record, {**(record.tree or {}), name: [*rows, dict(row)]}, did)
        except ChangedMeanwhile:
            if not left:
                raise
    raise AssertionError


def note_new(project: Project, path: str, did: str = "") -> Saved:
    """Remember that a record was begun, or what was done by that, so that this can be undone too."""
    content = (project.root / path).read_bytes()
    did = did or f"Begun: {record_title(project, path)}"
    return Saved(path, remember(project.root, did, [FileChange(path, None, digest(content))]))
