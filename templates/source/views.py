"""What parents and carers think before a meeting."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import (
    KEEP,
    bullets,
    details,
    heading,
    para,
    sign_line,
    title,
    when,
    write_lines,
)

_NAME = "{{ facts.full_name }} · {{ facts.year_group }}{% if pupil.class %} · {{ pupil.class }}{% endif %}"
ASKED = "ask is defined and ask.due"
"""True of a form that is given out to somebody by name, who is told by when it should be back."""

_NEXT = "facts.newest_meeting.next_meeting"


def asked(text: str, lines: int, help_text: str = "") -> str:
    """A question with lines to answer on; what may help to answer stands small under it."""
    more = para(help_text, "SmallPrint", more="<w:keepNext/>") if help_text else ""
    return heading(2, text) + more + write_lines(lines)


def parents() -> str:
    """What parents and carers think before a meeting: every question may be left out, and any other form is as good."""
    return "".join(
        [
            title("What we think", f"Form for parents and carers · {_NAME}"),
            para("We meet on **{{ " + _NEXT + " }}** to talk about {{ facts.first_name }}. Write as much or as little as you like, in any "
                 "language, on this form or in any other way. You can also tell us by telephone, or on the day. Leave out what you do "
                 "not want to answer."),
            when("facts.young_person", para("{{ facts.first_name }} is a young person and decides who is asked. This form is used only if "
                                            "{{ facts.first_name }} agrees.")),
            details("Please give this form back",
                    ("To", "{{ school.senco.name }}, {{ words.senco }}"),
                    ("Back by", "{{ ask.due }}", ASKED),
                    ("How", "At the office{% if school.senco.email %}, or by email to {{ school.senco.email }}{% endif %}"
                     "{% if school.senco.phone %}, or by telephone: {{ school.senco.phone }}{% endif %}")),
            asked("What we like about {{ facts.first_name }}, and what goes well at home", 3),
            asked("What goes well at school", 3),
            asked("What is hard, at home or at school", 3, "For example mornings, homework, friends, sleep, getting to school."),
            when("facts.targets",
                 heading(2, "What the school is working on now"),
                 bullets("target in facts.targets", "{{ target.text }}"),
                 para("Do you see any difference at home? What helps, what does not?", more=KEEP),
                 write_lines(3)),
            asked("What is important for {{ facts.first_name }} now", 3),
            asked("What we hope for in the future", 3),
            asked("What support would help, for {{ facts.first_name }} or for us", 3),
            asked("Anything else that we should know", 2, "For example about health, a change at home, or your family’s history."),
            asked("How and when it is best to reach us", 2),
            heading(2, "About this form"),
            para("☐  I have written this myself.", "TickLine", more=KEEP),
            *(para(f"☐  {text}: \t", "WriteHere", more=KEEP) for text in
              ("I was helped to write it by", "It was translated by", "Please do not share this with")),
            sign_line("Your name, and who you are to {{ facts.first_name }}"),
        ]
    )  # fmt: skip
