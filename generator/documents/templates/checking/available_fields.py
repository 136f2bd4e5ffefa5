"""Everything that a template may print: the records' fields, what follows from them, the words, the document itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.records.schema.schema_files import Schemas
from generator.records.schema.schema_view import Shape

BESIDE = "template"
"""The schema of what is no record: `document`, `facts`, and what the bundle's own pages get."""


@dataclass(frozen=True)
class KnownFields:
    """What a template may name, and what the schemas say about each: the shapes by name, and the schemas themselves."""

    names: Mapping[str, Shape]
    schemas: Schemas

    def meant(self, shape: Shape | None) -> Shape | None:
        """The shape itself, or that of the record which it passes on (`x-record: pupil.needs`)."""
        if shape is None or "x-record" not in shape.keywords:
            return shape
        return self.at(str(shape.keywords["x-record"]))

    def at(self, dotted: str) -> Shape | None:
        """The shape of a field of a record: `pupil.needs`."""
        kind, *names = dotted.split(".")
        shape: Shape | None = self.schemas.shape(kind)
        for name in names:
            shape = shape.property(name) if shape else None
        return shape


def listed(shape: Shape) -> Shape:
    """A list of what the shape says: the shape of `meetings`, from that of a meeting."""
    made = Shape({"type": "array", "description": "Every record of this kind, oldest first."}, None)
    made._items = shape  # one shape for both, so that a field printed in a loop counts as printed
    return made


def known(schemas: Schemas, words: Iterable[str], *, bundle_pages: bool = False) -> KnownFields:
    """What every template may name; with `bundle_pages`, also what only the bundle's own pages get."""
    beside = schemas.shape(BESIDE)
    names: dict[str, Shape] = {}
    for kind in record_kinds(schemas):
        shape, name = schemas.shape(kind), kind.replace("-", "_")
        names[name] = shape
        if schemas.has_many(kind):
            names[f"{name}s"] = listed(shape)
    if (items := schemas.shape("evidence").property("items")) is not None:
        names["evidence"] = items
    names |= {name: found for name in ("document", "facts") if (found := beside.property(name)) is not None}
    names["words"] = Shape({"type": "object", "properties": {word: {"type": "string"} for word in sorted(words)}}, None)
    pages = beside.property("bundle_pages")
    if bundle_pages and pages is not None:
        names |= {name: found for name in pages.names if (found := pages.property(name)) is not None}
    return KnownFields(names, schemas)


def record_kinds(schemas: Schemas) -> list[str]:
    """The kinds of record that a template sees; an authority's pack is not among them."""
    return [kind for kind in schemas.kinds if kind != "pack"]


# -- for people -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FieldRow:
    """One field as `template fields` lists it: how it is written, what it is, and a tag to copy."""

    path: str
    meaning: str
    tag: str


def field_rows(known: KnownFields, name: str) -> list[FieldRow]:
    """Every field under a name, with an example tag; a list gives the loop around what each entry has."""
    shape = known.names[name]
    return list(_rows(known, name, shape, frozenset())) if name != "words" else _words(shape)


def _words(shape: Shape) -> list[FieldRow]:
    return [
        FieldRow(f"words.{word}", "What the authority calls it.", f"{{{{ words.{word} }}}}") for word in shape.names
    ]


def _rows(known: KnownFields, path: str, shape: Shape, above: frozenset[int]) -> Iterator[FieldRow]:
    if id(shape) in above:
        return
    above |= {id(shape)}
    if "array" in shape.types:
        item = known.meant(shape.item())
        one = singular(path.rpartition(".")[2])
        loop = f"{{%p for {one} in {path} %}} … {{%p endfor %}}"
        yield FieldRow(path, meaning(shape), loop)
        if item is not None and item.names:
            yield from _below(known, one, item, above)
        return
    if shape.types == {"object"} and not shape.names:
        yield FieldRow(path, meaning(shape), f"{{%p for name, value in {path} | pairs %}} … {{%p endfor %}}")
        return
    if shape.types == {"object"}:
        yield from _below(known, path, shape, above)
        return
    yield FieldRow(path, meaning(shape), f"{{{{ {path}{_filter(shape)} }}}}")


def _below(known: KnownFields, path: str, shape: Shape, above: frozenset[int]) -> Iterator[FieldRow]:
    for name in shape.names:
        inner = shape.property(name)
        passed = known.meant(inner)
        if inner is not None and passed is not inner:
            # The fields of another record are listed under that record, not again in every place that passes it on.
            yield FieldRow(
                f"{path}.{name}", f"{meaning(inner)} Fields: {inner.keywords['x-record']}.", f"{path}.{name}"
            )
        elif inner is not None and name != "not_known":
            yield from _rows(known, f"{path}.{name}", inner, above)


def meaning(shape: Shape) -> str:
    """The schema's own description."""
    return str(shape.keywords.get("description", ""))


_IRREGULAR = {"people": "person", "strategies": "strategy", "agencies": "agency", "entries": "entry", "criteria": "row"}


def singular(name: str) -> str:
    """A name for one entry of a list: `need` for needs, `person` for people."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else "point"


def _filter(shape: Shape) -> str:
    """The filter that the field is mostly printed with."""
    given: Any = shape.keywords.get("x-print") or {"money": "money"}.get(shape.value or "")
    if not given and shape.keywords.get("enum") and shape.value != "yes_no":
        given = "label"
    return f" | {given}" if given else ""
