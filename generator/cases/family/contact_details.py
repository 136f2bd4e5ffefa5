"""Where and how people can be reached, as far as one reader may know it: two homes, withheld addresses, numbers.

Each copy that goes home shows its own reader's address, telephone and e-mail and nobody else's, unless that person has
said `share_contact: yes`. A withheld address is on no paper at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.cases.case import Case, Data
from generator.records.record import Record
from generator.values.not_known import NotKnown
from generator.values.spelling.plain_letters import plain_letters
from generator.values.spelling.street_names import stands_as_written, with_short_kinds

_PLACE = ("address", "postcode", "address_since")
CONTACT = (*_PLACE, "phone", "mobile", "email", "preferred_contact", "difficult_times", "barriers")
"""What says where a person lives, how to reach them and when they are out."""

NUMBERS = ("upn", "former_upn")
"""Of the census and the authority; no paper for a family prints them (DfE: a pupil's number is a blind number)."""

_OFFICE = re.compile(r"\b(social worker|council|authority|officer|guardian ad litem|virtual school|solicitor)\b", re.I)


def is_professional(person: Data) -> bool:
    """True for somebody who has responsibility for the child by office, as a social worker has."""
    return bool(_OFFICE.search(str(person["relationship"])))


def is_carer(person: Data) -> bool:
    """True for a carer, as a foster carer is, with or without parental responsibility."""
    return "carer" in str(person["relationship"]).casefold()


def shares_contact(person: Data) -> bool:
    """Whether the others at home may see how to reach a person; an office is no secret unless somebody says so."""
    return bool(person.get("share_contact", is_professional(person)))


def lives_elsewhere(person: Data, pupil: Data) -> bool:
    """True for a person with an address other than the child's, or of whom it is said that they live elsewhere.

    The child's own address, written once more beside a parent who lives there, is no other one.
    """
    if "address" in person or "postcode" in person:
        return not _same_place(person, pupil)
    return person.get("lives_with_child") == "no"


def _same_place(person: Data, pupil: Data) -> bool:
    """Whether two entries surely say one address; where they leave a doubt it is two homes, and nothing is let out.

    With one postcode the first line and the numbers of house and flat are enough, however the town is written.
    """
    homes = [
        {key: row[key] for key in ("address", "postcode") if row.get(key) and not isinstance(row[key], NotKnown)}
        for row in (person, pupil)
    ]
    if not all("address" in home for home in homes):
        return False
    if all("postcode" in home for home in homes):
        return _key(homes[0]) == _key(homes[1])
    return _letters(homes[0]["address"]) == _letters(homes[1]["address"])


def _key(home: Data) -> tuple[str, str, list[str]]:
    """What one postcode leaves to be told apart: the first line, and every number of a house or flat."""
    address = str(home["address"]).strip()
    numbers = re.findall(r"\b\d+[a-z]?\b", address.casefold())
    return _letters(home["postcode"]), _letters(re.split(r"[,\n]", address)[0]), numbers


def _letters(text: Any) -> str:
    return re.sub(r"[\W_]", "", str(text)).casefold()


@dataclass(frozen=True)
class Reader:
    """For whom one copy is made: the person's id in pupil.yaml, empty for a family's copy that anybody there may read.

    A copy for the authority or for staff has no Reader.
    """

    person: str = ""


def for_reader(case: Case, reader: Reader | None) -> Case:
    """The case with the contact details that this reader may see; withheld addresses are gone for everybody."""
    record = case.one("pupil")
    if record is None:
        return case
    seen = dict(_seen(record.data, reader))
    if seen == record.data:
        return case
    left = replace(record, data=seen)
    return replace(case, records=tuple(left if one is record else one for one in case.records))


def _seen(pupil: Data, reader: Reader | None) -> Iterator[tuple[str, Any]]:
    home = _may_see_home(pupil, reader)
    for key, value in pupil.items():
        if key in _PLACE and not home:
            continue
        if key in NUMBERS and reader is not None:
            continue
        if key == "household" and reader is not None and not home:
            continue  # who else lives in the other home
        yield key, [_person(row, reader) for row in value] if key == "people" else value


def _may_see_home(pupil: Data, reader: Reader | None) -> bool:
    """Whether a reader may know where the child lives: whoever lives there does, and others when all there agree."""
    if pupil.get("address_withheld"):
        return False
    rows = pupil.get("people", ())
    if reader is None or not any(lives_elsewhere(row, pupil) for row in rows):
        return True
    own = next((row for row in rows if row["id"] == reader.person), None)
    at_home = [row for row in rows if not lives_elsewhere(row, pupil)]
    # Where nobody is named who lives there, nobody has agreed.
    return own in at_home or (bool(at_home) and all(map(shares_contact, at_home)))


def _person(row: Data, reader: Reader | None) -> Data:
    hidden: set[str] = set(_PLACE) if row.get("address_withheld") else set()
    if reader is not None and row["id"] != reader.person and not shares_contact(row):
        hidden |= set(CONTACT)
    return {key: value for key, value in row.items() if key not in hidden}


def contacts_left_out(case: Case, seen: Case) -> list[str]:
    """The names of the people of whom one reader's case says less about how to reach them than the whole case does."""
    left = {row["id"]: row for row in seen.data("pupil").get("people", ())}
    return [
        str(row["name"])
        for row in case.data("pupil").get("people", ())
        if any(key in row and key not in left.get(row["id"], {}) for key in CONTACT)
    ]


# -- what must be nowhere ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Secret:
    """A detail that a reader must not find anywhere: what it is in words, and the ways in which it may be written.

    `rest` are the other lines of an address, as its town: beside one of the ways they tell where it is.
    """

    what: str
    written: tuple[str, ...]
    rest: tuple[str, ...] = ()


def withheld(case: Case) -> list[Secret]:
    """The addresses that nobody may learn."""
    pupil = case.data("pupil")
    found = []
    if pupil.get("address_withheld"):
        found.append(_place("the child’s home address", pupil))
    found += [
        _place(f"the address of {row['name']}", row if lives_elsewhere(row, pupil) else pupil)
        for row in pupil.get("people", ())
        if row.get("address_withheld")
    ]
    return [secret for secret in found if secret.written]


def secrets_from(case: Case, reader: Reader) -> list[Secret]:
    """What one reader's copy must not tell: withheld addresses, and how to reach those of another home."""
    pupil = case.data("pupil")
    found = withheld(case)
    if not _may_see_home(pupil, reader):
        found.append(_place("the other home’s address", pupil))
    own = next((row for row in pupil.get("people", ()) if row["id"] == reader.person), None)
    for row in pupil.get("people", ()):
        at_one_home = own is not None and not (lives_elsewhere(own, pupil) or lives_elsewhere(row, pupil))
        if row["id"] != reader.person and not shares_contact(row) and not at_one_home:
            if lives_elsewhere(row, pupil):
                found.append(_place(f"the address of {row['name']}", row))
            lines = [form for key in ("phone", "mobile", "email") if key in row for form in _numbers(str(row[key]))]
            found.append(Secret(f"how to reach {row['name']}", tuple(lines)))
    known = {form for secret in _own(pupil, reader) for form in secret.written}
    kept = (replace(one, written=tuple(form for form in one.written if form not in known)) for one in found)
    return [secret for secret in dict.fromkeys(kept) if secret.written]


def _own(pupil: Data, reader: Reader) -> Iterator[Secret]:
    """What the reader knows as their own: two people may share a telephone."""
    for row in pupil.get("people", ()):
        if row["id"] == reader.person:
            yield Secret(
                "own", tuple(f for key in ("phone", "mobile", "email") for f in _numbers(str(row.get(key, ""))))
            )
            yield _place("own", row if lives_elsewhere(row, pupil) else pupil)


def _place(what: str, row: Mapping[str, Any]) -> Secret:
    """The first line of an address, and its postcode with and without the space; no reason why one is not known."""
    lines, rest = list[str](), list[str]()
    address = row.get("address")
    code = str(row.get("postcode") or "")
    if address and not isinstance(address, NotKnown):
        within = _POSTCODE.search(str(address))
        address, code = _POSTCODE.sub("", str(address)), code or (within[0] if within else "")
        lines += _telling_lines(address)
        rest += [line for line in _lines(address)[1:] if line not in lines and _NAMED.search(line)]
    if code:
        lines += [code, code.replace(" ", "")]
    return Secret(what, tuple(dict.fromkeys(line for line in lines if len(line) > 3)), tuple(dict.fromkeys(rest)))


def _lines(address: str) -> list[str]:
    return [line.strip() for line in re.split(r"[,\n]", address.strip())]


def addresses_of(case: Case) -> list[Secret]:
    """Every address that a paper may say: the child's, those of people who live elsewhere, and the school's."""
    pupil, school = case.data("pupil"), case.school.data if case.school else {}
    elsewhere = [row for row in pupil.get("people", ()) if lives_elsewhere(row, pupil)]
    found = [_place("the child’s home address", pupil)]
    found += [_place(f"the address of {row['name']}", row) for row in elsewhere]
    return [one for one in (*found, _place("the school’s address", school)) if one.written]


def _telling_lines(address: str) -> list[str]:
    """The first line of an address; the number of a flat tells nothing without the line that follows it."""
    first, *more = _lines(address)
    if more and more[0] and _FLAT.fullmatch(first):
        return [f"{first}, {more[0]}", f"{first} {more[0]}", *with_short_kinds(more[0])]
    # A house has a name before its number in the street, and either tells where it is.
    numbered = [line for line in more if _NUMBERED.fullmatch(line)]
    return [form for line in (first, *numbered) for form in with_short_kinds(line)]


_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I)
_NAMED = re.compile(r"[^\W\d_]{3}")
_NUMBERED = re.compile(r"\d+\w?\s+[^\W\d_].*[^\W\d_]{2}.*")
_FLAT = re.compile(r"(flat|apartment|apt|unit|room|studio)\.?\s*\w+", re.I)


