"""Records of meetings: the early discussion, reviews, and person-centred planning."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.plans.plan_parts import NAME_LINE
from templates.source.vocabulary import (
    actions,
    bullets,
    copies_line,
    each,
    grid,
    heading,
    own_words,
    para,
    said,
    section,
    title,
    told,
    when,
)

_AREAS = ("communication_and_interaction", "cognition_and_learning", "social_emotional_and_mental_health", "sensory_and_physical")  # fmt: skip
_SIGNS = (
    ("slower_than_peers", "Progress is much slower than that of others who started from the same point"),
    ("slower_than_before", "Progress is slower than {{ facts.first_name | possessive }} own earlier progress"),
    ("gap_not_closing", "The gap to others of the same age does not close"),
    ("gap_widening", "The gap to others of the same age widens"),
    ("wider_development", "Progress is slow in something other than lessons, such as social skills"),
)


def _when_where() -> str:
    """Run in, like the lines of who came below it: in a column of values long names take two lines each."""
    return told(
        (
            "When and where",
            "{{ meeting.date }}{% if meeting.time %}, {{ meeting.time }}{% endif %}, {{ meeting.place }}",
            "meeting.place",
        ),
        ("When", "{{ meeting.date }}{% if meeting.time %}, {{ meeting.time }}{% endif %}", "not meeting.place"),
        ("Led by", "{{ meeting.chair }}{% if meeting.note_taker %}; notes by {{ meeting.note_taker }}{% endif %}"),
        ("Concern raised by", "{{ meeting.raised_by }}", "meeting.raised_by"),
    )


def _people() -> str:
    """Who came, and who was asked and did not, each group in a line: a table of names takes half a page."""
    person = "{{ person.name }} ({{ person.role }}{% if person.report %}, report {{ person.report }}{% endif %})"
    groups = (("present", "Came"), ("online", "Joined online or by telephone"), ("apologies", "Sent apologies"),
              ("absent", "Did not come"), ("invited", "Asked"))  # fmt: skip
    return "".join(
        when(
            f"meeting.people | selectattr('came', 'equalto', '{came}') | list",
            para(
                f"**{text}:** {{% for person in meeting.people if person.came == '{came}' %}}"
                f"{{% if not loop.first %}}; {{% endif %}}{person}{{% endfor %}}.",
                "RunIn",
            ),
        )
        for came, text in groups
    )


def _views() -> str:
    return "".join(
        [
            said("What the family thinks", "meeting.parents_views", 2),
            when(
                "meeting.pupil_views",
                heading(2, "What {{ facts.first_name }} thinks"),
                own_words("meeting.pupil_views"),
            ),
        ]
    )


def _progress() -> str:
    """In the order of the plan, in whichever order they were talked about."""
    told = "{% if row.outcome %}{{ facts.outcome_names[row.outcome] | no_stop }}: {% endif %}**{{ row.progress }}**"
    return section(2, "Progress to outcomes", "meeting.progress", each("id in facts.outcome_names", bullets(
        "row in meeting.progress | selectattr('outcome', 'equalto', id)", told)))  # fmt: skip


def _decided() -> str:
    return section(2, "What was decided", "meeting.decisions", bullets("point in meeting.decisions"))


def _afterwards() -> str:
    return "".join(
        [
            said("Where we did not agree", "meeting.disagreements", 2),
            section(2, "What we will do", "meeting.actions", actions("meeting.actions")),
            when("meeting.next_meeting", para("**We meet again on {{ meeting.next_meeting }}.**")),
            when("meeting.plan_updated or meeting.on_information_system or meeting.copies", para(
                "{% if meeting.plan_updated %}The plan was updated on {{ meeting.plan_updated }}. {% endif %}"
                "{% if meeting.on_information_system %}These notes have been on {% if school.information_system %}"
                "{{ school.information_system }}{% else %}the school’s information system{% endif %} since "
                "{{ meeting.on_information_system }}. {% endif %}" + copies_line("meeting.copies"), "SmallPrint")),
        ]
    )  # fmt: skip


def early_discussion() -> str:
    """The short note of the first talk: strengths, difficulties, concerns, what was agreed, next steps."""
    rows = [
        (
            f"if meeting.strengths.{area} or meeting.difficulties.{area}",
            f"{{{{ '{area}' | label }}}}",
            f"{{{{ meeting.strengths.{area} }}}}",
            f"{{{{ meeting.difficulties.{area} }}}}",
        )
        for area in _AREAS
    ]
    by_area = section(
        2,
        "Strengths and difficulties",
        "meeting.strengths or meeting.difficulties",
        grid((("Area", 2.6), ("What {{ facts.first_name }} does well", 3.4), ("What is hard", 3.4)), rows),
    )
    return "".join(
        [
            title("{{ words.early_discussion }}", NAME_LINE + " · {{ meeting.date }}"),
            _when_where(),
            _people(),
            section(2, "Is special educational provision needed?", "meeting.decision",
                    para("{{ ('sen_support' == meeting.decision) | tick }}  Yes    {{ ('not_yet' == meeting.decision) | tick }}  Not yet    "
                         # The reason says that it is one: behind the boxes it read as if it were why not.
                         "{{ ('no' == meeting.decision) | tick }}  No{% if meeting.decision_reason %}    **Why:** {{ meeting.decision_reason }}{% endif %}")),
            _decided(),
            by_area,
            _views(),
            section(2, "What we have tried in class", "meeting.tried", bullets(
                "row in meeting.tried",
                "**{{ row.what | no_stop }}**{% if row.from %}, {{ row.from }}{% if row.to %} to {{ row.to }}{% endif %}"
                "{% elif row.to %}, to {{ row.to }}{% endif %}{% if row.result %}: {{ row.result }}{% endif %}")),
            section(2, "Signs of slow progress (SEND Code of Practice, 6.17)", "meeting.progress_trigger",
                    *(when(f"'{name}' in meeting.progress_trigger", para(text, "ListBullet")) for name, text in _SIGNS)),
            section(2, "What is going well", "meeting.going_well", bullets("point in meeting.going_well")),
            section(2, "What is not going well", "meeting.not_going_well", bullets("point in meeting.not_going_well")),
            section(2, "What we want to reach", "meeting.outcomes_agreed", bullets("point in meeting.outcomes_agreed")),
            _afterwards(),
        ]
    )  # fmt: skip


def meeting() -> str:
    """A review, parents' evening, interim or annual meeting."""
    return "".join(
        [
            title("{% if meeting.title %}{{ meeting.title | one_line }}{% elif meeting.type == 'review' %}{{ words.review_meeting }}{% elif meeting.type == 'annual' %}Annual meeting{% else %}{{ meeting.type | label }}{% endif %}",
                  NAME_LINE + " · {{ meeting.date }}"),
            _when_where(),
            _people(),
            _decided(),
            section(2, "What is going well", "meeting.going_well", bullets("point in meeting.going_well")),
            section(2, "What is not going well", "meeting.not_going_well", bullets("point in meeting.not_going_well")),
            _views(),
            _progress(),
            section(2, "Outcomes agreed", "meeting.outcomes_agreed", bullets("point in meeting.outcomes_agreed")),
            section(2, "What changes in the support", "meeting.provision_changes", bullets("point in meeting.provision_changes")),
            said("The next move", "meeting.transition", 2),
            _afterwards(),
        ]
    )  # fmt: skip


