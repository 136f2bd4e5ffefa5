"""A family's rights over a child's data: everything held, how long it must be kept, and its deletion on record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.build.stale_documents import stale_documents
from generator.bundle import names_found
from generator.cases.audience import seen_by
from generator.cases.case import Case, has_left
from generator.cases.family.people import known_as
from generator.folder.changing.changes_made import HOME, KEPT_DAYS, notes_below
from generator.folder.load_case import load_case
from generator.folder.pupil_names import lines_of_pupil, names_in_school, names_of
from generator.folder.record_files import read_file
from generator.folder.school_folder import LoadedCase, Project, case_names
from generator.records.record import Record, walk
from generator.school.pupil_files.askers_copy import Asker, look_through
from generator.school.pupil_files.named_outside import handed_over
from generator.school.pupil_files.transfer import files_of
from generator.school.tables.table import Column, Table
from generator.values.formatting import date as in_words
from generator.values.parsing import Unreadable, read_date

KEPT_YEARS, KEPT_YEARS_WITH_PLAN = 25, 31
"""Years from birth for which SEN files are kept, and where there was ever an EHC plan (IRMS toolkit for schools)."""


# -- everything that is held ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HeldOnPupil:
    """Everything on one child as files by name, and in sentences what is to be seen to before it is given out.

    `must_not_go` is what this asker must not be told as it stands; both are in index.txt too, which is for the school.
    """

    contents: dict[str, bytes]
    asker: Asker
    must_not_go: tuple[str, ...]
    look_at: tuple[str, ...]


def held(project: Project, name: str, asker: Asker, on: date | None = None) -> HeldOnPupil:
    """Everything on one child as files by name, for a subject access request of somebody.

    Files with errors are there as they are: what cannot be read is said.
    """
    contents: dict[str, bytes] = {}
    for part, folder in (("records", project.cases / name), ("documents", project.root / "output" / name)):
        contents |= {f"{part}/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in files_of(folder)}
    loaded = load_case(project, name)
    looked = look_through(asker, loaded.readable, contents, on)
    found = HeldOnPupil(contents, asker, looked.must_not_go, (*_look_at(project, name, loaded), *looked.unsearched))
    contents["index.txt"] = ("\n".join(_index(project, name, loaded, found)) + "\n").encode()
    return found


def _look_at(project: Project, name: str, loaded: LoadedCase) -> Iterator[str]:
    gone = stale_documents(project, loaded.case) if loaded.case else ()
    yield from (f"documents/{one}: the records that it was made from are gone" for one in gone)
    yield from _unread(loaded)
    yield from _others(project, name)
    yield from _withheld(project, loaded)
    yield from _other_pupils(project, name)
    yield from _sensitive(loaded.readable) if loaded.readable else ()
    yield from mentions_of(project, name)
    yield from _for_taking_back(project, name)
    # What was gathered or sent on of a pupil is a copy of records that were looked through already.
    names = names_of(project, name).names
    yield from (one for one in handed_over(project, names) if not _ARCHIVE.match(one))


def _for_taking_back(project: Project, name: str) -> Iterator[str]:
    """What is held for two weeks beside the records: drafts that nobody saved, and files as they were before."""
    for place, what in (("drafts", "what was written in forms and not saved"), ("undo", "files as they were before")):
        many = len(notes_below(project.root, place, f"cases/{name}/"))
        if many:
            yield f"{HOME.as_posix()}/{place}: {what} ({many}), kept {KEPT_DAYS} days at most, not in this archive"


_ARCHIVE = re.compile(r"output/_school/(?:sar|send-on)-")


def _index(project: Project, name: str, loaded: LoadedCase, found: HeldOnPupil) -> Iterator[str]:
    called = known_as(loaded.readable.data("pupil")) if loaded.readable else sorted(names_of(project, name).names)[0]
    yield f"What the SEN records of the school hold on {called}"
    yield f"Asked for by: {found.asker.called}"
    yield "This list is for the school: take it out of what is given."
    yield ""
    if found.must_not_go:
        yield f"{MUST_NOT_GO} (take these places out, or leave the file out):"
        yield from (f"- {line}" for line in found.must_not_go)
        yield ""
    yield from sorted(found.contents)
    yield ""
    yield "Before this is given out, look at:"
    yield from (f"- {line}" for line in found.look_at or ["nothing else was found that needs it"])


MUST_NOT_GO = "Must not go to whoever asks as it is"


def _unread(loaded: LoadedCase) -> Iterator[str]:
    """Files with errors: what is in them was not looked through."""
    for path in dict.fromkeys(problem.path for problem in loaded.problems if problem.blocks):
        yield f"{path}: has errors, so nobody looked through it: read it yourself"


def _records(project: Project, name: str) -> Iterator[Record]:
    """Every record of a pupil that can be read, whatever is wrong with the others."""
    folder = project.cases / name
    for file in sorted(folder.rglob("*.yaml")):
        relative = file.relative_to(folder).as_posix()
        kind = project.schemas.kind_of(relative)
        record = read_file(file, f"cases/{name}/{relative}", kind, project.schemas, folder)[0] if kind else None
        if record is not None:
            yield record


def _others(project: Project, name: str) -> Iterator[str]:
    """Where other people's data stand: theirs to decide about."""
    for record in _records(project, name):
        for keys, value, schema in walk(record, project.schemas):
            if schema.get("x-third-party") and value:
                yield f"{record.path}:{record.place(*keys).line}: other people's data ({'.'.join(map(str, keys))})"


