"""The fonts that we ship: where they are, what they stand in for, and which of them can draw a character."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

_FOUR = ("Regular", "Bold", "Italic", "BoldItalic")
FACES: dict[str, tuple[str, ...]] = {
    "Liberation Sans": tuple(f"LiberationSans-{face}.ttf" for face in _FOUR),
    "Carlito": tuple(f"Carlito-{face}.ttf" for face in _FOUR),
    "DejaVu Sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "Noto Emoji": ("NotoEmoji-Regular.ttf",),
    "Noto Naskh Arabic": ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"),
    "Sendpack Sans": tuple(f"SendpackSans-{face}.ttf" for face in _FOUR),
    "Sendpack Round": tuple(f"SendpackRound-{face}.ttf" for face in _FOUR),
    "Sendpack Signs": ("SendpackSigns-Regular.ttf", "SendpackSigns-Bold.ttf"),
}
"""Family to its files in `folder()`."""

TEXT = ("Liberation Sans", "Carlito")
"""The families for letters; the others are chosen for what these have not."""

SMALL: dict[str, str] = {
    "Liberation Sans": "Sendpack Sans",
    "Carlito": "Sendpack Round",
    "DejaVu Sans": "Sendpack Signs",
}
"""A family to the part of it that is enough for most documents, and quicker to draw with."""

STANDS_IN: dict[str, str] = {
    "arial": "Liberation Sans",
    "helvetica": "Liberation Sans",
    "liberation sans": "Liberation Sans",
    "calibri": "Carlito",
    "calibri light": "Carlito",
    "carlito": "Carlito",
    "dejavu sans": "DejaVu Sans",
    "noto emoji": "Noto Emoji",
    "noto naskh arabic": "Noto Naskh Arabic",
}
"""A font's name in a Word document, in lower case, to the family of ours that has the same widths."""

_ARABIC = ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_EMOJI_FROM = 0x1F000
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def folder() -> Path:
    """The folder of the shipped fonts: inside the installed package, or at the top of the source tree."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / "templates" / "fonts"
    return installed if installed.is_dir() else package.parent / "templates" / "fonts"


@functools.cache
def faces(families: frozenset[str]) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of every face of these families, in a fixed order."""
    files = (name for family, names in FACES.items() if family in families for name in names)
    return tuple((Path(name).stem, (folder() / name).read_bytes()) for name in files)


@functools.cache
def _characters(family: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(folder() / FACES[family][0], lazy=True) as font:
        return frozenset(font.getBestCmap())


@functools.cache
def _plain() -> frozenset[str]:
    """What both text families can draw, so that no run of ordinary text is ever cut."""
    drawn = _characters("Liberation Sans") & _characters("Carlito")
    return frozenset(map(chr, drawn | _UNSEEN))


def small(family: str, text: frozenset[str]) -> str:
    """The part of a family that draws what it draws of these characters, or the family where there is no such part.

    A text family draws those that both text families have, any other those that it is chosen for.
    """
    part = SMALL.get(family)
    if part is None:
        return family
    drawn = text & _plain() if family in TEXT else {c for c in text if _family(c) == family}
    return part if {ord(c) for c in drawn} <= _characters(part) | _UNSEEN else family


_UNSEEN = frozenset(map(ord, "\n\t\r\u00ad\u200b\u200c\u2060\ufeff"))


def is_plain(text: str) -> bool:
    """True when every character can be drawn by the text font itself."""
    return text.isascii() or _plain().issuperset(text)


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The text cut where the font has to change, each piece with the family that draws it.

    The family is None for the text's own font and "" for characters that no shipped font has.
    """
    start, current = 0, _family(text[0]) if text else None
    for index, character in enumerate(text):
        family = current if character in _JOINERS else _family(character)
        if family != current:
            yield text[start:index], current
            start, current = index, family
    if text:
        yield text[start:], current


@functools.cache
def _family(character: str) -> str | None:
    if character in _plain() or character in _JOINERS:
        return None
    order = ["Liberation Sans", "DejaVu Sans", "Noto Emoji"]
    if ord(character) >= _EMOJI_FROM:
        order.reverse()
    elif any(first <= ord(character) <= last for first, last in _ARABIC):
        # DejaVu Sans has some of these letters only: a word must not change its font, or its letters do not join.
        order.insert(0, "Noto Naskh Arabic")
    return next((family for family in order if ord(character) in _characters(family)), "")


def undrawable(text: Iterable[str]) -> list[str]:
    """The characters that no shipped font can draw, sorted."""
    return sorted({c for c in text if c not in _plain() and c not in _JOINERS and _family(c) == ""})
