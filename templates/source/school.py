"""Documents of the whole school: register, provision map, and the anonymous summary for governors."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.house import WIDE
from templates.source.vocabulary import bullets, each, heading, not_counted, para, section, table, title, when

_LOCKED = "Confidential. Keep this paper where only those who may see it can, and shred the last one."


def register() -> str:
    """Everyone on the register, year by year, with what is to be put right; on landscape pages."""
    pupil = [
        para("**{{ row.name }}**", "TableText"),
        para("{{ row.year }}{% if row.class_name %}, {{ row.class_name }}{% endif %}", "TableText"),
    ]
    status = [
        para("{{ row.status }}", "TableText"),
        when("row.since", para("since {{ row.since | short_date }}", "TableText")),
    ]
    return "".join(
        [
            title("SEND register", "{{ register.count }} · {{ document.date }}"),
            not_counted(),
            para(_LOCKED, "SmallPrint"),
            table(
                "row in register.rows",
                ("Pupil", 2.5, pupil),
                ("Status", 1.9, status),
                ("Stage", 1.9, "{{ row.stage }}"),
                ("Need", 2.4, "{{ row.primary }}{% if row.secondary %}, {{ row.secondary }}{% endif %}"),
                ("Parents told", 1.6, "{{ row.informed | short_date }}"),
                ("Plan review", 1.6, "{{ row.review | short_date }}"),
                ("Last meeting", 1.6, "{{ row.met | short_date }}"),
                ("Attendance", 1.5, "{% if row.attendance is not none %}{{ row.attendance | percent }}{% endif %}"),
                ("To put right", 3.4, [each("line in row.todo", para("{{ line }}", "TableBullet"))]),
                split=False,
                width=WIDE,
            ),
        ]
    )


def provision_map() -> str:
    """Who gets what from whom, how often and at what cost; on landscape pages."""
    area = [when("row.area", para("{{ row.area }}", "TableText")), para("{{ row.type }}", "TableText")]
    when_given = "{{ row.first | short_date }}{% if row.last %} to {{ row.last | short_date }}{% endif %}"
    return "".join(
        [
            title("Provision map", "{{ school.name | one_line }} · {{ document.date }}"),
            not_counted(),
            para(_LOCKED, "SmallPrint"),
            table(
                "row in provision.rows",
                ("Pupil", 2.5, [para("**{{ row.name }}**", "TableText"), para("{{ row.year }}", "TableText")]),
                ("Support", 3.2, "{{ row.title }}"),
                ("Area of need and type", 2.7, area),
                ("Given by", 2.4, "{{ row.who }}"),
                ("Pupils", 1.4, "{{ row.group }}"),
                ("How often", 2.3, "{{ row.how_often }}"),
                ("Minutes a week", 1.6, "{{ row.minutes }}"),
                ("When", 2, when_given),
                ("Cost a year", 1.8, "{{ row.cost | money }}"),
                split=False,
                width=WIDE,
            ),
            when(
                "provision.resting",
                para("**On the register, but no support is running today:** {{ provision.resting | and_list }}."),
            ),
            when(
                "provision.pupils",
                heading(1, "For each pupil"),
                table(
                    "row in provision.pupils",
                    ("Pupil", 4, "{{ row.name }}"),
                    ("Hours a week", 2, "{{ row.hours }}"),
                    ("Additional cost a year", 3, "{{ row.cost | money }}"),
                    split=False,
                    width=WIDE,
                ),
                when(
                    "provision.costs",
                    para(
                        "The school pays the first £6,000 a year for a pupil’s additional support.",
                        "SmallPrint",
                    ),
                ),
            ),
        ]
    )


def governors() -> str:
    """How many pupils, what they get, what it costs and what came of it: nobody can be found in it."""
    impact = "governors.impact"
    return "".join(
        [
            title("SEND summary for governors", "{{ school.name | one_line }} · {{ document.date }}"),
            not_counted(),
            para(
                "{{ governors.pupils }} pupils are on the register. No pupil is named. Groups of fewer than {{ governors.fewest }} are not "
                "counted out, and a second number is left out where the first could be worked out from it."
            ),
            each(
                "one in governors.told",
                heading(1, "{{ one.title }}"),
                table(
                    "row in one.rows",
                    ("Group", 4.2, "{{ row.label }}"),
                    ("Pupils", 1.7, "{{ row.pupils }}"),
                    ("Hours a week", 1.7, "{{ row.hours }}"),
                    ("Additional cost a year", 2, "{{ row.cost | money }}"),
                    split=False,
                    width=WIDE,
                ),
            ),
            section(
                1,
                "Not told, as a number would tell of a pupil",
                "governors.held_back",
                bullets("title in governors.held_back"),
            ),
            heading(1, "What came of it"),
            when(
                impact,
                para(
                    "In the last twelve months the support of {{ governors.impact.pupils }} pupils was reviewed ({{ governors.impact.rounds }} "
                    "blocks of support). Of the targets that it served, {{ governors.impact.met }} were met, {{ governors.impact.partly }} partly "
                    "met and {{ governors.impact.not_met }} not met."
                ),
                when(
                    "governors.impact.scored",
                    para(
                        "Scores before and after could be compared {{ governors.impact.scored }} times; {{ governors.impact.rose }} times the score rose."
                    ),
                ),
                when(
                    "governors.impact.cost is not none", para("This support cost {{ governors.impact.cost | money }}.")
                ),
                otherwise=[
                    para(
                        "Too few pupils’ support was reviewed in the last twelve months to tell it without telling of somebody."
                    )
                ],
            ),
        ]
    )
