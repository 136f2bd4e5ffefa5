"""Which pupil an export speaks of: by UPN, else by name and date of birth, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.records.record import Record
from generator.school.imports.incoming_pupil import Incoming, meaning
from generator.values.identifiers import compact
from generator.values.parsing import Unreadable


@dataclass(frozen=True)
class KnownPupil:
    """The pupils that are there: their records by UPN and by name and date of birth."""

    by_upn: Mapping[str, tuple[str, Record]]
    by_name: Mapping[tuple[str, str, str], tuple[str, Record]]


def known_pupils(records: Iterable[tuple[str, Record]]) -> KnownPupil:
    """The pupils' records with the names of their folders, ready to be found."""
    by_upn, by_name = {}, {}
    for case, record in records:
        if upn := compact(str(record.data.get("upn", ""))):
            by_upn[upn] = (case, record)
        data = record.data
        key = _name_key(data["legal_surname"], data["forenames"], data.get("date_of_birth"))
        by_name[key] = (case, record)
    return KnownPupil(by_upn, by_name)


def _name_key(surname: Any, forenames: Any, born: Any) -> tuple[str, str, str]:
    return str(surname).casefold(), (str(forenames).split() or [""])[0].casefold(), str(born)


def find(one: Incoming, known: KnownPupil) -> tuple[str, Record] | str | None:
    """The pupil's folder and record; nothing when there is none; a reason when it cannot be said which."""
    upn = compact(one.values.get("upn", ""))
    if upn in known.by_upn:
        return known.by_upn[upn]
    try:
        born = meaning("date", one.values.get("date_of_birth", ""))
    except Unreadable:
        born = None
    found = known.by_name.get(_name_key(one.values.get("legal_surname", ""), one.values.get("forenames", ""), born))
    if found and upn and found[1].data.get("upn"):
        return f"has another UPN in cases/{found[0]}/pupil.yaml: correct one of them, or tell two children apart"
    return found
