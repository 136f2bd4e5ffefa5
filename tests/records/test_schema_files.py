"""Schemas of a folder: kinds by place, what is broken told at once, our own usable and quick."""

from __future__ import annotations

import json
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from generator.records.record import SchemaBroken, Schemas, read_record
from generator.records.yaml_text.yaml_reader import read_yaml
from tests.records.small_schemas import COMMON, PLAN, SCHEMAS


def write(folder: Path, **files: Any) -> Path:
    folder.mkdir(exist_ok=True)
    for name, schema in files.items():
        text = schema if isinstance(schema, str) else json.dumps(schema)
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return folder


def test_kinds_come_from_places(tmp_path: Path) -> None:
    ours = write(
        tmp_path / "ours",
        common=COMMON,
        plan=PLAN,
        cycle={"x-file": "cycles/*.yaml"},
        school={"x-file": "school.yaml", "x-place": "school"},
    )
    theirs = write(tmp_path / "theirs", plan={"x-file": "other.yaml"}, swim={"x-file": ["swim.yaml", "swim/*.yaml"]})
    schemas = Schemas.load([ours, theirs])
    assert schemas.kinds == ("cycle", "plan", "school", "swim")
    assert schemas.kind_of("plan.yaml") == "plan", "a school's copy of our schema does not replace ours"
    assert schemas.kind_of("other.yaml") is None
    assert schemas.kind_of("swim/2026.yaml") == "swim"
    assert schemas.kind_of("cycles/2025-autumn.yaml") == "cycle"
    assert schemas.kind_of("cycles/old/2025.yaml") is None
    assert schemas.kind_of("school.yaml") is None
    assert schemas.kind_of("school.yaml", place="school") == "school"
    assert schemas.suggest("Plan.yml") == "plan.yaml"
    assert schemas.suggest("cycle/2025-autumn.yaml") == "cycles/2025-autumn.yaml"
    assert schemas.suggest("photo.jpg") == ""
    assert schemas.shape("plan").property("start").value == "date"  # type: ignore[union-attr]


def test_a_process_reads_files_that_stay_as_they_are_once(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", plan=PLAN)
    theirs = write(tmp_path / "theirs", swim={"x-file": "swim.yaml", "title": "Swimming"})
    first = Schemas.load([ours, theirs])
    assert Schemas.load([ours, theirs]) is first
    assert Schemas.load([ours]).kinds == ("plan",)
    write(theirs, swim={"x-file": "swim.yaml", "title": "Swimmers"})
    assert Schemas.load([ours, theirs]).schema("swim")["title"] == "Swimmers"
    write(theirs, run={"x-file": "run.yaml"})
    assert Schemas.load([ours, theirs]).kinds == ("plan", "run", "swim")
    write(theirs, run="{")
    for _ in range(2):
        with pytest.raises(SchemaBroken):
            Schemas.load([ours, theirs])


def test_broken_schemas_are_told_all_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "s", one="{", two="[]", three={"type": "txt"}, four={"x-file": "a.yaml"})
    with pytest.raises(SchemaBroken) as stopped:
        Schemas.load([tmp_path / "none", folder])
    found = {Path(p.path).name: p.message for p in stopped.value.problems}
    assert set(found) == {"one.schema.json", "two.schema.json", "three.schema.json"}
    assert found["one.schema.json"].startswith("the schema file is not JSON")
    assert found["two.schema.json"] == "the schema file must hold one JSON object"
    assert found["three.schema.json"].startswith("the schema is wrong at type")


def test_a_reference_to_nowhere_is_found_before_any_case_is_read(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "s", one={"x-file": "a.yaml", "properties": {"a": {"$ref": "https://example.org/x.json"}}}
    )
    with pytest.raises(SchemaBroken) as stopped:
        Schemas.load([tmp_path / "none", folder])
    assert stopped.value.problems[0].message == "`$ref` points to `https://example.org/x.json`, which does not exist"


def test_a_schema_that_contains_itself_is_refused_in_words() -> None:
    schemas = Schemas({"a.schema.json": {"x-file": "a.yaml", "properties": {"inner": {"$ref": "#"}}}})
    with pytest.raises(SchemaBroken, match="contains itself"):
        read_record(b"inner: {}\n", "a.yaml", "a", schemas)


def test_a_schema_part_may_be_narrowed_where_it_is_used() -> None:
    narrowed = {"$ref": "#/$defs/s", "maxLength": 3}
    schema = {"x-file": "a.yaml", "$defs": {"s": {"type": "string", "maxLength": 9}}, "properties": {"a": narrowed}}
    schemas = Schemas({"a.schema.json": schema})
    assert read_record(b"a: abc\n", "a.yaml", "a", schemas)[1] == []
    assert [p.rule for p in read_record(b"a: abcd\n", "a.yaml", "a", schemas)[1]] == ["schema-length"]


REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def own() -> Schemas:
    """The schemas that come with the program, loaded once."""
    return Schemas.load([REPO / "nothing", REPO / "schemas"])


@pytest.mark.whole
@pytest.mark.parametrize("path", sorted((REPO / "schemas").glob("*.schema.json")), ids=lambda p: p.name)
def test_our_own_schemas_can_be_used(path: Path, own: Schemas) -> None:
    schemas = own
    kind = path.name.removesuffix(".schema.json")
    if kind in schemas.kinds:
        _, problems = read_record(b"nobody_has_this_key: 1\n", "f.yaml", kind, schemas)
        assert "schema-unknown-key" in [p.rule for p in problems]


def test_reading_a_file_costs_less_than_three_plain_validations_of_it() -> None:
    needs = "".join(f"  - id: need-{n}\n    met_by: [a, b]\n    since: {n % 28 + 1}/03/2026\n" for n in range(60))
    content = f"name: Ada\nstart: 1 March 2026\nneeds:\n{needs}".encode()
    tree, _ = read_yaml(content, "f")
    resources = [(name, DRAFT202012.create_resource(s)) for name, s in (("common.schema.json", COMMON),)]
    plain = Draft202012Validator(PLAN, registry=Registry().with_resources(resources))
    assert plain.is_valid(tree)

    def best(work: Callable[[], object]) -> float:
        return min(timeit.repeat(work, number=1, repeat=7))

    assert best(lambda: read_record(content, "f", "plan", SCHEMAS)) < 3 * best(lambda: plain.is_valid(tree))
