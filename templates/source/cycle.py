"""The record of one cycle: assess, plan, do, review."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.plans.plan_parts import NAME_LINE, provision
from templates.source.vocabulary import (
    KEEP,
    actions,
    bullets,
    details,
    heading,
    own_words,
    para,
    responsibilities,
    said,
    section,
    table,
    title,
    told,
    when,
)

_SOURCES = (
    ("teacher", "{{ facts.teacher_role | label }}"),
    ("parents", "{% if pupil.looked_after %}Carers and family{% else %}Parents{% endif %}"),
    ("pupil", "{{ facts.first_name }}"),
    ("support_staff", "Support staff"),
    ("assessments", "Existing assessments"),
    ("progress_self", "Compared with own earlier progress"),
    ("progress_peers", "Compared with others of the same age"),
    ("specialists", "Outside specialists"),
)
_QUESTIONS = (
    ("working", "Is the support working?"),
    ("difference", "How much difference does it make?"),
    ("as_planned", "Did it happen as planned: right person, trained, often enough?"),
    ("reaction", "How does {{ facts.first_name }} react to it?"),
)


def cycle() -> str:
    """All four stages; the parts of a stage that has not come yet are left out."""
    return "".join([_head(), _assess(), _plan(), _do(), _review()])


def _head() -> str:
    return title("{{ words.cycle_record }}", NAME_LINE + " · {{ cycle.title }}") + details(
        "",
        ("Cycle", "{{ cycle.number }}: {{ cycle.title }}"),
        ("Support starts", "{{ cycle.start }}"),
        ("Review planned", "{{ cycle.planned_review }}"),
        ("Reviewed on", "**{{ cycle.review.date }}**", "cycle.review"),
        ("Responsible teacher", "{{ cycle.lead_teacher }}"),
        (
            "At",
            "{{ facts.cycle.setting }}, before {{ facts.first_name }} came to {{ school.name | one_line }}",
            "facts.cycle.setting",
        ),
        ("{{ words.senco }}", "{{ school.senco.name }}", "not facts.cycle.setting"),
        (
            "Co-ordinated by",
            "{{ cycle.coordinator }}",
            "cycle.coordinator and school.senco.name not in cycle.coordinator",
        ),
    )


def _assess() -> str:
    return "".join(
        [
            heading(1, "{{ words.assess }}"),
            para("Assessed {% if cycle.assess.date %}on {{ cycle.assess.date }} {% endif %}by {{ cycle.assess.by | no_stop }}"
                 "{% if facts.cycle.agencies %}, with {{ facts.cycle.agencies | and_list }}{% endif %}."),
            when(" or ".join(f"cycle.assess.{name}" for name, _ in _SOURCES),
                 heading(2, "What we know, and from whom"),
                 told(*((text, f"{{{{ cycle.assess.{name} }}}}", f"cycle.assess.{name}") for name, text in _SOURCES))),
            said("What is going well", "cycle.assess.strengths", 2),
            section(2, "Needs this cycle is about", "facts.cycle.needs", bullets("need in facts.cycle.needs")),
            section(2, "What is in the way, and what will remove it", "cycle.assess.barriers", bullets(
                "row in cycle.assess.barriers", "**{{ row.barrier | no_stop }}:** {{ row.removal }}")),
            section(2, "Where {{ facts.first_name }} starts", "cycle.assess.baselines", bullets(
                "row in cycle.assess.baselines",
                "{{ row.measure }}: **{{ row.score }}**{% if row.date %} ({{ row.date }}){% endif %}")),
        ]
    )  # fmt: skip


def _plan() -> str:
    return "".join(
        [
            heading(1, "{{ words.plan }}"),
            when("cycle.plan.date", para("{% if facts.cycle.agreed %}Plan of{% else %}Agreed on{% endif %} {{ cycle.plan.date }}.", more=KEEP)),
            said("What we changed after the last review", "cycle.plan.change", 2),
            heading(2, "Targets"),
            table(
                "row in facts.cycle.targets",
                ("Target", 3.9, "**{{ row.number }}.** {{ row.text }}{% if row.carried_from %} (carried on){% endif %}"),
                ("From and to", 2.1, "{% if row.baseline %}From: {{ row.baseline }}{% endif %}{% if row.goal %}{% if row.baseline %}\n{% endif %}To: {{ row.goal }}{% endif %}"),
                ("How we measure", 2.6, "{{ row.measure }}"),
                ("By", 1.7, "{{ row.by | short_date }}"),
                split=False,
            ),
            section(2, "The outcomes these serve", "facts.outcomes", bullets(
                "outcome in facts.outcomes | selectattr('targets')",
                "Outcome {{ outcome.number }}: {{ outcome.text }} (target{% if outcome.targets | length > 1 %}s{% endif %} "
                "{{ outcome.targets | map(attribute='number') | and_list }})")),
            heading(2, "Support"),
            provision("row in facts.cycle.provision"),
            section(2, "Adjustments in class", "cycle.plan.adjustments", bullets("point in cycle.plan.adjustments")),
            section(2, "Who does what", "cycle.plan.responsibilities", responsibilities("cycle.plan.responsibilities")),
            # One paragraph: each alone was left over at the top of a page.
            when("facts.cycle.agreed or cycle.plan.staff_informed", para(
                "{% for row in facts.cycle.agreed %}{% if not loop.first %} {% endif %}Agreed by {{ row.who }} on {{ row.date }}"
                "{% if not row.holds %}, before the plan of {{ cycle.plan.date }}; what has changed since is not yet agreed{% endif %}."
                "{% endfor %}{% if cycle.plan.staff_informed %}{% if facts.cycle.agreed %} {% endif %}"
                "All staff were told on {{ cycle.plan.staff_informed }}.{% endif %}")),
        ]
    )  # fmt: skip


def _do() -> str:
    return section(
        1, "{{ words.do }}", "cycle['do']",
        when("cycle['do'].delivery", heading(2, "What was given"), table(
            "row in facts.cycle.provision | rejectattr('planned', 'none')",
            ("Support", 3.6, "{{ row.title }}"), ("Sessions given", 1.5, "{{ row.delivered }} of {{ row.planned }}"),
            ("By", 1.8, "{{ row.delivered_by }}"), ("Notes", 3.6, "{{ row.delivery_note }}"), split=False)),
        when("cycle['do'].notes", heading(2, "Notes along the way"), bullets(
            "row in cycle['do'].notes", "{{ row.date }}: {{ row.note }}{% if row.by %} ({{ row.by }}){% endif %}")),
        when("cycle['do'].shared_with_parents", heading(2, "Shared with the family"), bullets(
            "row in cycle['do'].shared_with_parents",
            "{{ row.date }}: {{ row.what }}{% if row.how %} ({{ row.how | no_stop }}){% endif %}")),
    )  # fmt: skip


def _review() -> str:
    return section(
        1, "{{ words.review }}", "cycle.review",
        para("Reviewed on {{ cycle.review.date }}{% if cycle.review.by %} by {{ cycle.review.by }}{% endif %}.", more=KEEP),
        heading(2, "Targets: how far we came"),
        table(
            "row in facts.cycle.targets",
            ("Target", 1.9, "**{{ row.number }}.** {{ row.named }}"),
            ("Start", 1.4, "{{ row.baseline }}"),
            ("Goal", 1.4, "{{ row.goal }}"),
            ("At the review", 1.5, "{{ row.result }}"),
            ("Result", 1.4, "**{{ row.status_label }}**"),
            ("How we know", 3.3, "{{ row.comment }}"),
            split=False,
        ),
        when(" or ".join(f"cycle.review.{name}" for name, _ in _QUESTIONS),
             heading(2, "Questions"),
             told(*((text, f"{{{{ cycle.review.{name} }}}}", f"cycle.review.{name}") for name, text in _QUESTIONS))),
        when("cycle.review.pupil_thinks", heading(2, "What {{ facts.first_name }} thinks"), own_words("cycle.review.pupil_thinks")),
        said("How {{ facts.first_name }} judges the learning", "cycle.review.self_evaluation", 2),
        said("What the family thinks", "cycle.review.parents_view", 2),
        section(2, "What happens to the support", "cycle.review.provision", table(
            "row in facts.cycle.provision | selectattr('decision_label')",
            ("Support", 2.6, "{{ row.title }}"), ("Before and after", 2.3, "{% if row.entry %}Before: {{ row.entry }}{% endif %}"
             "{% if row.exit %}{% if row.entry %}\n{% endif %}After: {{ row.exit }}{% endif %}"), ("Difference it made", 3.2, "{{ row.impact }}"),
            ("Decision", 1.5, "**{{ row.decision_label }}**"), split=False)),
        when("cycle.review.expected_progress is not none",
             para("**Progress as expected:** {{ cycle.review.expected_progress | yes_no }}.")),
        said("Why there is still concern", "cycle.review.concern", 2),
        said("Specialists", "cycle.review.specialists_considered", 2),
        section(2, "Next steps", "cycle.review.next_steps", actions("cycle.review.next_steps")),
    )  # fmt: skip
