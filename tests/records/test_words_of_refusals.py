"""What a schema refuses, in words: each keyword, each kind of value, and the boundaries of what is listed."""

from __future__ import annotations

from typing import Any

import pytest

from generator.records.schema.schema_messages import Sentence, near, sentences
from generator.records.schema.schema_refusal import Refusal
from generator.records.schema.schema_view import Shape
from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth, YamlMap


def told(keyword: str, value: Any, limit: Any = None, name: str = "", **schema: Any) -> Sentence:
    """What is told of a value `a` of some schema; of a key, of the file itself."""
    keys = keyword in ("required", "additionalProperties")
    top = schema if keys else {"properties": {"a": schema}}
    [one] = sentences([Refusal(() if keys else ("a",), keyword, limit, value, name)], Shape(top, None))
    return one


TYPES = {
    "string": "text", "number": "a number", "integer": "a whole number", "boolean": "true or false", "array": "a list",
    "object": "a group of keys", "null": "empty",
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_has_its_word(kind: str) -> None:
    assert told("type", [1], kind).message == f"`a` must be {TYPES[kind]}, but it is a list"


FOUND = [({"b": 1}, "a group of keys"), ([1], "a list"), (PlainTruth("true"), "`true`"), (PlainNumber("7"),
         "the number 7"), ("x", "the text `x`")]  # fmt: skip


@pytest.mark.parametrize(("value", "words"), FOUND)
def test_what_stands_there_is_named(value: Any, words: str) -> None:
    assert told("type", value, "boolean").message.endswith(f"but it is {words}")


INSTEAD = [
    ("“x”", "boolean", 'use straight quotes (") or none, not curly ones'),
    ("-x", "array", "put a space after the dash"),
    ("x", "array", "start each item on a line of its own with a dash and a space"),
    ("b:1", "object", "put a space after the colon"),
    ("x", "object", "its keys go on the lines below, indented: b, c"),
    ({"not_known": "x"}, "string", "write the text, or leave the key out: `not_known:` is for other keys"),
    ({"b": 1}, "string", 'text with a colon in it must be in quotes: "…"'),
    (["x"], "string", "write the text after the key, without dashes and brackets"),
    (["x"], "object", "Says what."),
    (["x"], "boolean", "Says what."),
    ({"b": 1}, "boolean", "Says what."),
    (PlainNumber("7"), "string", "Says what."),
]


@pytest.mark.parametrize(("value", "kind", "hint"), INSTEAD)
def test_what_to_write_instead(value: Any, kind: str, hint: str) -> None:
    schema: dict[str, Any] = {"properties": {"b": {}, "c": {}}, "description": "Says what."}
    assert told("type", value, kind, **schema).hint == hint


def test_where_it_may_be_not_known_that_is_offered() -> None:
    schema: dict[str, Any] = {"properties": {"not_known": {}}}
    assert "a group of keys, or `not_known:` with the reason" in told("type", [1], ["object"], **schema).message
    assert "must be text, or `not_known:`" in told("type", [1], ["string", "object", "number"], **schema).message
    # Keys where text belongs are one mistake, and `not_known:` with something beside it is another.
    text = {"type": "string", **schema}
    [one] = sentences(
        [
            Refusal((), "additionalProperties", None, {"b": 1}, "b"),
            Refusal((), "required", None, {"b": 1}, "not_known"),
        ],
        Shape(text, None),
    )
    assert one.rule == "schema-type"
    [one] = sentences([Refusal((), "additionalProperties", None, {"not_known": "", "b": 1}, "b")], Shape(text, None))
    assert one.rule == "schema-unknown-key"


WRITTEN = [
    ("date", "2026-03-01", "date-format", "`a` must be a date", "did you mean `1 March 2026`?"),
    ("yes_no", "Yes", "yes-no-format", "`a` must be yes or no", "did you mean `yes`?"),
    ("yes_no", "No", "yes-no-format", "`a` must be yes or no", "did you mean `no`?"),
    ("yes_no_not_known", "No", "yes-no-not-known-format", "`a` must be yes, no or not_known", "did you mean `no`?"),
    ("yes_no_not_known", "not_known", "yes-no-not-known-format", "`a` must be yes, no or not_known",
     "did you mean `not_known`?"),
    ("money", "14.50", "money-format", "`a` must be an amount in pounds, like 14.50",
     "did you mean `14.50`, without £ and quotes?"),
    ("number", "7", "number-format", "`a` must be a number", "did you mean `7`, without quotes?"),
    ("time", "9:30", "time-format", "`a` must be a time of day, like 9:30", "write it as 9:30 or 14:15"),
]  # fmt: skip


@pytest.mark.parametrize(("meaning", "text", "rule", "message", "hint"), WRITTEN)
def test_a_value_with_a_meaning_says_how_it_is_written(
    meaning: str, text: str, rule: str, message: str, hint: str
) -> None:
    one = told("pattern", text, **{"x-value": meaning})
    assert (one.rule, one.message) == (rule, message) and one.hint.startswith(hint)


def test_a_number_that_is_too_small_is_no_slip_of_writing() -> None:
    bounds = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }
    for keyword, words in bounds.items():
        one = told(keyword, "7", 8, **{"x-value": "number"})
        assert one.message == f"`a` must be {words} 8, but it is 7"
    one = told("type", PlainNumber("7"), "integer", **{"x-value": "number"})
    assert one.rule == "schema-type", "a plain number is written as one"


