"""What a sentence says and what the fields beside it say: where both are sure, they must be the same figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.cases.case import is_reviewed
from generator.rules.grammar.figures_said import PATTERNS, figure_said, goal_said
from generator.rules.quality.provision_row import offers
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import number as in_figures

_CALLED = {
    "times_a_week": "times a week",
    "minutes": "minutes",
    "weeks": "weeks",
    "group_size": "in the group",
}


@rule(
    id="figures-differ",
    severity="quality",
    source="one plan must not promise two things",
    why="A parent reads the sentence; hours and costs are reckoned from the field. One of them is wrong.",
    good="description: Reads with a partner, 3 times a week · times_a_week: 3",
    bad="description: Reads with a partner, 3 times a week · times_a_week: 2",
)
def figures_differ(view: View) -> Iterator[Finding]:
    """Times a week, minutes, weeks and group of support, as its own words say them for sure."""
    for offer in offers(view):
        for field in PATTERNS:
            held = offer.row.get(field)
            said = figure_said(field, " · ".join(offer.told)) if held is not None else None
            if said is not None and said != Decimal(str(held)):
                yield Finding(
                    offer.record,
                    (*offer.keys, field),
                    f"{offer.name} says {in_figures(said)} {_CALLED[field]} in its words, "
                    f"and `{field}` says {in_figures(held)}",
                    "correct the one that is wrong",
                )


@rule(
    id="goal-differs",
    severity="quality",
    source="one target must not name two goals",
    why="A target that says 50 words a minute and is measured against 40 is met and not met on the same day.",
    good="text: Reads 50 words a minute · goal_value: 50 · unit: words a minute",
    bad="text: Reads 50 words a minute · goal_value: 40 · unit: words a minute",
)
def goal_differs(view: View) -> Iterator[Finding]:
    """The number before the target's own unit, against its goal; the start may be named in the sentence too."""
    for record in view.case.cycles:
        if is_reviewed(record.data):
            continue
        for number, target in enumerate(record.data["plan"]["targets"]):
            goal, unit = target.get("goal_value"), str(target.get("unit", ""))
            said = goal_said(str(target["text"]), unit) if goal is not None and unit else None
            if said is not None and said not in {Decimal(str(goal)), Decimal(str(target.get("start_value", goal)))}:
                yield Finding(
                    record,
                    ("plan", "targets", number, "goal_value"),
                    f"the target says {in_figures(said)} {unit}, and goal_value says {in_figures(goal)}",
                    "correct the one that is wrong",
                )


RULES: tuple[Rule, ...] = (figures_differ, goal_differs)
