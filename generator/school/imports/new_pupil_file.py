"""The file of a pupil who is new here, begun from what the export says: what only a person can say is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from generator.cases.dates.age_and_year import usual_year_group
from generator.cases.prefill import known_pupil
from generator.records.blank_records import skeleton
from generator.records.schema.schema_view import Shape
from generator.school.imports.incoming_pupil import Incoming, Read
from generator.school.imports.lists.status_and_needs import looked_after_to_fill_in, need_rows, status_row
from generator.school.imports.lists.value_words import NeedType
from generator.values.file_names import slug

ADDRESS = "../../schemas/pupil.schema.json"


def needed_to_begin(read: Read, on: date) -> list[str]:
    """What the export must say before a folder can be begun, in words; nothing when all is there."""
    names = {"legal_surname": "surname", "forenames": "forename", "date_of_birth": "date of birth"}
    absent = [f"no {said}, so no folder can be begun" for name, said in names.items() if name not in read.values]
    born = read.values.get("date_of_birth")
    if born and "year_group" not in read.values and usual_year_group(born, on) is None:
        absent.append(f"no year group, and none that is usual for somebody born on {born:%d/%m/%Y}")
    return absent


def new_pupil_file(shape: Shape, one: Incoming, read: Read, since: str, on: date) -> str:
    """The text of pupil.yaml; `since` is the reason that stands beside the status.

    Raises Unreadable when a row of a list is wrong.
    """
    values = read.values
    known = known_pupil(str(values["forenames"]), str(values["legal_surname"]), values["date_of_birth"], on)
    known.update({name: value for name, value in values.items() if not _is_the_legal_one(name, value, values)})
    if one.people:
        known["people"] = [{"id": _person_id(n, row), **row} for n, row in enumerate(one.people, 1)]
    if read.status in ("K", "E") and read.since:
        known["sen_status"] = [*_earlier(one, read), status_row(read.status, read.since, since)]
        if read.since < on:
            known["records_from"] = on
    if needs := need_rows(read.needs):
        known["needs"] = needs
    if read.looked_after == "yes":
        known["looked_after"] = looked_after_to_fill_in()
    elif read.looked_after == "no":
        known["is_looked_after"] = "no"
    known.update(lists_of(one))
    return skeleton(shape, known, ADDRESS, on)


def lists_of(one: Incoming) -> dict[str, list[dict[str, Any]]]:
    """The rows of attendance and attainment. Raises Unreadable."""
    from generator.school.imports.existing_pupil import read_row

    return {group: [read_row(group, row) for row in rows] for group, rows in one.rows.items() if rows}


def folder_of(read: Read, taken: Iterable[str]) -> str:
    """The folder's name: as the school calls the child; with a number where another child has that name."""
    values = read.values
    first = str(values.get("preferred_name") or str(values["forenames"]).split()[0])
    name = slug(f"{first} {values.get('known_as_surname') or values['legal_surname']}") or "pupil"
    there = set(taken)
    return next(one for n in range(1, 1000) if (one := name if n == 1 else f"{name}-{n}") not in there)


def _is_the_legal_one(name: str, value: Any, values: Mapping[str, Any]) -> bool:
    """True for a name at school that is the same as the legal one, and so need not be said."""
    if name == "known_as_surname":
        return str(value).casefold() == str(values["legal_surname"]).casefold()
    forenames = str(values["forenames"])
    return name == "preferred_name" and str(value).casefold() in (forenames.casefold(), forenames.split()[0].casefold())


def _person_id(number: int, row: Mapping[str, Any]) -> str:
    made = slug(str(row["name"]))[:24]
    return f"{made}-{number}" if made[:1].isalpha() else f"person-{number}"


# -- special educational needs ----------------------------------------------------------------------------------------


def _earlier(one: Incoming, read: Read) -> list[dict[str, Any]]:
    """The statuses before the present one, each with its end: the day before the next one began."""
    begun = [(status, date.fromisoformat(day)) for status, day in one.history]
    nexts = [*(day for _, day in begun), read.since or date.max][1:]
    return [
        {"status": status, "from": day, "to": after - timedelta(days=1)}
        for (status, day), after in zip(begun, nexts, strict=True)
        if day < after
    ]


def needs_to_place(needs: Sequence[NeedType]) -> list[str]:
    """What is to be said of needs whose type tells no area, and of those of which the list tells the area alone."""
    return [
        f"need {number}, {need.title} ({need.code}): its type tells no area, which is written as not known"
        if need.code
        else f"need {number}, {need.title}: the list tells the area of need; its type for the census is to be chosen"
        for number, need in enumerate(needs, 1)
        if not (need.area and need.code)
    ]
