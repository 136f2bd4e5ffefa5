"""The names of all pupils of a school, also of those whose files have errors: a guard must look for them too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.cases.family.people import names
from generator.folder.record_files import read_file
from generator.folder.school_folder import Project, case_names
from generator.records.record import MAX_BYTES

_LINE = re.compile(
    r"^(forenames|legal_surname|known_as_surname|preferred_name|date_of_birth)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True)
class PupilNames:
    """The full names by which the pupil of a folder may be named, and a note where they could not be read as usual."""

    case: str
    names: frozenset[str]
    note: str = ""


def names_in_school(project: Project) -> list[PupilNames]:
    """Every pupil's names. Of a pupil.yaml with errors what its lines say; of one without names the folder's."""
    return [names_of(project, case) for case in case_names(project)]


def names_of(project: Project, case: str) -> PupilNames:
    """The names of one pupil, read as far as they can be."""
    file, shown = project.cases / case / "pupil.yaml", f"cases/{case}/pupil.yaml"
    record, _ = read_file(file, shown, "pupil", project.schemas)
    if record is not None and {"forenames", "legal_surname"} <= record.data.keys():
        return PupilNames(case, names(record.data))
    said = lines_of_pupil(project, case)
    if said.get("forenames") and said.get("legal_surname"):
        return PupilNames(case, names(said))
    whole = " ".join(word.capitalize() for word in re.split(r"[-_ ]+", case) if word)
    note = f"{shown} has errors, so only “{whole}”, after the folder's name, was looked for of that pupil"
    return PupilNames(case, frozenset({whole}), note)


def lines_of_pupil(project: Project, case: str) -> Mapping[str, str]:
    """What the lines of a pupil.yaml say of names and date of birth, whatever is wrong in the rest of the file."""
    file_of = project.cases / case / "pupil.yaml"
    if not file_of.is_file():
        return {}  # also a pipe, which would be waited for
    try:
        with file_of.open("rb") as file:
            content = file.read(MAX_BYTES)
    except OSError:
        return {}
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    found = {key: _value(raw) for key, raw in _LINE.findall(content.decode(encoding, "replace").replace("\r", ""))}
    return {key: value for key, value in found.items() if value}


def _value(raw: str) -> str:
    """A value without its quotes and what is noted behind it."""
    quoted = re.match(r"""(["'])(.*?)\1""", raw)
    return (quoted[2] if quoted else re.sub(r"(?:^|\s)#.*", "", raw)).strip(" \"'“”‘’,")
