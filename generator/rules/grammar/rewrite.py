"""What would satisfy a finding: the sentence as it could read, with ___ for every fact that nobody has written yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.rules.grammar.pattern_table import toml
from generator.rules.grammar.target_sentence import is_dated, is_measured, puts_off, says_baseline, says_method
from generator.values.formatting import small_start
from generator.values.shorthand import plain, small

GAP = "___"
_END = re.compile(r"(?<![\s.;,])[\s.;,]+$")


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = toml("frames.toml")["frame"]
    return tuple((re.compile(rf"\b(?:{'|'.join(map(re.escape, row['about']))})\b"), row["frame"]) for row in rows)


def frame(text: str) -> str:
    """What a child could be seen doing about the same thing: `reads ___ of ___ words on sight`."""
    texts = (small(text), plain(text))
    found = next((said for about, said in _frames() if any(about.search(each) for each in texts)), None)
    return found or "does ___ (what can be seen or heard?) ___ times of ___"


@dataclass(frozen=True)
class KnownFacts:
    """What the row tells beside its sentence; empty where it tells nothing."""

    child: str
    by: str = ""
    baseline: str = ""
    goal: str = ""
    measure: str = ""


def seen(text: str, known: KnownFacts) -> str:
    """A vague target, a hope, or provision in place of an outcome, as something the child does."""
    return f"{known.child} {frame(text)} by {known.by or GAP} (now {_standing(known)})"


def _standing(known: KnownFacts) -> str:
    """Where the child stands, as it is said within brackets."""
    return small_start(known.baseline).rstrip(".") if known.baseline else GAP


def completed(text: str, known: KnownFacts) -> str:
    """A target that can be seen, with gaps for how much, by when, from where and how measured, as far as missing."""
    late = puts_off(text)
    parts = [_END.sub("", without(text, late) if late else text)]
    if not is_measured(text, known.goal):
        parts.append(f", {GAP} times of {GAP}")
    if not is_dated(text):
        parts.append(f", by {known.by or GAP}")
    if not says_baseline(text):
        parts.append(f" (now {_standing(known)})")
    if not known.measure and not says_method(text):
        parts.append(f", measured every {GAP} by {GAP}")
    return "".join(parts)


def without(text: str, words: str) -> str:
    """The text with the first place of some words taken out, whatever their letters' size."""
    return re.sub(r"\s+", " ", re.sub(re.escape(words), " ", text, count=1, flags=re.IGNORECASE)).strip(" ,.")


PARTS = {
    "who": f"given by {GAP} (name or role)",
    "expertise": f"given by somebody who is trained in {GAP} by {GAP} ({GAP})",
    "how often": f"{GAP} times a week",
    "for how long": f"{GAP} minutes each time",
    "until when": f"until {GAP}",
    "group": f"in a group of {GAP}",
    "lessons": f"in {GAP} (which lessons or moments?)",
    "what": f"{GAP} (what do the child and the adult do?)",
}
"""How a missing part of provision would stand in the sentence."""


def supplied(text: str, missing: Iterable[str]) -> str:
    """Provision with a gap for each part that is missing: `Reading with TA, ___ times a week, until ___`."""
    parts = list(missing)
    said = [PARTS[part] for part in parts]
    if {"who", "expertise"} <= set(parts):  # one adult: who it is, then what they are trained in
        trained = said.pop(parts.index("expertise")).removeprefix("given by somebody ")
        said[said.index(PARTS["who"])] += f", {trained}"
    return ", ".join([_END.sub("", text), *said])
