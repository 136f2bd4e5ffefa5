"""Is a PDF's structure tree sound both ways? Every marked content and every link must find its element and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf


@dataclass(frozen=True)
class Tags:
    """What was counted in one PDF; the first three numbers ought to be 0."""

    lost_contents: int
    """Marked contents on a page whose element does not exist or does not hold them."""
    lost_annotations: int
    """Annotations whose element does not exist or does not hold them."""
    wrong_parents: int
    """Elements that name another element as their parent than the one that holds them."""
    contents: int
    annotations: int
    elements: int


def count(pdf: Path) -> Tags:
    """Walk the tree of a PDF and then its pages, and compare."""
    with pikepdf.open(pdf) as opened:
        root = opened.Root.StructTreeRoot
        found = list(_walk(root))
        contents, annotations = _held(found)
        parents = pikepdf.NumberTree(root.ParentTree)
        seen = [_finds(parents, page.obj, mcid, contents) for page, mcid in _marked(opened)]
        links = [_finds_annotation(parents, a, annotations) for page in opened.pages for a in page.get("/Annots", [])]
        return Tags(
            lost_contents=seen.count(False),
            lost_annotations=links.count(False),
            wrong_parents=sum(1 for element, parent in found if element.P.objgen != parent.objgen),
            contents=len(seen),
            annotations=len(links),
            elements=len(found),
        )


def roles(pdf: Path) -> list[str]:
    """The types of all elements in reading order: Document, H1, P, Table, ..."""
    with pikepdf.open(pdf) as opened:
        return [str(element.S)[1:] for element, _ in _walk(opened.Root.StructTreeRoot)]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]


def _walk(root: Any) -> Iterator[tuple[Any, Any]]:
    """Every element with its parent, in reading order."""
    for kid in _kids(root):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, root
            yield from _walk(kid)


def _held(found: list[tuple[Any, Any]]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    contents, annotations = {}, {}
    for element, _ in found:
        for kid in _kids(element):
            if isinstance(kid, int):
                contents[element.Pg.objgen, kid] = element.objgen
            elif kid.get("/Type") == pikepdf.Name.MCR:
                contents[(kid.get("/Pg") or element.Pg).objgen, int(kid.MCID)] = element.objgen
            elif kid.get("/Type") == pikepdf.Name.OBJR:
                annotations[kid.Obj.objgen] = element.objgen
    return contents, annotations


def _marked(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Page, int]]:
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]:
                yield page, int(instruction.operands[1]["/MCID"])


def _finds(parents: pikepdf.NumberTree, page: Any, mcid: int, held: dict[Any, Any]) -> bool:
    key = int(page.get("/StructParents", -1))
    if key not in parents or mcid >= len(parents[key]):
        return False
    return bool(held.get((page.objgen, mcid)) == parents[key][mcid].objgen)


def _finds_annotation(parents: pikepdf.NumberTree, annotation: Any, held: dict[Any, Any]) -> bool:
    key = int(annotation.get("/StructParent", -1))
    return key in parents and bool(held.get(annotation.objgen) == parents[key].objgen)
