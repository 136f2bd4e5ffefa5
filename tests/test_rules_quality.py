"""Rules judged: against sentences marked by hand, and against example files found in tests/rules.

An example file is `tests/rules/<rule>/good*.yaml` or `bad*.yaml`. It holds the records that it is about, each after a
line `# file: plan.yaml`; what is not given is taken from tests/rules/usual. `# finding: rule` stands above each line that
the rule must point at, and the rule must point at no other. `# on: 2026-10-01` is the day of the check (else 1 October
2026); `# missing: plan.yaml rule` expects a finding at a file that is not there, `# without: plan.yaml` leaves one out.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.case import Case
from generator.packs import Pack
from generator.records import Place, Record, Schemas, read_record
from generator.rules import RULES, Rule, View

ROOT = Path(__file__).parent.parent
RULES_FOLDER = ROOT / "tests" / "rules"
BY_ID = {rule.id: rule for rule in RULES}
TODAY = date(2026, 10, 1)
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
    "T": "smart-no-date",
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
        return self.right / max(1, self.right + len(self.false_alarms))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))

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
        expected = {rules[mark] for mark in row["fails"].split()}
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


@pytest.mark.parametrize("file", ["marked_targets.csv", "marked_provision.csv"])
def test_rules_agree_with_the_marks_made_before_they_were_written(file: str) -> None:
    found = scores(file)
    print(report(file, found))
    assert not {name: str(score) for name, score in found.items() if min(score.precision, score.recall) < 0.9}
