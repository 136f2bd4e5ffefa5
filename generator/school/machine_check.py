"""What is on this machine: engines, fonts, versions, and whether the school's copies of the schemas are up to date."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

from generator.engines import choose, found
from generator.files import temp_folders
from generator.folder.school_folder import BUILT_IN, find_project
from generator.problems import Stop


def examine(folder: Path, soffice: str | None) -> tuple[list[str], bool]:
    """Lines to show, and False when no PDF can be made here."""
    lines = [
        f"sendpack {version('sendpack')}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    ]
    left = _left_behind()  # first: whatever makes a temporary folder sweeps others away
    engines, fine = _engines(soffice)
    return [*lines, *engines, *_fonts(), *_folder(folder), *left], fine


def _left_behind() -> list[str]:
    """What runs that were cut off left in the system's temporary folder, which may be a child's documents: removed."""
    found = len(temp_folders.abandoned())
    removed = temp_folders.sweep()
    still = temp_folders.abandoned()
    lines = [f"Temporary folders: {_folders(removed)} left by runs that were cut off; removed now."] if found else []
    lines += [f"  {place} cannot be removed: close programs that use it, or restart the computer." for place in still]
    return lines or ["Temporary folders: nothing was left by runs that were cut off."]


def _folders(count: int) -> str:
    return f"{count} folder{' was' if count == 1 else 's were'}"


def _engines(soffice: str | None) -> tuple[list[str], bool]:
    lines = ["PDF engines:"]
    for engine in found(soffice):
        mark = "found  " if engine.available else "not here"
        lines.append(f"  {engine.name:<12}{mark}  {engine.about}")
        if engine.advice:
            lines.append(f"  {'':<12}{engine.advice}")
    try:
        chosen = choose(None, soffice)
        lines.append(f"  used when you do not choose: {chosen.name}")
        chosen.close()
    except Stop as stop:
        lines.append(f"  no engine can be used: {stop.message} {stop.advice}")
        return lines, False
    return lines, True


def _fonts() -> list[str]:
    fonts = sorted(path.stem for path in (BUILT_IN / "templates" / "fonts").glob("*.ttf"))
    return [f"Fonts that come with sendpack: {', '.join(fonts)}"]


def _folder(folder: Path) -> list[str]:
    try:
        project = find_project(folder)
    except Stop as stop:
        return [f"School's folder: none here. {stop.advice}"]
    lines = [f"School's folder: {project.root}"]
    own = project.root / "schemas"
    older = [
        path.name
        for path in sorted((BUILT_IN / "schemas").glob("*.schema.json"))
        if (own / path.name).is_file() and (own / path.name).read_bytes() != path.read_bytes()
    ]
    if older:
        lines.append(
            f"  {len(older)} schemas in schemas/ differ from this version's, so your editor may disagree with it:"
        )
        lines.append(f"  {', '.join(older)}. Copy them from {BUILT_IN / 'schemas'}.")
    return lines
