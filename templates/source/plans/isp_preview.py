"""A preview of the national Individual Support Plan: what is known of it, from what a SEN support plan holds already.

Nothing of it is law. Its parts are those that the white paper of 23 February 2026 and what followed name: needs and
barriers, day-to-day support by layer, outcomes, who is responsible, how child and family take part, a review at least
once a year.
"""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.plans.plan_parts import NAME_LINE, areas, outcomes, provision
from templates.source.vocabulary import bullets, details, heading, para, responsibilities, section, table, title, when

LAYERS = ("universal", "targeted", "targeted_plus", "specialist")
"""The layers of support as they were announced; a pack words them."""


def isp_preview() -> str:
    """The preview, marked as one on its first lines."""
    return "".join(
        [
            title("{{ words.isp_preview }}", f"{NAME_LINE} · {{{{ plan.date }}}}"),
            para("**Draft, not in force.** No Act, no Code of Practice and no national form for this plan was found up to 29 November "
                 "2026. It shows what a plan of that kind could hold, from the {{ words.support_plan }}, which stays the plan that counts."),
            heading(1, "Needs and barriers to learning"),
            when("facts.areas", areas()),
            when("plan.adjustments", table(
                "row in plan.adjustments", ("What is in the way", 3.4, "{{ row.barrier }}"), ("What we do", 4, "{{ row.adjustment }}"),
                ("Who", 2, "{{ row.who }}"), split=False)),
            heading(1, "Day-to-day support"),
            *(section(2, f"{{{{ words.layer_{layer} }}}}", f"facts.provision | selectattr('layer', 'equalto', '{layer}') | list",
                      provision(f"row in facts.provision | selectattr('layer', 'equalto', '{layer}')")) for layer in LAYERS),
            section(2, "Layer not written down yet", "facts.provision | rejectattr('layer') | list",
                    bullets("row in facts.provision | rejectattr('layer')", "{{ row.title }}, {{ row.who }}")),
            section(1, "Outcomes", "facts.outcomes", outcomes("outcome in facts.outcomes", targets=False)),
            heading(1, "Who is responsible, and when we review it"),
            details("", ("Plan kept by", "{{ plan.coordinator }}", "plan.coordinator"),
                    ("Class teacher", "{{ pupil.class_teacher }}", "pupil.class_teacher"),
                    ("We review it on", "{{ plan.review_date }} (announced: at least once a year)")),
            when("plan.responsibilities", responsibilities("plan.responsibilities")),
            heading(1, "How {{ facts.first_name }} and the family take part"),
            para("{{ plan.aspirations.pupil }}", "OwnWords"),
            para("{{ plan.aspirations.parents }}", "OwnWords"),
        ]
    )  # fmt: skip
