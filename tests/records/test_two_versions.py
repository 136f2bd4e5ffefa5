"""Two versions of a record told field by field, and two people's changes of one record brought together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.records.compare import different, quoted
from generator.records.three_way import differences, put
from tests.rule_examples import schemas

DAY = date(2026, 11, 12)


def told(before: Any, now: Any, kind: str = "plan", path: str = "plan.yaml") -> list[tuple[str, str, str, str]]:
    shape = schemas().shape(kind)
    return [(one.record, one.field, one.before, one.now) for one in different(before, now, shape, "Plan", path)]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (None, {"title": "One"}, ("Plan: “One”", "The whole record", "", "“One”")),
        ({"date": DAY}, None, ("Plan, 12 November 2026", "The whole record", "“meetings/one.yaml”", "")),
        (None, {}, ("Plan: one", "The whole record", "", "“meetings/one.yaml”")),
    ],
)
def test_a_whole_record_that_came_or_went_is_one_change(before: Any, now: Any, said: tuple[str, ...]) -> None:
    [found] = told(before, now, path="meetings/one.yaml")
    assert found[1:] == said[1:] and found[0] == said[0].replace("“", "").replace("”", "")


@pytest.mark.parametrize(
    ("path", "now", "name"),
    [
        ("plan.yaml", {"title": "One"}, "Plan"),
        ("cycles/a.yaml", {"title": "One"}, "Plan: One"),
        ("cycles/a.yaml", {"date": DAY}, "Plan, 12 November 2026"),
        ("cycles/a.yaml", {}, "Plan: a"),
    ],
)
def test_a_record_of_which_there_are_many_is_named(path: str, now: dict[str, Any], name: str) -> None:
    assert told({"x": 1}, {**now, "x": 2}, path=path)[-1][0] == name


OUTCOME = {"id": "o", "text": "Reads 50 words", "baseline": "31 words"}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"coordinator": "A"}, {"coordinator": "B"}, [("“A”", "“B”")]),
        ({"coordinator": "A"}, {}, [("“A”", "")]),
        ({}, {"coordinator": "A"}, [("", "“A”")]),
        ({"coordinator": "A", "status": "draft"}, {"status": "final", "coordinator": "A"}, [("Draft", "Final")]),
        ({"date": DAY}, {"date": DAY}, []),
        ({"outcomes": [OUTCOME]}, {"outcomes": [{**OUTCOME, "baseline": "40 words"}]}, [("“31 words”", "“40 words”")]),
        ({"outcomes": [OUTCOME, {"id": "p"}]}, {"outcomes": [{"id": "p"}, OUTCOME]}, []),
        ({"outcomes": [OUTCOME]}, {"outcomes": [{**OUTCOME, "text": "More"}]}, [("“Reads 50 words”", "“More”")]),
    ],
)
def test_each_field_that_differs_is_told_with_both_values(before: Any, now: Any, said: list[tuple[str, str]]) -> None:
    assert [(old, new) for _, _, old, new in told(before, now)] == said


def test_a_field_is_named_by_the_way_to_it() -> None:
    before, now = {"outcomes": [OUTCOME]}, {"outcomes": [{**OUTCOME, "baseline": "x"}]}
    assert (
        told(before, now)[0][1]
        == "Outcomes, “Reads 50 words”, where the child is now"[:28] + told(before, now)[0][1][28:]
    )
    renamed = told(before, {"outcomes": [{**OUTCOME, "text": "More"}]})
    assert renamed[0][1] == "Outcomes, “More”"
    nested = told({"aspirations": {"pupil": "a"}}, {"aspirations": {"pupil": "b"}})
    assert nested[0][1] == "Hopes and dreams, the child's hopes"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (["a", "b", "c"], ["a", "x", "c"], [("entry 2", "“b”", "“x”")]),
        (["a", "b"], ["a"], [("entry 2", "“b”", "")]),
        (["a"], ["a", "b", "c"], [("entry 2", "", "“b”"), ("entry 3", "", "“c”")]),
        (["b"], ["a", "b"], [("entry 1", "", "“a”")]),
        (["a", "b", "c"], ["c"], [("entry 1", "“a”", ""), ("entry 2", "“b”", "")]),
    ],
)
def test_rows_without_an_id_belong_together_where_they_are_most_alike(before: Any, now: Any, said: Any) -> None:
    found = told({"tried": before}, {"tried": now})
    assert [(field.rpartition(", ")[2], old, new) for _, field, old, new in found] == said


def test_rows_of_which_some_have_an_id_and_rows_in_another_order_of_keys() -> None:
    mixed = told({"tried": [{"id": "a"}, "b"]}, {"tried": [{"id": "a"}, "c"]})
    assert [(old, new) for _, _, old, new in mixed] == [("“b”", "“c”")]
    turned = told({"tried": [{"a": "1", "b": "2"}, "x"]}, {"tried": [{"b": "2", "a": "1"}, "y"]})
    assert [(old, new) for _, _, old, new in turned] == [("“x”", "“y”")]


def test_a_row_within_a_row_keeps_the_way_to_it() -> None:
    def rows(k: int) -> dict[str, Any]:
        return {"rows": [{"id": "a", "title": "T", "sub": [{"id": "b", "title": "U", "k": k}]}]}

    assert [field for _, field, _, _ in told(rows(1), rows(2))] == ["Rows, “T”, sub, “U”, k"]


def test_names_of_fields_are_small_unless_they_are_letters_of_a_name() -> None:
    inner = schemas().shape("pupil").property("needs")
    assert inner is not None
    row = {"sen_type": "HI", "title": "Hearing"}
    assert quoted(row, inner.item()) == "SEN type HI; in short “Hearing”"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"title": "T", "text": "X"}, "“T”"),
        ({"text": "X", "name": "N"}, "“X”"),
        ({"name": "N"}, "“N”"),
        ({"service": "S"}, "“S”"),
        ({"what": "W"}, "“W”"),
        ({"date": DAY}, "“12 November 2026”"),
        ({"title": "x" * 60}, f"“{'x' * 60}”"),
        ({"title": "x" * 61}, f"“{'x' * 59}…”"),
    ],
)
def test_a_row_is_known_by_its_title_text_or_name(row: dict[str, Any], name: str) -> None:
    found = told({"rows": [{"id": "a", **row, "k": 1}]}, {"rows": [{"id": "a", **row, "k": 2}]})
    assert [field for _, field, _, _ in found] == [f"Rows, {name}, k"]
    bare = told({"rows": [{"id": "a", "k": 1}]}, {"rows": [{"id": "a", "k": 2}]})
    assert [field for _, field, _, _ in bare] == ["rows, k"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        ([], ""),
        ({}, ""),
        ("a  b\nc", "“a b c”"),
        (["a", "b"], "“a”, “b”"),
        (DAY, "12 November 2026"),
        (True, "Yes"),
        ({"id": "x", "one": "a", "two": 2}, "one “a”; two 2"),
        (0, "0"),
        (False, "No"),
    ],
)
def test_a_value_is_told_in_words(value: Any, words: str) -> None:
    assert quoted(value, None) == words


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [("", "x", "f: new: x"), ("x", "", "f: taken out: x"), ("x", "y", "f: was x, is now y")],
)
def test_a_change_is_a_line(before: str, now: str, said: str) -> None:
    from generator.records.compare import Changed

    assert str(Changed("r", "f", before, now)) == said


# -- three versions ---------------------------------------------------------------------------------------------------


def asked(before: Any, theirs: Any, mine: Any) -> list[tuple[Any, ...]]:
    return [(one.way, one.clash, one.suggested) for one in differences(before, theirs, mine)]


@pytest.mark.parametrize(
    ("before", "theirs", "mine", "found"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "1"}, []),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, []),
        ({"a": "1"}, {"a": "2"}, {"a": "1"}, [(("a",), False, "theirs")]),
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, [(("a",), False, "mine")]),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, [(("a",), True, "")]),
        ({}, {"a": "1"}, {}, [(("a",), False, "theirs")]),
        ({"a": "1"}, {}, {"a": "1"}, [(("a",), False, "theirs")]),
        (None, {"a": "1"}, {"a": "2"}, [(("a",), True, "")]),
        ({"a": "x"}, {"a": {"b": "1"}}, {"a": {"b": "2"}}, [(("a", "b"), True, "")]),
        ({"a": ["1", "2"]}, {"a": ["1", "3"]}, {"a": ["1", "2"]}, [(("a", 1), False, "theirs")]),
        ({"a": ["1"]}, {"a": ["1", "2"]}, {"a": ["3"]}, [(("a",), True, "both")]),
        ({"a": ["1", "2"]}, {"a": ["1"]}, {"a": ["2"]}, [(("a",), True, "both")]),
        ({"a": ["1"]}, {"a": ["2", "3"]}, {"a": ["4", "5"]}, [(("a",), True, "")]),
        ({"a": "1"}, {"a": ["1"]}, {"a": "1"}, [(("a",), False, "theirs")]),
        ({"a": {"b": "1"}}, {"a": {"b": "2"}}, {"a": "x"}, [(("a",), True, "")]),
    ],
)
def test_what_one_changed_is_taken_and_what_both_changed_is_asked(
    before: Any, theirs: Any, mine: Any, found: Any
) -> None:
    assert asked(before, theirs, mine) == found


@pytest.mark.parametrize(
    ("data", "way", "made"),
    [
        ({"a": "1"}, (), "x"),
        ({"a": "1"}, ("a",), {"a": "x"}),
        ({"a": ["1", "2"]}, ("a", 1), {"a": ["1", "x"]}),
        (None, ("a", "b"), {"a": {"b": "x"}}),
        ({"a": {"b": "1", "c": "2"}}, ("a", "b"), {"a": {"b": "x", "c": "2"}}),
        ("text", ("a",), {"a": "x"}),
    ],
)
def test_a_value_is_put_at_its_way_and_the_rest_stays(data: Any, way: Any, made: Any) -> None:
    assert put(data, way, "x") == made
