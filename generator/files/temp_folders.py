"""Private folders for what a run needs for a moment, and the removal of those that a killed run left behind.

A child's documents pass through these folders. A run that ends removes its own; one that is killed cannot, so the next
run does it. A folder is in use while its owner holds the lock of a file in it, whoever and on whatever machine that is:
process numbers, which are given out again, decide nothing.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from generator.files.locks import take

PREFIX = "sendpack-"
IN_USE = ".in-use"
"""The file in each folder whose lock its owner holds."""

NEWBORN = 24 * 3600
"""Seconds for which a folder without that file is left alone: its owner may be about to write it."""

_held: dict[Path, IO[bytes]] = {}


def make(inside: Path | None = None) -> Path:
    """A new folder that only this user may open (mode 0700), this program's until `drop`. `inside` the system's own.

    The first time, what killed runs left is removed.
    """
    _sweep_once()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=inside))
        file = (folder / IN_USE).open("xb")
        if take(file.fileno()) is not False and folder.is_dir():
            _held[folder] = file
            return folder
        file.close()  # somebody sweeps it away at this very moment


def drop(folder: Path) -> None:
    """Remove a folder of this program with everything in it; what cannot be removed is left to the next run."""
    if (file := _held.pop(folder, None)) is not None:
        file.close()
    shutil.rmtree(folder, ignore_errors=True)


def held() -> list[Path]:
    """The folders of this program."""
    return list(_held)


def drop_for_good(folders: Sequence[Path]) -> None:
    """Remove folders when the program is about to end in the middle of something, as when the user pressed Ctrl-C.

    A LibreOffice that was just being started in one of them may be in no list yet, and would make its folder anew.
    """
    for each in folders:
        _end_programs_in(each)
        drop(each)
    until = time.monotonic() + 2
    while time.monotonic() < until and any(each.exists() for each in folders):
        time.sleep(0.05)
        for each in folders:
            _end_programs_in(each)
            drop(each)


@contextlib.contextmanager
def folder(inside: Path | None = None) -> Iterator[Path]:
    """A folder for as long as the block lasts."""
    made = make(inside)
    try:
        yield made
    finally:
        drop(made)


# -- what killed runs left --------------------------------------------------------------------------------------------


def abandoned() -> list[Path]:
    """The folders of this user's runs that were killed. None of another user, none in use, nothing behind a link."""
    return [place for place, file in _ownerless() if _closed(file)]


def sweep() -> int:
    """Remove what killed runs of this user left, and end a LibreOffice that still works in it; how many there were."""
    swept = 0
    for place, file in _ownerless():
        _end_programs_in(place)
        if sys.platform == "win32" and file:
            file.close()  # an open file cannot be removed there
        shutil.rmtree(place, ignore_errors=True)
        _closed(file)
        swept += not place.exists()
    return swept


@functools.cache
def _sweep_once() -> None:
    sweep()


def _closed(file: IO[bytes] | None) -> bool:
    if file:
        file.close()
    return True


def _ownerless() -> Iterator[tuple[Path, IO[bytes] | None]]:
    """Each folder that nobody uses, with its lock held by us while the caller looks at it; without one if it has none.

    Of two who look at once, only one gets the lock.
    """
    try:
        with os.scandir(tempfile.gettempdir()) as entries:
            names = sorted(entry.path for entry in entries if entry.name.startswith(PREFIX) and _ours(entry))
    except OSError:
        return
    for place in map(Path, names):
        if place in _held:
            continue
        file = _opened(place / IN_USE)
        if file is None:
            if not (place / IN_USE).exists() and _age(place) > NEWBORN:
                yield place, None
        elif take(file.fileno()) is True:
            yield place, file
        else:
            file.close()


def _ours(entry: os.DirEntry[str]) -> bool:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (sys.platform == "win32" or found.st_uid == os.getuid())


def _opened(path: Path) -> IO[bytes] | None:
    """The lock's file; None when there is none or it is not a plain file of ours."""
    try:
        number = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    return os.fdopen(number, "r+b")


def _age(place: Path) -> float:
    try:
        return time.time() - place.lstat().st_mtime
    except OSError:
        return 0.0


def _end_programs_in(place: Path) -> None:
    """End a LibreOffice whose private folder this is: a run that was killed could not. Linux tells which; others wait.

    Its command line names the folder, whose name is unlike any other; so no process of somebody's own is meant.
    """
    profile = f"-env:UserInstallation={place.as_uri()}/"
    for process in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
        try:
            words = (process / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            continue
        if any(word.startswith(profile) for word in words):
            with contextlib.suppress(OSError):
                os.kill(int(process.name), signal.SIGKILL)
