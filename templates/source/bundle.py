"""The pages that hold a bundle together: cover, contents, evidence index, dividers, and a page for what is missing."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import bullets, details, each, heading, para, table, title, when


def cover() -> str:
    """Whose bundle, to whom, from whom, how long."""
    return "".join(
        [
            para("{{ bundle.title }}", "CoverTitle"),
            para("{{ facts.full_name }}", "CoverText"),
            details(
                "This bundle",
                ("For", "{{ facts.legal_name }}, born {{ pupil.date_of_birth }}"),
                ("Year group", "{{ facts.year_group }}"),
                ("To", "{{ facts.authority }}", "facts.authority"),
                ("From", "{{ school.name | one_line }}, {{ school.address | address }}{% if school.postcode %}, {{ school.postcode }}{% endif %}"),
                ("Ask", "{{ school.senco.name }}, {{ words.senco }}{% if school.senco.phone %}, {{ school.senco.phone }}{% endif %}"
                 "{% if school.senco.email %}, {{ school.senco.email }}{% endif %}"),
                ("Made on", "{{ bundle.made }}", "bundle.made"),
                ("Holds", "{{ bundle.documents }} documents on {{ bundle.total }} pages"),
            ),
            para("Confidential. This bundle holds personal information about a child or young person. Share it only with those who "
                 "must decide or advise, and keep it safe.", "SmallPrint"),
        ]
    )  # fmt: skip


def contents() -> str:
    """Every document with its date and page, each a link; in a bundle of several files, in which of them it is."""
    head = "Contents{% if file %} of file {{ file }} of {{ bundle.files }}{% endif %}"
    return title(head, "{{ bundle.title }} · {{ facts.full_name }}") + each(
        "section in sections",
        heading(2, "{{ section.letter }}  {{ section.title | one_line }}"),
        table(
            "row in section.documents",
            ("No.", 1.1, "{{ row.number }}"),
            (
                "Document",
                5.5,
                "{{ row.title | link(row.link) }}{% if row.file and not file %} (file {{ row.file }}){% endif %}",
            ),
            ("Date", 2.4, "{{ row.date_text }}"),
            ("Page", 0.9, "{{ row.first | link(row.link) }}"),
            split=False,
        ),
    )


def evidence_index() -> str:
    """What the law and the Code ask for, and the pages that show it."""
    return "".join(
        [
            title("Evidence index", "{{ bundle.title }} · {{ facts.full_name }}"),
            para("What must be shown, and the pages of this bundle that show it."),
            each(
                "criterion in criteria",
                heading(2, "{{ criterion.text | one_line }}"),
                when("criterion.source", para("{{ criterion.source }}", "SmallPrint", more="<w:keepNext/>")),
                when(
                    "criterion.evidence",
                    table(
                        "row in criterion.evidence",
                        ("Evidence", 5.4, "{{ row.title | link(row.link) }}"),
                        ("Date", 2.5, "{{ row.date_text }}"),
                        ("Pages", 1.5, "{{ row.pages | link(row.link) }}"),
                        split=False,
                    ),
                    otherwise=[para("No evidence in this bundle.")],
                ),
            ),
        ]
    )


def divider() -> str:
    """The first page of a section, with what is in it."""
    return "".join(
        [
            para("{% if letter %}{{ letter }}  {% endif %}{{ title | one_line }}", "CoverTitle"),
            bullets("row in documents", "{{ row.title | link(row.link) }}, page {{ row.first }}"),
        ]
    )


def placeholder() -> str:
    """Stands where a document could not be included, and says so."""
    return "".join(
        [
            title("This document is not here", "{{ title }}"),
            para("**It could not be included:** {{ reason }}"),
            when("hint", para("{{ hint }}")),
        ]
    )


def manifest() -> str:
    """For the school's own file: what was made to be sent, what was done to it, and what to know before it goes."""
    return "".join(
        [
            title("What is in this submission", "{{ bundle.title }} · {{ facts.full_name }}"),
            para("{{ bundle.documents }} documents on {{ bundle.total }} pages, for the {{ audience }}. Keep this page with the files; "
                 "it is not sent. A file that is changed, even by one letter, no longer has the fingerprint that stands here."),
            table(
                "row in files",
                ("File", 4.2, "{{ row.name }}"),
                ("Pages", 1.2, "{{ row.pages }}"),
                ("Size", 1.2, "{{ row.size }}"),
                ("Fingerprint (SHA-256)", 3, "{{ row.sha256 }}"),
                split=False,
            ),
            each(
                "group in cautions",
                heading(2, "{{ group.head }}"),
                bullets("line in group.lines", "{{ line }}"),
            ),
            when(
                "done",
                heading(2, "What was done to the evidence"),
                table(
                    "row in done",
                    ("Document", 3.4, "{{ row.title }}"),
                    ("Pages", 1, "{{ row.pages }}"),
                    ("What was done", 5, "{{ row.done }}"),
                    split=False,
                ),
            ),
        ]
    )  # fmt: skip
