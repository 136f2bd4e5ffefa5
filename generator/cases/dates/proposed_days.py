"""Days proposed for new records, on which school is open: the next Monday, the day of review, the end of the year."""

from __future__ import annotations

from datetime import date, timedelta

from generator.cases.case import Data

DAY = timedelta(days=1)
SHORTEST = timedelta(weeks=6)
"""The shortest round that is proposed: half a term (Devon IAS: half a term to a term)."""
LONGEST = timedelta(weeks=14)
"""The longest round that is proposed."""
_A_WEEK_BEFORE = timedelta(days=11)
"""A term's last Friday less this is the Monday a full week before the term ends."""


def is_school_day(school: Data, day: date) -> bool:
    """False on weekends, in half-terms, between the terms that are written, and on days of closure."""
    terms = school.get("terms", ())
    if day.weekday() > 4 or any(row["from"] <= day <= row.get("to", row["from"]) for row in school.get("closures", ())):
        return False
    inside = [row for row in terms if row["start"] <= day <= row["end"]]
    written = bool(terms) and min(r["start"] for r in terms) <= day <= max(r["end"] for r in terms)
    return not (written and not inside) and not any(_in_half_term(row, day) for row in inside)


def _in_half_term(term: Data, day: date) -> bool:
    start, end = term.get("half_term_start"), term.get("half_term_end")
    return bool(start and end and start <= day <= end)


def school_day_from(school: Data, day: date) -> date:
    """The day itself when school is open, else the next day on which it is."""
    return next((one for n in range(120) if is_school_day(school, one := day + n * DAY)), day)


def school_day_until(school: Data, day: date) -> date:
    """The day itself when school is open, else the last day before it on which it was."""
    return next((one for n in range(120) if is_school_day(school, one := day - n * DAY)), day)


def monday_from(school: Data, day: date) -> date:
    """The first school day of the first week that begins on a day or after it; usually a Monday."""
    return school_day_from(school, day + timedelta(days=-day.weekday() % 7))


def term_of(school: Data, day: date) -> Data | None:
    """The term of a day, or the next one after it."""
    terms = sorted(school.get("terms", ()), key=lambda row: row["start"])
    return next((row for row in terms if row["end"] >= day), None)


def review_day(school: Data, start: date) -> date:
    """When to review what starts on a day: a Monday a week before the term ends, on which school is open.

    Where that is too near, before the next half-term or the end of the next term; always half a term to a term away.
    Eleven weeks on where the terms are not known.
    """
    for term in sorted(school.get("terms", ()), key=lambda row: row["end"]):
        ends = [term["end"]] if term["start"] <= start else [_before_half_term(term), term["end"]]
        for end in ends:
            day = _monday_before(school, end)
            if day and SHORTEST <= day - start <= LONGEST:
                return day
    return school_day_from(school, (start + timedelta(weeks=11)) - timedelta(days=start.weekday()))


def _before_half_term(term: Data) -> date | None:
    start = term.get("half_term_start")
    return start + timedelta(days=4) if start else None


def _monday_before(school: Data, end: date | None) -> date | None:
    """The first school day of the week before the last one."""
    if end is None:
        return None
    day = end - _A_WEEK_BEFORE
    return school_day_from(school, day - timedelta(days=day.weekday()))


MEETINGS_A_YEAR = 3
"""Code 6.65: schools meet parents at least three times each year."""


def meeting_days(school: Data, start: date) -> list[date]:
    """Days proposed for the meetings with the family, three in twelve months, one towards the end of each term.

    Each a Monday a week before a term ends, on which school is open, three weeks or more after a day. Only as far as
    the terms are written: the days of a year that nobody knows yet are not made up.
    """
    terms = sorted(school.get("terms", ()), key=lambda row: row["end"])
    days = [day for term in terms if (day := _monday_before(school, term["end"]))]
    return [day for day in days if day - start >= timedelta(weeks=3)][:MEETINGS_A_YEAR]


def end_of_year(school: Data, after: date) -> date:
    """The last school day of the first school year that ends two weeks or more after a day; else a Friday in July."""
    written = {row["end"].year: row["end"] for row in school.get("terms", ()) if 5 <= row["end"].month <= 8}
    ends = (school_day_until(school, written.get(year, date(year, 7, 17))) for year in (after.year, after.year + 1))
    return next((end for end in ends if end - after >= timedelta(weeks=2)), after)
