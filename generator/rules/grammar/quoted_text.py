"""What stands in quotation marks, and text made alike for comparing."""

from __future__ import annotations

import re
from functools import cache

from generator.rules.grammar.pattern_table import filled

_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’(?!\w)|\"[^\"]*\"")
# A mark that opens ends the search for the one before: else a text of such marks takes the square of its length.
_WORD = re.compile(r"[^\W_]+")


def outside_quotes(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def normal(text: str) -> str:
    """Text for comparing: small letters and digits, dates and punctuation gone, spaces single."""
    return " ".join(_WORD.findall(undated(text.casefold())))


def undated(small_text: str) -> str:
    """A text in small letters without its dates: a figure in a date measures nothing."""
    return _dates().sub(" ", small_text)


@cache
def _dates() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            (
                filled(r"(?:\b\d{1,2}(?:st|nd|rd|th)? )?\b{month}\b(?: 20\d\d)?"),
                r"\b(?:by|before) (?:the )?end of (?:year|y|ks|key stage) ?\d+",
                r"\b20\d\d\b",
                r"\d{1,2}/\d{1,2}/\d{2,4}",
            )
        )
    )
