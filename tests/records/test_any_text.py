"""Any text at all: the quick reader and the library's agree, and no file breaks the reader."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.records.record import read_record
from generator.records.schema.schema_validator import Checker, Unsure, fits
from generator.records.schema.schema_validator import whole as whole_of
from generator.records.schema.schema_validator_full import _Validator
from generator.records.yaml_text.yaml_editor import with_value
from generator.records.yaml_text.yaml_keys import YamlList, YamlMap
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.records.yaml_text.yaml_writing import on_one_line
from tests.records.faulty_records import MISTAKES
from tests.records.small_schemas import COMMON, PLAN, SCHEMAS, read

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


@pytest.mark.whole
@settings(max_examples=400, deadline=None)
@given(YAMLISH)
def test_both_parsers_give_the_same_answer_to_anything(text: str) -> None:
    both(text)
    both("a: 1\n" + text)


@pytest.mark.whole
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


@pytest.mark.whole
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


LINES = st.lists(
    st.sampled_from(
        [*"ACn:\\.\n\n\t \"'", "\\\\", "C:\\", "Plan A:\n", "No.Then", "new", "notes.pdf", "\\server\\", "Tell"]
    ),
    min_size=1,
    max_size=10,
).map("".join)
FILE = 'block: One\nfolded: >-\n  One\n  two\ntwice: "One"\nrows:\n  - {what: One, who: "Two"}\nlist: [One, Two]\n'
WAYS: list[list[str | int]] = [["block"], ["folded"], ["twice"], ["rows", 0, "what"], ["rows", 0, "who"], ["list", 1]]


def without_ends(text: str) -> str:
    """A text of several lines as it is kept: without spaces at their ends."""
    return "\n".join(line.strip() for line in text.strip().splitlines()) if "\n" in text.strip() else text


def read_back(written: str, way: list[str | int]) -> str:
    """The text at a place of a file, which has no fault."""
    value: Any
    value, problems = read_yaml(written.encode(), "log.yaml")
    assert not problems, (written, problems)
    for key in way:
        value = value[key]
    return str(value).rstrip("\n")


@pytest.mark.whole
@settings(deadline=None, max_examples=300)
@given(LINES)
def test_whatever_text_is_written_is_read_back_without_a_word(text: str) -> None:
    for style in ('"', "'", ""):
        assert read_back(f"a: {on_one_line(text, style)}\n", ["a"]) == text.rstrip("\n")
    assert read_back(f"a: {on_one_line([{'b': text}])}\n", ["a", 0, "b"]) == text.rstrip("\n")
    for way in WAYS if text.strip() else []:
        assert read_back(with_value(FILE, way, text), way) == without_ends(text).rstrip("\n")
