"""What has changed in a document since it was given out: a page for a meeting."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import each, heading, para, table, title, when


def changes() -> str:
    """A table for each record that changed: the field, what it said, what it says now."""
    return "".join(
        [
            title("What has changed", "{{ changed.title }} · {{ facts.full_name }}"),
            para(
                "This page compares version {{ changed.version }}, given to {{ changed.to }} on {{ changed.date }}, with {{ document.date }}."
            ),
            when(
                "changed.looks",
                para("Nothing that was written has changed: only the look of the document, or how it is put together."),
            ),
            when("not changed.groups and not changed.looks", para("Nothing has changed.")),
            each(
                "group in changed.groups",
                heading(1, "{{ group.record }}"),
                table(
                    "row in group.rows",
                    ("What", 2.2, "{{ row.field }}"),
                    ("Before", 3.6, "{{ row.before | default_text('(nothing)') }}"),
                    ("Now", 3.6, "{{ row.now | default_text('(taken out)') }}"),
                ),
            ),
        ]
    )
