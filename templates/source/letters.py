"""Letters to families: that special educational provision is being made, to a meeting, and after one."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import (
    bullets,
    details,
    each,
    heading,
    help_and_information,
    new_page,
    para,
    sign_line,
    table,
    when,
    write_lines,
)

_LETTER = "plan.parents_informed"
_RUNNING = "facts.provision | rejectattr('ended')"
"""The support of the letter's day: what will be done is none that has ended by then."""
_CLOSE = '<w:spacing w:before="140" w:after="60"/>'
"""Less air than elsewhere, so that a letter of usual length is one page."""


_WHOSE_PART = (
    "{%% if yours %%}%s{%% elif facts.addressee.professional %%}you are responsible for {{ name }} and see more than the school does"
    "{%% elif facts.addressee.carer %%}you look after {{ name }} every day{%% else %%}you know {{ name }} best{%% endif %%}"
)
_YOUR_PART, _YOUR_PART_IN_PLAN = _WHOSE_PART % "this is your plan", _WHOSE_PART % "your own view counts most"
"""Why the reader's view matters: the young person's, a social worker's, a carer's, a parent's."""


def opening(day: str) -> str:
    """Who the letter is for, its day, and whom it speaks of: sets `yours`, `name` and `whose`."""
    return "".join(
        [
            para("{%p set yours = facts.addressee.young_person %}"),
            para("{%p set name = 'you' if yours else facts.first_name %}"),
            para("{%p set whose = 'your' if yours else facts.first_name | possessive %}"),
            para("", "AddressLine"),
            para("{{ facts.addressee.name }}", "AddressLine"),
            each("line in facts.addressee.address", para("{{ line }}", "AddressLine")),
            para(f"{{{{ {day} }}}}", more='<w:spacing w:before="240"/>'),
            para("Dear {{ facts.addressee.greeting }}"),
        ]
    )


def closing() -> str:
    """Whom to ask, and the SENCO's signature."""
    return "".join(
        [
            para("If you would like to talk before then, please get in touch with our {{ words.senco }}, "
                 "{{ school.senco.name }}{% if school.senco.phone %}, on {{ school.senco.phone }}{% endif %}"
                 "{% if school.senco.email %}{% if school.senco.phone %} or{% else %},{% endif %} at {{ school.senco.email }}"
                 "{% endif %}{% if school.senco.days %} ({{ school.senco.days }}){% endif %}."),
            para("Yours sincerely", more='<w:keepNext/><w:spacing w:before="120" w:after="0"/>'),
            para("Signed \t", "Sign"),
            para("{{ school.senco.name }}, {{ words.senco }}", "SmallPrint"),
        ]
    )  # fmt: skip


def invitation() -> str:
    """Asks each parent, or the young person, to the next meeting; with a reply slip."""
    meeting = "facts.newest_meeting"
    return "".join(
        [
            opening("document.date"),
            para("**{% if yours %}Please come to our next meeting{% else %}{{ facts.full_name }}, {{ facts.year_group }}: please come to our next meeting{% endif %}**"),
            para("We would like to meet you to talk about how {{ name }} {% if yours %}are{% else %}is{% endif %} getting on at "
                 "school. Your view matters: " + _YOUR_PART + "."),
            details("The meeting",
                    ("Day", f"**{{{{ {meeting}.next_meeting }}}}**"),
                    ("Time", f"{{% if {meeting}.next_time %}}{{{{ {meeting}.next_time }}}}{{% else %}}to be agreed with you{{% endif %}}"),
                    ("Place", f"{{% if {meeting}.next_place %}}{{{{ {meeting}.next_place }}}}{{% else %}}{{{{ school.name | one_line }}}}{{% endif %}}"),
                    ("Who else is asked", "{{ facts.asked | join('; ') }}", "facts.asked")),
            para("What we will talk about", "Heading2", more=_CLOSE),
            para("what is going well, at school and at home", "ListBullet"),
            para("what is hard, and what {{ name }} think{% if not yours %}s{% endif %} about it", "ListBullet"),
            when("facts.targets", para("whether the targets are reached and the support is working, and what to change", "ListBullet"),
                 otherwise=[para("what has been tried so far, and what to try next", "ListBullet")]),
            when("facts.addressee.interpreter", para("We will arrange an interpreter for you.")),
            para("{% if not facts.addressee.professional %}You may bring someone with you: a relative, a friend or an adviser. {% endif %}"
                 "A form for your views comes with this letter. You need not use it; you can also tell us on the day."),
            when("school.links.sendiass and not facts.addressee.professional",
                 para("Free, independent advice ({{ words.sendiass }}): {{ school.links.sendiass }}.")),
            closing(),
            new_page(1, "Reply slip"),
            para("{{ facts.full_name }}, {{ facts.year_group }}: meeting on " f"{{{{ {meeting}.next_meeting }}}}"),
            para("Please give this part back to {{ school.senco.name }} ({{ words.senco }}), or tell us by telephone or email."),
            heading(2, "Please tick what applies to you"),
            para("☐  I will come.", "TickLine"),
            para("☐  I would rather join by telephone or online.", "TickLine"),
            para("☐  Another day or time would suit me better: \t", "WriteHere"),
            para("☐  I will bring with me: \t", "WriteHere"),
            para("☐  I need an interpreter, or help to take part: \t", "WriteHere"),
            heading(2, "What I would like us to talk about"),
            write_lines(4),
            sign_line("{{ facts.addressee.name }}"),
        ]
    )  # fmt: skip


