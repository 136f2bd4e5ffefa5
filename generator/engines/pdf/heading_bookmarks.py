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
from generator.engines.pdf.structure_tree import Node
from generator.engines.pdf.tag_repair import page_numbers

ROLES = frozenset({"Title", *(f"H{level}" for level in range(1, 7))})
_MOST = 10_000


def mend(pdf: pikepdf.Pdf, tree: Node) -> None:
    """Let each bookmark that names another page than its heading's tag lead to the top of that page.

    Only where there is a bookmark for every heading: they stand in the same order.
    """
    marks, headings = list(_marks(pdf)), [node for node in tree.walk() if node.role in ROLES]
    if len(marks) != len(headings):
        return
    pages = page_numbers(pdf)
    for mark, heading in zip(marks, headings, strict=True):
        place, target = next((page for page in heading.pages() if page in pages), None), mark.get("/Dest")
        if place is None or not isinstance(target, Array) or not len(target) or target[0].objgen == place:
            continue
        page = pdf.pages[pages[place]]
        mark.Dest = Array([page.obj, Name.XYZ, 0, float(page.mediabox[3]), None])


def mended(pdf: pikepdf.Pdf, content: bytes) -> None:
    """As `mend`, of a PDF that was opened from these bytes and may have no tags."""
    if "/StructTreeRoot" in pdf.Root and "/Outlines" in pdf.Root:
        mend(pdf, structure_tree.read(pdf, content))


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
