"""What the child thinks before a meeting: a form of its own for each age, from faces and boxes to a young person's page."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.child_pieces import (
    NEXT,
    adults_part,
    asked,
    faces,
    for_reader,
    ideas,
    large,
    said_by_adults,
    scale,
)
from templates.source.views import ASKED
from templates.source.vocabulary import KEEP, box, heading, para, sign_line, title, when, write_lines


def pupil() -> str:
    """The form for this reader: large type throughout, short questions, room to draw for the young."""
    return title("What I think", "{{ facts.full_name }}") + for_reader(_young(), _child(), _teen(), _adult())


def _young() -> str:
    """Up to seven: an adult reads aloud; the child points, draws or puts a ring round a face."""
    return "".join(
        [
            para(
                "For the adult: read this aloud, one line at a time. Any answer counts: a word, a sign, a drawing, pointing.",
                "SmallPrint",
            ),
            large("We meet about you on {{ " + NEXT + " }}."),
            _back_by(),
            faces("Playing", "Learning", "My friends", "The grown-ups", "Dinner time"),
            box("I like", 7, "Draw it."),
            box("Please help me with", 7, "Draw it."),
            large("☐ I come to the meeting.   ☐ Somebody tells them for me."),
            adults_part(),
        ]
    )


def _child() -> str:
    """From seven to ten: short sentences, faces, boxes to write or draw in."""
    return "".join(
        [
            large("We have a meeting about you on {{ " + NEXT + " }}."),
            _back_by(),
            large("What do **you** think? You can write, draw, or tell someone. You can leave things out."),
            faces("Lessons", "Reading and writing", "Playtime and breaks", "My friends", "The grown-ups"),
            box("I like, and I am good at", 5.5),
            box("What helps me", 4.8),
            box("What does not help me", 4.8),
            _working_on(faces("How does it go?")),
            box("I want this to change", 4.8),
            box("When I am older", 4.8),
            _meeting("This person can speak for me:"),
            adults_part(),
        ]
    )


def _teen() -> str:
    """From eleven to fifteen: questions to write on, a scale instead of faces, and what is to stay private."""
    return "".join(
        [
            large("On {{ " + NEXT + " }} we meet about your support. We want your view, in your words."),
            large("Write, or tell somebody you trust. Leave out what you like. Say what must stay private."),
            _back_by(),
            scale("Lessons", "Homework", "Breaks", "Friends", "Staff"),
            asked("What I enjoy, and what I am good at", 3),
            asked("What helps me learn", 3),
            asked("What gets in the way", 3),
            _working_on(large("Is this still right to work on?   ☐ yes   ☐ no   ☐ change it"), write_lines(2)),
            asked("What I want to change", 3),
            asked("What I want to do after school", 2),
            asked("What I do not want passed on, or only to some people", 2),
            _meeting("This person can speak for me, or come with me:"),
            adults_part(),
        ]
    )


def _adult() -> str:
    """From sixteen on: the young person decides; the four areas of adult life; who may see it."""
    return "".join(
        [
            large("We meet on {{ " + NEXT + " }} to review your support. From 16 on, your own view and wishes decide."),
            large(
                "You choose who comes, who sees this form, and who may help you with it. Leave out what you do not want to answer."
            ),
            _back_by(),
            asked("What goes well, and what I am proud of", 3),
            asked("Study and work: where I am, and what I want next", 3),
            asked("Living independently: travel, money, my own home", 3),
            asked("Friends, free time and community", 3),
            asked("Health: what I manage myself, and what I need", 2),
            asked("What support helps, and what does not", 3),
            _working_on(large("Is this still right for me?   ☐ yes   ☐ no   ☐ change it"), write_lines(2)),
            asked("What I want to change", 3),
            asked("Who I want at the meeting, and who not", 2),
            para("Who may see this form", "Question"),
            para("☐ my school   ☐ my parents or carers   ☐ the local authority", "LargeText", more=KEEP),
            sign_line("{{ facts.full_name }}"),
        ]
    )


def _back_by() -> str:
    return when(ASKED, large("Please give this form back by {{ ask.due }}."))


def _working_on(*how: str) -> str:
    return when(
        "facts.ideas.targets or facts.ideas.about.targets",
        heading(1, "I am working on"),
        ideas("targets"),
        said_by_adults("targets"),
        *how,
    )


def _meeting(speaker: str) -> str:
    return "".join(
        [
            heading(1, "The meeting"),
            large("☐  I want to come to the meeting."),
            large("☐  I want to come for a part of it."),
            para(f"☐  I do not want to come. {speaker}", "LargeText", more=KEEP),
            write_lines(1),
        ]
    )
