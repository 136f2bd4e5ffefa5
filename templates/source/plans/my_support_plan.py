"""My Support Plan: the co-ordinated plan after a person-centred meeting."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source import figures
from templates.source.plans.plan_parts import (
    DRAFT,
    NAME_LINE,
    NEWER,
    SUPPORT_ENDED,
    SUPPORT_HEAD,
    about_pupil,
    agencies,
    areas,
    family_signatures,
    provision,
    results,
)
from templates.source.vocabulary import (
    actions,
    bullets,
    copies,
    details,
    each,
    heading,
    own_words,
    para,
    said,
    section,
    title,
    told,
    when,
)


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
                ("Planned at", "{% if facts.pcp_meeting.title %}{{ facts.pcp_meeting.title | one_line }}{% else %}{{ facts.pcp_meeting.type | label }}{% endif %}, "
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
            NEWER,
            figures.progress(),
            said("Support in short", f"{record}.provision_summary", 2),
            when("facts.provision", heading(2, SUPPORT_HEAD), SUPPORT_ENDED, provision("row in facts.provision"), figures.support()),
            section(
                1, "Part 4: Health and care", f"{record}.health or {record}.care",
                told(*((text, f"{{{{ {record}.{name} }}}}", f"{record}.{name}") for name, text in (
                    ("health.needs", "Health needs"), ("health.provision", "Health provision"), ("care.needs", "Care needs"),
                    ("care.statutory", "Provision under social care law"), ("care.additional", "Other support")))),
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
                            ("Preparing for adulthood", "{{ outcome.pfa | join('; ') }}", "outcome.pfa"), together=True),
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
            heading(1, "Agreement"),
            family_signatures("facts.agreed.my_support_plan"),
            copies(f"{record}.copies"),
            agencies(),
            when(f"{record}.advice", para(
                f"**Advice behind this plan:** {{% for id in {record}.advice %}}{{% if not loop.first %}}; {{% endif %}}{{{{ facts.evidence_names[id] }}}}"
                "{% if id in facts.in_bundle %} ({{ facts.in_bundle[id] }}){% endif %}{% endfor %}.", "RunIn")),
        ]
    )  # fmt: skip
