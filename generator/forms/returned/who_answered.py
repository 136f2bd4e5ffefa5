"""Who filled a form in, and when: the signature and what stands beside it, against the people whom the records know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.cases.family.people import first_name
from generator.forms.given.printed_lines import comparable_line
from generator.forms.returned.lines.written_dates import written_day
from generator.forms.returned.read_answers import AnswersRead
from generator.forms.returned.recognise import Recognised
from generator.values.formatting import date as in_words


@dataclass(frozen=True)
class Answerer:
    """Who answered: the name as it is written beside the words, what they say they are, their row in the records.

    `person` and `agency` are ids in pupil.yaml; `doubts` are for whoever reads the form back.
    """

    name: str
    who: str
    day: date
    person: str = ""
    agency: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def beside(self) -> str:
        """What stands before words that are put beside others: `Samira Brown, 1 December 2026`."""
        return f"{self.name}, {in_words(self.day)}"


def who_answered(recognised: Recognised, read: AnswersRead, on: date) -> Answerer:
    """Who filled the form in; the day of reading where no day is written."""
    pupil = recognised.case.data("pupil")
    asked = recognised.asked.data if recognised.asked else {}
    signed, who = read.answer("signed").text, _who(read)
    doubts: list[str] = []
    written = read.answer("date").text
    day = written_day(written, on)
    if day is None:
        doubts.append(f"the date “{written}” cannot be read" if written else "no date is written on it")
    elif day > on:
        doubts.append(f"the date “{written}” has not come yet")
    name, person, agency = signed or str(asked.get("to", "")), "", ""
    if recognised.form.by == "parent":
        person = _person(pupil["people"], f"{signed} {who}") or (str(asked.get("person", "")) if not signed else "")
        row = next((one for one in pupil["people"] if one["id"] == person), None)
        name = str(row["name"]) if row else name or who or "Somebody at home"
        if not row:
            said = f"{name}{f' ({who})' if who and who != name else ''}"
            doubts.append(f"{said} is nobody in pupil.yaml under people")
    elif recognised.form.by == "pupil":
        name = first_name(pupil)
    elif recognised.form.by == "service":
        agency = str(asked.get("agency", "")) or _agency(pupil.get("agencies", ()), f"{signed} {who}")
        doubts += [] if agency else [f"{name or who or 'the writer'} is no service in pupil.yaml under agencies"]
    other = str(asked.get("to", ""))
    if recognised.form.by in ("school", "service") and signed and not _alike(signed, other):
        doubts.append(f"it was asked of {other}, and {signed} has signed it")
    if not name:
        name, doubts = "Not signed", [*doubts, "it is not signed"]
    return Answerer(name, who, day or on, person, agency, tuple(doubts))


def _alike(signed: str, asked: str) -> bool:
    """True when two names share their last word, or nobody by name was asked."""
    words = comparable_line(asked).split()
    return not words or words[-1] in comparable_line(signed).split()


def _who(read: AnswersRead) -> str:
    return next((text for key in ("who", "role", "subject") if (text := read.answer(key).text)), "")


def _person(people: Sequence[Mapping[str, Any]], text: str) -> str:
    """The one person whose whole name, else the one whose first name stands in the text."""
    words = f" {comparable_line(text)} "
    whole = [str(p["id"]) for p in people if f" {comparable_line(str(p['name']))} " in words]
    if whole:
        return whole[0] if len(set(whole)) == 1 else ""
    first = [str(p["id"]) for p in people if f" {comparable_line(str(p['name'])).partition(' ')[0]} " in words]
    last = [str(p["id"]) for p in people if f" {comparable_line(str(p['name'])).rpartition(' ')[2]} " in words]
    both = set(first) & set(last) if last else set(first)
    return both.pop() if len(both) == 1 else ""


def _agency(agencies: Sequence[Mapping[str, Any]], text: str) -> str:
    words = f" {comparable_line(text)} "
    found = [
        str(a["id"])
        for a in agencies
        if any(a.get(key) and f" {comparable_line(str(a[key]))} " in words for key in ("person", "service"))
    ]
    return found[0] if len(set(found)) == 1 else ""
