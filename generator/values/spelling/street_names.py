"""Lines of an address as they are written and shortened, and where one of them stands in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.values.spelling.plain_letters import plain_letters

_STREETS = {
    "avenue": ("ave", "av"),
    "close": ("cl",),
    "court": ("ct",),
    "crescent": ("cres",),
    "drive": ("dr",),
    "gardens": ("gdns",),
    "grove": ("gr",),
    "lane": ("ln",),
    "place": ("pl",),
    "road": ("rd",),
    "square": ("sq",),
    "street": ("st",),
    "terrace": ("terr", "ter"),
}
"""Kinds of street, as they are shortened on an envelope."""
_SHORT = frozenset(short for shorts in _STREETS.values() for short in shorts)
_NAMELESS = re.compile(r"(?:\d+\w?\s+)?the", re.I)
"""What stands before the kind in `4 The Street`: shortened, it would be read in `Year 4. The st…`."""
_SIGNS, _APART = r"[\W_]*", r"[\W_]+"
_NOTHING_BEFORE, _NOTHING_BEHIND = r"(?<![^\W_])", r"(?![^\W_])"
_NO_DIGIT_BEFORE, _NO_LETTER_BEHIND = r"(?<!\d)", r"(?![^\W\d_])"


def with_short_kinds(line: str) -> list[str]:
    """A line of an address with its kind of street in full and shortened: “4 Quay Street”, “4 Quay St”."""
    head, _, kind = line.rpartition(" ")
    whole = next((word for word, short in _STREETS.items() if kind.casefold().rstrip(".") in (word, *short)), "")
    if not whole or not head:
        return [line]
    shorts = () if _NAMELESS.fullmatch(head.strip()) else _STREETS[whole]
    return [line, *(f"{head} {word}" for word in (whole, *shorts))]


def stands_as_written(form: str, text: str) -> bool:
    """False where the letters of `form` are in a text by chance alone, once its spaces and signs are left out.

    A shortened street stands as words of its own (“Rose Cl”, not “Rose clapped”), a whole one goes on with no letter
    (“Rose Close”, not “Rose closed”), and a house number is a whole number (“4 Quay Street”, not “14 Quay Street”).
    """
    pattern = _pattern(form)
    return pattern is None or bool(pattern.search(plain_letters(text)))


@lru_cache(maxsize=1000)
def _pattern(form: str) -> re.Pattern[str] | None:
    words = re.findall(r"[^\W_]+", plain_letters(form))
    letters = "".join(words)
    numbered = letters[:1].isdigit() and bool(re.search(r"[a-z]{3}", letters)) and "@" not in form
    kind = words[-1] if len(words) > 1 else ""
    if kind in _SHORT:
        return re.compile(_NOTHING_BEFORE + _APART.join(words) + _NOTHING_BEHIND)
    if kind not in _STREETS and not numbered:
        return None
    behind = _NO_LETTER_BEHIND if kind in _STREETS else ""
    return re.compile((_NO_DIGIT_BEFORE if numbered else "") + _SIGNS.join(letters) + behind)
