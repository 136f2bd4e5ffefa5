"""Links of a PDF in its structure: each described and held by a tag of its own, where an engine left that out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.engines.pdf.structure_tree import Element
from generator.engines.pdf.tag_repair import children, elements


def describe_links(pdf: pikepdf.Pdf) -> None:
    """Give every link words that say where it goes, as PDF/UA asks."""
    for page in pdf.pages:
        for link in page.get("/Annots", Array()):
            if link.get("/Subtype") == Name.Link:
                link.Contents = pikepdf.String(_destination(link))


def _destination(link: Element) -> str:
    address = str(link.get("/A", Dictionary()).get("/URI") or "")
    if address.startswith("mailto:"):
        return "Write an email to " + unquote(address.removeprefix("mailto:").partition("?")[0])
    return f"Go to {address}" if address else "Go to another place in this document"


@dataclass
class _Link:
    """One link's text on one page: its clickable rectangles, one a line, and the marked content inside them."""

    target: str
    annotations: list[Element] = field(default_factory=list)
    contents: list[int] = field(default_factory=list)


def mend_links(pdf: pikepdf.Pdf) -> None:
    """Make one rectangle a line of the embedded engine's one a word, and put text and rectangle into a Link element."""
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    following = max((int(key) for key in parents), default=-1) + 1
    for page in pdf.pages:
        annotations = [a for a in page.get("/Annots", Array()) if a.get("/Subtype") == Name.Link]
        if not annotations:
            continue
        others = [a for a in page.Annots if a.get("/Subtype") != Name.Link]
        owners = parents[int(page.StructParents)]
        links = list(_links(pdf, annotations, _places(page)))
        for link in links:
            element = _link_element(pdf, page, link, owners)
            for annotation in link.annotations:
                annotation.StructParent = following
                parents[following] = element
                following += 1
        page.Annots = Array([*others, *(a for link in links for a in link.annotations)])
    pdf.Root.StructTreeRoot.ParentTreeNextKey = following


def _places(page: Any) -> dict[int, tuple[float, float]]:
    """Where each marked content's text begins on the page, in points from the lower left."""
    places: dict[int, tuple[float, float]] = {}
    matrix, saved, current = pikepdf.Matrix(), [], None
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            saved.append(matrix)
        elif operator == "Q" and saved:
            matrix = saved.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif operator == "BDC":
            current = int(operands[1]["/MCID"]) if "/MCID" in operands[1] else None
        elif operator == "EMC":
            current = None
        elif operator == "Tm" and current is not None and current not in places:
            text = pikepdf.Matrix(*map(float, operands)) @ matrix
            places[current] = (text.e, text.f)
    return places


def _links(pdf: pikepdf.Pdf, annotations: list[Element], places: dict[int, tuple[float, float]]) -> Iterator[_Link]:
    link: _Link | None = None
    for annotation in annotations:
        target = (annotation.get("/A") or annotation.get("/Dest") or Dictionary()).unparse().decode("latin-1")
        corners = [float(corner) for corner in annotation.Rect]
        held = sorted(mcid for mcid, place in places.items() if _holds(corners, place))
        if link is None or target != link.target or not _follows(link, held):
            if link is not None:
                yield link
            link = _Link(target)
        link.contents.extend(mcid for mcid in held if mcid not in link.contents)
        if link.annotations and _same_line(link.annotations[-1], annotation):
            link.annotations[-1].Rect = _union(link.annotations[-1].Rect, annotation.Rect)
        else:
            link.annotations.append(pdf.make_indirect(annotation))
    if link is not None:
        yield link


def _holds(rectangle: list[float], place: tuple[float, float]) -> bool:
    left, low, right, high = rectangle
    return left - 0.5 <= place[0] < right - 0.5 and low - 0.5 <= place[1] <= high + 0.5


def _follows(link: _Link, held: list[int]) -> bool:
    return not held or not link.contents or held[0] - link.contents[-1] <= 1


def _same_line(first: Element, second: Element) -> bool:
    close = abs(float(first.Rect[1]) - float(second.Rect[1])) < 1
    return close and abs(float(second.Rect[0]) - float(first.Rect[2])) < 2


def _union(first: Any, second: Any) -> Array:
    a, b = [float(x) for x in first], [float(x) for x in second]
    corners = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    return Array([Decimal(f"{corner:.3f}") for corner in corners])


def _link_element(pdf: pikepdf.Pdf, page: Any, link: _Link, owners: Any) -> Element:
    """A Link element with the link's text and rectangles, standing where the text stood in its paragraph."""
    owner = owners[link.contents[0]] if link.contents else next(iter(elements(pdf.Root.StructTreeRoot)))
    mine = [mcid for mcid in link.contents if owners[mcid].objgen == owner.objgen]
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=owner, Pg=page.obj))
    objects = [Dictionary(Type=Name.OBJR, Obj=a, Pg=page.obj) for a in link.annotations]
    element.K = Array([*mine, *objects])
    _replace(owner, page, set(mine), element)
    for mcid in mine:
        owners[mcid] = element
    return element


def _replace(owner: Element, page: Any, contents: set[int], element: Element) -> None:
    kids: list[Any] = []
    for kid in children(owner):
        if _is_content(kid, page, owner, contents):
            if not any(isinstance(k, Dictionary) and k.objgen == element.objgen for k in kids):
                kids.append(element)
        else:
            kids.append(kid)
    if not contents:
        kids.append(element)
    owner.K = Array(kids)


def _is_content(kid: Any, page: Any, owner: Element, contents: set[int]) -> bool:
    if isinstance(kid, int):
        return kid in contents and "/Pg" in owner and owner.Pg.objgen == page.obj.objgen
    if not isinstance(kid, Dictionary) or kid.get("/Type") != Name.MCR:
        return False
    on = kid.get("/Pg") or owner.get("/Pg")
    return int(kid.MCID) in contents and on is not None and on.objgen == page.obj.objgen
