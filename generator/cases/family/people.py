"""How a pupil is called, who has parental responsibility, and who a formal letter goes to."""

from __future__ import annotations

from datetime import date

from generator.cases.case import Data
from generator.cases.dates.age_and_year import speaks_for_themselves


def first_name(pupil: Data) -> str:
    """The name the child likes to be called, else the first forename."""
    return str(pupil.get("preferred_name") or str(pupil["forenames"]).split()[0])


def known_as(pupil: Data) -> str:
    """First name and surname as used at school."""
    return f"{first_name(pupil)} {pupil.get('known_as_surname') or pupil['legal_surname']}"


def full_name(pupil: Data) -> str:
    """All forenames and the legal surname."""
    return f"{pupil['forenames']} {pupil['legal_surname']}"


def names(pupil: Data) -> frozenset[str]:
    """Every full name by which this pupil may appear in a document."""
    surnames = {str(pupil["legal_surname"]), str(pupil.get("known_as_surname") or pupil["legal_surname"])}
    given = {first_name(pupil), str(pupil["forenames"]), str(pupil["forenames"]).split()[0]}
    return frozenset(f"{name} {surname}" for name in given for surname in surnames)


def single_names(pupil: Data) -> frozenset[str]:
    """First names and surnames by which this pupil may be called, each by itself."""
    surnames = {str(pupil["legal_surname"]), str(pupil.get("known_as_surname") or pupil["legal_surname"])}
    return frozenset({first_name(pupil), str(pupil["forenames"]).split()[0], *surnames})


def parents(pupil: Data) -> list[Data]:
    """The people with parental responsibility."""
    return [person for person in pupil["people"] if person["parental_responsibility"]]


def addressees(pupil: Data, on: date, also: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """Who a letter goes to: each person with parental responsibility who may have copies, or the young person.

    `also` are ids of others to whom this letter goes, such as foster carers. Rows of name, salutation, address and
    postcode, empty where the address is withheld; people at one address get a letter each: each has the right to it.
    """
    if speaks_for_themselves(pupil, on):
        return [{"id": "", "name": known_as(pupil), "salutation": first_name(pupil), **_home(pupil)}]
    return [
        {
            "id": str(p["id"]),
            "name": " ".join(filter(None, (str(p.get("title", "")), str(p["name"])))),
            "salutation": f"{p['title']} {str(p['name']).split()[-1]}" if p.get("title") else str(p["name"]),
            **_address(p, pupil),
        }
        for p in pupil["people"]
        if p.get("copies", True) and (p["parental_responsibility"] or p["id"] in also)
    ]


def _home(pupil: Data) -> dict[str, str]:
    if pupil.get("address_withheld"):
        return {"address": "", "postcode": ""}
    return {"address": str(pupil.get("address", "")), "postcode": str(pupil.get("postcode", ""))}


def _address(person: Data, pupil: Data) -> dict[str, str]:
    """Where a person's letter goes; an address of their own stands alone, without the child's postcode."""
    if person.get("address_withheld"):
        return {"address": "", "postcode": ""}
    if "address" in person or "postcode" in person:
        return {"address": str(person.get("address", "")), "postcode": str(person.get("postcode", ""))}
    return _home(pupil)
