"""Twelve months counted by the calendar, so that a leap day moves no limit."""

from __future__ import annotations

from datetime import date, timedelta


def year_after(day: date) -> date:
    """The same day a year later; after 29 February 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def year_before(day: date) -> date:
    """The same day a year earlier; before 29 February 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def last_day_in_time(start: date) -> date:
    """The last day of the twelve months that start with a day: 20 June 2025 for 21 June 2024.

    An EHC plan is reviewed in the period of twelve months starting with the date on which it was made, and in each
    starting with the date of the last review (Children and Families Act 2014, s.44(1)): the day itself counts.
    """
    return year_after(start) - timedelta(days=1)
