"""Stretches of a text and what comes in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.records.yaml_text.yaml_layout import NoPlaceForIt


@dataclass(frozen=True)
class Cut:
    """A stretch of the text and what comes in its place."""

    start: int
    end: int
    text: str


def applied(text: str, cuts: Sequence[Cut], start: int = 0, end: int | None = None) -> str:
    """A stretch of the text with its cuts made."""
    parts, at = [], start
    for cut in sorted(cuts, key=lambda one: (one.start, one.end)):
        if cut.start < at:
            raise NoPlaceForIt("two changes meet in one place")
        parts += [text[at : cut.start], cut.text]
        at = cut.end
    return "".join([*parts, text[at : len(text) if end is None else end]])
