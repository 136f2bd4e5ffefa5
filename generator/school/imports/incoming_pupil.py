"""What a school's information system says of a pupil: fields by name, read as values, compared with what is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.school.imports.lists import value_words as words
from generator.school.imports.lists.column_dates import read_day
from generator.school.imports.lists.column_words import label
from generator.school.imports.lists.value_words import NeedType
from generator.values.identifiers import compact
from generator.values.parsing import Unreadable

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
    "ethnicity": "ethnicity",
    "religion": "text",
    "first_language": "text",
    "home_language": "text",
    "eal": "yes_no",
    "pupil_premium": "yes_no",
    "free_school_meals": "yes_no",
    "service_child": "yes_no",
    "young_carer": "yes_no",
}
"""The fields of pupil.yaml that an export may bring, and how their text is read."""

SEN = {
    "sen_status": "status",
    "sen_from": "date",
    "sen_to": "date",
    "sen_type": "needs",
    "sen_type_2": "needs",
    "sen_type_3": "needs",
    "need_rank": "rank",
    "ehc_plan": "yes_no",
}
"""What begins a file that has none of it yet, and is never changed: the SENCO decides, after a review."""

OTHERS = {"looked_after": "looked_after", "full_name": "text", "middle_names": "text", "leaving_date": "date",
          "on_roll": "on_roll"}  # fmt: skip
"""What goes into other fields than its own name."""

ROWS = {
    "attendance": ("from", "to", "attended", "possible", "setting"),
    "attainment": ("date", "subject", "result", "framework", "expected", "comment"),
}
"""Lists to which an export adds rows; a column's field is `attendance.attended`, or `attainment: Reading` for a
column that holds the results of one subject."""

NAMES = ("legal_surname", "forenames", "preferred_name", "known_as_surname")
"""Names: a file in an older encoding has a question mark or another sign in them for a letter like Ł."""

_NO_LETTER = re.compile(
    r"[ÃÂÄÅâ][\u0080-\u00a9\u00ab-\u00b9\u00bb-\u00bf€‚„…†‡ˆ‰‹‘’“”•–—˜™›]|[?£¥¤§±¹²³¿¡×÷¬¦|<>{}\\@#$%^*=+~_]"
)

_EXCEL_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)")

OLDEST = 26
"""Years up to which a person can be a pupil with a plan (Children and Families Act 2014, s.83: under 25)."""


@dataclass
class Incoming:
    """One pupil as the export has them: where that stands, text by field, rows for lists, and what has no place.

    `history` holds the statuses before the present one, the oldest first, each with the day it began as 2025-09-01.
    """

    where: str
    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    history: list[tuple[str, str]] = field(default_factory=list)
    needs: list[tuple[int, str]] = field(default_factory=list)
    statuses: list[tuple[str, str, str, str]] = field(default_factory=list)
    starts_said: dict[str, str] = field(default_factory=dict)
    """By the day that is written, as 2023-09-01: what the list says instead of it, such as `Autumn 2023`."""
    tells_sen: bool = True
    """False for a row of a list of pupils with SEN that has no column for the status."""
    look_at: list[str] = field(default_factory=list)
    """What is to be looked at in a new file; a file that is there keeps its own names and people."""
    faults: list[str] = field(default_factory=list)
    """`history` are the statuses before the one held; `needs` with their ranks and `statuses` (status, since, until,
    where) are what the rows of a list say of them, until all are read."""

    @property
    def named(self) -> bool:
        """True when a name or a number tells who this is."""
        return any(self.values.get(one) for one in ("upn", *NAMES))

    @property
    def name(self) -> str:
        """How to speak of the pupil in a message."""
        known = [self.values.get("forenames", ""), self.values.get("legal_surname", "")]
        return " ".join(filter(None, known)) or self.values.get("upn", "") or "somebody without a name"


@dataclass
class Read:
    """The values of one incoming pupil that could be read, and what could not, in words that say what to write."""

    values: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    since: date | None = None
    needs: list[NeedType] = field(default_factory=list)
    looked_after: str = ""
    left: date | None = None
    gone: bool = False
    """True where the export says that the pupil is on roll no more, whatever the day."""
    notes: list[str] = field(default_factory=list)
    start_given: bool = False
    start_said: str = ""
    """What the export says in place of a day, such as `Autumn 2023`: `since` is the first day of it."""
    faults: list[str] = field(default_factory=list)


def read(one: Incoming, on: date) -> Read:
    """What an incoming pupil's text means on a day. Nothing is guessed: a value that is not understood is a fault."""
    found = Read(faults=list(one.faults))
    parsed: dict[str, Any] = {}
    for name, text in one.values.items():
        try:
            parsed[name] = meaning((KINDS | SEN | OTHERS)[name], text, on)
        except Unreadable as error:
            found.faults.append(f"{label(name)}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
    found.values = {name: value for name, value in parsed.items() if name in KINDS}
    found.status, found.since = parsed.get("sen_status", ""), parsed.get("sen_from")
    found.looked_after, found.left = parsed.get("looked_after", ""), parsed.get("leaving_date")
    found.gone = bool(parsed.get("on_roll")) or bool(found.left and found.left <= on)
    found.needs = _by_rank(parsed)
    found.notes = [
        f"not taken over: the words “{left}” beside the need, in “{one.values[name]}”"
        for name in ("sen_type", "sen_type_2")
        if name in parsed and (left := words.words_left(one.values[name]))
    ]
    if left := words.beside_status(one.values.get("sen_status", "")):
        found.notes.append(f"not taken over: the words “{left}” beside the status, in “{one.values['sen_status']}”")
    found.start_said = one.starts_said.get(one.values.get("sen_from", ""), "")
    found.faults += _impossible(found, on)
    return found


def _by_rank(parsed: Mapping[str, Any]) -> list[NeedType]:
    """The primary need and what comes after it, none twice."""
    needs = [*parsed.get("sen_type", ()), *parsed.get("sen_type_2", ())]
    return list({need.code or need.area: need for need in needs}.values())


def _impossible(found: Read, on: date) -> list[str]:
    """What cannot be true on a day, though each value can be read."""
    born, since = found.values.get("date_of_birth"), found.since
    faults = [
        f"{label(name)}: `{found.values[name]}` is no name"
        for name in NAMES[:2]
        if name in found.values and not any(letter.isalpha() for letter in found.values[name])
    ]
    faults += [
        f"{label(name)}: `{found.values[name]}` has a {sign[0]} in it, as where a letter was lost "
        f"(save the list as CSV UTF-8)"
        for name in NAMES
        if (sign := _NO_LETTER.search(str(found.values.get(name, ""))))
    ]
    if born and (born > on or on.year - born.year > OLDEST):
        faults.append(f"date of birth: nobody born on {born:%d/%m/%Y} is a pupil on {on:%d/%m/%Y}")
    if since and born and since <= born:
        faults.append(f"SEN status since: {since:%d/%m/%Y} is before the child was born")
    if since and since > on:
        faults.append(f"SEN status since: {since:%d/%m/%Y} is still to come")
    return faults


def meaning(kind: str, text: str, on: date | None = None) -> Any:
    """Text as the value that pupil.yaml holds. Raises Unreadable with what is wrong."""
    plain = text.strip()
    if _EXCEL_ERROR.fullmatch(plain):
        raise Unreadable(
            "excel-error", f"`{plain}` is what Excel shows in place of a value", "look at that cell and export again"
        )
    if "\ufffd" in plain:
        raise Unreadable("encoding", f"`{plain}` has lost letters", "save the file as CSV UTF-8 and import it again")
    if kind == "date":
        return read_day(plain, on=on)
    if kind == "yes_no":
        return words.read_yes_no(plain, on)
    if kind == "looked_after":
        return words.read_looked_after(plain, on)
    reader = _READERS.get(kind)
    return reader(plain) if reader else plain


def _rank(text: str) -> int:
    if text.rstrip(".") not in ("1", "2", "3", "4", "5", "6"):
        raise Unreadable("rank", f"`{text}` is no rank", "write 1 for the primary need, 2 for the secondary")
    return int(text.rstrip("."))


_READERS: dict[str, Callable[[str], Any]] = {
    "year": words.read_year_group,
    "status": words.read_status,
    "needs": words.read_need_types,
    "rank": _rank,
    "on_roll": words.has_left,
    "code": compact,
    "ethnicity": words.read_ethnicity,
    "postcode": lambda text: " ".join(text.upper().split()),
    "sex": words.read_sex,
}


def alike(kind: str, written: Any, found: Any) -> bool:
    """True when two values mean the same: spaces, capitals of codes and line breaks of addresses do not count."""
    if isinstance(written, str) and isinstance(found, str):
        if kind in ("code", "postcode"):
            return compact(written) == compact(found)
        return re.sub(r"[\s,]+", " ", written).strip() == re.sub(r"[\s,]+", " ", found).strip()
    return bool(written == found)


def missing_columns(columns: Mapping[str, str]) -> Sequence[str]:
    """What a list must have to be of use: the UPN, or the name and the date of birth; "" stands for nothing missing."""
    fields = set(columns.values())
    if "upn" in fields:
        return ()
    names = () if "full_name" in fields else ("legal_surname", "forenames")
    return [name for name in (*names, "date_of_birth") if name not in fields]
