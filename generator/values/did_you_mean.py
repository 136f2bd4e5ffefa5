"""The nearest of the words that are known, for a message that asks `did you mean`."""

from __future__ import annotations

from collections.abc import Iterable

ALIKE = 0.6
"""How alike two words must be (0 to 1, difflib's ratio): below this a proposal confuses more than it helps."""

LOOSELY = 0.5
"""For a word that somebody typed as a command's argument: a wrong guess is only read, and then typed again."""


def did_you_mean(word: str, known: Iterable[str], count: int = 1, alike: float = ALIKE) -> list[str]:
    """Up to `count` known words that are most like the one that was written, the nearest first; often none.

    `alike` is higher where a wrong guess does harm (a person's name, a language), lower where a command waits.
    """
    from difflib import get_close_matches  # here, since most runs never make a slip

    return get_close_matches(word, list(known), count, alike)


def nearest_or_all(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: ` (did you mean 'pupil'?)`, or the names there are when none is near, or nothing."""
    names = sorted(known)
    near = did_you_mean(word, names)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f" (there are: {', '.join(names[:12])}{' …' if len(names) > 12 else ''})" if names else ""
