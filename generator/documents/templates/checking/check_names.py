"""The names in a template's tags, read without a case: every one that does not exist, also where no case goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jinja2 import TemplateSyntaxError, nodes

from generator.documents.templates.checking.available_fields import KnownFields
from generator.documents.templates.checking.check_syntax import TagFault, mended
from generator.documents.templates.jinja_tags import JINJA
from generator.records.schema.schema_view import Shape
from generator.values.did_you_mean import nearest_or_all

_LOOP = Shape(
    {
        "type": "object",
        "properties": {
            name: {}
            for name in (
                "index",
                "index0",
                "revindex",
                "revindex0",
                "first",
                "last",
                "length",
                "depth",
                "depth0",
                "previtem",
                "nextitem",
                "cycle",
                "changed",
            )
        },
    },
    None,
)
_TEXT = Shape({"type": "string"}, None)


@dataclass
class Printed:
    """The fields that a template uses, as shape and name: what it never prints can be told from the rest."""

    seen: set[tuple[int, str]] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    """Dotted names of fields that facts print on the record's behalf."""


@dataclass(frozen=True)
class _List:
    """A list made by a filter, of what its entries may be."""

    items: Meant


Meant = tuple["Shape | _List", ...]
"""What a value may be; nothing when that cannot be told, so that nothing is said against it."""


def check_source(source: str, known: KnownFields, printed: Printed) -> list[TagFault]:
    """Every fault of one part's tags, in the order of its paragraphs; `printed` gathers the fields that are used."""
    faults: list[TagFault] = []
    whole = mended(source, faults)
    try:
        tree = JINJA.parse(whole)
    except TemplateSyntaxError as error:
        faults.append(TagFault(error.lineno, f"the tags do not fit together: {(error.message or '').rstrip('.')}"))
    else:
        _NameReader(known, faults, printed).body([tree])
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.line)


