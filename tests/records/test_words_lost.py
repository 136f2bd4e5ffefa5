"""Words that YAML reads as something else than text, and that would be in no document: told at their place."""

from __future__ import annotations

import pytest

from generator.problems import Problem
from generator.records.record import read_record
from generator.records.yaml_text.yaml_reader import read_yaml
from tests.rule_examples import schemas

PROFILE = "date: 1 May 2026\nown_words: yes\nlike_and_admire: [Kind]\nhow_to_support_me: [Wait]\n"
PLAN = "date: 1 May 2026\n"


def told(kind: str, text: str) -> list[Problem]:
    _, problems = read_record(text.encode(), f"cases/a/{kind}.yaml", kind, schemas())
    return [one for one in problems if one.blocks and one.rule != "schema-missing"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("important_to_me:\n  - Lego\n  - Things I like:\n", 7, "item 2 of `important_to_me` must be text"),
        ("important_to_me:\n  - Lego\n  - {Zofia}\n", 7, "item 2 of `important_to_me` must be text"),
        ("important_to_me:\n  - Lego\n  - ? not sure\n", 7, "item 2 of `important_to_me` must be text"),
        ("important_to_me:\n  Lego:\n  Zofia:\n", 5, "`important_to_me` must be a list"),
        ("important_to_me: [Lego]\ncompleted_by:\n  Mrs Hale:\n", 6, "`completed_by` must be text"),
    ],
)
def test_words_that_are_read_as_keys_without_values_are_told(text: str, line: int, says: str) -> None:
    [problem] = told("profile", PROFILE + text)
    assert problem.line == line and says in problem.message and problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "important_to_me:\n  - Lego\n  -\n",
        "important_to_me: [Lego]\nmy_goals:\n",
        "important_to_me: [Lego]\nmy_goals: []\n",
    ],
)
def test_what_is_only_begun_is_no_words_lost(text: str) -> None:
    assert told("profile", PROFILE + text) == []


def test_a_row_that_is_only_begun_is_left_alone_and_an_unknown_key_in_it_is_told() -> None:
    assert told("plan", PLAN + "outcomes:\n  - id:\n    text:\n") == []
    [problem] = told("plan", PLAN + "outcomes:\n  - By July Ada reads:\n")
    assert problem.rule == "schema-unknown-key" and "take the colon away" in problem.hint and problem.line == 3
    [inside] = told("plan", PLAN + "aspirations:\n  Building houses:\n")
    assert "take the colon away" in inside.hint


def test_where_nothing_may_be_not_known_no_quotes_are_told_around_it() -> None:
    [problem] = told("profile", PROFILE.replace("own_words: yes", "completed_by: {not_known: }"))
    assert "quotes" not in problem.hint and "leave the key out" in problem.hint


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (r'a: "C:\notes"', 7),
        (r'a: "see H:\temp\new plan"', 11),
        (r'a: "C:\reports"', 7),
        (r'a: "\\server\notes"', 13),
        (r'a: "evidence\notes.pdf"', 13),
        (r'a: [x, "C:\notes"]', 11),
        (r'a: "\\server\team\notes"', 13),
    ],
)
@pytest.mark.parametrize("fast", [True, False])
def test_a_backslash_of_a_path_that_yaml_reads_as_another_sign_is_told(text: str, column: int, fast: bool) -> None:
    _, [problem] = read_yaml(text.encode(), "plan.yaml", fast)
    assert (problem.line, problem.column, problem.blocks) == (1, column, True)
    assert "is read as another sign" in problem.message and "twice" in problem.hint


@pytest.mark.parametrize(
    "text",
    [r'a: "C:\\notes"', r"a: 'C:\notes'", r"a: C:\notes", r'a: "One line.\nTwo lines."', r'a: "Targets:\nReads"',
     r'a: "one\ttwo"', r'a: "says \"no\" to C:"',
     r'a: "Agreed.\nPlan A:\nmove seat"', r'a: "Plan A:\nmove seat"', r'a: "Plan A:\nMove"', r'a: "Plan A:\n\nmove"',
     r'a: "Yes.\nNo.Then"', r'a: "C:\\notes\nmore"', r'a: "A:\tbooks and pens"', r'a: "Plan A:\u000Amove"'],
)  # fmt: skip
def test_a_backslash_that_is_meant_is_nothing_to_tell(text: str) -> None:
    assert read_yaml(text.encode(), "plan.yaml")[1] == []
