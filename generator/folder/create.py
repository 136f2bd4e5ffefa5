"""Start new things: a school's folder, a pupil, a record. Nothing that is there is ever overwritten."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

from generator.authorities.pack import pack_ids
from generator.cases.case import Case, Data, file_id
from generator.cases.dates.age_and_year import usual_year_group
from generator.cases.dates.proposed_days import term_of
from generator.cases.prefill import known, known_pupil, known_school
from generator.files.atomic_files import write_files, write_new_file
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, Project, case_names
from generator.folder.starter_files import program_folder, starter_files
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.blank_records import skeleton
from generator.records.record import Schemas
from generator.values import formatting
from generator.values.did_you_mean import LOOSELY, did_you_mean
from generator.values.file_names import alike, slug
from generator.values.parsing import TO_FILL_IN

EXAMPLE_PUPIL = "kacper-wisniewski"
"""The pupil that `init` copies: SEN support with one cycle running, small enough to read in ten minutes."""

EDITOR_SETTINGS = """{
  "yaml.schemas": {},
  "yaml.format.enable": false,
  "files.associations": { "*.yaml": "yaml" },
  "editor.wordWrap": "on",
  "[yaml]": { "editor.tabSize": 2, "editor.insertSpaces": true, "editor.quickSuggestions": { "strings": true } }
}
"""
EDITOR_EXTENSIONS = '{ "recommendations": ["redhat.vscode-yaml"] }\n'

IN_A_TERMINAL = """In a new terminal window, first go to this folder (`cd`) and type:

    {command}

Then:
"""

ON_WINDOWS = """Double-click `Open sendpack` to open this folder as a page in your browser.

Whoever likes to type: in this folder, write `cmd` into the address line of the Explorer, press Enter, and then:
"""

ANY_DAY = date(2000, 1, 1)
"""For files in which no day is written."""

FOLDER_README = """# {name}

Each pupil has a folder in `cases/`. Each file in it is one record. Documents appear in `output/`.

{how}
    sendpack open                                         this folder as a page in your browser
    sendpack new pupil "First Last" --born 14/05/2017     begin a pupil's folder
    sendpack check                                        what is wrong, missing or due
    sendpack build                                        make all documents
    sendpack bundle PUPIL                                 make the request's bundle

Fill in `cases/school.yaml` first. `cases/{example}` is an invented pupil to look at: delete the folder when you no
longer need it. `schemas/` is for your editor. To change how documents look, open
`templates/school/house.docx` in Word and change its styles, header and footer.

This folder holds children's data. Keep it where only those who may see it can.
"""


def _put(path: Path, content: bytes, root: Path) -> str:
    """Write a file that is not there yet and give its name from the root."""
    _must_be_free(path, root)
    if not write_new_file(path, content):
        _must_be_free(path, root)  # somebody else has begun it in this moment
    return path.relative_to(root).as_posix()


def _must_be_free(path: Path, root: Path) -> None:
    if path.exists():
        shown = path.relative_to(root).as_posix()
        raise WrongUse(
            f"{shown} is there already; nothing was changed.", "Open it and go on there, or choose another name."
        )


def new_school(folder: Path) -> list[str]:
    """Make a school's own folder with the example to start from; gives the names of what was written.

    Raises WrongUse when the folder holds a school already.
    """
    files = dict(_school_files(folder))
    if (folder / _LAST).exists() or any(name not in files for name in _in_cases(folder)):
        raise WrongUse(
            f"{folder} already holds a school's folder; nothing was changed.", "Choose an empty or a new folder."
        )
    for name, content in files.items():
        if not _is_as_written(folder / name, content):  # else a run that was cut off had written it
            _must_be_free(folder / name, folder)
    # What makes it a school's folder comes last: until then the command can be given again.
    ordered = sorted(files, key=lambda name: name == _LAST)
    write_files({folder / name: files[name] for name in ordered})
    return list(files)


_LAST = "cases/school.yaml"


def _in_cases(folder: Path) -> list[str]:
    """The files in cases, but for those that a run which was cut off had half written."""
    there = [path for path in (folder / "cases").rglob("*") if path.is_file() and not path.name.startswith(".")]
    return [path.relative_to(folder).as_posix() for path in there]


def _is_as_written(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _school_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    example = BUILT_IN / "cases"
    schemas = Schemas.load([BUILT_IN / "schemas"])
    yield (
        "cases/school.yaml",
        skeleton(schemas.shape("school"), known_school(), _address("school", 1), ANY_DAY).encode(),
    )
    for file in sorted((example / EXAMPLE_PUPIL).rglob("*")):
        if file.is_file():
            name = file.relative_to(example / EXAMPLE_PUPIL).as_posix()
            # The example school's staff are not this school's: the lines that cite them stay behind.
            text = (
                re.sub(rb"(?m)^ *staff: .*\n", b"", file.read_bytes()) if file.suffix == ".yaml" else file.read_bytes()
            )
            yield f"cases/{EXAMPLE_PUPIL}/{name}", text
    for file in sorted((BUILT_IN / "schemas").glob("*.schema.json")):
        yield f"schemas/{file.name}", file.read_bytes()
    yield "templates/school/house.docx", (BUILT_IN / "templates" / "standard" / "house.docx").read_bytes()
    yield ".vscode/settings.json", EDITOR_SETTINGS.encode()
    yield ".vscode/extensions.json", EDITOR_EXTENSIONS.encode()
    program = program_folder()
    words = {"name": folder.resolve().name, "example": EXAMPLE_PUPIL}
    how = ON_WINDOWS if program else IN_A_TERMINAL.format(command=_activation())
    yield "README.md", FOLDER_README.format(**words, how=how).encode()
    if program:
        yield from starter_files(PureWindowsPath(folder.resolve()), PureWindowsPath(program.resolve())).items()


def example_is_there(project: Project) -> bool:
    """True while the invented pupil that `init` copies is among the school's own, and counted with them."""
    if project.root == BUILT_IN:
        return False
    mine, shipped = (folder / EXAMPLE_PUPIL / "pupil.yaml" for folder in (project.cases, BUILT_IN / "cases"))
    return mine.is_file() and shipped.is_file() and mine.read_bytes() == shipped.read_bytes()


