"""A family's rights over a child's data: everything held, how long it must be kept, and its deletion on record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.build.stale_documents import stale_documents
from generator.cases import people
from generator.cases.case import Case
from generator.cases.people import known_as
from generator.files.atomic_files import CACHE, write_file
from generator.files.user_files import LEDGER
from generator.folder.school_folder import Project, case_names
from generator.records.record import walk
from generator.school.tables.table import Column, Table
from generator.school.transfer import files_of, remove_tree
from generator.values.formatting import date as in_words

KEPT_YEARS, KEPT_YEARS_WITH_PLAN = 25, 31
"""Years from birth for which SEN files are kept, and where there was ever an EHC plan (IRMS toolkit for schools)."""


# -- everything that is held ------------------------------------------------------------------------------------------


def held(project: Project, case: Case) -> dict[str, bytes]:
    """Everything on one child as files by name, for a subject access request; index.txt says what to look at first."""
    contents: dict[str, bytes] = {}
    for part, folder in (("records", project.cases / case.name), ("documents", project.root / "output" / case.name)):
        contents |= {f"{part}/{p.relative_to(folder).as_posix()}": p.read_bytes() for p in files_of(folder)}
    contents["index.txt"] = ("\n".join(_index(project, case, sorted(contents))) + "\n").encode()
    return contents


def _index(project: Project, case: Case, names: Sequence[str]) -> Iterator[str]:
    yield f"What the SEN records of the school hold on {known_as(case.data('pupil'))}"
    yield ""
    yield from names
    yield ""
    yield "Before this is given out, look at:"
    stale = [f"documents/{name}: the records that it was made from are gone" for name in stale_documents(project, case)]
    looked = [*stale, *_others(project, case), *_sensitive(case), *mentions(project, case), *_handed_over(project)]
    yield from (f"- {line}" for line in looked or ["nothing was found that needs it"])


def _others(project: Project, case: Case) -> Iterator[str]:
    """Where other people's data stand: theirs to decide about."""
    for record in case.records:
        for keys, value, schema in walk(record, project.schemas):
            if schema.get("x-third-party") and value:
                yield f"{record.path}:{record.place(*keys).line}: other people's data ({'.'.join(map(str, keys))})"


def _sensitive(case: Case) -> Iterator[str]:
    for item in case.data("evidence").get("items", ()):
        if item.get("sensitivity") == "safeguarding":
            yield f"evidence/{item['file']}: safeguarding; ask the safeguarding lead"
        for name in item.get("names_others", ()):
            yield f"evidence/{item['file']}: names {name}"
        if item.get("permission"):
            yield f"evidence/{item['file']}: {item['permission']}"


def mentions(project: Project, case: Case) -> Iterator[str]:
    """Where the records of other pupils name this one."""
    wanted = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(people.names(case.data("pupil")))))
    for other in case_names(project):
        if other != case.name:
            for file in sorted((project.cases / other).rglob("*.yaml")):
                for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
                    if wanted.search(line):
                        yield f"{file.relative_to(project.root).as_posix()}:{number}: named there"


def _handed_over(project: Project) -> Iterator[str]:
    """Whole-school files that were written and may name the child."""
    try:
        names = json.loads((project.root / "output" / LEDGER).read_text("utf-8"))
    except (OSError, ValueError):
        return
    yield from (f"{name}: a whole-school file that may name the child" for name in names)


# -- how long it is kept ----------------------------------------------------------------------------------------------


def keep_until(case: Case) -> date:
    """The day from which a file may be destroyed: 25 years after birth, 31 where there was ever an EHC plan."""
    pupil = case.data("pupil")
    plan = any(row["status"] == "E" for row in pupil.get("sen_status", ()))
    born: date = pupil["date_of_birth"]
    year = born.year + (KEPT_YEARS_WITH_PLAN if plan else KEPT_YEARS)
    leap = (born.month, born.day) == (2, 29)
    return date(year, 3, 1) if leap and year % 4 else born.replace(year=year)


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
        now = "its time has come: look at it, then forget" if until <= on else ""
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
    on: date
    files: int
    size: int
    kept_until: date
    reason: str

    def as_json(self) -> bytes:
        """The receipt as it is kept."""
        told = {
            "what": "SEN file of one pupil deleted: records, evidence and the documents made from them",
            "reference": self.reference,
            "deleted_on": self.on.isoformat(),
            "files": self.files,
            "bytes": self.size,
            "to_be_kept_until": self.kept_until.isoformat(),
            "reason": self.reason,
        }
        return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def forget(project: Project, case: Case, reference: str, on: date, reason: str) -> tuple[Receipt, Path]:
    """Delete everything on one child in cases and output, and keep a receipt that names nobody."""
    folders = [project.cases / case.name, project.root / "output" / case.name]
    files = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    receipt = Receipt(reference, on, len(files), sum(p.stat().st_size for p in files), keep_until(case), reason)
    place = project.root / "output" / "_school" / "receipts" / f"forgotten-{on.isoformat()}-{reference}.json"
    for folder in [*folders, project.root / "output" / CACHE]:
        remove_tree(folder)
    write_file(place, receipt.as_json())
    return receipt, place


def still_elsewhere(project: Project, case: Case) -> list[str]:
    """What forgetting does not reach: other pupils' records, whole-school files, backups."""
    return [*mentions(project, case), *_handed_over(project), "backups and printed copies"]


def too_early(case: Case, on: date) -> str:
    """Why a file may not be destroyed yet; "" when its time has come."""
    until = keep_until(case)
    return f"The file is to be kept until {in_words(until)}." if until > on else ""
