"""Values as words: how dates, money, names and ticks read in a document. Every public function is a template filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date as Date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from generator.values.not_known import NotKnown
from generator.values.parsing import MONTHS, NOT_KNOWN
from generator.values.spelling.small_letters import keeps_capital

_SHORT = tuple(month[:3] for month in MONTHS)


class Ours(str):
    """A text of the program's own, such as `Small group`: a translation must say it. What people wrote is never one."""

    __slots__ = ()


@dataclass(frozen=True)
class Speech:
    """The few words that values need in a language: months, yes and no, and the word between the last two of a list.

    `phrase` says a text of the program's own; `known` says what people wrote where it is a usual word, such as mother.
    `drawn` is as `phrase` for the words in a chart; None where a chart cannot draw the language's letters.
    """

    months: Sequence[str] = MONTHS
    yes: str = "Yes"
    no: str = "No"
    and_: str = "and"
    phrase: Callable[[str], str] = str
    known: Callable[[str], str] = str
    drawn: Callable[[str], str] | None = str
    written: Callable[[str], str] = str
    """What people wrote, as it is printed: a translation marks what stays in English."""


SPEECH: ContextVar[Speech] = ContextVar("SPEECH", default=Speech())  # noqa: B039  nothing in it can change
"""The language in which values are said while a document is merged."""


def date(value: Any) -> Any:
    """1 March 2026. Text (such as "Not known: …") and nothing stay as they are."""
    return f"{value.day} {SPEECH.get().months[value.month - 1]} {value.year}" if isinstance(value, Date) else value


def short_date(value: Any) -> Any:
    """01/03/2026, for columns on a screen."""
    return f"{value.day:02}/{value.month:02}/{value.year}" if isinstance(value, Date) else value


def brief_date(value: Any) -> Any:
    """1 Mar 2026, for columns on paper beside dates in words; whole months where a language has no short ones."""
    if not isinstance(value, Date):
        return value
    months = SPEECH.get().months
    return f"{value.day} {(_SHORT if months is MONTHS else months)[value.month - 1]} {value.year}"


def money(value: Any) -> Any:
    """£1,662.50 from a Decimal, rounded half up to the penny; text and nothing stay as they are."""
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        return value
    pence = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'-' if pence < 0 else ''}£{abs(pence):,}"


def number(value: Any) -> Any:
    """2.5 or 15: a Decimal without zeros at its end."""
    if not isinstance(value, Decimal):
        return value
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def pages(value: Any) -> Any:
    """`page 12` or `pages 12-15`; nothing stays nothing."""
    return f"page{'s' if any(sign in str(value) for sign in '-–,') else ''} {value}" if value else value


def as_hours(minutes: Any) -> Any:
    """`12 hours`, `1 hour 30 minutes` or `45 minutes`, of minutes; what is no number stays as it is."""
    if not isinstance(minutes, Decimal | int) or isinstance(minutes, bool):
        return minutes
    hours, left = divmod(Decimal(minutes), 60)
    said = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    said += [f"{number(left)} minute{'s' * (left != 1)}"] if left or not hours else []
    return " ".join(said)


def percent(value: Any) -> Any:
    """92.5% from a Decimal or whole number of percent."""
    return f"{number(value)}%" if isinstance(value, Decimal | int) and not isinstance(value, bool) else value


def yes_no(value: Any) -> Any:
    """Yes, No or Not known; a question nobody answered stays empty."""
    if value == NOT_KNOWN:
        return SPEECH.get().phrase("Not known")
    return (SPEECH.get().yes if value else SPEECH.get().no) if isinstance(value, bool) else value


def tick(value: Any) -> str:
    """☒ when true, ☐ when false, not answered or not known."""
    return "☒" if value is True or (isinstance(value, str) and value not in ("", "no", NOT_KNOWN)) else "☐"


def and_list(values: Iterable[Any]) -> str:
    """Ada, Ben and Cy."""
    words = [str(plain(value)) for value in values if value not in (None, "")]
    return f" {SPEECH.get().and_} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def possessive(name: Any) -> str:
    """Ada’s, James’s: the same rule for every name, so that nobody has to wonder."""
    return f"{name}’s" if name else ""


def age_at(born: Any, day: Any) -> Any:
    """Whole years from a date of birth to a day (born 29 February: older on 1 March); None without both dates."""
    if not (isinstance(born, Date) and isinstance(day, Date)):
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def default_text(value: Any, text: str) -> Any:
    """The text when the value is absent or empty; "No", 0 and "Not known: …" are values."""
    return text if value is None or value == "" or value == [] else value