def _activation() -> str:
    """What to type in a new terminal window, so that the command is found again."""
    scripts = Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin")
    return f"{scripts / 'activate'}" if os.name == "nt" else f"source '{scripts / 'activate'}'"


def new_pupil(
    project: Project, name: str, born: date, on: date, status: tuple[str, date] | None = None, surname: str = ""
) -> list[str]:
    """Begin a pupil's folder with pupil.yaml. `name` is the whole name, whose last words are the surname.

    Where nobody says which words those are, it is the last one.

    `status` is the SEN status (N, K or E) with the day it began, when it is known.

    Raises WrongUse when the name has no surname or the folder is there already.
    """
    surname = surname.strip() or name.strip().rpartition(" ")[2]
    forenames = name.strip().removesuffix(surname).strip()
    if not forenames:
        raise WrongUse(f"“{name}” has no surname.", 'Give first name and surname: sendpack new pupil "Ada Brown"')
    folder = project.cases / (slug(name) or "pupil")
    there = next((one for one in case_names(project) if alike(one) == folder.name), "")
    if there and (project.cases / there / "pupil.yaml").exists():
        raise WrongUse(f"There is already a pupil in cases/{there}.", "Give a middle name too, to tell them apart.")
    if usual_year_group(born, on) is None:
        raise WrongUse(f"Someone born on {formatting.date(born)} is not of school age.", "Check the date of birth.")
    row = {"status": status[0], "from": status[1]} if status else None
    known = known_pupil(forenames, surname, born, on, row)
    text = skeleton(project.schemas.shape("pupil"), known, _address("pupil", 2), on)
    return [_put(folder / "pupil.yaml", text.encode(), project.root)]


def _address(kind: str, depth: int) -> str:
    return "../" * depth + f"schemas/{kind}.schema.json"


def new_record(
    project: Project,
    kind: str,
    pupil: str,
    on: date,
    name: str = "",
    meeting_type: str = "",
    *,
    day_was_said: bool = False,
) -> list[str]:
    """Begin a record of a kind for a pupil, filled from what is known; gives the name of the file.

    `day_was_said` is true when somebody gave the day, which then stands for a meeting even in the holidays.

    Raises WrongUse for a kind that does not exist or a file that is there, FilesHaveErrors when the case has errors.
    """
    path, text = drafted_record(project, kind, pupil, on, name, meeting_type, day_was_said=day_was_said)
    return [write_new(path, text, project.root)]


def write_new(path: Path, text: str, root: Path) -> str:
    """Write a drafted record and give its name from the root. Raises WrongUse when the file is there."""
    return _put(path, text.encode(), root)


