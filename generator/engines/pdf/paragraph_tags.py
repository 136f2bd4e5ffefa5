"""What the built-in engine's structure lacks: lists in cells, lines to write on as decoration, language of passages.

The engine makes one element of each paragraph, in the order of the document; where their numbers differ nothing is
changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.engines.docx.paragraph_kinds import ParagraphKind
from generator.engines.pdf.structure_tree import Mark, Node
from generator.engines.pdf.tag_repair import children, make_decoration, page_numbers

_ROLES = frozenset({"P", *(f"H{level}" for level in range(1, 7))})


def mend(pdf: pikepdf.Pdf, tree: Node, kinds: Sequence[ParagraphKind]) -> None:
    """Put lists, languages and decoration where the document has them. To be called before links get elements."""
    nodes = [(node, parent) for node, parent in _with_parents(tree) if node.role in _ROLES]
    if len(nodes) != len(kinds):
        return
    for (node, _), kind in zip(nodes, kinds, strict=True):
        if kind.language:
            node.element.Lang = pikepdf.String(kind.language)
    _hide(pdf, [pair for pair, kind in zip(nodes, kinds, strict=True) if kind.to_write_on])
    for cell, lines in _lists(nodes, kinds):
        _make_list(pdf, cell, lines)


def _with_parents(tree: Node) -> Iterator[tuple[Node, Node]]:
    """Every element below the root with the one that it is in, in reading order."""
    waiting = [(node, tree) for node in tree.nodes[::-1]]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        waiting += [(inner, node) for inner in node.nodes[::-1]]


def _hide(pdf: pikepdf.Pdf, lines: Sequence[tuple[Node, Node]]) -> None:
    """Lines to write on are for the eye: nothing of them is read out."""
    pages = page_numbers(pdf)
    hidden: dict[int, set[int]] = {}
    for node, parent in lines:
        marks = [kid for kid in node.kids if isinstance(kid, Mark)]
        on = [mark.page or node.page for mark in marks]
        if len(marks) != len(node.kids) or None in on or len(children(parent.element)) < 2:
            continue
        for mark, page in zip(marks, on, strict=True):
            hidden.setdefault(pages[page], set()).add(mark.mcid)  # type: ignore[index]
        kept = [kid for kid in children(parent.element) if not _is(kid, node)]
        parent.element.K = Array(kept)
        parent.kids = [kid for kid in parent.kids if kid is not node]
    for number, contents in hidden.items():
        make_decoration(pdf, pdf.pages[number], contents)


def _is(kid: object, node: Node) -> bool:
    return isinstance(kid, Dictionary) and kid.is_indirect and kid.objgen == node.number


def _lists(nodes: Sequence[tuple[Node, Node]], kinds: Sequence[ParagraphKind]) -> Iterator[tuple[Node, list[Node]]]:
    """The lines of each list in a cell, with the cell."""
    lines: list[Node] = []
    cell: Node | None = None
    for (node, parent), kind in zip(nodes, kinds, strict=True):
        if cell is not None and (not kind.listed_in_cell or parent is not cell):
            yield cell, lines
            lines, cell = [], None
        if kind.listed_in_cell and parent.role in ("TD", "TH"):
            lines, cell = [*lines, node], parent
    if cell is not None:
        yield cell, lines


def _make_list(pdf: pikepdf.Pdf, cell: Node, lines: Sequence[Node]) -> None:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.L, P=cell.element))
    items = []
    for line in lines:
        item = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LI, P=made))
        body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array([line.element])))
        item.K, line.element.P = Array([body]), body
        items.append(item)
    made.K = Array(items)
    kids = children(cell.element)
    first = next(place for place, kid in enumerate(kids) if _is(kid, lines[0]))
    cell.element.K = Array([*kids[:first], made, *kids[first + len(lines) :]])
