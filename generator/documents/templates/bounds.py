"""How much a template may ask of the machine: steps, sizes of numbers and texts, and how long a document gets.

A school's template is a program that nobody has read. It is stopped long before it fills the memory or runs all night,
and far beyond what a document of a whole school needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, nodes, pass_environment, pass_eval_context
from jinja2.filters import do_batch, do_replace, do_round, do_sum
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, soft_str

STEPS = 300_000
"""Turns of loops and calls of macros while one document is merged; the register of 5,000 pupils takes some 50,000."""
LENGTH = 25_000_000
"""Characters of one part of a document, with its XML."""
_TEXT = 1_000_000
_BITS = 4096
"""The largest number that a template may work out has some 1,200 digits."""
_WIDE = 10_000

COUNTED, JOINED, KEPT = "counted", "joined", "kept_aside"
"""The filters through which `bounded` leads loops, what `~` joins and what blocks keep aside; nobody writes them."""


class TooMuch(Exception):
    """A template asks for more than any document needs."""


def bounded(tree: nodes.Template) -> nodes.Template:
    """The same template with its loops counted and what `~` joins measured."""
    found = _Bounded().visit(tree)
    assert isinstance(found, nodes.Template)
    return found


class _Bounded(NodeTransformer):
    """Leads what can grow without end through filters of ours."""

    _aside = 0
    """How many blocks that keep what they print (filter, set, macro, call) are open: that is in nobody's hands yet."""

    def _kept_aside(self, node: Any) -> Any:
        self._aside += 1
        self.generic_visit(node)
        self._aside -= 1
        return node

    visit_FilterBlock = visit_AssignBlock = visit_Macro = visit_CallBlock = _kept_aside

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        self.generic_visit(node)
        if self._aside:
            node.nodes = [_through(KEPT, one) for one in node.nodes]
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        node.iter = _through(COUNTED, node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        self.generic_visit(node)
        return _through(JOINED, nodes.Tuple(node.nodes, "load", lineno=node.lineno))


def _through(name: str, node: Any) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


class Steps:
    """The steps of one merge."""

    def __init__(self) -> None:
        self._taken = 0
        self._kept = 0

    def take(self) -> None:
        """One more. Raises TooMuch."""
        self._taken += 1
        if self._taken > STEPS:
            raise TooMuch(f"its loops take more than {STEPS:,} turns")

    def keep(self, value: Any) -> Any:
        """What a block keeps aside. Raises TooMuch as soon as all of it is too long."""
        self._kept += len(value) if isinstance(value, str) else 1
        if self._kept > LENGTH:
            raise TooMuch("what it prints is too long for any document")
        return value

    def of(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values, each of them a step."""
        for value in values:
            self.take()
            yield value


def in_bounds(parts: Iterable[str]) -> str:
    """The parts of a document joined. Raises TooMuch as soon as they are too long."""
    kept, length = [], 0
    for part in parts:
        length += len(part)
        if length > LENGTH:
            raise TooMuch("what it prints is too long for any document")
        kept.append(part)
    return "".join(kept)


def fits(text: Any) -> Any:
    """A text, when it is not too long. Raises TooMuch."""
    if isinstance(text, str) and len(text) > _TEXT:
        raise TooMuch(f"a text grows over {_TEXT:,} letters")
    return text


def operands(sign: str, left: Any, right: Any) -> None:
    """Raises TooMuch where a power, a product or a pattern would give something too large to be worked out."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | bytes | list | tuple) and isinstance(other, int) and len(one) * other > _TEXT:
            raise TooMuch(f"a text or list is repeated {other:,} times")
    if sign == "%" and isinstance(left, str):
        pattern(left)
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * max(right, 1) if sign == "**" else left.bit_length() + right.bit_length()
        if bits > _BITS and sign in ("**", "*"):
            raise TooMuch("a number grows too large")
    elif sign == "**" and max(_digits(left), _digits(right)) > 300:
        raise TooMuch("a number grows too large")


def _digits(number: Any) -> int:
    try:
        return len(str(int(abs(number))))
    except (TypeError, ValueError, OverflowError):
        return 0


def pattern(text: str) -> None:
    """Raises TooMuch for a pattern that makes a text thousands of letters wide, as `%99999d` does."""
    if re.search(r"\d{4}|%[^a-z]*\*|:[^}]*\{", text):
        raise TooMuch("a pattern makes a text very wide")


def call(function: Any, arguments: Iterable[Any]) -> None:
    """Raises TooMuch for a method of a text or a number that would make something very large."""
    owner, given = getattr(function, "__self__", None), list(arguments)
    if not isinstance(owner, str | bytes | int | float | list | tuple):
        return
    if any(isinstance(one, int) and abs(one) > _WIDE for one in given):
        raise TooMuch(f"{function.__name__} is asked for something very large")
    if isinstance(owner, str) and function.__name__ in ("replace", "join", "translate", "expandtabs"):
        longest = max((len(str(one)) for one in given if not isinstance(one, list | tuple)), default=0)
        pieces = [piece for one in given if isinstance(one, list | tuple) for piece in one]
        if (len(owner) + 1) * (longest + len(pieces) + 8) > 20 * _TEXT:
            raise TooMuch(f"a text grows over {_TEXT:,} letters")


def measured(value: Any, so_far: int = 0) -> int:
    """How long the text of a value is, and of what is in it. Raises TooMuch as soon as that is known."""
    if isinstance(value, str):
        so_far += len(value)
    elif isinstance(value, list | tuple):
        for inner in value:
            so_far = measured(inner, so_far + 2)
    if so_far > _TEXT:
        raise TooMuch(f"a text grows over {_TEXT:,} letters")
    return so_far


def joined(values: Iterable[Any]) -> Any:
    """What `~` joins, as Jinja does it: with marks kept where one of them has marks. Raises TooMuch."""
    parts = list(values)
    measured(parts)
    texts = [value if isinstance(value, str) else str(value) for value in parts]
    if any(isinstance(text, Markup) for text in texts):
        return Markup("").join(texts)
    return "".join(texts)


# -- Jinja's own filters, within bounds --------------------------------------------------------------------------------


@pass_eval_context
def replace_(settings: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """Jinja's replace, of texts that do not grow beyond every bound."""
    if str(text).count(str(old)) * len(str(new)) + len(str(text)) > 1_000_000:
        raise TooMuch("a text grows over 1,000,000 letters")
    found: str = do_replace(settings, text, old, new, count)
    return found


def batch_(values: Iterable[Any], size: int, fill: Any = None) -> Iterator[list[Any]]:
    """Jinja's batch, in rows of a length that a page may have."""
    if size > 1000:
        raise TooMuch(f"rows of {size:,} cells")
    yield from do_batch(values, size, fill)


def round_(number: float, digits: int = 0, method: Any = "common") -> float:
    """Jinja's round."""
    return do_round(number, max(-30, min(digits, 30)), method)


@pass_environment
def sum_(environment: Environment, values: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    """Jinja's sum, of what can be counted together."""
    if isinstance(start, str | list | tuple):
        raise TooMuch("only numbers can be added up: join texts with the filter join")
    return do_sum(environment, values, attribute, start)


def string_(value: Any) -> str:
    """Jinja's string, of a value that is not too long."""
    measured(value)
    return soft_str(value)


def range_(*numbers: int) -> range:
    """Python's range, of a length that a document may have."""
    found = range(*numbers)
    if len(found) > 100_000:
        raise TooMuch(f"a loop goes from {found.start} to {found.stop}")
    return found
