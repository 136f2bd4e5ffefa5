"""Answers below a heading that was deleted: the empty lines between them tell which is whose, and nobody is sure."""

from __future__ import annotations

from collections.abc import Sequence

from generator.forms.returned.lines.returned_line import ReturnedLine

_LOST = "the heading of “{title}” or of one near it is missing in the file"


def placed_by_gaps(
    question: str, lost: Sequence[str], lines: Sequence[ReturnedLine]
) -> list[tuple[str, list[ReturnedLine], str]]:
    """The lines in groups, each with the question that it stands where, and the doubt.

    Groups are parted by empty writing lines; two empty lines before the first mean that its question was left empty.
    """
    groups: list[list[ReturnedLine]] = [[]]
    leading = 0
    for line in lines:
        if line.text or line.pictures:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
        elif len(groups) == 1:
            leading += 1
    groups = [group for group in groups if group]
    names = [question, *lost]
    skipped = 1 if leading >= 2 and len(groups) < len(names) else 0
    placed = []
    for number, group in enumerate(groups):
        name = names[min(number + skipped, len(names) - 1)]
        placed.append((name, group, _LOST))
    return placed