_ANSWER = "Within six weeks of receiving the request it must tell you whether it will assess."
"""SEND Regulations 2014 reg 5(3); the day is not known when the letter is written."""

_RECOMMENDED = (
    "**We recommend to {% if facts.authority %}{{ facts.authority }}{% else %}the local authority{% endif %} that {{ whose }} EHC plan "
    "{% if facts.recommended.what == 'maintain' %}stays as it is{% elif facts.recommended.what == 'amend' %}is amended{% else %}ends"
    "{% endif %}.**"
)
_REVIEW_ANSWER = "It must tell you within four weeks of the meeting what it decides."
"""SEND Regulations 2014 reg 20(10)."""


def _decided(meeting: str) -> list[str]:
    """What was decided stands first, before who does what: it is what the reader opens the letter for."""
    early = (
        f"{{% if {meeting}.decision == 'sen_support' %}}We decided that {{{{ name }}}} need{{% if not yours %}}s{{% endif %}} special "
        f"educational provision ({{{{ words.sen_support }}}}).{{% elif {meeting}.decision == 'not_yet' %}}We decided that special "
        "educational provision does not begin yet. We go on as agreed below, and look at it again.{% else %}We decided that special "
        "educational provision is not needed.{% endif %}"
    )
    return [
        when(f"{meeting}.decision or {meeting}.decisions or facts.request_decided or facts.recommended",
             para("What was decided", "Heading2", more=_CLOSE),
             when(f"{meeting}.decision", para(f"**{early}**"),
                  when(f"{meeting}.decision_reason", para(f"Why: {{{{ {meeting}.decision_reason }}}}"))),
             bullets(f"point in {meeting}.decisions", "**{{ point }}**"),
             when("facts.request_decided", para(
                 "**We ask {% if facts.authority %}{{ facts.authority }}{% else %}the local authority{% endif %} for an EHC needs "
                 "assessment.**"), para(_ANSWER)),
             when("facts.recommended", para(_RECOMMENDED),
                  when("facts.recommended.why", para("Why: {{ facts.recommended.why }}")), para(_REVIEW_ANSWER))),
    ]  # fmt: skip


def meeting_letter() -> str:
    """After a meeting: thanks, what was agreed, who does what by when, and when we meet again."""
    meeting = "facts.newest_meeting"
    return "".join(
        [
            opening("document.date"),
            para("**{% if yours %}What we agreed and what happens next{% else %}{{ facts.full_name }}, {{ facts.year_group }}: what we agreed and what happens next{% endif %}**"),
            para(f"We met on {{{{ {meeting}.date }}}} to talk about how {{{{ name }}}} {{% if yours %}}are{{% else %}}is{{% endif %}} "
                 "getting on. Thank you to everyone who took part or sent us their views."),
            *_decided(meeting),
            when(f"{meeting}.outcomes_agreed", para("What we want to reach", "Heading2", more=_CLOSE),
                 bullets(f"point in {meeting}.outcomes_agreed")),
            when(f"{meeting}.provision_changes", para("What changes in the support", "Heading2", more=_CLOSE),
                 bullets(f"point in {meeting}.provision_changes")),
            when(f"{meeting}.actions", para("Who does what", "Heading2", more=_CLOSE), table(
                f"action in {meeting}.actions", ("What", 5, "{{ action.what }}"), ("Who", 2.2, "{{ action.who }}"),
                ("By when", 2.2, "{{ action.by | date }}"), split=False)),
            when(f"{meeting}.disagreements", para("Where we did not agree", "Heading2", more=_CLOSE),
                 para(f"{{{{ {meeting}.disagreements }}}}")),
            para("What happens next", "Heading2", more=_CLOSE),
            when(f"{meeting}.next_meeting",
                 para(f"We meet again on **{{{{ {meeting}.next_meeting }}}}**{{% if {meeting}.next_time %}} at {{{{ {meeting}.next_time }}}}"
                      f"{{% endif %}}{{% if {meeting}.next_place %}}, {{{{ {meeting}.next_place }}}}{{% endif %}}.")),
            para("The notes of the meeting come with this letter. If we have written anything down wrongly, please tell us and we "
                 "will put it right."),
            when("school.links.sendiass and not facts.addressee.professional", para("Free, independent advice ({{ words.sendiass }}): {{ school.links.sendiass }}.")),
            when("school.links.sen_information_report", para("Our SEN information report: {{ school.links.sen_information_report }}")),
            closing(),
        ]
    )  # fmt: skip


