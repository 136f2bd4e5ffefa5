"""The places of each requirement are true: the schema has the field that asks, the template the tag that prints."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.rules.requirement_index import PLACES, REQUIREMENTS
from generator.word_files.docx_package import unpacked

ROOT = Path(__file__).parents[2]
OF_THE_SOURCES = [name for name in REQUIREMENTS if name.startswith("S")]


@cache
def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    return loaded


def inside(shape: dict[str, Any]) -> dict[str, Any]:
    """The schema of one row of a list, and what a reference to common.schema.json stands for."""
    if "$ref" in shape:
        return inside(schema("common")["$defs"][shape["$ref"].rpartition("/")[2]])
    return inside(shape["items"]) if shape.get("type") == "array" else shape


def asked(field: str) -> str:
    """The description with which a field is asked for; KeyError when no schema has it."""
    record, *keys = field.split(".")
    shape = schema("common")["$defs"][record] if record == "provision" else schema(record)
    for key in keys:
        shape = inside(shape)["properties"][key]
    return str(shape.get("description") or inside(shape)["description"])


@cache
def tags(document: str) -> str:
    """All tags of a standard template, without the marks between their letters."""
    body = unpacked((ROOT / "templates" / "standard" / f"{document}.docx").read_bytes())["word/document.xml"].decode()
    return " ".join(re.findall(r"\{[{%].*?[}%]\}", re.sub(r"<[^>]+>", "", body)))


@pytest.mark.parametrize("name", OF_THE_SOURCES)
def test_a_requirement_of_the_sources_is_prompted_and_printed_where_the_table_says(name: str) -> None:
    places = PLACES[name]
    assert places["asked"] and places["printed"]
    for field in places["asked"]:
        assert len(asked(field)) >= 10, field
    for place in places["printed"]:
        document, _, tag = place.partition(": ")
        assert re.search(rf"(?<![\w.]){re.escape(tag)}\b|\.{re.escape(tag)}\b", tags(document)), place


def test_places_are_told_of_no_other_requirement() -> None:
    assert set(PLACES) == set(OF_THE_SOURCES)
