"""Two small schemas with one property of each form, and a reader for them."""

from __future__ import annotations

from typing import Any

from generator.problems import Problem
from generator.records.record import Record, Schemas, read_record

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


SCHEMAS = Schemas({"common.schema.json": COMMON, "plan.schema.json": PLAN})


def read(text: str) -> tuple[Record | None, list[Problem]]:
    return read_record(text.encode(), "plan.yaml", "plan", SCHEMAS)


def data_of(text: str) -> Any:
    record, problems = read("name: Ada\n" + text)
    assert record is not None, [str(p) for p in problems]
    return record.data


def line(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.line}:{problem.column} {problem.rule} {problem.message}{hint}"
