"""What several plans tell in the same way: the pupil, needs, results, outcomes, support, services, signatures."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from collections.abc import Sequence

from templates.source.vocabulary import (
    Cell,
    bullets,
    details,
    each,
    heading,
    para,
    sign_line,
    signatures,
    table,
    when,
)

NAME_LINE = "{{ facts.full_name }} · {{ facts.year_group }}{% if pupil.class %} · {{ pupil.class }}{% endif %}"
DRAFT = "{% if document.status == 'draft' %} · DRAFT, not yet agreed{% endif %}"

PEOPLE = (
    "{% for person in facts.parents_and_carers %}{% if not loop.first %}\n{% endif %}{% if person.title %}{{ person.title }} "
    "{% endif %}{{ person.name }}{{ person.relationship | in_brackets }}{% endfor %}"
)


def about_pupil(*more: tuple[str, str] | tuple[str, str, str]) -> str:
    """Who the document is about: the lines that every plan begins with."""
    return details(
        "",
        ("Full name", "{{ facts.legal_name }}"),
        ("Date of birth", "{{ pupil.date_of_birth }} ({{ facts.age_text }})"),
        ("School", "{{ school.name | one_line }}"),
        ("{{ facts.teacher_role | label }}", "{{ pupil.class_teacher }}", "pupil.class_teacher"),
        ("Key adult", "{{ pupil.key_worker }}", "pupil.key_worker"),
        ("{{ words.senco }}", "{{ school.senco.name }}"),
        ("Parents and carers", PEOPLE, "facts.parents_and_carers"),
        *more,
    )


def areas(strengths: bool = True) -> str:
    """Strengths and needs by area."""
    shown = [when("area.strengths", para("**Strengths:** {{ area.strengths }}"))] if strengths else []
    return each(
        "area in facts.areas",
        heading(2, "{{ area.label }}"),
        *shown,
        each(
            "need in area.needs",
            heading(3, "{{ need.title }}"),
            para("{{ need.description }}"),
            para("**What this makes hard:** {{ need.impact }}"),
            when(
                "need.diagnosis",
                para("**Diagnosis:** {{ need.diagnosis.name }}{% if need.diagnosis.by %}, {{ need.diagnosis.by }}"
                     "{% endif %}{% if need.diagnosis.date %}, {{ need.diagnosis.date }}{% endif %}"),
            ),
        ),
    )  # fmt: skip


NEWER = when(
    "facts.newer_results",
    para(
        "Newer results or reports are on file. They are not in this paper, which is dated {{ document.date }}.",
        "SmallPrint",
    ),
)
"""Of a paper with a day of its own: what was written down later is not left out without a word."""

SUPPORT_HEAD = "Support now{% if facts.provision | selectattr('ended') | list %}, and what has ended{% endif %}"
"""Over the support of a cycle: what came to an end in its course is told there too, and is no support of now."""

SUPPORT_ENDED = when(
    "facts.cycle.reviewed and facts.cycle.reviewed <= document.date",
    para("This was the support in {{ facts.cycle.title }}. The cycle was reviewed on {{ facts.cycle.reviewed }}; the "
         "next one has not begun.", more="<w:keepNext/>"),
)  # fmt: skip


def results(newest: bool = False) -> str:
    """Attainment and standardised tests over time: all of them, or the newest six of each."""
    rows = "[(0 if document.bundled else -6):]" if newest else ""
    shown = "not document.bundled and (pupil.attainment | length > 6 or pupil.tests | length > 6)"
    older = (
        when(shown, para("These are the newest results. The school keeps the earlier ones.", "SmallPrint"))
        if newest
        else ""
    )
    until = when(
        "facts.results_until",
        para(
            "Results and reports up to {{ facts.results_until }}, the day of the request, are in this part.",
            "SmallPrint",
            more="<w:keepNext/>",
        ),
    )
    return until + when(
        "pupil.attainment",
        heading(2, "Attainment over time"),
        table(
            f"row in pupil.attainment{rows}",
            ("Date", 1.8, "{{ row.date | short_date }}"),
            ("Subject", 3, "{{ row.subject }}{% if row.framework %} ({{ row.framework }}){% endif %}"),
            ("Result, and what it means", 4, "{{ row.result }}{% if row.comment %}\n{{ row.comment }}{% endif %}"),
            ("Usual at this age", 2.6, "{{ row.expected }}"),
            split=False,
        ),
    ) + when(
        "pupil.tests",
        heading(2, "Standardised tests"),
        para("In standardised tests 100 is average, and two pupils in three score between 85 and 115. A percentile of 10 "
             "means that 90 of 100 pupils of the same age score higher.", "SmallPrint", more="<w:keepNext/>"),
        table(
            f"row in pupil.tests{rows}",
            ("Date", 1.8, "{{ row.date | short_date }}"),
            ("Test", 4.2, "{{ row.name }}{% if row.measure %}: {{ row.measure }}{% endif %}"
             "{% if row.by %} (given by {{ row.by }}){% endif %}{% if row.raw %}\nRaw score: {{ row.raw }}{% endif %}"),
            ("Standard score", 2.2, "{{ row.standard_score }}{% if row.confidence %}\nRange {{ row.confidence }}{% endif %}"),
            ("Percentile", 1.7, "{{ row.percentile }}"),
            ("Age equivalent", 1.6, "{{ row.age_equivalent }}"),
            split=False,
        ),
    ) + older  # fmt: skip


def outcomes(loop: str, targets: bool = True) -> str:
    """Each outcome with what it rests on, how success is seen, and the targets and support that serve it."""
    here = "not (facts.told_in.needs and (not my_support_plan.outcomes or outcome.id in my_support_plan.outcomes))"
    rows: list[tuple[str, str] | tuple[str, str, str]] = [
        ("Needs behind it", "{{ outcome.needs | join('; ') }}", f"outcome.needs and {here}"),
        ("Link to hopes", "{{ outcome.aspiration }}", "outcome.aspiration"),
        ("Where {{ facts.first_name }} started", "{{ outcome.baseline }}", "outcome.baseline"),
        (
            "Newest result",
            "{% for one in outcome.newest %}{% if not loop.first %}; {% endif %}{{ one.what }}: {{ one.result }} ({{ one.date }}){% endfor %}",
            "outcome.newest",
        ),
        ("How we will know", "{{ outcome.success_measure }}", f"outcome.success_measure and {here}"),
        ("By when", "{{ outcome.by }}", here),
        ("Preparing for adulthood", "{{ outcome.pfa | join('; ') }}", f"outcome.pfa and {here}"),
        ("Agreed with", "{{ outcome.agreed_with | and_list }}", "outcome.agreed_with"),
    ]
    if targets:
        support = "{% for row in outcome.provision %}{% if not loop.first %}; {% endif %}{{ row.title }}{% endfor %}"
        rows.append(("Support", support, "outcome.provision"))
    steps = [
        para("**Steps in this cycle**", "RunIn", more="<w:keepNext/>"),
        bullets("target in outcome.targets", "{{ target.text }}"),
    ]
    return each(
        loop,
        heading(2, "Outcome {{ outcome.number }}"),
        para("**{{ outcome.text }}**", more="<w:keepNext/>"),
        details("", *rows, together=True),
        *([when("outcome.targets", *steps)] if targets else []),
    )


def provision(loop: str, outcomes: bool = True) -> str:
    """The support: what, who, how often, for which outcome and with which difference expected.

    Without `outcomes` only the difference, for papers in which the outcomes are not numbered.
    """
    serves = "{{ row.expected_impact }}"
    if outcomes:
        serves = ("{% if row.outcomes %}outcome{% if row.outcomes | length > 1 %}s{% endif %} {{ row.outcomes | and_list }}"
                  "{% if row.expected_impact %}: {% endif %}{% endif %}" + serves)  # fmt: skip
    what = [
        para("**{{ row.title }}**", "TableText"),
        when("row.description", para("{{ row.description }}", "TableText")),
        when(f"{'row.outcomes or ' * outcomes}row.expected_impact", para(f"**For** {serves}", "TableText")),
    ]
    who = [para("{{ row.who }}", "TableText"), when("row.expertise", para("{{ row.expertise }}", "TableText"))]
    often = [
        # The group first: the built-in engine breaks lines even at no-break spaces, and "1 to 1" came apart.
        when("row.how_often or row.group", para(
            "{{ row.group | capitalize }}{% if row.group and row.how_often %}: {% endif %}{{ row.how_often }}", "TableText")),
        when("row.when_where", para("{{ row.when_where }}", "TableText")),
        when("row.ended", para("**Ended on {{ row.ended | short_date }}**", "TableText"), otherwise=[when("row.from or row.to",
             para("{% if row.from %}From {{ row.from | short_date }} {% endif %}{% if row.to %}to {{ row.to | short_date }}"
                  "{% endif %}", "TableText"))]),
    ]  # fmt: skip
    columns: list[tuple[str, float, Cell]] = [
        ("Support, and what it is for", 4, what),
        ("Who gives it", 2.5, who),
        ("How often, when and where", 3.2, often),
    ]
    return table(loop, *columns, split=False)


def agencies(advice: bool = True, head: Sequence[str] = (heading(1, "Other services"),)) -> str:
    """Other services that are or were involved; what each advised, what was done and what came of it."""
    advised = each(
        "row in pupil.agencies | selectattr('recommendations')",
        para("**{{ row.service }}** advised:", more="<w:keepNext/>"),
        table(
            "r in row.recommendations",
            ("What they advised", 3.2, "{{ r.advice }}"),
            ("What we did", 3.2, "{{ r.action }}"),
            ("What changed", 3, "{{ r.impact }}"),
            split=False,
        ),
    )
    return when(
        "pupil.agencies or pupil.referrals",
        *head,
        when(
            "pupil.agencies",
            table(
                "row in pupil.agencies",
                (
                    "Service and person",
                    3,
                    "{{ row.service }}{% if row.person %}: {{ row.person }}{% endif %}, {{ row.role }}",
                ),
                (
                    "When",
                    2.2,
                    "{% if row.from %}{{ row.from | short_date }} {% endif %}{% if row.to %}to {{ row.to | short_date }}"
                    "{% elif row.from %}onwards{% endif %}{% if row.last_report %}\nReport {{ row.last_report | short_date }}{% endif %}",
                ),
                ("What they found", 4.2, "{{ row.summary }}"),
                split=False,
            ),
            *([advised] if advice else []),
        ),
        bullets(
            "row in pupil.referrals",
            "Waiting for {{ row.service }}, referred {{ row.referred }}{% if row.note %}: {{ row.note }}{% endif %}",
        ),
    )


NEWER_THAN_AGREED = when(
    "facts.newer_than_agreed",
    para(
        "**What was agreed is this plan as it stood on {{ document.date }}.** Newer, and signed by nobody:"
        "{% if facts.newer_than_agreed.results %} results and reports of {{ facts.newer_than_agreed.results | map('short_date') | and_list }}"
        "{% if facts.newer_than_agreed.actions or facts.newer_than_agreed.kept %};{% endif %}{% endif %}"
        "{% if facts.newer_than_agreed.actions %} actions done on {{ facts.newer_than_agreed.actions | map('short_date') | and_list }}"
        "{% if facts.newer_than_agreed.kept %};{% endif %}{% endif %}"
        "{% if facts.newer_than_agreed.kept %} needs and what came of services’ advice, as recorded by "
        "{{ facts.newer_than_agreed.kept | short_date }}{% endif %}.",
        more="<w:keepNext/>",
    ),
)
"""Beside the signatures: what in the paper nobody who signed it can have seen."""


def family_signatures(given: str) -> str:
    """Who signs a plan: what is recorded, or lines for parents, pupil, teacher and SENCO."""
    return NEWER_THAN_AGREED + signatures(
        given,
        each(
            "person in facts.parents_and_carers", sign_line("{{ person.name }}{{ person.relationship | in_brackets }}")
        ),
        sign_line("{{ facts.full_name }}"),
        when("pupil.class_teacher", sign_line("{{ pupil.class_teacher }} ({{ facts.teacher_role | label | lower }})")),
        sign_line("{{ school.senco.name }} ({{ words.senco }})"),
        sign_line("{{ school.headteacher.name }} (headteacher)"),
    )
