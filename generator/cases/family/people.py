"""How a pupil is called, who has parental responsibility, and who a formal letter goes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from generator.cases.case import Data
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.values.file_names import slug
from generator.values.formatting import date as in_words
from generator.values.parsing import NOT_KNOWN, TO_FILL_IN


def first_name(pupil: Data) -> str:
    """The name the child likes to be called, else the first forename."""
    return str(pupil.get("preferred_name") or str(pupil["forenames"]).split()[0])


def known_as(pupil: Data) -> str:
    """First name and surname as used at school."""
    return f"{first_name(pupil)} {pupil.get('known_as_surname') or pupil['legal_surname']}"


def of_one_name(names: Mapping[str, str]) -> set[str]:
    """The folders of pupils of whom another has the same name; the names by folder."""
    many = Counter(names.values())
    return {case for case, name in names.items() if many[name] > 1}


def told_apart(pupils: Mapping[str, Data]) -> dict[str, str]:
    """The name of each pupil by folder; where two have one name, with the class, or the day of birth in one class."""
    names = {case: known_as(pupil) for case, pupil in pupils.items()}
    shared = of_one_name(names)
    classes = {case: f"{names[case]}, {pupils[case].get('class', '')}" for case in shared}
    alike = of_one_name(classes) | {case for case in shared if not pupils[case].get("class")}
    born = {case: f"{names[case]}, born {in_words(pupils[case]['date_of_birth'])}" for case in alike}
    return {**names, **classes, **born}


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


def has_responsibility(person: Data) -> bool:
    """True for a person of whom it is written that they have parental responsibility; not while it is not known."""
    return person["parental_responsibility"] is True


def responsibility_unknown(person: Data) -> bool:
    """True while nobody has found out whether a person has parental responsibility: neither yes nor no is claimed."""
    return bool(person["parental_responsibility"] == NOT_KNOWN)


def parents(pupil: Data) -> list[Data]:
    """The people with parental responsibility."""
    return [person for person in pupil["people"] if has_responsibility(person)]


def who_decides(pupil: Data) -> str:
    """`parents`; of a looked-after child, for whom a social worker may stand in, whoever has the responsibility."""
    return "those with parental responsibility" if "looked_after" in pupil else "parents"


def name_of_copy(person: str, pupil: Data) -> str:
    """How the files of one person's copies end: by their id where it tells who it is, else by their name.

    `parent`, the id of the first person in a new file, would stand on the file that holds one home's address.
    """
    called = {str(row["id"]): slug(str(row["name"])) for row in pupil.get("people", ()) if row.get("name")}
    own = called.get(person, "")
    if not own or own.startswith(slug(TO_FILL_IN)) or set(person.split("-")) & set(own.split("-")):
        return person
    return own if list(called.values()).count(own) == 1 else f"{own}-{person}"


def of_whom(document: str, pupil: Data) -> str:
    """The name of the person whose copy a document is, by how its id ends; "" for one that is nobody's alone."""
    people = {f"-{name_of_copy(str(row['id']), pupil)}": str(row["name"]) for row in pupil.get("people", ())}
    own = [ending for ending in people if document.endswith(ending)]
    return people[max(own, key=len)] if own else ""  # -amy-rose-lee ends as -rose-lee does


def addressees(pupil: Data, on: date, also: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """Who a letter goes to: each person with parental responsibility who may have copies, or the young person.

    `also` are ids of others to whom this letter goes, such as foster carers. Rows of name, salutation, address and
    postcode, empty where the address is withheld or not theirs yet on that day; people at one address get a letter
    each: each has the right to it.
    """
    if speaks_for_themselves(pupil, on):
        return [{"id": "", "name": known_as(pupil), "salutation": first_name(pupil), **_lived(pupil, on)}]
    return [
        {
            "id": str(p["id"]),
            "name": " ".join(filter(None, (str(p.get("title", "")), str(p["name"])))),
            "salutation": f"{p['title']} {str(p['name']).split()[-1]}" if p.get("title") else str(p["name"]),
            **_address(p, pupil, on),
        }
        for p in pupil["people"]
        if p.get("copies", True) and (has_responsibility(p) or p["id"] in also)
    ]


def _address(person: Data, pupil: Data, on: date) -> dict[str, str]:
    """Where a person's letter goes; an address of their own stands alone, without the child's postcode.

    Who moved into the child's home has its address from the later of the two days on.
    """
    if person.get("address_withheld"):
        return _NOWHERE
    if "address" in person or "postcode" in person:
        return _lived(person, on)
    return _NOWHERE if "address_since" in person and on < person["address_since"] else _lived(pupil, on)


def _lived(row: Data, on: date) -> dict[str, str]:
    """The address written in a row, and none on a day before anybody lived there: where they lived then is not kept.

    A parent who moved out is given no address of the home they left either: a child who moved since has another one.
    """
    if row.get("address_withheld") or ("address_since" in row and on < row["address_since"]):
        return _NOWHERE
    return {"address": str(row.get("address", "")), "postcode": str(row.get("postcode", ""))}


_NOWHERE = {"address": "", "postcode": ""}
