"""The letter that tells a family that special educational provision is being made."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import bullets, each, heading, page_break, para, sign_line, when

_LETTER = "plan.parents_informed"
_CLOSE = '<w:spacing w:before="140" w:after="60"/>'
"""Less air than elsewhere, so that a letter of usual length is one page."""


def parent_letter() -> str:
    """One letter for one addressee: each person with parental responsibility, or the young person; with a reply slip."""
    return "".join(
        [
            para("{%p set yours = facts.addressee.young_person %}"),
            para("{%p set name = 'you' if yours else facts.first_name %}"),
            para("{%p set whose = 'your' if yours else facts.first_name | possessive %}"),
            para("{%p set about_then = (plan.date - plan.parents_informed.letter_date).days < 60 %}"),
            para("", "AddressLine"),
            para("{{ facts.addressee.name }}", "AddressLine"),
            each("line in facts.addressee.address", para("{{ line }}", "AddressLine")),
            para("{{ plan.parents_informed.letter_date }}", more='<w:spacing w:before="240"/>'),
            para("Dear {{ facts.addressee.greeting }}"),
            para("**{{ facts.full_name }}, born {{ pupil.date_of_birth }}, {{ facts.year_group }}: "
                 "special educational provision**"),
            para("I am writing to tell you formally that {{ school.name | one_line }} is making special educational "
                 "provision for {{ name }}. This means support that is additional to, or different from, what is made "
                 "for others of the same age. We decided this on {{ plan.parents_informed.decision_date }}"
                 "{% if plan.parents_informed.provision_starts %}, and the support starts on "
                 "{{ plan.parents_informed.provision_starts }}{% endif %}. The law asks us to tell you "
                 "(Children and Families Act 2014, section 68)."),
            when("pupil.needs", para("Why", "Heading2", more=_CLOSE),
                 para("We have found that {{ name }} need{% if not yours %}s{% endif %} extra help with:"),
                 bullets("need in pupil.needs", "{{ need.title }} ({{ need.area | label | lower }})")),
            when(f"{_LETTER}.summary or (about_then and facts.provision)", para("What we will do", "Heading2", more=_CLOSE),
                 when(f"{_LETTER}.summary", para("{{ plan.parents_informed.summary }}"), otherwise=[
                     bullets("row in facts.provision",
                             "**{{ row.title }}**{% if row.how_often %}: {{ row.how_often }}{% endif %}; {{ row.who }}")])),
            when("about_then and facts.outcomes", para("What we hope for", "Heading2", more=_CLOSE),
                 bullets("outcome in facts.outcomes", "{{ outcome.text }}")),
            para("What happens next", "Heading2", more=_CLOSE),
            para("{% if plan.parents_informed.plan_enclosed %}{% if yours %}Your{% else %}{{ whose }}{% endif %} {{ words.support_plan }} comes with "
                 "this letter. {% endif %}{% if plan.parents_informed.first_review %}We will look together at how it is "
                 "going on or about {{ plan.parents_informed.first_review }}. {% endif %}Please tell us what you think: "
                 "{% if yours %}your own view counts most{% else %}you know {{ name }} best{% endif %}. There is a reply "
                 "slip on the last page."),
            para("If you would like to talk, or if you see things differently, please get in touch with our "
                 "{{ words.senco }}, {{ school.senco.name }}{% if school.senco.phone %}, on {{ school.senco.phone }}"
                 "{% endif %}{% if school.senco.email %}{% if school.senco.phone %} or{% else %},{% endif %} at "
                 "{{ school.senco.email }}{% endif %}{% if school.senco.days %} ({{ school.senco.days }}){% endif %}."),
            para("Yours sincerely", more='<w:keepNext/><w:spacing w:before="120" w:after="0"/>'),
            para("Signed \t", "Sign"),
            para("{{ school.headteacher.name }}, Headteacher", "SmallPrint"),
            page_break(),
            when("school.links",
                 heading(1, "Help and information"),
                 *(when(f"school.links.{field}", para(f"{text}: {{{{ school.links.{field} }}}}", "ListBullet"))
                   for field, text in (("sendiass", "Free, independent advice ({{ words.sendiass }})"),
                                       ("local_offer", "{{ words.local_offer }} of the local authority"),
                                       ("sen_information_report", "Our SEN information report"),
                                       ("complaints", "If you want to complain")))),
            heading(1, "Reply slip"),
            para("{{ facts.full_name }}, {{ facts.year_group }}: letter of {{ plan.parents_informed.letter_date }}"),
            para("Please cut off this part and give it back to {{ school.senco.name }} ({{ words.senco }})"
                 "{% if plan.parents_informed.reply_by %} by **{{ plan.parents_informed.reply_by }}**{% endif %}, "
                 "or tell us by telephone or e-mail. You need not fill in everything."),
            heading(3, "Please tick what is so for you"),
            para("☐  I have had the letter.", "TickLine"),
            para("☐  I would like to meet or talk before the support starts.", "TickLine"),
            para("☐  I would like the papers in another form or language: \t", "WriteHere"),
            heading(3, "What I think about {% if yours %}my{% else %}{{ whose }}{% endif %} needs and the support"),
            *(para("\u00a0\t", "WriteHere") for _ in range(5)),
            heading(3, "The best way and time to reach me"),
            *(para("\u00a0\t", "WriteHere") for _ in range(2)),
            sign_line("{{ facts.addressee.name }}"),
        ]
    )  # fmt: skip
