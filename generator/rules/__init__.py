"""What a colleague would say about a case: rules in families, each rule a function in its module's tuple RULES."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.problems import Problem
from generator.rules import local_policy
from generator.rules.law_and_code import (
    copies_to_family,
    cycle_sequence,
    cycles,
    early_discussion,
    ehc_request,
    identity_and_census,
    meetings,
    request_clock,
    support_plan,
)
from generator.rules.quality import (
    behaviour,
    copied_text,
    golden_thread,
    plain_english,
    smart_targets,
    specific_provision,
    unfinished,
)
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.parsing import TO_FILL_IN

__all__ = ["RULES", "Checked", "Finding", "Rule", "SetAside", "View", "check", "rule"]

RULES: tuple[Rule, ...] = (
    *unfinished.RULES,
    *identity_and_census.RULES,
    *early_discussion.RULES,
    *support_plan.RULES,
    *cycles.RULES,
    *cycle_sequence.RULES,
    *meetings.RULES,
    *copies_to_family.RULES,
    *ehc_request.RULES,
    *request_clock.RULES,
    *local_policy.RULES,
    *smart_targets.RULES,
    *specific_provision.RULES,
    *golden_thread.RULES,
    *behaviour.RULES,
    *plain_english.RULES,
    *copied_text.RULES,
)
"""All rules, family by family; ids are unique."""


@dataclass(frozen=True, order=True)
class SetAside:
    """A finding that the school has set aside in request.yaml, with the reason it gave; printed in the manifest."""

    problem: Problem
    reason: str
    by: str
    date: date | None = None

    def __str__(self) -> str:
        return (
            f"{self.problem} – set aside by {self.by}{f' on {in_words(self.date)}' if self.date else ''}: {self.reason}"
        )

    def as_dict(self) -> dict[str, Any]:
        """The same facts for `--json`."""
        return {
            **self.problem.as_dict(),
            "set_aside": {"reason": self.reason, "by": self.by, "date": self.date.isoformat() if self.date else None},
        }


@dataclass(frozen=True)
class Checked:
    """The findings that stand, sorted by place, and those set aside with a reason. None is ever dropped."""

    problems: tuple[Problem, ...]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def blocks(self) -> bool:
        """True when nothing may be built from the case."""
        return any(problem.blocks for problem in self.problems)


def check(case: Case, pack: Pack, on: date, rules: Sequence[Rule] = RULES) -> Checked:
    """Every finding in a case as of a day; `overrides` of request.yaml set findings aside, except broken data."""
    view = View(case, pack, on)
    # What is still to be filled in is told once, by its own rule: no other rule judges text that nobody has written.
    found = [p for each in rules for p in each.problems(view) if TO_FILL_IN not in p.message]
    overrides = {str(row["rule"]): row for row in case.data("request").get("overrides", ())}
    aside = [_set_aside(p, overrides[p.rule]) for p in found if p.rule in overrides and not p.blocks]
    stand = [p for p in found if p.rule not in overrides or p.blocks]
    return Checked(tuple(sorted([*stand, *_useless_overrides(case, rules, found)])), tuple(sorted(aside)))


def _set_aside(problem: Problem, override: Any) -> SetAside:
    return SetAside(problem, str(override["reason"]), str(override["by"]), override.get("date"))


def _useless_overrides(case: Case, rules: Iterable[Rule], found: Iterable[Problem]) -> list[Problem]:
    """Overrides that set nothing aside, told to the person who wrote them and believes that they do."""
    record = case.one("request")
    rows = record.data.get("overrides", ()) if record else ()
    severities = {rule.id: rule.severity for rule in rules}
    hit = {problem.rule for problem in found}
    problems = []
    for number, row in enumerate(rows):
        name = str(row["rule"])
        message, hint = _useless(name, severities, name in hit)
        if record and message:
            place = record.place("overrides", number, "rule")
            problems.append(Problem(record.path, place.line, place.column, "quality", "override", message, hint))
    return problems


def _useless(name: str, severities: dict[str, str], found: bool) -> tuple[str, str]:
    if name not in severities:
        near = get_close_matches(name, severities, 1)
        hint = f"did you mean {near[0]}?" if near else "the name of each finding's rule is shown by `sendpack check`"
        return f"there is no rule called {name}, so this override sets nothing aside", hint
    if severities[name] == "data" and found:
        return f"{name} reports broken data, which cannot be set aside", "mend the value it points at"
    if not found:
        return f"the rule {name} finds nothing any more, so this override is not needed", "take it out of request.yaml"
    return "", ""