def test_an_empty_value_is_said_to_be_empty() -> None:
    one = told("minLength", "", 1, description="Who it is.")
    assert (one.rule, one.message, one.hint) == ("schema-empty", "`a` is empty", "Who it is.")


def keys(*names: str, **more: Any) -> dict[str, Any]:
    return {"properties": {name: {} for name in names}, **more}


UNKNOWN = [
    ("“b”", keys("b", "c"), "curly quotes do not count: write `b: …`"),
    ("b\u200b", keys("b", "c"), "it has an invisible character from pasting: delete the key and type it again"),
    ("b:x", keys("b", "c"), "put a space after the colon: `b: …`"),
    ("zzzz:x", keys("b", "c"), "the keys here are b, c"),
    ("targett", keys("target", "c"), "did you mean `target`?"),
    ("inside", {"properties": {"b": keys("inside")}}, "`inside` belongs to `b`: move it to the right, under `b:`"),
]


@pytest.mark.parametrize(("name", "schema", "hint"), UNKNOWN)
def test_an_unknown_key_is_told_with_what_was_meant(name: str, schema: dict[str, Any], hint: str) -> None:
    assert told("additionalProperties", {name: "1"}, name=name, **schema).hint == hint


def test_a_key_that_is_there_already_and_one_that_a_comma_began() -> None:
    assert "It is already there" in told("additionalProperties", {"targett": "1", "target": "1"}, name="targett",
                                         **keys("target")).hint  # fmt: skip
    assert "a comma starts a new key" in told("additionalProperties", {"and so": None}, name="and so", **keys("b")).hint
    assert "a comma" not in told("additionalProperties", {"and": None}, name="and", **keys("b")).hint


def test_a_key_of_the_level_above_is_moved_to_the_left() -> None:
    top = {"properties": {"a": keys("b"), "outer": {}}}
    [one] = sentences([Refusal(("a",), "additionalProperties", None, {"outer": "1"}, "outer")], Shape(top, None))
    assert one.hint == "`outer` belongs to the file: move it to the left"


def test_up_to_twenty_words_are_listed() -> None:
    names = [f"k{chr(97 + n)}{chr(98 + n)}" for n in range(21)]
    assert told("additionalProperties", {"zzzzzz": "1"}, name="zzzzzz", **keys(*names[:20])).hint.endswith(names[19])
    assert told("additionalProperties", {"zzzzzz": "1"}, name="zzzzzz", **keys(*names)).hint == ""
    assert told("enum", "zzzzzz", names[:20]).hint == f"it can be {', '.join(names[:20])}"
    assert told("enum", "zzzzzz", names).hint == f"it can be {', '.join(names[:20])}, …"


def test_a_word_is_told_with_the_one_that_is_near() -> None:
    assert told("enum", "groop", ["group", "one"]).hint == "did you mean `group`? It can be group, one"
    assert told("enum", ["x"], ["group"]).message == "`a` must be one of the words group, but it is a list"
    assert told("const", "x", "y").message == "`a` must be `y` here"
    assert told("const", "x", 3).message == "`a` must be `3` here"
    assert near("support_plan", ["support plan"]) == "support plan" and near("x", ["group"]) == ""


PATTERNS: list[tuple[dict[str, Any], str]] = [
    ({"x-says": "six digits"}, "it must be six digits"),
    ({"description": "A code.", "examples": ["AB1"]}, "A code; for example AB1"),
    ({"description": "A code.", "examples": [7]}, "A code"),
    ({"description": "A code.", "examples": []}, "A code"),
    ({"description": 7}, ""),
]


@pytest.mark.parametrize(("schema", "hint"), PATTERNS)
def test_a_text_of_another_form_is_told_with_an_example(schema: dict[str, Any], hint: str) -> None:
    assert (told("pattern", "x", **schema).message, told("pattern", "x", **schema).hint) == ("`a` cannot be `x`", hint)


