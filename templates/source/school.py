"""Documents of the whole school: the register, to print and to keep in a locked drawer."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import para, table, title, when


def register() -> str:
    """Everyone on the register, year by year, with what is to be put right."""
    return "".join(
        [
            title("SEND register", "{{ register.count }} · {{ document.date }}"),
            para("Confidential. Keep this paper where only those who may see it can, and shred the last one.", "SmallPrint"),
            table(
                "row in register.rows",
                ("Pupil", 2.5, [para("**{{ row.name }}**", "TableText"),
                                para("{{ row.year }}{% if row.class_name %}, {{ row.class_name }}{% endif %}", "TableText")]),
                ("Status", 1.9, [para("{{ row.status }}", "TableText"), when("row.since", para("{{ row.since | short_date }}", "TableText"))]),
                ("Need", 1.4, "{{ row.primary }}{% if row.secondary %}, {{ row.secondary }}{% endif %}"),
                ("Plan review", 1.9, "{{ row.review | short_date }}"),
                ("Last meeting", 1.9, "{{ row.met | short_date }}"),
                ("To put right", 3.0, [when("row.todo", para("{{ row.todo }}", "TableText"))]),
                split=False,
            ),
        ]
    )  # fmt: skip
