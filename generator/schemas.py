"""The kinds of record: JSON Schemas (draft 2020-12), the files each describes, and how values are meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from generator.problems import Exit, Problem, Stop
from generator.yaml_text import PlainNumber, PlainTruth

ENDING = ".schema.json"
_BRANCHES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("then", "else")


class SchemaBroken(Stop):
    """A schema file itself is wrong; `problems` says where."""

    exit_code = Exit.FILES_HAVE_ERRORS


@dataclass(frozen=True)
class Refusal:
    """One thing a schema refuses: the value at `path` does not meet `keyword`, whose argument is `limit`.

    For `required` and `additionalProperties` the value is the mapping and `name` the key that is missing or unknown.
    """

    path: tuple[str | int, ...]
    keyword: str
    limit: Any
    value: Any
    name: str = ""


def filled(value: Any) -> bool:
    """False when nothing is written: an empty value, or a mapping or list in which every value is empty."""
    if value is None:
        return False
    if isinstance(value, dict) and value:
        return any(filled(v) for v in value.values())
    return any(filled(v) for v in value) if isinstance(value, list) and value else True


class Shape:
    """What the schemas say about one value: all subschemas that may apply to it, `$ref`s followed, seen as one.

    `keywords` are theirs joined, the outermost winning; `types` are the JSON types that any of them names.
    """

    def __init__(self, schema: Any, resolver: Any) -> None:
        self._parts = list(_parts(schema, resolver))
        self.keywords: dict[str, Any] = {}
        for part, _ in reversed(self._parts):
            self.keywords.update(part)
        self.types = frozenset(t for part, _ in self._parts for t in _types(part))
        self.value: str | None = self.keywords.get("x-value")
        self.check: str | None = self.keywords.get("x-check")
        self.may_be_not_known = any("not_known" in part.get("properties", ()) for part, _ in self._parts)
        self._properties: dict[str, Shape | None] = {}
        self._items: Shape | None = None

    @property
    def names(self) -> list[str]:
        """The keys that a mapping here may have, in the schema's order."""
        return list(dict.fromkeys(name for part, _ in self._parts for name in part.get("properties", ())))

    def property(self, name: str) -> Shape | None:
        """The shape of the value under a key; None where the schema says nothing about it."""
        if name not in self._properties:
            self._properties[name] = _joined(
                (sub, resolver) for part, resolver in self._parts for sub in _under(part, name)
            )
        return self._properties[name]

    def item(self) -> Shape | None:
        """The shape of each item of a list; None where the schema says nothing about it."""
        if self._items is None:
            self._items = _joined((part["items"], resolver) for part, resolver in self._parts if "items" in part)
        return self._items


def _joined(found: Iterable[tuple[Any, Any]]) -> Shape | None:
    shapes = [Shape(schema, resolver) for schema, resolver in found if isinstance(schema, dict)]
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    first, *others = shapes
    for other in others:
        first._parts += other._parts
        first.keywords = {**other.keywords, **first.keywords}
        first.types |= other.types
        first.may_be_not_known |= other.may_be_not_known
    first.value, first.check = first.keywords.get("x-value"), first.keywords.get("x-check")
    return first


def _parts(schema: Any, resolver: Any, seen: frozenset[int] = frozenset()) -> Iterator[tuple[dict[str, Any], Any]]:
    """The schema and every subschema that may apply to the same value."""
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen |= {id(schema)}
    yield schema, resolver
    if "$ref" in schema:
        target = resolver.lookup(schema["$ref"])
        yield from _parts(target.contents, target.resolver, seen)
    for sub in [s for word in _BRANCHES for s in schema.get(word, ())] + [schema.get(word) for word in _CONDITIONS]:
        yield from _parts(sub, resolver, seen)


