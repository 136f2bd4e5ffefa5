"""The school's request for an EHC needs assessment, in parts that a panel can find its way through."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source import figures
from templates.source.plans.plan_parts import NAME_LINE, agencies, areas, results
from templates.source.request_details import details_of_request
from templates.source.vocabulary import (
    bullets,
    cost_of_support,
    details,
    each,
    grid,
    heading,
    new_page,
    para,
    said,
    section,
    sign_line,
    summary,
    table,
    title,
    told_elsewhere,
    when,
)

_AREAS = (
    ("communication_and_interaction", "Communication and interaction"),
    ("cognition_and_learning", "Cognition and learning"),
    ("social_emotional_and_mental_health", "Social, emotional and mental health"),
    ("sensory_and_physical", "Sensory and/or physical"),
)


_NEXT = "{%p set part = part + 1 %}"


def _part(text: str, condition: str, *pieces: str) -> str:
    """A numbered part, where the condition holds: the numbers run on without gaps."""
    return when(condition, para(_NEXT), heading(1, "{{ part }}  " + text), *pieces)


def _cited(field: str) -> str:
    return when(
        field,
        para("**Evidence:** {% for id in " + field + " %}{% if not loop.first %}; {% endif %}{{ facts.evidence_names[id] }}"
             "{% if id in facts.in_bundle %} ({{ facts.in_bundle[id] }}){% endif %}{% endfor %}.", "RunIn"),
    )  # fmt: skip


def _with_pages(kind: str, row: str) -> str:
    """Where a cycle or meeting is in the bundle."""
    part = f"facts.in_bundle['{kind}-' ~ {row}.id]"
    return f"{{% if '{kind}-' ~ {row}.id in facts.in_bundle %}} ({{{{ {part} }}}}){{% endif %}}"


def request() -> str:
    """Details, reasons and the two limbs of section 36(8), views, needs, what was done and what came of it, signatures."""
    return "".join(
        [
            para("{%p set part = 0 %}"),
            title("{{ words.request }}", NAME_LINE + " · {{ request.date }}"),
            para("To {% if facts.authority %}{{ facts.authority }}{% else %}the local authority{% endif %}. This "
                 "{% if request.kind == 'updated_advice' %}updates advice already given{% else %}is a request for an assessment"
                 "{% endif %} under section 36(1) of the Children and Families Act 2014, made by "
                 "{% if request.made_by == 'school' %}the school{% elif request.made_by == 'parent' %}a parent{% else %}the young "
                 "person{% endif %}."),
            when("facts.answer", para("**Answer due:** {% if facts.authority %}{{ facts.authority }}{% else %}the local authority{% endif %} "
                 "says whether it will assess {{ facts.answer.words }} (SEND Regulations 2014, regulation 5(3)).")),
            when("not facts.told_in.summary", summary(), para(_NEXT), new_page(1, "{{ part }}  Details"),
                 otherwise=[para(_NEXT), heading(1, "{{ part }}  Details")]),
            details_of_request(),
            para(_NEXT), heading(1, "{{ part }}  Reasons for the request"),
            para("{{ request.reason }}"),
            heading(2, "{{ facts.first_name }} has or may have special educational needs"),
            para("{{ request.has_sen.text }}"),
            _cited("request.has_sen.evidence"),
            heading(2, "It may be necessary for provision to be made through an EHC plan"),
            para("{{ request.needs_plan.text }}"),
            _cited("request.needs_plan.evidence"),
            para("These are the two questions of section 36(8) of the Children and Families Act 2014.", "SmallPrint"),
            _views(),
            _needs(),
            _approach(),
            when("not facts.told_in.needs",
                 agencies(head=[para(_NEXT), heading(1, "{{ part }}  Professionals and other services")])),
            _cost(),
            _part("Attainment and progress", "pupil.attainment or pupil.tests or request.progress or request.progress_only_with_support",
                    when("request.progress", para("{{ request.progress }}")),
                    said("Progress made only with much additional support", "request.progress_only_with_support", 2),
                    told_elsewhere("Every result with its date, and charts of the progress", "results"),
                    when("not facts.told_in.results", figures.progress(), results())),
            _attendance(),
            _health(),
            _outcomes(),
            _evidence(),
            _part("What the authority also asks", "facts.asked_locally", each(
                "row in facts.asked_locally", heading(2, "{{ row.question }}"),
                bullets("option in row.options", "{{ option.chosen | tick }}\t{{ option.text }}", "TickLine"),
                when("row.answer", para("{{ row.answer }}")),
                when("not row.answer and not row.options", para("Not answered.")))),
            _consent(),
        ]
    )  # fmt: skip


_PARENTS = (
    ("history", "Background and history"),
    ("working", "What is working"),
    ("not_working", "What is not working"),
    ("important_now", "What is important now"),
    ("future", "Hopes for the future"),
    ("support_wanted", "What would help"),
    ("other", "Anything else"),
)
_PUPIL = (
    ("likes", "Likes and interests"),
    ("dislikes", "Dislikes"),
    ("strengths", "Good at"),
    ("relationships", "Other people"),
    ("helps", "What helps"),
    ("does_not_help", "What does not help"),
)


def _views() -> str:
    parents, child = "request.parents_views", "request.pupil_views"
    return _part("The family’s views", parents,
        para(f"From {{{{ {parents}.author }}}}, {{{{ {parents}.date }}}}{{% if {parents}.method %}}, {{{{ {parents}.method | label | lower }}}}"
             f"{{% endif %}}{{% if {parents}.helped_by %}}, helped by {{{{ {parents}.helped_by }}}}{{% endif %}}.", "SmallPrint"),
        *(said(text, f"{parents}.{name}", 2) for name, text in _PARENTS),
        _cited(f"{parents}.evidence"),
    ) + _part("{{ facts.first_name | possessive }} views", child,
        para(f"{{{{ {child}.text }}}}", "OwnWords"),
        para(f"{{% if {child}.own_words %}}{{{{ facts.first_name | possessive }}}} own words. {{% endif %}}"
             f"{{{{ {child}.date }}}}. How we found out: {{{{ {child}.how }}}}", "SmallPrint"),
        *(said(text, f"{child}.{name}", 2) for name, text in _PUPIL),
        _cited(f"{child}.evidence"),
    )  # fmt: skip


def _needs() -> str:
    by_area = section(
        2,
        "In short",
        "request.strengths or request.difficulties",
        grid(
            (("Area", 2.2), ("Strengths", 3.4), ("Difficulties", 4)),
            [
                (
                    f"if request.strengths.{area} or request.difficulties.{area}",
                    label,
                    f"{{{{ request.strengths.{area} }}}}",
                    f"{{{{ request.difficulties.{area} }}}}",
                )
                for area, label in _AREAS
            ],
        ),
    )
    return _part("Strengths and needs", "facts.areas or request.strengths or request.difficulties", by_area,
                 told_elsewhere("Each need, what it makes hard, and what other services found, advised and changed", "needs"),
                 when("not facts.told_in.needs", areas()))  # fmt: skip


def _approach() -> str:
    return _part("What we have done so far", "request.graduated_approach or facts.request_cycles",
        when("request.graduated_approach", para("{{ request.graduated_approach }}")),
        when("facts.told_in.reviews", _cycles_in_short(), otherwise=[_cycles_in_full()]),
        section(2, "Meetings with the family", "facts.meetings", bullets(
            "meeting in facts.meetings", "{{ meeting.date }}: {{ meeting.title }}{% if meeting.pages %} ({{ meeting.pages }}){% endif %}")),
    )  # fmt: skip


def _cycles_in_short() -> str:
    """What came of each cycle's targets, and the pages of the bundle that tell the whole cycle."""
    return table(
        "cycle in facts.request_cycles",
        ("Cycle", 3.4, "**{{ cycle.title }}**\n{{ cycle.start | short_date }} to {{ (cycle.reviewed or cycle.planned_review) | short_date }}"),
        ("What came of its targets", 4, "{% for status in cycle.targets | groupby('status_label') %}{% if not loop.first %}; {% endif %}"
         "{{ status.grouper | default_text('Not reviewed') }}: {{ status.list | length }} of {{ cycle.targets | length }}{% endfor %}"),
        ("Told in full in", 2.2, "{{ facts.in_bundle['cycle-' ~ cycle.id] }}"),
        split=False,
    )  # fmt: skip


