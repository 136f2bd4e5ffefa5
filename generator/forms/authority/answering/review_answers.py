"""Answers that a form wants of an annual review: who came, what was reached, what should change, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.forms.authority.answering.writers import Answer, Manner, flat, rows_of, words, writer
from generator.forms.authority.paths import Sources

_WORDS = {
    "met": "Met",
    "partly": "Partly",
    "not_met": "Not met",
    "fully": "Fully",
    "not_given": "Not given",
    "keep": "Continue",
    "change": "Change",
    "end": "End",
}
_REACHED: Mapping[str, str] = {"met": "Met", "partly": "Partly met", "not_met": "Not met"}


def _each(values: list[Any], said: Callable[[str], str]) -> Answer:
    """Every row in words, a row without a value as nothing; one value alone where the place is of one row."""
    held = values[0] if values else None
    if isinstance(held, list):
        return [said(str(v)) if v else "" for v in held]
    return said(str(held)) if held else ""


@writer("word of each row")
def _word(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """What our list calls the value of each row."""
    return _each(values, lambda v: _WORDS.get(v, v.replace("_", " ").capitalize()))


@writer("reached or not")
def _reached(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return _each(values, lambda v: _REACHED.get(v, ""))


@writer("came or not")
def _came(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """Yes, yes online, or no with apologies; nothing where it was not written down."""
    said = {"present": "Yes", "online": "Yes (online)", "apologies": "No (apologies)", "absent": "No"}
    return _each(values, lambda v: said.get(v, ""))


@writer("tick each row if")
def _ticked(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """A tick in each row whose value is one of some."""
    held = values[0] if values else None
    return [str(v) in manner.wanted.split("|") for v in held] if isinstance(held, list) else None


@writer("report received or not")
def _received(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return _each(values, lambda v: "Yes" if v == "received" else "No")


@writer("report asked for or not")
def _asked(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return _each(values, lambda v: "No" if v == "not_asked" else "Yes")


@writer("section of each row")
def _section(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return _each(values, _named)


def _named(section: Any) -> str:
    return "" if not section else "Personal details" if section == "personal_details" else f"Section {section}"


@writer("section and change")
def _changes(_: Sources, values: list[Any], manner: Manner) -> Answer:
    rows = rows_of(values)
    return "\n".join(": ".join(filter(None, (_named(r.get("section")), words(r.get("change"), manner)))) for r in rows)


@writer("who and why")
def _dissent(_: Sources, values: list[Any], manner: Manner) -> Answer:
    rows = rows_of(values)
    return "\n".join(": ".join(filter(None, (words(r.get("who"), manner), words(r.get("why"), manner)))) for r in rows)


@writer("what, who and by when")
def _actions(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = []
    for row in rows_of(values):
        parts = (words(row.get("what"), manner), words(row.get("who"), manner), words(row.get("by"), manner))
        said.append(", ".join(filter(None, parts)))
    return "\n".join(said)


@writer("first letter of each name")
def _letters(_: Sources, values: list[Any], manner: Manner) -> Answer:
    """The initials of the first names, without that of the surname."""
    said = " ".join(words(v, manner) for v in flat(values)).split()
    return "".join(word[0] for word in said[:-1]).upper()
