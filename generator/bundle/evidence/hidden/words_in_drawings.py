"""Words drawn as a pattern, through a mask or inside a letter: they show, and no search or guard reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary

from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries

_WRITES = re.compile(rb"[)>\]]\s{0,9}T[jJ]\b|\)\s{0,9}['\"]")
"""The operators that show text."""
_DEEP = 12


def pages_with_words_in_drawings(pdf: pikepdf.Pdf) -> list[int]:
    """The pages, counted from 1, whose patterns, masks or drawn letters hold words."""
    if not any(_is_drawing(thing) and _writes(thing, 0) for thing in dictionaries(pdf)):
        return []
    return [number for number, page in enumerate(pdf.pages, 1) if _used(page.obj, 0)]


def _is_drawing(thing: Any) -> bool:
    """True for what is drawn as a whole: a pattern, the group of a mask, a font whose letters are drawings."""
    if thing.get("/PatternType") == 1 or str(thing.get("/Subtype")) == "/Type3":
        return True
    return isinstance(thing.get("/G"), pikepdf.Stream) and str(thing.get("/S")) in ("/Luminosity", "/Alpha")


def _writes(thing: Any, deep: int) -> bool:
    """True when a drawing, or one within it, shows text."""
    if deep > _DEEP:
        return False
    if isinstance(thing, pikepdf.Stream):
        try:
            if _WRITES.search(thing.read_bytes()):
                return True
        except pikepdf.PdfError:
            return False
    letters = thing.get("/CharProcs")
    inner = [thing.get("/G"), *(list(letters.values()) if isinstance(letters, Dictionary) else ())]
    streams = [one for one in (*inner, *_held(thing, "/XObject")) if isinstance(one, pikepdf.Stream)]
    return any(_writes(one, deep + 1) for one in streams)


def _used(thing: Any, deep: int) -> bool:
    """True when a page, or a form on it, has such a drawing at hand."""
    if deep > _DEEP:
        return False
    masks = [state.get("/SMask") for state in _held(thing, "/ExtGState") if isinstance(state, Dictionary)]
    found = [*_held(thing, "/Pattern"), *_held(thing, "/Font"), *masks]
    if any(isinstance(one, (Dictionary, pikepdf.Stream)) and _is_drawing(one) and _writes(one, 0) for one in found):
        return True
    return any(_used(form, deep + 1) for form in _held(thing, "/XObject") if isinstance(form, pikepdf.Stream))


def _held(thing: Any, kind: str) -> Iterator[Any]:
    resources = thing.get("/Resources")
    named = resources.get(kind) if isinstance(resources, Dictionary) else None
    if isinstance(named, Dictionary):
        yield from (value for _, value in named.items())
