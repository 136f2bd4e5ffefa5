"""Texts that are longer than their room: cut after a sentence; where not even one fits, after a word, with a sign."""

from __future__ import annotations

import re
from collections.abc import Callable

SIGN = " …"
"""What shows that a text goes on; it counts as a part of what is left."""

_ENDS = " \n,;:"
"""Before these a word has ended, and none of them stands before the sign."""

_LEADS_ON = re.compile(r"(?:[\s,;:]+(?:(?i:and|or|but|of|for|in|at|on|to|with|by|from|than|as|the|an)|a))+$")
"""A capital A is a letter or a mark: “Knows the letter A”."""

_SENTENCE = re.compile(r".+?[.!?…][”’\")]*(?:\s+|$)|.+$", re.DOTALL)


def whole_sentences(text: str, fits: Callable[[str], bool]) -> str:
    """The text up to the last end of a sentence with which it fits; empty where the first sentence does not."""
    kept = ""
    for found in _SENTENCE.finditer(text):
        if not fits((kept + found[0]).rstrip()):
            break
        kept += found[0]
    return kept.strip()


def first_words(text: str, most: int) -> str:
    """The text, or as many whole words as have room in so many letters, and the sign.

    It ends in no comma and in no word that only leads to the next, as “or the”. Of a single word that is longer, as
    many letters as have room; where none has, the sign alone, and nothing in no room.
    """
    if len(text) <= most:
        return text
    room = max(most - len(SIGN), 0)
    begun = text[:room]
    if text[room] not in _ENDS and (words := re.sub(r"\s+\S*$", "", begun)) and words != begun:
        begun = words
    begun = begun.rstrip(_ENDS)
    begun = (_LEADS_ON.sub("", begun) or begun).rstrip(_ENDS)
    return begun + SIGN if begun else SIGN.strip()[: max(most, 0)]


def first_sentences(text: str, most: int) -> str:
    """As many whole sentences as fit into so many letters; where not even one does, its first words."""
    return whole_sentences(text, lambda kept: len(kept) <= most) or first_words(text, most)
