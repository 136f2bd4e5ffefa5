"""Letters as plain Latin ones, for comparing names and for names of files: ł is l, é is e, Ж is zh."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

WITHOUT_PARTS = {
    "ł": "l",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
    "ŋ": "ng",
    "ŧ": "t",
    "ĸ": "k",
    "ƒ": "f",
    "ß": "ss",
    "ə": "e",
}
"""Letters that do not come apart into a plain letter and a mark."""

LOOK_ALIKE = {
    "а": "a",
    "е": "e",
    "о": "o",
    "р": "p",
    "с": "c",
    "у": "y",
    "х": "x",
    "і": "i",
    "ј": "j",
    "ѕ": "s",
    "в": "b",
    "к": "k",
    "м": "m",
    "н": "h",
    "т": "t",
    "α": "a",
    "β": "b",
    "ε": "e",
    "ζ": "z",
    "η": "h",
    "ι": "i",
    "κ": "k",
    "μ": "m",
    "ν": "n",
    "ο": "o",
    "ρ": "p",
    "τ": "t",
    "υ": "y",
    "χ": "x",
    "օ": "o",
    "ո": "n",
    "ս": "u",
    "հ": "h",
    **{chr(first + n): letter for first in (0x1F150, 0x1F170, 0x1F1E6) for n, letter in enumerate(ascii_lowercase)},
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
}
"""Cyrillic, Greek and Armenian letters, small capitals and letters in white on black that look like Latin ones: a name
may be hidden in them.
"""

_EMPTY = frozenset("\u115f\u1160")
"""Letters of Korean that show nothing."""


@lru_cache(maxsize=4096)
def plain_letter(letter: str) -> str:
    """One character in small letters without its marks; empty for what does not show: accents, joiners, controls."""
    if letter.isascii():
        return letter.casefold() if letter.isprintable() else ""
    parts = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    shown = (one for one in parts if unicodedata.category(one) not in ("Mn", "Me", "Cf", "Cc") and one not in _EMPTY)
    return "".join(WITHOUT_PARTS.get(one, one) for one in shown)


def plain_letters(text: str) -> str:
    """A text in small letters without marks; white space and signs stay as they are."""
    return _ODD.sub(_plain, text).translate(_SMALL)


def _plain(found: re.Match[str]) -> str:
    return found[0] if found[0].isspace() else plain_letter(found[0])


_ODD = re.compile("[^ -~]")
"""All but the letters and signs of ASCII, which most of a text is."""
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
