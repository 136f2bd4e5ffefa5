"""The rows of a list as pupils: names taken apart, needs by rank, several rows about one child put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.school.imports.incoming_pupil import KINDS, ROWS, SEN, Incoming
from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST, read_day
from generator.school.imports.lists.column_words import label
from generator.school.imports.lists.headings import ListRow
from generator.values.identifiers import compact
from generator.values.parsing import Unreadable

_DATES = {name for name, kind in (KINDS | SEN).items() if kind == "date"}
_BEFORE_SURNAMES = {
    "van",
    "von",
    "de",
    "del",
    "della",
    "da",
    "das",
    "dos",
    "di",
    "du",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "ibn",
    "bint",
    "ben",
    "abu",
    "der",
    "den",
    "ter",
    "st",
    "saint",
    "mac",
    "mc",
    "ap",
}


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


def pupils_of(rows: Iterable[ListRow], columns: Columns, default: Mapping[str, str], on: date) -> list[Incoming]:
    """The pupils of a list's rows, one for each child, in the order of their first row.

    `default` gives fields of rows for lists that the file has no column for.
    """
    found: dict[object, Incoming] = {}
    for row in rows:
        one = _pupil(row, columns, default, on)
        key = _who(one) or row.where
        if key in found:
            _join(found[key], one)
        else:
            found[key] = one
    return list(found.values())


def _who(one: Incoming) -> object:
    """What tells one child from all others in a list; nothing when the row does not say it."""
    if upn := compact(one.values.get("upn", "")):
        return upn
    name = [one.values.get(key, "").casefold() for key in ("legal_surname", "forenames", "date_of_birth")]
    return tuple(name) if all(name) else None


def _pupil(row: ListRow, columns: Columns, default: Mapping[str, str], on: date) -> Incoming:
    one = Incoming(row.where)
    lists: dict[str, dict[str, str]] = {}
    for heading, cell in row.cells.items():
        name = columns.fields.get(heading, "")
        group, _, part = name.partition(".")
        text = _as_iso(one, name, cell, columns.dates.get(heading, DAY_FIRST), on) if _is_date(name) else cell
        if name.startswith("attainment:"):
            result = {"subject": name.partition(":")[2].strip(), "result": text}
            one.rows.setdefault("attainment", []).append(result)
        elif group in ROWS and part:
            lists.setdefault(group, {})[part] = text
        elif name:
            one.values[name] = text
    for group, cells in lists.items():
        one.rows.setdefault(group, []).append(cells)
    for group, added in one.rows.items():
        for cells in added:
            cells |= {name: text for name, text in default.items() if name in ROWS[group] and name not in cells}
    _name(one)
    _needs(one)
    return one


def _as_iso(one: Incoming, name: str, text: str, order: str, on: date) -> str:
    """A date as 2018-05-14. What cannot be read stays as it is, and is a fault when it is read."""
    try:
        return read_day(text, order, on).isoformat()
    except Unreadable as error:
        if order == MONTH_FIRST:
            one.faults.append(f"{label(name)}: {error.message}")
        return text


# -- names ------------------------------------------------------------------------------------------------------------


def _name(one: Incoming) -> None:
    """Surname and forenames from one column where they stand in one; second names put to the forenames."""
    whole = one.values.pop("full_name", "")
    if whole and not ("legal_surname" in one.values and "forenames" in one.values):
        surname, forenames, sure = apart(whole)
        if surname and forenames:
            one.values.setdefault("legal_surname", surname)
            one.values.setdefault("forenames", forenames)
            if not sure:
                one.unplaced.append(
                    f"“{whole}” was taken as forenames “{forenames}” and surname “{surname}”: look at it"
                )
        else:
            one.faults.append(f"name: “{whole}” has no surname")
    second = one.values.pop("middle_names", "")
    first = one.values.get("forenames", "")
    if second and first and not first.casefold().endswith(second.casefold()):
        one.values["forenames"] = f"{first} {second}"


def apart(whole: str) -> tuple[str, str, bool]:
    """Surname, forenames, and whether that is certain: `Brown, Ada Rose` is; `Ada Rose Brown` is by custom only."""
    text = re.sub(r"\s*\([^)]*\)\s*$", "", " ".join(whole.split()))
    surname, comma, forenames = (part.strip() for part in text.partition(","))
    if comma:
        return surname, forenames, True
    parts = text.split()
    if len(parts) < 2:
        return "", text, False
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold().rstrip(".") in _BEFORE_SURNAMES:
        at -= 1
    if len(parts) > 2 and parts[0].isupper() and not parts[-1].isupper():
        at = next(n for n, part in enumerate(parts) if not part.isupper())  # BROWN Ada Rose
        return " ".join(parts[:at]), " ".join(parts[at:]), True
    return " ".join(parts[at:]), " ".join(parts[:at]), len(parts) == 2


# -- needs, and several rows ------------------------------------------------------------------------------------------


def _needs(one: Incoming) -> None:
    """A need whose own column says that it is the second goes where the second need stands."""
    rank = one.values.pop("need_rank", "").strip().rstrip(".").casefold()
    if rank in ("", "1", "primary", "1st", "first") or "sen_type" not in one.values:
        return
    if rank in ("2", "secondary", "2nd", "second"):
        one.values.setdefault("sen_type_2", one.values.pop("sen_type"))
    elif rank.isdecimal():
        one.unplaced.append(f"need of rank {rank}: {one.values.pop('sen_type')}")
    else:
        one.faults.append(f"rank of the need: `{rank}` is no rank (write 1 for the primary need, 2 for the secondary)")


def _join(first: Incoming, other: Incoming) -> None:
    """A further row about the same child: what it adds; what contradicts the first row is a fault of both."""
    for name, text in other.values.items():
        held = first.values.setdefault(name, text)
        if held != text and name == "sen_type" and first.values.setdefault("sen_type_2", text) == text:
            first.unplaced.append("the list does not rank the needs: look which is the primary one")
        elif held != text:
            first.faults.append(f"{label(name)}: `{held}` in {first.where}, `{text}` in {other.where}")
    for group, rows in other.rows.items():
        first.rows[group] = [*first.rows.get(group, []), *(row for row in rows if row not in first.rows.get(group, []))]
    first.unplaced += [line for line in other.unplaced if line not in first.unplaced]
    first.faults += other.faults
