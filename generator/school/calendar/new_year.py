"""A school year rolls over: year groups go up, leavers are named, and what the new year still needs is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.cases.case import Case, Data
from generator.cases.classes import rows_to_remember
from generator.cases.dates.age_and_year import YEAR_GROUPS, usual_year_group, year_label
from generator.cases.family.people import known_as
from generator.files.atomic_files import write_file
from generator.folder.school_folder import Project
from generator.records.record import read_record
from generator.records.yaml_text.yaml_editor import with_row, with_value
from generator.records.yaml_text.yaml_layout import NoPlaceForIt

LAST_YEARS: dict[str, str | int] = {
    "nursery": "R",
    "primary": 6,
    "middle": 8,
    "secondary": 13,
    "all_through": 13,
    "special": 14,
    "college": 14,
}
"""The last year group of a school by its phase."""


@dataclass(frozen=True)
class Move:
    """What the new year means for one pupil: the year group after it, or that the pupil leaves, or why neither."""

    case: str
    name: str
    before: str | int
    after: str | int | None
    leaves: bool = False
    note: str = ""


def last_of(school: Data) -> str | int:
    """The last year group of the school."""
    return LAST_YEARS.get(str(school.get("phase", "")), 14)


def first_day(on: date) -> date:
    """The first of September that begins the school year to move to: the next one from May on, else the last."""
    return date(on.year, 9, 1) if on.month >= 5 else date(on.year - 1, 9, 1)


def move(case: Case, year: date, last: str | int, stay: Iterable[str] = ()) -> Move:
    """Where one pupil goes in the school year that begins on a day. Doing it again changes nothing."""
    pupil, name = case.data("pupil"), known_as(case.data("pupil"))
    before = pupil["year_group"]
    usual = usual_year_group(pupil["date_of_birth"], year)
    if case.name in set(stay):
        note = "stays down: give the reason under out_of_cohort" if "out_of_cohort" not in pupil else "stays down"
        return Move(case.name, name, before, None, note=note)
    if before == usual:
        return Move(case.name, name, before, None)
    place = YEAR_GROUPS.index(before)
    if "out_of_cohort" in pupil or usual is None or YEAR_GROUPS[place + 1 : place + 2] != (usual,):
        if place >= YEAR_GROUPS.index(last) and usual is None:
            return Move(case.name, name, before, None, leaves=True)
        fits = f"the usual one would be {year_label(usual)}" if usual else "no year group is usual at that age"
        return Move(case.name, name, before, None, note=f"is in {year_label(before)}; {fits}: decide by hand")
    if place >= YEAR_GROUPS.index(last):
        return Move(case.name, name, before, None, leaves=True)
    return Move(case.name, name, before, usual)


def write_move(project: Project, step: Move, year: date) -> str:
    """Put the new year group into pupil.yaml, and the class of the old year into its history; nothing else.

    Gives why that could not be done, or "".
    """
    file = project.cases / step.case / "pupil.yaml"
    shown = f"cases/{step.case}/pupil.yaml"
    try:
        text = file.read_bytes().decode("utf-8-sig")
        record, _ = read_record(text.encode(), shown, "pupil", project.schemas)
        if record is None:
            return "its file has errors"
        shape = project.schemas.shape("pupil")
        new = with_value(text, ("year_group",), step.after, shape)
        rows = rows_to_remember(record.data, {**record.data, "year_group": step.after}, project.school_data, year)
        for row in rows:
            new = with_row(new, "class_history", row, shape)
        after, _ = read_record(new.encode(), shown, "pupil", project.schemas)
    except (NoPlaceForIt, UnicodeDecodeError) as error:
        return f"change year_group by hand: {error}"
    wanted = {**record.data, "year_group": step.after}
    if rows:
        wanted["class_history"] = [*record.data.get("class_history", ()), *rows]
    if after is None or after.data != wanted:
        return "change year_group by hand: it is written in a way that cannot be changed with certainty"
    write_file(file, new.encode())
    return ""


def still_needed(school: Data, cases: Iterable[Case], year: date) -> Iterator[str]:
    """What a human has to add for the new year."""
    end = date(year.year + 1, 8, 31)
    # Terms of some authorities, such as Leicester's, begin in the last days of August.
    first = date(year.year, 8, 1)
    terms = [row for row in school.get("terms", ()) if first <= row["start"] <= end - timedelta(days=31)]
    if len(terms) < 3:
        years = f"{year.year} to {end.year}"
        yield f"school.yaml has {len(terms) or 'no'} terms that begin in {years}: add them, and the days it is closed"
    if not any(row["from"] >= first for row in school.get("closures", ())):
        yield "school.yaml has no closures for the new year"
    if any(case.data("pupil").get("class") for case in cases):
        yield "classes and class teachers are those of the old year: bring in the new ones with sendpack import"
    yield "pay rates and hours in school.yaml may have changed"
