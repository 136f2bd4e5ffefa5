"""Where LibreOffice is on this machine, and which version it is."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.files import temp_folders

VARIABLE = "SENDPACK_SOFFICE"
"""Environment variable that names the program."""

_NOT_STATED = "(version not stated)"
ADVICE = (
    "install LibreOffice (free, libreoffice.org; the PortableApps edition needs no admin rights), "
    f"or name its program soffice with --soffice or {VARIABLE}"
)


def find(named: str | None = None) -> Path | None:
    """The program: the one named by the caller or the environment and no other, else the first in the usual places."""
    named = named or os.environ.get(VARIABLE)
    if named:
        return _program(Path(named).expanduser())
    return next((program for place in _usual_places() if (program := _program(place)) is not None), None)


def _program(place: Path) -> Path | None:
    """The program itself, when `place` is it, its folder, its installation, or (macOS) its application."""
    inside = ("", "program", "Contents/MacOS")
    for folder in (place / name for name in inside):
        for name in ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice",):
            if (folder / name).is_file():
                return folder / name
    return place if place.is_file() else None


def _usual_places() -> Iterator[Path]:
    for name in ("soffice", "libreoffice"):
        if on_path := shutil.which(name):
            yield Path(on_path)
    if sys.platform == "win32":
        yield from _on_windows()
    elif sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app")
        yield Path.home() / "Applications/LibreOffice.app"
    else:
        yield from (Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice"))
        yield from sorted(Path("/opt").glob("libreoffice*"), reverse=True)
        yield Path("/snap/bin/libreoffice")
        yield Path("/var/lib/flatpak/exports/bin/org.libreoffice.LibreOffice")
        yield Path.home() / ".local/share/flatpak/exports/bin/org.libreoffice.LibreOffice"


def _on_windows() -> Iterator[Path]:
    yield from _in_registry()
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield Path(folder, "LibreOffice")
            yield Path(folder, "Programs", "LibreOffice")
    portable = Path("PortableApps", "LibreOfficePortable", "App", "libreoffice")
    yield from (base / portable for base in (Path.home(), Path.home() / "Documents", *map(Path, ("C:/", "D:/", "E:/"))))


def _in_registry() -> list[Path]:
    if sys.platform != "win32":
        return []
    import winreg

    found = []
    for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        with contextlib.suppress(OSError):
            found.append(Path(winreg.QueryValue(root, r"SOFTWARE\LibreOffice\UNO\InstallPath")))
    return found


def version(program: Path) -> str:
    """The version that the program states, as in "7.4.7.2"; "(version not stated)" when it does not answer."""
    try:
        with temp_folders.folder() as folder:
            told = subprocess.run(
                [str(program), "--version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=30,
                check=False,
                env=os.environ | home(folder),
            )
    except (OSError, subprocess.TimeoutExpired):
        return _NOT_STATED
    stated = re.search(r"LibreOffice\s+([\d.]+)", told.stdout)
    return stated.group(1) if stated else _NOT_STATED


def home(folder: Path) -> dict[str, str]:
    """Environment variables that make the program keep what it writes for itself in this folder."""
    held = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    if sys.platform.startswith("linux"):
        held |= {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    return held


def caution(program: Path) -> str:
    """A warning for an installation that may not see our private folder; empty for all others."""
    if any(part in ("snap", "flatpak") for part in program.parts):
        return "a sandboxed (snap or flatpak) LibreOffice may not reach the files; an ordinary one is safer"
    return ""
