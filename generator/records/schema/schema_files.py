"""The kinds of record: JSON Schemas (draft 2020-12), the files each describes, and how values are meant."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.problems import Problem
from generator.records.schema.schema_refusal import Refusal
from generator.records.schema.schema_validator import Checker, SchemaBroken
from generator.records.schema.schema_view import Shape as Shape
from generator.values.did_you_mean import did_you_mean

ENDING = ".schema.json"


class Schemas:
    """All kinds of record that are known: bundled ones and those a school adds."""

    def __init__(self, files: Mapping[str, dict[str, Any]]) -> None:
        """`files` are the parsed schemas by file name."""
        self._files = {Path(name).name.removesuffix(ENDING): schema for name, schema in files.items()}
        self._checker = Checker(files)
        self._shapes: dict[str, Shape] = {}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Schemas:
        """Every `*.schema.json` of the folders; a later folder adds kinds, its copies of earlier ones are not read.

        What a later folder adds is checked itself; the first holds the program's own, which its tests have checked.
        A process reads files that stay as they are once. Raises SchemaBroken with one problem for each schema file that
        cannot be used.
        """
        files: dict[str, tuple[Path, bool]] = {}
        for number, folder in enumerate(folders):
            for path in sorted(folder.glob(f"*{ENDING}")):
                files.setdefault(path.name, (path, number > 0))
        return _read(tuple((path, added, *_mark(path)) for path, added in files.values()))

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        """The schemas by file name, from which the same can be made again."""
        return {f"{name}{ENDING}": schema for name, schema in self._files.items()}

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

    def has_many(self, kind: str) -> bool:
        """True for a kind of which a pupil may have several records, each in a file of its own."""
        return any("*" in pattern for pattern in self.files_of(kind))

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
        near = did_you_mean("/".join([*folders, stem + ".yaml"]).lower(), sorted(meant), alike=0.7)
        return near[0] if near and near[0] != relative_path else ""

    def shape(self, kind: str) -> Shape:
        """The schema of a kind as its values see it."""
        if kind not in self._shapes:
            self._shapes[kind] = Shape(self._files[kind], self._checker.resolver(kind + ENDING))
        return self._shapes[kind]

    def broken_references(self, files: Sequence[str]) -> list[tuple[str, str]]:
        """What these schema files refer to and nothing has: the file's name and what is wrong."""
        return list(self._checker.broken_references(files))

    def refusals(self, kind: str, tree: Any) -> list[Refusal]:
        """What the schema refuses in a tree of read_yaml; empty when it fits."""
        return self._checker.refusals(kind + ENDING, tree)


def _fits(path: str, pattern: str) -> bool:
    parts, patterns = path.split("/"), pattern.split("/")
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))


def _mark(path: Path) -> tuple[int, ...]:
    """What is another when the file was written again; nothing for one that cannot be looked at."""
    try:
        seen = path.stat()
    except OSError:
        return ()
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


@lru_cache(maxsize=8)
def _read(found: tuple[tuple[Any, ...], ...]) -> Schemas:
    """The schemas in files, each (path, whether a school added it, mark)."""
    files: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path, added, *_ in found:
        try:
            files[path.name] = _load_file(path, thoroughly=added)
        except _Unusable as error:
            problems.append(Problem(path.as_posix(), error.line, error.column, "data", "schema-file", str(error)))
    schemas = Schemas(files)
    if not problems:
        broken = schemas.broken_references([path.name for path, added, *_ in found if added])
        problems = [Problem.of_file(name, "data", "schema-file", text) for name, text in broken]
    if problems:
        advice = "correct them, or take them out of the schemas folder"
        raise SchemaBroken("some schema files cannot be used", advice, tuple(sorted(problems)))
    return schemas


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
        from generator.records.schema.schema_validator_full import wrong_schema

        if wrong := wrong_schema(schema):
            raise _Unusable(wrong)
    return schema
