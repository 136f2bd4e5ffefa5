"""Figures that a sentence about support or a target says for sure: times a week, minutes, weeks, group, a goal.

Sure means: said once, in plain words that can mean nothing else. Two figures of one kind, a range, “up to” or “from …
to” mean that nobody can be sure, and then nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from generator.values.shorthand import plain

_WORDS = {
    **{"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "thrice": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
}
_N = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})"
_PER_WEEK = r"(?:(?:a|per|each|every) week|weekly)\b"
_TIMES = rf"(?P<times>{_N})(?: ?x| times| sessions?| lessons?)? (?:{_PER_WEEK}|x week\b)"
_OFTEN = rf"(?:{_N}(?: ?x| times)? {_PER_WEEK}|daily\b)"
_MINUTES = r"(?P<minutes>\d{1,3})[ -]minutes?"

PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "times_a_week": (re.compile(rf"\b{_TIMES}"),),
    # Minutes of a session, not of a timed task within it: only beside how often the session is.
    "minutes": (
        re.compile(
            rf"\b{_MINUTES}(?: sessions?)?,? (?:of [\w ]{{1,40}},? )?(?:{_N}(?: ?x| times)? {_PER_WEEK}|daily\b)"
        ),
        re.compile(rf"\b(?:{_N}(?: ?x| times)? {_PER_WEEK}|daily),? (?:for )?{_MINUTES}\b"),
        re.compile(rf"\b{_N} (?:x )?{_MINUTES} (?:sessions? )?{_PER_WEEK}"),
    ),
    "weeks": (re.compile(rf"\b(?:for|over) (?P<weeks>{_N}) weeks?\b"),),
    "group_size": (re.compile(rf"\bgroup of (?P<group_size>{_N})\b(?! (?:minutes?|words|sessions?))"),),
}
"""For each field of a row of support the sentences that say it; every one has a group of the field's name."""

_NAMES = {"times_a_week": "times", "minutes": "minutes", "weeks": "weeks", "group_size": "group_size"}
_UNSURE = re.compile(
    r"\b(?:up to|at least|at most|maximum|minimum|about|approximately|or|rising|building|then|from)\b|-\d|\d-"
)


_OTHER = re.compile(
    r"\b(?:daily|each|every day|every morning|monday|tuesday|wednesday|thursday|friday|fortnight|month|check\w*|"
    r"review\w*|measur\w+|test\w*|assess\w*|visit\w*|phones?|rings?|meets?|plan\w*|advis\w+|looks? at|reports?)\b"
)
"""Words that tell that something else than the session may be meant: `daily; checked once a week by the teacher`."""


@lru_cache(maxsize=4096)
def figure_said(field: str, text: str) -> Decimal | None:
    """The one figure that a text says for a field of a row of support; None when it says none, or not for sure."""
    said = plain(text)
    hits = [hit for pattern in PATTERNS[field] for hit in pattern.finditer(said)]
    values = {_number(hit[_NAMES[field]]) for hit in hits}
    if field == "times_a_week" and _OTHER.search(said):
        return None
    if len(values) != 1 or any(_UNSURE.search(said[max(0, hit.start() - 14) : hit.end() + 3]) for hit in hits):
        return None
    return values.pop()


def goal_said(text: str, unit: str) -> Decimal | None:
    """The one number that stands before a unit in a target's text: 50 of `reads 50 words a minute`.

    Of `reads 10 of 20 words` it is the 10: the 20 are how many there are.
    """
    said, counted = plain(text), re.escape(plain(unit))
    number = r"\d+(?:\.\d+)?"
    found = re.findall(rf"\b(?:({number}) (?:out )?of (?:the )?)?({number}) {counted}(?!\w)", said)
    values = {Decimal(part or whole) for part, whole in found}
    if len(values) != 1 or _UNSURE.search(said):
        return None
    return values.pop()


def _number(word: str) -> Decimal:
    return Decimal(word) if word.isdigit() else Decimal(_WORDS[word])
