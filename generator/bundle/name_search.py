"""Words that must not be in a bundle, looked for in the text of its pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "\u00ad": "", "\u0002": ""}
)


@dataclass(frozen=True, order=True)
class NamesFound:
    """A name or term on a page, counted from 1."""

    term: str
    page: int


def names_found(pages: Sequence[str], names: Iterable[str]) -> list[NamesFound]:
    """Where whole names stand in the pages' text, whatever the case, accents, apostrophes, line breaks and hyphenation.

    "Sam Lee" is found in "SAM\\nLEE" and "Lee, Sam", and not in "Samuel Leeson".
    """
    patterns = [(name, _pattern(name)) for name in dict.fromkeys(names) if plain(name)]
    texts = [plain(page) for page in pages]
    return sorted(
        NamesFound(name, number)
        for number, text in enumerate(texts, 1)
        for name, pattern in patterns
        if pattern.search(text)
    )


def terms_found(text: str, terms: Iterable[str]) -> list[str]:
    """The terms that stand anywhere in a text, even inside longer words; for what must not be there at all."""
    flat = plain(text)
    return [term for term in dict.fromkeys(terms) if plain(term) and plain(term) in flat]


def plain(text: str) -> str:
    """Text as it is compared: one case, no accents, plain apostrophes and hyphens, words broken at line ends joined."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", text)
    return re.sub(r"\s+", " ", text).strip().casefold()


def _pattern(name: str) -> re.Pattern[str]:
    """A name in its own order, or surname first with a comma; a hyphen in it may be a space."""
    words = [re.escape(word).replace(r"\-", "[- ]?") for word in plain(name).split(" ")]
    orders = [r"\s+".join(words)]
    if len(words) > 1:
        orders.append(rf"{words[-1]},?\s+" + r"\s+".join(words[:-1]))
    return re.compile(rf"(?<!\w)(?:{'|'.join(orders)})(?!\w)")
