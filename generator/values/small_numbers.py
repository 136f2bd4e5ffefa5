"""Small numbers of pupils in figures that others may read: hidden, and so that nobody can work them out again."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5
"""Fewer pupils than this are not shown: in a school, two of something are two children whom everybody knows."""

NOT_SHOWN = "not shown"
"""What stands in the place of a hidden number, and of everything that hangs on it: never the words “fewer than”."""

WHY_NOT_SHOWN = (
    f"Numbers of fewer than {FEWEST} pupils are not shown, nor are numbers from which one could be worked out."
)
"""The line under every such table."""


def hidden(counts: Sequence[int], *, adds_up: bool = True, fewest: int = FEWEST) -> list[bool]:
    """For each of several counts whether it must be hidden, as below `fewest` it must; 0 is shown.

    With `adds_up` the counts belong to a total that is shown, or that a reader may know. Then what is hidden must not
    follow from the rest: never one alone, never so few together that each must be one, so the next smallest go too.
    """
    marks = [0 < count < fewest for count in counts]
    while adds_up and any(marks) and _follows([n for n, mark in zip(counts, marks, strict=True) if mark], fewest):
        rest = [number for number, mark in enumerate(marks) if not mark and counts[number] > 0]
        if not rest:
            return [count > 0 for count in counts]
        marks[min(rest, key=lambda number: counts[number])] = True
    return marks


def _follows(held_back: Sequence[int], fewest: int) -> bool:
    """True when the sum of what is hidden tells it: too few pupils in all (one number alone), or each is one."""
    return sum(held_back) < fewest or sum(held_back) == len(held_back)


def shown_or_not(number: int, is_hidden: bool) -> str:
    """A count as text, or the words that it is not shown."""
    return NOT_SHOWN if is_hidden else f"{number:,}"
