"""What a sentence about provision says: who gives it, how often, how long, until when, to how many, trained in what."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from generator.rules.grammar.pattern_table import filled, table, toml
from generator.values.shorthand import plain

FILE = "provision.toml"


def says_how_often(text: str) -> bool:
    """True for "daily", "x3 weekly", "every Thurs", "6 sessions", "every lesson"."""
    return _says("often", text)


def says_how_long(text: str) -> bool:
    """True for "20 mins", "8.40-8.55", "half a lesson"."""
    return _says("long", text)


def says_until_when(text: str) -> bool:
    """True for "12 wks", "HT2", "Sept to Feb half term", "all year", "to 14 May"; never for a day of training."""
    return bool(table(FILE, "until").search(_without_training_days(plain(text))))


def says_group_size(text: str) -> bool:
    """True for "1-1", "grp of four", "three Y7s", "up to 6", "pair"."""
    return _says("group", text)


def says_expertise(text: str) -> bool:
    """True for "trained by the SaLT 12/9", "AMBDA", and for roles that are an expertise: a therapist, a teacher."""
    return _says("expertise", text)


def says_when_or_where(text: str) -> bool:
    """True for "Thurs 2-2.45", "in tutor time", "in the library": when in the day, or in which place."""
    return _says("when", text) or _says("where", text)


_NAMED = re.compile(r"\b(?:by|with|w/?|[Ww]\.) [A-Z][a-z]+\b")


def says_who(text: str, child: str = "") -> bool:
    """True when a role or a person who is not the child stands in the text; "staff" and "an adult" are nobody."""
    if _says("who", text):
        return True
    return any(child.casefold() not in name[0].casefold() if child else True for name in _NAMED.finditer(text))


@lru_cache(maxsize=4096)
def vague_phrase(*texts: str) -> str:
    """The phrase that stands where a number should be ("as required", "access to"), or nothing."""
    vague = table(FILE, "vague")
    return next((hit[0] for text in texts if (hit := vague.search(plain(text)))), "")


@lru_cache(maxsize=4096)
def _says(name: str, text: str) -> bool:
    return bool(table(FILE, name).search(plain(text)))


@cache
def _training_day() -> re.Pattern[str]:
    trained = r"\b(?:trained|training|shown|taught|course|cert\w*|qualified|accredited)\b"
    between = r"(?:(?!\b(?:until|for|to|over|ends?)\b)[^,;.()-]){0,40}?"
    return re.compile(filled(trained + between + "(?:{date}|{term})"))


def _without_training_days(plain_text: str) -> str:
    return _training_day().sub(" ", plain_text)


@cache
def _general() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    words = toml("universal.toml")
    return frozenset(words["little"]), frozenset(words["general"]), tuple(words["stems"])


_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=4096)
def is_general(*texts: str) -> bool:
    """True when every word could stand in any child's plan: "Differentiated work", "Plenty of praise"."""
    little, general, stems = _general()
    words = [word for text in texts for word in _WORD.findall(plain(text)) if word not in little]
    return all(word in general or word.startswith(stems) for word in words)
