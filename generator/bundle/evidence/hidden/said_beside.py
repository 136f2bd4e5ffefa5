"""What a PDF says beside the letters of its pages: bookmarks, addresses and notes of links, descriptions, layers.

Nobody sees it on the page; a screen reader, a search and whoever looks at the file do, and so does the guard.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.evidence.page_by_page.pdf_objects import listed, said_by, strings_and_names

_KEYS = frozenset({"/Alt", "/ActualText", "/E", "/T", "/TU", "/Title", "/Contents", "/URI", "/Name"})
"""Where words are meant to stand. What programs keep under other names may be words too, or numbers as signs."""
_OF_LETTERS = frozenset({"/FontFamily", "/CharSet", "/Registry", "/Ordering", "/DA", "/DS", "/Lang"})
"""What says how letters are drawn or in which language they are: a font may be called as a child is."""
_DEEP = 30
_MOST = 200_000
"""Characters that are kept of one text: more is said by no description."""


def said_beside(pdf: pikepdf.Pdf) -> dict[int, str]:
    """Such texts of each page, counted from 1; those that belong to no page are under 0."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    of_marks = {
        mark.objgen: number
        for number, page in enumerate(pdf.pages, 1)
        for mark in listed(page.obj.get("/Annots"))
        if isinstance(mark, Dictionary) and mark.is_indirect
    }
    found: dict[int, list[str]] = {}
    for _, rows in groupby(strings_and_names(pdf), key=lambda row: id(row[0])):
        held = list(rows)
        texts = list(filter(None, (_words(key, value) for _, _, key, value in held)))
        if texts:
            thing = held[0][0]
            number = of_marks.get(thing.objgen) or (0 if isinstance(thing, Array) else pages.get(_page_of(thing), 0))
            found.setdefault(number, []).extend(texts)
    return {number: "\n".join(dict.fromkeys(texts)) for number, texts in found.items()}


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def _words(key: Any, value: Any) -> str:
    """A string with what an address writes in signs of its own also in letters; "" for what is none of words."""
    said = said_by(value)[:_MOST]
    if key in _OF_LETTERS or (key not in _KEYS and _CONTROL.search(said)):
        return ""
    return said if "%" not in said else f"{said}\n{unquote(said)}"


def _page_of(thing: Any) -> tuple[int, int]:
    """The page that a description, a mark or a bookmark names; (0, 0) where none does.

    `/P` of a mark is its page, and of a tag the tag around it (ISO 32000-2, 14.7.2), which may name the page.
    """
    target = thing.get("/Pg") or _below(thing, 0) or _around(thing)
    if target is None:
        action = thing.get("/A")
        leads = listed(thing.get("/Dest")) or (listed(action.get("/D")) if isinstance(action, Dictionary) else [])
        target = leads[0] if leads else None
    return target.objgen if isinstance(target, Dictionary) else (0, 0)


def _around(thing: Any) -> Any:
    """The page that a thing or the nearest around it names, or that it is in."""
    for _ in range(_DEEP):
        if not isinstance(thing, Dictionary):
            return None
        if isinstance(page := thing.get("/Pg"), Dictionary):
            return page
        if str(thing.get("/Type")) == "/Page":
            return thing
        thing = thing.get("/P")
    return None


def _below(tag: Any, deep: int) -> Any:
    """The page of the first content of a tag that says on which it stands."""
    kids = tag.get("/K") if isinstance(tag, Dictionary) and deep < _DEEP else None
    for kid in listed(kids)[:_DEEP] if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and isinstance(page := kid.get("/Pg"), Dictionary):
            return page
    first = listed(kids)[0] if isinstance(kids, Array) and len(kids) else kids
    return _below(first, deep + 1) if isinstance(first, Dictionary) else None
