"""How the rules do on sentences marked by hand: precision and recall with 95 % Wilson intervals, and every miss.

``python -m tests.rules.measure`` reads the half that was worked with; ``... unopened`` the half that was opened once.
Each provision stands in its row's title alone: who gives it, how often and to how many has to be read there.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.records.record import Place, Record
from generator.rules import RULES, View
from generator.rules.grammar.target_sentence import is_dated

SENTENCES = Path(__file__).parent / "sentences"
TODAY = date(2026, 10, 1)
STANDARD = Pack("standard", ("standard",), {})
BY_ID = {rule.id: rule for rule in RULES}

TARGETS = {
    "smart-vague": "S",
    "smart-measure": "M",
    "a date in the sentence": "T",
    "outcome-is-provision": "P",
    "outcome-is-hope": "H",
}
PROVISION = {
    "provision-who": "w",
    "provision-quantity": "olu",
    "provision-group": "g",
    "provision-expertise": "e",
    "provision-vague": "v",
}
SENT_BACK = {
    "target": ("smart-vague", "smart-measure", "outcome-is-provision", "outcome-is-hope"),
    "outcome": ("smart-vague", "smart-measure", "outcome-is-provision", "outcome-is-hope"),
    "provision": (
        "provision-what",
        "provision-who",
        "provision-quantity",
        "provision-group",
        "provision-universal",
        "provision-vague",
    ),
}
"""A sentence goes back when one of these points at it: a date and a training have fields of their own."""


@dataclass
class Score:
    """How often a rule agreed with the marks; misses in words."""

    right: int = 0
    quiet: int = 0
    false_alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, expected: bool, found: bool, text: str) -> None:
        """Count one sentence."""
        self.right += expected and found
        self.quiet += not expected and not found
        if found and not expected:
            self.false_alarms.append(text)
        if expected and not found:
            self.missed.append(text)

    @property
    def precision(self) -> tuple[int, int]:
        return self.right, self.right + len(self.false_alarms)

    @property
    def recall(self) -> tuple[int, int]:
        return self.right, self.right + len(self.missed)

    def __str__(self) -> str:
        return f"precision {share(*self.precision)}   recall {share(*self.recall)}"


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); 0 to 1 when nothing was counted."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, hits / of
    middle, half = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / (1 + z * z / of)), min(1.0, (middle + half) / (1 + z * z / of))


def share(hits: int, of: int) -> str:
    """`0.96 (0.90-0.99) of 84`."""
    low, high = wilson(hits, of)
    return f"{hits / of if of else 1:.2f} ({low:.2f}-{high:.2f}) of {of:3}"


def rows(half: str, name: str) -> Iterator[dict[str, str]]:
    with (SENTENCES / f"{half}_{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def case_of(row: dict[str, str], universal: frozenset[str]) -> Case:
    """The case that holds this one sentence; all that has no field in the sentence's kind is left out."""
    if row["kind"] == "outcome":
        return _case("plan", {"outcomes": [{"id": "one", "text": row["text"]}]})
    plan: dict[str, Any] = {"targets": [], "provision": []}
    if row["kind"] == "target":
        plan["targets"] = [{"id": "one", "text": row["text"]}]
    else:
        kind = "universal" if row["text"] in universal else "group"
        plan["provision"] = [{"id": "one", "title": row["text"], "type": kind, "delivered_by": "Staff", "outcomes": []}]
    return _case("cycle", {"number": 1, "start": date(2025, 9, 8), "planned_review": date(2027, 7, 20), "plan": plan})


def _case(kind: str, data: dict[str, Any]) -> Case:
    return Case("one", (Record(f"cases/one/{kind}.yaml", kind, data, {(): Place(1, 1)}),))


def measured(half: str) -> dict[str, Score]:
    """The score of each rule and, as `sent back: ...`, of all together."""
    universal = frozenset((SENTENCES / "universal.txt").read_text(encoding="utf-8").splitlines())
    scores: dict[str, Score] = {}
    for name, letters in (("targets", TARGETS), ("provision", PROVISION)):
        for row in rows(half, name):
            view = View(case_of(row, universal), STANDARD, TODAY)
            _count(row, view, letters, scores, row["text"] in universal)
    return scores


def _count(row: dict[str, str], view: View, letters: dict[str, str], scores: dict[str, Score], universal: bool) -> None:
    first, second = set(row["first"]), set(row["second"])
    found = {r: bool(BY_ID[r].problems(view)) for r in {*letters, *SENT_BACK[row["kind"]]} if r in BY_ID}
    found["a date in the sentence"] = not is_dated(row["text"])
    if row["kind"] == "provision":
        found["provision-vague"] = _promises_nothing(view)
    elif {"S", "H"} <= first:  # an outcome that is both is told once, as the one or the other
        found["outcome-is-hope"] |= found["smart-vague"]
    for rule, marks in letters.items():
        expected, twice = bool(first & set(marks)), bool(second & set(marks))
        judged = not ({"P", "H"} & first and letters[rule] in "SMT")
        if expected == twice and judged and not (universal and rule != "provision-vague"):
            scores.setdefault(rule, Score()).add(expected, found[rule], row["text"])
    kind = "provision" if row["kind"] == "provision" else "target or outcome"
    bad = bool(first - ({"e"} if kind == "provision" else {"T"}))
    scores.setdefault(f"sent back: {kind}", Score()).add(
        bad, any(found[rule] for rule in SENT_BACK[row["kind"]]), row["text"]
    )


def _promises_nothing(view: View) -> bool:
    """Words that promise nothing, or none of how often, how long and until when."""
    names = ("provision-what", "provision-universal", "provision-vague")
    all_three = any(
        "how often, for how long and until when" in p.message for p in BY_ID["provision-quantity"].problems(view)
    )
    return all_three or any(BY_ID[name].problems(view) for name in names)


def report(half: str) -> str:
    """All scores and all misses as text."""
    lines = [f"{half} half"]
    for rule, score in measured(half).items():
        lines.append(f"  {rule:28} {score}")
        lines += [f"      false alarm: {text}" for text in score.false_alarms]
        lines += [f"      missed:      {text}" for text in score.missed]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(sys.argv[1] if len(sys.argv) > 1 else "working"))
