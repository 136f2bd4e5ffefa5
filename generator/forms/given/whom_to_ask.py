"""Whom a form goes to: parents, the pupil, teachers, those who give the support, services that are involved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.family.family_copies import words
from generator.cases.family.people import has_responsibility, known_as
from generator.problems import WrongUse


@dataclass(frozen=True)
class PersonAsked:
    """One person who is asked: name, role or subject, ids in pupil.yaml, language of their papers, large print."""

    name: str
    role: str = ""
    person: str = ""
    agency: str = ""
    language: str = ""
    large: bool = False


def whom_to_ask(case: Case, form: str, named: Sequence[str], on: date) -> list[PersonAsked]:
    """The people for a form; `named` are names as `Mr Castle` or `Mr Castle=Mathematics`, in place of those we know.

    Raises WrongUse where the records name nobody.
    """
    known = _KNOWN[form](case, on)
    if not named:
        if not known:
            raise WrongUse(f"The records name nobody to ask ({form}).", _ADVICE[form].format(pupil=case.name))
        return known
    return [_named(text, known) for text in named]


def _named(text: str, known: Sequence[PersonAsked]) -> PersonAsked:
    name, _, role = (part.strip() for part in text.partition("="))
    same = next((one for one in known if name.casefold() in (one.name.casefold(), one.person, one.agency)), None)
    return same if same is not None and not role else PersonAsked(name, role)


def _parents(case: Case, on: date) -> list[PersonAsked]:
    people = case.data("pupil")["people"]
    return [
        PersonAsked(
            str(p["name"]),
            str(p["relationship"]),
            str(p["id"]),
            language=str(p.get("papers_in", "")),
            large=bool(p.get("large_print")),
        )
        for p in people
        if has_responsibility(p) and p.get("copies", True)
    ]


def _pupil(case: Case, on: date) -> list[PersonAsked]:
    pupil = case.data("pupil")
    language, large = str(pupil.get("papers_in", "")), bool(pupil.get("large_print"))
    return [PersonAsked(known_as(pupil), "pupil", language=language, large=large)]


def _teachers(case: Case, on: date) -> list[PersonAsked]:
    rows = case.data("plan").get("staff_informed", ())
    found = [PersonAsked(str(row["name"]), str(row["role"])) for row in rows if _is_teacher(row)]
    own = str(case.data("pupil").get("class_teacher", ""))
    if not found and own:
        found = [PersonAsked(own, "Class teacher")]
    return found


def _is_teacher(row: Data) -> bool:
    """True for one teacher; `All teachers of 8S (12)` is no person who could be asked."""
    role, name = str(row.get("role", "")).casefold(), str(row["name"]).casefold()
    several = re.search(r"\bteachers\b", f"{role} {name}") or name.startswith("all ")
    return "teacher" in role and not several


def _support(case: Case, on: date) -> list[PersonAsked]:
    staff = {str(row["id"]): row for row in (case.school.data.get("staff", ()) if case.school else ())}
    cycle = c.current_cycle(case)
    rows = cycle.data.get("plan", {}).get("provision", ()) if cycle else ()
    found: dict[str, PersonAsked] = {}
    for row in rows:
        person = staff.get(str(row.get("staff", "")))
        if person is not None and "teacher" not in str(person["role"]).casefold().replace("teaching", ""):
            found.setdefault(str(person["name"]), PersonAsked(str(person["name"]), str(person["role"])))
    return list(found.values())


def support_by(case: Case, name: str) -> list[str]:
    """The support of the running cycle that somebody gives, as lines; all of it where nobody is named with theirs."""
    staff = {str(row["id"]): str(row["name"]) for row in (case.school.data.get("staff", ()) if case.school else ())}
    cycle = c.current_cycle(case)
    rows = cycle.data.get("plan", {}).get("provision", ()) if cycle else ()
    surname = words(name.split()[-1]) if name.split() else set()
    mine = [
        row
        for row in rows
        if staff.get(str(row.get("staff", ""))) == name
        or (surname and surname <= words(str(row.get("delivered_by", ""))))
    ]
    return [_support_line(row) for row in mine or rows]


def _support_line(row: Data) -> str:
    often = f"{row['minutes']} minutes, {row['times_a_week']} times a week" if row.get("times_a_week") else ""
    often = often or (f"{row['minutes']} minutes" if row.get("minutes") else "")
    return f"{row['title']}{f': {often}' if often else ''}"


def _services(case: Case, on: date) -> list[PersonAsked]:
    return [
        PersonAsked(
            str(row.get("person") or row["service"]), str(row.get("role") or row["service"]), agency=str(row["id"])
        )
        for row in case.data("pupil").get("agencies", ())
        if not row.get("to") or row["to"] > on
    ]


_KNOWN = {"parents": _parents, "pupil": _pupil, "teachers": _teachers, "ta": _support, "professional": _services}

_ADVICE = {
    "parents": "Write who has parental responsibility under people in cases/{pupil}/pupil.yaml.",
    "pupil": "",
    "teachers": 'Name each teacher with the subject: --to "Mr Castle=Mathematics" --to "Ms Ortiz=English".',
    "ta": 'Name who gives the support: --to "Mrs Begum", or write staff at each provision of the cycle.',
    "professional": "Write the service under agencies in cases/{pupil}/pupil.yaml.",
}
