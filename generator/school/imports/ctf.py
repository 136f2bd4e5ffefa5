"""The DfE's Common Transfer File (CTF), which schools exchange when a pupil moves: XML read into pupils.

Element names as in the DfE's published specification (CTF 17 to 24). A part that is missing stops nothing; one that has
no place in pupil.yaml, or that no specification knew, is told by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lxml import etree

from generator.problems import WrongUse, in_one_line, without_steering
from generator.school.imports.incoming_pupil import Incoming
from generator.school.imports.lists.column_dates import read_day
from generator.school.imports.lists.export_file import decoded
from generator.school.imports.lists.name_parts import GUESSED_LETTERS, adult_in_small_letters, spell_names
from generator.school.imports.lists.sen_of_rows import rank_needs
from generator.school.imports.lists.value_words import read_status
from generator.values.parsing import NOT_KNOWN, Unreadable

MAX_BYTES = 200_000_000

_SIMPLE = {
    "UPN": "upn",
    "UniqueLearnerNumber": "uln",
    "Surname": "legal_surname",
    "DOB": "date_of_birth",
    "Sex": "sex",
    "Gender": "sex",
    "BasicDetails/FormerUPN": "former_upn",
    "BasicDetails/PreferredSurname": "known_as_surname",
    "BasicDetails/PreferredForename": "preferred_name",
    "BasicDetails/NCyearActual": "year_group",
    "BasicDetails/Ethnicity": "ethnicity",
    "LookedAfter/InCare": "looked_after",
}
_READ = {
    "Pupil": {
        *(path.split("/")[0] for path in _SIMPLE),
        "Forename",
        "SENhistory",
        "SENneeds",
        "Address",
        "Attendance",
        "StageAssessments",
        "Contacts",
        "Phones",
        "Email",
    },
    "BasicDetails": {
        "FormerUPN",
        "PreferredSurname",
        "PreferredForename",
        "MiddleNames",
        "NCyearActual",
        "Ethnicity",
        "Languages",
        "EthnicitySource",
        "EnrolStatus",
    },
    "LookedAfter": {"InCare", "CareAuthority"},
    "SENhistory": {"SEN", "SENneeds"},
    "SEN": {"StartDate", "EndDate", "SENprovision", "SENneeds"},
    "SENneed": {"SENtypeRank", "SENtype", "NeedStartDate", "NeedEndDate"},
}
"""The parts of a pupil's element that are read; every other part of theirs is told by its name."""

_SPELLED = {
    name.casefold(): name
    for name in (
        *("CTfile", "Header", "DateTime", "CTFpupilData", "ATFpupilData", "Type", "Language", "LanguageType"),
        *("YearData", "Year", "SessionsAttended", "SessionsPossible", "AttendanceStartDate", "SchoolName"),
        *("KeyStage", "Stage", "StageAssessment", "Subject", "Component", "ResultDate", "Result"),
        *("Contact", "Title", "Relationship", "Responsibility", "AddressAsPupil", "Phone", "PhoneNo"),
        *("BS7666Address", "AddressLines", "PostCode", *(f"AddressLine{number}" for number in range(1, 6))),
        *("SAON", "PAON", "Street", "Locality", "Town", "PostTown"),
        *_READ,
        *(name for names in _READ.values() for name in names),
    )
}
"""Element names by their small letters: some systems do not keep to the capitals of the specification."""

_UNPLACED = {
    "FSMhistory": "free school meal history",
    "Admissions": "admissions",
    "SchoolHistory": "earlier schools",
    "NAWdetails": "details for Wales",
}
_LANGUAGE_KINDS = {"F": "first language", "H": "home language"}
_TRUE = ("true", "1", "y")
_FALSE = ("false", "0", "n")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BEGINS = re.compile(
    r"\s*+(?:<\?xml[^>]*+>)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:\w+:)?CTfile\b", re.IGNORECASE | re.DOTALL
)
_LATIN = re.compile(rb"""\A(<\?xml[^>]*encoding=["'])(?:iso-8859-1|latin-?1|us-ascii)(["'])""", re.IGNORECASE)
"""What files say that Windows wrote in its own encoding: read as they say, the apostrophe of O’Hara is lost."""

_RANK_WORDS = {"primary": "1", "secondary": "2", "": "1"}
_LINES = ("SAON", "PAON", "Street", "Locality", "Town", "PostTown")


def is_ctf(path: Path) -> bool:
    """True for a file that by its name is XML and is no spreadsheet, and for one that begins as a CTF does."""
    with path.open("rb") as file:
        start = file.read(4000)
    if path.suffix.lower() == ".xml":
        return b"urn:schemas-microsoft-com:office:spreadsheet" not in start
    return bool(_BEGINS.match(decoded(start)))


