"""What adults are asked for between meetings: the round robin, the log of sessions, a professional's advice."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.vocabulary import KEEP, bullets, details, filled_grid, heading, para, title, when, write_lines

_NAME = "{{ facts.full_name }} · {{ facts.year_group }}{% if pupil.class %} · {{ pupil.class }}{% endif %}"


def _asked(text: str, lines: int) -> str:
    return heading(2, text) + write_lines(lines)


def _give_back() -> str:
    return details(
        "Please give this form back",
        (
            "To",
            "{{ school.senco.name }}, {{ words.senco }}{% if school.senco.email %}, {{ school.senco.email }}{% endif %}",
        ),
        ("By", "{{ ask.due }}", "ask.due"),
        ("Asked of", "{{ ask.to }}{% if ask.role %}, {{ ask.role }}{% endif %}", "ask.to"),
    )


def _targets() -> str:
    return when(
        "facts.targets",
        heading(2, "What the school is working on now"),
        bullets("target in facts.targets", "{{ target.text }}"),
        para("What I see of these targets", more=KEEP),
        write_lines(3),
    )


def _signed(*labels: str) -> str:
    return "".join(para(f"{label} \t", "WriteHere", more=KEEP) for label in labels)


def teachers() -> str:
    """The round robin: one for each subject teacher, five minutes to fill in."""
    return "".join(
        [
            title("In my lessons", f"Form for a subject teacher · {_NAME}"),
            para(
                "{% if ask.meeting %}We meet on **{{ ask.meeting }}** to talk about {{ facts.first_name }}. {% endif %}Say what you "
                "see, not what it may mean; a few words are enough. Leave out what you do not know."
            ),
            _give_back(),
            _asked("What goes well in my lessons", 2),
            _asked("What is hard in my lessons", 2),
            _asked("What helps in my lessons", 2),
            _targets(),
            para("Working at:   ☐ above what is expected   ☐ what is expected   ☐ below   ☐ well below", "TickLine"),
            _asked("What I would change next", 2),
            _signed("Name:", "Subject:", "Date:"),
        ]
    )


def ta() -> str:
    """The log of sessions: a row for each, what was done and how it went."""
    columns = (("Date", 1.6), ("What we did", 3.2), ("Minutes", 1.1), ("How it went", 3.6))
    return "".join(
        [
            title("Log of sessions", f"Form for the adult who gives the support · {_NAME}"),
            para("One row for each session, on the day. Write what happened: “read 14 of 20”, not “good”."),
            _give_back(),
            when("ask.support", heading(2, "The support"), bullets("line in ask.support", "{{ line }}")),
            heading(2, "Sessions"),
            filled_grid(columns, 10),
            _asked("Sessions that did not take place, and why", 2),
            _asked("Anything else that I saw", 2),
            heading(2, "About this form"),
            _signed("Name:", "Date:"),
        ]
    )


def professional() -> str:
    """What a professional who knows the child advises, in the order in which a plan needs it."""
    return "".join(
        [
            title("Advice for our plan", f"Form for a professional who works with the child · {_NAME}"),
            para(
                "{% if ask.meeting %}We meet on **{{ ask.meeting }}** to talk about {{ facts.first_name }}. {% endif %}A report of your own "
                "is as welcome as this form. Please write so that the family can read it."
            ),
            _give_back(),
            _targets_of_plan(),
            para("I last saw the child on: \t", "WriteHere"),
            _asked("What I found", 4),
            _asked("What should be aimed for", 3),
            _asked("What I advise", 4),
            _asked("How I will stay involved", 2),
            heading(2, "About this form"),
            _signed("Name:", "Role and service:", "Date:"),
        ]
    )


def _targets_of_plan() -> str:
    return when(
        "facts.targets",
        heading(2, "What the school is working on now"),
        bullets("target in facts.targets", "{{ target.text }}"),
    )