def _cycles_in_full() -> str:
    return each(
        "cycle in facts.request_cycles",
        heading(2, "{{ cycle.title }}: {{ cycle.start }} to {% if cycle.reviewed %}{{ cycle.reviewed }}{% else %}"
                "{{ cycle.planned_review }}{% endif %}" + _with_pages("cycle", "cycle")),
        table("row in cycle.targets", ("Target", 3.9, "{{ row.text }}"),
              ("Start and review", 2.1, "{% if row.baseline %}Start: {{ row.baseline }}{% endif %}{% if row.result %}{% if row.baseline %}\n{% endif %}At the review: {{ row.result }}{% endif %}"),
              ("Result", 3.6, "{{ row.status_label }}{% if row.comment %}: {{ row.comment }}{% endif %}"), split=False),
        table("row in cycle.provision", ("Support", 3.4, "{{ row.title }}, {{ row.who }}"),
              ("How often", 2.8, "{{ row.how_often }}{% if row.group %}, {{ row.group }}{% endif %}"
               "{% if row.planned is not none %}\n{{ row.delivered }} of {{ row.planned }} sessions given{% endif %}"),
              ("Difference it made, and what was decided", 3.4, "{{ row.impact }}{% if row.decision_label %}{% if row.impact %}\n{% endif %}Decided: {{ row.decision_label | lower }}{% endif %}"), split=False),
    )  # fmt: skip


