"""The small font of the page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

NAME = "Sendpack Page Numbers"
POSTSCRIPT = NAME.replace(" ", "")
_ASCENT, _DESCENT, _CAP_HEIGHT, _BOX = 905, -212, 688, (-544, -303, 1302, 980)
_WIDTHS = {
    278: " ,/If",
    333: "r",
    500: "J",
    556: "0123456789Labegnop",
    611: "FTZ",
    667: "ABEKPSVXY",
    722: "CDHNRU",
    778: "GOQ",
    833: "M",
    944: "W",
}


@dataclass(frozen=True)
class StampFont:
    """A font of a few characters: its TrueType file, and its measures in thousandths of its size.

    `widths` are of the characters from space to tilde, 0 for those that it does not have.
    """

    file: bytes
    widths: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        return sum(self.widths[ord(letter) - 32] for letter in text) * size / 1000


@lru_cache(maxsize=1)
def stamp_font() -> StampFont:
    """What page numbers need of Liberation Sans, renamed as its licence asks (page_numbers-LICENSE.txt)."""
    file = (Path(__file__).parent / "page_numbers.ttf").read_bytes()
    known = {letter: width for width, characters in _WIDTHS.items() for letter in characters}
    widths = tuple(known.get(chr(code), 0) for code in range(32, 127))
    return StampFont(file, widths, _ASCENT, _DESCENT, _CAP_HEIGHT, _BOX)
