"""Marks of a tagged PDF named by their number alone, where a dictionary says no more than that.

Engines write a dictionary for every piece of text, with the page that its tag names anyway. A bundle has tens of
thousands of them, each to be copied and looked at; so it is done once for a document, and not for every bundle.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_MCR, _PAGE = Name.MCR, "/Pg"
_SAYS = frozenset(("/Type", "/Pg", "/MCID"))
_DEEP = 100_000


def shorten(pdf: pikepdf.Pdf) -> None:
    """Replace each dictionary of a mark on its tag's own page by the mark's number.

    A tag that names no page gets that of its first mark, as it does in a bundle.
    """
    stack: list[Any] = [pdf.Root.StructTreeRoot]
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < _DEEP:
        element = stack.pop()
        below = element.get("/K")
        kids: list[Any] = list(below) if isinstance(below, Array) else [] if below is None else [below]
        page = element.get(_PAGE)
        own = page.objgen if isinstance(page, Dictionary) and page.is_indirect else None
        kept: list[Any] = []
        changed = False
        for kid in kids:
            mark = _mark(kid)
            if mark is not None:
                number, sheet = mark
                if page is None and sheet is not None:
                    element.Pg = page = sheet
                    own = page.objgen
                if own and (sheet is None or sheet.objgen == own):
                    kept.append(number)
                    changed = True
                    continue
            kept.append(kid)
            if isinstance(kid, Dictionary) and "/S" in kid and kid.objgen not in seen:
                if kid.is_indirect:
                    seen.add(kid.objgen)
                stack.append(kid)
        if changed:
            element.K = kept[0] if len(kept) == 1 else Array(kept)


def _mark(kid: Any) -> tuple[int, Any] | None:
    """The number and page of a mark that is named by a dictionary with nothing else in it; None for all else."""
    if not isinstance(kid, Dictionary) or kid.get("/Type") != _MCR or not kid.keys() <= _SAYS:
        return None
    number, sheet = kid.get("/MCID"), kid.get(_PAGE)
    if not isinstance(number, int) or not (sheet is None or isinstance(sheet, Dictionary)):
        return None
    return int(number), sheet
