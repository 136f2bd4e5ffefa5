"""The SEN support plan: what a parent signs."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.plans.plan_parts import (
    DRAFT,
    NAME_LINE,
    NEWER,
    SUPPORT_ENDED,
    about_pupil,
    agencies,
    areas,
    family_signatures,
    outcomes,
    provision,
    results,
)
from templates.source.vocabulary import (
    bullets,
    copies,
    cost_of_support,
    details,
    each,
    heading,
    help_and_information,
    para,
    responsibilities,
    said,
    section,
    table,
    title,
    told_elsewhere,
    when,
)


def support_plan() -> str:
    """The plan that a parent signs: hopes first, then needs, outcomes, support, and who does what."""
    return "".join(
        [
            title("{{ words.support_plan }}", f"{NAME_LINE} · {{{{ plan.date }}}}{DRAFT}"),
            when("not facts.told_in.needs", about_pupil()),
            details(
                "",
                ("SEN status", "{{ facts.sen_status }}{% if facts.sen_since %} since {{ facts.sen_since }}{% endif %}"
                 "{% if pupil.support_level %} · {{ pupil.support_level }}{% endif %}", "facts.sen_status"),
                ("Plan kept by", "{{ plan.coordinator }}", "plan.coordinator"),
                ("School year and version", "{{ plan.academic_year }}{% if plan.academic_year and plan.version %} · {% endif %}"
                 "{% if plan.version and plan.version | first in '0123456789' %}version {% endif %}{{ plan.version }}",
                 "plan.academic_year or plan.version"),
                ("Date of the plan", "{{ plan.date }}"),
                ("We review it on", "**{{ plan.review_date }}**"),
                ("Meetings this year", "{% for day in plan.meeting_dates %}{% if not loop.first %}, {% endif %}{{ day | date }}{% endfor %}",
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
            when("not facts.told_in.results", NEWER),
            section(1, "What we are working towards", "facts.outcomes", outcomes("outcome in facts.outcomes")),
            told_elsewhere("The support of this term, who gives it and how often", "provision"),
            section(
                1, "Support", "facts.provision and not facts.told_in.provision",
                SUPPORT_ENDED,
                provision("row in facts.provision"),
                when("facts.plan_costs", cost_of_support()),
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
                    "cycle.reviewed and cycle.reviewed <= document.date",
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