class _NameReader:
    """Walks through a template as if every branch were taken, with what each name stands for."""

    def __init__(self, known: KnownFields, faults: list[TagFault], printed: Printed) -> None:
        self._known, self._faults, self._printed = known, faults, printed
        self._scopes: list[dict[str, Meant]] = [{name: (shape,) for name, shape in known.names.items()}]

    def body(self, statements: Iterable[nodes.Node]) -> None:
        for node in statements:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                self._output(part)
        elif isinstance(node, nodes.For):
            self._loop(node)
        elif isinstance(node, nodes.If):
            self.value(node.test)
            self.body(node.body)
            self.body(node.elif_)
            self.body(node.else_)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self.value(node.node), self._scopes[-1])
        elif isinstance(node, nodes.Macro | nodes.CallBlock):
            given: dict[str, Meant] = dict.fromkeys(
                [*(argument.name for argument in node.args), "caller", "varargs"], ()
            )
            if isinstance(node, nodes.Macro):
                self._scopes[-1][node.name] = ()
            else:
                self.value(node.call)
            self._within(given, node.body)
        elif isinstance(node, nodes.With):
            bound: dict[str, Meant] = {}
            for target, value in zip(node.targets, node.values, strict=True):
                self._bind(target, self.value(value), bound)
            self._within(bound, node.body)
        elif isinstance(node, nodes.Expr):
            self.value(node)
        else:
            self.body(node.iter_child_nodes())

    def _within(self, names: dict[str, Meant], body: Iterable[nodes.Node]) -> None:
        self._scopes.append(names)
        self.body(body)
        self._scopes.pop()

    def _loop(self, node: nodes.For) -> None:
        entries = self._entries(node.iter)
        names: dict[str, Meant] = {"loop": (_LOOP,)}
        self._bind(node.target, entries, names)
        self._scopes.append(names)
        if node.test is not None:
            self.value(node.test)
        self.body(node.body)
        self._scopes.pop()
        self.body(node.else_)

    def _entries(self, node: nodes.Node) -> Meant:
        found = self.value(node)
        if found and all(isinstance(one, Shape) and _is_single(one) for one in found):
            self._fault(node, "it is a single value, so there is nothing to loop over", "loop over a list")
        return self._items(found)

    def _items(self, found: Meant) -> Meant:
        items: list[Shape | _List] = []
        for one in found:
            if isinstance(one, _List):
                items += one.items
            elif not one.types and not one.names:
                return ()  # the schema leaves open what it is
            elif "array" in one.types:
                item = self._known.meant(one.item())
                items += [item] if item is not None else []
            else:
                items.append(_TEXT)  # a group of fields gives its names
        return tuple(items)

    def _bind(self, target: nodes.Node, meant: Meant, names: dict[str, Meant]) -> None:
        if isinstance(target, nodes.Name):
            names[target.name] = meant
        else:
            for one in target.find_all(nodes.Name):
                names[one.name] = ()

    def _output(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        for one in self.value(node):
            if isinstance(one, _List) or one.types == {"array"}:
                self._fault(node, "a list cannot be printed as it is", "loop over it, or use the filter and_list")
            elif one.types == {"object"}:
                self._fault(node, "a group of fields cannot be printed", self._instead(node))
            elif drawn := _drawn_by(one):
                what = "a picture" if drawn == "photo" else "a chart"
                hint = f"write {{{{ {_written(node) or '…'} | {one.keywords['x-print']} }}}}"
                self._fault(node, f"{what} is printed with the filter {drawn}", hint)

    def _instead(self, node: nodes.Node) -> str:
        """What to write for a group of fields: the fact that is printed of it, where there is one."""
        facts, written = self._known.names.get("facts"), _written(node)
        for name in facts.names if facts is not None and written else ():
            fact = facts.property(name) if facts is not None else None
            if fact is not None and written in fact.keywords.get("x-from", ()) and _is_single(fact):
                given = fact.keywords.get("x-print")
                return f"write {{{{ facts.{name}{f' | {given}' if given else ''} }}}}"
        return "name the field that is meant"

    def value(self, node: nodes.Node | None) -> Meant:
        """What an expression may be; names that do not exist are faults on the way."""
        if isinstance(node, nodes.Name):
            return self._name(node)
        if isinstance(node, nodes.Getattr):
            return self._field(node, self.value(node.node), node.attr)
        if isinstance(node, nodes.Getitem):
            return self._item(node)
        if isinstance(node, nodes.CondExpr):
            self.value(node.test)
            return (*self.value(node.expr1), *self.value(node.expr2)) if node.expr2 else self.value(node.expr1)
        if isinstance(node, nodes.Or):
            left, right = self.value(node.left), self.value(node.right)
            return (*left, *right) if left and right else ()
        if isinstance(node, nodes.And):
            self.value(node.left)
            return self.value(node.right)
        if isinstance(node, nodes.Sub) and (dashed := self._dashed(node)):
            self._fault(node, dashed)
            return ()
        if isinstance(node, nodes.Filter):
            return self._filter(node)
        if isinstance(node, nodes.List | nodes.Tuple):
            entries = [self.value(item) for item in node.items]
            return (_List(tuple(one for entry in entries for one in entry)),) if all(entries) else ()
        if node is not None:
            for child in node.iter_child_nodes():
                self.value(child)
        return ()

    def _name(self, node: nodes.Name) -> Meant:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        if node.name not in JINJA.globals:
            there = {name for scope in self._scopes for name in scope}
            self._fault(node, f"there is no field {node.name!r}{nearest_or_all(node.name, there)}")
        return ()

    def _dashed(self, node: nodes.Sub) -> str:
        """What is wrong with `pupil.date-of-birth`, where the name has underscores; empty for a real subtraction."""
        names: list[str] = []
        first: nodes.Node = node
        while isinstance(first, nodes.Sub) and isinstance(first.right, nodes.Name):
            names.insert(0, first.right.name)
            first = first.left
        if not isinstance(first, nodes.Getattr):
            return ""
        base = self.value(first.node)
        known = {name for one in base if isinstance(one, Shape) for name in one.names}
        written, right = "-".join([first.attr, *names]), "_".join([first.attr, *names])
        return f"there is no field {written!r} (did you mean {right!r}?)" if right in known else ""

    def _item(self, node: nodes.Getitem) -> Meant:
        base = self.value(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(node, base, node.arg.value)
        self.value(node.arg)
        if any(isinstance(one, Shape) and "object" in one.types for one in base):
            return ()
        return () if isinstance(node.arg, nodes.Slice) else self._items(base)

    def _field(self, node: nodes.Node, base: Meant, name: str) -> Meant:
        found: list[Shape | _List] = []
        allowed = False
        if any(isinstance(one, Shape) and not one.types and not one.names for one in base):
            return ()  # the schema leaves open what it is
        for one in base:
            if (isinstance(one, Shape) and one.names and name in one.names) or (isinstance(one, Shape) and _open(one)):
                self._use(one, name)
                inner = self._known.meant(one.property(name))
                allowed = True
                if inner is None:
                    return ()
                found.append(inner)
            elif name in _attributes(one):
                allowed = True
        if base and not allowed:
            self._fault(node, self._no_field(base, name))
        return tuple(found)

    def _use(self, shape: Shape, name: str) -> None:
        self._printed.seen.add((id(shape), name))
        inner = shape.property(name)
        if inner is not None:
            self._printed.passed |= set(inner.keywords.get("x-from", ()))

    @staticmethod
    def _no_field(base: Meant, name: str) -> str:
        names = {n for one in base if isinstance(one, Shape) for n in one.names}
        if names:
            return f"there is no field {name!r}{nearest_or_all(name, names)}"
        if all(isinstance(one, _List) or "array" in one.types for one in base):
            return f"there is no field {name!r} here: this is a list, so loop over it first"
        return f"there is no field {name!r} here: this is a single value"

    def _filter(self, node: nodes.Filter) -> Meant:
        base = self.value(node.node) if node.node is not None else ()
        if node.name in _DRAWING and node.node is not None:
            if any(not isinstance(one, Shape) or (one.types and _drawn_by(one) != node.name) for one in base):
                what = "a picture" if node.name == "photo" else "a chart"
                self._fault(node.node, f"the filter {node.name} needs {what}", self._instead(node.node))
            return ()
        for child in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self.value(child)
        attribute = _attribute(node)
        meant: Meant = ()
        if attribute is not None:
            meant = self._items(base)
            for name in attribute.split("."):
                meant = self._field(node, meant, name)
        if node.name in ("first", "last", "max", "min"):
            return self._items(base)
        if node.name in ("list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"):
            return base
        if node.name == "batch":
            return (_List((_List(self._items(base)),)),) if base else ()
        return (_List(meant),) if node.name == "map" and attribute and meant else ()

    def _fault(self, node: nodes.Node, message: str, hint: str = "") -> None:
        self._faults.append(TagFault(node.lineno, message, hint, _written(node)))


_DRAWING = ("photo", "chart")
"""Filters that put a drawing into the line."""


def _drawn_by(one: Shape | _List) -> str:
    """The filter that prints a value which is no text; empty for text."""
    given = str(one.keywords.get("x-print", "")) if isinstance(one, Shape) else ""
    return next((name for name in _DRAWING if given == name or given.startswith(f"{name}(")), "")


def _attribute(node: nodes.Filter) -> str | None:
    """The field that a filter looks at in each entry: `map(attribute="title")`, `selectattr("date")`."""
    given: list[nodes.Node] = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    if node.name in ("selectattr", "rejectattr", "groupby"):
        given = [*node.args[:1], *given]
    named = [one.value for one in given if isinstance(one, nodes.Const) and isinstance(one.value, str)]
    return named[0] if named else None


def _is_single(shape: Shape) -> bool:
    return bool(shape.types) and not {"array", "object"} & shape.types and not shape.names


def _open(shape: Shape) -> bool:
    """True when any name is allowed, as in a mapping from ids to names."""
    return "object" in shape.types and bool(shape.keywords.get("additionalProperties", not shape.names))


_PUBLIC = {
    "text": {name for name in dir(str) if not name.startswith("_")},
    "list": {"index", "count"},
    "number": {name for kind in (int, Decimal) for name in dir(kind) if not name.startswith("_")},
    "date": {name for name in dir(date) if not name.startswith("_")},
}


def _attributes(one: Shape | _List) -> set[str]:
    """What Python itself offers on a value, such as `.upper()` of a text and `.year` of a date."""
    if isinstance(one, _List) or "array" in one.types:
        return _PUBLIC["list"]
    if one.value == "date":
        return _PUBLIC["date"]
    if not one.types:
        return set().union(*_PUBLIC.values())
    counts = one.value in ("money", "number") or ("string" not in one.types and one.types & {"number", "integer"})
    return _PUBLIC["number" if counts else "text"]


def _written(node: nodes.Node) -> str:
    """The expression as it was written, as far as it is a chain of names."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return ""
