"""Case files as people write them: what is read, and every mistake with its place and its words."""

from __future__ import annotations

import json
import pickle
import timeit
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from generator.problems import Problem
from generator.records.record import MAX_BYTES, Record, SchemaBroken, Schemas, read_record, walk
from generator.records.schema.schema_validator import Checker, Unsure, fits
from generator.records.schema.schema_validator import whole as whole_of
from generator.records.schema.schema_validator_full import _Validator
from generator.records.yaml_text.yaml_keys import YamlList, YamlMap
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.values.not_known import NotKnown

COMMON = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "common.schema.json",
    "$defs": {
        "date": {
            "type": "string",
            "pattern": r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]{2,} \d{4})$",
            "x-value": "date",
            "x-says": "a date",
        },
        "short": {"type": ["string", "number"], "minLength": 1, "maxLength": 60},
        "text": {
            "type": ["string", "object"],
            "minLength": 1,
            "properties": {"not_known": {"type": "string", "minLength": 1}},
            "required": ["not_known"],
            "additionalProperties": False,
        },
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,30}$", "x-says": "an id: small letters and digits"},
    },
}
PLAN: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "plan.schema.json",
    "title": "Plan",
    "x-file": "plan.yaml",
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"$ref": "common.schema.json#/$defs/short", "description": "The first name."},
        "start": {"$ref": "common.schema.json#/$defs/date"},
        "upn": {"$ref": "common.schema.json#/$defs/short", "x-check": "upn"},
        "postcode": {"$ref": "common.schema.json#/$defs/short", "x-check": "postcode"},
        "uln": {"type": "string", "x-check": "uln"},
        "phone": {"type": "string"},
        "year": {"enum": ["R", 1, 2, 3]},
        "stage": {"enum": ["calm", "crisis", "recovery"], "description": "Where it stands."},
        "agreed": {"enum": ["yes", "no"], "x-value": "yes_no"},
        "cost": {"type": "number", "minimum": 0, "x-value": "money"},
        "minutes": {"type": "integer", "minimum": 1, "maximum": 300, "x-value": "number"},
        "score": {"type": "number"},
        "at": {"type": "string", "x-value": "time"},
        "flag": {"type": "boolean"},
        "story": {"$ref": "common.schema.json#/$defs/text"},
        "areas": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": True, "items": {"type": "string"}},
        "gp": {
            "type": "object",
            "additionalProperties": False,
            "required": ["practice"],
            "properties": {"practice": {"type": "string"}, "street": {"type": "string"}},
        },
        "needs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id"],
                "properties": {
                    "id": {"$ref": "common.schema.json#/$defs/id", "x-id": "need"},
                    "met_by": {"type": "array", "items": {"type": "string", "x-ref": "provision"}},
                    "since": {"$ref": "common.schema.json#/$defs/date"},
                },
            },
        },
        "end": {"oneOf": [{"$ref": "common.schema.json#/$defs/date"}, {"type": "object", "required": ["why"]}]},
    },
    "if": {"properties": {"stage": {"const": "crisis"}}, "required": ["stage"]},
    "then": {"required": ["start"]},
}


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas({"common.schema.json": COMMON, "plan.schema.json": PLAN})


SCHEMAS = Schemas({"common.schema.json": COMMON, "plan.schema.json": PLAN})


def read(text: str) -> tuple[Record | None, list[Problem]]:
    return read_record(text.encode(), "plan.yaml", "plan", SCHEMAS)


def data_of(text: str) -> Any:
    record, problems = read("name: Ada\n" + text)
    assert record is not None, [str(p) for p in problems]
    return record.data


# What is read


@pytest.mark.parametrize(
    "text", ["no", "08", "9:30", "1e5", "2026-03-01", "0.50", "007", "+44 1632 960 001", "1_000", "0x1F"]
)
def test_text_stays_as_typed_where_text_is_wanted(text: str) -> None:
    assert data_of(f"phone: {text}\n")["phone"] == text
    assert type(data_of(f"phone: {text}\n")["phone"]) is str


