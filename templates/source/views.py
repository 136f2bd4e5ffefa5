"""What the child and the family fill in or read: views before a meeting, and the plan in easy words."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import (
    KEEP,
    box,
    bullets,
    details,
    each,
    heading,
    para,
    sign_line,
    title,
    when,
    write_lines,
)

_NAME = "{{ facts.full_name }} · {{ facts.year_group }}{% if pupil.class %} · {{ pupil.class }}{% endif %}"
_NEXT = "facts.newest_meeting.next_meeting"
_OLDER = "facts.key_stage in ('Key stage 3', 'Key stage 4', 'Key stage 5')"
"""From Year 7 nobody says playtime or grown-ups."""


def large(text: str) -> str:
    """A line in large type."""
    return para(text, "LargeText")


def _asked(text: str, lines: int, help_text: str = "") -> str:
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
                    ("How", "At the office{% if school.senco.email %}, or by email to {{ school.senco.email }}{% endif %}"
                     "{% if school.senco.phone %}, or by telephone: {{ school.senco.phone }}{% endif %}")),
            _asked("What we like about {{ facts.first_name }}, and what goes well at home", 3),
            _asked("What goes well at school", 3),
            _asked("What is hard, at home or at school", 3, "For example mornings, homework, friends, sleep, getting to school."),
            when("facts.targets",
                 heading(2, "What the school is working on now"),
                 bullets("target in facts.targets", "{{ target.text }}"),
                 para("Do you see any difference at home? What helps, what does not?", more=KEEP),
                 write_lines(3)),
            _asked("What is important for {{ facts.first_name }} now", 3),
            _asked("What we hope for in the future", 3),
            _asked("What support would help, for {{ facts.first_name }} or for us", 3),
            _asked("Anything else that we should know", 2, "For example about health, a change at home, or your family’s history."),
            _asked("How and when it is best to reach us", 2),
            heading(2, "About this form"),
            para("☐  I have written this myself.", "TickLine", more=KEEP),
            *(para(f"☐  {text}: \t", "WriteHere", more=KEEP) for text in
              ("I was helped to write it by", "It was translated by", "Please do not share this with")),
            sign_line("Your name, and who you are to {{ facts.first_name }}"),
        ]
    )  # fmt: skip


def pupil() -> str:
    """What the child thinks: large type, short questions, room to draw, and how the answers were found out."""
    return "".join(
        [
            title("What I think", "{{ facts.full_name }}"),
            large("We have a meeting about you on {{ " + _NEXT + " }}."),
            large("We want to know what **you** think. You can write, draw, or tell someone. You can leave things out."),
            box("This is me", 7, "Draw yourself, or something you love."),
            box("I like", 4.8),
            box("I am good at", 4.8),
            heading(1, "How is school?"),
            *(large(f"{what}   ☐ good   ☐ OK   ☐ hard") for what in (
                "Lessons:", f"{{% if {_OLDER} %}}Breaks{{% else %}}Playtime and breaks{{% endif %}}:", "My friends:",
                f"{{% if {_OLDER} %}}The staff{{% else %}}The grown-ups{{% endif %}}:")),
            box("What helps me", 4.8),
            box("What does not help me", 4.8),
            when("facts.targets",
                 heading(1, "I am working on"),
                 _targets(),
                 large("How does it go?   ☐ good   ☐ OK   ☐ hard")),
            box("I want this to change", 4.8),
            box(f"{{% if {_OLDER} %}}What I want to do after school{{% else %}}When I am older{{% endif %}}", 4.8),
            heading(1, "The meeting"),
            large("☐  I want to come to the meeting."),
            large("☐  I want to come for a part of it."),
            para("☐  I do not want to come. This person can speak for me:", "LargeText", more=KEEP),
            write_lines(1),
            heading(1, "For the adult who helped"),
            para("Write down the {% if facts.young_person %}young person{% else %}child{% endif %}’s words as they were said. "
                 "{% if not facts.young_person %}Tell the family what was said.{% endif %}", more=KEEP),
            para("How the views were found out (talking, symbols, drawing, watching, a film): \t", "WriteHere", more=KEEP),
            para("\u00a0\t", "WriteHere", more=KEEP),
            para("Whose words these are:   ☐ {{ facts.first_name | possessive }} own   ☐ an adult’s account of the views", "TickLine",
                 more=KEEP),
            when("not facts.young_person", para("The family knows that {{ facts.first_name }} was asked:   ☐ yes", "TickLine", more=KEEP)),
            sign_line("Name and role of the adult"),
        ]
    )  # fmt: skip


def _adults_words(*pieces: str) -> str:
    """What adults wrote about the child, told from what the child says: this paper speaks to the child, and for the child."""
    return para("Adults have written it like this:", more=KEEP) + "".join(pieces)


def _own(text: str, name: str, style: str = "LargeBullet") -> str:
    """A heading and its lines in the child's voice; those about the child stand apart as what they are."""
    field = f"facts.child.{name}"
    return when(
        f"{field}.own or {field}.about",
        heading(1, text),
        each(f"point in {field}.own", para("{{ point }}", style)),
        when(f"{field}.about", _adults_words(each(f"point in {field}.about", para("{{ point }}", "ListBullet")))),
    )


def _targets() -> str:
    """The targets in the child's words; those that have none apart, in the words of the plan."""
    return each(
        "target in facts.targets | selectattr('for_pupil')", para("{{ target.for_pupil }}", "LargeBullet")
    ) + when(
        "facts.targets | rejectattr('for_pupil') | list",
        _adults_words(
            each("target in facts.targets | rejectattr('for_pupil')", para("{{ target.text }}", "ListBullet"))
        ),
    )


def my_plan() -> str:
    """The plan for the child: short sentences, large type, one thing at a time."""
    return "".join(
        [
            title("My plan", "{{ facts.full_name }}"),
            when("facts.photo", para("{{ facts.photo | photo(7, 6) }}", "PhotoLine")),
            when("facts.child.admired", heading(1, "People like this about me"),
                 each("point in facts.child.admired", para("{{ point }}", "LargeBullet"))),
            _own("This is important to me", "important"),
            _own("I hope", "hopes", "LargeText"),
            when("facts.targets", heading(1, "I am working on"), _targets()),
            when("facts.provision", heading(1, "This helps me"),
                 each("row in facts.provision", para(
                     "{% if row.for_pupil %}{{ row.for_pupil }}{% else %}**{{ row.title }}**{% if row.how_often %}: {{ row.how_often }}"
                     "{% endif %}. I do it with {{ row.adult }}.{% endif %}", "LargeBullet"))),
            _own("You can help me like this", "support"),
            _own("My part", "part"),
            heading(1, "What happens next"),
            when("facts.next_review", large("We look at my plan together on {{ facts.next_review }}.")),
            large("I can say at any time that I want to change something. I can tell "
                  "{% if pupil.key_worker %}{{ pupil.key_worker }}{% elif pupil.class_teacher %}{{ pupil.class_teacher }}{% else %}"
                  "{{ school.senco.name }}{% endif %}."),
            box("What I think of my plan", 4.2),
        ]
    )  # fmt: skip
