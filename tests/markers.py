"""A school in which every field of a pupil's records holds a word of its own, and the search for these words.

The schemas say which fields there are, so a field that is new is covered by itself: what the example leaves out is
taken from the schema's own example.
"""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import yaml

from tests.example_school import ROOT

_SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (ROOT / "schemas").glob("*.json")}
Keys = tuple[str | int, ...]
LETTERS = "bcdfghjkmnprstvw"


@dataclass(frozen=True)
class Marker:
    """A word, the record in which it was planted, and the keys that lead there."""

    word: str
    file: str
    keys: Keys

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(map(str, self.keys))}"


class Planter:
    """Puts a word of its own into every text of a record, also into those that its author left out."""

    def __init__(self, start: str) -> None:
        self.planted: list[Marker] = []
        self._start = start
        self._ids: dict[str, list[str]] = {}

    def plant(self, path: Path, shown: str, schema: str, leave: Iterable[str] = ()) -> None:
        """Mark a record where it stands; `leave` are keys at its top that are not added where they are absent."""
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        own: dict[str, list[str]] = {}
        for group, name in _ids(data, _SCHEMAS[schema], _SCHEMAS[schema]):
            own.setdefault(group, []).append(name)
        self._ids |= own
        data = self._value(data, _SCHEMAS[schema], _SCHEMAS[schema], shown, (), set(leave))
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")

    def _word(self, shown: str, keys: Keys) -> str:
        number, word = len(self.planted), ""
        for _ in range(4):
            number, rest = divmod(number, len(LETTERS))
            word += LETTERS[rest]
        marker = Marker(f"{self._start}{word}", shown, keys)
        self.planted.append(marker)
        return marker.word

    def _value(self, value: Any, schema: Any, home: Any, shown: str, keys: Keys, leave: set[str]) -> Any:
        schema, home = _followed(schema, home)
        if isinstance(value, dict) and "not_known" in value:
            return value
        if isinstance(value, dict):
            found = {}
            properties = schema.get("properties", {})
            for key, inner in properties.items():
                at = (*keys, key)
                if key in value:
                    found[key] = self._value(value[key], inner, home, shown, at, set())
                elif key not in leave and _is_addable(key, inner, home, value):
                    example = copy.deepcopy(_followed(inner, home)[0]["examples"][0])
                    found[key] = self._value(_as_text(example), inner, home, shown, at, set())
            return found | {key: inner for key, inner in value.items() if key not in properties}
        if isinstance(value, list):
            item = schema.get("items", {})
            return [self._value(one, item, home, shown, (*keys, n), set()) for n, one in enumerate(value)]
        if "x-ref" in schema:
            there = self._ids.get(schema["x-ref"], [])
            return value if value in there or not there else there[0]
        if not isinstance(value, str) or not _is_words(schema):
            return _number(value, schema)
        word = self._word(shown, keys)
        if "@" in value:
            return f"{word}@family.example"
        return f"{word} {value}" if keys[-1] in ("address", "phone", "mobile") else f"{value} {word}"


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    return [_as_text(inner) for inner in value] if isinstance(value, list) else str(value)


def _ids(value: Any, schema: Any, home: Any) -> Iterator[tuple[str, str]]:
    """Every id that a record gives: its group and the word."""
    schema, home = _followed(schema, home)
    if "x-id" in schema:
        yield schema["x-id"], str(value)
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in schema.get("properties", {}):
            yield from _ids(inner, schema["properties"][key], home)
    for inner in value if isinstance(value, list) else ():
        yield from _ids(inner, schema.get("items", {}), home)


def _number(value: Any, schema: Any) -> Any:
    """A number as one, where the schema has no text for it."""
    numbers = isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value)
    if not numbers or {"integer", "number"}.isdisjoint(_types(schema)):
        return value
    return float(value) if "." in value else int(value)


def _types(schema: Any) -> set[str]:
    types = schema.get("type", ())
    return {types} if isinstance(types, str) else set(types)


