"""How a value of the records is written on a form: every `as` that a form's map can name.

A writer gets what stands under each of the place's fields and gives text, True or False for a box, or a list of
these for every row. An empty text means that there is nothing to write. Dates are written as the place wants them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from generator.cases.dates.age_and_year import usual_year_group, year_label
from generator.forms.authority.paths import Sources
from generator.values.not_known import NotKnown
from generator.values.parsing import MONTHS, NOT_KNOWN, WEEKDAYS

Answer = str | bool | list[str] | list[bool] | None


@dataclass(frozen=True)
class Manner:
    """How one place wants its answer: the date's format, the words to choose from, what the way of writing needs."""

    date_format: str = "dd/mm/yyyy"
    options: Mapping[str, str] | None = None
    wanted: str = ""
    absent: str = ""


Writer = Callable[[Sources, list[Any], Manner], Answer]

WRITERS: dict[str, Writer] = {}
"""Every way of writing by the words that a map uses for it."""


def writer(*names: str) -> Callable[[Writer], Writer]:
    """Enter a writer under its names."""

    def enter(function: Writer) -> Writer:
        for name in names:
            WRITERS[name] = function
        return function

    return enter


# -- words ------------------------------------------------------------------------------------------------------------

_PARTS = re.compile(r"yyyy|yy|MMMM|mmmm|Month|MMM|mmm|MM|mm|dddd|ddd|dd|d|M|m")


def written_date(day: date, pattern: str) -> str:
    """A date in a form's own pattern: dd/mm/yyyy, d MMMM yyyy, dd.mm.yy …; month and day names in English."""
    name, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    words = {
        "yyyy": f"{day.year}",
        "yy": f"{day.year % 100:02}",
        "mmmm": name,
        "month": name,
        "mmm": name[:3],
        "mm": f"{day.month:02}",
        "m": f"{day.month}",
        "dd": f"{day.day:02}",
        "d": f"{day.day}",
        "dddd": weekday,
        "ddd": weekday[:3],
    }
    return _PARTS.sub(lambda match: words[match[0].lower()], pattern)


def words(value: Any, manner: Manner) -> str:
    """One value as text; nothing for what is not filled in."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return written_date(value, manner.date_format)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, NotKnown):
        return f"Not yet known: {value.reason}"
    if value == NOT_KNOWN:
        return "Not known"
    if isinstance(value, list):
        return "\n".join(filter(None, (words(v, manner) for v in value)))
    return str(value).strip()


def flat(values: Iterable[Any]) -> list[Any]:
    """The values with lists opened, empty ones left out."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list):
            found += flat(value)
        elif value is not None and value != "":
            found.append(value)
    return found


def one_line(text: str) -> str:
    """The lines of a text joined with commas."""
    return ", ".join(line.strip(" ,") for line in text.splitlines() if line.strip(" ,"))


