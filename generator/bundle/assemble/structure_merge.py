"""Structure trees of many PDFs made into one, every mark on every page still belonging to its own tag.

pypdf copies pages but not their tags. Here each source's tree is walked once and built anew in the writer: pages,
pictures and links are found again through pypdf's own table of what was copied to where (`_id_translated`, which is
why pypdf is pinned), and the parent tree is made from that walk, so that it agrees with the tree whatever the
source's said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

_STANDARD_TAGS = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
    Figure Formula Form
"""
STANDARD = frozenset(_STANDARD_TAGS.split())
_COPIED = ("/T", "/Lang", "/Alt", "/E", "/ActualText", "/R")
_GROUPS = frozenset(("Sect", "Part", "Art", "Div"))
_MAX_MARKS = 1_000_000
_LEAF = 64


@dataclass
class _Source:
    """One document's way into the common tree: where its objects went, and what its own names became."""

    moved: dict[Any, Any]
    number: int
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)


@dataclass
class _Task:
    """An element of a source that is still to be copied."""

    old: DictionaryObject
    new: DictionaryObject
    depth: int
    groups: int


class TagTree:
    """The common structure tree of a bundle: one Document, in it one Part per document."""

    def __init__(self, writer: PdfWriter, language: str, title: str) -> None:
        self.writer = writer
        self.roles: dict[str, str] = {}
        self.classes = DictionaryObject()
        self.ids: dict[bytes, IndirectObject] = {}
        self.parents: dict[int, IndirectObject | dict[int, IndirectObject]] = {}
        self.keys: dict[int, int] = {}
        self.sources = 0
        self.root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        root = writer._add_object(self.root)
        self.document = _element("Document", root)
        self.document[NameObject("/T")] = TextStringObject(title)
        self.parts = self.document[NameObject("/K")] = ArrayObject()
        self.root[NameObject("/K")] = writer._add_object(self.document)
        writer.root_object[NameObject("/StructTreeRoot")] = root
        writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)

    def add(self, reader: PdfReader, title: str, language: str = "") -> None:
        """Add the tags of a document whose pages the writer already holds; nothing when it has none."""
        tree = reader.root_object.get("/StructTreeRoot")
        old = tree.get_object() if tree is not None else None
        if not isinstance(old, DictionaryObject) or "/K" not in old:
            return
        self.sources += 1
        source = _Source(self.writer._id_translated.get(id(reader), {}), self.sources)
        self._join_roles(old, source)
        self._join_classes(old, source)
        part = _element("Part", self.document.indirect_reference)
        part[NameObject("/T")] = TextStringObject(title)
        if language:
            part[NameObject("/Lang")] = TextStringObject(language)
        part[NameObject("/K")] = ArrayObject()
        self.parts.append(self.writer._add_object(part))
        self._copy_tree(_Task(old, part, 0, 0), source)

    def finish(self) -> None:
        """Write the trees that lead from a page's marks, and from names, to their elements."""
        nums: list[tuple[int, PdfObject]] = []
        for key, owner in sorted(self.parents.items()):
            nums.append((key, owner if isinstance(owner, IndirectObject) else self._mark_list(owner)))
        self.root[NameObject("/ParentTree")] = self.writer._add_object(self._number_tree(nums))
        self.root[NameObject("/ParentTreeNextKey")] = NumberObject(len(self.parents))
        if self.roles:
            self.root[NameObject("/RoleMap")] = DictionaryObject(
                {NameObject("/" + a): NameObject("/" + b) for a, b in sorted(self.roles.items())}
            )
        if self.classes:
            self.root[NameObject("/ClassMap")] = self.classes
        if self.ids:
            self.root[NameObject("/IDTree")] = self._id_tree()

    def _join_roles(self, tree: DictionaryObject, source: _Source) -> None:
        """Add a document's own tag names to the common table, under another name where the two disagree."""
        table = _resolved(tree.get("/RoleMap"))
        if not isinstance(table, DictionaryObject):
            return
        plain = {str(k)[1:]: str(_resolved(v))[1:] for k, v in table.items()}
        plain = {k: _end_of(k, plain) for k in plain if k not in STANDARD}
        source.targets = plain
        for name, target in plain.items():
            new = name
            if self.roles.get(name, target) != target:
                new = source.roles[name] = f"{name}-{source.number}"
            self.roles[new] = target

    def _join_classes(self, tree: DictionaryObject, source: _Source) -> None:
        table = _resolved(tree.get("/ClassMap"))
        if not isinstance(table, DictionaryObject):
            return
        for key, value in table.items():
            copied = self._copy_value(value, source)
            name = str(key)
            if name in self.classes and self.classes[name] != copied:
                name = source.classes[name] = f"{name}-{source.number}"
            self.classes[NameObject(name)] = copied

    def _copy_tree(self, first: _Task, source: _Source) -> None:
        """Walk one source's tree without recursion: broken files nest thousands deep."""
        stack = [first]
        while stack:
            stack.extend(reversed(list(self._copy_kids(stack.pop(), source))))

    def _copy_kids(self, task: _Task, source: _Source) -> Iterator[_Task]:
        kids = ArrayObject()
        for kid in _kids_of(task.old):
            thing = _resolved(kid)
            if isinstance(thing, NumberObject):
                self._copy_mark(
                    int(thing), task.old.raw_get("/Pg") if "/Pg" in task.old else None, None, task, kids, source
                )
            elif not isinstance(thing, DictionaryObject):
                continue
            elif thing.get("/Type") == "/MCR":
                page = thing.raw_get("/Pg") if "/Pg" in thing else task.old.get("/Pg") and task.old.raw_get("/Pg")
                stream = thing.raw_get("/Stm") if "/Stm" in thing else None
                self._copy_mark(_whole(thing.get("/MCID")), page, stream, task, kids, source)
            elif thing.get("/Type") == "/OBJR":
                self._copy_object(thing, task, kids, source)
            elif "/S" in thing and id(thing) not in source.seen:
                source.seen.add(id(thing))
                child = self._copy_element(thing, task, source)
                kids.append(child.new.indirect_reference)
                yield child
        if kids:
            task.new[NameObject("/K")] = kids[0] if len(kids) == 1 else kids

    def _copy_element(self, old: DictionaryObject, task: _Task, source: _Source) -> _Task:
        """The element itself, without its kids."""
        name = str(old["/S"])[1:]
        meant = source.targets.get(name, name)
        if task.depth == 0 and meant == "Document":
            name, meant = "Sect", ""  # there is one Document, ours; this section does not lower its headings
        if meant == "H":
            name = f"H{min(6, max(1, task.groups + 1))}"
        new = _element(source.roles.get(name, name), task.new.indirect_reference)
        for key in _COPIED:
            if key in old:
                new[NameObject(key)] = self._copy_value(old[key], source)
        if "/A" in old:
            new[NameObject("/A")] = self._copy_value(old["/A"], source)
        if "/C" in old:
            new[NameObject("/C")] = self._copy_class(old["/C"], source)
        page = self._moved(old.raw_get("/Pg"), source) if "/Pg" in old else None
        if page is not None:
            new[NameObject("/Pg")] = page
        reference = self.writer._add_object(new)
        if "/ID" in old:
            self._copy_id(old["/ID"], new, reference, source)
        return _Task(old, new, task.depth + 1, task.groups + (meant in _GROUPS))

    def _copy_mark(self, mark: int, page: Any, stream: Any, task: _Task, kids: ArrayObject, source: _Source) -> None:
        """One piece of marked content: in the tree below its element, and in the parent tree above it."""
        sheet = self._moved(page, source)
        holder = self._moved(stream, source) if stream is not None else sheet
        if sheet is None or holder is None or not 0 <= mark < _MAX_MARKS:
            return
        owners = self.parents[self._key(holder, "/StructParents")]
        if not isinstance(owners, dict) or mark in owners:
            return
        owners[mark] = task.new.indirect_reference  # type: ignore[assignment]
        if stream is None and task.new.get("/Pg") is None:
            task.new[NameObject("/Pg")] = sheet
        if stream is None and task.new.raw_get("/Pg") == sheet:
            kids.append(NumberObject(mark))
            return
        content = DictionaryObject({NameObject("/Type"): NameObject("/MCR"), NameObject("/Pg"): sheet})
        content[NameObject("/MCID")] = NumberObject(mark)
        if stream is not None:
            content[NameObject("/Stm")] = holder
        kids.append(content)

    def _copy_object(self, old: DictionaryObject, task: _Task, kids: ArrayObject, source: _Source) -> None:
        """A link or picture as a whole; one that was not copied with its page is left out."""
        thing = self._moved(old.raw_get("/Obj"), source) if "/Obj" in old else None
        if thing is None:
            return
        key = self._key(thing, "/StructParent")
        if self.parents.get(key):
            return
        self.parents[key] = task.new.indirect_reference  # type: ignore[assignment]
        content = DictionaryObject({NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): thing})
        page = self._moved(old.raw_get("/Pg"), source) if "/Pg" in old else None
        if page is not None:
            content[NameObject("/Pg")] = page
        kids.append(content)

    def _key(self, holder: IndirectObject, entry: str) -> int:
        """The parent-tree key of a page, form XObject or annotation: a new one the first time it is met."""
        if holder.idnum not in self.keys:
            key = self.keys[holder.idnum] = len(self.keys)
            self.parents[key] = {}
            thing = holder.get_object()
            assert isinstance(thing, DictionaryObject)
            thing[NameObject(entry)] = NumberObject(key)
        return self.keys[holder.idnum]

    def _moved(self, old: Any, source: _Source) -> IndirectObject | None:
        """Where an object of the source is in the writer; None when it was not copied."""
        if not isinstance(old, IndirectObject) or old.idnum not in source.moved:
            return None
        new = IndirectObject(source.moved[old.idnum], 0, self.writer)
        return new if isinstance(new.get_object(), DictionaryObject) else None

    def _copy_id(self, old: Any, new: DictionaryObject, reference: IndirectObject, source: _Source) -> None:
        name = self._new_id(old, source)
        if name not in self.ids:
            self.ids[name] = reference
            new[NameObject("/ID")] = ByteStringObject(name)

    def _new_id(self, old: Any, source: _Source) -> bytes:
        """Ids are made distinct by the number of their document."""
        plain = bytes(old) if isinstance(old, bytes) else str(old).encode("latin-1", "replace")
        return f"{source.number}-".encode() + plain

    def _copy_class(self, value: Any, source: _Source) -> PdfObject:
        value = _resolved(value)
        if isinstance(value, NameObject):
            return NameObject(source.classes.get(str(value), str(value)))
        if isinstance(value, ArrayObject):
            return ArrayObject([self._copy_class(item, source) for item in value])
        return value if isinstance(value, NumberObject) else NullObject()

    def _copy_value(self, value: Any, source: _Source, depth: int = 0, key: str = "") -> PdfObject:
        """Attributes as direct values; ids in /Headers follow their new names; streams are dropped."""
        value = _resolved(value)
        if depth > 12 or value is None or isinstance(value, StreamObject):
            return NullObject()
        if isinstance(value, DictionaryObject):
            return DictionaryObject(
                {NameObject(k): self._copy_value(v, source, depth + 1, str(k)) for k, v in value.items() if k != "/P"}
            )
        if isinstance(value, ArrayObject):
            return ArrayObject([self._copy_value(item, source, depth + 1, key) for item in value])
        if key == "/Headers" and isinstance(value, (ByteStringObject, TextStringObject)):
            return ByteStringObject(self._new_id(value, source))
        assert isinstance(value, PdfObject)
        return value

    def _mark_list(self, owners: dict[int, IndirectObject]) -> IndirectObject:
        array = ArrayObject([NullObject()] * (max(owners) + 1 if owners else 0))
        for mark, owner in owners.items():
            array[mark] = owner
        return self.writer._add_object(array)

    def _number_tree(self, nums: list[tuple[int, PdfObject]]) -> DictionaryObject:
        """A number tree of leaves of 64: readers look up one page without reading all of them."""
        if len(nums) <= _LEAF:
            return DictionaryObject({NameObject("/Nums"): _flat(nums)})
        kids = ArrayObject()
        for start in range(0, len(nums), _LEAF):
            leaf = nums[start : start + _LEAF]
            limits = ArrayObject([NumberObject(leaf[0][0]), NumberObject(leaf[-1][0])])
            node = DictionaryObject({NameObject("/Limits"): limits, NameObject("/Nums"): _flat(leaf)})
            kids.append(self.writer._add_object(node))
        return DictionaryObject({NameObject("/Kids"): kids})

    def _id_tree(self) -> IndirectObject:
        names = ArrayObject()
        for name, reference in sorted(self.ids.items()):
            names.extend([ByteStringObject(name), reference])
        leaf = DictionaryObject({NameObject("/Names"): names})
        return self.writer._add_object(leaf)


def _element(role: str, parent: Any) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/" + role),
            NameObject("/P"): parent,
        }
    )


def _kids_of(element: DictionaryObject) -> list[Any]:
    kids = _resolved(element.get("/K"))
    if isinstance(kids, ArrayObject):
        return list(kids)
    return [] if kids is None else [kids]


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, NumberObject) else -1


def _end_of(name: str, table: dict[str, str]) -> str:
    """The standard tag that a chain of own names ends in; NonStruct when it goes round in circles or ends nowhere."""
    seen = set()
    while name in table and name not in STANDARD and name not in seen:
        seen.add(name)
        name = table[name]
    return name if name in STANDARD else "NonStruct"


def _flat(nums: list[tuple[int, PdfObject]]) -> ArrayObject:
    return ArrayObject([part for key, value in nums for part in (NumberObject(key), value)])