def read_ctf(path: Path, on: date | None = None) -> list[Incoming]:
    """Every pupil of a Common Transfer File, in its order; `on` counts where the file does not say of which day it is.

    Raises WrongUse when the file cannot be read or is no CTF. Document types and entities are refused: no CTF has them.
    """
    root = _root(path)
    said = _day(_text(root, "Header/DateTime"))
    as_of = said if _is_day(said) else on.isoformat() if on else ""
    pupils = [*root.findall("CTFpupilData/Pupil"), *root.findall("ATFpupilData/Pupil")]
    if etree.QName(root).localname != "CTfile" or not pupils:
        raise WrongUse(f"{path.name} is no Common Transfer File with pupils in it.", "Export it again as a CTF (XML).")
    return [_pupil(f"pupil {number}", pupil, as_of) for number, pupil in enumerate(pupils, 1)]


def _root(path: Path) -> etree._Element:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise WrongUse(f"{path.name} is too large to be a Common Transfer File.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        content = path.read_bytes().lstrip(b"\xef\xbb\xbf \t\r\n")
        content = _LATIN.sub(rb"\1windows-1252\2", content, count=1)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            if "encoding" not in error.msg:
                raise
            root = etree.fromstring(_DECLARED.sub("", decoded(content), count=1), parser)  # says UTF-8, and is not
    except OSError as error:
        raise WrongUse(f"{path} cannot be opened ({(error.strerror or str(error)).lower()}).") from None
    except etree.XMLSyntaxError as error:
        raise WrongUse(f"{path.name} is not whole or no XML: {in_one_line(error.msg)}.", "Export it again.") from None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongUse(f"{path.name} holds a document type, which no Common Transfer File has.", "Export it again.")
    for element in root.iter():
        if isinstance(element.tag, str):
            name = etree.QName(element).localname
            element.tag = _SPELLED.get(name.casefold(), name)
    return root


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return " ".join(without_steering(found.text or "").split()) if found is not None else ""


def _pupil(where: str, pupil: etree._Element, as_of: str) -> Incoming:
    one = Incoming(where)
    for path, name in _SIMPLE.items():
        if text := _text(pupil, path):
            one.values[name] = text
    forenames = " ".join(filter(None, (_text(pupil, "Forename"), _text(pupil, "BasicDetails/MiddleNames"))))
    if forenames:
        one.values["forenames"] = forenames
    one.look_at = spell_names(one.values)
    for language in pupil.findall("BasicDetails/Languages/Type"):
        if kind := _LANGUAGE_KINDS.get(_text(language, "LanguageType")):
            one.unplaced.append(f"{kind} (code {_text(language, 'Language')})")
    _sen(pupil, one, as_of)
    if authority := _text(pupil, "LookedAfter/CareAuthority"):
        one.unplaced.append(f"the authority that looks after the child (number {authority})")
    one.values.update(_address(pupil))
    one.rows = {"attendance": list(_attendance(pupil, as_of)), "attainment": list(_assessments(pupil))}
    one.people = list(_contacts(pupil, _address(pupil)))
    called = [(person, adult_in_small_letters(str(person["name"]))) for person in one.people]
    if any(person["name"] != name for person, name in called) and GUESSED_LETTERS not in one.look_at:
        one.look_at.append(GUESSED_LETTERS)
    one.people = [{**person, "name": name} for person, name in called]
    one.look_at += [
        f"whether {person['name']} has parental responsibility is not in the file: it is written as not known"
        for person in one.people
        if person["parental_responsibility"] == NOT_KNOWN
    ]
    one.unplaced += dict.fromkeys(_not_read(pupil))
    return one


def _not_read(pupil: etree._Element) -> Iterator[str]:
    """What is in the file about the pupil and has no place here, in words."""
    for element in pupil.iter():
        known = _READ.get(str(element.tag), set())
        for child in element if known else ():
            if isinstance(child.tag, str) and child.tag not in known and (len(child) or (child.text or "").strip()):
                yield _UNPLACED.get(child.tag) or _NEW_WORD.sub(" ", child.tag).lower()


def _sen(pupil: etree._Element, one: Incoming, as_of: str) -> None:
    """The status held, those before it, and the needs of today by rank; a CTF may tell the whole history."""
    rows = [
        (_day(_text(row, "StartDate")), _text(row, "SENprovision"), _day(_text(row, "EndDate")))
        for row in pupil.iterfind(".//SENhistory/SEN")
    ]
    begun = sorted((start, status, end) for start, status, end in rows if start and status)
    one.faults += [f"SEN history: `{start}` is no date" for start, _, _ in begun if not _is_day(start)]
    begun = [row for row in begun if _is_day(row[0])]
    begun.sort(key=lambda row: (row[0], row[2] or "9999"))  # of two that begin on one day, the one that goes on is held
    if len(begun) > 1 and begun[-2][0] == begun[-1][0] and begun[-2][1:] != begun[-1][1:] and not begun[-2][2]:
        one.faults.append(
            f"SEN history: {begun[-2][1]} and {begun[-1][1]} both begin on {begun[-1][0]}: which is held?"
        )
    if begun:
        start, status, end = begun[-1]
        ended = end and end < as_of
        one.values |= {"sen_status": "N" if ended else status, "sen_from": end if ended else start}
        for start, status, _ in begun if ended else begun[:-1]:
            if (held := _status(status)) is not None:
                one.history.append((held, start))
            else:
                one.unplaced.append(f"the status {status} from {start}, which is none of today's")
    elif rows and rows[-1][1]:
        one.values["sen_status"] = rows[-1][1]
    for need in pupil.iterfind(".//SENneed"):
        ended_on, rank, kind = (_text(need, name) for name in ("NeedEndDate", "SENtypeRank", "SENtype"))
        ended_on = _day(ended_on)
        if kind and not (ended_on and ended_on < as_of):
            number = _RANK_WORDS.get(rank.casefold(), rank.lstrip("0"))
            one.needs.append((int(number) if number.isdecimal() else 0, kind))
    rank_needs(one)


def _day(text: str) -> str:
    """A day as 2025-09-01, however it is written; text that is none stays as it is."""
    try:
        return read_day(text).isoformat() if text else ""
    except Unreadable:
        return text


def _status(code: str) -> str | None:
    """A status of today; nothing for one that ended in 2014."""
    try:
        return read_status(code)
    except Unreadable:
        return None


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _address(element: etree._Element) -> dict[str, str]:
    address = element.find("Address")
    if address is None:
        return {}
    lines = [_text(address, f"BS7666Address/{name}") for name in _LINES]
    lines += [_text(address, f"AddressLines/AddressLine{number}") for number in range(1, 6)]
    number, street = lines[1], lines[2]
    if number and street:
        lines[1:3] = [f"{number} {street}"]
    found = {"address": "\n".join(filter(None, dict.fromkeys(lines))), "postcode": _postcode(address)}
    return {name: text for name, text in found.items() if text}


def _postcode(address: etree._Element) -> str:
    return _text(address, "PostCode") or _text(address, "BS7666Address/PostCode")


def _attendance(pupil: etree._Element, as_of: str) -> Iterator[dict[str, str]]:
    """One row for each school year: a CTF names it by the year in which it ends and counts half-day sessions."""
    for year in pupil.findall("Attendance/YearData"):
        ends, attended = _text(year, "Year"), _text(year, "SessionsAttended")
        possible = _text(year, "SessionsPossible")
        if re.fullmatch(r"(?:19|20)\d\d", ends, re.ASCII) and attended and possible:
            first = _text(year, "AttendanceStartDate") or date(int(ends) - 1, 9, 1).isoformat()
            last = min(date(int(ends), 7, 31).isoformat(), as_of or "9999")
            row = {"from": first, "to": last, "attended": attended, "possible": possible}
            yield {**row, "setting": _text(year, "SchoolName")} if _text(year, "SchoolName") else row


def _assessments(pupil: etree._Element) -> Iterator[dict[str, str]]:
    """Results with a day; a CTF's codes for subject and component are kept as they are."""
    for stage in pupil.findall("StageAssessments/KeyStage"):
        for found in stage.findall("StageAssessment"):
            subject = " ".join(filter(None, (_text(found, "Subject"), _text(found, "Component"))))
            day = _text(found, "ResultDate") or (f"{_text(found, 'Year')}-07-15" if _text(found, "Year") else "")
            result = _text(found, "Result")
            if subject and day and result:
                yield {"date": day, "subject": subject, "framework": _text(stage, "Stage"), "result": result}


def _responsibility(said: str) -> bool | str:
    """Yes or no as the file has it; where it says neither, nobody knows: a no would be a claim about a parent."""
    word = said.casefold()
    return True if word in _TRUE else False if word in _FALSE else NOT_KNOWN


def _contacts(pupil: etree._Element, home: dict[str, str]) -> Iterator[dict[str, object]]:
    """The people of a new pupil's file; those with parental responsibility first as the CTF orders them."""
    for contact in pupil.findall("Contacts/Contact"):
        name = " ".join(filter(None, (_text(contact, "Forename"), _text(contact, "Surname"))))
        if name:
            given = {
                "title": _text(contact, "Title"),
                "name": name,
                "relationship": _text(contact, "Relationship") or "contact",
                "parental_responsibility": _responsibility(_text(contact, "Responsibility")),
                **(home if _text(contact, "Address/AddressAsPupil") in _TRUE else _address(contact)),
                "phone": _text(contact, "Phones/Phone/PhoneNo"),
                "email": _text(contact, "Email"),
            }
            yield {key: value for key, value in given.items() if value != ""}
