"""What the values of pupil lists mean: the words of value_words.yaml. A value that is not there is never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.cases.dates.age_and_year import YEAR_GROUPS
from generator.cases.vocabulary import AREA_OF_TYPE, SEN_TYPES
from generator.school.imports.lists.system_words import word_file
from generator.values.ethnicity import MAIN as ETHNICITIES
from generator.values.parsing import Unreadable

_CODE_BEFORE = re.compile(r"([A-Za-z]{1,4})\s*(?:[-–—:=/|.,)]|\s-\s)\s*(.*)", re.DOTALL)
_CODE_BEHIND = re.compile(r"(.*?)\s*[(\[]\s*([^)\]]*?)\s*[)\]]", re.DOTALL)
_NOT_YET = re.compile(
    r"\b(?:request\w*|pending|appl\w+|draft|ceased?|ended|former|refer\w*|monitor\w*|watch\w*|previous\w*|refused|"
    r"assess\w*|concern\w*|possible|awaiting|transfer\w*|removed|exit\w*|under)\b",
    re.IGNORECASE,
)
"""Words that tell of something else than the status held: a plan that is asked for is no plan."""


@dataclass(frozen=True)
class NeedType:
    """A type of the school census, the broad area of need that it belongs to ("" where it tells none), and a title."""

    code: str
    area: str
    title: str


def _words() -> Mapping[str, Any]:
    return word_file("value_words.yaml")


def _bare(text: str) -> str:
    """Text as it is compared: small letters, no punctuation."""
    return " ".join(re.sub(r"[^\w✓✔☑✗☐]+", " ", text.replace("&", " and ")).casefold().split()) or text.strip()


@cache
def _table(name: str) -> Mapping[str, str]:
    """Each word of a table with its code; the codes themselves are words too."""
    ours = {"sen_type": SEN_TYPES, "ethnicity": ETHNICITIES}.get(name, {})
    found = {_bare(title): code for code, title in ours.items()}
    for code, words in _words()[name].items():
        if code != "gone":
            found |= {_bare(str(word)): str(code) for word in (code, *words)}
    return found


def _coded(name: str, text: str) -> str | None:
    """The code that a text means: by itself, by its words, or by both when they agree; nothing when it is not known."""
    table, whole = _table(name), _bare(text)
    if whole in table:
        return table[whole]
    before, behind = _CODE_BEFORE.fullmatch(text), _CODE_BEHIND.fullmatch(text)
    pairs = [(found[1], found[2]) for found in [before] if found] + [
        (found[2], found[1]) for found in [behind] if found
    ]
    for code, words in pairs:
        if code.upper() in table.values():
            meant = table.get(_bare(words))
            return code.upper() if meant in (None, code.upper()) else None
    if behind and (meant := table.get(_bare(behind[1]))):
        return meant  # words with something in brackets that is no code
    return None


def _gone(name: str, text: str) -> bool:
    for code, words in _words()[name]["gone"].items():
        if _bare(text) in {_bare(code), *map(_bare, words)} or re.match(rf"{code}\s*[-–:(]", text):
            return True
    return False


def read_status(text: str) -> str:
    """N, K or E. Raises Unreadable for what is no status held, such as “EHCP requested”."""
    found = None if _NOT_YET.search(text) else _coded("sen_status", text)
    if found:
        return found
    if _gone("sen_status", text):
        raise Unreadable(
            "status", f"`{text}` is a status that ended in 2014", "write N, K or E: what the child has now"
        )
    raise Unreadable("status", f"`{text}` is no SEN status", "write N, K or E")


def read_need_types(text: str) -> list[NeedType]:
    """The census types in a cell, in its order: `SLCN`, `SEMH - Social, …`, `SLCN; SPLD`. Raises Unreadable."""
    if code := _coded("sen_type", text):
        return [need_type(code)]
    parts = [part for part in re.split(r"\s*(?:[;|\n+]|\s/\s)\s*", text) if part]
    if len(parts) == 1:
        parts = [part for part in re.split(r"\s*[,/]\s*", text) if part]
    codes = [_coded("sen_type", part) for part in parts]
    if len(parts) > 1 and all(codes):
        return [need_type(code) for code in dict.fromkeys(code for code in codes if code)]
    if _gone("sen_type", text):
        raise Unreadable("sen-type", f"`{text}` is a type that ended in 2014", "write the type of today, such as SEMH")
    raise Unreadable("sen-type", f"`{text}` is no SEN type of the school census", f"write one of {', '.join(_codes())}")


def _codes() -> list[str]:
    return list(SEN_TYPES)


def need_type(code: str) -> NeedType:
    """A census type by its code."""
    return NeedType(code, AREA_OF_TYPE.get(code, ""), SEN_TYPES[code])


def read_yes_no(text: str) -> bool:
    """True or False for the words that systems have for yes and no. Raises Unreadable."""
    found = _table("yes_no").get(_bare(text))
    if found is None:
        raise Unreadable("yes-no", f"`{text}` is neither yes nor no", "write Y or N")
    return found == "yes"


def read_looked_after(text: str) -> str:
    """`yes`, `no`, or `before` for a child who was looked after and is no more. Raises Unreadable."""
    found = _table("looked_after").get(_bare(text))
    if found is None:
        raise Unreadable("yes-no", f"`{text}` does not say whether the child is looked after", "write Y or N")
    return found


def read_sex(text: str) -> str:
    """Female or Male; any other word as it is."""
    return _table("sex").get(_bare(text), text.strip())


def read_ethnicity(text: str) -> str:
    """The DfE's code of four letters, from the code or from its name. Raises Unreadable."""
    found = re.fullmatch(r"([A-Za-z]{4})\s*(?:[-–:].*)?", text.strip(), re.DOTALL)
    code = _table("ethnicity").get(_bare(text)) or (found[1].upper() if found else "")
    if not code:
        raise Unreadable("ethnicity", f"`{text}` is no ethnicity code", "write the code of four letters, such as WBRI")
    return code


def read_year_group(text: str) -> str | int:
    """R, N1, N2 or 1 to 14. Raises Unreadable."""
    if named := _table("year_group").get(_bare(text)):
        return named
    bare = re.sub(r"(?i)^(?:national curriculum |nc |curriculum )?(?:year(?: group)?|yr|y)?[\s.:]*", "", text.strip())
    known: dict[str, str | int] = {str(year).casefold(): year for year in YEAR_GROUPS}
    found = known.get(re.sub(r"\.0$", "", bare).lstrip("0").casefold()) or _table("year_group").get(_bare(bare))
    if found is None:
        raise Unreadable("year-group", f"`{text}` is no year group", "write R, N1, N2 or a number from 1 to 14")
    return found
