"""What was changed in a school's folder in the last two weeks, and taking one change back.

In: which files a change wrote, made or moved away, and their bytes before. Out: the changes of a pupil, the newest
first, and the files as they were. Kept in output/.cache/page, beside what else the program may forget; only this user
may open it. Taking a change back is a change itself, so that it can be taken back too.
"""

from __future__ import annotations

import json
import secrets
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest, make_folder, write_file
from generator.files.locks import take
from generator.folder.changing.entry_back import with_entry
from generator.folder.school_folder import Project
from generator.problems import Stop, WrongUse

HOME = Path("output") / ".cache" / "page"
KEPT_DAYS = 14
"""Days after which a draft that nobody saved, and what a change could be taken back with, is removed."""

WATCHED_HOMES = ("cases", "templates")


@dataclass(frozen=True)
class FileChange:
    """One file of a change: its place from the school's folder, its bytes before (None: it was not there), and the
    digest after (None: it was moved away).

    `entry` is the file whose entry this change took out of the evidence: that can be put back also where more was
    written since."""

    path: str
    before: bytes | None
    after: str | None
    entry: str = ""
    mixed: bool = False
    """Somebody else changed it too while this change went on: what was there in between is known to nobody."""


@dataclass(frozen=True)
class ChangeMade:
    """One change: the name to take it back by, when it was, what was done in words, its files, and why not any more."""

    name: str
    at: float
    did: str
    paths: tuple[str, ...]
    why_not: str = ""
    by: str = ""
    """Whose view of the page it was made in, `senco` or `teacher`; "" for the command line."""

    @property
    def day(self) -> date:
        """The day of the change."""
        return date.fromtimestamp(self.at)

    @property
    def clock(self) -> str:
        """The time of that day, 14:05."""
        return time.strftime("%H:%M", time.localtime(self.at))


def remember(root: Path, did: str, files: Sequence[FileChange]) -> str:
    """Keep what a change can be taken back with; gives its name, "" for a change of nothing or a part of another."""
    if not files or _part_of_another.get():
        return ""
    sweep(root)
    name = f"{time.time_ns():x}-{secrets.token_hex(6)}"
    place = home(root) / "undo"
    rows = [
        {"path": one.path, "was_there": one.before is not None}
        | {"after": one.after, "entry": one.entry, "mixed": one.mixed}
        | ({"before": digest(one.before)} if one.before is not None else {})
        for one in files
    ]
    for number, one in enumerate(files):
        if one.before is not None:
            write_file(place / f"{name}.{number}", one.before)
    note = {"path": files[0].path, "did": did, "files": rows, "at": time.time(), "by": acting.get()}
    write_file(place / f"{name}.json", json.dumps(note, ensure_ascii=False).encode())
    return name


acting: ContextVar[str] = ContextVar("acting", default="")
"""The role of whoever is making changes on the page now."""

_part_of_another: ContextVar[bool] = ContextVar("part_of_another", default=False)
"""While a change of several steps is being watched as one, its steps are not listed by themselves."""


@contextmanager
def as_one() -> Iterator[None]:
    """What is changed meanwhile by whoever asks is a part of one change, which is remembered by itself."""
    token = _part_of_another.set(True)
    try:
        yield
    finally:
        _part_of_another.reset(token)


def steps_since(root: Path, at: float) -> dict[str, list[tuple[str | None, str | None]]]:
    """What changes of a time or later did to each file: its digest before and after each of them, the first one first.

    None is a file that is not there.
    """
    later = ((note["at"], name, note) for name, note in _notes(root).items() if note["at"] >= at)
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    for _, name, note in sorted(later, key=lambda one: one[:2]):
        for number, row in enumerate(note["files"]):
            kept = _kept(root, name, number)
            before = digest(kept.read_bytes()) if row["was_there"] and kept.is_file() else None
            found.setdefault(row["path"], []).append((before, row["after"]))
    return found


# -- seen and taken back ----------------------------------------------------------------------------------------------


