"""Pieces of the papers that a child reads or fills in: large type, faces, lines with pictures, what the adult notes."""

# ruff: noqa: E501 - a cell of a template reads best on one line

from __future__ import annotations

from collections.abc import Sequence

from templates.source.vocabulary import KEEP, each, grid, heading, para, sign_line, when, write_lines

NEXT = "facts.newest_meeting.next_meeting"
KINDS = ("young", "child", "teen", "adult")
"""For whom a child's paper is written: under 7, under 11, under 16, and from 16 on; see cases/child_reads.py."""


_IDEA = (
    "{% if idea.text %}{{ idea.text }}{% elif idea.title %}**{{ idea.title }}**{% if idea.how_often %}: {{ idea.how_often }}"
    "{% endif %}. I do it with {{ idea.adult }}.{% else %}I get help from {{ idea.helpers | and_list }}.{% endif %}"
)


def large(text: str) -> str:
    """A line in large type."""
    return para(text, "LargeText")


def asked(text: str, lines: int) -> str:
    """A question in large type with lines to answer on."""
    return para(text, "Question") + write_lines(lines)


def for_reader(*versions: str) -> str:
    """One version for each of KINDS; only the reader's own is printed."""
    return "".join(
        when(f"facts.reads == '{kind}'", version) for kind, version in zip(KINDS, versions, strict=True) if version
    )


def faces(*questions: str) -> str:
    """Questions that are answered by a ring round one of three faces."""
    face = [[para(f"{{{{ facts.faces.{name} | photo(1.2) }}}}", "FaceLine")] for name in ("good", "ok", "hard")]
    return grid(
        (("Put a ring round a face", 4), ("good", 1.8), ("OK", 1.8), ("hard", 1.8)),
        [("", question, *face) for question in questions],
        large=True,
    )


def scale(*questions: str) -> str:
    """Questions that are answered by a tick in one of three columns."""
    ticks = [[para("☐", "FaceLine")]] * 3
    return grid(
        (("How is it at the moment?", 4), ("Going well", 1.8), ("OK", 1.8), ("Hard", 1.8)),
        [("", question, *ticks) for question in questions],
        large=True,
    )


def ideas(field: str) -> str:
    """Lines of a child's paper, each with its picture where there is one."""
    return each(
        f"idea in facts.ideas.{field}",
        when(
            "idea.picture",
            para("{{ idea.picture | photo(1.1, 1.1) }}\t" + _IDEA, "IdeaLine"),
            otherwise=[para(_IDEA, "IdeaBullet")],
        ),
    )


def said_by_adults(field: str) -> str:
    """What has no words of the child's yet, told apart from what the child says."""
    return when(
        f"facts.ideas.about.{field}",
        para("Adults have written it like this:", more=KEEP),
        each(f"line in facts.ideas.about.{field}", para("{{ line }}", "ListBullet")),
    )


def told_to_child(text: str, field: str) -> str:
    """A heading and its lines in the child's voice; those about the child stand apart as what they are."""
    return when(
        f"facts.ideas.{field} or facts.ideas.about.{field}", heading(1, text), ideas(field), said_by_adults(field)
    )


def adults_part(extra: Sequence[str] = ()) -> str:
    """What the adult who helped notes: whose words these are, and how they were found out."""
    return "".join(
        [
            heading(1, "For the adult who helped"),
            para(
                "Write down the {% if facts.young_person %}young person{% else %}child{% endif %}’s words as they were said. "
                "{% if not facts.young_person %}Tell the family what was said.{% endif %}",
                more=KEEP,
            ),
            para(
                "How the views were found out (talking, symbols, drawing, watching, a film): \t", "WriteHere", more=KEEP
            ),
            para("\u00a0\t", "WriteHere", more=KEEP),
            para(
                "Whose words these are:   ☐ {{ facts.first_name | possessive }} own   ☐ an adult’s account of the views",
                "TickLine",
                more=KEEP,
            ),
            when(
                "not facts.young_person",
                para("The family knows that {{ facts.first_name }} was asked:   ☐ yes", "TickLine", more=KEEP),
            ),
            *extra,
            sign_line("Name and role of the adult"),
        ]
    )