def test_lengths_and_counts() -> None:
    assert told("minLength", "abc", 4).message == "`a` has 3 characters: at least 4 are allowed"
    assert told("minLength", "abc", 4).hint == ""
    assert told("maxLength", "abc", 2).message == "`a` has 3 characters: at most 2 are allowed"
    assert told("maxLength", "abc", 2).hint.startswith("shorten it")
    assert told("minItems", ["x"], 2).message == "`a` needs at least 2 items, but it has 1"
    assert told("maxItems", ["x", "y"], 1).message == "`a` needs at most 1 item, but it has 2"
    assert told("uniqueItems", ["x", "y", "x"]).message == "`a` has `x` twice"
    assert told("uniqueItems", [{"b": 1}, {"b": 1}]).message == "`a` has the same item twice"
    assert told("anyOf", "x", **{"x-says": "a day or a week"}).message == "`a` must be a day or a week"
    assert told("anyOf", "x").message == "`a` does not fit"


def test_a_key_that_is_missing_or_empty() -> None:
    schema = {"properties": {"b": {"description": "Who."}}}
    missing, empty = told("required", {}, name="b", **schema), told("required", {"b": None}, name="b", **schema)
    assert (missing.message, missing.hint, missing.at_key, missing.about) == ("`b` is missing", "Who.", None, "b")
    assert (empty.message, empty.hint, empty.at_key, empty.about) == ("`b` is empty", "Who.", "b", "b")
    top = {"properties": {"rows": {"items": schema}}}
    [one] = sentences([Refusal(("rows", 1), "required", None, {}, "b")], Shape(top, None))
    assert one.message == "`b` is missing from item 2 of `rows`"


def test_what_follows_from_another_mistake_is_left_out() -> None:
    top = Shape(keys("target", "c"), None)
    value = {"targett": "1"}
    one, *others = sentences(
        [Refusal((), "required", None, value, "target"), Refusal((), "additionalProperties", None, value, "targett")],
        top,
    )
    assert (one.rule, others) == ("schema-unknown-key", [])
    both = [Refusal(("c",), keyword, 5, "abc") for keyword in ("pattern", "minLength", "anyOf", "type")]
    both = [one if one.keyword != "type" else Refusal(("c",), "type", "boolean", "abc") for one in both]
    assert [one.rule for one in sentences(both, top)] == ["schema-type"]
    both = [Refusal(("c",), keyword, ["y"], "abc") for keyword in ("pattern", "minLength", "const", "enum")]
    assert sentences(both, top)[0].message == "`c` cannot be `abc`" and len(sentences(both, top)) == 1


def test_only_keys_where_text_belongs_are_one_mistake() -> None:
    text: dict[str, Any] = {"type": "string", "properties": {"not_known": {}}}
    assert told("pattern", "x", **text).rule == "schema-pattern"
    [one] = sentences(
        [Refusal((), "additionalProperties", None, {"b": 1}, "b")], Shape({"properties": {"not_known": {}}}, None)
    )
    assert one.rule == "schema-unknown-key"


def test_a_list_where_a_date_belongs_is_a_list() -> None:
    assert told("type", [1], "string", **{"x-value": "date"}).message == "`a` must be text, but it is a list"


@pytest.mark.parametrize(
    ("keywords", "rule"),
    [(("pattern", "const"), "schema-word"), (("pattern", "minLength"), "schema-length"), (("anyOf", "pattern"),
     "schema-pattern"), (("const", "enum", "type"), "schema-type")],
)  # fmt: skip
def test_of_several_mistakes_of_one_value_the_plainest_is_told(keywords: tuple[str, ...], rule: str) -> None:
    limits: dict[str, Any] = {"type": "boolean", "enum": ["y"], "const": "y"}
    found = [Refusal(("c",), keyword, limits.get(keyword, 5), "abc") for keyword in keywords]
    assert [one.rule for one in sentences(found, Shape(keys("c"), None))] == [rule]


def in_yaml(**values: Any) -> YamlMap:
    found = YamlMap(1, 1)
    found.update(values)
    return found


def test_keys_that_no_part_of_a_schema_knows_are_named_and_those_that_it_has() -> None:
    """A school's own schema may say so with this keyword; a list or another keyword says it in other words."""
    there = keys("b", "c")["properties"]
    told_of = told("unevaluatedProperties", in_yaml(b=1, x=1, y=2), False, properties=there)
    assert (told_of.rule, told_of.message) == ("schema-unknown-key", "`a` has unknown keys: x, y")
    assert told_of.hint == "the keys here are b, c"
    assert told("dependentRequired", in_yaml(b=1), properties=there).rule == "schema-value"
    assert told("unevaluatedProperties", "x").rule == "schema-value"


def test_a_number_for_money_that_is_too_exact_is_told_as_a_number() -> None:
    """Not as words that are no money: it is one, and the schema's own limit says what is wrong."""
    assert told("multipleOf", PlainNumber("12.345"), 0.01, **{"x-value": "money"}).rule == "schema-value"
