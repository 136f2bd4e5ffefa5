"""What a target is called where its whole sentence has no room: by what is counted, else by its first words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.cases.case import Data
from generator.values.shortening import SIGN, first_words

_SHORT = 41
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
    kept = first_words(name, _SHORT)
    begins = (found.start() for found in _FIGURE.finditer(name) if not _is_label(name, found))
    # A figure at the beginning, as in `By 30 November`, is not the one to end before.
    uncut = kept.removesuffix(SIGN)
    before = next((uncut[:at] for at in begins if len(uncut[:at].split()) >= _WORDS and at < len(uncut)), "")
    return before.rstrip(" ,;:") + SIGN if before else kept


def _is_label(name: str, found: re.Match[str]) -> bool:
    """True for a figure that names something, as in `Year 4`: what is aimed at is another one."""
    return bool(_NUMBERED.search(name[: found.start("figure")])) and not _OF_MANY.match(name, found.end())


_WORDS = 3
"""Words that a name has at least; one that would be shorter before its figure goes on to it."""
_FIGURE = re.compile(
    r"(?: (?:of|for|in|at|on|to|with|by|from|up|than|least|most|about|within|over|under|more|fewer|less|all|the|a|an))*"
    r" \W?(?P<figure>\d+)",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?:years?|key stage|ks|levels?|step|set|class|band|phase|book|stages?|unit|group|page|chapter|part|tier)"
    r"(?: \d+\w*(?:,| and| or| to)?)* \W?$",
    re.I,
)
_OF_MANY = re.compile(r" ?%| (?:out )?of \d| per ?cent\b", re.I)


def target_names(targets: Sequence[Data]) -> list[str]:
    """The names of targets that stand beside each other: what several count is no name, and their own words are.

    Targets that begin alike are named by as many of their words as tell them apart.
    """
    names = [target_name(target) for target in targets]
    texts = [" ".join(str(target["text"]).split()).rstrip(".") for target in targets]
    for longer in _LONGER:
        names = [longer(text) if names.count(name) > 1 else name for text, name in zip(texts, names, strict=True)]
    return names


_LONGER: tuple[Callable[[str], str], ...] = (
    lambda text: target_name({"text": text}),
    lambda text: first_words(text, _SHORT),
    lambda text: first_words(text, 2 * _SHORT),
    lambda text: text,
)
