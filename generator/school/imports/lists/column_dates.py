"""Dates as lists write them. A whole column decides whether its days come first; when it does not, a person is asked.

One row with a month 14 shows that a column is not what it seems: read row by row, 2 November would become 11 February
in the rows in which both readings exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.values.parsing import MONTHS, Unreadable, read_date

DAY_FIRST, MONTH_FIRST = "day first", "month first"

_NUMBERS = re.compile(r"([0-9]{1,2})([/.\- ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ \-/.]*([A-Za-z]{3,9})\.?,?[ \-/.']*([0-9]{4}|[0-9]{2})", re.I)
_NAMED_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})", re.I)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +", re.I)
_TIME = re.compile(r"[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]m)?Z?", re.I)
_ZONE = re.compile(r"(?<=[0-9])(?:Z|[+-][0-9]{2}:[0-9]{2})$")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
_EXCEL_BEGINS = date(1899, 12, 30)
_MAC_BEGINS = date(1904, 1, 1)
_MONTH_NUMBERS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}


@dataclass(frozen=True)
class Doubt:
    """A column of dates that no one can read without being told: what it is called and why."""

    heading: str
    why: str


def order_of(heading: str, cells: Sequence[tuple[str, str]]) -> str | Doubt:
    """DAY_FIRST, or a Doubt when the dates of a column, given with where each stands, say otherwise or contradict."""
    numbered = [(where, text, found) for where, text in cells if (found := _NUMBERS.fullmatch(_bare(text)))]
    day_first = [(where, text) for where, text, found in numbered if int(found[1]) > 12]
    month_first = [(where, text) for where, text, found in numbered if int(found[1]) <= 12 < int(found[3])]
    if month_first:
        where, text = month_first[0]
        month = _NUMBERS.fullmatch(_bare(text))
        why = f"{where} has {text}, and there is no month {month[3] if month else ''}"
        if day_first:
            why += f"; but {day_first[0][0]} has {day_first[0][1]}, which begins with the day"
        return Doubt(heading, why)
    whole = [text for _, text in cells if _YEAR_FIRST.fullmatch(_bare(text))]
    turned = len(whole) > 1 and all(int(text[8:10] or 99) <= 12 for text in map(_iso, whole))
    if turned and day_first and len(day_first) == len(numbered):
        where, text = day_first[0]
        why = f"no date that Excel knows as one has a day above 12, and every other one has ({where}: {text})"
        return Doubt(heading, f"{why}: Excel may have taken days for months")
    return DAY_FIRST


def _iso(text: str) -> str:
    found = _YEAR_FIRST.fullmatch(_bare(text))
    return f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}" if found else ""


def could_be_either(cells: Iterable[tuple[str, str]]) -> bool:
    """True when a column has dates in numbers, and none of them tells whether its day comes first."""
    numbered = [found for _, text in cells if (found := _NUMBERS.fullmatch(_bare(text)))]
    return bool(numbered) and all(int(found[1]) <= 12 and int(found[3]) <= 12 for found in numbered)


def doubts(columns: Mapping[str, Sequence[tuple[str, str]]], settled: Mapping[str, str]) -> list[Doubt]:
    """The columns of dates of one file about which a person must be asked; those in `settled` have been.

    Where one column of a file has its months first, one that could be read either way is asked about as well.
    """
    asked = [
        order
        for heading, cells in columns.items()
        if heading not in settled and isinstance(order := order_of(heading, cells), Doubt)
    ]
    if asked or MONTH_FIRST in settled.values():
        known = {doubt.heading for doubt in asked} | set(settled)
        asked += [
            Doubt(heading, "its dates could be read either way, and another column has its months first")
            for heading, cells in columns.items()
            if heading not in known and could_be_either(cells)
        ]
    return asked


def read_day(text: str, order: str = DAY_FIRST, on: date | None = None, *, from_1904: bool = False) -> date:
    """A day as systems write it: 14/05/2018, 14/05/18, 14.05.2018, 02-Nov-17, 2018-05-14, 43234 (Excel's own number).

    Workbooks that Excel for Mac began count their days from 1904.
    A year of two digits is the last one that is not more than two years after `on`. Raises Unreadable.
    """
    bare = _bare(text)
    if found := _NUMBERS.fullmatch(bare):
        first, second = int(found[1]), int(found[3])
        day, month = (second, first) if order == MONTH_FIRST else (first, second)
        return _day(text, _year(found[4], on), month, day)
    if found := _YEAR_FIRST.fullmatch(bare):
        return _day(text, int(found[1]), int(found[3]), int(found[4]))
    if (found := _NAMED.fullmatch(bare)) and (named := _month(found[2])):
        return _day(text, _year(found[3], on), named, int(found[1]))
    if (found := _NAMED_MONTH_FIRST.fullmatch(bare)) and (named := _month(found[1])):
        return _day(text, int(found[3]), named, int(found[2]))
    if found := _COMPACT.fullmatch(bare):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _SERIAL.fullmatch(bare):
        return read_date(((_MAC_BEGINS if from_1904 else _EXCEL_BEGINS) + timedelta(days=int(found[1]))).isoformat())
    return read_date(bare)


def read_beginning(text: str, on: date | None = None) -> date:
    """The first day of a time that is no day: `Sept 2023`, `09/2023`, `Autumn 2023`, `Spring term 2024/25`.

    Terms begin on 1 September, 1 January and 1 April here; of a school year in two numbers the autumn is in the first.
    Raises Unreadable.
    """
    bare = " ".join(text.split())
    if found := _MONTH_ALONE.fullmatch(bare):
        month = _month(found[1]) if found[1] else int(found[3])
        if month:
            return _day(text, _year(found[2] or found[4], on), month, 1)
    if found := _TERM.fullmatch(bare):
        month = next(month for word, month in _TERMS.items() if found[1].casefold().startswith(word))
        year = _year(found[2], on)
        return _day(text, year + bool(found[3] and month < 9), month, 1)
    raise Unreadable("date", f"`{text}` tells no day, no month and no term", "write it as 01/09/2023")


_MONTH_ALONE = re.compile(r"([A-Za-z]{3,9})\.?[ \-/.']*((?:20)?[0-9]{2})|([01]?[0-9])[/.\-](20[0-9]{2})")
_TERM = re.compile(
    r"(aut(?:umn)?|spr(?:ing)?|sum(?:mer)?)(?: term)?[ \-/']*((?:20)?[0-9]{2})(?:[/\-]((?:20)?[0-9]{2}))?", re.I
)
_TERMS = {"aut": 9, "spr": 1, "sum": 4}


def _bare(text: str) -> str:
    """The date without weekday, time and time zone."""
    return _TIME.sub("", _WEEKDAY.sub("", _ZONE.sub("", " ".join(text.split())), count=1)).strip()


def _month(word: str) -> int | None:
    """The number of a month by its name or its first letters."""
    number = _MONTH_NUMBERS.get(word[:3].casefold())
    right = number and (MONTHS[number - 1].casefold().startswith(word.casefold()) or word.casefold() == "sept")
    return number if right else None


def _year(text: str, on: date | None) -> int:
    if len(text) == 4:
        return int(text)
    last = (on or date.today()).year + 2
    year = last - last % 100 + int(text)
    return year if year <= last else year - 100


def _day(text: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Unreadable("date-impossible", f"`{text}` does not exist: there is no month {month}", "")
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        return read_date(written)
    except Unreadable as error:  # told as it stands in the list
        raise Unreadable(error.rule, error.message.replace(written, text.strip()), error.hint) from None
