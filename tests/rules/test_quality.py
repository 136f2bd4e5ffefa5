"""Rules judged: against sentences marked by hand, and against example files found in tests/rules.

`marked_*.csv` was marked before the rules were written. `seen_*.csv` came after: five rounds of sentences that the
rules had not seen, each then used to mend them, so it only guards against going back.

An example file is `tests/rules/<rule>/good*.yaml` or `bad*.yaml`. It holds the records that it is about, each after a
line `# file: plan.yaml`. `# finding: rule` stands above each line that the rule must point at, and it must point at no
other. `# on: 2026-10-01` is the day of the check (else 1 October 2026); `# missing: plan.yaml rule` expects a finding
at a file that is not there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.records.record import Place, Record, Schemas, read_record
from generator.rules import Finding, Rule, View
from generator.rules.check_case import check
from generator.rules.grammar.target_sentence import is_dated
from generator.rules.quality import (
    behaviour,
    copied_text,
    golden_thread,
    own_words,
    plain_english,
    smart_targets,
    specific_provision,
)
from generator.rules.rule_list import RULES

ROOT = Path(__file__).parents[2]
RULES_FOLDER = ROOT / "tests" / "rules"
BY_ID = {rule.id: rule for rule in RULES}
TODAY = date(2026, 10, 1)
FAMILIES = (smart_targets, specific_provision, golden_thread, behaviour, plain_english, copied_text, own_words)
STANDARD = Pack("standard", ("standard",), {})


@cache
def schemas() -> Schemas:
    return Schemas.load([ROOT / "schemas"])


# -- sentences marked by hand -----------------------------------------------------------------------------------------

TARGET_RULES = {
    "S": "smart-vague",
    "M": "smart-measure",
    "baseline": "smart-baseline",
    "how": "smart-how",
    "equal": "smart-equal",
    "late": "smart-late",
    "provision": "outcome-is-provision",
    "aspiration": "outcome-is-hope",
}
PROVISION_RULES = {
    "what": "provision-what",
    "who": "provision-who",
    "expertise": "provision-expertise",
    "often": "provision-quantity",
    "long": "provision-quantity",
    "weeks": "provision-quantity",
    "group": "provision-group",
    "vague": "provision-vague",
    "hours": "provision-arithmetic",
}


def given(row: dict[str, str], **names: str) -> dict[str, Any]:
    """The filled cells of a row under the names that the record uses."""
    return {names.get(key, key): value for key, value in row.items() if value and key not in ("kind", "fails", "who")}


def target_case(row: dict[str, str]) -> Case:
    """A case with this one outcome or target and nothing else to find fault with."""
    aim = {**given(row), "id": "one", "by": date.fromisoformat(row["by"]) if row["by"] else None}
    aim = {key: value for key, value in aim.items() if value is not None}
    if row["kind"] == "outcome":
        if "measure" in aim:
            aim["success_measure"] = aim.pop("measure")
        return case_of("plan", {"date": date(2026, 9, 7), "outcomes": [aim]})
    plan = {"targets": [aim], "provision": []}
    return case_of(
        "cycle", {"number": 1, "start": date(2026, 9, 14), "planned_review": date(2026, 12, 4), "plan": plan}
    )


def provision_case(row: dict[str, str]) -> Case:
    offer = {**given(row), "id": "one", "outcomes": ["o"]}
    for key in ("minutes", "weeks", "group_size"):
        if key in offer:
            offer[key] = int(offer[key])
    for key in ("times_a_week", "hours_a_week"):
        if key in offer:
            offer[key] = Decimal(offer[key])
    for key in ("from", "to"):
        if key in offer:
            offer[key] = date.fromisoformat(offer[key])
    return case_of(
        "cycle",
        {
            "number": 1,
            "start": date(2026, 9, 14),
            "planned_review": date(2026, 12, 4),
            "plan": {"targets": [], "provision": [offer]},
        },
    )


def case_of(kind: str, data: dict[str, Any]) -> Case:
    return Case("one", (Record(f"cases/one/{kind}.yaml", kind, data, {(): Place(1, 1)}),))


class Score(NamedTuple):
    """How a rule did against the marks of a hand."""

    right: int
    false_alarms: list[str]
    missed: list[str]

    @property
    def precision(self) -> float:
        found = self.right + len(self.false_alarms)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        marked = self.right + len(self.missed)
        return self.right / marked if marked else 1.0

    def __str__(self) -> str:
        count = self.right + len(self.missed)
        return f"marked {count:3}  precision {self.precision:.2f}  recall {self.recall:.2f}"


def scores(file: str) -> dict[str, Score]:
    """Each rule's score over a marked file: a row counts once for a rule, however many marks lead to it."""
    targets = "targets" in file
    rules = TARGET_RULES if targets else PROVISION_RULES
    with (RULES_FOLDER / file).open(encoding="utf-8", newline="") as rows:
        marked = list(csv.DictReader(rows))
    found: dict[str, Score] = {name: Score(0, [], []) for name in rules.values()}
    for row in marked:
        view = View(target_case(row) if targets else provision_case(row), STANDARD, TODAY)
        expected = {rules[mark] for mark in row["fails"].split() if mark != "T"}
        shown = row["text"] if targets else f"{row['title']} – {row['description']}"
        for name, score in found.items():
            fires = bool(BY_ID[name].problems(view))
            if fires and name in expected:
                found[name] = score._replace(right=score.right + 1)
            elif fires:
                score.false_alarms.append(shown)
            elif name in expected:
                score.missed.append(shown)
    return found


