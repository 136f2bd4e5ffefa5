"""A pupil's file that another school sent: every file of it is checked, then all of it is placed, or nothing."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from generator.files.atomic_files import MAKE_ROOM, is_full, write_file, write_pieces
from generator.files.damaged_archives import DAMAGED
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, case_names
from generator.problems import Stop, WrongUse
from generator.records.record import read_record
from generator.records.yaml_text.yaml_editor import with_row
from generator.records.yaml_text.yaml_layout import NoPlaceForIt
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.school.pupil_files.transfer import MANIFEST
from generator.values.file_names import alike, cannot_be_kept, slug
from generator.values.identifiers import compact

MAX_UNPACKED = 2_000_000_000
"""Bytes: no child's file is larger; an archive that unpacks to more is not one of ours."""


@dataclass(frozen=True)
class Received:
    """A pupil's file that was received: the folder, how many files, and what needs a look."""

    case: str
    files: int
    notes: tuple[str, ...]


def receive(project: Project, file: Path) -> Received:
    """Unpack a file that another school sent into a new folder of cases; nothing that is there is touched.

    Raises WrongUse when it is damaged, no such file, or the pupil is here already.
    """
    manifest = _checked(file)
    pupil = manifest["pupil"]
    name = slug(str(pupil["folder"])) or "received"
    _not_here(project, name, str(pupil.get("upn", "")))
    with _beside(project.cases) as beside, zipfile.ZipFile(file) as zipped:
        new = beside / "new"
        for path in manifest["files"]:
            part, _, rest = path.partition("/")
            if part in ("records", "documents"):
                write_pieces(new / (rest if part == "records" else f"earlier-school/{rest}"), _read(zipped, path))
        _must_be_of(new / "pupil.yaml", str(pupil.get("upn", "")), file.name)
        _take_its_place(new, project.cases / name)
    notes = [f"left out by the sending school: {path}" for path in manifest.get("left_out", ())]
    notes += _welcome_staff(project, manifest.get("staff", ()))
    return Received(name, len(manifest["files"]), (*notes, *_faults(project, name)))


@contextlib.contextmanager
def _beside(cases: Path) -> Iterator[Path]:
    """A folder for what is received until all of it is there; what cannot be removed is swept by a later run."""
    try:
        made = Path(tempfile.mkdtemp(prefix=".receiving-", dir=cases))
    except OSError as error:
        raise _not_placed(cases, error) from None
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _take_its_place(new: Path, folder: Path) -> None:
    try:
        new.replace(folder)
    except OSError as error:
        raise _not_placed(folder, error) from None


def _not_placed(folder: Path, error: OSError) -> Stop:
    reason = (error.strerror or str(error)).lower()
    return Stop(
        f"{folder.name} cannot be written ({reason}).",
        MAKE_ROOM if is_full(error) else f"Nothing was kept. Can you write in {folder.parent}?",
    )