def _numbers(text: str) -> list[str]:
    """A telephone number as it is grouped in several ways; an e-mail address as it is."""
    digits = re.sub(r"\D", "", text)
    if "@" in text or len(digits) < 7:
        return [text] if text else []
    grouped = [text, digits, f"{digits[:5]} {digits[5:]}", f"{digits[:5]} {digits[5:8]} {digits[8:]}"]
    british = re.fullmatch(r"(?:00)?(?:0|440?)([1-9]\d{8,9})", digits)
    abroad = [f"{start}{british[1]}" for start in ("44", "440", "0")] if british else []
    return list(dict.fromkeys([*grouped, *abroad]))


def told_in_records(
    case: Case, secrets: list[Secret], as_read: bool = False
) -> Iterator[tuple[Record, tuple[str | int, ...], Secret]]:
    """Where other records say a secret in their own words: the record, the keys that lead there, and the secret.

    Spaces, commas and hyphens do not count: “77, Tannery-Row”, “07700.900.123”. Where the case is `as_read`, as one
    reader sees it, the entries about people count too, but for what says where the family and each of them live.
    """
    wanted = [(secret, [(one, _spaced(one), _squeezed(one)) for one in secret.written]) for secret in secrets]
    for record in case.written if wanted else ():
        for keys, text in _texts(record.data, ()):
            if record.kind == "pupil" and _is_contact(keys, _REACHED if as_read else CONTACT):
                continue
            if record.kind == "evidence" and "redact" in keys:
                continue  # words that are to be taken out are printed nowhere
            flat, squeezed = _spaced(text), _squeezed(text)
            for secret, forms in wanted:
                if any(
                    (spaced in flat or (len(letters) >= _LONG and letters in squeezed)) and stands_as_written(one, text)
                    for one, spaced, letters in forms
                ):
                    yield record, keys, secret


_REACHED = ("address", "postcode", "phone", "mobile", "email")


def _is_contact(keys: tuple[str | int, ...], known: tuple[str, ...]) -> bool:
    """True for an entry of pupil.yaml that is there to say how to reach somebody."""
    return keys[0] in ("address", "postcode") or (
        keys[0] == "people" and str(keys[2:3][0] if keys[2:3] else "") in known
    )


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()


_LONG = 6
"""Letters from which a form is looked for without spaces and signs; a shorter one would be found in any text."""


def _squeezed(text: str) -> str:
    """Only the letters and digits of a text, plain and small."""
    return re.sub(r"[\W_]", "", plain_letters(text))


def _texts(data: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, (*keys, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*keys, number))
