"""Digests of files, remembered from run to run, so that a run in which nothing changed reads nothing twice.

A remembered digest is used only while the file's size and times are the same and were old when it was taken: a clock
may be so coarse that a second change within the same tick shows in neither.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from generator.files.atomic_files import CACHE, digest, write_file
from generator.problems import Stop

COARSE = 2_500_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT: two seconds), and a little."""

_FORM = 3


class Index:
    """The digests of files by path, and for each case what was planned when it was last read."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._home = place.parents[2] if len(place.parents) > 2 else place
        self._files: dict[str, list[Any]] = {}
        self._seen: dict[str, list[Any]] = {}
        self.plans: dict[str, dict[str, Any]] = {}
        self.used: dict[str, dict[str, Any]] = {}

    @classmethod
    def read(cls, output: Path) -> Index:
        """What the last run remembered; nothing when it cannot be read."""
        index = cls(output / CACHE / "index.json")
        try:
            held = json.loads(index._place.read_bytes())
            if held["form"] == _FORM:
                index._files, index.plans = dict(held["files"]), dict(held["plans"])
        except (OSError, ValueError, KeyError, TypeError):
            index._files, index.plans = {}, {}
        return index

    def write(self, cases: Container[str]) -> None:
        """Remember for the next run; of cases that are no longer there, nothing.

        A place that cannot be written is no reason to stop.
        """
        if not self._changed(cases):
            return
        plans = {name: plan for name, plan in (self.plans | self.used).items() if name in cases}
        gone = tuple(
            f"{self._home / top / name}{os.sep}" for top in ("cases", "output") for name in self.plans.keys() - plans
        )
        files = {path: mark for path, mark in (self._files | self._seen).items() if not path.startswith(gone)}
        held = {"form": _FORM, "files": files, "plans": plans}
        try:
            write_file(self._place, json.dumps(held, separators=(",", ":")).encode())
        except Stop:
            return

    def _changed(self, cases: Container[str]) -> bool:
        """True when there is something to remember, or a case to forget."""
        new = any(self._files.get(path) is not mark for path, mark in self._seen.items())
        planned = any(self.plans.get(name) is not plan for name, plan in self.used.items())
        return new or planned or any(name not in cases for name in self.plans)

    def digest(self, path: Path | str) -> str:
        """The digest of a file's content now. Raises OSError."""
        return self.known(str(path), os.stat(path))  # noqa: PTH116  thousands of calls: Path costs more than the call

    def known(self, path: str, found: os.stat_result) -> str:
        """As `digest`, for a file whose state has just been asked for."""
        state = [found.st_size, found.st_mtime_ns, found.st_ctime_ns]
        held = self._seen.get(path) or self._files.get(path)
        if held and held[:3] == state and max(state[1:]) < held[4] - COARSE:
            self._seen[path] = held
            return str(held[3])
        now = time.time_ns()
        mark = digest(_content(path))
        self._seen[path] = [*state, mark, now]
        return mark

    def of_folder(self, folder: Path) -> Iterator[tuple[str, str]]:
        """Every file in a folder, by its path inside, with its digest, sorted; hidden files are passed over."""
        waiting, found = [(str(folder), "")], []
        while waiting:
            place, inside = waiting.pop()
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    name = f"{inside}{entry.name}"
                    if entry.is_dir():
                        waiting.append((entry.path, f"{name}/"))
                    else:
                        found.append((name, self._mark(entry)))
        return iter(sorted(found))

    def beside(self, folder: Path) -> dict[str, str]:
        """The digest of every file directly in a folder, by name; none when there is no such folder."""
        try:
            with os.scandir(folder) as entries:
                return {entry.name: self._mark(entry) for entry in entries if entry.is_file()}
        except OSError:
            return {}

    def _mark(self, entry: os.DirEntry[str]) -> str:
        try:
            return self.known(entry.path, entry.stat())
        except OSError as error:
            return f"unreadable: {error.errno}"


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def program_mark(index: Index | None = None) -> str:
    """The fingerprint of the program itself: its version and its own source, which may change without a new version."""
    from importlib.metadata import version

    marks = index or Index(Path())
    source = Path(__file__).parents[1]  # the whole package: every room may change a document
    files = sorted(path for path in source.rglob("*.py") if "_data" not in path.parts)
    return f"{version('sendpack')} {digest(''.join(marks.digest(path) for path in files).encode())[:16]}"
