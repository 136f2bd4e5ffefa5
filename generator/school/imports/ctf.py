"""The DfE's Common Transfer File (CTF), which schools exchange when a pupil moves: XML read into pupils.

Element names as in the published specification (CTF 17 to 24); what has no place in pupil.yaml is told, not dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lxml import etree

from generator.problems import WrongUse
from generator.school.imports.incoming_pupil import Incoming

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
    "SENhistory/SEN/SENprovision": "sen_status",
    "SENhistory/SEN/StartDate": "sen_from",
}
_READ = {
    *(path.split("/")[0] for path in _SIMPLE),
    "Forename",
    "Address",
    "Attendance",
    "StageAssessments",
    "Contacts",
    "Phones",
    "Email",
}
_UNPLACED = {
    "LookedAfter": "looked-after details",
    "FSMhistory": "free school meal history",
    "Admissions": "admissions",
    "SchoolHistory": "earlier schools",
    "NAWdetails": "details for Wales",
}
_LANGUAGE_KINDS = {"F": "first language", "H": "home language"}
_LINES = ("SAON", "PAON", "Street", "Locality", "Town", "PostTown")


def read_ctf(path: Path) -> list[Incoming]:
    """Every pupil of a Common Transfer File, in its order.

    Raises WrongUse when the file cannot be read or is no CTF. Document types and entities are refused: no CTF has them.
    """
    root = _root(path)
    as_of = _text(root, "Header/DateTime")[:10]
    pupils = root.findall("CTFpupilData/Pupil")
    if etree.QName(root).localname != "CTfile" or not pupils:
        raise WrongUse(f"{path.name} is no Common Transfer File with pupils in it.", "Export it again as a CTF (XML).")
    return [_pupil(f"pupil {number}", pupil, as_of) for number, pupil in enumerate(pupils, 1)]


def _root(path: Path) -> etree._Element:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise WrongUse(f"{path.name} is too large to be a Common Transfer File.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        content = path.read_bytes()
        root = etree.fromstring(content, parser)
    except OSError as error:
        raise WrongUse(f"{path} cannot be opened ({(error.strerror or str(error)).lower()}).") from None
    except etree.XMLSyntaxError as error:
        raise WrongUse(f"{path.name} is not whole or no XML: {error.msg}.", "Export it again.") from None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongUse(f"{path.name} holds a document type, which no Common Transfer File has.", "Export it again.")
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    return root


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return " ".join((found.text or "").split()) if found is not None else ""


def _pupil(where: str, pupil: etree._Element, as_of: str) -> Incoming:
    one = Incoming(where)
    for path, name in _SIMPLE.items():
        if text := _text(pupil, path):
            one.values[name] = text
    forenames = " ".join(filter(None, (_text(pupil, "Forename"), _text(pupil, "BasicDetails/MiddleNames"))))
    if forenames:
        one.values["forenames"] = forenames
    for language in pupil.findall("BasicDetails/Languages/Type"):
        if kind := _LANGUAGE_KINDS.get(_text(language, "LanguageType")):
            one.unplaced.append(f"{kind} (code {_text(language, 'Language')})")
    for need in pupil.findall("SENhistory/SENneeds/SENneed"):
        rank: str | None = {"1": "sen_type", "2": "sen_type_2"}.get(_text(need, "SENtypeRank"))
        if rank:
            one.values[rank] = _text(need, "SENtype")
    one.values.update(_address(pupil))
    one.rows = {"attendance": list(_attendance(pupil, as_of)), "attainment": list(_assessments(pupil))}
    one.people = list(_contacts(pupil))
    one.unplaced += [words for tag, words in _UNPLACED.items() if pupil.find(tag) is not None]
    known = {*_READ, *_UNPLACED}
    one.unplaced += [str(child.tag) for child in pupil if isinstance(child.tag, str) and child.tag not in known]
    return one


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
        if ends.isdecimal() and attended and possible:
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


def _contacts(pupil: etree._Element) -> Iterator[dict[str, object]]:
    """The people of a new pupil's file; those with parental responsibility first as the CTF orders them."""
    for contact in pupil.findall("Contacts/Contact"):
        name = " ".join(filter(None, (_text(contact, "Forename"), _text(contact, "Surname"))))
        if name:
            given = {
                "title": _text(contact, "Title"),
                "name": name,
                "relationship": _text(contact, "Relationship") or "contact",
                "parental_responsibility": _text(contact, "Responsibility").casefold() in ("true", "1", "y"),
                **_address(contact),
                "phone": _text(contact, "Phones/Phone/PhoneNo"),
                "email": _text(contact, "Email"),
            }
            yield {key: value for key, value in given.items() if value != ""}
