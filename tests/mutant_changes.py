"""The small mistakes that tests.mutants puts into a module: which there are, and the module's code with one of them.

A comparison turned or moved by its boundary; a sign; a number; an `and` for an `or`, or one of the conditions that they
join left out; a `not`; a way out of a function or a filter left out; min for max, any for all; two arguments changed
round; one code of a set of codes, or a word that is compared with, misspelt.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parent.parent

_TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_SIGNS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_TWINS = {
    "min": "max", "max": "min", "any": "all", "all": "any", "startswith": "endswith", "endswith": "startswith",
}  # fmt: skip
_SAME_EITHER_WAY = {"min", "max", "isinstance", "issubclass", "zip", "cast", "getattr", "hasattr"}
"""Calls whose two arguments cannot be changed round, or may as well be."""

_CODE = re.compile(r"[\w-]{1,40}")
_WAYS_OUT = (ast.Return, ast.Continue, ast.Break, ast.Raise)

Change = Callable[[], object]


@dataclass(frozen=True)
class Mutant:
    """One change: the module, its line, the function or name that it is in, what stands there and what would."""

    module: str
    line: int
    inside: str
    before: str
    after: str
    tree: ast.Module
    is_default: bool = False
    """In the default of an argument, which is read on import."""

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.inside}: {self.before} -> {self.after}"

    @property
    def known_as(self) -> str:
        """How EQUIVALENT names it: without the line, which moves."""
        return f"{self.module} {self.inside}: {self.before} -> {self.after}"

    @cached_property
    def code(self) -> CodeType:
        """The module with the change, compiled."""
        return compile(self.tree, str(file_of(self.module)), "exec")


def file_of(module: str) -> Path:
    """The source of a module."""
    return ROOT / "generator" / f"{module.replace('.', '/')}.py"


@dataclass(frozen=True)
class Source:
    """A module's text taken apart, and the places where it can be changed: (number of the node, which change)."""

    module: str
    tree: ast.Module

    @classmethod
    def read(cls, module: str) -> Source:
        return cls(module, ast.parse(file_of(module).read_text("utf-8")))

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        aside = {id(part) for root in _not_run(self.tree) for part in ast.walk(root)}
        nodes = enumerate(ast.walk(self.tree))
        return [(n, which) for n, node in nodes if id(node) not in aside for which in range(len(_changes(node)))]

    def mutant(self, number: int, which: int) -> Mutant:
        """The module with one change."""
        whole = deepcopy(self.tree)
        node = next(one for place, one in enumerate(ast.walk(whole)) if place == number)
        inside, before, after = self.told(node, which)
        _changes(node)[which]()
        ast.fix_missing_locations(whole)
        return Mutant(self.module, _line(node), inside, before, after, whole, number in self._defaults)

    def known_as(self) -> Iterator[str]:
        """How each change is named in EQUIVALENT."""
        nodes = list(ast.walk(self.tree))
        for number, which in self.places:
            inside, before, after = self.told(nodes[number], which)
            yield f"{self.module} {inside}: {before} -> {after}"

    def told(self, node: ast.AST, which: int) -> tuple[str, str, str]:
        """What a change of a node is in, what stands there and what would."""
        changed = deepcopy(node)
        _changes(changed)[which]()
        before, after = _said(node), _said(changed)
        if isinstance(node, ast.Dict | ast.Set | ast.Tuple | ast.List):  # only the code that is misspelt
            pairs = zip(before.split(", "), after.split(", "), strict=True)
            before, after = next((one, other) for one, other in pairs if one != other)
        return self.owner(_line(node))[0], before, after

    @cached_property
    def _defaults(self) -> set[int]:
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.arguments)]
        parts = {
            id(part) for node in nodes for one in (*node.defaults, *node.kw_defaults) if one for part in ast.walk(one)
        }
        return {n for n, node in enumerate(ast.walk(self.tree)) if id(node) in parts}

    def owner(self, line: int) -> tuple[str, range]:
        """The outermost function or the assigned name that a line stands in, and the function's lines; else none."""
        for node in _of_modules_and_classes(self.tree):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            if first <= line <= (node.end_lineno or line):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    return node.name, range(first, (node.end_lineno or line) + 1)
                target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
                return (ast.unparse(target) if target else "module"), range(0)
        return "module", range(0)


