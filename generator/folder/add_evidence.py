"""A file taken into a pupil's evidence with its entry, or a photo; nothing that is there is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.files.atomic_files import write_file
from generator.folder.edit_record import Saved, add_row, note_new, open_record, save
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.blank_records import skeleton
from generator.values.file_names import slug

ENDINGS = frozenset(
    {"pdf", "docx", "doc", "odt", "rtf", "jpg", "jpeg", "png", "heic", "heif", "tif", "tiff", "webp", "txt"}
)
"""Endings of files that may be evidence; what is in them is looked at when they are taken in."""


def add_file(project: Project, pupil: str, name: str, content: bytes) -> str:
    """Put a file into evidence/ under a plain name that is free; gives the name.

    The name is made anew from the one given, so that no path from outside is ever used. Raises WrongUse for a kind of
    file that is no evidence, or an empty one.
    """
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    ending = ending.lower()
    if ending not in ENDINGS:
        raise WrongUse(f"{name} is not a kind of file that can be evidence.", "Give a PDF, Word file or picture.")
    if not content:
        raise WrongUse(f"{name} is empty (0 bytes).", "Copy it again from where it came.")
    folder = project.cases / pupil / "evidence"
    plain = slug(stem)[:60] or "report"
    same = next((file.name for file in _there(folder) if file.read_bytes() == content), "")
    if same:
        raise WrongUse(f"{name} is there already, as {same}.", "Nothing was added.")
    taken = {file.name.casefold() for file in _there(folder)}
    free = (f"{plain}{f'-{number}' if number > 1 else ''}.{ending}" for number in range(1, 1000))
    file = next(one for one in free if one not in taken)
    write_file(folder / file, content)
    return file


def _there(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []


def unlisted(project: Project, pupil: str, listed: set[str]) -> list[str]:
    """The files in evidence/ that no entry names."""
    folder = project.cases / pupil / "evidence"
    names = (file.relative_to(folder).as_posix() for file in _there(folder))
    return sorted(one for one in names if one not in listed and not one.rpartition("/")[2].startswith((".", "~$")))


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
    file = next(one for one in free if not (home / one).exists() or (home / one).read_bytes() == content)
    record = open_record(project, f"cases/{pupil}/pupil.yaml")
    write_file(home / file, content)
    photo = {"file": file, "describes": describes, "consent": "yes" if consent else "no"}
    return save(project, record, {**(record.tree or {}), "photo": photo})


def add_entry(project: Project, pupil: str, row: Mapping[str, Any], on: date) -> Saved:
    """Add an entry to evidence.yaml, which is begun where it is missing. Raises as `save` does."""
    path = f"cases/{pupil}/evidence.yaml"
    if not (project.root / path).is_file():
        text = skeleton(project.schemas.shape("evidence"), {"items": [row]}, "../../schemas/evidence.schema.json", on)
        write_file(project.root / path, text.encode())
        return note_new(project, path)
    return add_row(project, path, "items", row)
