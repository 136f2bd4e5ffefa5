"""Rules of identity, law and Code, cycles, meetings, dates and local policy, by their examples in tests/rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.rules import (
    RULES,
    Rule,
    code,
    cycles,
    dates,
    early,
    identity,
    local,
    meetings,
    request,
    sequence,
)
from tests.rule_examples import files, found, read_example

OURS = [
    rule
    for family in (identity, early, code, cycles, sequence, meetings, request, dates, local)
    for rule in family.RULES
]
GOOD = [pytest.param(rule, path, id=f"{rule.id}/{path.stem}") for rule in OURS for path in files(rule.id, "good")]
BAD = [pytest.param(rule, path, id=f"{rule.id}/{path.stem}") for rule in OURS for path in files(rule.id, "bad")]


@pytest.mark.parametrize(("rule", "path"), GOOD)
def test_good_example_is_left_alone(rule: Rule, path: Path) -> None:
    assert [str(problem) for problem in rule.problems(read_example(path).view)] == []


@pytest.mark.parametrize(("rule", "path"), BAD)
def test_bad_example_is_found_where_it_is_marked(rule: Rule, path: Path) -> None:
    example = read_example(path)
    assert example.expected, f"{path} marks no line with `# finding:` or `# missing:`"
    assert found(rule, example) == example.expected, "\n".join(map(str, rule.problems(example.view)))


def test_every_rule_of_ours_has_a_good_and_a_bad_example() -> None:
    without = [f"{kind} {rule.id}" for rule in OURS for kind in ("good", "bad") if not files(rule.id, kind)]
    assert without == []


def test_rules_say_what_why_and_where_from() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in OURS:
        assert rule.why.endswith((".", "!")) and rule.good and rule.bad, rule.id
        assert rule.source or rule.severity == "data", rule.id
        assert "invalid" not in f"{rule.why} {rule.good} {rule.bad}".casefold()


def test_only_broken_data_stops_a_build() -> None:
    blocking = {rule.id for rule in OURS if rule.severity == "data"}
    assert blocking == {
        "born-in-future", "date-order", "date-in-future", "attendance-sums", "need-rank-twice", "status-overlap",
    }  # fmt: skip