def _of_modules_and_classes(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in tree.body:
        yield from node.body if isinstance(node, ast.ClassDef) else [node]


def _not_run(tree: ast.Module) -> Iterator[ast.AST]:
    """What is no rule: decorators, annotations, `if TYPE_CHECKING`, `__all__`, widths and colours on paper."""
    for node in ast.walk(tree):
        yield from getattr(node, "decorator_list", ())
        for name in ("annotation", "returns"):
            if found := getattr(node, name, None):
                yield found
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield node
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            yield node
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Column", "Chart"):
            yield from node.args[2:3]
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("Literal", "NewType"):
            yield node


def _said(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return f"if {ast.unparse(node.test)}"
    if isinstance(node, ast.comprehension):
        return f"for {ast.unparse(node.target)}" + "".join(f" if {ast.unparse(one)}" for one in node.ifs)
    if isinstance(node, ast.Dict | ast.Set | ast.Tuple | ast.List):
        return ", ".join(ast.unparse(one) for one in (node.keys if isinstance(node, ast.Dict) else node.elts) if one)
    return ast.unparse(node)


def _line(node: ast.AST) -> int:
    return node.target.lineno if isinstance(node, ast.comprehension) else node.lineno  # type: ignore[attr-defined,no-any-return]


def _changes(node: ast.AST) -> list[Change]:
    """What can be changed at a node, each as a function that does it."""
    return [change for kind, changes in _KINDS if isinstance(node, kind) for change in changes(node)]


def _compare(node: ast.Compare) -> Iterator[Change]:
    for n, sign in enumerate(node.ops):
        if type(sign) in _TURNED:
            yield lambda n=n: node.ops.__setitem__(n, _TURNED[type(node.ops[n])]())  # type: ignore[misc]
        word = node.comparators[n]
        if isinstance(sign, ast.In | ast.NotIn) and _is_code(word):
            yield lambda word=word: setattr(word, "value", word.value[:-1])  # type: ignore[misc]
        elif _is_code(word):
            yield lambda word=word: setattr(word, "value", word.value + "x")  # type: ignore[misc]


def _joined(node: ast.BoolOp) -> Iterator[Change]:
    yield lambda: setattr(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    if isinstance(node.op, ast.And) or not _is_plain(node.values[-1]):
        for n in range(len(node.values)):
            yield lambda n=n: setattr(node, "values", _without(node.values, n))  # type: ignore[misc]


def _without(values: list[ast.expr], left_out: int) -> list[ast.expr]:
    """The other conditions; of two the one that stays is asked twice, since Python joins no fewer."""
    kept = [*values[:left_out], *values[left_out + 1 :]]
    return kept if len(kept) > 1 else [*kept, *deepcopy(kept)]


def _is_plain(node: ast.expr) -> bool:
    """What stands for nothing after an `or`: `or ""`, `or ()`, `or {}`."""
    return isinstance(node, ast.Constant | ast.Tuple | ast.List | ast.Dict)


def _sum(node: ast.BinOp | ast.AugAssign) -> Iterator[Change]:
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    if type(node.op) in _SIGNS and not any(_is_text(side) for side in sides):
        yield lambda: setattr(node, "op", _SIGNS[type(node.op)]())


def _is_text(node: ast.expr) -> bool:
    number = isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    return isinstance(node, ast.JoinedStr | ast.Constant) and not number


def _signed(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    if isinstance(node.op, ast.USub):
        yield lambda: setattr(node, "op", ast.UAdd())


def _constant(node: ast.Constant) -> Iterator[Change]:
    if type(node.value) in (int, float):
        yield lambda: setattr(node, "value", node.value + (1 if type(node.value) is int else 0.1))
    if type(node.value) is bool:
        yield lambda: setattr(node, "value", not node.value)


def _codes(node: ast.Set | ast.Tuple | ast.List) -> Iterator[Change]:
    if all(map(_is_code, node.elts)):
        for word in node.elts:
            yield lambda word=word: setattr(word, "value", word.value + "x")  # type: ignore[misc]


def _keys(node: ast.Dict) -> Iterator[Change]:
    for word in node.keys:
        if word is not None and _is_code(word):
            yield lambda word=word: setattr(word, "value", word.value + "x")  # type: ignore[misc]


def _is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_CODE.fullmatch(node.value))


def _asked(node: ast.If | ast.While | ast.IfExp) -> Iterator[Change]:
    if not isinstance(node.test, ast.Compare | ast.BoolOp) and not _is_not(node.test):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.If) and isinstance(node.body[-1], _WAYS_OUT) and not node.orelse:
        yield lambda: setattr(node, "test", ast.Constant(False))


def _is_not(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _chosen(node: ast.comprehension) -> Iterator[Change]:
    for n in range(len(node.ifs)):
        yield lambda n=n: setattr(node, "ifs", [*node.ifs[:n], *node.ifs[n + 1 :]])  # type: ignore[misc]


def _called(node: ast.Call) -> Iterator[Change]:
    func = node.func
    name = "id" if isinstance(func, ast.Name) else "attr"
    if (word := getattr(func, name, "")) in _TWINS:
        yield lambda: setattr(func, name, _TWINS[word])
    two = len({ast.dump(one) for one in node.args}) == 2 == len(node.args)
    if two and word not in _SAME_EITHER_WAY and not any(isinstance(one, ast.Starred) for one in node.args):
        yield lambda: setattr(node, "args", node.args[::-1])


_KINDS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[Change]]], ...] = (
    (ast.Compare, _compare),
    (ast.BoolOp, _joined),
    ((ast.BinOp, ast.AugAssign), _sum),
    (ast.UnaryOp, _signed),
    (ast.Constant, _constant),
    ((ast.Set, ast.Tuple, ast.List), _codes),
    (ast.Dict, _keys),
    ((ast.If, ast.While, ast.IfExp), _asked),
    (ast.comprehension, _chosen),
    (ast.Call, _called),
)
