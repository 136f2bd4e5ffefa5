"""Short versions, which people read to the end: the plan in short, a cycle on one, behaviour step by step on one."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.plans.plan_parts import DRAFT, NAME_LINE
from templates.source.vocabulary import bullets, details, each, heading, panels, para, table, title, when

_WHOLE = "Everything is told in full in the long version, which you can have at any time: ask {{ school.senco.name }}."
_HOW_OFTEN = (
    "{{ row.group | capitalize }}{% if row.group and row.how_often %}: {% endif %}{{ row.how_often }}"
    "{% if not row.how_often and row.when_where %}{% if row.group %}: {% endif %}{{ row.when_where }}{% endif %}"
)


def short_plan() -> str:
    """The plan in short: hopes, what is hard, what we work towards, the support, who does what, who agreed."""
    return "".join(
        [
            title("{{ document.title }}", f"{NAME_LINE} · {{{{ plan.date }}}}{DRAFT}"),
            _in_short(),
            _needs(),
            _towards(),
            _support(),
            when("plan.responsibilities", heading(1, "Who does what"), *map(_does, _PARTIES)),
            heading(1, "Agreement"),
            each("s in facts.agreed.plan", when("s.date", para(_AGREED, "RunIn"))),
            when("not facts.agreed.plan", para("Nobody has signed this plan yet.", "RunIn")),
            para(_WHOLE, "SmallPrint"),
        ]
    )


_AGREED = (
    "**{{ s.person }}** ({{ s.capacity | label }}): {{ words.signed }} on {{ s.date }}"
    "{% if not s.holds %}; changes since then not yet {{ words.signed }}{% endif %}."
)
_PARTIES = (
    ("{{ facts.first_name }}", "pupil"),
    ("Family", "family"),
    ("School", "school"),
    ("Other services", "services"),
)


def _in_short() -> str:
    phone = "{% if school.senco.phone %}, {{ school.senco.phone }}{% endif %}"
    since = "{{ facts.sen_status }}{% if facts.sen_since %} since {{ facts.sen_since }}{% endif %}"
    return details(
        "",
        ("We review it on", "**{{ plan.review_date }}**"),
        ("Who to ask", "{{ school.senco.name }}, {{ words.senco }}" + phone),
        ("SEN status", since, "facts.sen_status"),
    )


def _needs() -> str:
    liked = _all_of("point in profile.like_and_admire", " ")
    hard = _all_of("need in area.needs", "; ", "need.title | no_stop")
    return "".join(
        [
            heading(1, "Hopes for the future"),
            para("**{{ facts.first_name }}:** {{ plan.aspirations.pupil }}", "RunIn"),
            para("**The family:** {{ plan.aspirations.parents }}", "RunIn"),
            when("profile", para(f"**What people like and admire:** {liked}", "RunIn")),
            when(
                "facts.areas",
                heading(1, "What is hard"),
                each("area in facts.areas", when("area.needs", para(f"**{{{{ area.label }}}}:** {hard}.", "RunIn"))),
            ),
        ]
    )


def _towards() -> str:
    newest = "{% for one in outcome.newest %}{% if not loop.first %}; {% endif %}{{ one.what }}: {{ one.result }} ({{ one.date | short_date }}){% endfor %}"
    steps = bullets("target in outcome.targets", "{{ target.text }}", style="TableBullet")
    return when(
        "facts.outcomes",
        heading(1, "What we are working towards"),
        table(
            "outcome in facts.outcomes",
            ("Outcome", 4.2, "**{{ outcome.number }}.** {{ outcome.text }}"),
            ("Steps now", 3.6, [steps]),
            ("Newest result", 1.9, newest),
            split=False,
        ),
    )


def _support() -> str:
    ended = "This was the support in {{ facts.cycle.title }}; the next cycle has not begun."
    often = [
        para(_HOW_OFTEN, "TableText"),
        when("row.ended", para("**Ended on {{ row.ended | short_date }}**", "TableText")),
    ]
    return when(
        "facts.provision",
        heading(1, "Support"),
        when("facts.cycle.reviewed and facts.cycle.reviewed <= document.date", para(ended, "SmallPrint")),
        table(
            "row in facts.provision",
            ("What", 3.7, "{{ row.title }}"),
            ("Who gives it", 2.6, "{{ row.who }}"),
            ("How often", 3.1, often),
            split=False,
        ),
    ) + when(
        "plan.adjustments",
        heading(1, "In every lesson"),
        bullets("row in plan.adjustments", "{{ row.adjustment }}"),
    )


def _does(party: tuple[str, str]) -> str:
    who, part = party
    points = _all_of(f"point in plan.responsibilities.{part}", ". ", "point | no_stop")
    return when(f"plan.responsibilities.{part}", para(f"**{who}:** {points}.", "RunIn"))


def short_cycle() -> str:
    """One cycle on one page: targets with their results, the support with what was decided, what people think, next steps."""
    return "".join(
        [
            title("{{ document.title }}", NAME_LINE),
            para(
                "{{ cycle.start }} to {% if cycle.review %}the review on {{ cycle.review.date }}{% else %}the review, planned for "
                "**{{ cycle.planned_review }}**{% endif %} · {{ cycle.lead_teacher }}",
                "RunIn",
            ),
            when(
                "cycle.plan.change and not cycle.review", para("**What we changed:** {{ cycle.plan.change }}", "RunIn")
            ),
            heading(2, "Targets"),
            table(
                "row in facts.cycle.targets",
                ("Target", 4.6, "**{{ row.number }}.** {{ row.text }}"),
                ("Start", 1.8, "{{ row.baseline }}"),
                ("At the review", 2, "{{ row.result }}"),
                ("Result", 1.4, "**{{ row.status_label }}**"),
                split=False,
            ),
            heading(2, "Support"),
            table(
                "row in facts.cycle.provision",
                ("What, and who gives it", 4.2, "{{ row.title }}, {{ row.who }}"),
                ("How often", 2.8, _HOW_OFTEN),
                ("Given", 1.2, "{% if row.planned is not none %}{{ row.delivered }} of {{ row.planned }}{% endif %}"),
                ("Decision", 1.5, "{{ row.decision_label }}"),
                split=False,
            ),
            when("cycle.review.difference", para("**The difference it made:** {{ cycle.review.difference }}", "RunIn")),
            when(
                "cycle.review.pupil_thinks",
                para("**{{ facts.first_name }}:** {{ cycle.review.pupil_thinks.text }}", "RunIn"),
            ),
            when("cycle.review.parents_view", para("**The family:** {{ cycle.review.parents_view }}", "RunIn")),
            when(
                "cycle.review.next_steps",
                heading(2, "Next steps"),
                bullets(
                    "step in cycle.review.next_steps", "{{ step.what | no_stop }}: {{ step.who }}, by {{ step.by }}"
                ),
            ),
            para(_WHOLE, "SmallPrint"),
        ]
    )


def behaviour_steps() -> str:
    """One page to hang where adults look: the crisis first, then the steps before and after it, and the words to say."""
    plan = "behaviour_plan"
    steps = "if row.stage != 'crisis'"
    return "".join(
        [
            title("{{ document.title }}", NAME_LINE + " · {{ behaviour_plan.date }}"),
            when(
                f"{plan}.stages | selectattr('stage', 'equalto', 'crisis') | list",
                panels(
                    (5.6, 3.8),
                    ("In a crisis: do this", "Do not"),
                    "PanelOne",
                    [
                        _crisis(
                            para(
                                "**You see and hear:** {{ row.see_and_hear | map('no_stop') | join('; ') }}.",
                                "TableText",
                            ),
                            bullets("point in row.do", style="TableBullet"),
                            when("row.who", para("**Who acts:** {{ row.who | no_stop }}.", "TableText")),
                        )
                    ],
                    [_crisis(bullets("point in row.avoid", style="TableBullet"))],
                ),
            ),
            when(f"{plan}.call_for_help", para(f"**Calling for help:** {{{{ {plan}.call_for_help }}}}", "RunIn")),
            when(
                f"{plan}.physical_intervention",
                para(f"**Physical intervention:** {{{{ {plan}.physical_intervention }}}}", "RunIn"),
            ),
            table(
                f"row in {plan}.stages {steps}",
                ("Step", 1.4, "**{{ row.stage | label }}**"),
                ("What you see and hear", 2.6, [bullets("point in row.see_and_hear", style="TableBullet")]),
                ("What to do", 3.6, [bullets("point in row.do", style="TableBullet")]),
                ("What not to do", 2.4, [bullets("point in row.avoid", style="TableBullet")]),
                split=False,
            ),
            when(
                f"{plan}.scripts",
                para(f"**Words that every adult uses:** {_all_of(f'line in {plan}.scripts', ' ')}", "RunIn"),
            ),
            para(f"**What sets it off:** {_all_of(f'row in {plan}.triggers', '; ', 'row.text | no_stop')}.", "RunIn"),
            para(
                f"In force until the review on {{{{ {plan}.review_date }}}}. Why it happens, the risks and who agreed stand "
                "in the whole {{ words.behaviour_plan | lower }}.",
                "SmallPrint",
            ),
        ]
    )


def _crisis(*pieces: str) -> str:
    return each("row in behaviour_plan.stages", when("row.stage == 'crisis'", *pieces))


def _all_of(loop: str, between: str, shown: str = "") -> str:
    """Each of a list in one line."""
    first = "{% if not loop.first %}" + between + "{% endif %}"
    return f"{{% for {loop} %}}{first}{{{{ {shown or loop.split(' in ')[0]} }}}}{{% endfor %}}"
