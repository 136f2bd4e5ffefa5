"""Text of the case files as values: dates, yes/no, money, numbers and times of day. What cannot be read says why."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In English whatever language the machine speaks."""

EARLIEST, LATEST = 1990, 2100
THREE_WAYS = "write it as 2026-03-01, 01/03/2026 or 1 March 2026"

_MONTH_NUMBERS = {name[:n].lower(): number for number, name in enumerate(MONTHS, 1) for n in (3, len(name))}
_MONTH_NUMBERS["sept"] = 9
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?(?: +(?:of +)?|-)([A-Za-z]+)\.?(?:,? +|-)([0-9]{4})", re.IGNORECASE)
_SHORT_YEAR = re.compile(
    r"([0-9]{1,2}(?:st|nd|rd|th)?([/.-]|\s+)(?:[0-9]{1,2}|[A-Za-z]+)\2"
    r"|[A-Za-z]+\.? +[0-9]{1,2}(?:st|nd|rd|th)?,? +)'?([0-9]{2})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})", re.IGNORECASE)
_MONEY = re.compile(r"(-?)£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?: ?([ap])\.?m\.?)?", re.IGNORECASE)


NOT_KNOWN = "not_known"
"""The answer in a fixed list that nobody has found out yet; a reason beside it is `not_known.NotKnown`."""

TO_FILL_IN = "(to be filled in)"
"""Begins every text that a new file leaves to be written; `check` reminds of it until it is replaced."""


Keys = tuple[str | int, ...]
"""The way to a value in a record's data."""


def to_fill_in(value: object) -> bool:
    """True for a text that is still to be written."""
    return isinstance(value, str) and value.startswith(TO_FILL_IN)


def leaves(value: object, path: Keys = ()) -> Iterator[tuple[Keys, object]]:
    """Every single value in a record's data, with the keys and numbers that lead to it."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from leaves(below, (*path, number))
    else:
        yield path, value


def places_to_fill_in(value: object) -> Iterator[Keys]:
    """The keys and numbers that lead to each text in a record's data that is still to be written."""
    return (path for path, leaf in leaves(value) if to_fill_in(leaf))


def has_places_to_fill_in(value: object) -> bool:
    """True when any text in a record's data is still to be written."""
    waiting = [value]  # asked of every record for every document: neither recursion nor a look at abstract classes
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if one.startswith(TO_FILL_IN):
                return True
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict | Mapping):
            waiting += one.values()
    return False


