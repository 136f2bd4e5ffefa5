"""Signs from symbol fonts (Wingdings, Symbol, Webdings) as the characters that Unicode has for them.

No machine but one with Office has these fonts, and in their codes a ticked box is a letter. The table `symbols.tsv`
holds font, code and character; where Unicode has none the sign stays as it is and is told.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRIVATE = 0xF000
_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")


@functools.cache
def _table() -> dict[tuple[str, int], str]:
    lines = resources.files(__package__).joinpath("symbols.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(font, int(code, 16)): chr(int(sign, 16)) for font, code, sign in rows}


def is_symbol_font(name: str | None) -> bool:
    """True for a font whose letters are signs."""
    return (name or "").lower() in {font for font, _ in _table()}


def character(font: str | None, code: int) -> str | None:
    """The Unicode character for a sign, by its code in the font or the private area; None where there is none."""
    return _table().get(((font or "").lower(), code & 0xFF if code >= _PRIVATE else code))


def of_sign(sign: etree._Element) -> str | None:
    """What a w:sym shows."""
    written = sign.get(W + "char") or ""
    try:
        return character(sign.get(W + "font"), int(written, 16))
    except ValueError:
        return None


def write_out(root: etree._Element) -> list[str]:
    """Replace the signs of one story by characters; the fonts and codes of those that have none."""
    unknown = []
    for sign in list(root.iter(W + "sym")):
        shown = of_sign(sign)
        if shown is None:
            unknown.append(f"{sign.get(W + 'font')} {sign.get(W + 'char')}")
            continue
        text = etree.Element(W + "t")
        text.text = shown
        sign.getparent().replace(sign, text)  # type: ignore[union-attr]
    for run, font in _runs_in_symbol_fonts(root):
        for text in run.iter(W + "t"):
            text.text = "".join(character(font, ord(c)) or c for c in text.text or "")
        _forget_font(run)
    return unknown


def _runs_in_symbol_fonts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Runs of letters that are set in a symbol font."""
    for fonts in list(root.iter(W + "rFonts")):
        run = fonts.getparent().getparent() if fonts.getparent() is not None else None  # type: ignore[union-attr]
        named = fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
        if run is not None and run.tag == W + "r" and named and is_symbol_font(named):
            letters = "".join(t.text or "" for t in run.iter(W + "t"))
            if letters and all(character(named, ord(c)) for c in letters):
                yield run, named


def _forget_font(run: etree._Element) -> None:
    for fonts in list(run.iter(W + "rFonts")):
        for slot in _FONTS:
            if W + slot in fonts.attrib:
                del fonts.attrib[W + slot]
