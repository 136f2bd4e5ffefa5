"""The pages that hold a bundle together: cover, contents, evidence index, dividers, and a page for what is missing."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import bullets, each, heading, para, summary, table, title, when


def cover() -> str:
    """Whose bundle, to whom, from whom, how long; and the case on this one page."""
    return "".join(
        [
            para("{{ facts.full_name }}: {{ bundle.title }}", "CoverTitle"),
            para("{{ facts.legal_name }}, born {{ pupil.date_of_birth }} · {{ facts.year_group }}{% if facts.authority %} · "
                 "to {{ facts.authority }}{% endif %}{% if bundle.made %} · {{ bundle.made }}{% endif %}", "Subtitle"),
            para("From {{ school.name | one_line }}, {{ school.address | address }}{% if school.postcode %}, {{ school.postcode }}"
                 "{% endif %}. Ask {{ school.senco.name }}, {{ words.senco }}{% if school.senco.phone %}, {{ school.senco.phone }}"
                 "{% endif %}{% if school.senco.email %}, {{ school.senco.email }}{% endif %}. "
                 "{{ bundle.documents }} documents on {{ bundle.total }} pages."
                 "{% if bundle.send %} Sent {{ bundle.send | no_stop }}.{% endif %}", "SmallPrint"),
            summary(),
            para("Confidential: personal information about a child or young person. Share it only with those who must decide or "
                 "advise, and keep it safe.", "SmallPrint"),
        ]
    )  # fmt: skip


def contents() -> str:
    """Every document with its date and page and what a piece of evidence shows; then which page answers which question."""
    head = "Contents{% if file %} of file {{ file }} of {{ bundle.files }}{% endif %}"
    return title(head, "{{ bundle.title }} · {{ facts.full_name }}") + each(
        "section in sections",
        heading(2, "{{ section.letter }}  {{ section.title | one_line }}"),
        table(
            "row in section.documents",
            ("No.", 0.8, "{{ row.number }}"),
            (
                "Document, date and what it shows",
                7.6,
                [
                    para(
                        "{{ row.title | link(row.link) }}{% if row.date_text %}, {{ row.date_text }}{% endif %}"
                        "{% if row.file and not file %} (file {{ row.file }}){% endif %}",
                        "TableText",
                    ),
                    when("row.shows", para("{{ row.shows }}", "TableText")),
                ],
            ),
            ("Pages", 1.2, "{{ row.pages }}"),
            split=False,
        ),
    )


def evidence_index() -> str:
    """What the law and the Code ask for, and the pages that show it."""
    return "".join(
        [
            title("Evidence index", "{{ bundle.title }} · {{ facts.full_name }}"),
            table(
                "criterion in criteria",
                (
                    "What must be shown",
                    4,
                    [
                        para("{{ criterion.text | one_line }}", "TableLabel"),
                        when("criterion.source", para("{{ criterion.source }}", "TableText")),
                    ],
                ),
                (
                    "Where it is shown",
                    5.6,
                    [
                        when("criterion.answer", para("**{{ criterion.answer }}**", "TableText")),
                        each(
                            "row in criterion.evidence",
                            para(
                                "{{ row.number }}  {{ row.title | link(row.link) }}, {{ row.pages | pages }}",
                                "TableText",
                            ),
                        ),
                        when("criterion.missing", para("No evidence in this bundle.", "TableText")),
                    ],
                ),
                split=False,
            ),
        ]
    )


def papers() -> str:
    """The tick-list of the papers that the authority asks for, with the pages where each is."""
    return "".join(
        [
            title("Papers that the authority asks for", "{{ bundle.title }} · {{ facts.full_name }}"),
            table(
                "paper in papers",
                ("Here", 1.2, "{{ paper.here | tick }}{% if paper.answer %} {{ paper.answer }}{% endif %}"),
                ("Paper", 4, "{{ paper.title }}{% if paper.usual %} (usually expected, not required){% endif %}"),
                (
                    "Where it is",
                    4.4,
                    [
                        each(
                            "row in paper.evidence",
                            para(
                                "{{ row.number }}  {{ row.title | link(row.link) }}, {{ row.pages | pages }}",
                                "TableText",
                            ),
                        ),
                        when("not paper.here", para("Not in this bundle.", "TableText")),
                    ],
                ),
                split=False,
            ),
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