class Unreadable(ValueError):
    """The text is not a value of its kind; `rule` is the stable id, `message` continues the sentence "`date` …"."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint


def read_date(text: str) -> date:
    """The day written as 2026-03-01, 01/03/2026 or 1 March 2026. Raises Unreadable; impossible days have their rule.

    Read too is what has one reading in England, where the day comes first: 1.3.2026, 1-3-2026, 1st March 2026,
    Mar 1 2026, March 1st, 2026. A year of two digits is refused: 27 may be 1927.
    """
    year, month, day = _parts(text.strip())
    if not 1 <= month <= 12:
        message = f"`{text}` does not exist: there is no month {month}"
        raise Unreadable("date-impossible", message, _swapped(year, month, day))
    if not EARLIEST <= year <= LATEST:
        hint = f"dates must lie between {EARLIEST} and {LATEST}; look for a mistyped year"
        raise Unreadable("date-range", f"`{text}` is in the year {year}", hint)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        shown = f"{day} {MONTHS[month - 1]} {year}"
        what = f"{MONTHS[month - 1]} {f'{year} ' if month == 2 else ''}has {days} days"
        raise Unreadable("date-impossible", f"{shown} does not exist: {what}")
    return date(year, month, day)


def _parts(text: str) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return int(found[4]), int(found[3]), int(found[1])
    if (found := _WORDS.fullmatch(text)) and found[2].lower() in _MONTH_NUMBERS:
        return int(found[3]), _MONTH_NUMBERS[found[2].lower()], int(found[1])
    if (found := _MONTH_FIRST.fullmatch(text)) and found[1].lower() in _MONTH_NUMBERS:
        return int(found[3]), _MONTH_NUMBERS[found[1].lower()], int(found[2])
    raise Unreadable("date-format", f"`{shorten(text)}` cannot be read as a date", _what_instead(text))


def _what_instead(text: str) -> str:
    if found := _SHORT_YEAR.fullmatch(text):
        four = "give the year with all four digits"
        try:
            day = read_date(f"{found[1]}20{found[3]}")
        except Unreadable:
            return f"{four}: {THREE_WAYS}"
        return f"{four}: did you mean `{day.day} {MONTHS[day.month - 1]} {day.year}`?"
    if (found := _WORDS.fullmatch(text)) and found[2].isalpha():
        return f"`{found[2]}` is not the name of a month; {THREE_WAYS}"
    return THREE_WAYS


_STYLES: tuple[tuple[re.Pattern[str], Callable[[date], str]], ...] = (
    (_ISO, date.isoformat),
    (re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"), lambda day: f"{day.day:02}/{day.month:02}/{day.year}"),
    (re.compile(r"[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}"), lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}"),
)
"""The three ways in which files write a day; the last where a file has none."""


def day_as_written(text: str, others: Iterable[object] = ()) -> str:
    """A day typed in another way than the three, written in the one that `others`, a file's values, use most.

    What is written in one of the three ways, and what is no day, stays as it is.
    """
    if any(way.fullmatch(text) for way, _ in _STYLES):
        return text
    try:
        day = read_date(text)
    except Unreadable:
        return text
    written = list(others)
    used = [sum(isinstance(one, str) and bool(way.fullmatch(one)) for one in written) for way, _ in _STYLES]
    return _STYLES[used.index(max(used)) if any(used) else -1][1](day)


def _swapped(year: int, month: int, day: int) -> str:
    if 1 <= day <= 12 < month <= 31:
        return f"the day comes before the month: did you mean `{month:02}/{day:02}/{year}`?"
    return THREE_WAYS


def read_yes_no(text: str) -> bool:
    """True for yes, False for no, in any case; true and false are taken too."""
    answer = {"yes": True, "true": True, "no": False, "false": False}.get(text.strip().lower())
    if answer is None:
        raise Unreadable("yes-no", f"`{shorten(text)}` is neither yes nor no", "write yes or no")
    return answer


class NotSaid(str):
    """`not_known` in place of yes or no: text, and no yes: `{% if person.parental_responsibility %}` is not true."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def read_yes_no_not_known(text: str) -> bool | str:
    """True for yes, False for no, and `not_known`, which counts as no yes, for what nobody has found out yet."""
    said = text.strip().lower().replace(" ", "_")
    if said == NOT_KNOWN:
        return NotSaid(NOT_KNOWN)
    try:
        return read_yes_no(text)
    except Unreadable as error:
        raise Unreadable(error.rule, error.message, "write yes, no, or not_known until somebody has asked") from None


def read_money(text: str) -> Decimal:
    """Pounds: 12, 12.50, £12.50 or £1,200."""
    found = _MONEY.fullmatch(text.strip())
    if not found:
        raise Unreadable("money-format", f"`{shorten(text)}` is not an amount of money", "write it as 12.50 or £1,200")
    return Decimal(found[1] + found[2].replace(",", "") + (found[3] or ""))


def read_number(text: str) -> int | Decimal:
    """A whole number as int, any other as Decimal, exactly as written."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        raise Unreadable("number-format", f"`{shorten(text)}` is not a number", "write digits only, as in 15 or 2.5")
    return Decimal(found[0]) if found[1] else int(found[0])


def read_time(text: str) -> str:
    """A time of day (9:30, 09:30, 2.15pm), as written. Raises Unreadable when the clock has no such time."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise Unreadable("time-format", f"`{shorten(text)}` cannot be read as a time", "write it as 9:30 or 14:15")
    hour, minute = int(found[1]), int(found[2])
    if minute > 59 or hour > (12 if found[3] else 23) or (found[3] and hour == 0):
        raise Unreadable("time-impossible", f"the clock has no {text.strip()}", "write it as 9:30 or 14:15")
    return text.strip()


def shorten(text: str, length: int = 40) -> str:
    """The text on one line, cut with … when it is too long for a message."""
    line = " ".join(text[: length * 4].split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


READERS: dict[str, Callable[[str], Any]] = {
    "date": read_date,
    "yes_no": read_yes_no,
    "yes_no_not_known": read_yes_no_not_known,
    "money": read_money,
    "number": read_number,
    "time": read_time,
}
"""The readers by the name that a schema's `x-value` gives."""
