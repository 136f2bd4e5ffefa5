"""The rows of a list as pupils: names taken apart, needs by rank, several rows about one child put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.school.imports.incoming_pupil import KINDS, ROWS, SEN, Incoming, meaning
from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST, read_beginning, read_day
from generator.school.imports.lists.column_words import NEED, label
from generator.school.imports.lists.contacts_of_list import GROUP, people_of
from generator.school.imports.lists.headings import ListRow
from generator.school.imports.lists.name_parts import (
    WholeName,
    apart,
    spell_names,
    surname_comes_first,
    without_known_name,
    without_title,
)
from generator.school.imports.lists.sen_of_rows import (
    plain_status,
    rank_needs,
    settle_statuses,
    take_sen,
    tick_need,
    two_in_one,
)
from generator.values.identifiers import compact
from generator.values.parsing import Unreadable

_DATES = {name for name, kind in (KINDS | SEN).items() if kind == "date"}
_NOTHING = frozenset(("-", "–", "—", "--", "n/a", "not applicable", "nil", "n.a."))
"""What stands in a cell that has nothing to say; where a field has words of its own for it, they are read there."""

_NEVER_SAID = frozenset(("null", "(null)", "(blank)"))
"""What programs write for a cell without a value, whatever its field."""

_HAS_ITS_OWN = {
    "sen_status",
    "sen_type",
    "sen_type_2",
    "sen_type_3",
    "looked_after",
    "ehc_plan",
    "religion",
    "address",
} | {name for name, kind in KINDS.items() if kind == "yes_no"}
_TICKED = {"sen_status", "ehc_plan", "looked_after"} | {name for name, kind in KINDS.items() if kind == "yes_no"}
_NAMES = ("legal_surname", "forenames", "preferred_name", "known_as_surname", "full_name", "middle_names")
_NAMED_BY = ("upn", "legal_surname", "forenames", "preferred_name", "known_as_surname", "full_name")
_GOES_ON = {"sen_type", "sen_type_2", "sen_type_3", "need_rank", "sen_status", "sen_from", "sen_to"}
_SUMMARY = re.compile(
    r"(?:grand |sub-?)?totals?\b|count\b|average|mean\b|sum\b|number of|no\. of|page [0-9]|printed|end of|"
    r"report\b|filter|source\b|key\b|notes?:",
    re.IGNORECASE,
)

_NO_NAME = re.compile("[0-9:=%]")


@dataclass(frozen=True)
class Columns:
    """How a file's columns are read: the field of each heading, and for columns of dates which part comes first."""

    fields: Mapping[str, str]
    dates: Mapping[str, str] = field(default_factory=dict)

    def of_dates(self) -> list[str]:
        """The headings of the columns that hold dates."""
        return [heading for heading, name in self.fields.items() if _is_date(name)]


def _is_date(name: str) -> bool:
    group, _, part = name.partition(".")
    return name in _DATES or (group in ROWS and part in ("from", "to", "date"))


def names_nobody(row: ListRow, columns: Columns) -> bool:
    """True for a row that speaks of no pupil: units below the headings, totals, notes at the end.

    A row with a need or a status and no name goes on with the pupil above it; it is no such row.
    """
    held = {columns.fields.get(heading, ""): cell for heading, cell in row.cells.items()}
    named = (without_known_name(held.get(name, ""))[0] for name in _NAMED_BY)
    if not any(character.isalpha() for name in named for character in name):
        return not (_GOES_ON & set(held) and _is_of_needs(held))
    number = sum(map(str.isdecimal, held.get("upn", ""))) > _DIGITS_OF_A_LINE
    if number or not _A_COUNT.fullmatch(held.get("date_of_birth", "0")) or _has_both_names(held):
        return False
    names = (held.get(name, "") for name in _NAMES)
    no_name = any(_NO_NAME.search(name) for name in names) and not (_GOES_ON & set(held))
    return no_name or bool(_SUMMARY.match(next(iter(row.cells.values()))))


_A_COUNT = re.compile(r"[0-9]{1,4}%?|\W*")
"""What stands below a column of birthdays in a line of totals."""

_DIGITS_OF_A_LINE = 4


def _has_both_names(held: Mapping[str, str]) -> bool:
    """True for a surname and a forename: a pupil may be called Key, and a class Key Stage 1. `Total boys, 12` has none.

    A surname of several words, such as `Printed by`, is none where it begins like a line below the list.
    """
    surname = held.get("legal_surname") or held.get("known_as_surname", "")
    forename = held.get("forenames") or held.get("preferred_name", "")
    if not (surname and forename):
        whole = held.get("full_name", "")
        surname, comma, forename = (part.strip() for part in whole.partition(","))
        if not comma and not _SUMMARY.match(whole):
            forename, _, surname = whole.rpartition(" ")
    if not all(any(map(str.isalpha, name)) and not _NO_NAME.search(name) for name in (surname, forename)):
        return False
    return " " not in surname or not _SUMMARY.match(surname)