def parent_letter() -> str:
    """One letter for one addressee: each person with parental responsibility, or the young person; with a reply slip."""
    return "".join(
        [
            para("{%p set about_then = (plan.date - plan.parents_informed.letter_date).days < 60 %}"),
            opening("plan.parents_informed.letter_date"),
            para("**{% if yours %}Your special educational provision{% else %}{{ facts.full_name }}, born {{ pupil.date_of_birth }}, "
                 "{{ facts.year_group }}: special educational provision{% endif %}**"),
            para("I am writing to tell you formally that {{ school.name | one_line }} is making special educational "
                 "provision for {{ name }}. This means support that is additional to, or different from, what is made "
                 "for others of the same age. We decided this on {{ plan.parents_informed.decision_date }}"
                 "{% if plan.parents_informed.provision_starts %}, and the support starts on "
                 "{{ plan.parents_informed.provision_starts }}{% endif %}. The law asks us to tell you "
                 "(Children and Families Act 2014, section 68)."),
            when("pupil.needs", para("Why", "Heading2", more=_CLOSE),
                 para("We have found that {{ name }} need{% if not yours %}s{% endif %} extra help with:"),
                 bullets("need in pupil.needs", "{{ need.title }} ({{ need.area | label | lower }})")),
            when(f"{_LETTER}.summary or (about_then and {_RUNNING} | list)", para("What we will do", "Heading2", more=_CLOSE),
                 when(f"{_LETTER}.summary", para("{{ plan.parents_informed.summary }}"), otherwise=[
                     bullets(f"row in {_RUNNING}",
                             "**{{ row.title }}**{% if row.how_often %}: {{ row.how_often }}{% endif %}; {{ row.who }}")])),
            when("about_then and facts.outcomes", para("What we hope for", "Heading2", more=_CLOSE),
                 bullets("outcome in facts.outcomes", "{% if yours and outcome.for_pupil %}{{ outcome.for_pupil }}{% else %}{{ outcome.text }}{% endif %}")),
            para("What happens next", "Heading2", more=_CLOSE),
            para("{% if plan.parents_informed.plan_enclosed %}{% if yours %}Your{% else %}{{ whose }}{% endif %} {{ words.support_plan }} comes with "
                 "this letter. {% endif %}{% if plan.parents_informed.first_review %}We will look together at how it is "
                 "going on or about {{ plan.parents_informed.first_review }}. {% endif %}Please tell us what you think: "
                 + _YOUR_PART_IN_PLAN + ". There is a reply slip on the last page."),
            # On the page of the signature, should the letter run over: a signature alone signs nothing.
            para("If you would like to talk, or see things differently, please contact our "
                 "{{ words.senco }}, {{ school.senco.name }}{% if school.senco.phone %}, on {{ school.senco.phone }}"
                 "{% endif %}{% if school.senco.email %}{% if school.senco.phone %} or{% else %},{% endif %} at "
                 "{{ school.senco.email }}{% endif %}{% if school.senco.days %} ({{ school.senco.days }}){% endif %}.", more="<w:keepNext/>"),
            para("Yours sincerely", more='<w:keepNext/><w:spacing w:before="120" w:after="0"/>'),
            para("Signed \t", "Sign"),
            para("{{ school.headteacher.name }}, Headteacher", "SmallPrint"),
            help_and_information(new_page(1, "Help and information")),
            when("school.links", heading(1, "Reply slip"), otherwise=[new_page(1, "Reply slip")]),
            para("{{ facts.full_name }}, {{ facts.year_group }}: letter of {{ plan.parents_informed.letter_date }}"),
            para("Please cut off this part and give it back to {{ school.senco.name }} ({{ words.senco }})"
                 "{% if plan.parents_informed.reply_by %} by **{{ plan.parents_informed.reply_by }}**{% endif %} "
                 "or tell us by telephone or email. You need not fill in everything."),
            heading(3, "Please tick what applies to you"),
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
