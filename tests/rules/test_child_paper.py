"""Findings about the child's own paper point at what has no words of the child's, and at lines that are too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.rules import View
from tests.rules.test_quality import BY_ID, RULES_FOLDER, STANDARD, read_example

EXAMPLES = sorted(RULES_FOLDER.glob("my-plan-*/*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_rule_points_at_the_marked_lines_and_at_no_other(path: Path) -> None:
    rule = path.parent.name
    example = read_example(path, rule)
    found = BY_ID[rule].problems(View(example.case, STANDARD, example.on))
    marked = [n for n, line in enumerate(path.read_text("utf-8").splitlines()) if f"# finding: {rule}" in line]
    assert len(found) == len(marked) == path.stem.startswith("bad")


def test_the_finding_counts_and_says_whose_words_are_missing() -> None:
    [path] = [one for one in EXAMPLES if one.match("my-plan-words/bad.yaml")]
    example = read_example(path, "my-plan-words")
    [found] = BY_ID["my-plan-words"].problems(View(example.case, STANDARD, example.on))
    assert "1 target and 1 support have no words for Lena yet" in found.message
