"""A child's file deleted for good: everything that names the child here, in an order in which a rerun can go on.

First what was made (documents, archives, previews, caches, reports of crashes), last the records: until they are gone
the command can simply be given again. What is being deleted is written down before, and the receipt at the very end.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.build.output_folder import locked
from generator.bundle import names_found
from generator.files.atomic_files import CACHE, OLD, sweep_halves, was_left, write_file
from generator.files.user_files import LEDGER, as_we_wrote_it
from generator.folder.changing.changes_made import HOME, forget_changes
from generator.folder.pupil_names import names_of
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.school.pupil_files.data_rights import Receipt, handed_over, mentions_of
from generator.school.pupil_files.files_as_text import pages_as_text
from generator.school.pupil_files.transfer import remove_tree
from generator.values.spelling.plain_letters import plain_letters

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


def begun(project: Project, case: str) -> Deletion | None:
    """A deletion of this pupil that was cut off, to be gone on with."""
    for file in _receipts(project).glob(".forgetting-*.json"):
        with contextlib.suppress(OSError, ValueError, TypeError):
            found = Deletion(**json.loads(file.read_text("utf-8")))
            if found.case == case:
                return Deletion(**{**asdict(found), "names": tuple(found.names)})
    return None


def decide(project: Project, case: str, reference: str, on: date, kept_until: date | None, reason: str) -> Deletion:
    """What will be deleted, counted; nothing is deleted yet."""
    files = [path for folder in _folders(project, case) if folder.is_dir() for path in _files(folder)]
    size = sum(path.lstat().st_size for path in files)
    until = kept_until.isoformat() if kept_until else "not known"
    names = tuple(sorted({*names_of(project, case).names, case}))
    return Deletion(case, reference, on.isoformat(), reason, until, len(files), size, names)


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


def still_elsewhere(project: Project, case: str) -> list[str]:
    """What forgetting does not reach: other pupils' records, files of a user's choosing, backups."""
    return [*mentions_of(project, case), *handed_over(project), "backups and printed copies"]


def _folders(project: Project, case: str) -> tuple[Path, Path]:
    return project.cases / case, project.root / "output" / case


def _files(folder: Path) -> Iterator[Path]:
    for top, _, names in os.walk(folder):
        yield from (Path(top) / name for name in names)


def _links(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        yield from (path for name in (*folders, *names) if (path := Path(top) / name).is_symlink())


def _receipts(project: Project) -> Path:
    return project.root / "output" / "_school" / "receipts"


# -- what names the child ---------------------------------------------------------------------------------------------


def _traces(project: Project, decided: Deletion) -> Iterator[str]:
    """Archives, previews and papers for the whole school that name the child and are as we wrote them."""
    output = project.root / "output"
    ledger = _read(output / LEDGER)
    skipped = {output / name for name in (*_pupils(project), CACHE)} | {_receipts(project)}
    for path in sorted(output.rglob("*")):
        if not path.is_file() or path.is_symlink() or any(path.is_relative_to(one) for one in skipped):
            continue
        name = path.relative_to(project.root).as_posix()
        ours = path.parent.name == "preview" or as_we_wrote_it(path, ledger.get(name))
        if ours and _names_child(path, decided):
            path.unlink()
            ledger.pop(name, None)
            yield f"{name} named the child and was deleted"
    # A file that is gone has no line, also where a run was cut off in between: its name may be the child's.
    ledger = {name: mark for name, mark in ledger.items() if (project.root / name).exists()}
    if (output / LEDGER).is_file():
        write_file(output / LEDGER, (json.dumps(ledger, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _pupils(project: Project) -> list[str]:
    return [path.name for path in project.cases.iterdir() if path.is_dir()]


def _names_child(path: Path, decided: Deletion) -> bool:
    if f"-{decided.reference}-" in path.name or decided.case in path.name:
        return True
    text = _text(path)
    words = set(re.split(r"\W+", plain_letters(text)))  # a table has first name and surname in columns of their own
    apart = any(set(re.split(r"\W+", plain_letters(name))) <= words for name in decided.names)
    return apart or bool(names_found([text], decided.names))


def _text(path: Path) -> str:
    """What a file of ours says, as far as it can be read; one that no library reads names nobody whom we could find."""
    return "\n".join(pages_as_text(path.name, path.read_bytes()) or ())


def _caches(project: Project, decided: Deletion) -> Iterator[str]:
    """What the program may forget without harm; what somebody wrote about another pupil and has not saved stays."""
    page = project.root / HOME
    forget_changes(project.root, f"cases/{decided.case}/")
    for path in [*page.parent.glob("*"), *page.glob("passing")]:
        if path.name not in ("lock", "writing.txt") and path != page:  # both are in use
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    yield from ()


def _reports(decided: Deletion) -> Iterator[str]:
    """Reports of crashes in the temporary folder that name the child or the folder."""
    for path in Path(tempfile.gettempdir()).glob("sendpack-report-*.txt"):
        with contextlib.suppress(OSError):
            said = path.read_text("utf-8", "replace")
            if not said or decided.case in said or names_found([said], decided.names):
                path.unlink()
                yield f"{path.name}: a report of a crash that named the child was deleted"


# -- what runs left that were cut off ---------------------------------------------------------------------------------


def swept(project: Project, old: float = OLD) -> list[str]:
    """Remove what killed runs of receive, send-on and forget left; what it was, in words."""
    output = project.root / "output"
    told = []
    for folder in (project.cases, output):
        for path in sorted(found for pattern in _LEFT for found in folder.glob(pattern)):
            age = 0 if path.name.startswith(".forgetting-") else old
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime < age:
                    continue
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
                told.append(was_left(path))
    # Somebody may be at work in output: what is younger stays, and the child's own folder goes as a whole.
    halves = [*sweep_halves(project.cases, old), *sweep_halves(output)]
    return [*told, *map(was_left, halves)]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
