"""A file taken into a pupil's evidence with its entry, or a photo; all of it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest, half_of, write_new_file
from generator.files.spelled_alike import same_name
from generator.folder.changing.changes_made import FileChange, alone, remember
from generator.folder.changing.edit_record import Saved, add_row, note_new, open_record, save
from generator.folder.citing import files_cited_beside
from generator.folder.record_files import no_evidence
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.blank_records import skeleton
from generator.values.file_names import slug

ENDINGS = frozenset({"pdf", "docx", "doc", "odt", "rtf", "jpg", "jpeg", "png", "heic", "heif", "tif", "tiff", "webp"})
"""Endings of files that may be evidence; what is in them is looked at when they are taken in."""


def add_file(project: Project, pupil: str, name: str, content: bytes) -> str:
    """Put a file into evidence/ under a plain name that is free; gives the name.

    The name is made anew from the one given, so that no path from outside is ever used. Raises WrongUse for a kind of
    file that is no evidence by its name or what is in it, or an empty one.
    """
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    ending = ending.lower()
    if ending not in ENDINGS:
        raise WrongUse(f"{name} is not a kind of file that can be evidence.", "Give a PDF, Word file or picture.")
    if not content:
        raise WrongUse(f"{name} is empty (0 bytes).", "Copy it again from where it came.")
    if wrong := no_evidence(name, content):
        raise WrongUse(f"{wrong[0]}. It was not added.", f"{wrong[1][0].upper()}{wrong[1][1:]}.")
    folder = project.cases / pupil / "evidence"
    plain = slug(stem)[:60] or "report"
    free = (f"{plain}{f'-{number}' if number > 1 else ''}.{ending}" for number in range(1, 1000))
    with alone(project.root):  # two who take in the same file at once, or other files of one name
        alike = (file for file in _there(folder) if file.stat().st_size == len(content))
        same = next((file.name for file in alike if file.read_bytes() == content), "")
        if same:
            raise WrongUse(f"{name} is there already, as {same}.", "Nothing was added.")
        taken = {file.name.casefold() for file in _there(folder)}
        file = next(one for one in free if one not in taken and write_new_file(folder / one, content))
    shown = (folder / file).relative_to(project.root).as_posix()
    remember(project.root, f"Taken into evidence: {file}", [FileChange(shown, None, digest(content))])
    return file


def _there(folder: Path) -> list[Path]:
    """The files of a folder; what a run that was cut off left half written is none of them, whole as it may be."""
    found = folder.rglob("*") if folder.is_dir() else ()
    return [file for file in found if file.is_file() and half_of(file.name) is None]


def unlisted(project: Project, pupil: str, listed: set[str]) -> list[str]:
    """The files in evidence/ that no entry names, and no other record either: a photo may lie there too."""
    folder, known = project.cases / pupil / "evidence", {same_name(one) for one in listed}
    names = (file.relative_to(folder).as_posix() for file in _there(folder))
    loose = [one for one in names if same_name(one) not in known and not one.rpartition("/")[2].startswith((".", "~$"))]
    cited = files_cited_beside(project, pupil, [f"evidence/{one}" for one in loose])
    return sorted(one for one in loose if f"evidence/{one}" not in cited)


PHOTOS = frozenset({"jpg", "jpeg", "png"})
"""Pictures that documents can print."""


def add_photo(project: Project, pupil: str, name: str, content: bytes, describes: str, consent: bool) -> Saved:
    """Put a picture of or by the child into the pupil's folder, and say in pupil.yaml what it shows.

    A picture that was there stays. Raises WrongUse for a file that is no picture.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in PHOTOS or not content.startswith((b"\xff\xd8", b"\x89PNG")):
        raise WrongUse(f"{name} is not a picture that documents can print.", "Give a JPEG or PNG.")
    home = project.cases / pupil
    free = (f"photo{f'-{number}' if number > 1 else ''}.{ending}" for number in range(1, 1000))
    record, new = open_record(project, f"cases/{pupil}/pupil.yaml"), list[FileChange]()
    for file in free:
        if write_new_file(home / file, content):
            new = [FileChange(f"cases/{pupil}/{file}", None, digest(content))]
        if (home / file).read_bytes() == content:
            break
    photo = {"file": file, "describes": describes, "consent": "yes" if consent else "no"}
    return save(project, record, {**(record.tree or {}), "photo": photo}, f"Picture taken in: {file}", new)


def add_entry(project: Project, pupil: str, row: Mapping[str, Any], on: date) -> Saved:
    """Add an entry to evidence.yaml, which is begun where it is missing. Raises as `save` does."""
    path = f"cases/{pupil}/evidence.yaml"
    text = skeleton(project.schemas.shape("evidence"), {"items": [row]}, "../../schemas/evidence.schema.json", on)
    if not (project.root / path).is_file() and write_new_file(project.root / path, text.encode()):
        return note_new(project, path)
    return add_row(project, path, "items", row, f"Described in the evidence: {row.get('title', row.get('file'))}")
