"""Every finding in a case as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.problems import Problem
from generator.rules.overrides import SetAside, set_aside, useless_overrides
from generator.rules.rule import Rule, View
from generator.rules.rule_list import RULES
from generator.values.parsing import TO_FILL_IN


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
    aside = [set_aside(p, overrides[p.rule]) for p in found if p.rule in overrides and not p.blocks]
    stand = [p for p in found if p.rule not in overrides or p.blocks]
    return Checked(tuple(sorted([*stand, *useless_overrides(case, rules, found)])), tuple(sorted(aside)))
