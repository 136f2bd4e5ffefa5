"""School days between two days: Mondays to Fridays in term, without half-terms and closures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    shut = _shut(school, terms)
    return sum(_in_school(day, terms, shut) for day in weekdays)


def first_school_day(school: Data, after: date) -> date | None:
    """The first day after another on which the school is open; nothing where its terms do not reach so far."""
    terms = [term for term in school.get("terms", ()) if "start" in term and "end" in term]
    last = max((term["end"] for term in terms), default=date.min)
    shut = _shut(school, terms)
    return next((day for day in _days(after, last) if day.weekday() < 5 and _in_school(day, terms, shut)), None)


def _in_school(day: date, terms: Sequence[Data], shut: Sequence[tuple[date, date]]) -> bool:
    return any(term["start"] <= day <= term["end"] for term in terms) and not any(a <= day <= b for a, b in shut)


def _shut(school: Data, terms: Sequence[Data]) -> list[tuple[date, date]]:
    """The first and last days of closures and half-terms."""
    closed = [(row["from"], row["to"]) for row in school.get("closures", ()) if "from" in row and "to" in row]
    return closed + [
        (t["half_term_start"], t["half_term_end"]) for t in terms if "half_term_start" in t and "half_term_end" in t
    ]


def _days(start: date, end: date) -> Iterator[date]:
    yield from (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
