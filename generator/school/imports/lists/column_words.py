"""What the headings of pupil lists mean: the words of column_words.yaml, looked up and given out to columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.cases.dates.age_and_year import school_year
from generator.school.imports.lists.contacts_of_list import contact_field, contact_label, field_of_label
from generator.school.imports.lists.system_words import word_file
from generator.school.imports.lists.value_words import is_need
from generator.values.did_you_mean import did_you_mean

NOT_USED = "not used"
NEED = "need:"
"""Before a census type or an area: a column with a tick for each pupil who has this need."""

_OWNERS = re.compile(r"^(?:the )?(?:pupil|student|learner|child)(?: s|s)? ")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[^\w]+|_")


@dataclass(frozen=True)
class Meaning:
    """A field that a column can bring: how it is called to a person, and its headings."""

    label: str
    sure: frozenset[str]
    weak: frozenset[str]
    by_values: frozenset[str] = frozenset()
    """Headings that mean it where every value of their column is one of it."""


@cache
def meanings() -> Mapping[str, Meaning]:
    """The fields by name, in the order in which weak headings are given out."""
    return {
        name: Meaning(row["label"], _words(row.get("sure")), _words(row.get("weak")), _words(row.get("by_values")))
        for name, row in word_file("column_words.yaml").items()
    }


def _words(by_system: Mapping[str, Iterable[str]] | None) -> frozenset[str]:
    return frozenset(one for words in (by_system or {}).values() for word in words for one in spelled_out(word))


_EITHER = re.compile(r"\(([^()]*)\)")


def spelled_out(word: str) -> Iterable[str]:
    """`(sen|send) (status|) start` as each heading that it spells: `sen status start`, `sen start`, `send start`…"""
    found = _EITHER.search(word)
    if found is None:
        return [" ".join(word.split())]
    ways = (f"{word[: found.start()]}{one}{word[found.end() :]}" for one in found[1].split("|"))
    return [one for way in ways for one in spelled_out(way)]


@cache
def _sure() -> Mapping[str, str]:
    return {word: name for name, meaning in meanings().items() for word in meaning.sure}


@cache
def _weak() -> Mapping[str, tuple[str, ...]]:
    fields: dict[str, tuple[str, ...]] = {}
    for name, meaning in meanings().items():
        for word in meaning.weak:
            fields[word] = (*fields.get(word, ()), name)
    return fields


def _spellings(heading: str) -> Iterable[str]:
    """A heading as it is compared: as a whole, without what is in brackets, without whose it is."""
    bare = "" if _OF_BEFORE.search(heading) else re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
    for text in filter(None, (heading, bare)):
        for cased in (text, _CAMEL.sub(" ", text)):
            words = " ".join(_NO_WORD.sub(" ", cased).casefold().split())
            for said in dict.fromkeys((words, _in_full(words))):
                yield said
                yield _OWNERS.sub("", said)


_LETTERS = re.compile(r"\b\w(?: \w)+\b")
_SHORT_FORMS = {
    "addr": "address",
    "bday": "birthday",
    "dt": "date",
    "fornm": "forename",
    "gp": "group",
    "grp": "group",
    "nm": "name",
    "nr": "number",
    "num": "number",
    "surnm": "surname",
    "yr": "year",
}


def _in_full(words: str) -> str:
    """A heading with letters that points or spaces part put together (`U.P.N.`), and short forms written out."""
    joined = _LETTERS.sub(lambda found: found[0].replace(" ", ""), words)
    return " ".join(_SHORT_FORMS.get(word, word) for word in joined.split())


_OF_BEFORE = re.compile(
    r"[(\[][^)\]]*\b(?:prev(?:ious)?|old|former|before|historic\w*|(?:last|past) (?:\w+ )?(?:years?|terms?))\b",
    re.IGNORECASE,
)
"""What says in brackets that a column tells of an earlier time: `SEN Status (previous)` is no SEN status of now."""


def _year_first(headings: Iterable[str], on: date | None) -> list[str]:
    """Of columns that differ in their year, `Class (2025/26)` and `Class (2026/27)`, that of the day before others.

    Without a day, and where none is of it, the later one comes before.
    """
    return sorted(headings, key=lambda heading: (not _is_of(heading, on), -int(max(_years(heading), default="9999"))))


def _years(heading: str) -> list[str]:
    return re.findall(r"20[0-9]{2}", heading)


def _is_of(heading: str, on: date | None) -> bool:
    """True for the heading of the school year, or else the year, that holds a day; and for one that names no year."""
    if on is None or not _years(heading):
        return True
    begun = re.findall(r"(20[0-9]{2}) ?[/–-] ?(?:20)?[0-9]{2}\b", heading)
    return str(school_year(on) if begun else on.year) in (begun or _years(heading))


def how_known(heading: str) -> int:
    """2 for a heading with a meaning of its own, 1 for one whose meaning hangs on the others, 0 for any other text."""
    if any(words in _sure() or contact_field(words) for words in _spellings(heading)):
        return 2
    return int(any(words in _weak() for words in _spellings(heading)))


def guess(headings: Iterable[str], taken: Iterable[str] = (), on: date | None = None) -> dict[str, str]:
    """For each heading the field that it most probably means; "" for what is not known. No field is given twice.

    `taken` are the fields that other columns of the file bring already; of two years that of the day `on` counts.
    """
    columns = _year_first(headings, on)
    found = dict.fromkeys(columns, "")
    used = set(taken)
    for heading in columns:
        meant = next((_sure()[words] for words in _spellings(heading) if words in _sure()), "")
        if meant and meant not in used:
            found[heading] = meant
            used.add(meant)
    for heading in columns:
        if not found[heading]:
            fields = next((_weak()[words] for words in _spellings(heading) if words in _weak()), ())
            meant = next((name for name in fields if name not in used and _has_place(name, used)), "")
            meant = meant or next((one for words in _spellings(heading) if (one := contact_field(words))), "")
            if meant and meant not in used:
                found[heading] = meant
                used.add(meant)
    return found


def words_by_values(heading: str, field: str) -> bool:
    """True for a heading of which the values decide whether it is the field."""
    return any(words in meanings()[field].by_values for words in _spellings(heading))


_WITH = {
    "full_name": lambda used: not {"legal_surname", "known_as_surname"} & used or "forenames" not in used,
    "sen_from": lambda used: bool({"sen_status", "ehc_plan"} & used),
    "sen_to": lambda used: "sen_from" in used and "attendance.possible" not in used,
    "attendance.from": lambda used: "attendance.possible" in used,
    "attendance.to": lambda used: "attendance.possible" in used,
    "attainment.date": lambda used: "attainment.result" in used,
    "preferred_name": lambda used: "forenames" in used,
    "known_as_surname": lambda used: "legal_surname" in used,
}
"""Weak headings that mean this only beside another column: “Start date” is the status's where there is one."""