def changes_made(project: Project, inside: str = "") -> list[ChangeMade]:
    """The changes of the last two weeks that touched something below a place (`cases/ada-brown/`), the newest first."""
    notes = _notes(project.root)
    found = [
        _change(project, name, note, notes)
        for name, note in notes.items()
        if any(row["path"].startswith(inside) for row in note["files"])
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _change(project: Project, name: str, note: dict[str, Any], notes: Mapping[str, dict[str, Any]]) -> ChangeMade:
    paths = tuple(row["path"] for row in note["files"])
    why = _why_not(project, name, note, notes)
    return ChangeMade(name, note["at"], note["did"], paths, why, str(note.get("by", "")))


def change_made(project: Project, name: str) -> ChangeMade:
    """One change by its name. Raises WrongUse when it is gone."""
    return _change(project, name, _note(project, name), _notes(project.root))


def take_back(project: Project, name: str) -> ChangeMade:
    """Take one change back, all of its files or none. Raises WrongUse when one of them was changed again since.

    An entry that was taken out of the evidence is put into what the evidence says by now.
    """
    change = change_made(project, name)
    with alone(project.root):
        _digest_of.cache_clear()  # a clock of two seconds, as on some drives, would hide a change
        note = _note(project, name)
        if why := _why_not(project, name, note, _notes(project.root)):
            raise WrongUse(f"{why} Nothing was taken back.", "Nothing was lost.")
        back = list(_as_before(project, name, note))
        now = [_inside(project, one.path) for one in back]
        turned = [_turned_round(one, file) for one, file in zip(back, now, strict=True)]
        way_back = remember(project.root, _turned(change.did), turned)
        try:
            for one, file in zip(back, now, strict=True):
                _put(project, file, one.before)
        except (OSError, Stop) as error:
            for one, file in zip(turned, now, strict=True):
                with suppress(OSError, Stop):
                    _put(project, file, one.before)
            forget_change(project.root, way_back)
            reason = error.message if isinstance(error, Stop) else f"{error.filename} is in use or may not be changed."
            raise WrongUse(f"{reason} Nothing was taken back.", "Close it in other programs, and try again.") from None
        forget_change(project.root, name)
    return change


def _put(project: Project, file: Path, content: bytes | None) -> None:
    """A file as it should be: with these bytes, or not there."""
    if content is None:
        _remove(project, file)
    elif not file.is_file() or file.read_bytes() != content:
        write_file(file, content)


def _as_before(project: Project, name: str, note: dict[str, Any]) -> Iterator[FileChange]:
    for number, row in enumerate(note["files"]):
        before = _kept(project.root, name, number).read_bytes() if row["was_there"] else None
        file = _inside(project, row["path"])
        now = file.read_bytes() if file.is_file() else None
        if row.get("entry") and before is not None and (digest(now) if now else None) != row["after"]:
            before = with_entry(before, now, row["entry"], row["path"], project.schemas)
        yield FileChange(row["path"], before, row["after"])


def _kept(root: Path, name: str, number: int) -> Path:
    return home(root) / "undo" / f"{name}.{number}"


def _turned_round(one: FileChange, file: Path) -> FileChange:
    """The same step backwards: from what is there now to what was there before."""
    now = file.read_bytes() if file.is_file() else None
    return FileChange(one.path, now, None if one.before is None else digest(one.before))


def _turned(did: str) -> str:
    undone, again = "Taken back: ", "Done again: "
    if did.startswith(undone):
        return f"{again}{did.removeprefix(undone)}"
    return f"{undone}{did.removeprefix(again)}"


def _why_not(project: Project, name: str, note: dict[str, Any], notes: Mapping[str, dict[str, Any]]) -> str:
    """Why a change cannot be taken back now, in words; "" where it can."""
    try:
        return _hindrance(project, name, note, notes)
    except (OSError, WrongUse) as error:
        if isinstance(error, WrongUse):
            return error.message
        return "One of its files cannot be opened now: close it in other programs."


def _hindrance(project: Project, name: str, note: dict[str, Any], notes: Mapping[str, dict[str, Any]]) -> str:
    for number, row in enumerate(note["files"]):
        kept = _kept(project.root, name, number)
        if row["was_there"] and not kept.is_file():
            return "It can no longer be taken back: what was there before is not kept any more."
        if row.get("before") and _digest_now(kept) != row["before"]:
            return "It can no longer be taken back: what was kept of before is damaged."
        if row.get("mixed"):
            return "Somebody else changed one of its files while it went on, so this cannot be taken back."
        file = _inside(project, row["path"])
        now = _digest_now(file)
        if now != row["after"] and row.get("entry"):
            content = file.read_bytes() if file.is_file() else None
            with_entry(kept.read_bytes(), content, row["entry"], row["path"], project.schemas)
        elif now != row["after"]:
            later = (one for one in notes.values() if one["at"] > note["at"])
            if any(row["path"] == one["path"] for held in later for one in held["files"]):
                return "It was changed again since: take the later change back first."
            if now is None:
                return "It is not there any more, so this cannot be taken back."
            return "It was changed again since, outside this list (as in a text editor), so this cannot be taken back."
        if not row["was_there"] and file.name == "pupil.yaml" and _others_beside(project, file, note):
            return "The pupil’s folder holds other files by now: take those back first, or delete the pupil’s file."
    return ""


def _digest_now(file: Path) -> str | None:
    """The digest of a file as it is now, reckoned again only when it changed; None where it is not there."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return _digest_of(file, status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None


@lru_cache(maxsize=2048)
def _digest_of(file: Path, changed: int, size: int) -> str:
    return digest(file.read_bytes())


def _others_beside(project: Project, file: Path, note: dict[str, Any]) -> bool:
    """True when the pupil's folder holds more than this change put there."""
    own = {_inside(project, row["path"]) for row in note["files"]}
    there = (one for one in file.parent.rglob("*") if one.is_file() and not one.name.startswith("."))
    return any(one.resolve() not in own for one in there)


def _inside(project: Project, path: str) -> Path:
    """A file of a note, never outside of the folder. Raises WrongUse."""
    file = (project.root / path).resolve()
    if not any(file.is_relative_to((project.root / one).resolve()) for one in WATCHED_HOMES):
        raise WrongUse("There is no such change.", "")
    return file


def _remove(project: Project, file: Path) -> None:
    """Remove a file, and the folders that are empty without it."""
    with suppress(OSError):
        file.chmod(0o600)
    file.unlink(missing_ok=True)
    folder = file.parent
    while folder.is_relative_to(project.root) and folder.parent != project.root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _note(project: Project, name: str) -> dict[str, Any]:
    if not name or any(ch not in "0123456789abcdef-" for ch in name):
        raise WrongUse("There is no such change.", "")
    note = _read(home(project.root) / "undo" / f"{name}.json")
    if not note or note["at"] < _oldest():
        raise WrongUse("This change can no longer be taken back.", f"Changes are kept for {KEPT_DAYS} days.")
    return note


def _notes(root: Path) -> dict[str, dict[str, Any]]:
    """The notes that can be read, by their names; none that is older than changes are kept."""
    read = {file.stem: _read(file) for file in (home(root) / "undo").glob("*.json")}
    return {name: note for name, note in read.items() if note and note["at"] >= _oldest()}


def _read(file: Path) -> dict[str, Any]:
    """A note whose every row is as it must be; {} for any other, which then hinders none of the rest."""
    try:
        note = json.loads(file.read_text("utf-8"))
        rows = [{**row, "path": str(row["path"]), "was_there": bool(row["was_there"])} for row in note["files"]]
        if any(not isinstance(row["after"], str | None) for row in rows) or not rows:
            return {}
        return {**note, "files": rows, "at": float(note["at"]), "did": str(note["did"])}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def forget_change(root: Path, name: str) -> None:
    """Remove what one change could be taken back with: the note first, so that no note is without its files."""
    if name:
        place = home(root) / "undo"
        for file in [place / f"{name}.json", *place.glob(f"{name}.*")]:
            with suppress(OSError):
                file.unlink(missing_ok=True)


# -- where it is kept -------------------------------------------------------------------------------------------------


def home(root: Path) -> Path:
    """Where the page keeps what it may forget; made for this user alone."""
    place = root / HOME
    make_folder(place)
    return place


def sweep(root: Path, now: float | None = None) -> int:
    """Remove drafts and what changes could be taken back with when they are older than two weeks; gives how many.

    A file in use stays until the next time. Where nothing was kept yet, nothing is made.
    """
    limit, gone = _oldest(now), 0
    for file in sorted((root / HOME).glob("*/*"), key=lambda one: one.suffix != ".json"):  # notes before their files
        with suppress(OSError):
            if file.is_file() and file.stat().st_mtime < limit:
                file.unlink()
                gone += file.suffix == ".json"
    return gone


def _oldest(now: float | None = None) -> float:
    return (now or time.time()) - KEPT_DAYS * 24 * 3600


def notes_below(root: Path, place: str, inside: str) -> list[Path]:
    """The notes of drafts (`drafts`) or changes (`undo`) that hold something below a place of the folder."""
    found = []
    for file in sorted((root / HOME / place).glob("*.json")):
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
            note = json.loads(file.read_text("utf-8"))
            paths = [str(note.get("path", "")), *(str(row["path"]) for row in note.get("files", ()))]
            found += [file] if any(path.startswith(inside) for path in paths) else []
    return found


def forget_changes(root: Path, inside: str) -> None:
    """Remove every draft and every change below a place, for good: what is deleted must not come back."""
    for file in _notes_below(root, inside):
        with suppress(OSError):
            for one in file.parent.glob(f"{file.stem}.*"):
                one.unlink(missing_ok=True)


def are_kept(root: Path, inside: str) -> bool:
    """True where a draft or a change below a place is kept, as of a pupil whose folder was taken back."""
    return any(True for _ in _notes_below(root, inside))


def _notes_below(root: Path, inside: str) -> Iterator[Path]:
    for file in [*(root / HOME).glob("*/*.json")]:
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
            note = json.loads(file.read_text("utf-8"))
            paths = [str(note.get("path", "")), *(str(row["path"]) for row in note.get("files", ()))]
            if any(path.startswith(inside) for path in paths):
                yield file


_TRIES = 3000
"""A minute or more: files on a network drive take long, and who ends or is killed holds nothing."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Nobody else's page writes meanwhile; where the place knows no locks, what was opened is still compared."""
    with (home(root) / "lock").open("a+b") as file:
        for _ in range(_TRIES):
            if take(file.fileno()) is not False:
                break
            time.sleep(0.02)
        else:
            raise WrongUse("Another page of sendpack is just saving in this folder.", "Save again.")
        yield
