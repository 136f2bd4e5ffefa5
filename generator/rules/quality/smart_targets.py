"""SMART, letter by letter, for the outcomes of the plan and the targets of cycles that are still running.

A reviewed cycle is history and never rewritten, so nothing is said about the wording of its targets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.cases.case import is_reviewed
from generator.records.record import Record
from generator.rules.grammar.outcome_sentence import is_hope, is_provision
from generator.rules.grammar.rewrite import GAP, KnownFacts, completed, seen
from generator.rules.grammar.target_sentence import (
    is_measured,
    is_vague,
    says_baseline,
    says_method,
)
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.not_known import NotKnown

SMART = "SEND Code of Practice 9.61, 9.66 (written for EHC plans); Devon Information Advice and Support on school plans"


@dataclass(frozen=True)
class Aim:
    """An outcome of the plan or a target of a running cycle, and where it stands."""

    record: Record
    keys: tuple[str | int, ...]
    row: Any
    starts: date | None
    ends: date | None

    @property
    def is_target(self) -> bool:
        return self.record.kind == "cycle"

    @property
    def text(self) -> str:
        return str(self.row["text"])

    @property
    def goal(self) -> str:
        return str(self.row.get("goal", ""))

    @property
    def name(self) -> str:
        """`the target words-60`."""
        return f"the {'target' if self.is_target else 'outcome'} {self.row['id']}"

    @property
    def is_an_aim(self) -> bool:
        """False when the text is not known yet, or is provision or a hope: then the letters have nothing to judge."""
        return not (isinstance(self.row["text"], NotKnown) or is_provision(self.text) or is_hope(self.text))

    @property
    def due(self) -> str:
        """By when in words: its own day, else the day of the planned review; empty when there is neither."""
        by = self.row.get("by") or self.ends
        return in_words(by) if isinstance(by, date) else ""

    def rewrite(self, child: str) -> str:
        """The sentence as it could read, with ___ for what neither it nor the fields beside it say."""
        measure = str(self.row.get("measure", self.row.get("success_measure", "")))
        known = KnownFacts(child, self.due, str(self.row.get("baseline", "")), self.goal, measure)
        vague = not self.is_an_aim or is_vague(self.text, self.goal)
        return seen(self.text, known) if vague else completed(self.text, known)

    def found(self, key: str, message: str, hint: str, rewrite: str = "") -> Finding:
        return Finding(self.record, (*self.keys, key), message, hint, rewrite=rewrite)


def aims(view: View) -> Iterator[Aim]:
    """The outcomes of the plan, then the targets of cycles that are not reviewed yet."""
    plan = view.case.one("plan")
    for number, row in enumerate(plan.data["outcomes"] if plan else ()):
        yield Aim(plan, ("outcomes", number), row, plan.data.get("date"), None)  # type: ignore[union-attr, arg-type]
    for cycle in view.case.cycles:
        if not is_reviewed(cycle.data):
            start, end = cycle.data.get("start"), cycle.data.get("planned_review")
            for number, row in enumerate(cycle.data["plan"]["targets"]):
                yield Aim(cycle, ("plan", "targets", number), row, start, end)


@rule(
    id="smart-vague",
    severity="quality",
    source=SMART,
    covers=("S1-8", "C17"),
    why="If nobody can see or hear the child do it, nobody can say at the review whether it was reached.",
    good="Ada reads 60 of the first 100 high-frequency words on sight by 1 December.",
    bad="Ada will improve her reading.",
)
def vague(view: View) -> Iterator[Finding]:
    """S: a verb that can be observed."""
    for aim in aims(view):
        if aim.is_an_aim and is_vague(aim.text, aim.goal):
            yield aim.found(
                "text",
                f"{aim.name} says nothing that somebody could see or hear {view.first_name} do",
                "say what the child will do: reads, writes, asks, stays, joins in with …",
                aim.rewrite(view.first_name),
            )


@rule(
    id="smart-measure",
    severity="quality",
    source=SMART,
    covers=("S1-8", "S1-17", "C17"),
    why="Without a number, count or clear yes-or-no, the review becomes a matter of opinion.",
    good="… answers the register in a voice her friend can hear, on 8 mornings out of 10.",
    bad="… answers the register more often.",
)
def measure(view: View) -> Iterator[Finding]:
    """M: a criterion of success in the text or the goal."""
    for aim in aims(view):
        if aim.is_an_aim and "goal_value" not in aim.row and not is_measured(aim.text, aim.goal):
            key = "`goal`" if aim.is_target else "the text"
            yield aim.found(
                "text",
                f"{aim.name} does not say how much or how often would be success",
                f"add a number to {key}: 60 of 100 words, 4 days out of 5, ten minutes",
                aim.rewrite(view.first_name),
            )


@rule(
    id="smart-baseline",
    severity="quality",
    source=SMART,
    covers=("S1-17", "C17"),
    why="Progress is a distance: without the starting point nobody can tell how far the child has come.",
    good="baseline: 22 of 100",
    bad="(no baseline)",
)
def baseline(view: View) -> Iterator[Finding]:
    """M: where the child starts."""
    for aim in aims(view):
        if aim.is_an_aim and not {"baseline", "start_value"} & aim.row.keys() and not says_baseline(aim.text):
            yield aim.found(
                "text",
                f"{aim.name} does not say where {view.first_name} starts from",
                "add `baseline:` with what the child does now and, for a target, its figure as `start_value:`",
                aim.rewrite(view.first_name),
            )


@rule(
    id="smart-how",
    severity="quality",
    source=SMART,
    covers=("S1-17", "C17"),
    why="Success has to be measured the same way at the start and at the end, by somebody who knows that it is "
    "their job.",
    good="measure: Weekly one-minute probe by Mrs Begum",
    bad="(no measure)",
)
def how(view: View) -> Iterator[Finding]:
    """M: how it is measured."""
    for aim in aims(view):
        key = "measure" if aim.is_target else "success_measure"
        if aim.is_an_aim and key not in aim.row and not says_method(aim.text):
            yield aim.found(
                "text",
                f"{aim.name} does not say how success will be measured",
                f"add `{key}:` with what is looked at, how often and by whom",
                aim.rewrite(view.first_name),
            )


@rule(
    id="smart-equal",
    severity="quality",
    source=SMART,
    covers=("S1-8", "C17"),
    why="A goal that the child has already reached asks for nothing; often it is a line copied from the last cycle.",
    good="baseline: 22 of 100 · goal: 60 of 100",
    bad="baseline: 22 of 100 · goal: 22 of 100",
)
def equal(view: View) -> Iterator[Finding]:
    """A: further than the baseline."""
    for aim in aims(view):
        start, goal = aim.row.get("start_value"), aim.row.get("goal_value")
        same_value = start is not None and start == goal
        same_text = (
            "baseline" in aim.row and "goal" in aim.row and _squeezed(aim.row["baseline"]) == _squeezed(aim.goal)
        )
        if aim.is_target and (same_value or same_text):
            yield aim.found(
                "goal" if same_text else "goal_value",
                f"the goal of {aim.name} is where {view.first_name} already is",
                "set a goal further on, or close the target as met",
                f"goal: {GAP} (from {aim.row.get('baseline', aim.row.get('start_value'))})",
            )


def _squeezed(value: Any) -> str:
    return "".join(str(value).casefold().split()).strip(".")


@rule(
    id="outcome-is-provision",
    severity="code",
    source="SEND Code of Practice 9.66",
    covers=("C17", "G2"),
    why="An outcome is the difference for the child, not the service given: hours of support can be delivered in "
    "full "
    "without the child being able to do anything new.",
    good="By July 2027 Theo starts written work within two minutes in 8 of 10 lessons.",
    bad="Theo will have one-to-one support for 15 hours a week.",
)
def outcome_is_provision(view: View) -> Iterator[Finding]:
    """An outcome is not provision."""
    for aim in aims(view):
        if not isinstance(aim.row["text"], NotKnown) and is_provision(aim.text):
            yield aim.found(
                "text",
                f"{aim.name} says what {view.first_name} is given or adults do, not what difference it makes",
                f"say what {view.first_name} will do because of it, and keep the support as provision in the cycle",
                aim.rewrite(view.first_name),
            )


@rule(
    id="outcome-is-hope",
    severity="code",
    source="SEND Code of Practice 9.65",
    covers=("C17", "S1-6"),
    why="Hopes for later life give the plan its direction, but nobody can be asked to have reached them by a review.",
    good="By June 2027 Dylan has visited two colleges and sent in his own application.",
    bad="To go to university and get a good job.",
)
def outcome_is_hope(view: View) -> Iterator[Finding]:
    """An aspiration is not an outcome."""
    for aim in aims(view):
        if not isinstance(aim.row["text"], NotKnown) and not is_provision(aim.text) and is_hope(aim.text):
            yield aim.found(
                "text",
                f"{aim.name} is a hope for the future rather than something {view.first_name} can reach by its date",
                "keep it under aspirations and write the next step towards it here",
                aim.rewrite(view.first_name),
            )


RULES: tuple[Rule, ...] = (
    vague,
    measure,
    baseline,
    how,
    equal,
    outcome_is_provision,
    outcome_is_hope,
)