def drafted_record(
    project: Project,
    kind: str,
    pupil: str,
    on: date,
    name: str = "",
    meeting_type: str = "",
    *,
    day_was_said: bool = False,
) -> tuple[Path, str]:
    """The file and the text with which a record would be begun; nothing is written.

    Raises WrongUse for a kind that does not exist or a file that is there, FilesHaveErrors when the case has errors.
    """
    kinds = [k for k in project.schemas.kinds if project.schemas.schema(k).get("x-place", "pupil") == "pupil"]
    if kind not in kinds:
        raise WrongUse(f"There is no kind of record called {kind}.", f"There are: {', '.join(kinds)}.")
    loaded = load_case(project, pupil)
    if loaded.case is None:
        raise FilesHaveErrors(f"The files of {pupil} have errors: mend them first.", problems=loaded.problems)
    school = project.school_data
    values = known(kind, loaded.case, school, on, day_was_said=day_was_said)
    if kind == "meeting" and meeting_type:
        values["type"] = _meeting_type(project, meeting_type)
    if kind == "evidence":
        values = _evidence(project, pupil)
    if kind == "pupil":
        raise WrongUse(
            "A pupil is begun with their name.", 'For instance: sendpack new pupil "Ada Brown" --born 14/05/2018'
        )
    pattern = project.schemas.files_of(kind)[0]
    stem = name or _file_name(kind, loaded.case, school, values, on)
    relative = pattern.replace("*", slug(stem) if name else stem)
    text = skeleton(project.schemas.shape(kind), values, _address(kind, 2 + relative.count("/")), on)
    path = project.cases / pupil / relative
    _must_be_free(path, project.root)
    return path, text


def _meeting_type(project: Project, written: str) -> str:
    """A type of meeting as the schema spells it: `Early discussion` and `early-discussion` are early_discussion."""
    types = project.schemas.shape("meeting").property("type")
    there = types.keywords["enum"] if types else []
    meant = re.sub(r"[^a-z]+", "_", written.lower()).strip("_")
    if meant not in there:
        near = did_you_mean(meant, there, alike=LOOSELY)
        advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(there)}."
        raise WrongUse(f"There is no type of meeting called {written}.", advice)
    return meant


def new_school_record(project: Project) -> list[str]:
    """Begin cases/school.yaml where it is missing. Raises WrongUse when it is there."""
    text = skeleton(project.schemas.shape("school"), known_school(), _address("school", 1), ANY_DAY)
    return [_put(project.cases / "school.yaml", text.encode(), project.root)]


def _file_name(kind: str, case: Case, school: Data, values: Mapping[str, Any], on: date) -> str:
    """The name of a file of which there are many: `2027-spring`, `2027-spring-2`, `2026-12-03-review`."""
    if kind == "cycle":
        start: date = values["start"]
        term = term_of(school, start)
        season = slug(str(term["name"])).split("-")[0] if term else f"cycle-{len(case.cycles) + 1}"
        name, there = f"{start.year}-{season}", {file_id(record) for record in case.cycles}
        return next(one for n in range(1, 1000) if (one := name if n == 1 else f"{name}-{n}") not in there)
    day, meeting_type = values.get("date", on).isoformat(), str(values.get("type", ""))
    return f"{day}-{meeting_type.replace('_', '-')}" if meeting_type else day


_PICTURES = {".jpg", ".jpeg", ".heic", ".heif", ".png"}


def _evidence(project: Project, pupil: str) -> dict[str, object]:
    """An entry for each file in evidence/; its date, author and kind are to be filled in, for they cannot be guessed.

    Until then the file has no error, and the entry is in no document.
    """
    folder = project.cases / pupil / "evidence"
    files = (
        sorted(p.name for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
        if folder.is_dir()
        else []
    )
    if not files:
        raise WrongUse(
            f"There are no files in cases/{pupil}/evidence yet.", "Put the reports there first, then run this again."
        )
    return {"items": [_evidence_item(file) for file in files]}


def _evidence_item(file: str) -> dict[str, object]:
    kind = "photo" if Path(file).suffix.lower() in _PICTURES else TO_FILL_IN
    return {"id": _evidence_id(file), "title": Path(file).stem, "file": file, "kind": kind, "date": TO_FILL_IN}


def _evidence_id(file: str) -> str:
    made = slug(Path(file).stem)[:30]
    return made if made[:1].isalpha() else f"e-{made}"[:30]


def new_pack(project: Project, name: str, authority: str) -> str:
    """Begin an authority's pack in the school's own templates folder; gives the name of the file.

    Raises WrongUse for a name that cannot be a pack's, or one that a pack has already.
    """
    if slug(name) != name:
        raise WrongUse(
            f"{name} cannot be the name of a pack.", f"Use small letters and hyphens: {slug(name) or 'northmoor'}"
        )
    if name in pack_ids(project.template_folders):
        raise WrongUse(
            f"There is already a pack called {name}; nothing was changed.", f"See: sendpack pack show {name}"
        )
    values = {"id": name, "name": authority, "extends": "standard", "version": "1"}
    text = skeleton(project.schemas.shape("pack"), values, _address("pack", 2), ANY_DAY)
    return _put(project.root / "templates" / name / "pack.yaml", text.encode(), project.root)
