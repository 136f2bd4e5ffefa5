"""Names as lists write them, taken apart: `BROWN, Ada Rose (Addie)`, `Miss Ada Brown`, `William (Bill)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITLES = {"mr", "mrs", "miss", "ms", "mx", "master", "dr"}
_BEFORE_SURNAMES = {
    "van",
    "von",
    "de",
    "del",
    "della",
    "da",
    "das",
    "dos",
    "di",
    "du",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "ibn",
    "bint",
    "ben",
    "abu",
    "der",
    "den",
    "ter",
    "st",
    "saint",
    "mac",
    "mc",
    "ap",
}
_KNOWN_AS = re.compile(r"\(([^()]*+)\)|\[([^\[\]]*+)\]|[\"“]([^\"“”]++)[\"”]")
_SAYS_KNOWN = re.compile(r"(?:known as|called|aka|pref\w*)[:\s]+", re.IGNORECASE)
_NO_NAME = re.compile(r"[0-9]|^\W*$|^(?:n[ée]e|formerly|twin|new|leaver|step)\b|^(?:he|she|they)/", re.IGNORECASE)


@dataclass(frozen=True)
class WholeName:
    """The parts of a name; `known` is the name in brackets or quotes, `beside` what stood there and is no name.

    `sure` is false where custom alone decided what the surname is; `surname_shown` is true where a comma or capitals
    show it.
    """

    surname: str
    forenames: str
    known: str = ""
    beside: str = ""
    sure: bool = True
    surname_shown: bool = False


def without_known_name(text: str) -> tuple[str, str, str]:
    """A name without what stands in brackets or quotes in it; that, where it is a name; and that, where it is none.

    `William (Bill)` gives William, Bill and nothing; `Hart (née Rees)` gives Hart, nothing and `née Rees`.
    """
    found = _KNOWN_AS.search(text)
    if not found:
        return text, "", ""
    rest = re.sub(r"\s+,", ",", " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()))
    within = next(filter(None, found.groups()), "").strip()
    if _NO_NAME.search(within):
        return rest, "", within
    return rest, _SAYS_KNOWN.sub("", within), ""


GUESSED_LETTERS = "the name is in capitals there: look whether its small letters are right (MacDonald, de Souza)"
_LEAST = {"legal_surname": 2, "known_as_surname": 2, "forenames": 3, "preferred_name": 3}
_NUMBERS = ("II", "III", "IV")


def in_small_letters(name: str, least: int = 2) -> str:
    """A name that is all in capitals, as `O'NEILL-BROWN`, as it is written elsewhere; any other as it is.

    `least` letters in capitals are a word; fewer are letters that stand for names, such as AJ, and stay; so does III.
    """
    words = name.split() if name.isupper() else []
    return " ".join(word if _stays(word, least) else _small(word) for word in words) or name


def _stays(word: str, least: int) -> bool:
    return sum(map(str.isalpha, word)) < least or word in _NUMBERS


def _small(word: str) -> str:
    small = re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), word)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda found: f"Mc{found[1].upper()}", small)


def spell_names(values: dict[str, str]) -> list[str]:
    """Write the names among a pupil's values in small letters where they are in capitals; what is to be looked at."""
    small = {name: in_small_letters(values[name], least) for name, least in _LEAST.items() if name in values}
    changed = {name: text for name, text in small.items() if text != values[name]}
    values |= changed
    return [GUESSED_LETTERS] if changed else []


def adult_in_small_letters(name: str) -> str:
    """A parent's name, `JANE HILL`, in the same manner; what stands last is the surname."""
    forenames, _, surname = name.rpartition(" ")
    if not name.isupper():
        return name
    return f"{in_small_letters(forenames, _LEAST['forenames'])} {in_small_letters(surname)}".strip()


def without_title(text: str) -> tuple[str, str]:
    """A name without the title before it, and the title: `Mrs E Hill` gives `E Hill` and `Mrs`, `Mrs` no name."""
    first, _, rest = text.partition(" ")
    return (rest.strip(), first.rstrip(".")) if first.casefold().rstrip(".") in _TITLES else (text, "")


_TWO = re.compile(r"(?<=\w)[\w.]*\s*(?:&|/|\+|\band\b)\s*\w", re.IGNORECASE)


def of_two_people(text: str) -> bool:
    """True for the names of two people in one, such as `Mr & Mrs Rowe` and `Jane and Tom Rowe`."""
    return bool(_TWO.search(text))


def surname_comes_first(heading: str) -> bool:
    """True for a heading that names the parts of a name in this order, as `Name (Surname Forename)`."""
    return bool(re.search(r"(?:sur|last|family)\W*(?:name)?\W.*(?:fore|first|given)", heading, re.IGNORECASE))


def apart(whole: str, surname_first: bool = False) -> WholeName:
    """The parts of a whole name: `Brown, Ada Rose` is certain; `Ada Rose Brown` is by custom only.

    `Miss Brown` has no forename, and `Ada` no surname. `surname_first` is what the heading says of the order.
    """
    text, known, beside = without_known_name(" ".join(whole.split()))
    surname, comma, forenames = (part.strip() for part in text.partition(","))
    if comma:
        return WholeName(surname, without_title(forenames)[0], known, beside, surname_shown=True)
    text, title = without_title(text)
    parts = text.split()
    if title and len(parts) == 1:
        return WholeName(text, "", known, beside)
    if len(parts) < 2:
        return WholeName("", text, known, beside, sure=False)
    if _shouted(parts[0]) and not parts[-1].isupper():
        at = next(n for n, part in enumerate(parts) if not part.isupper())  # BROWN Ada Rose
        return WholeName(" ".join(parts[:at]), " ".join(parts[at:]), known, beside, surname_shown=True)
    if surname_first:
        at = 1
        while at < len(parts) - 1 and parts[at - 1].casefold().rstrip(".") in _BEFORE_SURNAMES:
            at += 1
        return WholeName(" ".join(parts[:at]), " ".join(parts[at:]), known, beside, sure=len(parts) == 2)
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold().rstrip(".") in _BEFORE_SURNAMES:
        at -= 1
    return WholeName(" ".join(parts[at:]), " ".join(parts[:at]), known, beside, sure=len(parts) == 2)


def _shouted(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word[1:2] != "."
