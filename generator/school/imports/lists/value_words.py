"""What the values of pupil lists mean: the words of value_words.yaml. A value that is not there is never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from generator.cases.dates.age_and_year import YEAR_GROUPS
from generator.cases.vocabulary import AREA_OF_TYPE, AREAS, SEN_TYPES
from generator.school.imports.lists.system_words import word_file
from generator.values.ethnicity import MAIN as ETHNICITIES
from generator.values.parsing import Unreadable

_CODE_BEFORE = re.compile(r"([A-Za-z]{1,4})\s*(?:[-–—:=/|.,)]|\s-\s)\s*(.*)", re.DOTALL)
_DASHED = re.compile(r"([A-Za-z]{1,4})\s*+[-–—:]\s*+([^,;/|]*)", re.DOTALL)
_LAST_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,4}\Z")
_NOT_YET = re.compile(
    r"\b(?:request\w*|pending|appl\w+|draft|ceased?|ended|former|refer\w*|monitor\w*|watch\w*|previous\w*|refused|"
    r"assess\w*|concern\w*|possible|awaiting|transfer\w*|removed|exit\w*|under)\b",
    re.IGNORECASE,
)
"""Words that tell of something else than the status held: a plan that is asked for is no plan."""


_DOUBTED = re.compile(
    r"[?？]|\b(?:possibl[ey]|perhaps|maybe|probabl[ey]|quer(?:y|ied)|suspected|unsure|unclear|unconfirmed|tbc|awaiting|"
    r"pending|request\w*|appl(?:ied|ying)|refused|not (?:sure|known|confirmed)|to be (?:confirmed|checked))\b",
    re.IGNORECASE,
)
"""What makes a value uncertain, beside it: `ASD?`, `ASD (possible)`, `Y - tbc`."""

_PAST = re.compile(
    r"\b(?:previous\w*|former\w*|ceased|ended|expired|lapsed|stopped|was|were|no longer|no more|resolved|"
    r"ex|post(?!\W*1[0-9])|in the past)\b",
    re.IGNORECASE,
)
"""What says of a value beside it that it counts no more: `Y (previously)`."""

_UNTIL = re.compile(
    r"\b(?:until|till)\b|\bto\s+(?:\w+\s+)?[0-9]|\b(?:19|20)[0-9]{2}\s*[-–—]\s*(?:19|20)[0-9]{2}\b", re.IGNORECASE
)
_OF_CARE = re.compile(
    "yes|y|true|t|lac|cla|cic|in|care|looked|after|child|no|longer|more|the|past|until|till|to|from|since|"
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_NO_MORE = re.compile(r"\s*(?:ceased|previously|formerly|former|no longer|was|post|ex)\b", re.IGNORECASE)
_HOW = f"write one of {', '.join(SEN_TYPES)}, or an area of need, such as C&I"
_ANSWER = re.compile(r"(yes|no|y|n|t|f|true|false)\s*(?:[-–—:(\[,;]).*", re.IGNORECASE | re.DOTALL)
"""A plain answer with something said beside it: `Yes (Ever 6)`, `No - not eligible`."""


_NEEDS = "types and areas"
"""The table of the census types and, where they have no type of that name, the areas of need."""


@dataclass(frozen=True)
class NeedType:
    """A type of the school census, the broad area of need that it belongs to ("" where it tells none), and a title.

    A list may tell the area alone, as `C&I`: then the code is "".
    """

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
    if name == _NEEDS:
        return {**_table("sen_area"), **_table("sen_type")}
    ours = {"sen_type": SEN_TYPES, "ethnicity": ETHNICITIES}.get(name, {})
    found = {_bare(title): code for code, title in ours.items()}
    for code, words in _words()[name].items():
        if code not in ("gone", "none"):
            found |= {_bare(str(word)): str(code) for word in (code, *words)}
    return found


@cache
def _longest(name: str) -> int:
    """How many words the longest phrase of a table has."""
    return max(len(phrase.split()) for phrase in _table(name))


def _coded(name: str, text: str) -> str | None:
    """The code that a text means: by itself, by its words, or by both when they agree; nothing when it is not known."""
    table, whole = _table(name), _bare(text)
    if whole in table:
        return table[whole]
    before, behind, last = _CODE_BEFORE.fullmatch(text), _code_behind(text), _code_last(text)
    pairs = [(found[1], found[2]) for found in [before] if found]
    pairs += [(code, words) for words, code in [behind] if code] if behind else []
    for code, words in pairs:
        if code.upper() in table.values():
            meant = table.get(_bare(words))
            return code.upper() if meant in (None, code.upper()) else None
    first, _, rest = text.partition(" ")
    for code, words in [(first, rest), *([(last[1], last[0])] if last else [])]:
        if code.upper() in table.values() and table.get(_bare(words)) == code.upper():
            return code.upper()  # K SEN Support, SEN Support K
    if behind and (meant := table.get(_bare(behind[0]))):
        return meant  # words with something in brackets that is no code
    return None


def _code_behind(text: str) -> tuple[str, str] | None:
    """`Moderate difficulty (MLD)`: the words, and what stands in the brackets at the end."""
    inside = text[:-1]
    closed = max(inside.rfind(")"), inside.rfind("]")) + 1
    begins = [at for at in (inside.find("(", closed), inside.find("[", closed)) if at >= 0]
    if text[-1:] not in (")", "]") or not begins:
        return None
    return inside[: min(begins)].rstrip(), inside[min(begins) + 1 :].strip()


def _code_last(text: str) -> tuple[str, str] | None:
    """`Moderate difficulty - MLD`: the words, and one to four letters behind a dash, a sign or a space at the end."""
    code = _LAST_LETTERS.search(text[-5:])
    before = text[: -len(code[0])] if code else ""
    words = before.rstrip()
    if code and words[-1:] in tuple("-–—:=/|,"):
        return words[:-1].rstrip(), code[0]
    return (words, code[0]) if code and len(words) < len(before) else None


def _gone(name: str, text: str) -> bool:
    for code, words in _words()[name]["gone"].items():
        if _bare(text) in {_bare(code), *map(_bare, words)} or re.match(rf"{code}\s*[-–:(]", text):
            return True
    return False


def read_status(text: str) -> str:
    """N, K or E. Raises Unreadable for what is no status held, such as “EHCP requested”."""
    doubted = _NOT_YET.search(text) or _PAST.search(text) or re.search("[0-9?？]", text)
    found = None if doubted else _coded("sen_status", text)
    if found:
        return found
    if _gone("sen_status", text):
        raise Unreadable(
            "status", f"`{text}` is a status that ended in 2014", "write N, K or E: what the child has now"
        )
    more = ", and a day in a column of its own" if any(map(str.isdecimal, text)) else ""
    raise Unreadable("status", f"`{text}` is no SEN status", f"write N, K or E{more}")


def speaks_of_status(text: str) -> bool:
    """True for words about SEN that are no status held: `Monitoring`, `ex-SEN`, `EHCP requested`."""
    return bool(_NOT_YET.search(text) or _ABOUT_SEN.search(text))


_ABOUT_SEN = re.compile(r"\b(?:pre|ex|post)?\W?(?:SEND?|EHC[A-Z]*)\b", re.IGNORECASE)


def beside_status(text: str) -> str:
    """What a status says beside its code and is no word for it, such as `wave 3` in `K (wave 3)`."""
    found, table = _CODE_BEFORE.fullmatch(text), _table("sen_status")
    if _bare(text) in table or not found or found[1].upper() not in table.values():
        return ""
    words = found[2].strip().strip("()[]").strip()
    return "" if not words or table.get(_bare(words)) else words


def status_and_need(text: str) -> tuple[str, str]:
    """`K - SLCN` and `EHCP: ASD/SLCN` as a status and needs; the text and nothing where it is not both."""
    for cut in _BETWEEN.finditer(text):
        status, needs = text[: cut.start()].strip(), text[cut.end() :].strip().rstrip(")]")
        try:
            if read_status(status) in ("K", "E") and read_need_types(needs):
                return status, needs
        except Unreadable:
            continue
    return text, ""


_BETWEEN = re.compile(r"\s*[-–—:/,;(\[]\s*|\s+")


def read_need_types(text: str) -> list[NeedType]:
    """The census types in a cell, by their rank where it has numbers, else in its order; empty for “none”.

    An area of need (`C&I`) counts where no type of that area stands beside it.
    `SLCN`, `SEMH - Social, …, SPLD - Specific …`, `1. SLCN 2. SEMH`, `SEMH & MLD` are read whole. Raises Unreadable
    where a word is left that is no type: a need that is not understood is not dropped beside one that is.
    """
    if _means_none(text):
        return []
    codes, left = _types_in(text)
    said = " ".join(left)
    uncertain = _questioned(text) or _DOUBTED.search(said) or _PAST.search(said)
    if codes and not uncertain and (not left or (len(codes) == 1 and _beside_its_code(text, codes[0]))):
        return [need_type(code) for code in codes]
    if _gone("sen_type", text):
        raise Unreadable("sen-type", f"`{text}` is a type that ended in 2014", "write the type of today, such as SEMH")
    if codes and uncertain:
        raise Unreadable("sen-type", f"`{text}` does not say that the child has the need now", _HOW)
    if codes:
        raise Unreadable("sen-type", f"`{text}` holds {' and '.join(codes)} and “{said}”, which is no type", _HOW)
    raise Unreadable("sen-type", f"`{text}` is no SEN type of the school census", _HOW)


def is_need(text: str) -> bool:
    """True for words that name needs of a child and nothing else."""
    try:
        return bool(read_need_types(text))
    except Unreadable:
        return False


def words_left(text: str) -> str:
    """What a cell of needs says beside its types, such as `dyslexic tendencies` in `SPLD (dyslexic tendencies)`."""
    return "" if _means_none(text) else " ".join(_types_in(text)[1])


def _means_none(text: str) -> bool:
    return _bare(text) in {_bare(str(word)) for word in _words()["sen_type"]["none"]}


def _types_in(text: str) -> tuple[list[str], list[str]]:
    """The types that a text names, by rank or in their order and each once, and the words that belong to none."""
    table, words, longest = _table(_NEEDS), _bare(text).split(), _longest(_NEEDS)
    found: list[str] = []
    ranks: list[int] = []
    left: list[str] = []
    at = 0
    while at < len(words):
        end = next((n for n in range(min(len(words), at + longest), at, -1) if " ".join(words[at:n]) in table), at)
        if end > at:
            found.append(table[" ".join(words[at:end])])
        elif words[at] in ("1", "2", "3", "4", "5", "6"):
            ranks.append(int(words[at]))
        elif words[at] not in _JOINING:
            left.append(words[at])
        at = max(end, at + 1)
    told = {AREA_OF_TYPE.get(code) for code in found}
    codes = [code for code in dict.fromkeys(found) if code not in told]
    if len(ranks) == len(codes) == len(set(ranks)):
        codes = [code for _, code in sorted(zip(ranks, codes, strict=True))]
    elif ranks:
        left += map(str, ranks)
    return codes, left


_JOINING = ("and", "with", "primary", "secondary", "rank", "need", "needs", "main", "also")


def _beside_its_code(text: str, code: str) -> bool:
    """True for one type whose words are a school's own: `SPLD - Literacy difficulties`, `Literacy (SPLD)`."""
    before = _DASHED.fullmatch(text)
    parts = [*(before.groups()[:1] if before else ()), *(_code_behind(text) or ())]
    return any(_table("sen_type").get(_bare(part)) == code for part in parts)


