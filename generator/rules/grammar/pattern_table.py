"""Tables of patterns: each entry says what it finds, with sentences that it finds and sentences that nothing finds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pkgutil import get_data  # importlib.resources would load tempfile with it
from typing import Any

from generator.values.shorthand import LONGEST

_PART = re.compile(r"\{([a-z_]+)\}")


def toml(name: str) -> dict[str, Any]:
    """One of the files of this folder."""
    return tomllib.loads((get_data(__package__, name) or b"").decode())


@cache
def _parts() -> Mapping[str, str]:
    return toml("parts.toml")


def filled(pattern: str) -> str:
    """The pattern with `{day}`, `{month}` and the like put in; KeyError when a part has no such name."""
    while found := _PART.search(pattern):
        pattern = pattern[: found.start()] + _parts()[found[1]] + pattern[found.end() :]
    return pattern


@dataclass(frozen=True)
class PatternEntry:
    """One line of a table: what it is in words, its pattern, and its examples."""

    what: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(filled(self.pattern))


@dataclass(frozen=True)
class PatternTable:
    """Entries of one kind; a text says it when one of them is found in its plain form."""

    name: str
    entries: tuple[PatternEntry, ...]

    def search(self, *texts: str) -> re.Match[str] | None:
        """The first entry's first place in one of the texts, which are in small letters or plain."""
        return next(
            (hit for entry in self.entries for text in texts if (hit := entry.compiled.search(text, 0, LONGEST))), None
        )

    def without(self, text: str) -> str:
        """The text with a space at every place that an entry finds."""
        for entry in self.entries:
            text = entry.compiled.sub(" ", text)
        return text


@cache
def tables(file: str) -> Mapping[str, PatternTable]:
    """All tables of a file by name."""
    return {
        name: PatternTable(name, tuple(_entries(rows))) for name, rows in toml(file).items() if isinstance(rows, list)
    }


def table(file: str, name: str) -> PatternTable:
    """One table of a file, compiled entry by entry when it is first looked at."""
    return tables(file)[name]


def _entries(rows: Iterable[Mapping[str, Any]]) -> Iterable[PatternEntry]:
    return (
        PatternEntry(row["what"], row["pattern"], tuple(row.get("yes", ())), tuple(row.get("no", ()))) for row in rows
    )
