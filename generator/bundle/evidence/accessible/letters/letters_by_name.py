"""Letters of a font by their names, each drawn when it is asked for: before that nobody knows its width."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any


class LettersByName:
    """The letters of a Type 1 or compact font; one of East Asian letters has up to 65,535 of them."""

    def __init__(self, letters: Any, scale: float) -> None:
        self._letters, self._scale = letters, scale
        self._known: dict[str, float | None] = {}

    def width(self, name: str) -> float | None:
        """In thousandths of the letters' size; None of a letter that the font does not have, or that is broken."""
        if name not in self._known:
            self._known[name] = self._drawn(name) if name in self._letters else None
        return self._known[name]

    def _drawn(self, name: str) -> float | None:
        try:
            letter = self._letters[name]
            letter.draw(_NoPen())
            return float(letter.width * self._scale)
        except Exception:  # noqa: BLE001 - of a letter that cannot be read nothing can be told
            return None


class _NoPen:
    """Takes a letter's strokes and keeps none: a letter's width is known once it was drawn."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *points: None


def compact_font(data: bytes) -> Any:
    """The font in a file in Adobe's compact form (CFF). Raises whatever fontTools raises at one that is broken."""
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    return fonts[0]


def letters_of_compact(top: Any) -> LettersByName:
    """The letters of such a font; it may leave out how large they are drawn."""
    return LettersByName(top.CharStrings, 1000 * (top.FontMatrix[0] if hasattr(top, "FontMatrix") else 0.001))
