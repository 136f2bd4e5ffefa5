"""The structure that screen readers follow, read once into plain Python objects.

A walk through the PDF library's own objects costs as much as drawing the document, so plainly written elements are read
from the file's text, and only the others (those with words in them, compressed ones) through the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary

Element = Any
"""A structure element as the PDF library sees it; its objects have no useful static type."""

ObjectNumber = tuple[int, int]


class Mark(NamedTuple):
    """One piece of content of an element: the number that marks it on a page; `page` only where it is named here."""

    mcid: int
    page: ObjectNumber | None = None


@dataclass(slots=True)
class Node:
    """One structure element: its role without the slash, and the page it names."""

    pdf: pikepdf.Pdf
    number: ObjectNumber | None
    role: str
    page: ObjectNumber | None = None
    direct: Element = None
    """The element itself where it has no number."""
    attributes: bytes | None = None
    """Its attributes as the file has them; None where they were not read, or changed since."""
    nodes: list[Node] = field(default_factory=list)
    """The elements directly inside."""
    _kids: list[Node | Mark] = field(default_factory=list)
    _marks: bytes = b""
    """What it holds, as the file has it, where that is content alone: most are only asked for its pages."""

    @property
    def kids(self) -> list[Node | Mark]:
        """What it holds, in reading order."""
        if self._marks:
            self._kids = [Mark(int(mcid), (int(page), 0)) for page, mcid in _MARK.findall(self._marks)]
            self._marks = b""
        return self._kids

    @kids.setter
    def kids(self, kids: list[Node | Mark]) -> None:
        self._kids, self._marks = kids, b""
        self.nodes = [kid for kid in kids if isinstance(kid, Node)]

    @property
    def element(self) -> Element:
        """The element as the library sees it, for changes."""
        return self.direct if self.number is None else self.pdf.get_object(self.number)

    def walk(self) -> Iterator[Node]:
        """Every element below this one, in reading order."""
        waiting = self.nodes[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            if node.nodes:
                waiting += node.nodes[::-1]

    def pages(self) -> Iterator[ObjectNumber]:
        """The page of every piece of content inside, in reading order."""
        if self._marks:
            yield from ((int(page), 0) for page in _PAGE.findall(self._marks))
            return
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.pages()
            elif (page := kid.page or self.page) is not None:
                yield page


def read(pdf: pikepdf.Pdf, content: bytes = b"") -> Node:
    """The whole structure of a document that has one; its root has the role "".

    `content` are the bytes that the document was opened from, unchanged since; without them reading takes longer.
    """
    root = Node(pdf, None, "", direct=pdf.Root.StructTreeRoot)
    root.kids = list(_kids(pdf, root.direct))
    written = _written(content)
    waiting = list(root.nodes)
    while waiting:
        node = waiting.pop()
        plain = written.get(node.number[0]) if node.number is not None and node.number[1] == 0 else None
        if plain is None:
            _fill(node)
        else:
            _fill_from_text(node, plain)
        waiting += node.nodes
    return root


# -- from the file's text ----------------------------------------------------------------------------------------------

_TABLE = re.compile(rb"xref\s+0 (\d+)\s*\n((?:\d{10} \d{5} [nf][ \r\n]{2})+)trailer")
_OBJECT = re.compile(
    rb"(\d+) 0 obj\s*<<\s*/Type /StructElem\s+/S /(\w+)\s+/P \d+ 0 R\s+(?:/A (\[(?:<<[^<>()]*>>)*\])\s*)?"
    rb"/K \[([^\]()]*)\]\s*>>\s*endobj"
)
_PAGE = re.compile(rb"/Pg (\d+) 0 R(?=\s+/MCID \d)")
_MARK = re.compile(rb"/Pg (\d+) 0 R\s+/MCID (\d+)")
_KID = re.compile(rb"/Pg (\d+) 0 R\s+/MCID (\d+)|(?<![/Pg\d] )\b(\d+) 0 R|\b(\d+)\b(?! \d)")


def _written(content: bytes) -> dict[int, re.Match[bytes]]:
    """The elements that are written as plainly as this asks, by their object numbers."""
    found = ((number, _OBJECT.match(content, place)) for number, place in _places(content).items())
    return {
        number: element
        for number, element in found
        if element is not None and int(element[1]) == number and b"/OBJR" not in element[4]
    }


def _places(content: bytes) -> dict[int, int]:
    """Where each numbered object begins, by the table at the end of a file that was written once and plainly."""
    start = content.rfind(b"startxref")
    number = re.match(rb"startxref\s+(\d+)\s+%%EOF\s*$", content[start:]) if start >= 0 else None
    table = _TABLE.match(content, int(number[1])) if number else None
    if table is None or b"/Prev" in content[table.end() : start]:
        return {}
    lines = table[2]
    return {
        n: int(lines[n * 20 : n * 20 + 10]) for n in range(int(table[1])) if lines[n * 20 + 17 : n * 20 + 18] == b"n"
    }


def _fill_from_text(node: Node, plain: re.Match[bytes]) -> None:
    """Role, attributes and kids of an element; a kid's own are filled when its turn comes."""
    node.role, node.attributes, held = plain[2].decode(), plain[3] or b"", plain[4]
    if held.count(b" R") == held.count(b"/Pg ") == held.count(b"/MCID "):
        node._marks = held
        return
    kids: list[Node | Mark] = []
    for page, mcid, number, bare in _KID.findall(held):
        if page:
            kids.append(Mark(int(mcid), (int(page), 0)))
        elif number:
            kids.append(Node(node.pdf, (int(number), 0), ""))
        elif bare:
            kids.append(Mark(int(bare)))
    node.kids = kids


# -- through the library -----------------------------------------------------------------------------------------------


def _fill(node: Node) -> None:
    element = node.element
    page = element.get("/Pg")
    node.page = page.objgen if page is not None else None
    node.role = str(element.S).removeprefix("/")
    node.kids = list(_kids(node.pdf, element))


def _kids(pdf: pikepdf.Pdf, element: Element) -> Iterator[Node | Mark]:
    held = element.get("/K")
    for kid in () if held is None else list(held) if isinstance(held, Array) else [held]:
        if isinstance(kid, int):
            yield Mark(kid)
        elif isinstance(kid, Dictionary) and "/S" in kid:
            number = kid.objgen if kid.is_indirect else None
            yield Node(pdf, number, str(kid.S).removeprefix("/"), direct=None if number else kid)
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            page = kid.get("/Pg")
            yield Mark(int(kid.MCID), page.objgen if page is not None else None)
