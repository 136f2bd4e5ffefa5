"""Structure trees of many PDFs made into one, every mark on every page still belonging to its own tag.

pikepdf copies a source's tree with its pages, and the copy still leads to the copied pages, pictures and links. Here
each copied tree is walked once and put right in place: parents, names that two documents use for different things, ids,
marks of pages that are not there. The parent tree is made anew from that walk, so that it agrees with the tree whatever
the source's said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

_STANDARD_TAGS = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
    Figure Formula Form
"""
STANDARD = frozenset(_STANDARD_TAGS.split())
_KEPT = frozenset(
    ["/Type", "/S", "/P", "/K", "/Pg", "/ID", "/A", "/C", "/T", "/Lang", "/Alt", "/E", "/ActualText", "/R"]
)
_GROUPS = frozenset(("Sect", "Part", "Art", "Div"))
_MCR, _OBJR = Name.MCR, Name.OBJR
_MAX_MARKS = 1_000_000
_LEAF = 64

_Id = tuple[int, int]


@dataclass
class _Source:
    """One document's way into the common tree: its pages, and what its own names became."""

    pages: Mapping[_Id, Any]
    number: int
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    seen: set[_Id] = field(default_factory=set)
    has_ids: bool = False


@dataclass
class _Task:
    """An element whose kids are still to be looked at."""

    element: Any
    depth: int
    groups: int


