"""A sentence in its plain form: small letters, no shorthand, clock times reckoned into minutes.

`shorthand.toml` beside this module says what is written short and what it means, with examples.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pkgutil import get_data  # importlib.resources would load tempfile with it
from typing import Any

_SIGNS = str.maketrans({"’": "’", "'": "’", "‘": "’", "“": '"', "”": '"', "–": "-", "—": "-", "×": "x", "\n": " "})
_SPACES = re.compile(r"\s+")
_BEFORE_SIGN = re.compile(r" ([,;.)])(?!\d)")

_CLOCK = re.compile(
    r"(?<![\d/.:])(?P<h>\d{1,2})(?:[.:](?P<m>\d\d))? ?(?P<ap>am|pm)? ?(?:-|to|until) ?"
    r"(?P<h2>\d{1,2})(?:[.:](?P<m2>\d\d))? ?(?P<ap2>am|pm|noon)?(?![\d/:%]|\.\d|[ -]?(?:minute|week|children|pupils|"
    r"students|times|x\b|hour|out of|in group|{month}))".replace(
        "{month}",
        "january|february|march|april|may|june|july|august|september|october|november|december",
    )
)
_DAY_WORD = re.compile(r"(?:day|daily|a week|morning|lessons?|class|pm|am|lunch)\W*$")
_DAY_AFTER = re.compile(r"^ ?(?:daily|every|each|on|monday|tuesday|wednesday|thursday|friday)\b")


@cache
def shorthand() -> dict[str, Any]:
    """The table: `words`, meaning → ways of writing it, and `change`, rows of pattern, what it becomes, example."""
    return tomllib.loads((get_data(__package__, "shorthand.toml") or b"").decode())


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    meaning = {short.translate(_SIGNS): meant for meant, shorts in shorthand()["words"].items() for short in shorts}
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w|’\w)"), meaning


@cache
def _changes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["to"]) for row in shorthand()["change"])


LONGEST = 5_000
"""Characters of a text that are read for what it says: no sentence is longer, and patterns take their time."""


def small(text: str) -> str:
    """The text, as far as it is read, in small letters, with one kind of quotation mark, dash and space."""
    return text[:LONGEST].translate(_SIGNS).lower()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`TA 3xweek 8.40-8.55, HT2` gives `teaching assistant 3 x week 15 minute, half term 2`."""
    said = small(text)
    for pattern, instead in _changes():
        said = pattern.sub(instead, said)
    pattern, meaning = _words()
    said = pattern.sub(lambda hit: meaning[hit[0]], said)
    said = _CLOCK.sub(_as_minutes, said)
    return _BEFORE_SIGN.sub(r"\1", _SPACES.sub(" ", said)).strip()


def _as_minutes(hit: re.Match[str]) -> str:
    """`8.40-8.55` as `15 minute`; anything that is no stretch of a school day stays as it is."""
    lasts = next(_minutes(hit), 0)
    return f"{lasts} minute " if lasts else hit[0]


def _minutes(hit: re.Match[str]) -> Iterator[int]:
    exact = hit["m"] or hit["m2"] or hit["ap"] or hit["ap2"]
    beside = _DAY_WORD.search(hit.string[: hit.start()]) or _DAY_AFTER.search(hit.string[hit.end() :])
    if not exact and not beside:
        return
    begins = int(hit["h"]) * 60 + int(hit["m"] or 0)
    ends = int(hit["h2"]) * 60 + int(hit["m2"] or 0)
    sane = int(hit["h"]) <= 18 and int(hit["h2"]) <= 18 and int(hit["m"] or 0) < 60 and int(hit["m2"] or 0) < 60
    lasts = (ends - begins) % 720
    if sane and 3 <= lasts <= 480:
        yield lasts
