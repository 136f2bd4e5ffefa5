"""The school's half-terms, 1 to 6 in a school year, from the terms in school.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.cases.case import Data

SEASONS = ("autumn", "spring", "summer")


@dataclass(frozen=True)
class HalfTerm:
    """One half of a term: its number in the school year (Autumn 1 is 1, Summer 2 is 6), first and last day."""

    number: int
    start: date
    end: date

    @property
    def season(self) -> str:
        """`autumn`, `spring` or `summer`."""
        return SEASONS[(self.number - 1) // 2]

    @property
    def half(self) -> int:
        """1 or 2: `Spring 2` is half-term 4."""
        return (self.number - 1) % 2 + 1


def half_terms(school: Data) -> tuple[HalfTerm, ...]:
    """Every half-term that the school's terms tell, in order; a term with no half-term dates is cut in the middle."""
    found = [half for row in school.get("terms", ()) if "start" in row and "end" in row for half in _halves(row)]
    return tuple(sorted(found, key=lambda half: half.start))


def _halves(row: Data) -> tuple[HalfTerm, ...]:
    """A term's name tells its season; where it does not, the month of its first day does."""
    name = str(row.get("name", "")).casefold()
    start, end = row["start"], row["end"]
    by_month = 0 if start.month >= 8 else 1 if start.month <= 3 else 2
    place = next((number for number, season in enumerate(SEASONS) if season in name), by_month)
    middle = start + (end - start) // 2
    last = row.get("half_term_start", middle) - timedelta(days=1)
    again = row.get("half_term_end", middle - timedelta(days=1)) + timedelta(days=1)
    return HalfTerm(place * 2 + 1, start, last), HalfTerm(place * 2 + 2, again, end)
