"""Pupils whose files have errors: every product that counts pupils says on its face who is not counted in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.cases.case import Data, sen_status
from generator.cases.dates.age_and_year import year_label
from generator.cases.family.people import known_as
from generator.files.spelled_alike import find_file
from generator.folder.pupil_names import lines_of_pupil
from generator.folder.record_files import read_file
from generator.folder.school_folder import Project
from generator.records.record import Record
from generator.school.tables.table import Table
from generator.values.counts import counted_things


@dataclass(frozen=True)
class NotCounted:
    """A pupil whose files have errors: the folder, and what pupil.yaml says as far as it can be read ("" where not).

    `may_need` is false only where pupil.yaml is right and tells of neither SEN support, nor an EHC plan, nor a need,
    and there is no profile: whatever puts a pupil on the page of a class counts here too.
    """

    case: str
    name: str
    class_name: str = ""
    may_need: bool = True


def not_counted(project: Project, folders: Iterable[str], on: date) -> tuple[NotCounted, ...]:
    """The pupils of these folders, whose files have errors, by folder."""
    return tuple(_one(project, folder, on) for folder in sorted(folders))


def by_pupil_file(
    project: Project, counted: Mapping[str, Data], broken: Iterable[str]
) -> tuple[list[Data], tuple[str, ...], tuple[str, ...]]:
    """What pupil.yaml says of each pupil, by folder, also of those whose other files have errors.

    Then the folders of these, and of those whose pupil.yaml has errors itself: of them nothing is given.
    """
    found, alone, unread = dict(counted), [], []
    for folder in broken:
        record = _pupil_file(project, folder)
        if record is None:
            unread.append(folder)
        else:
            found[folder] = record.data
            alone.append(folder)
    return [found[folder] for folder in sorted(found)], tuple(sorted(alone)), tuple(sorted(unread))


def _pupil_file(project: Project, folder: str) -> Record | None:
    """pupil.yaml of a pupil; None where errors in it stop it from being read."""
    file, shown = project.cases / folder / "pupil.yaml", f"cases/{folder}/pupil.yaml"
    record, problems = read_file(file, shown, "pupil", project.schemas)
    return None if any(problem.blocks for problem in problems) else record


def _one(project: Project, folder: str, on: date) -> NotCounted:
    record = _pupil_file(project, folder)
    if record is not None:
        pupil = record.data
        in_need = sen_status(pupil, on) in ("K", "E") or bool(pupil.get("needs"))
        in_need = in_need or find_file(project.cases / folder, "profile.yaml").is_file()
        return NotCounted(folder, known_as(pupil), _class(pupil), in_need)
    said = lines_of_pupil(project, folder)
    named = {"forenames", "legal_surname"} <= said.keys()
    return NotCounted(folder, known_as(said) if named else "")


def _class(pupil: Data) -> str:
    return str(pupil.get("class") or year_label(pupil["year_group"]))


def said(pupils: Sequence[NotCounted]) -> str:
    """One sentence for papers of those who may know the names; nothing when everybody is counted."""
    names = "; ".join(f"{one.name} ({one.case})" if one.name else one.case for one in pupils)
    return f"Not counted, because their files have errors: {names}." if pupils else ""


def said_of_census(alone: Sequence[str], unread: Sequence[str]) -> list[str]:
    """Who is in the census file by pupil.yaml alone, and who is not in it, by their folders or their names."""
    found = [f"In it by pupil.yaml, though other files have errors: {', '.join(alone)}."] if alone else []
    return found + ([f"Not in it, because pupil.yaml has errors: {', '.join(unread)}."] if unread else [])


def said_without_names(pupils: Sequence[NotCounted]) -> str:
    """The same for papers in which nobody may be found."""
    if not pupils:
        return ""
    return (
        f"The files of {counted_things(len(pupils), 'pupil')} have errors, so the numbers may be too low: mend them "
        "and make this paper again before it is used."
    )


def with_note(table: Table, note: str) -> Table:
    """A table with one more note below it; the same table without one."""
    return replace(table, notes=(*table.notes, note)) if note else table
