"""The one door through which a record is changed: only the lines of what changed, never over a newer version, undoable.

What is done for a while only (drafts, copies for undoing, who is writing where) is in output/.cache/page, beside what
else the program may forget; only this user may open it.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest, make_folder, write_file
from generator.files.locks import take
from generator.folder.class_history import with_class_history
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors, Stop, WrongUse
from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited
from generator.records.yaml_text.yaml_reader import read_yaml

HOME = Path("output") / ".cache" / "page"
KEPT_DAYS = 14
"""Days after which a draft that nobody saved, and a copy for undoing, is removed."""


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


def save(project: Project, record: OpenRecord, wanted: Mapping[str, Any]) -> Saved:
    """Write a record with other data; every line that holds nothing of the change stays as it is.

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
    return write(project, record, content)


def write(project: Project, record: OpenRecord, content: bytes) -> Saved:
    """Put other bytes in the place of a record's, when it still holds what was opened."""
    file, _ = place_of(project, record.path)
    with _alone(project.root):
        now = open_record(project, record.path)
        if now.mark != record.mark:
            raise ChangedMeanwhile(now)
        if content == record.content:
            return Saved(record.path, "")
        undo = _remember(project.root, record.path, record.content, content)
        write_file(file, content)
    return Saved(record.path, undo)


def add_row(project: Project, path: str, name: str, row: Mapping[str, Any]) -> Saved:
    """Put one more row at the end of a list of a record. Raises as `save` does."""
    record = open_record(project, path)
    rows = (record.tree or {}).get(name) or []
    return save(project, record, {**(record.tree or {}), name: [*rows, dict(row)]})


def note_new(project: Project, path: str) -> Saved:
    """Remember that a record was begun, so that this can be undone too."""
    content = (project.root / path).read_bytes()
    return Saved(path, _remember(project.root, path, None, content))


# -- undoing ----------------------------------------------------------------------------------------------------------


def _remember(root: Path, path: str, before: bytes | None, after: bytes) -> str:
    name = f"{time.time_ns():x}-{secrets.token_hex(6)}"
    held = base64.b64encode(before).decode() if before is not None else None
    note = {"path": path, "before": held, "after": digest(after), "at": time.time()}
    write_file(home(root) / "undo" / f"{name}.json", json.dumps(note).encode())
    return name


def undone_record(project: Project, name: str) -> str:
    """The place of the record that a change to be taken back was made in. Raises WrongUse."""
    return str(_note(project, name)[1]["path"])


def _note(project: Project, name: str) -> tuple[Path, dict[str, Any]]:
    note_file = home(project.root) / "undo" / f"{_plain(name)}.json"
    try:
        return note_file, json.loads(note_file.read_text("utf-8"))
    except (OSError, ValueError):
        raise WrongUse("This change can no longer be undone.", "Changes can be undone for 14 days, once.") from None


def undo(project: Project, name: str) -> str:
    """Take one change back; gives the file's place. Raises WrongUse when the file was changed again since."""
    note_file, note = _note(project, name)
    path = str(note["path"])
    file, _ = place_of(project, path)
    with _alone(project.root):
        now = file.read_bytes() if file.is_file() else b""
        if digest(now) != note["after"]:
            raise WrongUse(
                "The file was changed again since, so this change was not taken back.",
                "Open the record and change it there; nothing was lost.",
            )
        if note["before"] is None:
            file.unlink()
        else:
            write_file(file, base64.b64decode(note["before"]))
        note_file.unlink(missing_ok=True)
    return path


def _plain(name: str) -> str:
    if not name or any(ch not in "0123456789abcdef-" for ch in name):
        raise WrongUse("There is no such change.", "")
    return name


def home(root: Path) -> Path:
    """Where the page keeps what it may forget; made for this user alone."""
    place = root / HOME
    make_folder(place)
    return place


def sweep(root: Path, now: float | None = None) -> int:
    """Remove drafts and copies for undoing that are older than two weeks; gives how many."""
    limit = (now or time.time()) - KEPT_DAYS * 24 * 3600
    old = [file for file in home(root).glob("*/*.json") if file.stat().st_mtime < limit]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Nobody else's page writes meanwhile; where the place knows no locks, what was opened is still compared."""
    with (home(root) / "lock").open("a+b") as file:
        for _ in range(100):
            if take(file.fileno()) is not False:
                break
            time.sleep(0.02)
        else:
            raise WrongUse("Another page of sendpack is just saving in this folder.", "Save again.")
        yield