@pytest.mark.parametrize(
    "written", ["2026-03-01", "01/03/2026", "1/3/2026", "1 March 2026", "1 Mar 2026", '"01/03/2026"']
)
def test_three_ways_to_write_a_date(written: str) -> None:
    assert data_of(f"start: {written}\n")["start"] == date(2026, 3, 1)


def test_each_value_becomes_what_the_schema_means() -> None:
    data = data_of(
        "agreed: no\ncost: 12.50\nminutes: 15\nscore: 0.50\nat: 9:30\nflag: true\nyear: 3\npostcode: yo17hh\n"
        "upn: f999999925001\nstory:\n  not_known: the report is due in May\nend: 2 April 2026\nname2:\n".replace(
            "name2:\n", ""
        )
    )
    assert data == {
        "name": "Ada",
        "agreed": False,
        "cost": Decimal("12.50"),
        "minutes": 15,
        "score": Decimal("0.50"),
        "at": "9:30",
        "flag": True,
        "year": 3,
        "postcode": "YO1 7HH",
        "upn": "F999999925001",
        "story": "Not known: the report is due in May",
        "end": date(2026, 4, 2),
    }
    assert isinstance(data["story"], NotKnown)
    assert data["story"].reason == "the report is due in May"


def test_not_known_survives_the_way_to_a_worker() -> None:
    sent = pickle.loads(pickle.dumps(NotKnown("nobody has asked")))
    assert (sent, sent.reason) == ("Not known: nobody has asked", "nobody has asked")


def test_a_year_group_in_quotes_is_the_same_year_group() -> None:
    assert data_of('year: "3"\n')["year"] == 3
    assert data_of("year: R\n")["year"] == "R"


def test_what_is_not_filled_in_is_not_there() -> None:
    assert data_of("gp:\nstory: ~\nareas:\n") == {"name": "Ada"}
    assert data_of("gp:\n  practice:\n  street:\nneeds:\n  - id:\n    since:\n") == {"name": "Ada"}
    assert data_of("needs:\n  -\n  - id: a\n") == {"name": "Ada", "needs": [{"id": "a"}]}


def test_text_keeps_its_new_lines() -> None:
    assert data_of("phone: |\n  one\n  two\n")["phone"] == "one\ntwo\n"


def test_every_value_has_its_place() -> None:
    record, _ = read("name: Ada\nneeds:\n  - id: reading\n    met_by: [x, y]\n  -\n  - id: maths\n")
    assert record is not None
    where = {keys: (record.place(*keys).line, record.place(*keys).column) for keys in record.places}
    assert where[()] == (1, 1)
    assert where[("name",)] == (1, 7)
    assert where[("needs",)] == (2, 1)
    assert where[("needs", 0)] == (3, 5)
    assert where[("needs", 0, "met_by")] == (4, 5)
    assert where[("needs", 0, "met_by", 1)] == (4, 17)
    assert where[("needs", 1, "id")] == (6, 9), "the empty item above does not count"
    assert record.place("needs", 1, "since") == record.place("needs", 1)
    assert record.place("nothing", "here") == record.place()


def test_windows_and_unicode_files_are_read_alike() -> None:
    text = "name: Zoë\nphone: |\n  a\n  b\nneeds:\n  - id: x\n"
    plain, _ = read(text)
    for content in (text.encode("utf-8-sig"), text.encode("utf-16"), text.replace("\n", "\r\n").encode()):
        assert read_record(content, "plan.yaml", "plan", SCHEMAS) == (plain, [])


def test_anchors_save_typing() -> None:
    record, problems = read("name: Ada\nphone: &p 01632 960 001\nuln:\nareas: [*p, x]\n")
    assert problems == []
    assert record is not None
    assert record.data["areas"] == ["01632 960 001", "x"]


def test_walk_finds_ids_and_references() -> None:
    record, _ = read("name: Ada\nneeds:\n  - id: reading\n    met_by: [p1, p2]\n")
    assert record is not None
    found = [
        (p, v, k.get("x-id") or k.get("x-ref")) for p, v, k in walk(record, SCHEMAS) if "x-id" in k or "x-ref" in k
    ]
    assert found == [
        (("needs", 0, "id"), "reading", "need"),
        (("needs", 0, "met_by", 0), "p1", "provision"),
        (("needs", 0, "met_by", 1), "p2", "provision"),
    ]