def _under(schema: dict[str, Any], name: str) -> Iterator[Any]:
    if name in schema.get("properties", ()):
        yield schema["properties"][name]
        return
    patterns = [sub for pattern, sub in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
    yield from patterns or [schema.get("additionalProperties")]


def _types(schema: dict[str, Any]) -> Iterator[str]:
    """The types a subschema allows; a list of allowed words speaks for the types of its words."""
    named = schema.get("type", ())
    yield from (named,) if isinstance(named, str) else named
    if not named:
        for word in schema.get("enum", [schema["const"]] if "const" in schema else ()):
            yield "string" if isinstance(word, str) else "boolean" if isinstance(word, bool) else "number"


class Schemas:
    """All kinds of record that are known: bundled ones and those a school adds."""

    def __init__(self, files: Mapping[str, dict[str, Any]]) -> None:
        """`files` are the parsed schemas by file name."""
        self._files = {Path(name).name.removesuffix(ENDING): schema for name, schema in files.items()}
        self._registry = _registry(files)
        self._validators: dict[str, Any] = {}
        self._shapes: dict[str, Shape] = {}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Schemas:
        """Every `*.schema.json` of the folders; a later folder adds kinds, its copies of earlier ones are not read.

        Raises SchemaBroken with one problem for each schema file that cannot be used.
        """
        files: dict[str, dict[str, Any]] = {}
        problems: list[Problem] = []
        for number, folder in enumerate(folders):
            for path in sorted(folder.glob(f"*{ENDING}")):
                if path.name not in files:
                    try:
                        files[path.name] = _load_file(path, thoroughly=number > 0)
                    except _Unusable as error:
                        at = (error.line, error.column)
                        problems.append(Problem(path.as_posix(), *at, "data", "schema-file", str(error)))
        schemas = cls(files)
        if not problems:
            problems = [Problem(name, 0, 0, "data", "schema-file", text) for name, text in schemas.broken_references()]
        if problems:
            advice = "correct them, or take them out of the schemas folder"
            raise SchemaBroken("some schema files cannot be used", advice, tuple(sorted(problems)))
        return schemas

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record in order of name; shared parts are not kinds."""
        return tuple(sorted(kind for kind, schema in self._files.items() if "x-file" in schema))

    def schema(self, kind: str) -> dict[str, Any]:
        """The schema of a kind as written; its `$ref`s are followed by `shape`."""
        return self._files[kind]

    def files_of(self, kind: str) -> tuple[str, ...]:
        """The places of a kind's files, as patterns like `cycles/*.yaml`."""
        named = self._files[kind]["x-file"]
        return (named,) if isinstance(named, str) else tuple(named)

    def kind_of(self, relative_path: str, place: str = "pupil") -> str | None:
        """The kind of the file at a path (with forward slashes) in a pupil's folder, or with place school in cases/."""
        for kind in self.kinds:
            if self._files[kind].get("x-place", "pupil") == place and any(
                _fits(relative_path, pattern) for pattern in self.files_of(kind)
            ):
                return kind
        return None

    def suggest(self, relative_path: str, place: str = "pupil") -> str:
        """The name that a file of no kind was probably meant to have, "" when none is near."""
        *folders, name = relative_path.split("/")
        stem = name.rpartition(".")[0] or name
        patterns = [p for k in self.kinds if self._files[k].get("x-place", "pupil") == place for p in self.files_of(k)]
        meant = {p.replace("*.yaml", stem + ".yaml") for p in patterns if folders or "*" not in p}
        near = get_close_matches("/".join([*folders, stem + ".yaml"]).lower(), sorted(meant), 1, 0.7)
        return near[0] if near and near[0] != relative_path else ""

    def shape(self, kind: str) -> Shape:
        """The schema of a kind as its values see it."""
        if kind not in self._shapes:
            self._shapes[kind] = Shape(self._files[kind], self._registry.resolver(kind + ENDING))
        return self._shapes[kind]

    def refusals(self, kind: str, tree: Any) -> list[Refusal]:
        """What the schema refuses in a tree of read_yaml; empty when it fits."""
        if kind not in self._validators:
            whole = _whole(self._files[kind], self._registry.resolver(kind + ENDING))
            self._validators[kind] = _Validator(whole, registry=self._registry)
        if fits(tree, self._validators[kind].schema):
            return []
        return [refusal for error in self._validators[kind].iter_errors(tree) for refusal in _refusals(error)]

    def broken_references(self) -> Iterator[tuple[str, str]]:
        """Each file with a `$ref` that leads nowhere, with the sentence that says so."""
        for stem, schema in self._files.items():
            resolver = self._registry.resolver(stem + ENDING)
            for reference in _references(schema):
                try:
                    resolver.lookup(reference)
                except Unresolvable:
                    yield stem + ENDING, f"`$ref` points to `{reference}`, which does not exist"


def _fits(path: str, pattern: str) -> bool:
    parts, patterns = path.split("/"), pattern.split("/")
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))