def _followed(schema: Any, home: Any) -> tuple[Any, Any]:
    """A schema with what it refers to, and the file in which its own references are looked for."""
    while "$ref" in schema:
        name, _, path = schema["$ref"].partition("#")
        home = _SCHEMAS[name] if name else home
        found = home
        for key in path.strip("/").split("/"):
            found = found[key]
        schema = {**found, **{key: value for key, value in schema.items() if key != "$ref"}}
    for choice in schema.get("oneOf", schema.get("anyOf", ())):
        if _followed(choice, home)[0].get("type") == "string":
            return {**_followed(choice, home)[0], **schema}, home
    return schema, home


def _is_words(schema: Any) -> bool:
    """True for a field in which a person writes words of their own."""
    return "string" in (_types(schema) or {"string"}) and _NO_WORDS.isdisjoint(schema)


_NO_WORDS = {"pattern", "enum", "const", "x-id", "x-check", "x-value", "x-file-in"}
"""Keywords of a field with a form of its own."""


def _is_addable(key: str, schema: Any, home: Any, value: dict[str, Any]) -> bool:
    schema, home = _followed(schema, home)
    if "examples" not in schema or key == "audience":
        return False
    if "x-only" in schema and value.get("type") not in schema["x-only"]:
        return False
    return _has_words(schema, home)


def _has_words(schema: Any, home: Any) -> bool:
    schema, home = _followed(schema, home)
    if {"x-file-in", "x-id"} & set(schema):
        return False
    if "properties" in schema:
        inner = [_followed(one, home) for one in schema["properties"].values()]
        if any({"x-file-in", "x-id"} & set(one) for one, _ in inner):
            return False  # a row with a name or a file of its own: the example has such rows
        return any(_has_words(one, where) for one, where in inner)
    return _has_words(schema["items"], home) if "items" in schema else _is_words(schema)


# -- what a file says -------------------------------------------------------------------------------------------------


def said_by(path: Path) -> Iterator[bytes]:
    """Everything that a file holds, also packed, and its name."""
    content = path.read_bytes()
    yield path.name.encode()
    yield from said_in(content)


def said_in(content: bytes) -> Iterator[bytes]:
    """Everything that a file's bytes hold: as they are, each packed part, each string and stream of a PDF, its text."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                inner = packed.read(name)
                yield re.sub(rb"<[^>]+>", b"", inner)
                yield from said_in(inner)
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for found in pdf.objects:
                if isinstance(found, pikepdf.Stream):
                    if found.get("/Subtype") != "/Image":
                        yield found.read_bytes()
                    yield from _strings(found.stream_dict if hasattr(found, "stream_dict") else found)
                else:
                    yield from _strings(found)
            for attached in pdf.attachments.values():
                yield from said_in(attached.get_file().read_bytes())
        with pypdfium2.PdfDocument(
            content
        ) as pages:  # says every word that pypdf's reader says, in a twentieth of the time
            yield from (page.get_textpage().get_text_range().replace("\x02", "").encode() for page in pages)


def _strings(found: Any, depth: int = 0) -> Iterator[bytes]:
    """The strings and names in an object, those in UTF-16 too."""
    if depth > 20:
        return
    if isinstance(found, pikepdf.String):
        yield str(found).encode("utf-8", "replace")
    elif isinstance(found, pikepdf.Array):
        for one in found:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)
    elif isinstance(found, pikepdf.Dictionary):
        for key, one in found.items():
            yield key.encode()
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)


def plain(content: bytes) -> bytes:
    """Bytes in small letters without spaces and hyphens, as they are looked through; UTF-16 too."""
    return content.lower().translate(None, b" \t\n\r\x0b\x0c\x00-")


def found_in(files: Iterable[Path], words: Iterable[str]) -> set[tuple[str, str]]:
    """The file's name and the word, for each word that some file of these says."""
    wanted = {word.casefold().encode() for word in words}
    return {(path.name, hit) for path in files for hit in hits((plain(part) for part in said_by(path)), wanted)}


def hits(parts: Iterable[bytes], wanted: Collection[bytes]) -> set[str]:
    """The words, in small letters, that some part holds: a thousand of them are looked for in one go."""
    if not wanted:
        return set()
    begins = re.compile(b"[%s]" % re.escape(bytes({word[0] for word in wanted})))
    lengths, sought = {len(word) for word in wanted}, set(wanted)
    found = set()
    for part in parts:
        for at in begins.finditer(part):
            found |= {part[at.start() : at.start() + length] for length in lengths} & sought
    return {word.decode() for word in found}
