"""Shading behind words, which the embedded engine draws for whole paragraphs and cells only: as the nearest highlight.

Words that are blacked out in Word by their shading, their own or their style's, would else come to light.
"""

from __future__ import annotations

import re

from lxml import etree

from generator.engines.docx.docx_styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HIGHLIGHTS = {
    "black": (0, 0, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255), "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128), "darkGray": (128, 128, 128), "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128),
    "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0), "green": (0, 255, 0), "lightGray": (192, 192, 192),
    "magenta": (255, 0, 255), "red": (255, 0, 0), "white": (255, 255, 255), "yellow": (255, 255, 0),
}  # fmt: skip
"""The colours that a highlight may have (ISO 29500-1, 17.18.40)."""
_PAPER = "white"
_BEHIND = ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "oMath")
"""What stands behind a highlight among a run's properties."""


def as_highlights(root: etree._Element, styles: Styles) -> None:
    """Give runs that are shaded, and not highlighted, the highlight that is nearest to their shade."""
    if not styles.have(f"{W}rPr/{W}shd") and not any(_of_letters(shade) for shade in root.iter(W + "shd")):
        return
    for run in root.iter(W + "r"):
        shade, light = styles.of_run(run, "shd"), styles.of_run(run, "highlight")
        colour = _PAPER if shade is None else _nearest(shade)
        if colour != _PAPER and (light is None or light.get(W + "val") == "none"):
            _highlight(run, colour)


def _of_letters(shade: etree._Element) -> bool:
    holder = shade.getparent()
    return holder is not None and holder.tag == W + "rPr"


def _highlight(run: etree._Element, colour: str) -> None:
    look = run.find(W + "rPr")
    if look is None:
        look = run.makeelement(W + "rPr", {})
        run.insert(0, look)
    for none in look.findall(W + "highlight"):
        look.remove(none)
    place = next((n for n, one in enumerate(look) if etree.QName(one).localname in _BEHIND), len(look))
    look.insert(place, look.makeelement(W + "highlight", {W + "val": colour}))


_INK, _SHEET = (0, 0, 0), (255, 255, 255)
_NAMED = {
    **{name.lower(): colour for name, colour in _HIGHLIGHTS.items()},
    **dict.fromkeys(("text1", "dark1"), _INK),
    **dict.fromkeys(("text2", "dark2"), (68, 84, 106)),
}
"""Colours by a name, and by their place among the dark ones of Word's usual theme."""


def _nearest(shade: etree._Element) -> str:
    """The highlight for a shade: the colour of its pattern over its fill, by how much of it the pattern covers."""
    covered = _covered((shade.get(W + "val") or "").lower())
    if covered is None:
        return _PAPER
    over, under = _colour(shade, "color", "themeColor", _INK), _colour(shade, "fill", "themeFill", _SHEET)
    mixed = [a * covered + b * (1 - covered) for a, b in zip(over, under, strict=True)]
    return min(_HIGHLIGHTS, key=lambda name: sum((a - b) ** 2 for a, b in zip(mixed, _HIGHLIGHTS[name], strict=True)))


def _covered(pattern: str) -> float | None:
    """How much of the ground a pattern covers; None where there is no shade at all."""
    percent = re.fullmatch(r"pct(\d+)", pattern)
    if percent:
        return min(int(percent[1]), 100) / 100
    plain = {"nil": None, "": 0.0, "clear": 0.0, "solid": 1.0}
    return plain[pattern] if pattern in plain else 0.25 if pattern.startswith("thin") else 0.5


def _colour(shade: etree._Element, own: str, theme: str, automatic: tuple[int, int, int]) -> tuple[int, ...]:
    given = (shade.get(W + own) or "auto").lower().removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{6}", given):
        return tuple(int(given[at : at + 2], 16) for at in (0, 2, 4))
    return _NAMED.get(given) or _NAMED.get((shade.get(W + theme) or "").lower()) or automatic