def _has_place(name: str, used: set[str]) -> bool:
    return name not in _WITH or _WITH[name](used)


def label(field: str) -> str:
    """How a field is called to a person; fields of no list say their name."""
    if field.startswith("attainment:"):
        return f"results in {field.partition(':')[2].strip()}"
    if field.startswith(NEED):
        return f"a tick for the {field}"
    return meanings()[field].label if field in meanings() else contact_label(field) or field


def field_of(said: str) -> str | None:
    """The field that somebody names by its name or its label; "" for a column that is not used; nothing if unknown."""
    words = " ".join(said.replace("_", " ").casefold().split())
    if words in ("", NOT_USED, "none", "-", "ignore"):
        return ""
    if words.startswith("attainment:") and words.partition(":")[2].strip():
        return f"attainment: {said.partition(':')[2].strip()}"
    if words.removeprefix("a tick for the ").startswith(NEED):
        kind = said.partition(":")[2].strip()
        return f"{NEED} {kind}" if is_need(kind) else None
    for name, meaning in meanings().items():
        if words in (name.replace("_", " "), meaning.label.casefold()):
            return name
    return field_of_label(words) or None


def near(said: str) -> str:
    """What to write instead of a field that does not exist."""
    labels = [meaning.label for meaning in meanings().values()]
    contacts = [contact_label(f"contact.1.{part}") for part in word_file("contact_words.yaml")["part"]]
    close = did_you_mean(said.casefold(), [*labels, *meanings(), *contacts])
    if close:
        return f"Did you mean {close[0]}?"
    return f"There are: {', '.join(labels)}; and of a parent or carer {', '.join(contacts)}, and contact 2 and on."
