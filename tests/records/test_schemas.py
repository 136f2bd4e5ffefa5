"""The schemas keep what they promise to the editor: a title, a description and a true example for every property."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parents[2] / "schemas"
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.schema.json"))}
REGISTRY: Registry[Any] = Registry().with_resources((name, Resource.from_contents(s)) for name, s in SCHEMAS.items())
FORBIDDEN = {"anyOf", "oneOf", "allOf", "not"}


def properties(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema with its place, however deep, except in conditions, which only repeat properties."""
    if isinstance(schema, dict):
        for name, value in schema.get("properties", {}).items():
            yield f"{where}/{name}", value
        for key, value in schema.items():
            if key not in ("if", "then", "examples"):
                yield from properties(value, f"{where}/{key}")
    elif isinstance(schema, list):
        for value in schema:
            yield from properties(value, where)


@pytest.mark.whole
@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_draft_2020_12_without_alternatives(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"] == name
    assert schema["title"] and schema["description"]

    def keywords(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keywords(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keywords(inner)

    assert not FORBIDDEN & set(keywords(schema))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_has_title_description_and_examples_that_are_valid(name: str) -> None:
    for where, value in properties(SCHEMAS[name]):
        assert value.get("title"), where
        assert value.get("description", "").endswith((".", "?")), where
        assert value.get("examples"), where
        # Resolving against the file's own address keeps the $refs between the files working.
        for example in value["examples"]:
            wrapped = {**value, "$id": f"x-{name}"}
            errors = list(Draft202012Validator(wrapped, registry=REGISTRY).iter_errors(example))
            assert not errors, f"{where}: {errors[0].message}"


def test_every_reference_to_an_id_has_a_group_that_defines_it() -> None:
    def collect(value: Any, key: str) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get(key), str):
                yield value[key]
            for inner in value.values():
                yield from collect(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from collect(inner, key)

    defined = {group for s in SCHEMAS.values() for group in collect(s, "x-id")}
    by_file_name = {"meeting", "cycle"}
    assert {group for s in SCHEMAS.values() for group in collect(s, "x-ref")} <= defined | by_file_name
