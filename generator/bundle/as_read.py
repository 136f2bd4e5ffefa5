"""Text as people read it, for comparing: one case, no accents, no marks that do not show, words joined that a line cut.

Every letter of it remembers the character that it comes from, so that what was found can be blacked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.values.spelling.plain_letters import LOOK_ALIKE, plain_letter

JOIN = "\x01"
"""Where a word was cut at the end of a line: the hyphen may be the word's own or the printer's."""

_CUTS = "\u00ad\u00ac\u0002\ufffe"
"""Soft hyphens, what Word shows for them, and what PDFium gives for a hyphen at the end of a line."""
_HYPHENS = "-‐‑‒–\ufe63\uff0d"
_APOSTROPHES = "’‘ʼ`´ʹ′＇"
_MISREAD = {
    "0": "o",
    "1": "l",
    "i": "l",
    "|": "l",
    "!": "l",
    "[": "l",
    "]": "l",
    "j": "l",
    "5": "s",
    "$": "s",
    "8": "b",
    "h": "b",
    "2": "z",
    "3": "e",
    "4": "a",
    "6": "b",
    "9": "g",
    "q": "g",
    "c": "e",
    "t": "f",
    "v": "u",
}
"""Letters that a program reading a scan takes for each other."""
_MISREAD_PAIRS = (("rn", "m"), ("nn", "m"), ("uu", "w"), ("el", "d"))
"""Pairs that it takes for one letter, after the letters above."""


def plain(text: str) -> str:
    """Text as it is compared; what a line end cut is joined with the hyphen kept."""
    return _plain_word(text) if len(text) <= _WORD else _plain(text)


_WORD = 40
"""Letters up to which a text is worth remembering: the words of a bundle come again and again."""


def _plain(text: str) -> str:
    return flat_of(text).replace(JOIN, "-").strip()


_plain_word = lru_cache(maxsize=20_000)(_plain)


def flatten(letters: Sequence[str]) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters the index of the character it comes from.

    White space is one space, a word cut at a line's end has a JOIN in it, and characters that do not show are left out.
    """
    flat: list[str] = []
    places: list[int] = []
    for index, letter in enumerate(letters):
        read = _in_place(letters, index, letter) if letter in _OF_PLACE else _alone(letter)
        for character in read:
            if character == " " and (not flat or flat[-1] in (" ", JOIN)):
                continue
            if character == JOIN and flat and flat[-1] == JOIN:
                continue
            flat.append(character)
            places.append(index)
    return "".join(flat), places


def flat_of(text: str) -> str:
    """The text as it is compared, as `flatten` gives it, without where its letters come from: for whole pages."""
    if JOIN in text:  # it means something else here
        return flatten(text)[0]
    placed = _PLACED.sub(lambda found: _in_place(text, found.start(), found[0]), text)
    return _GAPS.sub(_one_gap, placed.translate(_READ))


class _Read(dict[int, str]):
    """Each character as it is compared, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = read = JOIN if chr(code) == JOIN else _alone(chr(code))
        return read


_READ = _Read({ord("-"): "-"})
_PLACED = re.compile(f"[{re.escape(_CUTS + _HYPHENS)}]")
_GAPS = re.compile(f"^[ {JOIN}]+|[ {JOIN}]{{2,}}")


def _one_gap(found: re.Match[str]) -> str:
    """A row of spaces and joins as one of each: a space before a join, none after it, and none where a text begins."""
    gap = found[0]
    return (" " if gap[0] == " " and found.start() else "") + (JOIN if JOIN in gap else "")


_OF_PLACE = frozenset(_CUTS + _HYPHENS)
"""What means one thing within a line and another at its end."""


def _in_place(letters: Sequence[str], index: int, letter: str) -> str:
    return JOIN if letter in _CUTS or _ends_line(letters, index) else "-"


@lru_cache(maxsize=4096)
def _alone(letter: str) -> str:
    """A character as it is compared, wherever it stands."""
    if letter.isspace():
        return " "
    if letter in _APOSTROPHES:
        return "'"
    read = plain_letter(letter)
    return read.replace("’", "'") if read.isascii() else "".join(LOOK_ALIKE.get(one, one) for one in read)


def _ends_line(letters: Sequence[str], index: int) -> bool:
    """True for a hyphen within a word with nothing but the end of the line after it, or a space that was one."""
    after = "".join(letters[index + 1 : index + 12])
    gap = after[: len(after) - len(after.lstrip())]
    was_end = gap == " " and after[1:2].islower()
    return ("\n" in gap or was_end) and index > 0 and letters[index - 1].isalnum()


def as_misread(flat: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """The same with letters that a scan's reader confuses made one, so that "Jordan" and "J0rdan" are the same."""
    found: list[str] = []
    where: list[int] = []
    for letter, place in zip(flat, places, strict=True):
        found.append(_MISREAD.get(letter, letter))
        where.append(place)
        for pair, one in _MISREAD_PAIRS:
            if found[-2:] == list(pair):
                found[-2:] = [one]
                where[-2:] = [where[-2]]
    return "".join(found), where


def misread_of(flat: str) -> str:
    """As `as_misread`, without where the letters come from."""
    return _PAIRS.sub(lambda found: _ONE_FOR[found[0]], flat.translate(_MISREAD_TABLE))


_MISREAD_TABLE = str.maketrans(_MISREAD)
_ONE_FOR = dict(_MISREAD_PAIRS)
_PAIRS = re.compile("|".join(_ONE_FOR))
"""No letter that stands for a pair is part of another: one look finds what is found letter by letter."""


def words_of(text: str) -> list[str]:
    """The words of a name as they are compared; hyphens and apostrophes stay within."""
    return [word for word in plain(text).split(" ") if word]


def loose(words: Iterable[str], between: str = r"[ \x01]*") -> str:
    """A pattern for words whose letters may stand apart, as in a spaced heading or a column of letters."""
    return between.join(_apart(word, r"[ \x01]?") for word in words)


def close(word: str) -> str:
    """A pattern for one word; a hyphen in it may be a space, and a line's end may have cut it anywhere."""
    return _apart(word, r"\x01?")


def _apart(word: str, gap: str) -> str:
    return gap.join(_one(letter) for letter in word)


def _one(letter: str) -> str:
    return {"-": r"[- \x01]{0,2}", "'": "'?"}.get(letter) or re.escape(letter)


def squeezed(flat: str) -> str:
    """Only the letters and digits, for a quick look whether a name can be there at all."""
    return re.sub(r"[\W_]", "", flat)


def each(spans: Iterable[tuple[int, int]], places: Sequence[int]) -> Iterator[range]:
    """Spans of the compared text as spans of the characters they come from."""
    for start, end in spans:
        yield range(places[start], places[end - 1] + 1)
