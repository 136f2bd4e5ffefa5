"""Follows the `$ref`s of schemas: to a part of the same file, or of another file of the same set, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class LeadsNowhere(LookupError):
    """There is no schema part of this address."""


class Target(NamedTuple):
    """What a `$ref` points to, with what follows the `$ref`s inside it."""

    contents: Any
    resolver: Resolver


class Resolver:
    """Follows the `$ref`s that stand in one schema file; other files are found by the last part of their address."""

    def __init__(self, files: Mapping[str, Any], name: str) -> None:
        """`files` are the parsed schemas by file name, `name` is the file in which the `$ref`s stand."""
        self._files, self._name = files, name
        self._found: dict[str, Target] = {}

    def lookup(self, reference: str) -> Target:
        """The part of a schema that a `$ref` points to. Raises LeadsNowhere."""
        if reference not in self._found:
            address, _, part = reference.partition("#")
            there = self._file(address) if address else self
            contents = there._part(part)
            self._found[reference] = Target(contents, there)
        return self._found[reference]

    def _file(self, address: str) -> Resolver:
        name = address.rpartition("/")[2]
        if name not in self._files:
            own = [known for known, schema in self._files.items() if schema.get("$id") == address]
            name = own[0] if own else ""
        if not name:
            raise LeadsNowhere(address)
        return self if name == self._name else Resolver(self._files, name)

    def _part(self, part: str) -> Any:
        value = self._files[self._name]
        if part and not part.startswith("/"):
            return next(_anchored(value, part), None) or _nowhere(part)
        for step in part.split("/")[1:]:
            value = _step(value, _plain(step))
        return value


def _plain(step: str) -> str:
    """A step of a JSON pointer as it is meant (RFC 6901)."""
    if "%" in step:
        from urllib.parse import unquote

        step = unquote(step)
    return step.replace("~1", "/").replace("~0", "~")


def _step(value: Any, step: str) -> Any:
    if isinstance(value, dict) and step in value:
        return value[step]
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    return _nowhere(step)


def _nowhere(part: str) -> Any:
    raise LeadsNowhere(part)


def _anchored(value: Any, name: str) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and value.get("$anchor") == name:
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _anchored(below, name)