def need_type(code: str) -> NeedType:
    """A census type by its code, or an area of need by its name."""
    return (
        NeedType("", code, AREAS[code])
        if code in AREAS
        else NeedType(code, AREA_OF_TYPE.get(code, ""), SEN_TYPES[code])
    )


def read_yes_no(text: str, on: date | None = None) -> bool:
    """True or False for the words that systems have for yes and no. Raises Unreadable.

    So it does for a yes that may count no more on the day, such as `Y (previously)`, and for one with a question mark.
    """
    found = _table("yes_no").get(_bare(_answer(text)))
    if found is None or _questioned(text) or (found == "yes" and _holds(text, on) is not True):
        raise Unreadable("yes-no", f"`{text}` is neither yes nor no", "write Y or N")
    return found == "yes"


def _answer(text: str) -> str:
    said = _ANSWER.fullmatch(text.strip())
    return said[1] if said else text


def _questioned(text: str) -> bool:
    return "?" in text or "？" in text


def _holds(text: str, on: date | None) -> bool | None:
    """True for words that say nothing against it that something counts on a day, False for its end, None for doubt."""
    if _DOUBTED.search(text):
        return None
    if _UNTIL.search(text):
        years = [int(year) for year in _YEAR.findall(text)]
        if on is None or not years or max(years) == on.year:
            return None
        return max(years) > on.year
    return not _PAST.search(text)