def _cost() -> str:
    return _part("The support and what it costs", "facts.provision",
        table("row in facts.provision", ("Support", 3.3, "{{ row.title }}, {{ row.who }}"),
              ("How often", 2.9, "{% if row.how_often or row.group %}{{ row.how_often }}{% if row.how_often and row.group %}, {% endif %}{{ row.group }}"
               "{% else %}{{ row.when_where }}{% endif %}{% if row.ended %}\n**Ended on {{ row.ended | short_date }}**{% endif %}"),
              ("Minutes a week", 1.3, "{{ row.weekly_minutes }}"), ("Cost if given all year", 1.7, "{{ row.yearly_cost | money }}"), split=False),
        figures.support(),
        when("facts.provision | selectattr('yearly_cost', 'none') | list", para("Support without a cost here is not costed.", "SmallPrint")),
        cost_of_support(),
        when("facts.yearly_cost is not none and facts.short_blocks", para(
            "Support planned for six weeks or less is counted for those weeks, all other support for the whole school year.", "SmallPrint")),
        when("facts.yearly_cost is not none and facts.provision | selectattr('ended') | list", para("Support that has ended is not counted.", "SmallPrint")),
        when("request.funding.agreed", para("The school agreed on {{ request.funding.agreed }} to use its notional SEN budget for this.")),
        when("request.funding.use", para("{{ request.funding.use }}")),
        said("What cannot ordinarily be provided by the school", "request.more_needed", 2),
    )  # fmt: skip


def _attendance() -> str:
    return _part("Attendance", "facts.attendance or pupil.suspensions or pupil.reduced_timetable",
        when("facts.attendance", table(
            "row in facts.attendance", ("Time", 2.8, "{{ row['from'] | short_date }} to {{ row.to | short_date }}"),
            ("Attended", 2, "{{ row.attended }} of {{ row.possible }}"), ("Percentage", 1.5, "{{ row.percent | percent }}"),
            ("Why, and what it meant", 3.1, "{{ row.comment }}"), split=False), when("not document.bundled", figures.attendance())),
        when("request.attendance_comment", para("{{ request.attendance_comment }}")),
        when("pupil.suspensions", heading(2, "Suspensions and exclusions"), table(
            "row in pupil.suspensions", ("From", 1.8, "{{ row['from'] | short_date }}"), ("Kind", 2.2, "{{ row.kind | label }}"),
            ("Sessions", 1.5, "{{ row.sessions }}"), ("Why", 4.1, "{{ row.reason }}"), split=False)),
        when("pupil.reduced_timetable", heading(2, "Reduced timetable"), para(
            "{{ pupil.reduced_timetable.hours_a_week }} hours a week since {{ pupil.reduced_timetable['from'] }}, reviewed "
            "{{ pupil.reduced_timetable.review }}. {{ pupil.reduced_timetable.reason }}")),
    )  # fmt: skip


