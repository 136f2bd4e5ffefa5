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
_KNOWN_AS = re.compile(r"\s*(?:\(\s*([^()]*?)\s*\)|\[\s*([^\[\]]*?)\s*\]|[\"“]\s*([^\"“”]+?)\s*[\"”])\s*")
_SAYS_KNOWN = re.compile(r"(?:known as|called|aka|pref\w*)[:\s]+", re.IGNORECASE)
_NO_NAME = re.compile(r"[0-9]|^\W*$|^(?:n[ée]e|formerly|twin|new|leaver|step)\b|^(?:he|she|they)/", re.IGNORECASE)


@dataclass(frozen=True)
class WholeName:
    """The parts of a name; `known` is the name in brackets or quotes, `beside` what stood there and is no name.

    `sure` is false where custom alone decided what the surname is.
    """

    surname: str
    forenames: str
    known: str = ""
    beside: str = ""
    sure: bool = True


def without_known_name(text: str) -> tuple[str, str, str]:
    """A name without what stands in brackets or quotes in it; that, where it is a name; and that, where it is none.

    `William (Bill)` gives William, Bill and nothing; `Hart (née Rees)` gives Hart, nothing and `née Rees`.
    """
    found = _KNOWN_AS.search(text)
    if not found:
        return text, "", ""
    rest = re.sub(r"\s+,", ",", " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()))
    within = next(filter(None, found.groups()), "")
    if _NO_NAME.search(within):
        return rest, "", within
    return rest, _SAYS_KNOWN.sub("", within), ""


def without_title(text: str) -> tuple[str, str]:
    """A name without the title before it, and the title: `Mrs E Hill` gives `E Hill` and `Mrs`, `Mrs` no name."""
    first, _, rest = text.partition(" ")
    return (rest.strip(), first.rstrip(".")) if first.casefold().rstrip(".") in _TITLES else (text, "")


def apart(whole: str) -> WholeName:
    """The parts of a whole name: `Brown, Ada Rose` is certain; `Ada Rose Brown` is by custom only.

    `Miss Brown` has no forename, and `Ada` no surname.
    """
    text, known, beside = without_known_name(" ".join(whole.split()))
    surname, comma, forenames = (part.strip() for part in text.partition(","))
    if comma:
        return WholeName(surname, without_title(forenames)[0], known, beside)
    text, title = without_title(text)
    parts = text.split()
    if title and len(parts) == 1:
        return WholeName(text, "", known, beside)
    if len(parts) < 2:
        return WholeName("", text, known, beside, sure=False)
    if _shouted(parts[0]) and not parts[-1].isupper():
        at = next(n for n, part in enumerate(parts) if not part.isupper())  # BROWN Ada Rose
        return WholeName(" ".join(parts[:at]), " ".join(parts[at:]), known, beside)
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold().rstrip(".") in _BEFORE_SURNAMES:
        at -= 1
    return WholeName(" ".join(parts[at:]), " ".join(parts[:at]), known, beside, sure=len(parts) == 2)


def _shouted(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word[1:2] != "."
