"""The plans: SEN support plan, My Support Plan, behaviour support plan."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from collections.abc import Sequence

from templates.source import figures
from templates.source.vocabulary import (
    Cell,
    actions,
    bullets,
    copies,
    details,
    each,
    heading,
    help_and_information,
    own_words,
    para,
    responsibilities,
    said,
    section,
    sign_line,
    signatures,
    table,
    title,
    told,
    told_elsewhere,
    when,
)

NAME_LINE = "{{ facts.full_name }} · {{ facts.year_group }}{% if pupil.class %} · {{ pupil.class }}{% endif %}"
DRAFT = "{% if document.status == 'draft' %} · DRAFT, not yet agreed{% endif %}"

PEOPLE = (
    "{% for person in facts.parents %}{% if not loop.first %}\n{% endif %}{% if person.title %}{{ person.title }} "
    "{% endif %}{{ person.name }} ({{ person.relationship | lower }}){% endfor %}"
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
        ("Parents and carers", PEOPLE, "facts.parents"),
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


def results(newest: bool = False) -> str:
    """Attainment and standardised tests over time: all of them, or the newest six of each."""
    rows = "[(0 if document.bundled else -6):]" if newest else ""
    shown = "not document.bundled and (pupil.attainment | length > 6 or pupil.tests | length > 6)"
    older = (
        when(shown, para("These are the newest results. The school keeps the earlier ones.", "SmallPrint"))
        if newest
        else ""
    )
    return when(
        "pupil.attainment",
        heading(2, "Attainment over time"),
        table(
            f"row in pupil.attainment{rows}",
            ("Date", 1.6, "{{ row.date | short_date }}"),
            ("Subject", 2.7, "{{ row.subject }}{% if row.framework %} ({{ row.framework }}){% endif %}"),
            ("Result", 2.5, "{{ row.result }}"),
            ("Usual at this age", 2.2, "{{ row.expected }}"),
            ("What it means", 2.4, "{{ row.comment }}"),
            split=False,
        ),
    ) + when(
        "pupil.tests",
        heading(2, "Standardised tests"),
        para("In standardised tests 100 is average, and two pupils in three score between 85 and 115. A percentile of 10 "
             "means that 90 of 100 pupils of the same age score higher.", "SmallPrint", more="<w:keepNext/>"),
        table(
            f"row in pupil.tests{rows}",
            ("Date", 1.6, "{{ row.date | short_date }}"),
            ("Test", 4.4, "{{ row.name }}{% if row.measure %}: {{ row.measure }}{% endif %}"
             "{% if row.by %} (given by {{ row.by }}){% endif %}"),
            ("Standard score", 1.9, "{{ row.standard_score }}{% if row.confidence %}\nRange {{ row.confidence }}{% endif %}"),
            ("Percentile", 1.8, "{{ row.percentile }}"),
            ("Age equivalent", 1.8, "{{ row.age_equivalent }}"),
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
        ("Newest result", "{{ outcome.latest.result }} ({{ outcome.latest.date }})", "outcome.latest"),
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
        details("", *rows),
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
        when("row.from or row.to",
             para("{% if row.from %}From {{ row.from | short_date }} {% endif %}{% if row.to %}to {{ row.to | short_date }}"
                  "{% endif %}", "TableText")),
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
                    2,
                    "{% if row.from %}{{ row.from | short_date }} {% endif %}{% if row.to %}to {{ row.to | short_date }}"
                    "{% elif row.from %}onwards{% endif %}{% if row.last_report %}\nReport {{ row.last_report | short_date }}{% endif %}",
                ),
                ("What they found", 4.4, "{{ row.summary }}"),
                split=False,
            ),
            *([advised] if advice else []),
        ),
        bullets(
            "row in pupil.referrals",
            "Waiting for {{ row.service }}, referred {{ row.referred }}{% if row.note %}: {{ row.note }}{% endif %}",
        ),
    )


def family_signatures(given: str) -> str:
    """Who signs a plan: what is recorded, or lines for parents, pupil, teacher and SENCO."""
    return signatures(
        given,
        each("person in facts.parents", sign_line("{{ person.name }} ({{ person.relationship | lower }})")),
        sign_line("{{ facts.full_name }}"),
        when("pupil.class_teacher", sign_line("{{ pupil.class_teacher }} ({{ facts.teacher_role | label | lower }})")),
        sign_line("{{ school.senco.name }} ({{ words.senco }})"),
    )


def support_plan() -> str:
    """The plan that a parent signs: hopes first, then needs, outcomes, support, and who does what."""
    return "".join(
        [
            title("{{ words.support_plan }}", f"{NAME_LINE} · {{{{ plan.date }}}}{DRAFT}"),
            when("not facts.told_in.needs", about_pupil()),
            details(
                "",
                ("Record of special needs", "{{ facts.sen_status }}{% if facts.sen_since %} since {{ facts.sen_since }}{% endif %}"
                 "{% if pupil.support_level %} · {{ pupil.support_level }}{% endif %}", "facts.sen_status"),
                ("Plan kept by", "{{ plan.coordinator }}", "plan.coordinator"),
                ("School year and version", "{{ plan.academic_year }}{% if plan.academic_year and plan.version %} · {% endif %}"
                 "{{ plan.version }}", "plan.academic_year or plan.version"),
                ("Date of the plan", "{{ plan.date }}"),
                ("We review it on", "**{{ plan.review_date }}**"),
                ("Meetings this school year", "{% for day in plan.meeting_dates %}{% if not loop.first %}, {% endif %}{{ day | date }}{% endfor %}",
                 "plan.meeting_dates"),
            ),
            section(
                1, "{{ facts.first_name | possessive }} own page", "profile and not facts.told_in.profile",
                heading(2, "What people like and admire about {{ facts.first_name }}"),
                bullets("point in profile.like_and_admire"),
                heading(2, "What is important to {{ facts.first_name }}"),
                bullets("point in profile.important_to_me"),
                heading(2, "How best to support {{ facts.first_name }}"),
                bullets("point in profile.how_to_support_me"),
                when("profile.own_words", para("{{ facts.first_name | possessive }} own words, but for what others like and admire.", "SmallPrint")),
            ),
            told_elsewhere("What people admire in {{ facts.first_name }}, and what is important", "profile"),
            section(1, "{{ facts.first_name | possessive }} story", "plan.story", para("{{ plan.story }}")),
            heading(1, "Hopes for the future"),
            heading(2, "What {{ facts.first_name }} hopes for"),
            para("{{ plan.aspirations.pupil }}", "OwnWords"),
            when("plan.aspirations.pupil_how", para("How we found out: {{ plan.aspirations.pupil_how }}", "SmallPrint")),
            heading(2, "What {{ facts.first_name | possessive }} family hopes for"),
            para("{{ plan.aspirations.parents }}", "OwnWords"),
            section(1, "Strengths and needs", "facts.areas and not facts.told_in.needs", areas()),
            told_elsewhere("Strengths and needs, results and the advice of other services", "needs"),
            section(1, "What we know", "plan.assessment or (not facts.told_in.results and (pupil.attainment or pupil.tests))",
                    when("plan.assessment", para("{{ plan.assessment }}")),
                    when("not facts.told_in.results", results(newest=True))),
            section(1, "What we are working towards", "facts.outcomes", outcomes("outcome in facts.outcomes")),
            told_elsewhere("The support of this term, who gives it and how often", "provision"),
            section(
                1, "Support", "facts.provision and not facts.told_in.provision",
                when("facts.cycle.reviewed", para(
                    "This was the support in {{ facts.cycle.title }}. The cycle was reviewed on {{ facts.cycle.reviewed }}; the "
                    "next one has not begun.", more="<w:keepNext/>")),
                provision("row in facts.provision"),
            ),
            section(
                1, "Adjustments in every lesson", "plan.adjustments or plan.exam_access",
                when("plan.adjustments", table(
                    "row in plan.adjustments",
                    ("What is in the way", 3, "{{ row.barrier }}"),
                    ("What we do", 4.4, "{{ row.adjustment }}"),
                    ("Who", 2, "{{ row.who }}"), split=False)),
                said("Tests and exams", "plan.exam_access"),
            ),
            section(1, "Who does what", "plan.responsibilities", responsibilities("plan.responsibilities")),
            when("not facts.told_in.needs", agencies(advice=False)),
            section(1, "Support outside school", "plan.community_support", para("{{ plan.community_support }}")),
            section(1, "What the family wants recorded", "plan.additional_outcomes_from_parents",
                    para("{{ plan.additional_outcomes_from_parents }}", "OwnWords")),
            told_elsewhere("Reviews so far", "reviews"),
            section(
                1, "Reviews so far", "facts.reviewed_cycles and not facts.told_in.reviews",
                each("cycle in facts.cycles", when(
                    "cycle.reviewed",
                    heading(2, "{{ cycle.title }}: reviewed {{ cycle.reviewed }}"),
                    bullets("target in cycle.targets",
                            "{{ target.text }} – **{{ target.status_label }}**{% if target.result %} ({{ target.result }}){% endif %}"))),
            ),
            section(
                1, "Who knows this plan", "plan.staff_informed or plan.on_information_system",
                bullets("row in plan.staff_informed",
                        "{{ row.name }}{% if row.role %}, {{ row.role }}{% endif %}: told on {{ row.date }}"),
                when("plan.on_information_system", para(
                    "On {% if school.information_system %}{{ school.information_system }}{% else %}the school’s information "
                    "system{% endif %} since {{ plan.on_information_system }}.")),
            ),
            heading(1, "Agreement"),
            para("This plan was made together. Signing it means: I have talked about it, I have a copy, and I know my part. "
                 "Anyone may ask for a review at any time.", more="<w:keepNext/>"),
            family_signatures("facts.agreed.plan"),
            copies("plan.copies"),
            help_and_information(heading(1, "Help and information")),
        ]
    )  # fmt: skip


def my_support_plan() -> str:
    """The co-ordinated plan after a person-centred meeting, in five parts; it grows into the request."""
    record = "my_support_plan"
    return "".join(
        [
            title("{{ words.my_support_plan }}", f"{NAME_LINE} · {{{{ {record}.date }}}}{DRAFT}"),
            about_pupil(
                ("Date of this plan", f"{{{{ {record}.date }}}}"),
                ("Version", f"{{{{ {record}.version }}}}", f"{record}.version"),
                ("First plan made", f"{{{{ {record}.initial_date }}}}", f"{record}.initial_date"),
                ("Planned at", "{{ facts.pcp_meeting.title | default_text('Person-centred planning meeting') }}, "
                 "{{ facts.pcp_meeting.date }}", "facts.pcp_meeting"),
                ("We review it by", f"**{{{{ {record}.review_by }}}}**"),
                ("Who to ask", f"{{{{ {record}.coordinator }}}}", f"{record}.coordinator"),
                ("Next big move", f"{{{{ {record}.next_transition.point }}}}, {{{{ {record}.next_transition.date }}}}",
                 f"{record}.next_transition"),
            ),
            heading(1, "Part 1: Who I am"),
            when("profile",
                 heading(2, "What people like and admire about {{ facts.first_name }}"),
                 bullets("point in profile.like_and_admire"),
                 heading(2, "What is important to {{ facts.first_name }}"),
                 bullets("point in profile.important_to_me"),
                 heading(2, "How best to support {{ facts.first_name }}"),
                 bullets("point in profile.how_to_support_me")),
            said("Interests", f"{record}.about_me.interests", 2),
            when(f"{record}.about_me.views", heading(2, "How things are for {{ facts.first_name }}"),
                 own_words(f"{record}.about_me.views")),
            said("Hopes for the future", f"{record}.about_me.hopes", 2),
            said("How {{ facts.first_name }} communicates", f"{record}.about_me.communication", 2),
            said("What {{ facts.first_name }} wants said at the review", f"{record}.about_me.review_contribution", 2),
            section(
                1, "Part 2: What my family knows", f"{record}.family",
                said("What is important to the family", f"{record}.family.important", 2),
                said("History", f"{record}.family.history", 2),
                when(f"{record}.family.people", heading(2, "People who matter"), bullets(
                    f"person in {record}.family.people",
                    "**{{ person.name }}**, {{ person.relation | no_stop }}{% if person.note %}: {{ person.note }}{% endif %}")),
                said("People who can help", f"{record}.family.support_people", 2),
                said("What the family wants said at the review", f"{record}.family.review_contribution", 2),
            ),
            heading(1, "Part 3: Special educational needs and support"),
            para(f"{{{{ {record}.needs_summary }}}}"),
            areas(),
            said("Education and learning history", f"{record}.learning_history", 2),
            results(newest=True),
            figures.progress(),
            said("Support in short", f"{record}.provision_summary", 2),
            when("facts.provision", heading(2, "Support now"), provision("row in facts.provision"), figures.support()),
            section(
                1, "Part 4: Health and care", f"{record}.health or {record}.care",
                said("Health needs", f"{record}.health.needs", 2),
                said("Health provision", f"{record}.health.provision", 2),
                said("Care needs", f"{record}.care.needs", 2),
                said("Provision under social care law", f"{record}.care.statutory", 2),
                said("Other support", f"{record}.care.additional", 2),
            ),
            when(
                f"not ({record}.health or {record}.care)",
                heading(1, "Part 4: Health and care"),
                para("No health or care needs have been written down."),
            ),
            heading(1, "Part 5: What we agreed together"),
            each(
                "outcome in facts.outcomes",
                when(
                    f"not {record}.outcomes or outcome.id in {record}.outcomes",
                    heading(2, "Outcome {{ outcome.number }}"),
                    para("**{{ outcome.text }}**", more="<w:keepNext/>"),
                    details("",
                            ("Needs behind it", "{{ outcome.needs | join('; ') }}", "outcome.needs"),
                            ("How we will know", "{{ outcome.success_measure }}", "outcome.success_measure"),
                            ("By when", "{{ outcome.by }}"),
                            ("Preparing for adulthood", "{{ outcome.pfa | join('; ') }}", "outcome.pfa")),
                ),
            ),
            when(f"{record}.actions", heading(2, "What we will do"), actions(f"{record}.actions")),
            when(f"{record}.next_transition.plan",
                 heading(2, "The next big move"), para(f"{{{{ {record}.next_transition.plan }}}}")),
            when(
                f"{record}.preparing_for_adulthood", heading(2, "Preparing for adulthood"),
                told(*((text, f"{{{{ {record}.preparing_for_adulthood.{name} }}}}", f"{record}.preparing_for_adulthood.{name}")
                          for name, text in (("employment", "Education and employment"),
                                             ("independent_living", "Independent living"),
                                             ("community_inclusion", "Friends and community"), ("health", "Health"))))),
            when(f"{record}.confidence", heading(2, "How sure we are that this will work, from 1 to 10"), bullets(
                f"row in {record}.confidence",
                "**{{ row.who }}: {{ row.rating }}**{% if row.comment %}. {{ row.comment }}{% endif %}")),
            agencies(),
            section(1, "Advice behind this plan", f"{record}.advice", bullets(f"id in {record}.advice",
                    "{{ facts.evidence_names[id] }}{% if id in facts.in_bundle %} ({{ facts.in_bundle[id] }}){% endif %}")),
            heading(1, "Agreement"),
            family_signatures("facts.agreed.my_support_plan"),
            copies(f"{record}.copies"),
        ]
    )  # fmt: skip


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
                each("person in facts.parents", sign_line("{{ person.name }} ({{ person.relationship | lower }})")),
                sign_line("{{ facts.full_name }}"),
                sign_line("{{ school.headteacher.name }} (headteacher)"),
            ),
            section(2, "Adults who have read it", f"{record}.shared_with", bullets(f"point in {record}.shared_with")),
        ]
    )  # fmt: skip
