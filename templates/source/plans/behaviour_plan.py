"""The behaviour support plan: step by step, from calm to recovery."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.plans.plan_parts import NAME_LINE
from templates.source.vocabulary import (
    Cell,
    bullets,
    details,
    each,
    heading,
    para,
    said,
    section,
    sign_line,
    signatures,
    table,
    title,
    when,
)


def behaviour_plan() -> str:
    """Step by step, how every adult prevents, calms and safely manages behaviour."""
    record = "behaviour_plan"
    columns: list[tuple[str, float, Cell]] = [
        ("What you see and hear", 3, [bullets("point in row.see_and_hear", style="TableBullet")]),
        ("What to do", 3.4, [bullets("point in row.do", style="TableBullet")]),
        ("What not to do", 3, [bullets("point in row.avoid", style="TableBullet")]),
    ]
    return "".join(
        [
            title("{{ words.behaviour_plan }}", NAME_LINE + " · {{ behaviour_plan.date }}"),
            para("Read this with the {{ words.one_page_profile | lower }}. Every adult does the same.", "SmallPrint"),
            details(
                "",
                ("For", "{{ facts.full_name }}, {{ facts.age_text }}"),
                ("Plan number", f"{{{{ {record}.number }}}}", f"{record}.number"),
                ("Led by", f"{{{{ {record}.lead }}}}"),
                ("Agreed on", f"{{{{ {record}.date }}}}"),
                ("We review it on", f"**{{{{ {record}.review_date }}}}**"),
                ("Needs behind it",
                 f"{{% for id in {record}.needs %}}{{% if not loop.first %}}; {{% endif %}}{{{{ facts.need_names[id] }}}}{{% endfor %}}"),
            ),
            heading(1, "Understanding"),
            heading(2, "What can be seen"),
            bullets(f"point in {record}.behaviours"),
            heading(2, "What sets it off"),
            bullets(f"row in {record}.triggers", "**{{ row.kind | label }}:** {{ row.text }}"),
            said("Why we think it happens", f"{record}.understanding", 2),
            heading(2, "What we want to see instead"),
            para(f"{{{{ {record}.goal }}}}"),
            when(f"{record}.replacement_skill", para(f"**The skill to learn:** {{{{ {record}.replacement_skill }}}}")),
            section(1, "What helps", f"{record}.motivators or {record}.key_adults or {record}.environment or {record}.early_strategies"
                    f" or {record}.scripts",
                    section(2, "Interests and rewards", f"{record}.motivators", bullets(f"point in {record}.motivators")),
                    section(2, "Key adults", f"{record}.key_adults", bullets(f"point in {record}.key_adults")),
                    section(2, "Surroundings", f"{record}.environment", bullets(f"point in {record}.environment")),
                    section(2, "What works early", f"{record}.early_strategies", bullets(f"point in {record}.early_strategies")),
                    section(2, "Words that every adult uses", f"{record}.scripts",
                            each(f"line in {record}.scripts", para("{{ line }}", "OwnWords")))),
            heading(1, "Step by step"),
            each(f"row in {record}.stages",
                 heading(2, "Step {{ loop.index }}: {{ row.stage | label }}"),
                 table("row in [row]", *columns, split=False),
                 when("row.who", para("**Who acts:** {{ row.who }}"))),
            section(1, "Calling for help", f"{record}.call_for_help", para(f"{{{{ {record}.call_for_help }}}}")),
            section(1, "Physical intervention, only as planned here", f"{record}.physical_intervention",
                    para(f"{{{{ {record}.physical_intervention }}}}")),
            section(1, "Risks", f"{record}.risks", table(
                f"row in {record}.risks",
                ("What could happen", 2.6, "{{ row.hazard }}"), ("To whom", 1.5, "{{ row.who }}"),
                ("Risk", 1.9, "{% if row.likelihood %}Likelihood {{ row.likelihood }} of 5{% endif %}{% if row.severity %}\n"
                 "Severity {{ row.severity }} of 5{% endif %}"),
                ("What lowers it", 3.4, "{{ row.control }}{% if row.residual %}\nRisk left: {{ row.residual }}{% endif %}"), split=False)),
            section(1, "Afterwards", f"{record}.after", *(
                said(text, f"{record}.after.{name}", 2) for name, text in (
                    ("pupil", "With {{ facts.first_name }}"), ("staff", "For the adults"), ("repair", "Putting things right"),
                    ("record", "Writing it down"), ("parents", "Telling parents")))),
            section(1, "Everyone’s part", f"{record}.pupil_part or {record}.parents_part",
                    section(2, "{{ facts.first_name | possessive }} part", f"{record}.pupil_part", bullets(f"point in {record}.pupil_part")),
                    section(2, "The family’s part", f"{record}.parents_part", bullets(f"point in {record}.parents_part"))),
            section(1, "How we keep watch", f"{record}.monitoring or {record}.reviews",
                    when(f"{record}.monitoring", para(f"{{{{ {record}.monitoring }}}}")),
                    bullets(f"row in {record}.reviews", "Reviewed {{ row.date }}: {{ row.note }}")),
            heading(1, "Agreement"),
            signatures(
                "facts.agreed.behaviour_plan",
                each("person in facts.parents_and_carers", sign_line("{{ person.name }}{{ person.relationship | in_brackets }}")),
                sign_line("{{ facts.full_name }}"),
                sign_line("{{ school.headteacher.name }} (headteacher)"),
            ),
            section(2, "Adults who have read it", f"{record}.shared_with", bullets(f"point in {record}.shared_with")),
        ]
    )  # fmt: skip