def _withheld(project: Project, loaded: LoadedCase) -> Iterator[str]:
    """What the school decided to keep from the family: the law asks whether that still holds for this request."""
    if loaded.readable is not None:
        for line in dict.fromkeys(
            line for who in ("parents", "pupil") for line in seen_by(loaded.readable, who, project.schemas).left_out
        ):
            yield f"{line}: kept from the family or the pupil (audience)"


def _other_pupils(project: Project, name: str) -> Iterator[str]:
    """Where this pupil's own records name other pupils."""
    wanted = {one for other in names_in_school(project) if other.case != name for one in other.names}
    wanted -= names_of(project, name).names
    for file in sorted((project.cases / name).rglob("*.yaml")):
        shown = file.relative_to(project.root).as_posix()
        for number, line in enumerate(_lines(file), 1):
            for found in names_found([line], wanted, unasked=True):
                yield f"{shown}:{number}: names another pupil, {found.term}"


def _sensitive(case: Case) -> Iterator[str]:
    for item in case.evidence_held:
        if item.get("sensitivity") == "safeguarding":
            yield f"evidence/{item['file']}: safeguarding; ask the safeguarding lead"
        for name in item.get("names_others", ()):
            yield f"evidence/{item['file']}: names {name}"
        if item.get("permission"):
            yield f"evidence/{item['file']}: {item['permission']}"


def mentions(project: Project, case: Case) -> Iterator[str]:
    """Where the records of other pupils name this one."""
    return mentions_of(project, case.name)


def mentions_of(project: Project, name: str) -> Iterator[str]:
    """The same for a pupil whose files may have errors; full names in whatever way they are written."""
    wanted = sorted(names_of(project, name).names)
    for other in case_names(project):
        if other != name:
            for file in sorted((project.cases / other).rglob("*.yaml")):
                for number, line in enumerate(_lines(file), 1):
                    if names_found([line], wanted):
                        yield f"{file.relative_to(project.root).as_posix()}:{number}: named there"


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


# -- how long it is kept ----------------------------------------------------------------------------------------------


def keep_until(case: Case) -> date:
    """The day from which a file may be destroyed: 25 years after birth, 31 where there was ever an EHC plan."""
    pupil = case.data("pupil")
    plan = any(row["status"] == "E" for row in pupil.get("sen_status", ()))
    born: date = pupil["date_of_birth"]
    year = born.year + (KEPT_YEARS_WITH_PLAN if plan else KEPT_YEARS)
    leap = (born.month, born.day) == (2, 29)
    return date(year, 3, 1) if leap and year % 4 else born.replace(year=year)


def kept_until(project: Project, name: str) -> date | None:
    """The same for a pupil whose files may have errors; None when nobody can say when the child was born."""
    case = load_case(project, name).case
    if case is not None:
        return keep_until(case)
    try:
        born = read_date(lines_of_pupil(project, name).get("date_of_birth", ""))
    except Unreadable:
        return None
    text = "\n".join(_lines(project.cases / name / "pupil.yaml"))
    plan = re.search(r"status:\s*[\"']?E\b", text) is not None
    return date(born.year + (KEPT_YEARS_WITH_PLAN if plan else KEPT_YEARS), born.month, min(born.day, 28))


def retention_table(cases: Iterable[Case], on: date) -> Table:
    """For every pupil how long the file is kept, those first whose time has come."""
    columns = (
        Column("name", "Pupil", 24),
        Column("born", "Born", 11, "date"),
        Column("plan", "EHC plan ever", 9),
        Column("until", "Keep until", 11, "date"),
        Column("due", "Now", 40),
        Column("case", "Folder", 18),
    )
    rows = []
    for case in sorted(cases, key=lambda one: (keep_until(one), one.name)):
        pupil, until = case.data("pupil"), keep_until(case)
        plan = any(row["status"] == "E" for row in pupil.get("sen_status", ()))
        left = f"left on {in_words(pupil['left'])}: only a copy stays here" if has_left(pupil, on) else ""
        now = "its time has come: look at it, then forget" if until <= on else left
        rows.append((known_as(pupil), pupil["date_of_birth"], plan, until, now, case.name))
    notes = (
        f"{KEPT_YEARS} years from birth, {KEPT_YEARS_WITH_PLAN} where there was ever an EHC plan (IRMS toolkit).",
        "The file goes to the next school; a copy may be kept for less: ask your data protection officer.",
    )
    return Table("Retention", columns, rows, notes)


# -- forgetting -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Receipt:
    """What was deleted, without naming anybody."""

    reference: str
    on: str
    files: int
    size: int
    kept_until: str
    reason: str

    def as_json(self) -> bytes:
        """The receipt as it is kept."""
        told = {
            "what": "SEN file of one pupil deleted: records, evidence and the documents made from them",
            "reference": self.reference,
            "deleted_on": self.on,
            "files": self.files,
            "bytes": self.size,
            "to_be_kept_until": self.kept_until,
            "reason": self.reason,
        }
        return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def too_early(until: date | None, on: date) -> str:
    """Why a file may not be destroyed yet; "" when its time has come."""
    if until is None:
        return "Its date of birth cannot be read, so nobody can say how long the file is to be kept."
    return f"The file is to be kept until {in_words(until)}." if until > on else ""