class _Unusable(Exception):
    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def _load_file(path: Path, thoroughly: bool) -> dict[str, Any]:
    try:
        schema = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _Unusable(f"the schema file cannot be opened: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _Unusable("the schema file is not saved as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _Unusable(f"the schema file is not JSON: {error.msg}", error.lineno, error.colno) from None
    if not isinstance(schema, dict):
        raise _Unusable("the schema file must hold one JSON object")
    if thoroughly:
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            where = "/".join(map(str, error.absolute_path)) or "its top"
            raise _Unusable(f"the schema is wrong at {where}: {error.message}") from None
    return schema


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _registry(files: Mapping[str, dict[str, Any]]) -> Registry[Any]:
    """Finds schemas by the last part of their address, in `files` and nowhere else."""

    def retrieve(uri: str) -> Resource[Any]:
        name = uri.rpartition("/")[2]
        if name not in files:
            raise NoSuchResource(ref=uri)
        return DRAFT202012.create_resource(files[name])

    resources = [(name, DRAFT202012.create_resource(schema)) for name, schema in files.items()]
    return Registry(retrieve=retrieve).with_resources(resources).crawl()  # type: ignore[call-arg]


_FOR_PEOPLE = frozenset(
    {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default", "format"}
)


def _whole(schema: Any, resolver: Any, inside: tuple[int, ...] = ()) -> Any:
    """The schema with every `$ref` replaced by what it points to and without words for people: quick to check against.

    `$schema` goes too, at which jsonschema would leave our validator for its own. Raises SchemaBroken for a part that
    contains itself: no paper form does.
    """
    if not isinstance(schema, dict):
        return schema
    own = {word: _inner(word, value, resolver, inside) for word, value in schema.items() if not _for_people(word)}
    if "$ref" not in schema:
        return own
    target = resolver.lookup(schema["$ref"])
    if id(target.contents) in inside:
        raise SchemaBroken(
            f"the schema part `{schema['$ref']}` contains itself", "write out the levels that are needed"
        )
    referred = _whole(target.contents, target.resolver, (*inside, id(target.contents)))
    return {"allOf": [referred, own]} if own.keys() & referred.keys() else {**referred, **own}


def _for_people(word: str) -> bool:
    return word in _FOR_PEOPLE or word.startswith("x-") or word == "$ref"


def _inner(word: str, value: Any, resolver: Any, inside: tuple[int, ...]) -> Any:
    if word in ("properties", "patternProperties", "dependentSchemas"):
        return {name: _whole(sub, resolver, inside) for name, sub in value.items()}
    if word in (*_BRANCHES, "prefixItems"):
        return [_whole(sub, resolver, inside) for sub in value]
    if word in ("enum", "const", "required"):
        return value
    return _whole(value, resolver, inside)


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """True when a value surely fits a schema made by _whole; False means: ask jsonschema, which can say why."""
    for word, limit in schema.items():
        check = _QUICK.get(word)
        if check is None or not check(value, limit, schema):
            return False
    return True


def _fits_properties(value: Any, properties: Any, schema: Any) -> bool:
    if not isinstance(value, dict):
        return True
    for name, subschema in properties.items():
        inner = value.get(name)
        if inner is not None and not fits(inner, subschema):
            return False
    return True


def _fits_type(value: Any, types: Any, schema: Any) -> bool:
    named = (types,) if isinstance(types, str) else types
    return any(_IS[name](value) for name in named)


def _fits_no_more(value: Any, allowed: Any, schema: Any) -> bool:
    if not isinstance(value, dict):
        return True
    return (
        allowed is False and "patternProperties" not in schema and value.keys() <= schema.get("properties", {}).keys()
    )


def _fits_length(value: Any, low: int, high: float) -> bool:
    return not isinstance(value, str) or low <= len(value) <= high


def _refusals(error: ValidationError) -> Iterator[Refusal]:
    """The error as refusals; of several alternatives those of the one that was most likely meant."""
    path = tuple(error.absolute_path)
    if not error.context:
        yield Refusal(path, str(error.validator), error.validator_value, error.instance, error.message)
        return
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    types = [e for errors in branches.values() for e in errors if e.validator == "type" and not e.relative_path]
    likely = min(branches.values(), key=lambda errors: (any(e in types for e in errors), len(errors)))
    if len(types) == len(branches):
        yield Refusal(path, "type", [t for e in types for t in _types({"type": e.validator_value})], error.instance)
    else:
        for inner in likely:
            yield from _refusals(inner)


def _properties(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for name, subschema in properties.items():
            value = instance.get(name)
            if value is None:
                continue
            errors = validator.descend(value, subschema, path=name, schema_path=name)
            if not filled(value):
                errors = (e for e in errors if e.validator == "additionalProperties")
            yield from errors


def _required(validator: Any, required: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        yield from (ValidationError(name) for name in required if not filled(instance.get(name)))


def _additional(validator: Any, allowed: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, value in instance.items():
        if name in named or any(re.search(pattern, name) for pattern in patterns):
            continue
        if allowed is False:
            yield ValidationError(name)
        elif filled(value):
            yield from validator.descend(value, allowed, path=name)


def _items(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, list):
        for number, item in enumerate(instance):
            if filled(item):
                yield from validator.descend(item, items, path=number)


def _enum(validator: Any, words: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not any(same(word, instance) for word in words):
        yield ValidationError("")


def _const(validator: Any, word: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not same(word, instance):
        yield ValidationError("")


def same(word: Any, written: Any) -> bool:
    """True when a word of a schema and a written value are alike; 1 in a schema is met by 1 and by "1"."""
    if isinstance(written, str):
        return (word if isinstance(word, str) else json.dumps(word)) == written
    return bool(word == written)


def _limit(word: str) -> Any:
    fits = {
        "minimum": lambda number, limit: number >= limit,
        "maximum": lambda number, limit: number <= limit,
        "exclusiveMinimum": lambda number, limit: number > limit,
        "exclusiveMaximum": lambda number, limit: number < limit,
    }[word]

    def check(validator: Any, limit: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, PlainNumber) and not fits(float(instance), limit):
            yield ValidationError("")

    return check


def _min_items(validator: Any, least: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, list) and sum(map(filled, instance)) < least:
        yield ValidationError("")


_IS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, PlainNumber),
    "integer": lambda value: isinstance(value, PlainNumber) and "." not in value,
    "boolean": lambda value: isinstance(value, PlainTruth),
    "null": lambda value: value is None,
}

_QUICK: dict[str, Callable[[Any, Any, Any], bool]] = {
    "type": _fits_type,
    "enum": lambda value, words, _: any(same(word, value) for word in words),
    "pattern": lambda value, pattern, _: not isinstance(value, str) or re.search(pattern, value) is not None,
    "minLength": lambda value, least, _: _fits_length(value, least, float("inf")),
    "maxLength": lambda value, most, _: _fits_length(value, 0, most),
    "minimum": lambda value, limit, _: not isinstance(value, PlainNumber) or float(value) >= limit,
    "maximum": lambda value, limit, _: not isinstance(value, PlainNumber) or float(value) <= limit,
    "properties": _fits_properties,
    "required": lambda value, names, _: not isinstance(value, dict) or all(filled(value.get(n)) for n in names),
    "additionalProperties": _fits_no_more,
    "items": lambda value, items, _: (
        not isinstance(value, list) or all(i is not None and fits(i, items) for i in value)
    ),
    "minItems": lambda value, least, _: not isinstance(value, list) or sum(map(filled, value)) >= least,
    "maxItems": lambda value, most, _: not isinstance(value, list) or len(value) <= most,
    "allOf": lambda value, parts, _: all(fits(value, part) for part in parts),
    "anyOf": lambda value, parts, _: any(fits(value, part) for part in parts),
}
"""The keywords that can be answered in one line; any other is jsonschema's business."""

_Validator: Any = extend(
    Draft202012Validator,
    {
        "properties": _properties, "required": _required, "additionalProperties": _additional, "items": _items,
        "enum": _enum, "const": _const, "minItems": _min_items,
        **{word: _limit(word) for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")},
    },
    type_checker=TypeChecker({name: lambda _, value, check=check: check(value) for name, check in _IS.items()}),
)  # fmt: skip
"""Draft 2020-12 over trees of read_yaml: all scalars are text, an empty value counts as not there."""
