"""Parents and other contacts in a list's columns: `Contact 1 Surname`, `Mother's email`, as people of a new pupil."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from generator.school.imports.lists.name_parts import (
    GUESSED_LETTERS,
    adult_in_small_letters,
    apart,
    of_two_people,
    without_known_name,
    without_title,
)
from generator.school.imports.lists.system_words import word_file
from generator.school.imports.lists.value_words import read_yes_no
from generator.values.parsing import NOT_KNOWN, Unreadable

GROUP = "contact"
_FIELD = re.compile(r"contact\.([a-z]+|[1-9])\.([a-z]+)")
_LABEL = re.compile(r"contact ([a-z]+|[1-9]):? ([a-z]+)")
_SPOKEN = {"responsibility": "parental responsibility"}


@cache
def _heading() -> re.Pattern[str]:
    words = word_file("contact_words.yaml")
    who = sorted((str(word) for many in words["who"].values() for word in many), key=len, reverse=True)
    parts = sorted((str(word) for many in words["part"].values() for word in many), key=len, reverse=True)
    people, of_them = "|".join(who), "|".join(parts)
    number = "(?:(?P<n{0}>[1-9])(?:st|nd|rd|th)?)"
    numbered = "|".join((f"(?:{number.format(1)} )?(?P<who>{people})(?: {number.format(2)})?",
                         f"priority {number.format(3)}(?: (?P<of>{people}))?"))  # fmt: skip
    return re.compile(f"(?:{numbered})(?: (?P<part>{of_them}))?")


def contact_field(words: str) -> str:
    """The field that the words of a heading mean, such as `contact.1.surname`; empty for other headings."""
    found = _heading().fullmatch(words)
    if not found:
        return ""
    number = found["n1"] or found["n2"] or found["n3"]
    who = _code("who", found["who"] or found["of"] or "contact")
    part = _code("part", found["part"]) if found["part"] else "name"
    return f"{GROUP}.{number or ('1' if who == GROUP else who)}.{part}"


def _code(table: str, word: str) -> str:
    return next(str(code) for code, words in word_file("contact_words.yaml")[table].items() if word in words)


def contact_label(field: str) -> str:
    """How such a field is called to a person: `contact 1: surname`; empty for other fields."""
    found = _FIELD.fullmatch(field)
    return f"{GROUP} {found[1]}: {_SPOKEN.get(found[2], found[2])}" if found else ""


def field_of_label(said: str) -> str:
    """The field that a label names; empty for any other text."""
    for part, spoken in _SPOKEN.items():
        said = said.replace(spoken, part)
    found = _LABEL.fullmatch(said)
    return f"{GROUP}.{found[1]}.{found[2]}" if found and found[2] in word_file("contact_words.yaml")["part"] else ""


def people_of(cells: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """The people that a row's cells, by field, speak of, as pupil.yaml holds them; cells without a name; questions.

    Whether somebody has parental responsibility is never guessed: where the list does not say so, it is not known.
    """
    people: list[dict[str, Any]] = []
    nameless: list[str] = []
    to_ask: list[str] = []
    for key in dict.fromkeys(field.split(".")[1] for field in cells):
        said = {field.split(".")[2]: text for field, text in cells.items() if field.split(".")[1] == key}
        title, name = _name(said)
        title = said.get("title", "").rstrip(".") or title
        if not name:
            nameless += [
                f"{contact_label(f'{GROUP}.{key}.{part}')} “{text}”, without a name" for part, text in said.items()
            ]
            continue
        if of_two_people(f"{title} {name}"):
            title, name = "", f"{title} {name}".strip()
            to_ask.append(f"{name} are two people in one cell of the list: write them as two in pupil.yaml")
        if (small := adult_in_small_letters(name)) != name:
            name = small
            to_ask.append(GUESSED_LETTERS)
        holds, why = _responsibility(said.get("responsibility", ""), name)
        to_ask += why
        person: dict[str, Any] = {
            "title": title,
            "name": name,
            "relationship": said.get("relationship", "").lower() or (key if key in ("mother", "father") else "contact"),
            "parental_responsibility": holds,
            **{part: said[part] for part in ("address", "postcode", "phone", "mobile", "email") if part in said},
        }
        for part in ("phone", "mobile"):
            if _WITHOUT_ZERO.fullmatch(person.get(part, "")):
                person[part] = f"0{person[part]}"
                to_ask.append("a telephone number had lost its first 0, as in Excel: it is written again")
        people.append({part: value for part, value in person.items() if value != ""})
    return people, nameless, to_ask


_WITHOUT_ZERO = re.compile(r"[1-37][0-9]{9}")


def _name(said: Mapping[str, str]) -> tuple[str, str]:
    """Title and name: from their parts, else from one column, taken apart where the surname stands first."""
    parts = [said.get("forename", ""), said.get("surname", "")]
    if any(parts):
        return "", " ".join(filter(None, parts))
    whole = without_known_name(said.get("name", ""))[0]
    if not any(letter.isalpha() for letter in whole):
        return "", ""
    name, title = without_title(whole)
    if "," in name:
        found = apart(name)
        name, title = (
            f"{found.forenames} {found.surname}".strip(),
            title or without_title(whole.partition(",")[2].strip())[1],
        )
    return title, name


def _responsibility(said: str, name: str) -> tuple[bool | str, list[str]]:
    if not said:
        return NOT_KNOWN, [f"whether {name} has parental responsibility is not in the list: it is written as not known"]
    try:
        return read_yes_no(said), []
    except Unreadable:
        return NOT_KNOWN, [f"parental responsibility of {name} is “{said}” in the list: it is written as not known"]
