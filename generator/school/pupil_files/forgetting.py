"""A child's file deleted for good: everything that names the child here, in an order in which a rerun can go on.

First what was made (documents, archives, previews, caches, reports of crashes), last the records: until they are gone
the command can simply be given again. What is being deleted is written down before, and the receipt at the very end.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.build.output_folder import locked
from generator.bundle import names_found
from generator.files.atomic_files import OLD, sweep_halves, was_left, write_file
from generator.files.user_files import LEDGER, hand_over
from generator.folder.changing.changes_made import HOME, forget_changes
from generator.folder.pupil_names import names_of
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.school.pupil_files.data_rights import Receipt
from generator.school.pupil_files.named_outside import RECEIPTS, NamedOutside, found_outside, still_named, without_child
from generator.school.pupil_files.transfer import remove_tree

_LEFT = (".forgetting-*", ".receiving-*")


@dataclass(frozen=True)
class Deletion:
    """A deletion as it was decided; it is kept beside the receipts until it is finished, and only until then."""

    case: str
    reference: str
    on: str
    reason: str
    kept_until: str
    files: int
    size: int
    names: tuple[str, ...]
    outside: tuple[NamedOutside, ...] = ()
    """What else goes or is cut, as it was told before: a file that came to be since stays, and is listed."""

    def told(self) -> list[str]:
        """What goes besides the two folders, a line each."""
        return [f"{one.path}: {one.advice}" for one in self.outside]


def begun(project: Project, case: str) -> Deletion | None:
    """A deletion of this pupil that was cut off, to be gone on with."""
    for file in _receipts(project).glob(".forgetting-*.json"):
        with contextlib.suppress(OSError, ValueError, TypeError):
            found = Deletion(**json.loads(file.read_text("utf-8")))
            if found.case == case:
                outside = tuple(NamedOutside(**one) for one in json.loads(file.read_text("utf-8")).get("outside", ()))
                return replace(found, names=tuple(found.names), outside=outside)
    return None


def decide(project: Project, case: str, reference: str, on: date, kept_until: date | None, reason: str) -> Deletion:
    """What will be deleted, counted; nothing is deleted yet."""
    files = [path for folder in _folders(project, case) if folder.is_dir() for path in _files(folder)]
    size = sum(path.lstat().st_size for path in files)
    until = kept_until.isoformat() if kept_until else "not known"
    names = tuple(sorted({*names_of(project, case).names, case}))
    outside = tuple(found_outside(project, case, names, reference))
    return Deletion(case, reference, on.isoformat(), reason, until, len(files), size, names, outside)


def delete(project: Project, decided: Deletion) -> tuple[Receipt, Path, list[str]]:
    """Delete, or go on deleting; the receipt, where it is, and what else was deleted because it named the child.

    Takes the lock of a build. Raises Stop when a file cannot be deleted: then the command can be given again.
    """
    note = _receipts(project) / f".forgetting-{decided.reference}.json"
    with locked(project.root / "output"):
        write_file(note, json.dumps(asdict(decided), ensure_ascii=False).encode())
        cases, output = _folders(project, decided.case)
        remove_tree(output)
        told = [*_traces(project, decided), *_caches(project, decided), *_reports(decided)]
        remove_tree(cases)
        told += swept(project, old=0)
        receipt = Receipt(
            decided.reference, decided.on, decided.files, decided.size, decided.kept_until, decided.reason
        )
        place = _receipts(project) / f"forgotten-{decided.on}-{decided.reference}.json"
        write_file(place, receipt.as_json())
        note.unlink(missing_ok=True)
    return receipt, place, told


def links_out(project: Project, case: str) -> list[str]:
    """Where a pupil's folder, or something in it, is a link: the folder that is deleted too, files that are not."""
    told = []
    for folder in _folders(project, case):
        if folder.is_symlink():
            told.append(f"{folder.name} is a link to {folder.resolve()}: what is there is deleted too")
        told += [f"{path} is a link; {path.resolve()} stays" for path in _links(folder) if path.resolve().exists()]
    return told


