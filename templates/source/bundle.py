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
    return (
        title(head, "{{ bundle.title }} · {{ facts.full_name }}")
        + each(
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
        + when(
            "absent",
            heading(2, "Not in this bundle, and why"),
            bullets("row in absent", "**{{ row.what }}:** {{ row.why }}"),
        )
    )


_HELP_NOW = (
    "The help that {{ facts.first_name }} has now: page{% if '-' in facts.family_pages.help_now %}s{% endif %} "
    "{{ facts.family_pages.help_now }}."
    "{% if plan.responsibilities.family and facts.family_pages.at_home %} What you can do at home: "
    "page{% if '-' in facts.family_pages.at_home %}s{% endif %} {{ facts.family_pages.at_home }}, “Who does what”.{% endif %}"
)


def their_copy() -> str:
    """The first page of a family's copy, in plain words: what was asked, when they hear, what they can do, whom to ask."""
    authority = "{% if facts.authority %}{{ facts.authority }}{% else %}the local authority{% endif %}"
    due = (
        "{% if facts.answer.known == 'received' %}It received the request on {{ facts.answer.start }}, so that is by **{{ facts.answer.by }}**."
        "{% elif facts.answer.known == 'sent' %}The request was sent on {{ facts.answer.start }}. If it was received that day, you hear by "
        "**{{ facts.answer.by }}**.{% else %}The request is dated {{ facts.answer.start }}. If it was received that day, you hear by "
        "**{{ facts.answer.by }}**.{% endif %}"
    )
    return "".join(
        [
            para("{% if facts.reader_name %}A copy for {{ facts.reader_name }}{% else %}A copy for the family{% endif %}", "CoverTitle"),
            para("{{ facts.full_name }} · {{ bundle.title }}{% if bundle.made %} · {{ bundle.made }}{% endif %}", "Subtitle"),
            para("This copy is yours to keep. It has {{ bundle.documents }} documents on {{ bundle.total }} pages; the next pages "
                 "tell the case in short and where everything is.{% if facts.left_out_people %} To keep their own details private, "
                 "how to reach {{ facts.left_out_people | and_list }} has been left out.{% endif %}"),
            heading(2, "What was asked"),
            para("{% if request.made_by == 'school' %}The school asks {% elif request.made_by == 'parent' %}You, or another parent, ask "
                 "{% else %}{{ facts.first_name }} asks {% endif %}" + authority + "{% if request.kind == 'updated_advice' %} to take "
                 "newer advice about {{ facts.first_name }} into account.{% else %} to find out exactly what help {{ facts.first_name }} needs "
                 "at school, and for health and care. This is called an EHC needs assessment (education, health and care).{% endif %}"),
            when("facts.answer",
                 heading(2, "When you hear"),
                 para("Within six weeks of the day on which it receives the request, " + authority + " must tell you whether it will "
                      "assess. " + due + " If you have heard nothing by then, ask {{ school.senco.name }}"
                      "{% if facts.answer.ask_from %} from {{ facts.answer.ask_from }}, the next school day{% endif %}."),
                 heading(2, "If the answer is yes"),
                 para("You, {{ facts.first_name }}, the school and others are asked what they know and advise. Not everybody who is "
                      "assessed gets a plan. If there is to be none, you are told within 16 weeks of the request being received; if "
                      "there is to be one, it is finished within 20 weeks."),
                 heading(2, "If the answer is no"),
                 para("The letter must say why, and what you can do. You can:"),
                 para("ask the school and the authority to talk about it with you;", "ListBullet"),
                 para("use mediation: somebody independent helps you and the authority to agree. It is free, and you may say no to it;", "ListBullet"),
                 para("appeal to the SEND Tribunal, within two months of the date on the letter, or one month of the date on a mediation "
                      "certificate, whichever is later. You need the certificate first, so ring the mediation adviser named in the "
                      "letter even if you do not want mediation."
                      "{% if facts.young_person %} It is {{ facts.first_name }} who can appeal, as the young person.{% endif %}", "ListBullet"),
                 para("Children and Families Act 2014, ss 36 and 51 to 55; SEND Regulations 2014, regs 5, 10, 13.", "SmallPrint")),
            heading(2, "What we ask of you now"),
            bullets("row in facts.their_actions", "{{ row.what }}{% if row.by %} (by {{ row.by }}){% endif %}"),
            para("Read the request{% if 'request' in facts.evidence_pages %} (pages {{ facts.evidence_pages['request'] }}){% endif %}."
                 "{% if facts.their_consent %} You signed your consent on {{ facts.their_consent }}.{% endif %}"
                 "{% if request.sent %} It was sent on {{ request.sent.date }}. If anything is wrong or missing, tell us, and it can be put right."
                 "{% else %} By our records it has not been sent yet. If anything is wrong or missing, tell us now.{% endif %}", "ListBullet"),
            para("{% if facts.waits_for_consent %}If you agree, sign the request under “Agreement and signatures”, and give the signed page "
                 "back to the school. You need send nothing else on.{% else %}You need send nothing on.{% endif %} You may write to the "
                 "authority yourself at any time.", "ListBullet"),
            heading(2, "Help now, and what comes next"),
            when("facts.family_pages.help_now", para(_HELP_NOW, "ListBullet")),
            when("facts.next_review and facts.next_review >= document.date",
                 para("Next meeting: {{ facts.next_review }}. Ask us for the time and place.", "ListBullet")),
            heading(2, "Who can help"),
            para("At school: {{ school.senco.name }}, {{ words.senco }}{% if school.senco.phone %}, {{ school.senco.phone }}{% endif %}"
                 "{% if school.senco.email %}, {{ school.senco.email }}{% endif %}{% if school.senco.days %} ({{ school.senco.days }}){% endif %}.", "ListBullet"),
            para("Free, independent advice ({{ words.sendiass }}){% if school.links.sendiass %}: {{ school.links.sendiass }}{% else %}: ask the "
                 "school or look in the {{ words.local_offer }} for how to reach it{% endif %}.", "ListBullet"),
            when("school.links.local_offer", para("{{ words.local_offer }}: {{ school.links.local_offer }}", "ListBullet")),
            when("school.links.complaints", para("If you want to complain: {{ school.links.complaints }}", "ListBullet")),
        ]
    )  # fmt: skip


def evidence_index() -> str:
    """What the law and the Code ask for, and the pages that show it."""
    return "".join(
        [
            title("Evidence index", "{{ bundle.title }} · {{ facts.full_name }}"),
            table(
                "criterion in criteria",
                (
                    "What must be shown",
                    2.4,
                    [
                        para("{{ criterion.text | one_line }}", "TableLabel"),
                        when("criterion.source", para("{{ criterion.source }}", "SummaryText")),
                    ],
                ),
                (
                    "Where it is shown",
                    7.2,
                    [
                        when("criterion.answer", para("**{{ criterion.answer }}**", "SummaryText")),
                        each(
                            "row in criterion.evidence",
                            para(
                                "{{ row.number }}  {{ row.title | link(row.link) }}, {{ row.pages | pages }}",
                                "SummaryText",
                            ),
                        ),
                        when("criterion.missing", para("No evidence in this bundle.", "SummaryText")),
                        when("criterion.note", para("{{ criterion.note }}", "SummaryText")),
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
