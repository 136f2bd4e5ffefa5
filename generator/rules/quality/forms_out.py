"""Forms that were asked for and have not come back in time."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases.asked_forms import rounds_out
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words


@rule(
    id="forms-not-back",
    severity="quality",
    source="SEND Code 6.67–6.71: parents share their concerns and the pupil’s views are included",
    why="A meeting that begins without the views that were asked for decides without them.",
    good="back: date: 1 December 2026",
    bad="due: 2 December 2026, and nothing under back on the day after",
)
def forms_not_back(view: View) -> Iterator[Finding]:
    for one in rounds_out(view.case):
        if one.due < view.on:
            message = f"{one.told}; wanted by {in_words(one.due)}"
            hint = "ask them again, read back what came with `sendpack collect`, or write withdrawn and why"
            yield Finding(one.out[0], ("due",), message, hint)


RULES: tuple[Rule, ...] = (forms_not_back,)
