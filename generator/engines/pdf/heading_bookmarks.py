"""Bookmarks that lead to the page on which their heading stands.

The built-in engine notes the place of a heading before it moves it to the next page with what it is the heading of: its
bookmark then leads to the foot of the page before. The heading's tag knows better.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.engines.pdf import structure_tree
from generator.engines.pdf.structure_tree import Node, ObjectNumber
from generator.engines.pdf.tag_repair import page_numbers

ROLES = frozenset({"Title", *(f"H{level}" for level in range(1, 7))})
_MOST = 10_000


def mend(pdf: pikepdf.Pdf, tree: Node) -> None:
    """Let each bookmark that names another page than its heading's tag lead to the top of that page.

    Only where there is a bookmark for every heading: they stand in the same order.
    """
    pages = page_numbers(pdf)
    for mark, heading in _pairs(pdf, tree):
        place, target = next((page for page in heading.pages() if page in pages), None), mark.get("/Dest")
        if place is None or not isinstance(target, Array) or not len(target) or target[0].objgen == place:
            continue
        page = pdf.pages[pages[place]]
        mark.Dest = Array([page.obj, Name.XYZ, 0, float(page.mediabox[3]), None])


def mended(pdf: pikepdf.Pdf, content: bytes) -> dict[ObjectNumber, bool]:
    """As `mend`, of a PDF that was opened from these bytes and may have no tags.

    Gives, by its bookmark, of each heading whether it is the first on its page; nothing where the tags do not say it.
    """
    if "/StructTreeRoot" not in pdf.Root or "/Outlines" not in pdf.Root:
        return {}
    tree = structure_tree.read(pdf, content)
    mend(pdf, tree)
    first = _first_on_their_pages(tree)
    return {mark.objgen: id(heading) in first for mark, heading in _pairs(pdf, tree) if mark.is_indirect}


def _pairs(pdf: pikepdf.Pdf, tree: Node) -> list[tuple[Any, Node]]:
    """Each bookmark with its heading, where there is one for every heading."""
    marks, headings = list(_marks(pdf)), [node for node in tree.walk() if node.role in ROLES]
    return list(zip(marks, headings, strict=True)) if len(marks) == len(headings) else []


def _first_on_their_pages(tree: Node) -> set[int]:
    """The identities of the headings before which nothing stands on their page; what is no content has no tag."""
    begun: set[ObjectNumber] = set()
    first: set[int] = set()
    waiting: list[Node | ObjectNumber | None] = [tree]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Node):
            begun.update({one} if one else ())
            continue
        if one.role in ROLES and next(one.pages(), None) not in begun:
            first.add(id(one))
        if one.nodes:
            waiting += [kid if isinstance(kid, Node) else kid.page or one.page for kid in reversed(one.kids)]
        else:
            begun.update(one.pages())
    return first


def _marks(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every bookmark in the order in which they are listed, those below one behind it; a broken list ends."""
    outlines = pdf.Root.get("/Outlines")
    waiting = [outlines.get("/First")] if isinstance(outlines, Dictionary) else []
    for _ in range(_MOST):
        if not waiting:
            return
        mark = waiting.pop()
        if isinstance(mark, Dictionary):
            yield mark
            waiting += [mark.get("/Next"), mark.get("/First")]
