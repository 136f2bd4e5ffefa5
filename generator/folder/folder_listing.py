"""The files of one pupil's folder, and what is wrong with it: rights, pipes, names that some system cannot keep."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.problems import Problem
from generator.values.file_names import alike, cannot_be_kept

UNREADABLE, NAME = "folder-unreadable", "file-name"
"""The rules by which a folder that cannot be read, and a name that not every system keeps, are told."""

ASIDE = ("issued", "sent")
"""Folders of copies of what was given out or sent: nobody looks for records or evidence in them."""


def files_of_pupil(folder: Path) -> tuple[list[str], list[Problem]]:
    """The files by their place in a pupil's folder, in order, and what is wrong with the folder and the names in it.

    Hidden ones are left, and what was given out or sent. A folder that cannot be read costs this pupil a line.
    """
    files: list[str] = []
    shown = f"cases/{folder.name}"
    problems = [_unreadable(shown, error) for error in _cannot_enter(folder)]
    problems += _awkward(f"{shown}", [], folder.name)

    def failed(error: OSError) -> None:
        place = Path(str(error.filename)).relative_to(folder.parent).as_posix()
        problems.append(_unreadable(f"cases/{place}", error))

    for top, inner, names in os.walk(folder, onerror=failed) if not problems or problems[0].rule == NAME else ():
        inner[:] = sorted(one for one in inner if not one.startswith(".") and one not in ASIDE)
        home = Path(top).relative_to(folder).as_posix()
        seen = sorted(one for one in names if not one.startswith("."))
        files += [one if home == "." else f"{home}/{one}" for one in seen]
        problems += _names(f"{shown}" if home == "." else f"{shown}/{home}", [*inner, *seen])
    problems += [_pipe(shown, file) for file in files if not _is_plain(folder / file)]
    return files, problems


def _cannot_enter(folder: Path) -> Iterator[OSError]:
    """Why nothing in a folder can be looked at, as where its names may be read and its files not."""
    try:
        (folder / "pupil.yaml").lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        yield error


def _unreadable(shown: str, error: OSError) -> Problem:
    message = f"this folder cannot be opened ({(error.strerror or str(error)).lower()})"
    return Problem.of_file(shown, "data", UNREADABLE, message, "ask for the right to read it, or move it elsewhere")


def _is_plain(file: Path) -> bool:
    """True for what is a file or leads to one or to nothing: a pipe or a device would make whoever opens it wait."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _pipe(shown: str, file: str) -> Problem:
    message = "this is no file that can be read, but a pipe or a device"
    return Problem.of_file(f"{shown}/{file}", "data", "file-unreadable", message, "delete it, or put a file here")


def _names(home: str, names: Sequence[str]) -> Iterator[Problem]:
    """What some system cannot keep, and pairs that are one name there: the file would be lost when the folder moves."""
    first: dict[str, str] = {}
    for name in names:
        yield from _awkward(f"{home}/{name}", [first.setdefault(alike(name), name)], name)


def _awkward(shown: str, same: Sequence[str], name: str) -> Iterator[Problem]:
    hint = "give it another name"
    if why := cannot_be_kept(name):
        severity = "data" if why.startswith("holds bytes") else "quality"
        yield Problem.of_file(shown, severity, NAME, f"this name {why}", hint)
    if same and same[0] != name:
        message = f"this name and {same[0]} are one name on Windows and Mac, where only one of them could be kept"
        yield Problem.of_file(shown, "quality", NAME, message, hint)


def folders_alike(names: Sequence[str]) -> list[Problem]:
    """The pupils' folders whose names are one name on some system."""
    return [problem for problem in _names("cases", names) if "one name" in problem.message]
