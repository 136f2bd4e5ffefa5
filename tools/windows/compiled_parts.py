"""What is compiled into a library, as the bill of materials in its wheel tells it: Rust crates above all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARTS = Path(__file__).parent / "licences" / "parts"
"""The texts of the licences of compiled parts, by their names of the SPDX list."""

_BILL = re.compile(r"\.dist-info/sboms/.*\.(?:cyclonedx|cdx)\.json$")
_CHOICE = re.compile(r"\s+OR\s+")


@dataclass(frozen=True, order=True)
class CompiledPart:
    """One part: its name and version, who wrote it, its licence as its makers say it, and where its source is."""

    name: str
    version: str
    authors: str
    licence: str
    home: str
    is_crate: bool
    """True for a Rust crate: wheels carry no texts of theirs."""


def compiled_parts(files: Mapping[str, bytes]) -> list[CompiledPart]:
    """The parts that a wheel's own bill of materials names; nothing for a wheel without one."""
    found = set()
    for name, content in files.items():
        if _BILL.search(name):
            found |= {_part(row) for row in json.loads(content).get("components", ()) if row.get("type") == "library"}
    return sorted(found)


def _part(row: Mapping[str, Any]) -> CompiledPart:
    licences = [one.get("expression") or _of_licence(one.get("license", {})) for one in row.get("licenses", ())]
    homes = {one.get("type"): one.get("url") for one in row.get("externalReferences", ())}
    home = homes.get("vcs") or homes.get("website") or row.get("purl", "")
    authors = row.get("author") or ", ".join(one.get("name", "") for one in row.get("authors", ()))
    crate = str(row.get("purl", "")).startswith("pkg:cargo/")
    licence = " AND ".join(filter(None, licences))
    return CompiledPart(row["name"], row.get("version", ""), authors, licence, home or "", crate)


def _of_licence(said: Mapping[str, Any]) -> str:
    return str(said.get("id") or said.get("name") or "")


def texts_needed(parts: Iterable[CompiledPart]) -> dict[str, bytes]:
    """The text of a licence of each crate; of a choice, one that is here. Raises ValueError where there is none."""
    needed: dict[str, bytes] = {}
    for part in (one for one in parts if one.is_crate):
        for names in _all_of(part.licence):
            here = next((name for name in names if (PARTS / f"{name}.txt").is_file()), None)
            if here is None:
                raise ValueError(f"{part.name} is under {part.licence}: put the text into {PARTS.name} in licences")
            needed[f"{here}.txt"] = (PARTS / f"{here}.txt").read_bytes()
    return needed


def _all_of(expression: str) -> list[list[str]]:
    """What an expression asks for: all of these, and of each one of its choices. `A AND (B OR C)` is [[A], [B, C]]."""
    groups = [group.strip(" ()") for group in re.split(r"\s+(?:AND|WITH)\s+", expression)]
    return [[name.strip(" ()") for name in _CHOICE.split(group)] for group in groups if group]


def parts_text(library: str, parts: Iterable[CompiledPart]) -> bytes:
    """The list of a library's compiled parts, each with its licence, its authors and the address of its source."""
    lines = [f"What is compiled into the files of {library}, by its makers' own bill of materials.", ""]
    for part in parts:
        lines += [f"{part.name} {part.version}".strip(), f"    {part.licence or 'licence not told'}"]
        lines += [f"    {line}" for line in (part.authors, part.home) if line]
    return "\r\n".join([*lines, ""]).encode()
