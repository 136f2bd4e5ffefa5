"""PDF fields that take the parts of one date: day, month and year side by side, with strokes or nothing between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from generator.forms.answer_places.place import AnswerPlace

_PARTS = ("dd", "mm", "yyyy")
_STROKE = re.compile(r"[\W_]*(?:dd?|mm?|yy(?:yy)?|day|month|year)?[\W_]*", re.I)
_APART = 40.0
"""Points between two parts of one date."""
_LEVEL = 4.0
"""Points by which the tops of the fields of one line may differ."""


def in_date_parts(places: Sequence[AnswerPlace]) -> list[AnswerPlace]:
    """The places, in their order, of which three that take two, two and four digits know which part each is."""
    done = list(places)
    order = reading_order(done)
    for first, second, third in zip(order, order[1:], order[2:], strict=False):
        three = [done[n] for n in (first, second, third)]
        if not _of_one_date(three):
            continue
        label = three[0].around.left or three[0].around.above
        for number, part in zip((first, second, third), _PARTS, strict=True):
            around = replace(done[number].around, left=label, above="", question=label)
            done[number] = replace(done[number], around=around, date_format=part)
    return done


def reading_order(places: Sequence[AnswerPlace]) -> list[int]:
    """The numbers of the places line by line, each line from left to right."""
    lines: list[list[int]] = []
    for number in sorted(range(len(places)), key=lambda n: (places[n].page, -places[n].where.rect[3])):
        first = places[lines[-1][0]] if lines else None
        level = first is not None and abs(first.where.rect[3] - places[number].where.rect[3]) < _LEVEL
        if first is not None and level and first.page == places[number].page:
            lines[-1].append(number)
        else:
            lines.append([number])
    return [n for line in lines for n in sorted(line, key=lambda n: places[n].where.rect[0])]


def _of_one_date(three: Sequence[AnswerPlace]) -> bool:
    """True for three text fields of a line that take two, two and four characters behind one label."""
    if any(p.facts.get("type") != "Tx" or p.date_format for p in three) or [p.characters for p in three] != [2, 2, 4]:
        return False
    one_line = all(p.page == three[0].page and abs(p.where.rect[1] - three[0].where.rect[1]) < 4 for p in three)
    near = all(b.where.rect[0] - a.where.rect[2] < _APART for a, b in pairwise(three))
    label = three[0].around.left
    bare = all(p.around.left in ("", label) or _STROKE.fullmatch(p.around.left) for p in three[1:])
    return bool(one_line and near and bare and (label or three[0].around.above))