def _is_of_needs(held: Mapping[str, str]) -> bool:
    try:
        return any(bool(meaning(SEN[name], held[name])) for name in ("sen_type", "sen_status") if name in held)
    except Unreadable:
        return False


def pupils_of(rows: Iterable[ListRow], columns: Columns, default: Mapping[str, str], on: date) -> list[Incoming]:
    """The pupils of a list's rows, one for each child, in the order of their first row.

    `default` gives fields of rows for lists that the file has no column for.
    """
    found: list[Incoming] = []
    by_upn: dict[str, Incoming] = {}
    by_name: dict[tuple[str, ...], list[Incoming]] = {}
    above: Incoming | None = None
    rows = _ticks_as_yes(list(rows), columns)
    often = any(_says_its_surname(row, columns) for row in rows)
    for row in rows:
        one = _pupil(row, columns, default, on, surnames_said=often)
        if above and not one.named and not _says_a_name(row, columns):
            above.unplaced.append(f"{one.where} has no name: it was read as going on with {above.where}")
            _join(above, one)
            continue
        upn, name = _upn(one), _who(one)
        alike = [other for other in by_name.get(name, ()) if not (upn and _upn(other))] if name else []
        same = by_upn.get(upn) if upn else None
        if same is None and len(alike) == 1:
            same = alike[0]
        if same is not None:
            _join(same, one)
        else:
            found.append(one)
        above = one if same is None else same
        if upn:
            by_upn.setdefault(upn, above)
        if name and above not in by_name.setdefault(name, []):
            by_name[name].append(above)
    for one in found:
        rank_needs(one)
        settle_statuses(one, on)
    return found


def _ticks_as_yes(rows: list[ListRow], columns: Columns) -> list[ListRow]:
    """The rows with Yes for an x in the columns of yes and no in which an x is all that ever stands.

    Beside other answers an x may be a cross that says no: there it is told, row by row.
    """
    ticked = {
        heading
        for heading, name in columns.fields.items()
        if (name in _TICKED or name.startswith(NEED))
        and {row.cells[heading].casefold() for row in rows if heading in row.cells} == {"x"}
    }
    if not ticked:
        return rows
    return [
        replace(row, cells={name: "Yes" if name in ticked else cell for name, cell in row.cells.items()})
        for row in rows
    ]


def _says_its_surname(row: ListRow, columns: Columns) -> bool:
    """True for a whole name that shows which part of it is the surname: `Brown, Ada`, `BROWN Ada`."""
    return any(
        columns.fields.get(heading) == "full_name" and apart(cell).surname_shown for heading, cell in row.cells.items()
    )


def _tells_sen(row: ListRow, columns: Columns) -> bool:
    """False for a list that by its name or its columns is of pupils with SEN, and has no column for the status."""
    sheet, headings = row.list_of
    fields = {columns.fields.get(heading, "") for heading in headings}
    return bool({"sen_status", "ehc_plan"} & fields) or not ("sen_type" in fields or _OF_SEN.search(sheet))


_OF_SEN = re.compile(r"\b(?:SEND?|SEN support|EHC\w*)\b", re.IGNORECASE)


def _says_a_name(row: ListRow, columns: Columns) -> bool:
    """True for a row that names somebody, though perhaps by one word only: it never goes on with the one above."""
    cells = (cell for heading, cell in row.cells.items() if columns.fields.get(heading, "") in _NAMES)
    return any(letter.isalpha() for cell in cells if cell.casefold() not in _NOTHING for letter in cell)


def _upn(one: Incoming) -> str:
    return compact(one.values.get("upn", ""))


def _who(one: Incoming) -> tuple[str, ...]:
    """Name and birthday, which tell one child from all others of a list; nothing when the row does not say them."""
    name = tuple(one.values.get(key, "").casefold() for key in ("legal_surname", "forenames", "date_of_birth"))
    return name if all(name) else ()


def _pupil(
    row: ListRow, columns: Columns, default: Mapping[str, str], on: date, *, surnames_said: bool = False
) -> Incoming:
    one = Incoming(row.where, tells_sen=_tells_sen(row, columns))
    lists: dict[str, dict[str, str]] = {}
    contacts: dict[str, str] = {}
    for heading, cell in row.cells.items():
        name = columns.fields.get(heading, "")
        group, _, part = name.partition(".")
        if cell.casefold() in _NEVER_SAID or (name not in _HAS_ITS_OWN and cell.casefold() in _NOTHING):
            continue
        text = _as_iso(one, name, cell, columns.dates.get(heading, DAY_FIRST), row, on) if _is_date(name) else cell
        if name.startswith("attainment:"):
            result = {"subject": name.partition(":")[2].strip(), "result": text}
            one.rows.setdefault("attainment", []).append(result)
        elif name.startswith(NEED):
            tick_need(one, name.removeprefix(NEED).strip(), text)
        elif group == GROUP:
            contacts[name] = text
        elif group in ROWS and part:
            lists.setdefault(group, {})[part] = text
        elif name:
            one.values[name] = plain_status(heading, text) if name == "sen_status" else text
    two_in_one(one)
    for group, cells in lists.items():
        one.rows.setdefault(group, []).append(cells)
    for group, added in one.rows.items():
        for cells in added:
            cells |= {name: text for name, text in default.items() if name in ROWS[group] and name not in cells}
    one.people, nameless, one.look_at = people_of(contacts)
    one.unplaced += nameless
    _name(one, surnames_said, next((h for h in row.cells if columns.fields.get(h) == "full_name"), ""))
    take_sen(one)
    return one