# What is refused: the file, then "line:column rule message…" of every problem in it, in order

MISTAKES = [
    # the file is not YAML
    ("", "1:1 yaml-empty the file is empty"),
    ("# name: Ada\n", "1:1 yaml-empty the file is empty"),
    ("~\n", "1:1 yaml-empty the file is empty"),
    ("name: Ada\ngp:\n\tpractice: x\n", "3:1 yaml-syntax there is a tab here"),
    ("name: Ada\ngp:\n  practice: x\n\tstreet: y\n", "4:1 yaml-syntax there is a tab here"),
    ("name: Ada\nstory: Review: Tuesday\n", "2:14 yaml-syntax there is a second colon in this line"),
    ("name: Ada\nareas:\n  - Review: Tuesday: late\n", "3:20 yaml-syntax there is a second colon in this line"),
    ("name: “Ada: the great”\n", "1:11 yaml-syntax there is a second colon in this line (curly quotes do not count"),
    ('name: "Ada\nphone: x\n', '1:7 yaml-syntax the quotation mark " opened here is never closed'),
    ("name: 'Ada\n", "1:7 yaml-syntax the quotation mark ' opened here is never closed"),
    ("name: 'Ada's book'\n", "1:12 yaml-syntax the text goes on after its closing quotation mark '"),
    ('story: "Yes", she said\n', '1:13 yaml-syntax the text goes on after its closing quotation mark "'),
    ("gp:\n    practice: x\n  street: y\n", "3:3 yaml-syntax this line is not lined up"),
    ("name: Ada\n  phone: x\n", "2:3 yaml-syntax this line is indented too far: line 1 already has its value"),
    ("areas:\n  - x\n - y\n", "3:2 yaml-syntax a list item (-) stands where a key is expected"),
    ("needs:\n  - id: x\n   since: y\n", "3:4 yaml-syntax this line is not lined up"),
    ("needs:\n  - id: x\n     since: y\n", "3:6 yaml-syntax this line is indented too far: line 2"),
    ("phone: x\nname:Ada\n", "2:5 yaml-syntax there is no space after the colon"),
    ("phone: x\nname:Ada\nyear: 3\n", "2:5 yaml-syntax there is no space after the colon"),
    ("areas:\n  - x\n  -y\n", "3:3 yaml-syntax there is no space after the dash"),
    ("name: Ada\nand so on\nyear: 3\n", "2:1 yaml-syntax this line is neither `key: value` nor a list item"),
    ("name: %5\n", "1:7 yaml-syntax a value cannot start with %"),
    ("name: @home\n", "1:7 yaml-syntax a value cannot start with @"),
    ("name: `x`\n", "1:7 yaml-syntax a value cannot start with `"),
    ("name: & x\n", "1:7 yaml-syntax a value cannot start with &"),
    ("name: *very* good\n", "1:7 yaml-syntax a value cannot start with *"),
    ("name: [x] done\n", "1:7 yaml-syntax a value cannot start with ["),
    ("name: {x} done\n", "1:7 yaml-syntax a value cannot start with {"),
    ("name: > 50\n", "1:7 yaml-syntax a value cannot start with >"),
    ("name: ? x\n", "1:7 yaml-syntax a value cannot start with ?"),
    ("name: ,x\n", "1:7 yaml-syntax a value cannot start with ,"),
    ("name: Ada\n%x: y\n", "2:1 yaml-syntax a line cannot start with %"),
    ("areas: [x, y\nname: Ada\n", "1:8 yaml-syntax the bracket [ opened here is not closed"),
    ("gp: {practice: x\nname: Ada\n", "1:5 yaml-syntax the bracket { opened here is not closed"),
    ("story: | text\n", "1:10 yaml-syntax nothing may follow | on its line"),
    ("areas: - x\n", "1:8 yaml-syntax a list cannot start on the line of its key"),
    ('name: "C:\\Users"\n', '1:10 yaml-syntax a backslash \\ has a special meaning inside "…"'),
    (
        "name: Ada\npronouns:\u00a0he/him\nphone: x\n",
        "2:10 yaml-syntax an invisible no-break space stands after the colon",
    ),
    ("pronouns:\u00a0he/him\nname: Ada\n", "1:10 yaml-syntax an invisible no-break space stands after the colon"),
    ("name: Ada\npronouns:\u00a0he/him\n", "2:10 yaml-syntax an invisible no-break space stands after the colon"),
    ("gp:\n\u00a0 practice: x\n  street: y\n", "2:1 yaml-syntax an invisible special space"),
    (": Ada\n", "1:1 yaml-syntax the key before the colon is missing"),
    ("name: Ada\n...\nyear: 3\n", "3:1 yaml-syntax more text follows after the end of the document"),
    # it is YAML, but not a case file
    ("name: Ada\n---\nname: Bo\n", "2:1 yaml-documents a second document starts here"),
    ("- name: Ada\n", "1:1 yaml-not-keys the file is a list"),
    ("name:Ada\n", "1:1 yaml-not-keys the file is plain text"),
    ("name: {{ name }}\n", "1:8 yaml-key a key cannot be in brackets {"),
    ("name: *ada\n", "1:7 yaml-alias `*ada` points to nothing in this file"),
    ("gp: &g\n  practice: *g\n", "2:13 yaml-alias `*g` points to itself"),
    ("name: !!python/object:os.system x\n", "1:7 yaml-tag a value cannot start with !"),
    ("name: !important x\n", "1:7 yaml-tag a value cannot start with !"),
    ("name: Ada\ngp:\n  <<: x\n  practice: y\n", "3:3 yaml-merge `<<`"),
    ("name: Ada\nyear: 3\nname: Bo\n", "3:1 yaml-duplicate-key `name` is given twice: on line 1 and again on line 3"),
    (
        "name: Ada\nareas:\n  - x\n   - y\n",
        "4:4 yaml-dash this line starts with a dash, but reads as more text of line 3",
    ),
    ("name: Ada\nareas:\n  -x\n  -y\n", "3:3 schema-type `areas` must be a list", "4:3 yaml-dash this line starts"),
    ("name: Ada\nphone: room #2\n", "2:13 yaml-comment everything from # on is left out here"),
    ("name: They hope # that\n", "1:17 yaml-comment everything from # on is left out here"),
    # it does not fit its schema
    ("nmae: Ada\n", "1:1 schema-unknown-key unknown key `nmae` (did you mean `name`?)"),
    ("Name: Ada\n", "1:1 schema-unknown-key unknown key `Name` (did you mean `name`?)"),
    ("name: Ada\nfavourite_colour: red\n", "2:1 schema-unknown-key unknown key `favourite_colour`"),
    ("name: Ada\nfavourite_colour:\n", "2:1 schema-unknown-key unknown key `favourite_colour`"),
    (
        "name: Ada\ngp:\n  practice: x\n  phone: y\n",
        "4:3 schema-unknown-key unknown key `phone` (`phone` belongs to the file",
    ),
    ("name: Ada\npractice: x\n", "2:1 schema-unknown-key unknown key `practice` (`practice` belongs to `gp`"),
    (
        "name: Ada\ngp: {practice: Old Mill, in town}\n",
        "2:26 schema-unknown-key unknown key `in town` (inside { } a comma",
    ),
    (
        "name: Ada\ngp: {practice:x}\n",
        "2:6 schema-unknown-key unknown key `practice:x` (put a space",
    ),
    ("year: 3\n", "1:1 schema-missing `name` is missing (The first name.)"),
    ("year: 3\nname:\n", "2:1 schema-missing `name` is empty (The first name.)"),
    ("name: ''\n", "1:7 schema-empty `name` is empty (The first name.)"),
    ("name: Ada\ngp:\n  street: x\n", "2:1 schema-missing `practice` is missing from `gp`"),
    (
        "name: Ada\nneeds:\n  - id: a\n  - since: 1 May 2026\n",
        "4:5 schema-missing `id` is missing from item 2 of `needs`",
    ),
    ("name: Ada\nstage: crisis\n", "1:1 schema-missing `start` is missing"),
    (
        "name: Ada\ngp: Dr Reid\n",
        "2:5 schema-type `gp` must be a group of keys, but it is the text `Dr Reid` (its keys go",
    ),
    (
        "name: Ada\nareas: reading\n",
        "2:8 schema-type `areas` must be a list, but it is the text `reading` (start each item",
    ),
    ("name: Ada\nareas:\n  x: y\n", "2:1 schema-type `areas` must be a list, but it is a group of keys"),
    ("name: [Ada]\n", "1:1 schema-type `name` must be text, but it is a list"),
    ("name: Ada\nstory:\n  Reading: slow\n", "2:1 schema-type `story` must be text, or `not_known:` with the reason"),
    (
        "name: Ada\nstory: [x]\n",
        "2:1 schema-type `story` must be text, or `not_known:` with the reason, but it is a list",
    ),
    ("name: Ada\nminutes: “15”\n", "2:10 number-format `minutes`: `“15”` is not a number"),
    ("name: Ada\nminutes: 2.5\n", "2:10 schema-type `minutes` must be a whole number"),
    ("name: Ada\nminutes: 0\n", "2:10 schema-limit `minutes` must be at least 1, but it is 0"),
    ("name: Ada\nminutes: 301\n", "2:10 schema-limit `minutes` must be at most 300"),
    ("name: Ada\nscore: ten\n", "2:8 schema-type `score` must be a number, but it is the text `ten`"),
    ("name: Ada\nflag: yes\n", "2:7 schema-type `flag` must be true or false, but it is the text `yes`"),
    (
        "name: Ada\nstage: Crisis\n",
        "2:8 schema-word `stage` cannot be `Crisis` (did you mean `crisis`? It can be calm,",
    ),
    ("name: Ada\nstage: bored\n", "2:8 schema-word `stage` cannot be `bored` (it can be calm, crisis, recovery)"),
    ("name: Ada\nagreed: Yes\n", "2:9 yes-no-format `agreed` must be yes or no (did you mean `yes`?)"),
    ("name: Ada\nagreed: true\n", "2:9 yes-no-format `agreed` must be yes or no (did you mean `yes`?)"),
    ("name: Ada\nagreed: maybe\n", "2:9 yes-no `agreed`: `maybe` is neither yes nor no"),
    (
        "name: Ada\ncost: £12.50\n",
        "2:7 money-format `cost` must be an amount in pounds, like 14.50 (did you mean `12.50`",
    ),
    ("name: Ada\ncost: cheap\n", "2:7 money-format `cost`: `cheap` is not an amount of money"),
    ("name: Ada\nat: 25:00\n", "2:5 time-impossible `at`: the clock has no 25:00"),
    ("name: Ada\nat: noon\n", "2:5 time-format `at`: `noon` cannot be read as a time"),
    ("name: Ada\nneeds:\n  - id: A 1\n", "3:9 schema-pattern `id` cannot be `A 1` (it must be an id: small letters"),
    (f"name: {'x' * 61}\n", "1:7 schema-length `name` has 61 characters: at most 60 are allowed"),
    ("name: Ada\nareas: []\n", "2:1 schema-items `areas` needs at least 1 item, but it has 0"),
    ("name: Ada\nareas: [a, b, c, d]\n", "2:1 schema-items `areas` needs at most 3 items, but it has 4"),
    ("name: Ada\nareas: [a, b, a]\n", "2:1 schema-twice `areas` has `a` twice"),
    # dates
    ("name: Ada\nstart: soon\n", "2:8 date-format `start`: `soon` cannot be read as a date (write it as 2026-03-01,"),
    (
        "name: Ada\nstart: 1/3/26\n",
        "2:8 date-format `start`: `1/3/26` cannot be read as a date (give the year with all",
    ),
    (
        "name: Ada\nstart: March 1, 2026\n",
        "2:8 date-format `start`: `March 1, 2026` cannot be read as a date (did you mean `1 M",
    ),
    (
        "name: Ada\nstart: 1st March 2026\n",
        "2:8 date-format `start`: `1st March 2026` cannot be read as a date (leave out",
    ),
    (
        "name: Ada\nstart: 1.3.2026\n",
        "2:8 date-format `start`: `1.3.2026` cannot be read as a date (did you mean `01/03/2026`?)",
    ),
    (
        "name: Ada\nstart: 1 Mach 2026\n",
        "2:8 date-format `start`: `1 Mach 2026` cannot be read as a date (`Mach` is not",
    ),
    ("name: Ada\nstart: 31 June 2026\n", "2:8 date-impossible `start`: 31 June 2026 does not exist: June has 30 days"),
    (
        "name: Ada\nstart: 2026-02-29\n",
        "2:8 date-impossible `start`: 29 February 2026 does not exist: February 2026 has 28",
    ),
    (
        "name: Ada\nstart: 03/25/2026\n",
        "2:8 date-impossible `start`: `03/25/2026` does not exist: there is no month 25 (the d",
    ),
    ("name: Ada\nstart: 1 March 0226\n", "2:8 date-range `start`: `1 March 0226` is in the year 226"),
    ("name: Ada\nneeds:\n  -\n  - id: a\n    since: 31/04/2026\n", "5:12 date-impossible `since`: 31 April 2026"),
    ("name: Ada\nend: soon\n", "2:6 date-format `end`: `soon` cannot be read as a date"),
    # identifiers
    ("name: Ada\nupn: A801200005001\n", "2:6 upn-check-letter `upn` starts with A, but the rest of the number belongs"),
    ("name: Ada\nuln: 9276308687\n", "2:6 uln-check-digit `uln` is not a ULN"),
    ("name: Ada\npostcode: York\n", "2:11 postcode-format `postcode` is not a UK postcode"),
    # several at once, sorted
    (
        "name: Ada\nstart: 31 June 2026\nstge: calm\nupn: x\nminutes: 0\n",
        "2:8 date-impossible",
        "3:1 schema-unknown-key unknown key `stge` (did you mean `stage`?)",
        "4:6 upn-format `upn` has 1 character, but a UPN has 13",
        "5:10 schema-limit",
    ),
]


