"""Whether a bundle has to be made again, and why: fingerprints of everything that it is made from, compared by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.build.digest_cache import Index
from generator.files.atomic_files import digest, write_file
from generator.folder.school_folder import BUILT_IN, Project, case_names
from generator.problems import Stop
from generator.submission.submission_warnings import Caution

_FORM = 1
_OTHERS = "the names of other pupils"


@dataclass(frozen=True)
class LastBundle:
    """What is remembered of a bundle that was made: from what, which files, and what was said of it.

    `files` are (name, SHA-256, what it is, pages). `told` is what depends on nothing but what it was made from; what
    depends on the day's state of the folder is said anew each time. `documents` are the ids of its parts.
    """

    fingerprints: Mapping[str, str]
    files: Sequence[Sequence[str]]
    told: Sequence[Sequence[str]]
    pages: int
    documents: Sequence[str]

    def changes(self, now: Mapping[str, str], folder: Path, index: Index) -> list[str]:
        """In words, what is different since it was made; empty when nothing is, and its files lie there as written."""
        before = self.fingerprints
        found = [f"{name} changed" for name in now if name in before and before[name] != now[name]]
        found += [f"{name} is new" for name in now if name not in before]
        found += [f"{name} is gone" for name in before if name not in now]
        for name, mark, *_ in self.files:
            path = folder / name
            if not path.is_file():
                found.append(f"{name} was missing")
            elif index.digest(path) != mark:
                found.append(f"{name} is not as it was made")
        return found

    def cautions(self) -> list[Caution]:
        """What was said of it then."""
        return [Caution(kind, text) for kind, text in self.told]

    def write(self, place: Path) -> None:
        """Remember it; a place that cannot be written is no reason to stop."""
        held = {
            "form": _FORM,
            "fingerprints": dict(self.fingerprints),
            "files": [list(row) for row in self.files],
            "told": [list(row) for row in self.told],
            "pages": self.pages,
            "documents": list(self.documents),
        }
        try:
            write_file(place, json.dumps(held, ensure_ascii=False).encode())
        except Stop:
            return


def last_bundle(place: Path) -> LastBundle | None:
    """What is remembered of the last one; None when there is none, or it cannot be read."""
    try:
        held = json.loads(place.read_text("utf-8"))
        if held["form"] != _FORM:
            return None
        return LastBundle(held["fingerprints"], held["files"], held["told"], held["pages"], held["documents"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def made_from(project: Project, name: str, index: Index, made_with: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprint of everything that a pupil's bundle is made from, by names that a person understands.

    `made_with` are the engine, the program and what is wanted, as plain values.
    """
    found = {f"cases/{name}/{file}": mark for file, mark in index.of_folder(project.cases / name)}
    if project.school:
        found[project.school.path] = index.digest(project.root / project.school.path)
    found[_OTHERS] = _together(
        index, (project.cases / other / "pupil.yaml" for other in case_names(project) if other != name)
    )
    for folder in project.template_folders:
        for kind in ("*/*.docx", "*/pack.yaml", "words/*.yaml", "*/forms/*.*"):
            for file in sorted(folder.glob(kind)):
                found.setdefault(f"templates/{file.relative_to(folder).as_posix()}", index.digest(file))
    found["the schemas"] = _together(index, _schemas(project))
    found["the fonts"] = _together(index, sorted((BUILT_IN / "templates" / "fonts").glob("*.ttf")))
    return found | {what: digest(repr(value).encode()) for what, value in made_with.items()}


def _schemas(project: Project) -> list[Path]:
    return [*sorted((BUILT_IN / "schemas").glob("*.json")), *sorted((project.root / "schemas").glob("*.json"))]


def _together(index: Index, files: Iterable[Path]) -> str:
    # Without where the school's folder lies: one that was moved holds the same.
    return digest("".join(f"{file.parent.name}/{file.name}{_mark(index, file)}" for file in files).encode())


def _mark(index: Index, file: Path) -> str:
    try:
        return index.digest(file)
    except OSError as error:
        return f"unreadable {error.errno}"
