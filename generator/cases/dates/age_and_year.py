"""A pupil's age at a date, school year, year group and key stage, and what follows from them in law."""

from __future__ import annotations

from datetime import date

from generator.cases.case import Data

YEAR_GROUPS: tuple[str | int, ...] = ("N1", "N2", "R", *range(1, 15))


def age(born: date, on: date) -> tuple[int, int]:
    """Whole years and months from birth to a day."""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return months // 12, months % 12


def age_text(born: date, on: date) -> str:
    """`9 years 6 months`."""
    years, months = age(born, on)
    return f"{years} year{'s' * (years != 1)} {months} month{'s' * (months != 1)}"


def school_year(on: date) -> int:
    """The calendar year in which the school year of a day began (1 September)."""
    return on.year if on.month >= 9 else on.year - 1


def usual_year_group(born: date, on: date) -> str | int | None:
    """The year group usual in England for a date of birth: Reception in the school year in which a child turns 5."""
    place = school_year(on) - school_year(born) - 5 + YEAR_GROUPS.index("R")
    return YEAR_GROUPS[place] if 0 <= place < len(YEAR_GROUPS) else None


def year_label(year_group: str | int | None) -> str:
    """`Year 4`, `Reception`, `Nursery 2`."""
    if year_group is None:
        return ""
    return {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2"}.get(str(year_group), f"Year {year_group}")


def key_stage(year_group: str | int) -> str:
    """The key stage of a year group: EYFS to Reception, then KS1 (1-2), KS2 (3-6), KS3 (7-9), KS4 (10-11), KS5."""
    if isinstance(year_group, str):
        return "EYFS"
    limits = ((2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4"), (14, "KS5"))
    return next(stage for last, stage in limits if year_group <= last)


def prepares_for_adulthood(pupil: Data) -> bool:
    """True from Year 9 (SEND Regulations 2014 reg 6(1)(g), Code chapter 8)."""
    year = pupil["year_group"]
    return isinstance(year, int) and year >= 9


def speaks_for_themselves(pupil: Data, on: date) -> bool:
    """True for a young person: over compulsory school age, the last Friday in June of the school year they turn 16."""
    leaves = date(school_year(pupil["date_of_birth"]) + 17, 6, 30)
    last_friday = leaves.day - (leaves.weekday() - 4) % 7
    return on > leaves.replace(day=last_friday)