def pcp_meeting() -> str:
    """Person-centred planning: when and who came, the child first, then each point of view, then what will be done."""
    sides = [
        section(2, text, f"meeting.{name}", bullets(f"row in meeting.{name}", "**{{ row.who }}:** {{ row.text }}"))
        for name, text in (("working", "What is working"), ("not_working", "What is not working"))
    ]  # fmt: skip
    return "".join(
        [
            title("{{ words.pcp_meeting }}", NAME_LINE + " · {{ meeting.date }}"),
            _when_where(),
            _people(),
            section(2, "What people like and admire about {{ facts.first_name }}", "meeting.like_and_admire",
                    bullets("point in meeting.like_and_admire")),
            section(2, "What is important to {{ facts.first_name }}", "meeting.important_to", bullets("point in meeting.important_to")),
            section(2, "What is important for {{ facts.first_name }}", "meeting.important_for", bullets("point in meeting.important_for")),
            said("Hopes and dreams", "meeting.aspirations", 2),
            _decided(),
            said("Why we meet now", "meeting.why_now", 2),
            said("How {{ facts.first_name }} takes part", "meeting.taking_part", 2),
            _views(),
            *sides,
            section(2, "What else is going well", "meeting.going_well", bullets("point in meeting.going_well")),
            section(2, "What else is not going well", "meeting.not_going_well", bullets("point in meeting.not_going_well")),
            section(2, "Questions to answer", "meeting.questions", bullets("point in meeting.questions")),
            said("Support now", "meeting.support_now", 2),
            said("Support needed in future", "meeting.support_future", 2),
            _progress(),
            section(2, "Outcomes agreed", "meeting.outcomes_agreed", bullets("point in meeting.outcomes_agreed")),
            section(2, "What changes in the support", "meeting.provision_changes", bullets("point in meeting.provision_changes")),
            said("The next move", "meeting.transition", 2),
            _afterwards(),
        ]
    )  # fmt: skip