def _checked(file: Path) -> dict[str, Any]:
    """The manifest of an archive of which every file was read once and is as it was packed; nothing is placed yet."""
    try:
        with zipfile.ZipFile(file) as zipped:
            entries = [entry for entry in zipped.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise WrongUse(f"{file.name} unpacks to more than any pupil's file holds.", "Ask the school about it.")
            if zipped.getinfo(MANIFEST).file_size > _MAX_MANIFEST:
                raise WrongUse(f"{file.name} lists more files than any pupil's file holds.", "Ask the school about it.")
            manifest: dict[str, Any] = json.loads(zipped.read(MANIFEST))
            listed = {name: row["sha256"] for name, row in manifest["files"].items()}
            assert isinstance(manifest["pupil"]["folder"], str)
            assert all(isinstance(row[key], str) for row in manifest.get("staff", ()) for key in ("id", "name", "role"))
            assert all(isinstance(name, str) for name in manifest.get("left_out", ()))
            names = [entry.filename for entry in entries if entry.filename != MANIFEST]
            wrong = [name for name in names if _leads_out(name)] or _one_name(names) or sorted({*names} ^ {*listed})
            wrong = wrong or [name for name in names if _mark(_pieces(zipped, name)) != listed[name]]
    except _DAMAGED:
        raise WrongUse(f"{file.name} is damaged, or was not made by sendpack send-on.", "Ask for it again.") from None
    if wrong:
        raise WrongUse(f"{file.name} is not as it was sent: {wrong[0]} does not match.", "Ask for it again.")
    return manifest


_MAX_MANIFEST = 20_000_000
"""Bytes: the list of a hundred thousand files."""
_PIECE = 1 << 20
"""Bytes of a file that are held at once."""


def _pieces(zipped: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with zipped.open(name) as packed:
        while piece := packed.read(_PIECE):
            yield piece


def _read(zipped: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The pieces of a file that could be read a moment ago. Raises WrongUse where it cannot any more."""
    try:
        yield from _pieces(zipped, name)
    except _DAMAGED:
        shown = Path(str(zipped.filename)).name
        advice = "Nothing was kept. Copy it to this computer first, then run again."
        raise WrongUse(f"{shown} cannot be read any more.", advice) from None


def _mark(pieces: Iterable[bytes]) -> str:
    mark = sha256()
    for piece in pieces:
        mark.update(piece)
    return mark.hexdigest()


def _must_be_of(record: Path, upn: str, shown: str) -> None:
    """Raises WrongUse where pupil.yaml is another child's than the archive says: one would be taken for the other."""
    if not record.is_file():
        raise WrongUse(f"{shown} holds no pupil.yaml.", "Nothing was kept. Ask the school about it.")
    tree, _ = read_yaml(record.read_bytes(), record.name)
    inside = str(tree.get("upn") or "") if isinstance(tree, Mapping) else ""
    if compact(inside) != compact(upn):
        raise WrongUse(
            f"{shown} says that it is of the pupil with the UPN {upn or '(none)'}, but its pupil.yaml says"
            f" {inside or '(none)'}.",
            "Nothing was kept. Ask the school which child it is.",
        )


_DAMAGED = (*DAMAGED, TypeError, AttributeError, AssertionError)
"""What reading a broken archive raises: of the zip, of what packed it, of the manifest in it."""


def _leads_out(name: str) -> bool:
    """True for a name that cannot be, or must not be, a file's in a pupil's folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not name.isprintable() or path.is_absolute() or path.as_posix() != name:
        return True
    return any(part.startswith(".") or cannot_be_kept(part) for part in path.parts)


def _one_name(names: Iterable[str]) -> list[str]:
    """Names of which some system would keep only one: by capital letters, or as a file and as a folder."""
    seen: dict[str, str] = {}
    twice = [name for name in names if seen.setdefault(alike(name), name) != name]
    homes = {alike(parent.as_posix()) for name in names for parent in PurePosixPath(name).parents}
    return twice + [name for name in names if alike(name) in homes]


def _not_here(project: Project, name: str, upn: str) -> None:
    if (project.cases / name).exists():
        raise WrongUse(f"There is already a folder cases/{name}.", "Rename that folder first, if it is another child.")
    for other in case_names(project):
        case = load_case(project, other).case
        if case and upn and compact(str(case.data("pupil").get("upn", ""))) == compact(upn):
            raise WrongUse(f"The pupil is here already, in cases/{other}; nothing was changed.")


def _welcome_staff(project: Project, staff: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Names that old records cite are added to school.yaml, so that these records stay whole."""
    file = project.cases / "school.yaml"
    here = {row["id"]: row for row in project.school.data.get("staff", ())} if project.school else {}
    for row in staff:
        known = here.get(row["id"])
        if known and known["name"] != row["name"]:
            yield f"`{row['id']}` is {row['name']} in the records, but {known['name']} in school.yaml"
        elif not known:
            shape = project.schemas.shape("school")
            try:
                text = file.read_text("utf-8")
                new = with_row(text, "staff", {key: row[key] for key in ("id", "name", "role")}, shape)
                record, problems = read_record(new.encode(), "cases/school.yaml", "school", project.schemas)
                if record is None or any(problem.blocks for problem in problems):
                    raise NoPlaceForIt("it would not be right afterwards")
            except (NoPlaceForIt, UnicodeDecodeError) as error:
                yield f"add {row['name']} ({row['id']}) to staff in school.yaml by hand: {error}"
            else:
                write_file(file, new.encode())
                yield f"{row['name']} of the earlier school was added to staff in school.yaml, for the old records"


def _faults(project: Project, name: str) -> Iterator[str]:
    from generator.folder.school_folder import find_project

    for problem in load_case(find_project(project.root), name).problems:
        if problem.blocks:
            yield str(problem)
