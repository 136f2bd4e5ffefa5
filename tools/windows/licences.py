"""Whose work is in the archive, under which licence, with its text; and how a part of it is replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from tools.windows.compiled_parts import CompiledPart, compiled_parts, parts_text, texts_needed

TEXTS = Path(__file__).parent / "licences"
"""A folder for each library whose wheel names a licence, its own or of a part, and does not carry the text."""

_TEXT_NAME = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS|COPYRIGHT)", re.I)


@dataclass(frozen=True)
class Library:
    """A library of the archive: how its makers call it, its licence, and the texts that it carries."""

    name: str
    version: str
    licence: str
    home: str
    texts: Mapping[str, bytes]
    parts: tuple[CompiledPart, ...] = ()
    """What is compiled into its files."""


def library(files: Mapping[str, bytes]) -> Library:
    """What a wheel says of itself. Raises ValueError when there is no text of its licence anywhere."""
    [place] = [name for name in files if name.count("/") == 1 and name.endswith(".dist-info/METADATA")]
    told = HeaderParser().parsestr(files[place].decode())
    folder = place.rpartition("/")[0]
    name = str(told["Name"])
    texts = {
        inner.removeprefix("licenses/").replace("/", ", "): content
        for path, content in files.items()
        if path.startswith(f"{folder}/") and _TEXT_NAME.search(inner := path.removeprefix(f"{folder}/"))
    }
    own = TEXTS / name.lower().replace("_", "-")
    texts |= {path.name: path.read_bytes() for path in own.glob("*.txt")}
    parts = tuple(compiled_parts(files))
    if not texts:
        raise ValueError(f"{name} carries no text of its licence: put it into {own.relative_to(TEXTS.parents[2])}")
    return Library(name, str(told["Version"]), _licence(told.items()), _home(told.items()), texts, parts)


def _licence(told: list[tuple[str, str]]) -> str:
    """The licence in a few words: the expression, else the classifiers, else the first line of what is written."""
    by_name = dict(reversed(told))
    if "License-Expression" in by_name:
        return by_name["License-Expression"]
    marks = [v.rpartition(":: ")[2] for n, v in told if n == "Classifier" and v.startswith("License ::")]
    marks = [mark for mark in marks if mark != "OSI Approved"]
    return " / ".join(marks) or by_name.get("License", "").strip().partition("\n")[0]


def _home(told: list[tuple[str, str]]) -> str:
    addresses = [value.rpartition(", ")[2] for name, value in told if name == "Project-URL"]
    source = [a for a in addresses if re.search(r"git(hub|lab)|codeberg|foss\.heptapod", a)]
    return next(iter([*source, *addresses, *(v for n, v in told if n == "Home-page")]), "")


def licence_files(libraries: list[Library], python: bytes, own: Mapping[str, bytes]) -> dict[str, bytes]:
    """The folder LICENSES by name: a table, and every text in a folder of its library."""
    found = {f"{lib.name}/{PurePosixPath(name).name}": text for lib in libraries for name, text in lib.texts.items()}
    for lib in libraries:
        if lib.parts:
            found[f"{lib.name}/compiled parts.txt"] = parts_text(lib.name, lib.parts)
            found |= {f"licences of crates/{name}": text for name, text in texts_needed(lib.parts).items()}
    found["Python/LICENSE.txt"] = python
    found |= {f"sendpack/{name}": text for name, text in own.items()}
    return found
