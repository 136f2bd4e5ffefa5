"""Whether a page names the fonts and pictures that it has at hand: what it does not name can go."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

_KINDS = ("/Font", "/XObject")
"""What the PDF library takes away where nothing names it."""
_NAME = re.compile(rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]+")


def are_all_named(pdf: pikepdf.Pdf) -> bool:
    """True where every page's content names all that it has at hand, so that there is nothing to be taken away.

    A content is read for names alone, which takes a fifth of the time of reading it as a program. A page with a
    form that may name things of its own counts as one that is to be looked at more closely.
    """
    return all(_names_all(page.obj) for page in pdf.pages)


def _names_nothing(drawn: Any) -> bool:
    """True for a picture, and for a form that has nothing at hand, as our drawings of paths."""
    if drawn.get("/Subtype") != pikepdf.Name.Form:
        return True
    own = drawn.get("/Resources")
    return isinstance(own, Dictionary) and not own.keys()


def _names_all(page: Any) -> bool:
    resources = page.get("/Resources", Dictionary())
    at_hand: set[str] = set()
    for kind in _KINDS:
        held = resources.get(kind, Dictionary())
        if kind == "/XObject" and not all(map(_names_nothing, (one for _, one in held.items()))):
            return False
        at_hand |= set(held.keys())
    if not at_hand:
        return True
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    drawn = b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
    return at_hand <= {name.decode("latin-1") for name in _NAME.findall(drawn)}
