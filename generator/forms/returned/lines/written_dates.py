"""Days as people write them by hand: 1/12/26, 2nd Dec 2026, 30.11.2026, Tuesday 1 December."""

from __future__ import annotations

import re
from datetime import date

from generator.values.parsing import Unreadable, read_date

_WEEKDAY = re.compile(r"^(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{2,4})$")
_ANY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|^\d{1,2}[./]\d{1,2}$|\d{1,2}\s+[A-Za-z]{3,9}\.?,?(?:\s+'?\d{2,4})?")


def written_day(text: str, near: date) -> date | None:
    """The day that a person wrote, or None; a year that is not written is that in which it is nearest `near`."""
    bare = _WEEKDAY.sub("", " ".join(text.split()))
    bare = re.sub(r"(\d)(?:st|nd|rd|th)\b(?:\s+of\b)?", r"\1", bare, flags=re.IGNORECASE)
    if found := _MONTH_FIRST.match(bare):
        bare = f"{found[2]} {found[1]} {found[3]}"
    found = _ANY.search(bare)
    if found is None:
        return None
    parts = re.split(r"[./\s-]+", found[0].replace(",", "").replace(".", " ").replace("'", "").strip())
    if len(parts) == 2:
        return _nearest(parts, near)
    return _day(parts) if len(parts) == 3 else None


def _nearest(parts: list[str], near: date) -> date | None:
    days = [day for year in (near.year - 1, near.year, near.year + 1) if (day := _day([*parts, str(year)]))]
    return min(days, key=lambda day: abs((day - near).days), default=None)


def _day(parts: list[str]) -> date | None:
    first, month, last = parts
    if len(first) == 4:
        written = f"{first}-{month}-{last}"
    else:
        year = f"20{last}" if len(last) == 2 else last
        written = f"{first}/{month}/{year}" if month.isdigit() else f"{first} {month} {year}"
    try:
        return read_date(written)
    except Unreadable:
        return None
