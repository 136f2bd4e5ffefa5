"""How alike the words of a form and the words of our fields are: two phrases, or a text and all phrases at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

_CLOSE = 66.0
"""Below this likeness of spelling alone (of 100) no proposal can come of it: it counts as none."""

Words = tuple[str, ...]


_NOT = frozenset(("not", "never", "cannot", "without", "nothing"))
_LEAST_SURE = 60.0
"""The most that a phrase is like its contrary: too little to be proposed."""


def denies(words: Words) -> bool:
    """True where words say that something is not so: `what I don’t like`, `not working`."""
    return any(word in _NOT or word.endswith("n’t") for word in words)


@lru_cache(maxsize=100_000)
def likeness(said: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """How alike two phrases are, from 0 to 100: less for words too many, too few or spelt otherwise."""
    if said == phrase:
        return 100.0
    if not said or not phrase:
        return 0.0
    if denies(said) != denies(phrase):
        return min(_alike(said, phrase), _LEAST_SURE)
    return _alike(said, phrase)


def _alike(said: Words, phrase: Words) -> float:
    one, other = set(said), set(phrase)
    if one == other:
        return 98.0
    shared = len(one & other)
    if other <= one and len(phrase) >= 3 and f" {' '.join(phrase)} " in f" {' '.join(said)} ":
        return max(84.0, 62.0 + 34.0 * len(other) / len(one))
    if other <= one:
        return 62.0 + 34.0 * len(other) / len(one)
    if one <= other:
        return 55.0 + 34.0 * len(one) / len(other)
    close = fuzz.token_sort_ratio(" ".join(said), " ".join(phrase))
    return min(93.0, close) if close >= 88 else max(min(close, 80.0) * 0.8, 75.0 * shared / max(len(one), len(other)))


class PhraseIndex:
    """The phrases of many owners by their words, so that only those near a text are compared with it.

    A form of several hundred places asks some thousand texts; comparing each with every phrase took half a minute.
    """

    def __init__(self, owned: Iterable[tuple[int, Sequence[Words]]]) -> None:
        self.owners: dict[Words, list[int]] = defaultdict(list)
        for owner, phrases in owned:
            for phrase in dict.fromkeys(p for p in phrases if p):
                self.owners[phrase].append(owner)
        self.phrases = list(self.owners)
        self.spelt = [" ".join(sorted(phrase)) for phrase in self.phrases]
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            for word in set(phrase):
                self.by_word[word].append(number)
        self.known: dict[Words, dict[int, float]] = {}

    def worth(self, said: Words) -> dict[int, float]:
        """The likeness of the best phrase of each owner; owners with no phrase near the text are left out."""
        if said not in self.known:
            self.known[said] = self._worth(said)
        return self.known[said]

    def _worth(self, said: Words) -> dict[int, float]:
        best: dict[int, float] = {}
        if not said:
            return best
        shared: dict[int, int] = defaultdict(int)
        for word in set(said):
            for number in self.by_word.get(word, ()):
                shared[number] += 1
        near = process.extract(
            " ".join(sorted(said)), self.spelt, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=None, processor=None
        )
        close = {number: points for _, points, number in near}
        words = len(set(said))
        for number in shared.keys() | close.keys():
            phrase = self.phrases[number]
            common, most = shared.get(number, 0), len(set(phrase))
            if common in (words, most) or number in close:
                points = likeness(said, phrase)
            else:
                points = min(75.0 * common / max(words, most), _LEAST_SURE if denies(said) != denies(phrase) else 75.0)
            for owner in self.owners[phrase]:
                if points > best.get(owner, 0.0):
                    best[owner] = points
        return best
