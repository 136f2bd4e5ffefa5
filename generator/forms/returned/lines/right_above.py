"""Words that stand right above a question, behind an empty line: they may answer it, or the question before."""

from __future__ import annotations

from collections.abc import Sequence

from generator.forms.returned.lines.returned_line import ReturnedLine

RIGHT_ABOVE = "its last words stand right above “{title}”: look which of the two they answer"


def right_above(lines: Sequence[ReturnedLine]) -> str:
    """What stands right above a question: `alone` for words below nothing but empty lines, `behind` for further ones.

    Nothing where no empty line parts the words from the question before, or one parts them from the next.
    """
    filled = [bool(line.text or line.pictures) for line in lines]
    if not filled or not filled[-1] or all(filled):
        return ""
    return "behind" if any(filled[: len(filled) - filled[::-1].index(False)]) else "alone"