def report(title: str, found: dict[str, Score]) -> str:
    lines = [title]
    for name, score in found.items():
        lines.append(f"  {name:24} {score}")
        lines += [f"      false alarm: {text}" for text in score.false_alarms]
        lines += [f"      missed:      {text}" for text in score.missed]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "file", ["marked_targets.csv", "marked_provision.csv", "seen_targets.csv", "seen_provision.csv"]
)
def test_rules_agree_with_the_marks_of_a_hand(file: str) -> None:
    found = scores(file)
    print(report(file, found))
    assert not {name: str(score) for name, score in found.items() if min(score.precision, score.recall) < 0.9}


def test_a_date_in_a_sentence_is_seen_as_the_hand_saw_it() -> None:
    for file in ("marked_targets.csv", "seen_targets.csv"):
        with (RULES_FOLDER / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if not row["by"]:
                    assert is_dated(row["text"]) == ("T" not in row["fails"].split()), row["text"]


def test_a_target_without_a_day_is_due_at_the_review_and_only_putting_it_off_is_told() -> None:
    """The schema says of `by`: leave out for the planned review."""
    row = {"kind": "target", "text": "Ada reads 60 of 100 words.", "by": "", "fails": ""}
    no_date = BY_ID["smart-no-date"]
    assert not no_date.problems(View(target_case(row), STANDARD, TODAY))
    put_off = target_case({**row, "text": "In due course Ada reads 60 of 100 words."})
    assert "“in due course”" in no_date.problems(View(put_off, STANDARD, TODAY))[0].message


def test_the_hard_sentences_raise_no_false_alarm() -> None:
    """Hopes worded as no list foresees, beside outcomes like them: some are missed, none is accused wrongly."""
    found = scores("hard_targets.csv")
    print(report("hard_targets.csv", found))
    assert not found["outcome-is-hope"].false_alarms
    assert not found["outcome-is-provision"].false_alarms
    assert found["outcome-is-hope"].right


def test_the_marked_sentences_are_enough_and_half_of_them_good() -> None:
    for file in ("marked_targets.csv", "marked_provision.csv"):
        with (RULES_FOLDER / file).open(encoding="utf-8", newline="") as rows:
            good = [not row["fails"] for row in csv.DictReader(rows)]
        assert len(good) >= 75 and 0.4 < sum(good) / len(good) < 0.6


# -- example files ----------------------------------------------------------------------------------------------------


class Example(NamedTuple):
    """An example file taken apart: the case it tells and the (file, line in the example) of each expected finding."""

    case: Case
    on: date
    expected: list[tuple[str, int]]
    first_lines: dict[str, int]


def read_example(path: Path, rule: str) -> Example:
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("# file: ")]
    records, expected, first_lines = [], [], {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name = lines[start].removeprefix("# file: ").strip()
        shown = f"cases/example/{name}"
        kind = schemas().kind_of(name)
        assert kind, name
        record, problems = read_record("\n".join(lines[start:end]).encode(), shown, kind, schemas())
        assert record, [str(problem) for problem in problems]
        records.append(record)
        first_lines[shown] = start
        marks = [number for number in range(start, end) if lines[number].strip() == f"# finding: {rule}"]
        expected += [(shown, number + 2) for number in marks]
    text = "\n".join(lines)
    expected += [(f"cases/example/{name}", 0) for name in re.findall(rf"^# missing: (\S+) {rule}$", text, re.MULTILINE)]
    day = re.search(r"^# on: (\S+)$", text, re.MULTILINE)
    case = Case("example", tuple(records))
    return Example(case, date.fromisoformat(day[1]) if day else TODAY, expected, first_lines)


MINE = [rule.id for module in FAMILIES for rule in module.RULES]
EXAMPLES = sorted(path for path in RULES_FOLDER.glob("*/*.yaml") if path.parent.name in MINE)


@pytest.mark.parametrize("path", EXAMPLES, ids=[f"{path.parent.name}/{path.stem}" for path in EXAMPLES])
def test_a_rule_points_at_the_marked_lines_of_its_examples_and_at_no_other(path: Path) -> None:
    rule = path.parent.name
    example = read_example(path, rule)
    found = BY_ID[rule].problems(View(example.case, STANDARD, example.on))
    places = [(p.path, p.line + example.first_lines.get(p.path, 0) if p.line else 0) for p in found]
    assert sorted(places) == sorted(example.expected), [str(problem) for problem in found]
    assert bool(example.expected) == path.stem.startswith("bad")
    for problem in found:
        assert len(problem.message) < 200, problem.message


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.stem.startswith("good")], ids=str)
def test_no_rule_of_quality_finds_fault_with_a_good_example(path: Path) -> None:
    """A false alarm of any other rule would show here: the good examples are good."""
    example = read_example(path, path.parent.name)
    view = View(example.case, STANDARD, example.on)
    found = [str(problem) for rule in MINE for problem in BY_ID[rule].problems(view)]
    assert not found