def read_looked_after(text: str, on: date | None = None) -> str:
    """`yes`, `no`, or `before` for a child who was looked after and is no more on the day. Raises Unreadable."""
    table = _table("looked_after")
    found = table.get(_bare(text))
    if found is None:
        found = table.get(_bare(re.split(r"[(\[]", _answer(text), maxsplit=1)[0]))
        holds = _holds(text, on)
        if found == "yes" and holds is not True:
            found = "before" if holds is False and _of_care_alone(text) else None
        elif found == "no" and holds is False and not re.search(r"\b(?:never|not)\b", text, re.IGNORECASE):
            found = "before"
    if found is None and _NO_MORE.match(text):
        found = "before"
    if found is None or _questioned(text):
        raise Unreadable("yes-no", f"`{text}` does not say whether the child is looked after", "write Y or N")
    return found


def _of_care_alone(text: str) -> bool:
    """True where only care can have ended: `Yes (previously)`. In `LAC (was Leeds)` it may be the authority."""
    words = _bare(text).split()
    return all(_PAST.fullmatch(word) or _OF_CARE.fullmatch(word) or word.isdecimal() for word in words)


def has_left(text: str) -> bool:
    """True for a status of enrolment that says that the pupil is here no more. Raises Unreadable."""
    found = _table("on_roll").get(_bare(text))
    if found is None:
        raise Unreadable("on-roll", f"`{text}` does not say whether the pupil is on roll", "write Current or Leaver")
    return found == "left"


