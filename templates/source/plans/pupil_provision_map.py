"""A pupil's provision map: the support of the running cycle with hours, cost and what came of it, on landscape pages."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.house import WIDE
from templates.source.plans.plan_parts import NAME_LINE
from templates.source.vocabulary import cost_of_support, heading, para, table, title, when


def pupil_provision_map() -> str:
    """Every support with who gives it, how often, its cost in a year and its difference; earlier cycles below."""
    each_cycle = (
        "cycle in facts.cycles",
        ("Cycle", 3, "{{ cycle.title }}"),
        (
            "Support, sessions given, decision",
            9,
            "{% for row in cycle.provision %}{% if not loop.first %}\n\n{% endif %}{{ row.title }}{% if row.planned is not none %}, {{ row.delivered }} of "
            "{{ row.planned }}{% endif %}{% if row.decision_label %}: {{ row.decision_label | lower }}{% endif %}{% endfor %}",
        ),
    )
    return "".join(
        [
            title("Provision map", NAME_LINE + " · {{ document.date }}"),
            when(
                "facts.provision",
                table(
                    "row in facts.provision",
                    ("Support", 3.4, "{{ row.title }}"),
                    ("Type", 1.7, "{{ row.type_label }}"),
                    ("Area of need", 2.2, "{{ row.area_label }}"),
                    ("Given by", 2.4, "{{ row.who }}"),
                    (
                        "Group and how often",
                        2.6,
                        "{{ row.group | capitalize }}{% if row.group and row.how_often %}: {% endif %}{{ row.how_often }}{% if row.ended %}\n**Ended on {{ row.ended | short_date }}**{% endif %}",
                    ),
                    ("Minutes a week", 1.5, "{{ row.weekly_minutes }}"),
                    ("Cost a year", 1.5, "{{ row.yearly_cost | money }}"),
                    ("Start", 1.5, "{{ row.entry }}"),
                    ("Now", 1.5, "{{ row.exit }}"),
                    split=False,
                    width=WIDE,
                ),
                cost_of_support(),
                otherwise=[para("No support is running now.")],
            ),
            when("facts.reviewed_cycles", heading(1, "Every cycle"), table(*each_cycle, split=False, width=WIDE)),
        ]
    )
