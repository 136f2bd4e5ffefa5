"""The school's inclusion strategy: a draft with the figures that the records hold, for the school to finish."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import bullet, bullets, heading, not_counted, para, table, title, when

GUIDANCE = (
    "www.gov.uk/government/publications/inclusive-mainstream-fund-support-for-school-leaders/"
    "developing-an-inclusion-strategy-using-the-inclusive-mainstream-fund"
)
"""Where the Department for Education says what a strategy is (25 June 2026)."""


def inclusion_strategy() -> str:
    """What the records can say, table by table, and what only the school can."""
    return "".join(
        [
            title("Inclusion strategy", "{{ school.name | one_line }} · draft of {{ document.date }}"),
            not_counted(),
            para("**This is a draft.** The tables are made from the school’s own records. Everything in [square brackets] is for "
                 "the school to write; take the brackets and this paragraph out when it is done."),
            heading(1, "What a strategy is"),
            para("Guidance of 25 June 2026 asks schools to publish an inclusion strategy on their website by 31 December 2026. It "
                 "sets out activities and their budgeted costs, in line with seven principles of inclusion. The Department for "
                 f"Education has a template for it. Read both before you finish this draft: {GUIDANCE}"),
            heading(1, "What this draft leaves to the school"),
            bullet("the seven principles of inclusion, in the words of the guidance, and how each activity follows them"),
            bullet("the activities that the school plans, with what each will cost; the tables below say what is given now"),
            bullet("whatever else the guidance and its template ask for: sendpack knows no more of them than stands above"),
            heading(1, "Our pupils and their needs"),
            para("On {{ document.date }} the register of special educational needs held {% if strategy.pupils == 'not shown' %}fewer than "
                 "five pupils{% else %}{{ strategy.pupils }} pupils{% endif %}."),
            _counts("strategy.statuses", "Status"),
            _counts("strategy.needs", "Main need"),
            para("[What these figures mean for our school, and what has changed since last year.]"),
            heading(1, "What we give, and what it costs in a year"),
            para("Support that is additional to, or different from, what every pupil gets, as it is planned now."),
            when("strategy.areas", heading(2, "By area of need"), _costs("strategy.areas", "Area of need")),
            when("strategy.activities", heading(2, "By activity"), _costs("strategy.activities", "Activity")),
            bullets("line in strategy.left_out", "{{ line }}"),
            para("[Activities that we plan, and their budgeted costs.]"),
            heading(1, "What difference it made"),
            when("strategy.impact",
                 para("Targets of the Assess, Plan, Do, Review cycles that were reviewed from {{ strategy.since }} to {{ document.date }}. "
                      "A target is counted for every activity that served it."),
                 table("row in strategy.impact", ("Activity", 3.8, [para("{{ row.label }}", "TableLabel")]), ("Pupils", 1.4, "{{ row.pupils }}"),
                       ("Met", 1.4, "{{ row.met }}"), ("Partly met", 1.5, "{{ row.partly }}"), ("Not met", 1.5, "{{ row.not_met }}"), split=False),
                 otherwise=[para("No cycle was reviewed from {{ strategy.since }} to {{ document.date }}.")]),
            para("[What we go on with, what we change and what we stop, and why.]"),
            para("{{ strategy.note }}", "SmallPrint"),
        ]
    )  # fmt: skip


def _counts(field: str, head: str) -> str:
    rows = table(
        f"row in {field}",
        (head, 6, [para("{{ row.label }}", "TableLabel")]),
        ("Pupils", 3.6, "{{ row.pupils }}"),
        split=False,
    )
    return when(field, rows)


def _costs(field: str, head: str) -> str:
    return table(
        f"row in {field}",
        (head, 3.2, [para("{{ row.label }}", "TableLabel")]),
        ("Kind", 2.2, "{{ row.kind }}"),
        ("Pupils", 1.4, "{{ row.pupils }}"),
        ("Pupils’ hours a week", 1.4, "{{ row.hours }}"),
        ("Cost a year", 1.4, "{{ row.cost }}"),
        split=False,
    )
