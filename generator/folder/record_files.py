"""One file of a folder read as a record, and the files that the record cites."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.files.spelled_alike import find_file, same_name
from generator.problems import Problem
from generator.records.record import MAX_BYTES, Record, Schemas, marked, read_record
from generator.values.did_you_mean import did_you_mean


def read_file(
    file: Path, shown: str, kind: str, schemas: Schemas, within: Path | None = None
) -> tuple[Record | None, list[Problem]]:
    """Read one file; too big, unreadable or leading out of the folder are problems like any other."""
    try:
        if within is not None and not file.resolve().is_relative_to(within.resolve()):
            message = "this is a link to a file outside the pupil's folder"
            return None, [Problem.of_file(shown, "data", "file-outside", message, "put the file itself here")]
        if not stat.S_ISREG(file.stat().st_mode):
            message = "this is no file that can be read, but a pipe or a device"
            return None, [Problem.of_file(shown, "data", "file-unreadable", message, "delete it, or put a file here")]
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"this file cannot be opened ({(error.strerror or str(error)).lower()})"
        return None, [
            Problem.of_file(
                shown, "data", "file-unreadable", message, "close it elsewhere or ask for the right to read it"
            )
        ]
    return read_record(content, shown, kind, schemas)


def files_cited(record: Record, folder: Path, schemas: Schemas) -> Iterator[Problem]:
    """Files that a record names: they are in the pupil's folder, under the name as it is written."""
    for keys, value, schema in marked(record, schemas, ("x-file-in",)):
        if isinstance(value, str) and (fault := _file_fault(value, schema["x-file-in"], folder)):
            yield Problem.at(record, keys, "data", "file-cited", *fault)
        elif record.kind == "evidence" and (odd := _not_to_be_taken_in(folder / schema["x-file-in"], str(value))):
            yield Problem.at(record, keys, "data", "file-kind", *odd)


_TAKEN = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"),
    *(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"GIF8", b"BM", b"RIFF"),
)
"""How Word files, old ones, rich text and pictures begin; bundle/evidence/file_type.py looks closer."""

_LOOKED_AT = 1024
"""A PDF may have other bytes before its mark; readers look so far for it."""


_SAVE_IT = "open it in the program that made it, and save it as PDF or Word; its ending alone does not make it one"


def no_evidence(name: str, content: bytes) -> tuple[str, str] | None:
    """Why a file cannot be evidence, whatever its name, and what to do; None for a PDF, Word file or picture."""
    begins = content[:_LOOKED_AT]
    if begins.startswith(_TAKEN) or b"%PDF-" in begins or begins[4:8] == b"ftyp":
        return None
    return f"{name} is no PDF, Word file or picture, so a bundle cannot take it in", _SAVE_IT


def _not_to_be_taken_in(home: Path, name: str) -> tuple[str, str] | None:
    """Evidence that is no PDF, Word file or picture, whatever its name: a bundle would refuse it on the last day."""
    target = find_file(home, name.replace("\\", "/"))
    try:
        with target.open("rb") as opened:
            begins = opened.read(_LOOKED_AT)
    except OSError:
        return None  # told where the file itself is read
    return no_evidence(f"`{name}`", begins)


def _file_fault(name: str, inside: str, folder: Path) -> tuple[str, str] | None:
    home = folder / inside
    where = f"{inside}/" if inside not in ("", ".") else "the pupil's folder"
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        return f"`{name}` leads out of {where}", "write only the name of a file in that folder"
    target = find_file(home, str(path))
    if not target.is_file():
        held = (p for p in home.rglob("*") if p.is_file() and not p.name.startswith(".")) if home.is_dir() else ()
        there = sorted(p.relative_to(home).as_posix() for p in held)
        near = did_you_mean(name, there)
        hint = f"did you mean `{near[0]}`?" if near else f"put the file into {where}, or correct the name"
        return f"there is no file `{name}` in {where}", hint
    if not target.resolve().is_relative_to(folder.resolve()):
        return f"`{name}` is a link to a file outside the pupil's folder", "put the file itself there"
    if same_name(target.name) not in {same_name(p.name) for p in target.parent.iterdir()}:
        return f"the name `{name}` differs from the file's in capital letters", "write it exactly as the file is named"
    if target.stat().st_size == 0:
        return f"the file `{name}` is empty (0 bytes)", "copy it again from where it came"
    return None
