"""Copies that reached the family: those written in a record, and those that `sendpack issue` keeps.

Only a final copy to somebody counts who may have it: a parent by name or by word, the carers of a looked-after child,
the young person over compulsory school age. A draft, or a copy for the authority, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from generator.cases.age_and_year import speaks_for_themselves
from generator.cases.case import Case, Data, Given, document_id
from generator.records.record import Record
from generator.values.did_you_mean import did_you_mean
from generator.values.formatting import date as in_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ANY_OF_THEM = {"parents", "parent", "carers", "carer", "guardians", "guardian", "family", "home"}
_SAME = {
    "mum": "mother",
    "mummy": "mother",
    "dad": "father",
    "daddy": "father",
    "nan": "grandmother",
    "gran": "grandmother",
    "grandad": "grandfather",
}
_ELSEWHERE = {
    "academy",
    "agency",
    "authority",
    "centre",
    "clinic",
    "college",
    "council",
    "hospital",
    "nhs",
    "nursery",
    "officer",
    "panel",
    "school",
    "sendiass",
    "service",
    "services",
    "team",
    "trust",
    "worker",
}
"""Words of an addressee that is no family, such as “Family Support Team”."""


def words(text: str) -> set[str]:
    """The words of a name or an addressee, in small letters: `Mr O’Brien & Co` → mr, o'brien, co."""
    return {word.casefold().replace("’", "'") for word in _WORD.findall(text)}


def names_person(to: str, person: Data) -> bool:
    """True when an addressee names this person: by id, or by surname with title or a forename."""
    if to.strip().casefold() == str(person["id"]).casefold():
        return True
    said = words(to)
    *forenames, surname = [word.casefold().replace("’", "'") for word in _WORD.findall(str(person["name"]))] or [""]
    return surname in said and bool(said & {*forenames, *words(str(person.get("title", "")))})


def may_have_copies(pupil: Data) -> list[Data]:
    """The people at home to whom copies go: those with parental responsibility and carers, unless `copies: no`."""
    return [
        person
        for person in pupil.get("people", ())
        if person.get("copies", True) is not False
        and (person["parental_responsibility"] or "carer" in words(str(person["relationship"])))
    ]


def separated(pupil: Data) -> list[Data]:
    """Those of them whose address is not the child's: a copy at the child's home does not reach them."""
    home = " ".join(str(pupil.get("address", "")).split()).casefold()
    return [
        person
        for person in may_have_copies(pupil)
        if person.get("address_withheld")
        or (person.get("address") and " ".join(str(person["address"]).split()).casefold() != home)
    ]


def reaches_family(to: str, pupil: Data, on: date) -> bool:
    """True when what went to this addressee on a day has reached the family, or the young person."""
    people = may_have_copies(pupil)
    if any(names_person(to, person) for person in people):
        return True
    said = {_SAME.get(word, word) for word in words(to)}
    if "date_of_birth" in pupil and speaks_for_themselves(pupil, on):
        own = words(f"{pupil.get('preferred_name', '')} {pupil['forenames']}")
        surnames = words(f"{pupil.get('known_as_surname', '')} {pupil['legal_surname']}")
        if said & own and (said & surnames or said <= own):
            return True
    if said & _ELSEWHERE or not people:
        return False
    kin = {word for person in people for word in words(str(person["relationship"]))}
    return bool(said & (_ANY_OF_THEM | kin) - {"foster", "step"})


def must_not_have(to: str, pupil: Data) -> str:
    """The name of a person with `copies: no` whom an addressee names and no other; empty when there is none."""
    barred = [person for person in pupil.get("people", ()) if person.get("copies", True) is False]
    named = [person for person in barred if names_person(to, person)]
    title = {str(person.get("title", "")) + str(person["name"]).split()[-1] for person in may_have_copies(pupil)}
    alone = [person for person in named if str(person.get("title", "")) + str(person["name"]).split()[-1] not in title]
    return str(alone[0]["name"]) if alone else ""