def _as_iso(one: Incoming, name: str, text: str, order: str, row: ListRow, on: date) -> str:
    """A date as 2018-05-14. What cannot be read stays as it is, and is a fault when it is read."""
    try:
        return read_day(text, order, on, from_1904=row.from_1904).isoformat()
    except Unreadable as error:
        if name == "sen_from" and (begun := _beginning(text, on)):
            one.starts_said[begun] = text
            return begun
        if order == MONTH_FIRST:
            one.faults.append(f"{label(name)}: {error.message}")
        return text


def _beginning(text: str, on: date) -> str:
    """The first day of a month or term since which a status counts; nothing for other words."""
    try:
        return read_beginning(text, on).isoformat()
    except Unreadable:
        return ""


# -- names ------------------------------------------------------------------------------------------------------------


def _name(one: Incoming, surnames_said: bool, heading: str) -> None:
    """Surname and forenames from one column where they stand in one; second names put to the forenames."""
    values = one.values
    for name in ("legal_surname", "known_as_surname", "forenames"):
        if name in values:
            values[name], known, beside = without_known_name(values[name])
            if known and name == "forenames":
                values.setdefault("preferred_name", known)
            elif known or beside:
                one.unplaced.append(f"“({known or beside})” beside the {label(name)}")
    if "forenames" in values:
        bare, title = without_title(values["forenames"])
        if title and not bare:
            one.faults.append(f"forenames: “{title}” is a title")
        values["forenames"] = bare or title
    whole = values.pop("full_name", "")
    surname = values.get("legal_surname") or values.get("known_as_surname", "")
    if whole and not (surname and "forenames" in values):
        found = apart(whole, surname_first=surname_comes_first(heading))
        _whole_name(one, found, surname, whole)
        if surnames_said and not surname and not found.surname_shown and "forenames" in values:
            said = f"forenames “{values['forenames']}” and surname “{values.get('legal_surname', '')}”"
            one.unplaced.append(f"“{whole}”, without a comma, was taken as {said}: look at it")
    second = values.pop("middle_names", "")
    first = values.get("forenames", "")
    if second and first and not first.casefold().endswith(second.casefold()):
        values["forenames"] = f"{first} {second}"
    one.look_at = list(dict.fromkeys([*one.look_at, *spell_names(values)]))


def _whole_name(one: Incoming, found: WholeName, surname: str, whole: str) -> None:
    """A name in one column, beside a column for the surname or without."""
    if surname and not found.surname:
        one.values.setdefault("forenames", found.forenames)
        return
    if not (found.surname and found.forenames):
        # What there is stays, so that messages say of whom they are.
        name = "legal_surname" if found.surname else "forenames"
        one.values.setdefault(name, found.surname or found.forenames or whole)
        one.faults.append(f"name: “{whole}” has no {'forename' if found.surname else 'surname'}")
        return
    one.values.setdefault("legal_surname", found.surname)
    one.values.setdefault("forenames", found.forenames)
    if found.known:
        one.values.setdefault("preferred_name", found.known)
    if found.beside:
        one.unplaced.append(f"“({found.beside})” beside the name")
    if not (found.sure or surname.casefold() == found.surname.casefold()):
        one.unplaced.append(
            f"“{whole}” was taken as forenames “{found.forenames}” and surname “{found.surname}”: look at it"
        )


# -- several rows about one child -------------------------------------------------------------------------------------


def _join(first: Incoming, other: Incoming) -> None:
    """A further row about the same child: what it adds; what contradicts the first row is a fault of both."""
    for name, text in other.values.items():
        held = first.values.setdefault(name, text)
        if held != text:
            first.faults.append(f"{label(name)}: `{held}` in {first.where}, `{text}` in {other.where}")
    first.tells_sen |= other.tells_sen
    first.starts_said |= other.starts_said
    first.needs += [need for need in other.needs if need not in first.needs]
    first.statuses += other.statuses
    for group, rows in other.rows.items():
        first.rows[group] = [*first.rows.get(group, []), *(row for row in rows if row not in first.rows.get(group, []))]
    first.people += [person for person in other.people if person not in first.people]
    first.unplaced += [line for line in other.unplaced if line not in first.unplaced]
    first.look_at += [line for line in other.look_at if line not in first.look_at]
    first.faults += other.faults