def one_line(value: Any) -> str:
    """The text with every run of white space as one space: for links, headers and narrow cells."""
    return " ".join(str(plain(value)).split())


def no_stop(value: Any) -> str:
    """One line without its last full stop, for text that goes on in a template's own sentence; `etc.` loses it too.

    The full stop inside a closing quotation mark goes as well: `“I ask.”` gives `“I ask”`, never `“I ask.”.`.
    """
    text = one_line(value)
    mark = text[-1:] if text[-1:] in ("”", "’", '"') else ""
    bare = text[: len(text) - len(mark)]
    return bare[:-1] + mark if bare.endswith(".") and not bare.endswith("..") else text


def address(value: Any) -> str:
    """12 High Street, Northmoor: the lines of an address in one line."""
    return ", ".join(filter(None, (line.strip(" ,") for line in str(plain(value)).splitlines())))


def plain(value: Any) -> Any:
    """What is printed when no filter is named: dates in words, Yes or No, numbers as written; None prints nothing."""
    if value is None:
        return ""
    for say in (date, yes_no, number):
        value = say(value)
    if isinstance(value, NotKnown):
        reason = " ".join(str(value.reason).split())
        said = f"{reason[:1].upper()}{reason[1:]}"
        # A sentence of its own: “Not known: glasses are not needed” reads as known. “None involved yet” is an answer by
        # itself, which “Not known” before it would deny.
        return said if _IS_AN_ANSWER.match(reason) else f"{SPEECH.get().phrase('Not known')}. {said}"
    return SPEECH.get().phrase(str(value)) if isinstance(value, Ours) else value


_IS_AN_ANSWER = re.compile(r"(?:no|none|not|nobody|nothing|never|neither)\b", re.IGNORECASE)
"""How a reason begins that says by itself how things stand."""

_LABELS = {
    "sen_support": "SEN support",
    "pcp": "Person-centred planning meeting",
    "parents_evening": "Parents' evening",
    "interim": "Interim meeting",
    "senco": "SENCO",
    "one_to_one": "One to one",
    "social_emotional_and_mental_health": "Social, emotional and mental health",
    "sensory_and_physical": "Sensory and/or physical",
    "not_met": "Not met",
    "partly": "Partly met",
    "parents_views": "Parents’ views",
    "pupil_views": "Pupil’s views",
    "wet_ink": "On paper",
    "verbal": "By word of mouth",
    "electronic": "Electronically",
}


def label(value: Any) -> Any:
    """Communication and interaction: a word of a record's fixed list as people say it.

    What begins with a capital is of no list: somebody wrote it, such as `Social worker`, and it stays so.
    """
    if not isinstance(value, str):
        return value
    if value[:1].isupper() and not isinstance(value, Ours):
        return SPEECH.get().known(value)
    spaced = value.replace("_", " ")
    return SPEECH.get().phrase(_LABELS.get(value) or spaced[:1].upper() + spaced[1:])


def small_start(value: Any) -> str:
    """The text with a small first letter, for the middle of a sentence; what `keeps_capital` stays as it is written.

    For what people wrote, such as `Social worker, for Northmoor Council`; `lower` is for the words of a fixed list.
    """
    text = SPEECH.get().known(one_line(value))
    return text if keeps_capital(text) else text[:1].lower() + text[1:]


def in_brackets(value: Any) -> str:
    """` (mother)`, behind a name; what has brackets of its own goes on behind a comma. Nothing gives nothing."""
    text = small_start(value)
    return "" if not text else f", {text}" if "(" in text else f" ({text})"


def lower(value: Any) -> str:
    """The text of a fixed list in small letters."""
    return SPEECH.get().known(str(plain(value))).lower()


FILTERS: dict[str, Callable[..., Any]] = {
    "address": address,
    "age_at": age_at,
    "and_list": and_list,
    "as_hours": as_hours,
    "date": date,
    "default_text": default_text,
    "in_brackets": in_brackets,
    "label": label,
    "lower": lower,
    "money": money,
    "no_stop": no_stop,
    "number": number,
    "one_line": one_line,
    "pages": pages,
    "percent": percent,
    "possessive": possessive,
    "short_date": brief_date,
    "small_start": small_start,
    "tick": tick,
    "yes_no": yes_no,
}
