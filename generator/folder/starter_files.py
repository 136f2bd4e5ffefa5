"""The starters in a school's folder on Windows: `.cmd` files that find the program again."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PureWindowsPath

COMMAND = "sendpack.cmd"
OPEN = "Open sendpack.cmd"

_TEXT = """@echo off
rem {what} If it is lost: sendpack init writes it for a new folder.
setlocal
chcp 65001 >nul 2>nul
set "PROGRAM="
{places}
if defined PROGRAM "%PROGRAM%\\python\\python.exe" -X utf8 -m generator -C "%~dp0." {words}
{after}
echo The program sendpack was not found. It was here: "{program}"
echo Unzip it there again, or beside this folder, and try once more.
{end}
"""


def program_folder() -> Path | None:
    """The folder of the archive for Windows from which this program runs; nothing when it was installed otherwise."""
    folder = Path(sys.executable).parent.parent
    return folder if sys.platform == "win32" and (folder / COMMAND).is_file() else None


def starter_files(school: PureWindowsPath, program: PureWindowsPath) -> dict[str, bytes]:
    """The two starters by name: one for a command in a terminal, one to be double-clicked.

    The program is looked for at the same place seen from the school's folder (a stick whose letter changes), then at
    its full path; at both a newer version beside it comes first.
    """
    run = _text(
        school, program, "Runs sendpack for this school's folder.", "%*", "if defined PROGRAM exit /b", "exit /b 3"
    )
    stop = "if defined PROGRAM if not errorlevel 1 exit /b 0\nif defined PROGRAM pause\nif defined PROGRAM exit /b"
    click = _text(school, program, "Opens this school's folder in your browser.", "open", stop, "pause\nexit /b 3")
    return {COMMAND: run, OPEN: click}


def _text(school: PureWindowsPath, program: PureWindowsPath, what: str, words: str, after: str, end: str) -> bytes:
    near = f"%~dp0{_escaped(relative)}" if (relative := _relative(school, program)) else ""
    lines = [line for place in (near, _escaped(str(program))) if place for line in _look_at(place)]
    text = _TEXT.format(
        what=what, places="\n".join(lines), words=words, after=after, program=_escaped(str(program)), end=end
    )
    return text.replace("\n", "\r\n").encode()


def _look_at(place: str) -> list[str]:
    beside = f"{place.rpartition(chr(92))[0]}\\sendpack-*-windows"
    found = 'if not defined PROGRAM if exist "{0}\\python\\python.exe" set "PROGRAM={0}"'
    newer = f'for /d %%d in ("{beside}") do if exist "%%d\\python\\python.exe" set "PROGRAM=%%d"'
    return [newer if "\\" in place else "", found.format(place)]


def _relative(school: PureWindowsPath, program: PureWindowsPath) -> str:
    """The way from one folder to the other on the same drive; nothing between drives."""
    if school.drive.casefold() != program.drive.casefold():
        return ""
    up, shared = list(school.parts), 0
    for mine, other in zip(school.parts, program.parts, strict=False):
        if mine.casefold() != other.casefold():
            break
        shared += 1
    return "\\".join([*[".."] * (len(up) - shared), *program.parts[shared:]])


def _escaped(path: str) -> str:
    """A path as cmd.exe reads it between quotes: only the per cent sign means something there."""
    return path.replace("%", "%%")


def likely_documents() -> Path:
    """Where a person's documents are: in OneDrive where the school's computers keep them there."""
    homes = [os.environ.get("ONEDRIVE", ""), str(Path.home())]
    places = [Path(home) / "Documents" for home in homes if home]
    return next((place for place in places if place.is_dir()), Path.home())