def line(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.line}:{problem.column} {problem.rule} {problem.message}{hint}"


@pytest.mark.parametrize("mistake", MISTAKES, ids=[m[0][:40] for m in MISTAKES])
def test_every_mistake_has_its_place_and_words(mistake: tuple[str, ...]) -> None:
    text, *expected = mistake
    _, problems = read(text)
    problems = [p for p in problems if p.rule != "schema-missing" or "missing" in " ".join(expected)]
    assert len(problems) == len(expected), [line(p) for p in problems]
    for problem, start in zip(problems, expected, strict=True):
        assert line(problem).startswith(start)


def test_messages_show_no_python_and_no_patterns() -> None:
    for text, *_ in MISTAKES:
        for problem in read(text)[1]:
            words = problem.message + problem.hint
            assert not any(sign in words for sign in ("None", "\\d", "[a-z]", "{'", "['", "Decimal", "<class")), words


def test_a_file_that_does_not_fit_gives_no_record() -> None:
    assert read("name: Ada\nyear: 9\n")[0] is None
    assert read("name: Ada\nname: Bo\n")[0] is None


def test_a_file_with_one_impossible_date_still_gives_a_record() -> None:
    record, problems = read("name: Ada\nstart: 31 June 2026\n")
    assert [p.rule for p in problems] == ["date-impossible"]
    assert record is not None
    assert record.data == {"name": "Ada"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name: Ada\nphone: Zoë\n".encode("cp1252"), "2:10 yaml-encoding `ë` here is not saved as UTF-8"),
        (b"name: Ada\nphone: \x81\n", "2:8 yaml-encoding a character here is not saved as UTF-8"),
        (b"\xff\xfea", "0:0 yaml-encoding the file is damaged"),
        (b"PK\x03\x04\x14\xd1\x00", "0:0 yaml-character this is a Word document (or another zipped file)"),
        (b"\xd0\xcf\x11\xe0\xa1", "0:0 yaml-character this is an old Word document (.doc), not a text file"),
        (b"{\\rtf1\\ansi name: Ada}", "0:0 yaml-character this is a rich text document (RTF), not a text file"),
        (b"%PDF-1.7\n%\xe2\xe3", "0:0 yaml-character this is a PDF, not a text file"),
        (b"name: \x00\n", "1:7 yaml-character this does not look like a text file"),
        ("name: a\u2028b\n".encode(), "1:8 yaml-character there is an invisible line separator character here"),
        (b"name: " + b"x" * MAX_BYTES, "0:0 file-too-large the file is larger than 1 MB"),
        (b"a: " + b"[" * 900_000, "1:53 yaml-too-deep more than 50 levels inside each other"),
        (
            b"a: &a [1,1,1,1,1,1,1,1,1]\n"
            + b"".join(b"%c: &%c [%s]\n" % (i + 1, i + 1, b",".join([b"*%c" % i] * 9)) for i in range(97, 105)),
            "5:23 yaml-too-much the file holds more than 50,000 values",
        ),
        (b"a: &a 1\nb: [" + b"*a, " * 101 + b"]\n", "2:405 yaml-too-much more than 100 values start with *"),
    ],
)
def test_files_that_cannot_be_meant(content: bytes, expected: str) -> None:
    record, problems = read_record(content, "plan.yaml", "plan", SCHEMAS)
    assert record is None
    assert len(problems) == 1
    assert line(problems[0]).startswith(expected), line(problems[0])


