"""Which pupil an export speaks of: by UPN, else by name and date of birth, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.folder.school_folder import Project
from generator.records.record import Record, read_record
from generator.school.imports.incoming_pupil import Incoming, meaning
from generator.values.identifiers import compact
from generator.values.parsing import Unreadable

Found = tuple[str, Record]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class KnownPupil:
    """The pupils that are there: their records by UPN, and by each name that they go by with the date of birth."""

    by_upn: Mapping[str, Found]
    by_name: Mapping[Key, tuple[Found, ...]]
    broken: Mapping[str, str] = field(default_factory=dict)
    """The text of each pupil.yaml that has errors, by folder: whom it speaks of cannot be said with certainty."""

    def all(self) -> dict[str, Record]:
        """Every record by its folder."""
        found = [*self.by_upn.values(), *(one for those in self.by_name.values() for one in those)]
        return dict(sorted(found, key=lambda one: one[0]))


def known_pupils(records: Iterable[Found]) -> KnownPupil:
    """The pupils' records with the names of their folders, ready to be found."""
    by_upn: dict[str, Found] = {}
    by_name: dict[Key, tuple[Found, ...]] = {}
    for case, record in records:
        if upn := compact(str(record.data.get("upn", ""))):
            by_upn[upn] = (case, record)
        for key in _keys(record.data):
            by_name[key] = (*by_name.get(key, ()), (case, record))
    return KnownPupil(by_upn, by_name)


def known_in(project: Project) -> KnownPupil:
    """The pupils of a school's folder. Only pupil.yaml is read: errors elsewhere do not stop an import."""
    records, broken = [], {}
    for file in sorted(project.cases.glob("[!.]*/pupil.yaml")):
        case, content = file.parent.name, _content(file)
        record, problems = read_record(content, f"cases/{case}/pupil.yaml", "pupil", project.schemas)
        if record is None or any(problem.blocks for problem in problems):
            broken[case] = content.decode("utf-8", "replace")
        else:
            records.append((case, record))
    return replace(known_pupils(records), broken=broken)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _keys(data: Mapping[str, Any]) -> set[Key]:
    """The legal name and the one used at school."""
    surnames = {data["legal_surname"], data.get("known_as_surname") or data["legal_surname"]}
    forenames = {data["forenames"], data.get("preferred_name") or data["forenames"]}
    born = data.get("date_of_birth")
    return {_name_key(surname, forename, born) for surname in surnames for forename in forenames}


def _name_key(surname: Any, forenames: Any, born: Any) -> Key:
    return str(surname).casefold(), (str(forenames).split() or [""])[0].casefold(), str(born)


def find(one: Incoming, known: KnownPupil) -> Found | str | None:
    """The pupil's folder and record; nothing when there is none; a reason when it cannot be said which."""
    upn = compact(one.values.get("upn", ""))
    if upn in known.by_upn:
        return known.by_upn[upn]
    found = {case: (case, record) for key in _incoming_keys(one) for case, record in known.by_name.get(key, ())}
    if len(found) > 1:
        return f"could be any of {', '.join(f'cases/{case}' for case in found)}: give the UPN"
    if not found:
        return _perhaps(one, upn, known)
    [(case, record)] = found.values()
    if upn and record.data.get("upn"):
        return f"has another UPN in cases/{case}/pupil.yaml: correct one of them, or tell two children apart"
    return case, record


def _perhaps(one: Incoming, upn: str, known: KnownPupil) -> str | None:
    """A folder that may be this pupil's, whose file has errors; nothing when there is none."""
    names = [one.values.get(name, "").split() for name in ("legal_surname", "forenames")]
    words = [words[0] for words in names if words]
    for case, text in known.broken.items():
        if (upn and upn in text) or (len(words) == 2 and all(word in text for word in words)):
            return f"may be in cases/{case}/pupil.yaml, which has errors: mend it first"
    return None


def _incoming_keys(one: Incoming) -> set[Key]:
    try:
        born = meaning("date", one.values.get("date_of_birth", ""))
    except Unreadable:
        return set()
    surnames = {one.values.get(name, "") for name in ("legal_surname", "known_as_surname")} - {""}
    forenames = {one.values.get(name, "") for name in ("forenames", "preferred_name")} - {""}
    return {_name_key(surname, forename, born) for surname in surnames for forename in forenames}
