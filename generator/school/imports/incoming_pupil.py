"""What a school's information system says of pupils: fields by name, read as values, compared with what is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.cases.age_and_year import YEAR_GROUPS
from generator.values.identifiers import compact
from generator.values.parsing import Unreadable, read_date

KINDS = {
    "upn": "code",
    "former_upn": "code",
    "uln": "code",
    "nhs_number": "code",
    "postcode": "postcode",
    "legal_surname": "text",
    "forenames": "text",
    "preferred_name": "text",
    "known_as_surname": "text",
    "date_of_birth": "date",
    "admission_date": "date",
    "sex": "sex",
    "year_group": "year",
    "class": "text",
    "class_teacher": "text",
    "address": "text",
    "ethnicity": "capitals",
    "religion": "text",
    "first_language": "text",
    "home_language": "text",
    "eal": "yes_no",
    "pupil_premium": "yes_no",
    "free_school_meals": "yes_no",
    "service_child": "yes_no",
}
"""The fields of pupil.yaml that an export may bring, and how their text is read."""

REPORTED = {"sen_status": "status", "sen_from": "date", "sen_type": "capitals", "sen_type_2": "capitals"}
"""What is compared and told, but never changed: the SENCO decides about status and needs, after a review."""

ROWS = {
    "attendance": ("from", "to", "attended", "possible", "setting"),
    "attainment": ("date", "subject", "result", "framework", "expected", "comment"),
}
"""Lists to which an export adds rows; a column's field is `attendance.attended`, or `attainment: Reading` for a
column that holds the results of one subject."""

_YES = {"yes", "y", "true", "t", "1"}
_NO = {"no", "n", "false", "f", "0"}
_SEX = {"f": "Female", "m": "Male", "female": "Female", "male": "Male"}


@dataclass
class Incoming:
    """One pupil as the export has them: where that stands, text by field, rows for lists, and what has no place."""

    where: str
    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How to speak of the pupil in a message."""
        known = [self.values.get("forenames", ""), self.values.get("legal_surname", "")]
        return " ".join(filter(None, known)) or self.values.get("upn", "") or self.where


def meaning(kind: str, text: str) -> Any:
    """Text as the value that pupil.yaml holds. Raises Unreadable with what is wrong."""
    plain = text.strip()
    reader = _READERS.get(kind)
    return reader(plain) if reader else plain


def _day(text: str) -> date:
    return read_date(text.partition("T")[0].partition(" 00:00")[0])


def _year(text: str) -> str | int:
    short = re.sub(r"(?i)^(national curriculum |nc )?(year( group)?|yr|y)?\s*", "", text.strip())
    known: Mapping[str, str | int] = {
        **{str(year).casefold(): year for year in YEAR_GROUPS},
        "reception": "R",
        "rec": "R",
        "0": "R",
    }
    found = known.get(short.lstrip("0").casefold() or "0") or known.get(text.strip().casefold())
    if found is None:
        raise Unreadable("year-group", f"`{text}` is no year group", "write R, N1, N2 or a number from 1 to 14")
    return found


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise Unreadable("yes-no", f"`{text}` is neither yes nor no", "write Y or N")
    return word in _YES


def _status(text: str) -> str:
    letter = text[:1].upper()
    if letter not in ("N", "K", "E"):
        raise Unreadable("status", f"`{text}` is no SEN status", "write N, K or E")
    return letter


_READERS: dict[str, Callable[[str], Any]] = {
    "date": _day,
    "year": _year,
    "yes_no": _yes_no,
    "status": _status,
    "code": compact,
    "capitals": str.upper,
    "postcode": lambda text: " ".join(text.upper().split()),
    "sex": lambda text: _SEX.get(text.casefold(), text),
}


def alike(kind: str, written: Any, read: Any) -> bool:
    """True when two values mean the same: spaces, capitals of codes and line breaks of addresses do not count."""
    if isinstance(written, str) and isinstance(read, str):
        if kind in ("code", "postcode"):
            return compact(written) == compact(read)
        return re.sub(r"[\s,]+", " ", written).strip() == re.sub(r"[\s,]+", " ", read).strip()
    return bool(written == read)


# -- columns ----------------------------------------------------------------------------------------------------------

