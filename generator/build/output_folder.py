"""The output folder: whole files only, who wrote each of them, and a journal for the day the power goes."""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.files.atomic_files import ASK_OR_MOVE, CACHE, digest, half_of, make_folder, write_file
from generator.files.locks import take
from generator.problems import Stop

MANIFEST = "manifest.json"


# -- what a document was made from ------------------------------------------------------------------------------------


@dataclass
class Memory:
    """The manifest of one pupil's output folder: for each document its files and the fingerprints of what made it.

    `ours` are the digests of other files there that we wrote: of a run that was cut off, or a PDF left behind by a run
    that made only Word files. They are not a user's work, so they may be replaced.
    """

    folder: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    digest_of: Callable[[Path], str] = field(default=lambda path: digest(path.read_bytes()), repr=False)

    @classmethod
    def read(cls, folder: Path, digest_of: Callable[[Path], str] | None = None) -> Memory:
        """What the last build left; nothing when there is none, or it is no manifest of ours.

        Raises Stop when it is there and cannot be opened: without it every file would look as if edited by hand.
        """
        try:
            content = json.loads((folder / MANIFEST).read_text("utf-8"))
            entries, ours = dict(content["documents"]), dict(content.get("unfinished", {}))
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            entries, ours = {}, {}
        except OSError as error:
            raise Stop(
                f"{MANIFEST} in {folder.name} cannot be read ({(error.strerror or str(error)).lower()}).",
                "If it is open in another program, close it there and run again.",
            ) from None
        memory = cls(folder, entries, ours)
        memory.digest_of = digest_of or memory.digest_of
        return memory

    def write(self) -> None:
        """Replace the manifest."""
        content: dict[str, Any] = {"sendpack": _version(), "documents": dict(sorted(self.entries.items()))}
        if self.ours:
            content["unfinished"] = dict(sorted(self.ours.items()))
        write_file(self.folder / MANIFEST, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())

    def changes(self, document: str, fingerprints: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
        """In words, what is different since this document was made; empty when nothing is.

        `names` are the files that are wanted of it.
        """
        entry = self.entries.get(document)
        if entry is None:
            return ["new"]
        before = entry["fingerprints"]
        changed = [f"{n} changed" for n in fingerprints if n in before and before[n] != fingerprints[n]]
        added = [f"{name} is new" for name in fingerprints if name not in before and name not in OF_PDF]
        gone = [f"{name} is gone" for name in before if name not in fingerprints and name not in OF_PDF]
        return changed + added + gone + self.not_whole(document, names)

    def not_whole(self, document: str, names: tuple[str, ...]) -> list[str]:
        """In words, which files of a document are not there as they were made."""
        files = self.entries.get(document, {}).get("files", {})
        missing = [f"{name} was missing" for name in names if name not in files or not (self.folder / name).is_file()]
        half = [f"{name} was not finished" for name in names if self.digest_now(name) == self.ours.get(name, "-")]
        return missing or half

    def digest_now(self, name: str) -> str | None:
        """The digest of a file as it is now; None when it is not there."""
        path = self.folder / name
        return self.digest_of(path) if path.is_file() else None

    def edited(self, name: str) -> bool:
        """True when a file is there that is not as we wrote it: someone edited it, or put it there."""
        now = self.digest_now(name)
        wrote = {entry["files"].get(name) for entry in self.entries.values()} | {self.ours.get(name)}
        return now is not None and now not in wrote


@functools.cache
def _version() -> str:
    from importlib.metadata import version  # many modules, which a check does without

    return version("sendpack")


OF_PDF = ("the PDF engine", "the fonts")
"""Fingerprints that only a PDF has."""


def put_aside(path: Path) -> None:
    """Keep a copy that was edited by hand beside the new file, under a name that is free."""
    free = aside(path)
    try:
        path.rename(free)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Stop(
            f"{path.name} was edited by hand and cannot be kept as {free.name} ({reason}).",
            f"If {path.name} is open in another program, close it there and run again.",
        ) from None


def aside(path: Path) -> Path:
    """The free name under which an edited copy is kept: `profile (edited 1).docx`. Raises Stop when all are taken."""
    for free in places_aside(path):
        if not free.exists():
            return free
    raise Stop(f"There are too many edited copies of {path.name}.", "Move the old ones out of the output folder.")


def places_aside(path: Path) -> Iterator[Path]:
    """The names under which copies of a file are kept beside it, the first one first."""
    yield from (path.with_name(f"{path.stem} (edited {number}){path.suffix}") for number in range(1, 1000))


def edited_by_hand(output: Path, pupil: str, names: Iterable[str]) -> list[Path]:
    """The files of a pupil's output folder, among these names, that are there and not as we wrote them."""
    memory = Memory.read(output / pupil)
    journal = output / CACHE / "writing.txt"
    written = _lines(journal) if journal.is_file() else ()
    cut_off = {mark for folder, files in written if folder == pupil for mark in files.values()}
    return [memory.folder / n for n in names if memory.edited(n) and memory.digest_now(n) not in cut_off]


# -- runs that are cut off --------------------------------------------------------------------------------------------


@contextlib.contextmanager
def locked(output: Path) -> Iterator[None]:
    """Nobody else makes documents in this folder meanwhile. Raises Stop when another run is at work."""
    journal = Journal(output)
    try:
        yield
    finally:
        journal.close()


def _not_writable(error: OSError) -> Stop:
    return Stop(f"The output folder cannot be written ({(error.strerror or str(error)).lower()}).", ASK_OR_MOVE)


class Journal:
    """What this run is about to write, said before it is written, so that a run cut off at any moment does no harm.

    A file that was written but not yet noted in its manifest would else look as if someone had edited it by hand.
    Holds the output folder's lock: two runs at once would lose each other's notes.
    """

    def __init__(self, output: Path) -> None:
        """Raises Stop when another run is at work in this folder."""
        self._output = output
        self._place = output / CACHE / "writing.txt"
        try:
            make_folder(self._place.parent)
            self._lock = (output / CACHE / "lock").open("a+b")
        except OSError as error:
            raise _not_writable(error) from None
        if take(self._lock.fileno()) is False:
            self._lock.close()
            raise Stop("Another sendpack is making documents in this folder.", "Wait until it has finished.")
        try:
            _recover(output, self._place)
            self._notes = self._place.open("ab", buffering=0)
        except OSError as error:
            self._lock.close()
            raise _not_writable(error) from None
        self._unfinished = False

    def note(self, folder: Path, files: Mapping[str, str]) -> None:
        """Say which files, by name with their digests, will be written into a folder of the output.

        Raises Stop when the disk is full: what was not said must not be written.
        """
        line = json.dumps([folder.relative_to(self._output).as_posix(), dict(files)])
        try:
            said = f"\n{line}\n".encode()  # a line of its own even where the disk was full in the middle of the last
            if self._notes.write(said) != len(said):
                raise OSError("no space left on device")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Stop(f"The output folder cannot be written ({reason}).", "Make room on the disk.") from None

    def not_in_manifest(self) -> None:
        """Something was written and could not be noted: the notes stay for the next run, which sets it right."""
        self._unfinished = True

    def close(self) -> None:
        """Everything noted is in its manifest, or stays noted for the next run."""
        self._notes.close()
        if not self._unfinished:
            self._place.unlink(missing_ok=True)
        self._lock.close()

    def abandon(self) -> None:
        """Leave the notes for the next run."""
        self._notes.close()
        self._lock.close()


def _recover(output: Path, journal: Path) -> None:
    """Note in the manifests which files a run wrote that was cut off, and remove what it left half written.

    Where a manifest cannot be written, as when it is open in an editor, its notes are kept.
    """
    if not journal.is_file():
        return
    written: dict[str, dict[str, str]] = {}
    for folder, files in _lines(journal):
        written.setdefault(folder, {}).update(files)
    left = {folder: files for folder, files in written.items() if not _recovered(output / folder, files)}
    if left:
        write_file(journal, "".join(f"{json.dumps(pair)}\n" for pair in left.items()).encode())
    else:
        journal.unlink(missing_ok=True)


def _recovered(folder: Path, files: Mapping[str, str]) -> bool:
    """Note the files of one folder that are as they were announced; False when that cannot be written."""
    try:
        memory = Memory.read(folder)
    except Stop:
        return False
    noted = {name: mark for entry in memory.entries.values() for name, mark in entry["files"].items()}
    for half in folder.glob(".*"):  # of what that run wrote and nothing else: the folder is the user's too
        if half_of(half.name) in {*files, MANIFEST} and not half.is_dir():
            half.unlink(missing_ok=True)
    for name, mark in files.items():
        if noted.get(name) != mark and memory.digest_now(name) == mark:
            memory.ours[name] = mark
    try:
        if memory.ours:
            memory.write()
    except Stop:
        return False
    return True


def _lines(journal: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for line in journal.read_text("utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError):  # the last line may be half written: then nothing was written after it
            folder, files = json.loads(line)
            yield folder, files