@writer("text", "one line for each", "one paragraph for each")
def _text(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return "\n".join(words(v, manner) for v in flat(values))


@writer("each row", "date of each row")
def _each(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """Row by row; several fields of a row are joined with a comma."""
    columns = [v if isinstance(v, list) else [v] for v in values]
    height = max(map(len, columns), default=0)
    rows = [
        [one_line(words(c[i], manner)) if len(columns) > 1 else words(c[i], manner) for c in columns if i < len(c)]
        for i in range(height)
    ]
    return [", ".join(filter(None, row)) for row in rows]


@writer("date")
def _date(_: Sources, values: list[Any], manner: Manner) -> Answer:
    dates = [v for v in flat(values) if isinstance(v, date)]
    return words(dates[0], manner) if dates else words(values[0] if values else None, manner)


@writer("on one line")
def _on_one_line(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return ", ".join(filter(None, (one_line(words(v, manner)) for v in values)))


@writer("one below the other")
def _below(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return "\n".join(filter(None, (words(v, manner) for v in values)))


@writer("line of it")
def _line_of(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """One line of an address that a form asks line by line; the last line asked for gets no more than its own."""
    lines = [line.strip(" ,") for v in values for line in words(v, manner).splitlines()]
    number = int(manner.wanted or 1)
    return lines[number - 1] if number <= len(lines) else ""


@writer("joined with spaces")
def _spaced(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return " ".join(filter(None, (words(v, manner) for v in values)))


@writer("joined with and")
def _anded(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = [words(v, manner) for v in flat(values)]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


@writer("first letters")
def _initials(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return "".join(word[0] for v in values for word in words(v, manner).replace("-", " ").split()).upper()


@writer("without its last word")
def _first_names(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = words(values[0], manner).split()
    return " ".join(said[:-1]) if len(said) > 1 else " ".join(said)


@writer("its last word")
def _last_word(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = words(values[0], manner).split()
    return said[-1] if len(said) > 1 else ""


@writer("only its digits")
def _digits(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return re.sub(r"\D", "", words(values[0], manner))


@writer("without spaces")
def _unspaced(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return re.sub(r"\s", "", words(values[0], manner))


@writer("names with the relationship")
def _related(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return ", ".join(f"{row['name']} ({row['relationship']})" for row in flat(values))


@writer("own address, or as the child")
def _own_address(_: Sources, values: list[Any], manner: Manner) -> Answer:
    own = ", ".join(filter(None, (one_line(words(v, manner)) for v in values[:2])))
    elsewhere = len(values) > 4 and values[4] == "no"
    return own if own or elsewhere else "as the child"


# -- figures ----------------------------------------------------------------------------------------------------------


def money(value: Decimal | None) -> str:
    """6,091.40: pounds without the sign, which the form prints itself."""
    return "" if value is None else f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


@writer("sum, 0 when there are none")
def _sum(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return words(Decimal(sum(Decimal(v) for v in flat(values))), manner)


@writer("half-day sessions as days")
def _days(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return words(Decimal(sum(Decimal(v) for v in flat(values))) / 2, manner)


@writer("how many")
def _count(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return str(len(flat(values)))


@writer("age in years and months")
def _age(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    born, day = values[0], sources.day
    if not isinstance(born, date):
        return ""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    years, rest = divmod(months, 12)
    if manner.wanted == "years":
        return str(years)
    return f"{years} years {rest} month{'' if rest == 1 else 's'}"


@writer("year group by age")
def _usual_year(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    """The year group that is usual for the child's age, beside the one that the child is taught in."""
    born = values[0]
    return year_label(usual_year_group(born, sources.day)) if isinstance(born, date) else ""


def _share(rows: Sequence[Mapping[str, Any]]) -> str:
    possible = sum(int(r["possible"]) for r in rows)
    if not possible:
        return ""
    share = Decimal(sum(int(r["attended"]) for r in rows)) * 100 / possible
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}"


@writer("attendance of the last twelve months")
def _attendance(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    day = sources.day
    first = (
        day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day.replace(year=day.year - 1, day=28)
    )
    rows = [r for r in flat(values) if first < r["to"] <= day]
    return _share(rows) + (manner.wanted if rows else "")


@writer("attendance of the newest entry")
def _attendance_now(_: Sources, values: list[Any], manner: Manner) -> Answer:
    rows = flat(values)
    return _share(rows[-1:]) + (manner.wanted if rows else "")


# -- boxes and choices ------------------------------------------------------------------------------------------------


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, bool):
        return value == (wanted == "yes")
    return str(value).casefold() == wanted.casefold()


@writer("tick if")
def _tick(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """A box for one of several words; nothing is said where the records hold nothing, unless absent means no."""
    held = flat(values)
    if manner.wanted in ("yes", "no"):
        truth = _truth(held, manner)
        return None if truth is None else truth == (manner.wanted == "yes")
    if not held and not manner.absent:
        return None
    return any(_is(v, word) for v in held for word in manner.wanted.split("|"))


def _truth(held: list[Any], manner: Manner) -> bool | None:
    """Yes or no from a yes/no, or from anything that is there: a date since, a group of details."""
    if not held:
        return False if manner.absent == "no" else None
    if NOT_KNOWN in held:
        return None
    if all(isinstance(v, bool) for v in held):
        return any(held)
    return any(not (isinstance(v, str) and v.casefold() in ("no", "none")) for v in held)


@writer("tick if there is one")
def _tick_any(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return bool(flat(values))


@writer("option")
def _option(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """The word of the form for the record's value, by the map's own list."""
    options = manner.options or {}
    held = flat(values)
    if set(options.values()) & {"yes", "no"}:
        truth = _truth(held, manner)
        code = (NOT_KNOWN if NOT_KNOWN in held else "") if truth is None else "yes" if truth else "no"
        return "" if not code else next((word for word, value in options.items() if value == code), "")
    for word, value in options.items():
        if any(_is(v, one) for v in held for one in str(value).split("|") if value):
            return word
    if not held and manner.absent:
        return next((word for word, value in options.items() if value == manner.absent), "")
    return ""


@writer("first that has a date")
def _first_since(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """The option of the first field that holds something, in the order of the fields; else the last option."""
    options = list(manner.options or {})
    for number, value in enumerate(values):
        if flat([value]) and number < len(options):
            return options[number]
    return options[-1] if options and len(options) > len(values) else ""


@writer("option of each row")
def _option_rows(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    return [str(_option(sources, [v], manner)) for v in (values[0] or [])]


def rows_of(values: list[Any]) -> list[Mapping[str, Any]]:
    """The rows among values, lists opened; what is no row is left out."""
    return [row for row in flat(values) if isinstance(row, Mapping)]
