"""What a signed paper says of its agreement: what in it is newer than its day, and who has a place to sign still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.cases.case import Case, newest_date
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.family.contact_details import is_carer, is_professional
from generator.cases.family.family_copies import may_have_copies, names_person
from generator.cases.family.people import has_responsibility
from generator.values.formatting import in_brackets, label


def newer_than_agreed(case: Case, kind: str, on: date, known_by: date | None) -> dict[str, Any] | None:
    """What a signed plan prints that was entered after its own day and its last signature; nothing where there is none.

    `results` are the days of results and reports that a bundle's plan tells up to the request, `actions` those on which
    something agreed was done. `kept` is the newest day of the records where these go on after the last signature: needs
    and advice of other services stand in them without days of their own, and are printed as they stand now.
    """
    record, pupil = case.one(kind), case.data("pupil")
    if record is None:
        return None
    signed = [row["date"] for row in record.data.get("signatures", ()) if isinstance(row.get("date"), date)]
    if not signed:
        return None
    agreed, until = max(on, *signed), known_by or on
    rows = [row["date"] for key in ("attainment", "tests") for row in pupil.get(key, ())]
    rows += [row["last_report"] for row in pupil.get("agencies", ()) if isinstance(row.get("last_report"), date)]
    done = [row["done"] for row in record.data.get("actions", ()) if isinstance(row.get("done"), date)]
    newest = max(known_by or date.min, newest_date(case))
    undated = kind == "my-support-plan" and any(row.get("recommendations") for row in pupil.get("agencies", ()))
    found = {
        "results": sorted({day for day in rows if agreed < day <= until}),
        "actions": sorted({day for day in done if day > agreed}),
        "kept": newest if undated and newest > max(signed) else None,
    }
    return found if any(found.values()) else None


def to_sign(case: Case, kind: str) -> list[str]:
    """Who has a part in a plan that others have signed and no signature in it: parents, carers and the SENCO."""
    record, school = case.one(kind), case.school.data if case.school else {}
    rows: list[Mapping[str, Any]] = list(record.data.get("signatures", ())) if record else []
    if not rows:
        return []
    pupil, names = case.data("pupil"), [str(row["person"]) for row in rows]
    young = speaks_for_themselves(pupil, record.data["date"]) if record else False
    missing = [
        f"{row['name']}{in_brackets(row['relationship'])}"
        for row in may_have_copies(pupil)
        if (is_carer(row) or (has_responsibility(row) and not young))
        and not is_professional(row)
        and not any(names_person(name, row) for name in names)
    ]
    senco = str(school.get("senco", {}).get("name", ""))
    if senco and senco not in names and not any(row["capacity"] == "senco" for row in rows):
        missing.append(f"{senco} ({label('senco')})")
    return missing
