"""Answers that are longer than a form lets them be: what stands in the place, and what goes to a continuation sheet."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from generator.forms.authority.form_map import MappedPlace
from generator.values.shortening import SIGN, first_sentences, whole_sentences


@dataclass(frozen=True)
class Overflow:
    """One entry of the continuation sheet: its number, the place, the whole text or the further rows, and why."""

    number: int
    place: str
    label: str
    text: str
    reason: str
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def shortened(place: MappedPlace, text: str, number: int) -> tuple[str, Overflow | None]:
    """The text, or its beginning with `[continuation sheet, 2]` when it has more words or characters than allowed.

    The whole text goes to the sheet, so that nothing is cut in the middle of a thought; both places name each other.
    """
    said = text.split()
    note = f"[continuation sheet, {number}]"
    if place.words and len(said) > place.words:
        begun = _sentences(text, place.words - 3)
        reason = f"{len(said)} words for {place.words}"
        return f"{begun} {note}".strip(), Overflow(number, place.id, place.label, text, reason)
    if place.characters and len(text) > place.characters:
        if place.characters < 40:
            return "", Overflow(number, place.id, place.label, text, f"{len(text)} characters for {place.characters}")
        begun = first_sentences(text, place.characters - len(note) - 1)
        return f"{begun} {note}".strip(), Overflow(
            number, place.id, place.label, text, f"{len(text)} characters for {place.characters}"
        )
    return text, None


def within_box(place: MappedPlace, text: str, number: int, room: tuple[int, int]) -> tuple[str, Overflow | None]:
    """The text, or its beginning that a box of so many letters in so many lines holds."""
    letters, lines = room
    if _lines_of(text, letters) <= lines:
        return text, None
    note = f"[continuation sheet, {number}]"
    most = letters * lines
    begun = ""
    while most > 0:
        begun = f"{first_sentences(text, most - len(note) - 1)} {note}".strip()
        if _lines_of(begun, letters) <= lines:
            break
        most -= letters
    return begun, Overflow(number, place.id, place.label, text, "it is longer than the box")


def _lines_of(text: str, letters: int) -> int:
    """The lines that a text takes when a line has so many letters, with one between its paragraphs."""
    parts = text.split("\n")
    return sum(len(textwrap.wrap(part, letters)) or 1 for part in parts) + len(parts) - 1


def _sentences(text: str, most: int) -> str:
    """Whole sentences up to a number of words; where the first is longer, its beginning."""
    whole = whole_sentences(text, lambda kept: len(kept.split()) <= most)
    return whole or " ".join(text.split()[: max(most, 1)]) + SIGN