def somebody_else(to: str, reader: str, pupil: Data) -> str:
    """The name of a person whom an addressee names instead of the reader of a letter; empty when that is the reader."""
    named = [person for person in pupil.get("people", ()) if names_person(to, person)]
    return "" if any(person["id"] == reader for person in named) or not named else str(named[0]["name"])


def named_person(to: str, pupil: Data) -> Data | None:
    """The one person at home whom an addressee names, by id, name or a word such as dad; None for anybody else."""
    people = list(pupil.get("people", ()))
    named = [person for person in people if names_person(to, person)]
    if not named:
        said = {_SAME.get(word, word) for word in words(to)}
        if said & _ELSEWHERE:
            return None
        named = [person for person in people if said & words(str(person["relationship"])) - {"foster", "step"}]
    return named[0] if len(named) == 1 else None


def slip_of(to: str, pupil: Data) -> Data | None:
    """The person whose surname or id an addressee nearly spells, `Mrs Novak` for Nowak; None where it names somebody.

    A surname that is spelled right, a word such as council or parents, and the child's own name are no slips.
    """
    people, said = list(pupil.get("people", ())), words(to)
    surnames = {str(person["name"]).split()[-1].casefold().replace("’", "'"): person for person in people}
    own = words(f"{pupil['forenames']} {pupil['legal_surname']} {pupil.get('preferred_name', '')}")
    if said & ({*surnames} | own | _ELSEWHERE | _ANY_OF_THEM) or any(names_person(to, person) for person in people):
        return None
    known = surnames | ({str(person["id"]).casefold(): person for person in people} if len(said) == 1 else {})
    near = [(word, match) for word in sorted(said) for match in did_you_mean(word, known, alike=0.75)]
    return next((known[name] for word, name in near if not _other_form(word, name)), None)


def _other_form(word: str, surname: str) -> bool:
    """True for a surname as a man or a woman has it, Wiśniewska and Wiśniewski: another person, and no slip."""
    return word[:-1] == surname[:-1] and {word[-1], surname[-1]} <= set("aiy")


def addressed(to: str, pupil: Data) -> str:
    """An addressee given by the person's id written out in full, `samira` → `Ms Samira Brown`; any other unchanged."""
    for person in pupil.get("people", ()):
        if to.strip().casefold() == str(person["id"]).casefold():
            return " ".join(filter(None, (str(person.get("title", "")), str(person["name"]))))
    return to


# -- copies of one document -------------------------------------------------------------------------------------------


def given_out(case: Case, kinds: Iterable[str], record: Record | None = None) -> list[Given]:
    """What was given out of some kinds of document, of one record's document or of all; the oldest first."""
    ids = {document_id(kind, record) for kind in kinds}
    return sorted(
        (one for one in case.given if (one.document in ids if record else one.kind in ids)), key=lambda one: one.date
    )


def taken_home(case: Case, given: Iterable[Given], since: date) -> list[date]:
    """The days from a day on at which a final copy reached the family."""
    final = [one for one in given if one.status == "final" and one.date >= since]
    return [one.date for one in final if reaches_family(one.to, case.data("pupil"), one.date)]


def not_counted(case: Case, given: Iterable[Given]) -> str:
    """Why copies that were given out are none that reached the family, as the end of a hint; or empty."""
    return "".join(_excuse(case.data("pupil"), one) for one in given)


def _excuse(pupil: Data, one: Given) -> str:
    if one.status != "final":
        return f"; what went out on {in_words(one.date)} was a draft"
    if not reaches_family(one.to, pupil, one.date):
        return f"; “{one.to}”, to whom it went on {in_words(one.date)}, is nobody at home in pupil.yaml"
    return ""


def copy_days(record: Data) -> Iterator[date]:
    """The days written under `copies` of a record."""
    yield from (row["date"] for row in record.get("copies", ()) if "date" in row)
