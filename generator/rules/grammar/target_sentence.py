"""What a target says: something that can be seen, how much would be success, and by when. In doubt, nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pkgutil import get_data  # importlib.resources would load tempfile with it

from generator.rules.grammar.pattern_table import table
from generator.rules.grammar.quoted_text import undated
from generator.values.shorthand import plain, small

FILE = "targets.toml"
_RUN = re.compile(r"\w+(?: \w+)*")


@cache
def _acts() -> frozenset[str]:
    """Every form of every verb that can be seen being done: a set, because a pattern of them takes long to compile."""
    lines = (get_data(__package__, "seen_verbs.txt") or b"").decode().split("#")
    verbs, pasts = (line.partition("\n")[2].split() for line in lines[1:])
    return frozenset({form for verb in verbs for form in _forms(verb)} | set(pasts))


def _forms(verb: str) -> Iterator[str]:
    """A verb with its -s and -ed forms; of `take-part` only the first word changes."""
    first, *rest = verb.split("-")
    endings: tuple[str, ...] = ("", "s", "es", "d", "ed", f"{first[-1]}ed")
    if first.endswith("y") and first[-2] not in "aeo":
        first, endings = first[:-1], ("y", "ies", "ied")
    yield from (" ".join([f"{first}{ending}", *rest]) for ending in endings)


def _acts_in(text: str) -> bool:
    """True when one of the verbs stands in a text, as a word or as words with single spaces between."""
    for run in _RUN.findall(text.lower()):
        words = run.split(" ")
        for start in range(len(words)):
            if any(" ".join(words[start : start + length]) in _acts() for length in (1, 2, 3)):
                return True
    return False


@lru_cache(maxsize=4096)
def is_vague(text: str, goal: str = "") -> bool:
    """True when nothing in a target could be seen or heard being done: vague verbs, no observable one, no figure."""
    said = undated(small(text))
    figure = bool(table(FILE, "figure").search(said, undated(plain(text))) or any(sign.isdigit() for sign in goal))
    if not figure and (table(FILE, "weasel").search(said) or table(FILE, "empty").search(said)):
        return True
    if _acts_in(said) or table(FILE, "seen").search(said):
        return False
    return bool(table(FILE, "hollow").search(said)) or (bool(table(FILE, "hidden").search(said)) and not figure)


@lru_cache(maxsize=4096)
def is_measured(*texts: str) -> bool:
    """True when one of the texts has a number, a count, a level, or an all-or-nothing criterion of success."""
    return any(table(FILE, "measure").search(table(FILE, "no_measure").without(undated(small(text)))) for text in texts)


@lru_cache(maxsize=4096)
def is_dated(text: str) -> bool:
    """True when the text itself says by when: "by HT6", "by 20 Nov", "in six weeks", "end of Spring 2"."""
    return bool(table(FILE, "dated").search(plain(text), small(text)))


@lru_cache(maxsize=4096)
def says_baseline(text: str) -> bool:
    """True when the sentence says where the child starts: "(now 38)", "down from 9", "Baseline: single words"."""
    return bool(table(FILE, "baseline").search(small(text), plain(text)))


@lru_cache(maxsize=4096)
def says_method(text: str) -> bool:
    """True when the sentence names what is looked at: a test, a tally, a log."""
    return bool(table(FILE, "method").search(small(text)))


@lru_cache(maxsize=4096)
def puts_off(text: str) -> str:
    """The words that put the day off ("over time", "when she is ready"), or nothing."""
    found = table(FILE, "put_off").search(small(text))
    return found[0] if found else ""
