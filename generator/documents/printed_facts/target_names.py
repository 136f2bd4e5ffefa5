"""What a target is called where its whole sentence has no room: by what is counted, else by its first words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.cases.case import Data

_SHORT = 40
"""Letters: what fits on two lines of a column beside start, goal and result."""


_OF = re.compile(r"(?P<what>.*?)\s*(?:\bout )?\bof (?P<most>\d+)")
_OCCASIONS = re.compile(
    r"(days?|mornings?|afternoons?|evenings?|nights?|weeks?|lessons?|sessions?|breaks?|playtimes?|times?|occasions?|"
    r"goes|tries|attempts?|trials?|chances|opportunities|checks?|points?|percent|per cent)"
    r"( (a|per|each|every|in the) (day|week|month|term|half[- ]term|lesson|session))?",
    re.I,
)
"""What is counted where it is only how often: `days` and `times a week` say nothing of what was done then."""


def unit_parts(unit: str) -> tuple[str, str]:
    """What a unit counts, and of how many: `words of 20` are Words, of 20; either is empty where it is not said.

    `out of 10`, `%` and `days of 5` say no thing that is counted.
    """
    found = _OF.fullmatch(unit)
    what = found["what"] if found else unit
    named = sum(sign.isalpha() for sign in what) > 1 and not _OCCASIONS.fullmatch(what)
    return what[:1].upper() + what[1:] if named else "", found["most"] if found else ""


def counted_in(target: Data) -> str:
    """What was counted: the unit without its most, `Words` of `words of 20`; else the target's own words."""
    return unit_parts(str(target.get("unit", "")))[0] or str(target["text"]).rstrip(".")


def target_name(target: Data) -> str:
    """As `counted_in`, no longer than a label; `Ada writes her own list …` of a target without a unit.

    What is cut ends before the target's figure: `pain of 4 or …` would leave it open whether less or more is aimed at.
    """
    name = " ".join(counted_in(target).split())
    if len(name) <= _SHORT:
        return name
    kept = name[:_SHORT].rsplit(" ", 1)[0]
    before = _TO_FIGURE.sub("", kept)
    return f"{(before if len(before.split()) >= _WORDS else kept).rstrip(' ,;:')} …"


_WORDS = 3
"""Words that a name has at least; one that would be shorter before its figure goes on to it."""
_TO_FIGURE = re.compile(
    r"(?: (?:of|for|in|at|on|to|with|by|from|up|than|least|most|about|within|over|under|more|fewer|less|all|the|a|an))*"
    r" \W?\d.*",
    re.I,
)


def target_names(targets: Sequence[Data]) -> list[str]:
    """The names of targets that stand beside each other: what several count is no name, and their own words are."""
    names = [target_name(target) for target in targets]
    return [
        target_name({"text": target["text"]}) if names.count(name) > 1 else name
        for target, name in zip(targets, names, strict=True)
    ]