class TagTree:
    """The common structure tree of a bundle: one Document, in it one Part per document."""

    def __init__(self, pdf: pikepdf.Pdf, language: str, title: str) -> None:
        self.pdf = pdf
        self.roles: dict[str, str] = {}
        self.classes: dict[str, Any] = {}
        self.ids: dict[bytes, Any] = {}
        self.parents: list[Any] = []
        self.keys: dict[_Id, int] = {}
        self.sources = 0
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(_element("Document", self.root))
        self.document.T = String(title)
        self.parts: list[Any] = []
        pdf.Root.StructTreeRoot = self.root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(language)

    def add(self, source: pikepdf.Pdf, pages: Mapping[_Id, Any], title: str, language: str = "") -> None:
        """Add the tags of a document whose pages the bundle holds, by their numbers there; nothing when it has none."""
        tree = source.Root.get("/StructTreeRoot")
        if not isinstance(tree, Dictionary) or "/K" not in tree:
            return
        self.sources += 1
        copied = self.pdf.copy_foreign(tree if tree.is_indirect else source.make_indirect(tree))
        found = _Source(pages, self.sources, has_ids="/IDTree" in copied)
        self._join_roles(copied, found)
        self._join_classes(copied, found)
        part = self.pdf.make_indirect(_element("Part", self.document))
        part.T = String(title)
        if language:
            part.Lang = String(language)
        part.K = copied.K
        self.parts.append(part)
        self._mend(_Task(part, 0, 0), found)

    def finish(self) -> None:
        """Write the trees that lead from a page's marks, and from names, to their elements."""
        self.document.K = Array(self.parts)
        self.root.K = self.document
        nums = [
            (key, owner if isinstance(owner, Object) else self._mark_list(owner))
            for key, owner in enumerate(self.parents)
        ]
        self.root.ParentTree = self.pdf.make_indirect(self._number_tree(nums))
        self.root.ParentTreeNextKey = len(self.parents)
        if self.roles:
            self.root.RoleMap = Dictionary({f"/{a}": Name(f"/{b}") for a, b in sorted(self.roles.items())})
        if self.classes:
            self.root.ClassMap = Dictionary(self.classes)
        if self.ids:
            names = [part for name, element in sorted(self.ids.items()) for part in (String(name), element)]
            self.root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(names)))

    # -- names ------------------------------------------------------------------------------------------------------

    def _join_roles(self, tree: Any, source: _Source) -> None:
        """Add a document's own tag names to the common table, under another name where the two disagree."""
        table = tree.get("/RoleMap")
        if not isinstance(table, Dictionary):
            return
        plain = {key[1:]: str(value)[1:] for key, value in table.items() if isinstance(value, Name)}
        plain = {key: _end_of(key, plain) for key in plain if key not in STANDARD}
        source.targets = plain
        for name, target in plain.items():
            new = name
            if self.roles.get(name, target) != target:
                new = source.roles[name] = f"{name}-{source.number}"
            self.roles[new] = target

    def _join_classes(self, tree: Any, source: _Source) -> None:
        table = tree.get("/ClassMap")
        if not isinstance(table, Dictionary):
            return
        for name, value in table.items():
            new = name
            if name in self.classes and self.classes[name] != value:
                new = source.classes[name] = f"{name}-{source.number}"
            self.classes[new] = value

    # -- the walk ---------------------------------------------------------------------------------------------------

    def _mend(self, first: _Task, source: _Source) -> None:
        """Walk one copied tree without recursion: broken files nest thousands deep."""
        stack = [first]
        while stack:
            stack.extend(reversed(list(self._kids(stack.pop(), source))))

    def _kids(self, task: _Task, source: _Source) -> Iterator[_Task]:
        """The element's kids that hold, in their order; each element among them is put right and walked later."""
        element = task.element
        kept: list[Any] = []
        page = element.get("/Pg")
        kids = kids_of(element)
        if len(kids) > 1 and all(type(kid) is int for kid in kids):  # most tags by far: pieces of a page's text
            kept = [kid for kid in kids if self._owns(page, "/StructParents", kid, element, source)]
            if len(kept) == len(kids):
                return
            kids = []
        for kid in kids:
            if isinstance(kid, int):
                if self._owns(page, "/StructParents", kid, element, source):
                    kept.append(kid)
                continue
            if not isinstance(kid, Dictionary):
                continue
            kind = kid.get("/Type")
            if kind == _MCR:
                kept += self._mark(kid, element, source)
                page = element.get("/Pg") if page is None else page
            elif kind == _OBJR:
                kept += self._object(kid, element, source)
            elif isinstance(kid.get("/S"), Name):
                child = kid if kid.is_indirect else self.pdf.make_indirect(kid)
                if child.objgen not in source.seen:
                    source.seen.add(child.objgen)
                    kept.append(child)
                    yield self._element(child, task, source)
        if kept:
            element.K = kept[0] if len(kept) == 1 else Array(kept)
        elif "/K" in element:
            del element["/K"]

    def _element(self, element: Any, task: _Task, source: _Source) -> _Task:
        """The element itself, without its kids."""
        name = str(element.S)[1:]
        meant = source.targets.get(name, name)
        new = source.roles.get(name, name)
        if task.depth == 0 and meant == "Document":
            new, meant = "Sect", ""  # there is one Document, ours; this section does not lower its headings
        if meant == "H":
            new = f"H{min(6, max(1, task.groups + 1))}"
        if new != name:
            element.S = Name(f"/{new}")
        element.Type = Name.StructElem
        element.P = task.element
        keys = element.keys()
        for key in keys - _KEPT:
            del element[key]
        if "/Pg" in keys and element.Pg.objgen not in source.pages:
            del element["/Pg"]
        if "/C" in keys and source.classes:
            element.C = _renamed(element.C, source.classes)
        if "/ID" in keys:
            self._identify(element, source)
        if "/A" in keys and source.has_ids:
            self._follow_headers(element.A, source)
        return _Task(element, task.depth + 1, task.groups + (meant in _GROUPS))

    def _mark(self, kid: Any, element: Any, source: _Source) -> Iterator[Any]:
        """A mark that names its page or stream; one of a page that is not in the bundle is left out."""
        mark, stream, sheet, page = kid.get("/MCID"), kid.get("/Stm"), kid.get("/Pg"), element.get("/Pg")
        sheet = page if sheet is None else sheet
        if not isinstance(mark, int) or _id_of(sheet) not in source.pages:
            return
        if isinstance(stream, pikepdf.Stream):
            if self._owns(stream, "/StructParents", mark, element, source):
                kid.Pg = sheet
                yield kid
        elif self._owns(sheet, "/StructParents", mark, element, source):
            if page is None:
                element.Pg = page = sheet
            yield mark if page.objgen == sheet.objgen else kid  # a number alone is of the element's own page

    def _object(self, kid: Any, element: Any, source: _Source) -> Iterator[Any]:
        """A link or picture as a whole; one that did not come with a page is left out."""
        thing = kid.get("/Obj")
        if not isinstance(thing, Dictionary | pikepdf.Stream) or not thing.is_indirect:
            return
        key = self._key(thing, "/StructParent")
        if self.parents[key]:
            return
        self.parents[key] = element
        if "/Pg" in kid and _id_of(kid.Pg) not in source.pages:
            del kid["/Pg"]
        yield kid

    def _owns(self, holder: Any, entry: str, mark: int, element: Any, source: _Source) -> bool:
        """Note that a mark of a page or stream is this element's; False when it is none, or another's already."""
        if not 0 <= mark < _MAX_MARKS:
            return False
        if isinstance(holder, pikepdf.Stream):
            key = holder.objgen
        elif not isinstance(holder, Dictionary) or (key := holder.objgen) not in source.pages:
            return False
        found = self.keys.get(key)
        owners = self.parents[self._key(holder, entry) if found is None else found]
        if not isinstance(owners, dict) or mark in owners:
            return False
        owners[mark] = element
        return True

    def _key(self, holder: Any, entry: str) -> int:
        """The parent-tree key of a page, form XObject or annotation: a new one the first time it is met."""
        found = self.keys.get(holder.objgen)
        if found is None:
            found = self.keys[holder.objgen] = len(self.parents)
            self.parents.append({})
            holder[entry] = found
        return found

    # -- ids --------------------------------------------------------------------------------------------------------

    def _identify(self, element: Any, source: _Source) -> None:
        """Ids are made distinct by the number of their document; an id that stands twice is the first one's."""
        name = _new_id(element.ID, source)
        if name in self.ids:
            del element["/ID"]
            return
        source.has_ids = True
        self.ids[name] = element
        element.ID = String(name)

    def _follow_headers(self, attributes: Any, source: _Source) -> None:
        """The headers that a cell names are named as they are now."""
        for one in attributes if isinstance(attributes, Array) else [attributes]:
            headers = one.get("/Headers") if isinstance(one, Dictionary) else None
            if isinstance(headers, Array):
                one.Headers = Array([String(_new_id(header, source)) for header in headers])

    # -- the parent tree --------------------------------------------------------------------------------------------

    def _mark_list(self, owners: Mapping[int, Any]) -> Any:
        marks: list[Any] = [None] * (max(owners) + 1 if owners else 0)
        for mark, owner in owners.items():
            marks[mark] = owner
        return self.pdf.make_indirect(Array(marks))

    def _number_tree(self, nums: list[tuple[int, Any]]) -> Any:
        """A number tree of leaves of 64: readers look up one page without reading all of them."""
        leaves = [nums[start : start + _LEAF] for start in range(0, len(nums), _LEAF)]
        if len(leaves) < 2:
            return Dictionary(Nums=_flat(nums))
        return Dictionary(
            Kids=Array(
                [
                    self.pdf.make_indirect(Dictionary(Limits=Array([leaf[0][0], leaf[-1][0]]), Nums=_flat(leaf)))
                    for leaf in leaves
                ]
            )
        )


def kids_of(element: Any) -> list[Any]:
    """What stands below an element: elements, marks, objects."""
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _element(role: str, parent: Any) -> Any:
    return Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent)


def _id_of(thing: Any) -> _Id:
    return thing.objgen if isinstance(thing, Object) else (0, 0)


def _new_id(old: Any, source: _Source) -> bytes:
    plain = bytes(old) if isinstance(old, String) else str(old).encode("latin-1", "replace")
    return f"{source.number}-".encode() + plain


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Name):
        return Name(names.get(str(value), str(value)))
    return Array([_renamed(one, names) for one in value]) if isinstance(value, Array) else value


def _end_of(name: str, table: Mapping[str, str]) -> str:
    """The standard tag that a chain of own names ends in; NonStruct when it goes round in circles or ends nowhere."""
    seen = set()
    while name in table and name not in STANDARD and name not in seen:
        seen.add(name)
        name = table[name]
    return name if name in STANDARD else "NonStruct"


def _flat(nums: list[tuple[int, Any]]) -> Any:
    return Array([part for key, value in nums for part in (key, value)])
