"""School days between two days: Mondays to Fridays in term, without half-terms and closures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.cases.case import Data
from generator.cases.dates.age_and_year import school_year

_SUMMER = 30
"""Weekdays of a summer holiday, six weeks, where no terms are written down."""


def school_days(school: Data, start: date, end: date) -> int:
    """The school days after one day and up to another; without terms, weekdays less six weeks for each summer."""
    terms = [term for term in school.get("terms", ()) if "start" in term and "end" in term]
    weekdays = [day for day in _days(start, end) if day.weekday() < 5]
    first, last = min((t["start"] for t in terms), default=date.max), max((t["end"] for t in terms), default=date.min)
    if not (first <= start and end <= last):
        return max(0, len(weekdays) - _SUMMER * (school_year(end) - school_year(start)))
    shut = [(row["from"], row["to"]) for row in school.get("closures", ()) if "from" in row and "to" in row]
    shut += [
        (t["half_term_start"], t["half_term_end"]) for t in terms if "half_term_start" in t and "half_term_end" in t
    ]
    return sum(
        any(term["start"] <= day <= term["end"] for term in terms) and not any(a <= day <= b for a, b in shut)
        for day in weekdays
    )


def _days(start: date, end: date) -> Iterator[date]:
    yield from (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