# Both parsers, and anything at all

WORDS = "a b: - ' \" [ ] { } , # | : >- &x *x ! !!str % @ --- ... ? é 😀 1 \\ << ~ -"
SPACES = [
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    " ",
    ": ",
    "- ",
    "? ",
    ", ",
    " #",
    "|\n",
    ">-\n",
    "---\n",
    "\r\n",
    "\r",
    "\u00a0",
]
PIECES = st.sampled_from([*WORDS.split(), *SPACES])
YAMLISH = st.lists(PIECES, max_size=25).map("".join)


def places(value: Any) -> Any:
    if isinstance(value, YamlMap):
        return value.starts_at, value.keys_at, value.values_at, {key: places(v) for key, v in value.items()}
    if isinstance(value, YamlList):
        return value.starts_at, value.values_at, [places(v) for v in value]
    return type(value), value


def both(text: str) -> None:
    fast, plain = (read_yaml(text.encode(), "f", fast=fast) for fast in (True, False))
    assert (places(fast[0]), fast[1]) == (places(plain[0]), plain[1])


@pytest.mark.parametrize("text", [m[0] for m in MISTAKES])
def test_both_parsers_give_the_same_answer(text: str) -> None:
    both(text)


@settings(max_examples=400, deadline=None)
@given(YAMLISH)
def test_both_parsers_give_the_same_answer_to_anything(text: str) -> None:
    both(text)
    both("a: 1\n" + text)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        YAMLISH.map(str.encode),
        st.text(max_size=80).map(lambda t: t.encode("utf-8", "replace")),
    )
)
def test_no_file_breaks_the_reader(content: bytes) -> None:
    record, problems = read_record(content, "plan.yaml", "plan", SCHEMAS)
    assert record is not None or problems
    assert problems == sorted(problems)


