"""Rules of identity, law and Code, cycles, meetings, dates and local policy, by their examples in tests/rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.authorities.legal_test import HEADS, criterion_rows
from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.cases.dates.statutory_clock import long_closures, statutory_clock
from generator.records.record import Record
from generator.rules import Rule, View
from generator.rules.__main__ import README, table
from generator.rules.law_and_code.meetings_and_family import meetings
from generator.rules.requirement_index import REQUIREMENTS, WITHOUT_RULE
from generator.rules.rule_list import RULES
from tests.rule_examples import FOLDER, TODAY, files, found, pack, read_example

OURS = RULES
"""Every rule: what is in tests/rules and read by no test proves nothing."""

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
        assert rule.why.endswith((".", "!", "?")) and rule.good and rule.bad, rule.id
        assert rule.source or rule.severity == "data", rule.id
        assert "invalid" not in f"{rule.why} {rule.good} {rule.bad}".casefold()


def test_only_broken_data_stops_a_build() -> None:
    blocking = {rule.id for rule in OURS if rule.severity == "data"}
    known = {"born-in-future", "date-order", "attendance-sums", "need-rank-twice", "status-overlap"}
    assert blocking == known | {"looked-after-said-twice"}


def test_every_requirement_has_a_rule_with_both_examples() -> None:
    gaps = []
    for name in REQUIREMENTS:
        rules = [rule for rule in RULES if name in rule.covers]
        if not rules and name not in WITHOUT_RULE:
            gaps.append(f"{name}: no rule")
        gaps += [f"{name}: {r.id} has no {k} example" for r in rules for k in ("good", "bad") if not files(r.id, k)]
    assert gaps == []
    assert not [name for name in WITHOUT_RULE if name.startswith("S")]
    assert {name for rule in RULES for name in rule.covers} <= set(REQUIREMENTS)


def test_the_table_of_rules_is_up_to_date() -> None:
    assert README.read_text("utf-8") == table(), "run: python -m generator.rules"


# -- what examples alone do not show ----------------------------------------------------------------------------------


def test_a_pack_cannot_lower_three_meetings_a_year() -> None:
    assert pack("leicester").data["reviews"]["min_per_year"] == 1
    view = read_example(FOLDER / "meetings-three-a-year" / "bad_leicester.yaml").view
    assert meetings.meetings_a_year(view) == 3


def test_a_pack_cannot_leave_out_a_head_of_the_code() -> None:
    without = Pack("own", ("own", "standard"), {"name": "Own", "criteria": [{"id": "cost", "text": "Cost"}]})
    assert [row["id"] for row in criterion_rows(without)] == ["cost", *HEADS]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 9, 15), [date(2025, 10, 27), date(2026, 1, 5), date(2026, 2, 2)]),
        (date(2024, 2, 29), [date(2024, 4, 11), date(2024, 6, 20), date(2024, 7, 18)]),
    ],
)
def test_the_statutory_clock_counts_plain_weeks(received: date, due: list[date]) -> None:
    assert [step.due for step in statutory_clock(received).steps] == due


def test_a_closure_of_four_weeks_may_excuse_and_a_shorter_one_does_not() -> None:
    summer, easter = (date(2026, 7, 18), date(2026, 9, 1)), (date(2026, 3, 28), date(2026, 4, 12))
    assert statutory_clock(date(2026, 6, 15), (easter, summer)).closure == summer
    assert statutory_clock(date(2026, 2, 16), (easter, summer)).closure is None
    assert statutory_clock(date(2026, 9, 1), (summer,)).closure is None
    assert statutory_clock(date(2026, 7, 1), ((date(2026, 7, 18), date(2026, 8, 14)),)).closure
    assert not statutory_clock(date(2026, 7, 1), ((date(2026, 7, 18), date(2026, 8, 13)),)).closure


def test_closures_are_read_from_terms_and_from_the_list() -> None:
    school = {
        "terms": [
            {"start": date(2026, 4, 13), "end": date(2026, 7, 17)},
            {"start": date(2026, 9, 2), "end": date(2026, 12, 18)},
        ],
        "closures": [{"from": date(2026, 11, 1), "to": date(2026, 11, 3)}],
    }
    assert long_closures(school) == ((date(2026, 7, 18), date(2026, 9, 1)),)


@pytest.mark.whole
def test_an_impossible_date_is_the_readers_matter_and_no_rule_stumbles_over_it() -> None:
    for path in sorted(FOLDER.glob("*/*.yaml")):
        if path.parent.name not in {rule.id for rule in OURS}:
            continue
        case = read_example(path).view.case
        view = View(Case(case.name, tuple(map(undated, case.records)), case.school), pack("standard"), TODAY)
        for rule in OURS:
            rule.problems(view)


def undated(record: Record) -> Record:
    """The record as it is read when every date in it is impossible, except those that put records in order."""
    kept = {"cycle": ("start",), "meeting": ("date",)}.get(record.kind, ())
    data = {key: value if key in kept else _undated(value) for key, value in record.data.items()}
    return Record(record.path, record.kind, {k: v for k, v in data.items() if v is not None}, record.places)


def _undated(value: Any) -> Any:
    if isinstance(value, date):
        return None
    if isinstance(value, dict):
        return {key: below for key, inner in value.items() if (below := _undated(inner)) is not None}
    return [_undated(inner) for inner in value] if isinstance(value, list) else value