def _health() -> str:
    rows = (
        ("conditions", "Conditions"),
        ("medication", "Medication"),
        ("services", "Services"),
        ("vision", "Vision"),
        ("hearing", "Hearing"),
    )
    return _part("Health and social care", "pupil.health or request.health or request.social_care or pupil.social_care",
        section(2, "Health", "pupil.health or request.health",
                when("pupil.health", details("", *((t, f"{{{{ pupil.health.{n} }}}}", f"pupil.health.{n}") for n, t in rows))),
                when("request.health", para("{{ request.health }}"))),
        section(2, "Social care", "pupil.social_care or request.social_care",
                when("pupil.social_care", para("{{ pupil.social_care }}")), when("request.social_care", para("{{ request.social_care }}"))),
    )  # fmt: skip


def _outcomes() -> str:
    return _part("Outcomes we seek", "facts.outcomes",
        told_elsewhere("The needs behind each outcome, how it will be known and by when", "outcomes"),
        each("outcome in facts.outcomes", when(
            "not request.outcomes or outcome.id in request.outcomes",
            para("{{ outcome.text }}{% if not facts.told_in.outcomes %} – **by {{ outcome.by }}**{% endif %}", "ListBullet"))),
        said("Preparing for adulthood", "request.preparing_for_adulthood", 2),
    )  # fmt: skip


def _evidence() -> str:
    return _part("Evidence", "(facts.evidence and not facts.told_in.evidence) or request.overrides",
        when("facts.evidence and not facts.told_in.evidence",
             table("row in facts.evidence", ("What", 2.9, "{{ row.title }}"),
                   ("From", 2.4, "{{ row.by }}\n{{ row.date | short_date }}"),
                   ("What it shows", 3.4, "{{ row.shows }}"), ("Pages", 1, "{{ row.pages }}"), split=False)),
        section(2, "Expected papers that are not here, and why", "request.overrides",
                bullets("row in request.overrides", "{{ row.reason }} ({{ row.by }}, {{ row.date }})")),
    )  # fmt: skip


def _consent() -> str:
    return "".join(
        [
            para(_NEXT), heading(1, "{{ part }}  Agreement and signatures"),
            each(
                "row in request.consents",
                heading(3, "{{ row.person }} ({{ row.capacity | label | lower }})"),
                bullets("statement in row.statements", "☒\t{{ statement }}", "TickLine"),
                when("row.scope", para("Information may be shared with: {{ row.scope | map('label') | and_list | lower }}.")),
                when("row.date", para("{{ words.signed | capitalize }} on {{ row.date }}{% if row.method %}, {{ row.method | label | lower }}{% endif %}."),
                     otherwise=[sign_line("{{ row.person }}")]),
            ),
            when("not request.consents", each("person in facts.parents",
                 para("I have read this request and talked about it with the school."),
                 sign_line("{{ person.name }}{{ person.relationship | in_brackets }}"))),
            section(3, "Consent at each stage", "facts.stage_consents", table(
                "row in facts.stage_consents", ("Stage", 3.4, [para("{{ row.stage }}", "TableLabel")]),
                ("Given by", 3.2, "{{ row.person }} ({{ row.capacity | label | lower }})"),
                ("On, and how", 3, "{{ row.date | short_date }}, {{ row.method | label | lower }}"), split=False)),
            when("pupil.not_shared_with", para("**Not to be shared with:** {{ pupil.not_shared_with | and_list }}.")),
            heading(3, "For the school"),
            when("request.declaration.date",
                 para("{{ words.signed | capitalize }} by {{ request.declaration.person }} ({{ request.declaration.capacity | label }}) on "
                      "{{ request.declaration.date }}."),
                 otherwise=[sign_line("{% if request.declaration %}{{ request.declaration.person }} ({{ request.declaration.capacity | label }})"
                                      "{% else %}{{ school.headteacher.name }} (headteacher){% endif %}")]),
        ]
    )  # fmt: skip
