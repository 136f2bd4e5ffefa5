"""Links and tags put together: links that no Link holds get one, and tags let go of what was taken off the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.accessible.tag_barriers import roles_of

_DEEP = 100_000


def tie_links(pdf: pikepdf.Pdf) -> int:
    """Put every link that no element of the structure holds into a Link element; how many there were."""
    root = pdf.Root.StructTreeRoot
    held = _held(root)
    loose = [
        (page, link)
        for page in pdf.pages
        for link in page.obj.get("/Annots", ())
        if isinstance(link, Dictionary) and not _is_held(link, held)
    ]
    if not loose:
        return 0
    parents = pikepdf.NumberTree(root.ParentTree)
    following = max((int(key) for key in parents), default=-1) + 1
    above = _outermost(pdf, root)
    for page, link in loose:
        own = _indirect(pdf, page, link)
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=above, Pg=page.obj))
        element.K = Dictionary(Type=Name.OBJR, Obj=own, Pg=page.obj)
        own.StructParent = following
        parents[following] = element
        _append(above, element)
        following += 1
    root.ParentTreeNextKey = following
    return len(loose)


def let_go(pdf: pikepdf.Pdf) -> None:
    """Take out of the tags what no page shows any more: notes and attached files would stay in the file by them."""
    shown = {mark.objgen for page in pdf.pages for mark in page.obj.get("/Annots", ()) if isinstance(mark, Dictionary)}
    for element in _elements(pdf.Root.StructTreeRoot):
        kids = element.get("/K")
        held = list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
        kept = [kid for kid in held if not _is_gone(kid, shown)]
        if len(kept) < len(held):
            element.K = Array(kept)


def _is_gone(kid: Any, shown: set[tuple[int, int]]) -> bool:
    thing = kid.get("/Obj") if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR else None
    return isinstance(thing, Dictionary) and not (thing.is_indirect and thing.objgen in shown)


def hold_in_links(pdf: pikepdf.Pdf) -> None:
    """Put each link that another element than a Link holds into a Link of its own there (ISO 14289-1, 7.18.5)."""
    root, roles = pdf.Root.StructTreeRoot, roles_of(pdf.Root.StructTreeRoot)
    parents = pikepdf.NumberTree(root.ParentTree)
    for element in list(_elements(root)):
        name = str(element.get("/S", ""))
        kids = element.get("/K")
        if roles.get(name, name) == "/Link" or kids is None:
            continue
        held = list(kids) if isinstance(kids, Array) else [kids]
        if not any(map(_is_link, held)):
            continue
        element.K = Array([_in_link(pdf, element, kid, parents) if _is_link(kid) else kid for kid in held])


def _is_link(kid: Any) -> bool:
    thing = kid.get("/Obj") if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR else None
    return isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Link


def _in_link(pdf: pikepdf.Pdf, element: Any, kid: Any, parents: pikepdf.NumberTree) -> Any:
    own = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=element, K=kid))
    for holder in (kid, element):
        if "/Pg" in holder and "/Pg" not in own:
            own.Pg = holder.Pg
    key = _key(kid.Obj)
    if key is not None and key in parents:
        parents[key] = own
    return own


def _is_held(link: Any, held: dict[tuple[int, int], int | None]) -> bool:
    key = _key(link)
    return link.is_indirect and key is not None and held.get(link.objgen) == key


def _key(link: Any) -> int | None:
    key = link.get("/StructParent")
    return int(key) if key is not None else None


def _held(root: Any) -> dict[tuple[int, int], int | None]:
    """The links that elements hold, with the key under which the parent tree leads back to the element."""
    back = _keys_of(root)
    found: dict[tuple[int, int], int | None] = {}
    for element in _elements(root):
        kids = element.get("/K")
        for kid in list(kids) if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary):
                continue
            if kid.get("/Type") == Name.OBJR and isinstance(kid.get("/Obj"), Dictionary):
                link = kid.Obj
                known = _key(link)
                found[link.objgen] = known if known is not None and back.get(known) == element.objgen else -1
    return found


def _elements(root: Any) -> Iterator[Any]:
    """The root and every element below it, each once, as broken files go round in circles; a limited number."""
    stack, count, seen = [root], 0, set[tuple[int, int]]()
    while stack and count < _DEEP:
        element = stack.pop()
        if element.is_indirect and element.objgen in seen:
            continue
        seen.add(element.objgen)
        count += 1
        yield element
        kids = element.get("/K")
        stack += [
            kid
            for kid in (list(kids) if isinstance(kids, Array) else [kids])
            if isinstance(kid, Dictionary) and "/S" in kid
        ]


def _keys_of(root: Any) -> dict[int, tuple[int, int]]:
    """The parent tree: key to the element it leads to, where that is one element."""
    tree = pikepdf.NumberTree(root.ParentTree)
    return {int(key): value.objgen for key, value in tree.items() if isinstance(value, Dictionary)}


def _outermost(pdf: pikepdf.Pdf, root: Any) -> Any:
    """The element at the top, which holds all others; one is made where there are several or none."""
    kids = root.get("/K")
    first = kids[0] if isinstance(kids, Array) and len(kids) == 1 else kids
    if isinstance(first, Dictionary) and "/S" in first and first.is_indirect:
        return first
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    for kid in list(kids) if isinstance(kids, Array) else []:
        if isinstance(kid, Dictionary) and kid.is_indirect:
            kid.P = whole
            whole.K.append(kid)
    root.K = whole
    return whole


def _append(above: Any, element: Any) -> None:
    kids = above.get("/K")
    above.K = Array([*(list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]), element])


def _indirect(pdf: pikepdf.Pdf, page: pikepdf.Page, link: Any) -> Any:
    """The link as an object of its own, which a tag can refer to."""
    if link.is_indirect:
        return link
    for index, one in enumerate(page.obj.Annots):
        if not one.is_indirect and one == link:
            page.obj.Annots[index] = pdf.make_indirect(one)
            return page.obj.Annots[index]
    return pdf.make_indirect(link)
