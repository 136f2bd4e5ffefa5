"""By when a sentence says that something ends, as days: terms and half-terms by the school's calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from generator.cases.dates.half_terms import HalfTerm
from generator.rules.grammar.pattern_table import filled
from generator.values.shorthand import plain

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Window:
    """The days that may be meant: `by 20 Nov` is one day, `by July` a month, `by HT6` a half-term and a week around it.

    `due` is the day itself: the last of the month or of the half-term.
    """

    first: date
    last: date
    due: date

    def holds(self, day: date) -> bool:
        """True when the day is one of those that may be meant."""
        return self.first <= day <= self.last


@cache
def _pattern() -> re.Pattern[str]:
    by = r"\b(?:by|before|until|due|no later than|reviewed?(?: on)?|end of|end)"
    edge = r"(?: (?:the |this |next |his |her )?(?:very )?(?:end|start|beginning|middle|close)(?: of)?)?(?: the| this)?"
    kinds = (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>{month})(?: (?P<year>(?:20)?\d\d)\b)?",
        r"(?P<month2>{month}) (?P<day2>\d{1,2})(?:st|nd|rd|th)\b(?: (?P<year4>20\d\d)\b)?",
        r"(?!(?:0?[7-9]|1[0-6])\.(?:00|05|10)\b(?!\.))(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>(?:20)?\d\d))?(?![/:\d]|\.\d)",
        r"half term (?P<number>[1-6])",
        r"(?P<season>autumn|spring|summer) (?P<half>[12])\b",
        r"(?P<holiday>(?:{month} |autumn |spring |summer )?half term|christmas|easter|whitsun|whit\b|spring bank)",
        r"(?P<term>autumn|spring|summer)(?: term)?(?: (?P<year3>20\d\d))?",
        r"(?P<only>{month})(?: ’?(?P<year2>20\d\d|2\d)\b)?",
        r"(?P<any>term|school year|academic year|summer holidays)",
    )
    return re.compile(filled(rf"{by}{edge}(?: week beginning| week ending)?(?: {{day}})? (?:{'|'.join(kinds)})"))


@cache
def _months() -> tuple[str, ...]:
    return tuple(filled("{month}")[3:-1].split("|"))


@lru_cache(maxsize=4096)
def ends_said(text: str, calendar: Sequence[HalfTerm], years: tuple[int, ...]) -> tuple[Window, ...]:
    """Every window that the words may mean in the given calendar years, in order; none when they say no end.

    A term or a half-term is found in the school's calendar alone: where that has none, nothing is said.
    """
    hit = _pattern().search(plain(text))
    return tuple(sorted(_windows(hit, calendar, years))) if hit else ()


def _windows(hit: re.Match[str], calendar: Sequence[HalfTerm], years: tuple[int, ...]) -> Iterator[Window]:
    months = _months()
    if hit["day"] or hit["day2"]:
        month = months.index(hit["month"] or hit["month2"]) + 1
        yield from _days(int(hit["day"] or hit["day2"]), month, hit["year"] or hit["year4"], years)
    elif hit["d"]:
        yield from _days(int(hit["d"]), int(hit["m"]), hit["y"], years)
    elif hit["only"]:
        yield from _month(months.index(hit["only"]) + 1, hit["year2"], years)
    else:
        yield from _of_the_calendar(hit, calendar)


def _full(year: str | None, years: tuple[int, ...]) -> tuple[int, ...]:
    return years if year is None else (int(year) + 2000 * (len(year) == 2),)


def _days(day: int, month: int, year: str | None, years: tuple[int, ...]) -> Iterator[Window]:
    for each in _full(year, years):
        try:
            said = date(each, month, day)
        except ValueError:  # 31 June, or a time of day such as 8.50
            continue
        yield Window(said, said, said)


def _month(month: int, year: str | None, years: tuple[int, ...]) -> Iterator[Window]:
    for each in _full(year, years):
        first = date(each, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - DAY
        yield Window(first, last, last)


_TERM_END = {"christmas": 2, "easter": 4}
_HALF_TERM_OF = {
    "october": 1,
    "november": 1,
    "autumn": 1,
    "february": 3,
    "spring": 3,
    "may": 5,
    "june": 5,
    "summer": 5,
    "whitsun": 5,
    "whit": 5,
}


def _of_the_calendar(hit: re.Match[str], calendar: Sequence[HalfTerm]) -> Iterator[Window]:
    for half in calendar:
        if _means(hit, half):
            yield Window(half.start - 7 * DAY, half.end + 17 * DAY, half.end)


def _means(hit: re.Match[str], half: HalfTerm) -> bool:
    if hit["number"]:
        return half.number == int(hit["number"])
    if hit["season"]:
        return (half.season, half.half) == (hit["season"], int(hit["half"]))
    if hit["holiday"]:
        return _ends_at(hit["holiday"], half)
    if hit["term"]:
        right_year = hit["year3"] is None or half.end.year == int(hit["year3"])
        return half.season == hit["term"] and half.half == 2 and right_year
    return half.number == 6 if hit["any"] != "term" else half.half == 2


def _ends_at(holiday: str, half: HalfTerm) -> bool:
    """Which half-term a holiday follows: Christmas the second, February half-term the third, a bare one any first."""
    if holiday in _TERM_END:
        return half.number == _TERM_END[holiday]
    name = holiday.split()[0]
    return half.number == _HALF_TERM_OF[name] if name in _HALF_TERM_OF else half.half == 1