@pytest.mark.parametrize("rule", MINE)
def test_every_rule_of_quality_has_a_good_and_a_bad_example_and_explains_itself(rule: str) -> None:
    names = {path.stem for path in EXAMPLES if path.parent.name == rule}
    assert any(name.startswith("good") for name in names), f"tests/rules/{rule}/good.yaml is missing"
    assert any(name.startswith("bad") for name in names), f"tests/rules/{rule}/bad.yaml is missing"
    assert all((BY_ID[rule].why, BY_ID[rule].good, BY_ID[rule].bad, BY_ID[rule].source, BY_ID[rule].covers))


def test_the_ids_of_rules_are_unique() -> None:
    assert len(BY_ID) == len(RULES)


# -- setting findings aside -------------------------------------------------------------------------------------------


def vague_case(*overrides: dict[str, Any]) -> Case:
    row = {"kind": "outcome", "text": "To improve his reading.", "fails": ""}
    plan = target_case({**row, "by": "2027-07-16"}).records[0]
    request = {"overrides": list(overrides)}
    places = {(): Place(1, 1), ("overrides", 0, "rule"): Place(9, 11)}
    return Case("one", (plan, Record("cases/one/request.yaml", "request", request, places)))


def override(rule: str) -> dict[str, Any]:
    return {"rule": rule, "reason": "New to the area", "by": "Mrs Hale", "date": date(2026, 4, 20)}


def broken(view: View) -> Iterator[Finding]:
    yield Finding(view.path("pupil.yaml"), (), "the file is not there")


BROKEN = Rule("broken-data", "data", "", "", "", "", (), broken)


def test_a_finding_set_aside_keeps_its_reason_and_no_longer_stands() -> None:
    checked = check(vague_case(override("smart-vague")), STANDARD, TODAY, rules=[BY_ID["smart-vague"]])
    assert checked.problems == ()
    assert [aside.problem.rule for aside in checked.set_aside] == ["smart-vague"]
    assert "set aside by Mrs Hale on 20 April 2026: New to the area" in str(checked.set_aside[0])
    assert checked.set_aside[0].as_dict()["set_aside"] == {
        "reason": "New to the area",
        "by": "Mrs Hale",
        "date": "2026-04-20",
    }


def test_broken_data_cannot_be_set_aside() -> None:
    checked = check(vague_case(override("broken-data")), STANDARD, TODAY, rules=[BROKEN])
    assert checked.blocks and not checked.set_aside
    assert [(p.rule, p.line) for p in checked.problems] == [("broken-data", 0), ("override", 9)]


def test_an_override_that_does_nothing_is_told() -> None:
    misspelt = check(vague_case(override("smart-vage")), STANDARD, TODAY, rules=[BY_ID["smart-vague"]])
    assert [(p.rule, p.hint) for p in misspelt.problems if p.rule == "override"] == [
        ("override", "did you mean smart-vague?")
    ]
    needless = check(vague_case(override("smart-late")), STANDARD, TODAY, rules=[BY_ID["smart-late"]])
    assert "finds nothing any more" in needless.problems[0].message
