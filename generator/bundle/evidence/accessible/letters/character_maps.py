"""Tables that lead from a font's codes to its letters (ISO 14289-1, 7.21.3) and to their meaning (7.21.7)."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.evidence.page_by_page.pdf_objects import name_of, number_of

_BY_NUMBER = ("/Identity-H", "/Identity-V")
_MODE = re.compile(rb"/WMode\s+(\d+)\s+def\b")
_OTHERS = re.compile(rb"/[^\s/]+\s+usecmap\b")


def is_sound(font: Any) -> bool:
    """True for a font whose codes are its letters' numbers, or whose table is in the file and agrees with the font.

    Tables that readers are to know by name are those of East Asian letters; whether they agree with the font cannot be
    told without them, so such a font is not taken for sound.
    """
    table = font.get("/Encoding")
    if not isinstance(table, pikepdf.Stream):
        return name_of(table) in _BY_NUMBER
    content = table.read_bytes()
    written = _MODE.search(content)
    inside = int(written[1]) if written else 0
    alone = "/UseCMap" not in table and _OTHERS.search(content) is None
    return alone and inside == int(number_of(table.get("/WMode"))) and _fits(font, table)


def _fits(font: Any, table: Any) -> bool:
    """True where font and table speak of the same collection of letters."""
    inner = font.get("/DescendantFonts")
    own = inner[0].get("/CIDSystemInfo") if isinstance(inner, Array) and len(inner) else None
    meant = table.get("/CIDSystemInfo")
    if not isinstance(own, Dictionary) or not isinstance(meant, Dictionary):
        return name_of(table.get("/CMapName")) in _BY_NUMBER
    same = all(str(own.get(key)) == str(meant.get(key)) for key in ("/Registry", "/Ordering"))
    return same and number_of(own.get("/Supplement")) <= number_of(meant.get("/Supplement"))


_BEGIN = re.compile(rb"beginbf(char|range)\b")
_COUNT = re.compile(rb"(\d+)\s+\Z")
_BEFORE = 64
"""Bytes before the word that begins a list in which its number of entries stands."""
_ENTRIES = {
    b"char": re.compile(rb"<[^<>]*>\s*(?:<[^<>]*>|/[^\s<>/]+)"),
    b"range": re.compile(rb"<[^<>]*>\s*<[^<>]*>\s*(?:<[^<>]*>|\[[^\[\]]*\])"),
}


def counted(content: bytes) -> bytes:
    """A table of meanings whose lists hold as many entries as they say: of another one some programs read nothing."""
    made, done, unended = [], 0, set()
    for begin in _BEGIN.finditer(content):
        kind = begin[1]
        if begin.start() < done or kind in unended:
            continue
        count = _COUNT.search(content[max(done, begin.start() - _BEFORE) : begin.start()])
        if count is None:
            continue
        end = content.find(b"endbf" + kind, begin.end())
        if end < 0:
            unended.add(kind)
            continue
        there = len(_ENTRIES[kind].findall(content, begin.end(), end))
        if there != int(count[1]):
            made += [content[done : begin.start() - len(count[0])]]
            # An empty list is left out whole: none may be written.
            made += [b"%d%s" % (there, count[0][len(count[1]) :]), content[begin.start() : end]] if there else []
            done = end if there else end + len(b"endbf" + kind)
        else:
            made.append(content[done:end])
            done = end
    return b"".join([*made, content[done:]])
