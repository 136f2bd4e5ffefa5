"""My plan: the plan for the child, in as many words as a child of that age reads, with pictures."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from templates.source.child_pieces import faces, for_reader, ideas, large, told_to_child
from templates.source.vocabulary import box, heading, para, title, when

_TELL = (
    "{% if pupil.key_worker %}{{ pupil.key_worker }}{% elif pupil.class_teacher %}{{ pupil.class_teacher }}{% else %}"
    "{{ school.senco.name }}{% endif %}"
)


def my_plan() -> str:
    """The plan for the child: short sentences, large type, one thing at a time."""
    return "".join(
        [
            title("My plan", "{{ facts.full_name }}"),
            when("facts.photo", para("{{ facts.photo | photo(7, 6) }}", "PhotoLine")),
            when("facts.ideas.admired", heading(1, "People like this about me"), ideas("admired")),
            told_to_child("This is important to me", "important"),
            told_to_child("I hope", "hopes"),
            told_to_child("I am working on", "targets"),
            told_to_child("This helps me", "provision"),
            told_to_child("You can help me like this", "support"),
            told_to_child("My part", "part"),
            heading(1, "What happens next"),
            for_reader(_young(), _child(), _older(), _older()),
            when(
                "facts.ideas.more",
                para(
                    "For adults: this page holds as much as a reader of this age takes in at once. More of the plan is in the "
                    "{{ words.support_plan }}: read it together.",
                    "SmallPrint",
                ),
            ),
        ]
    )


def _young() -> str:
    return "".join(
        [
            when("facts.next_review", large("We look at it again on {{ facts.next_review }}.")),
            large(f"I can tell {_TELL}: “Change it, please.”"),
            faces("My plan is"),
        ]
    )


def _child() -> str:
    return "".join(
        [
            when("facts.next_review", large("We look at my plan together on {{ facts.next_review }}.")),
            large(f"I can always ask to change it. I tell {_TELL}."),
            faces("My plan is"),
            box("What I think of my plan", 3.5),
        ]
    )


def _older() -> str:
    return "".join(
        [
            when("facts.next_review", large("We look at my plan together on {{ facts.next_review }}.")),
            large(f"I can say at any time that I want to change something. I can tell {_TELL}."),
            box("What I think of my plan", 4.2),
        ]
    )