def must_be_deletable(project: Project, case: str) -> None:
    """Raises WrongUse for a folder that is a link to something else than a pupil's file."""
    folder = project.cases / case
    target = folder.resolve()
    if folder.is_symlink() and (not (target / "pupil.yaml").is_file() or project.root.resolve().is_relative_to(target)):
        raise WrongUse(f"cases/{case} is a link to {target}, which is no pupil's folder. Nothing was deleted.")


def leftovers(project: Project, decided: Deletion) -> list[str]:
    """What else is cleared away on this computer, and names nobody who stays: reports of crashes, halves of files."""
    lines = [f"{path}: a report of a crash that names the child" for path in _reports_of(decided)]
    lines += [f"{path.name}: left by a run that was cut off" for path in _cut_off(project)]
    return [*lines, "what the program remembers to be quick, and what of this child could be brought back"]


def still_elsewhere(project: Project, decided: Deletion) -> list[str]:
    """Once it is done, what was not reached: each file that names the child, with its line, and what nobody can see."""
    return [*still_named(project, decided.names), "backups, printed copies, and pictures that nobody can search"]


def _folders(project: Project, case: str) -> tuple[Path, Path]:
    return project.cases / case, project.root / "output" / case


def _files(folder: Path) -> Iterator[Path]:
    for top, _, names in os.walk(folder):
        yield from (Path(top) / name for name in names)


def _links(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        yield from (path for name in (*folders, *names) if (path := Path(top) / name).is_symlink())


def _receipts(project: Project) -> Path:
    return project.root / RECEIPTS


# -- what names the child ---------------------------------------------------------------------------------------------


def _traces(project: Project, decided: Deletion) -> Iterator[str]:
    """The archives, previews and lists that were announced, where nobody has changed them since."""
    ledger_file = project.root / "output" / LEDGER
    there = {one.path for one in found_outside(project, decided.case, decided.names, decided.reference)}
    for one in decided.outside:
        path = project.root / one.path
        if one.path not in there:
            continue
        if one.cut:
            hand_over(project.root, path, without_child(path.read_text("utf-8"), decided.names).encode())
            yield f"{one.path} named the child and was written again without"
        else:
            path.unlink()
            yield f"{one.path} named the child and was deleted"
    # A file that is gone has no line, also where a run was cut off in between: its name may be the child's.
    ledger = {name: mark for name, mark in _read(ledger_file).items() if (project.root / name).exists()}
    if ledger_file.is_file():
        write_file(ledger_file, (json.dumps(ledger, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _caches(project: Project, decided: Deletion) -> Iterator[str]:
    """What the program may forget without harm; what somebody wrote about another pupil and has not saved stays."""
    page = project.root / HOME
    forget_changes(project.root, f"cases/{decided.case}/")
    for path in [*page.parent.glob("*"), *page.glob("passing")]:
        if path.name not in ("lock", "writing.txt") and path != page:  # both are in use
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    yield from ()


def _reports(decided: Deletion) -> Iterator[str]:
    for path in _reports_of(decided):
        path.unlink(missing_ok=True)
        yield f"{path.name}: a report of a crash that named the child was deleted"


def _reports_of(decided: Deletion) -> Iterator[Path]:
    """Reports of crashes in the temporary folder that name the child or the folder."""
    for path in sorted(Path(tempfile.gettempdir()).glob("sendpack-report-*.txt")):
        with contextlib.suppress(OSError):
            said = path.read_text("utf-8", "replace")
            if not said or decided.case in said or names_found([said], decided.names):
                yield path


# -- what runs left that were cut off ---------------------------------------------------------------------------------


def swept(project: Project, old: float = OLD) -> list[str]:
    """Remove what killed runs of receive, send-on and forget left; what it was, in words."""
    output = project.root / "output"
    told = []
    for path in _cut_off(project):
        age = 0 if path.name.startswith(".forgetting-") else old
        with contextlib.suppress(OSError):
            if time.time() - path.lstat().st_mtime < age:
                continue
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            told.append(was_left(path))
    # Somebody may be at work in output: what is younger stays, and the child's own folder goes as a whole.
    halves = [*sweep_halves(project.cases, old), *sweep_halves(output)]
    return [*told, *map(was_left, halves)]


def _cut_off(project: Project) -> list[Path]:
    homes = (project.cases, project.root / "output")
    return [path for home in homes for path in sorted(found for one in _LEFT for found in home.glob(one))]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