WRITTEN = (
    "Ada|3|2.5|no|yes|''|2026-03-01|31/02/2026|[a, b]|[a, a]|{id: a}|[{id: a}]|[{}]|~||{not_known: x}|{practice: x}|[~]"
    "|crisis|true|£3|[{id: A}]|F999999925001|9:30|{why: x}|[1, 2]"
)
VALUES = st.sampled_from(WRITTEN.split("|"))
FILES = st.dictionaries(st.sampled_from([*PLAN["properties"], "other"]), VALUES, max_size=8).map(
    lambda d: "".join(f"{key}: {value}\n" for key, value in d.items())
)


@settings(max_examples=500, deadline=None)
@given(FILES)
def test_the_quick_yes_agrees_with_jsonschema(text: str) -> None:
    tree, _ = read_yaml(text.encode(), "f")
    if tree is None:
        return
    checker = Checker({"common.schema.json": COMMON, "plan.schema.json": PLAN})
    whole = whole_of(PLAN, checker.resolver("plan.schema.json"), {})
    valid = not list(_Validator(whole).iter_errors(tree))
    with suppress(Unsure):
        assert fits(tree, whole) == valid
    record, problems = read(text)
    assert valid == (not [p for p in problems if p.rule.startswith("schema-")] and record is not None)


# Schemas


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