_HEADINGS = {
    "upn": "upn",
    "unique pupil number": "upn",
    "former upn": "former_upn",
    "uln": "uln",
    "nhs number": "nhs_number",
    "surname": "legal_surname",
    "legal surname": "legal_surname",
    "last name": "legal_surname",
    "family name": "legal_surname",
    "forename": "forenames",
    "forenames": "forenames",
    "first name": "forenames",
    "legal forename": "forenames",
    "legal first name": "forenames",
    "preferred forename": "preferred_name",
    "preferred first name": "preferred_name",
    "known as": "preferred_name",
    "chosen name": "preferred_name",
    "preferred surname": "known_as_surname",
    "preferred last name": "known_as_surname",
    "date of birth": "date_of_birth",
    "dob": "date_of_birth",
    "birth date": "date_of_birth",
    "sex": "sex",
    "gender": "sex",
    "year": "year_group",
    "year group": "year_group",
    "nc year": "year_group",
    "nc year actual": "year_group",
    "reg": "class",
    "reg group": "class",
    "registration group": "class",
    "registration form": "class",
    "form": "class",
    "class": "class",
    "tutor": "class_teacher",
    "class teacher": "class_teacher",
    "tutor name": "class_teacher",
    "admission date": "admission_date",
    "date of admission": "admission_date",
    "entry date": "admission_date",
    "address": "address",
    "full address": "address",
    "home address": "address",
    "postcode": "postcode",
    "post code": "postcode",
    "ethnicity": "ethnicity",
    "ethnicity code": "ethnicity",
    "religion": "religion",
    "first language": "first_language",
    "home language": "home_language",
    "eal": "eal",
    "pupil premium": "pupil_premium",
    "pupil premium indicator": "pupil_premium",
    "pp": "pupil_premium",
    "fsm": "free_school_meals",
    "free school meals": "free_school_meals",
    "service child": "service_child",
    "sen": "sen_status",
    "sen status": "sen_status",
    "sen provision": "sen_status",
    "sen code": "sen_status",
    "sen start date": "sen_from",
    "sen provision start": "sen_from",
    "sen need": "sen_type",
    "primary sen need": "sen_type",
    "sen type 1": "sen_type",
    "sen type": "sen_type",
    "sen type 2": "sen_type_2",
    "sessions attended": "attendance.attended",
    "present": "attendance.attended",
    "attended": "attendance.attended",
    "attendances": "attendance.attended",
    "sessions possible": "attendance.possible",
    "possible": "attendance.possible",
    "possible sessions": "attendance.possible",
    "attendance from": "attendance.from",
    "attendance to": "attendance.to",
    "from": "attendance.from",
    "to": "attendance.to",
    "subject": "attainment.subject",
    "result": "attainment.result",
    "grade": "attainment.result",
    "assessment date": "attainment.date",
    "result date": "attainment.date",
    "date": "attainment.date",
    "framework": "attainment.framework",
    "assessment": "attainment.framework",
    "expected": "attainment.expected",
}


def guess(headings: Iterable[str]) -> dict[str, str]:
    """For each heading the field that it most probably means; "" for what is not known."""
    found: dict[str, str] = {}
    for heading in headings:
        words = " ".join(re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).replace("_", " ").casefold().split())
        meant = _HEADINGS.get(words, "")
        found[heading] = "" if meant in found.values() else meant
    return found


def is_field(name: str) -> bool:
    """True for a field that a column can bring."""
    group, _, part = name.partition(".")
    if name in KINDS or name in REPORTED or (group in ROWS and part in ROWS[group]):
        return True
    return name.startswith("attainment:") and bool(name.partition(":")[2].strip())


def from_cells(
    where: str, cells: Mapping[str, str], columns: Mapping[str, str], default: Mapping[str, str]
) -> Incoming:
    """One row of a table as a pupil. `default` gives fields of rows that the file has no column for."""
    one = Incoming(where)
    rows: dict[str, dict[str, str]] = {}
    for heading, text in cells.items():
        name = columns.get(heading, "")
        group, _, part = name.partition(".")
        if name.startswith("attainment:"):
            row = {"subject": name.partition(":")[2].strip(), "result": text}
            one.rows.setdefault("attainment", []).append(row)
        elif group in ROWS and part:
            rows.setdefault(group, {})[part] = text
        elif name:
            one.values[name] = text
    for group, row in rows.items():
        one.rows.setdefault(group, []).append(row)
    for group, added in one.rows.items():
        for row in added:
            for name, text in default.items():
                if name in ROWS[group]:
                    row.setdefault(name, text)
    return one


def missing_columns(columns: Mapping[str, str]) -> Sequence[str]:
    """What a table must have to be of use: the UPN, or surname, forename and date of birth."""
    fields = set(columns.values())
    if "upn" in fields:
        return ()
    return [name for name in ("legal_surname", "forenames", "date_of_birth") if name not in fields]