def read_sex(text: str) -> str:
    """Female or Male; any other word as it is."""
    return text.strip() if _questioned(text) else _table("sex").get(_bare(text), text.strip())


def read_ethnicity(text: str) -> str:
    """The DfE's code of four letters, from the code or from its name. Raises Unreadable."""
    found = re.fullmatch(r"([A-Za-z]{4})\s*(?:[-–:].*)?", text.strip(), re.DOTALL)
    code = _table("ethnicity").get(_bare(text)) or (found[1].upper() if found else "")
    if not code or _questioned(text):
        raise Unreadable("ethnicity", f"`{text}` is no ethnicity code", "write the code of four letters, such as WBRI")
    return code


def read_year_group(text: str) -> str | int:
    """R, N1, N2 or 1 to 14. Raises Unreadable."""
    known: dict[str, str | int] = {str(year).casefold(): year for year in YEAR_GROUPS}
    table = _table("year_group")
    bare = re.sub(r"(?i)^(?:national curriculum |nc |curriculum )?(?:year(?: group)?|yr|y)?[\s.:]*", "", text.strip())
    plain = re.sub(r"\.0$", "", bare).lstrip("0") or bare
    words = [_bare(one) for one in (text, bare) if one[:1].isalnum()]
    codes = [*(table[one] for one in words if one in table), plain]
    found = next((known[code.casefold()] for code in codes if code.casefold() in known), None)
    if found is None or _questioned(text):
        raise Unreadable("year-group", f"`{text}` is no year group", "write R, N1, N2 or a number from 1 to 14")
    return found
