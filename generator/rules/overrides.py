"""Findings that a school sets aside with a reason, and overrides that set nothing aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.cases.case import Case
from generator.problems import Problem
from generator.rules.rule import Rule
from generator.values.did_you_mean import did_you_mean
from generator.values.formatting import date as in_words


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


def set_aside(problem: Problem, override: Any) -> SetAside:
    return SetAside(problem, str(override["reason"]), str(override["by"]), override.get("date"))


def useless_overrides(case: Case, rules: Iterable[Rule], found: Iterable[Problem]) -> list[Problem]:
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
            keys = ("overrides", number, "rule")
            problems.append(Problem.at(record, keys, "quality", "override", message, hint))
    return problems


def _useless(name: str, severities: dict[str, str], found: bool) -> tuple[str, str]:
    if name not in severities:
        near = did_you_mean(name, severities)
        hint = f"did you mean {near[0]}?" if near else "the name of each finding's rule is shown by `sendpack check`"
        return f"there is no rule called {name}, so this override sets nothing aside", hint
    if severities[name] == "data" and found:
        return f"{name} reports broken data, which cannot be set aside", "mend the value it points at"
    if not found:
        return f"the rule {name} finds nothing any more, so this override is not needed", "take it out of request.yaml"
    return "", ""
