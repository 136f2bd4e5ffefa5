"""Slips of lists and quotes where they begin and where there is none."""

from __future__ import annotations

import pytest

from generator.records.yaml_text.yaml_slips import curly_quotes, dash_slip, missing_dash, open_bracket, swallowing_quote


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("“Ada”", "Ada"),
        ("‘Ada Rose’", "Ada Rose"),
        ("“Ada", "Ada"),
        ("“Maths is better.”", ""),
        ("“Is it?”", ""),
        ("“one two three four five six”", ""),
        ("“one two three four five”", "one two three four five"),
        ("“Hello” she said", ""),
        ("’tis so", ""),
        ("Ada", ""),
        ("“", ""),
        ("", ""),
        ('“Ada"', "Ada"),
    ],
)
def test_curly_quotes_are_taken_off_words_and_left_on_what_somebody_said(text: str, written: str) -> None:
    said = curly_quotes(text)
    assert said.startswith(f'write {written} or "{written}"') if written else said == ""


@pytest.mark.parametrize(
    ("lines", "number", "column", "says"),
    [
        (["a:", "  - One", "  Two"], 2, 2, "under the dash of line 2"),
        (["a:", "  - One", "  - Two"], 2, 2, ""),
        (["a:", "  - One", "  # note"], 2, 2, ""),
        (["a:", "  - One", "  "], 2, 2, ""),
        (["a:", "  - One", "b Two"], 2, 2, ""),
        (["a:", "  - id: x", "  text"], 2, 2, ""),
        (["a:", "  - id: x", "  id: y"], 2, 2, "under the dash of line 2"),
        (["a:", "  - id: x", "  {id: y}"], 2, 2, "under the dash of line 2"),
        (["a:", "  - One", "  2. Two"], 2, 2, "not with 2."),
        (["a:", "  b: x", "  Two"], 2, 2, ""),
        (["a:", "  - One"], 9, 2, ""),
        (["a:", "  - One", "    more", "  Two"], 3, 2, "under the dash of line 2"),
    ],
)
def test_a_line_under_a_dash_without_one(lines: list[str], number: int, column: int, says: str) -> None:
    found = missing_dash(lines, number, column)
    assert (says in found[2] and found[:2] == (number, column)) if found else says == ""


@pytest.mark.parametrize(
    ("lines", "last", "where"),
    [
        (['a: "x"', "b: y"], 1, None),
        (['a: "x', "b: y", 'c: "z"'], 2, (0, "not closed on this line")),
        (['a: "x', "b: y"], 1, (0, "never closed")),
        (['a: "x', '  and y"', "b: z"], 2, None),
        (['a: "x”', "b: y"], 1, (0, "curly quote ”")),
        (['a: "the parents’', '  house and talked."', "b: [x", "c: y"], 3, None),
        (['a: "the parents’', '  house."  # so', 'b: "x', "c: y"], 3, (2, "never closed")),
        (['a: "x”', "  and y", 'b: "z"'], 2, (0, "curly quote ”")),
        (['a: "x”', '  - "z"'], 1, (0, "curly quote ”")),
        (["a: x", 'b: "y', "c: z"], 0, None),
        (["a: 'it''s'", "b: y"], 1, None),
        (['a: "x', '  y"', 'b: "z', "c: w"], 3, (2, "never closed")),
    ],
)
def test_a_quotation_mark_that_swallows_the_next_lines(
    lines: list[str], last: int, where: tuple[int, str] | None
) -> None:
    found = swallowing_quote(lines, last)
    assert (found is None) if where is None else (found is not None and found[0] == where[0] and where[1] in found[2])


def test_brackets_and_dashes() -> None:
    assert open_bracket(["a: [x", "b: {y}"]) is not None and open_bracket(["a: [x]", 'b: "["', "c: x # ["]) is None
    found = open_bracket(["a: [x", "b: {y"])
    assert found is not None and found[0] == 1 and "{" in found[2]
    assert dash_slip(["-id: x"], 0, 0) is not None and dash_slip(["- id: x"], 0, 0) is None
    assert dash_slip(["x", "- - id: x"], 1, 9) is not None and dash_slip(["- - id: x", "x"], 1, 9) is None
