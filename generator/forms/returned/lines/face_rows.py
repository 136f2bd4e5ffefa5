"""Tables of faces or boxes: which of good, OK and hard is marked in the row of each question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.forms.given.printed_lines import GOOD_OK_HARD, comparable_line
from generator.forms.given.question_list import QuestionForm
from generator.forms.returned.lines.returned_line import EMPTY, MARKS, TICKED, ReturnedLine

_WIDTH = len(GOOD_OK_HARD)


@dataclass(frozen=True)
class FaceRows:
    """The marked columns of each question, and the tables that are such tables."""

    chosen: dict[str, tuple[str, ...]]
    tables: frozenset[int]


def face_rows(grids: Sequence[Sequence[Sequence[str]]], form: QuestionForm) -> FaceRows:
    """What is marked in the tables of a returned form: a ticked box, or any word or sign in the cell of a face."""
    labels = {comparable_line(row): question.id for question in form.questions for row in question.row}
    chosen: dict[str, tuple[str, ...]] = {}
    tables = set()
    for number, grid in enumerate(grids):
        for row in grid:
            question = labels.get(comparable_line(row[0])) if len(row) > _WIDTH else None
            if question is not None:
                tables.add(number)
                marked = [word for word, cell in zip(GOOD_OK_HARD, row[1:], strict=False) if _marked(cell)]
                chosen[question] = tuple(marked)
    return FaceRows({key: marks for key, marks in chosen.items() if marks}, frozenset(tables))


def _marked(cell: str) -> bool:
    return bool(cell.replace(EMPTY, "").strip())


_BOX = rf"(?:[{EMPTY}{TICKED}]\s*[{MARKS}]?|[{MARKS}]\s*[{EMPTY}])\s*"
_BOXES_ALONE = re.compile(rf"(?:{_BOX}){{{_WIDTH}}}")


def rows_on_one_line(lines: Sequence[ReturnedLine], form: QuestionForm) -> tuple[ReturnedLine, ...]:
    """The lines of a page, with the boxes of a row behind its words where they stand a little lower, below faces."""
    labels = {comparable_line(row) for question in form.questions for row in question.row}
    made: list[ReturnedLine] = []
    for line in lines:
        if made and comparable_line(made[-1].text) in labels and _BOXES_ALONE.fullmatch(line.text):
            made[-1] = replace(made[-1], text=f"{made[-1].text} {line.text}")
        else:
            made.append(line)
    return tuple(made)


def marked_on_line(text: str, form: QuestionForm) -> tuple[str, tuple[str, ...]] | None:
    """The question of a row that a page shows as one line, `Homework ☐ ☒ ☐`, and the columns that are marked."""
    bare = comparable_line(re.sub(rf"[{EMPTY}{TICKED}]|(?<![^\W_])[{MARKS}](?![^\W_])", " ", text))
    for question in form.questions:
        if any(comparable_line(row) == bare for row in question.row):
            boxes = re.findall(rf"[{EMPTY}{TICKED}]\s*[{MARKS}]?|[{MARKS}]\s*[{EMPTY}]", text)
            marked = [w for w, box in zip(GOOD_OK_HARD, boxes, strict=False) if box.strip(f"{EMPTY} ")]
            return (question.id, tuple(marked)) if len(boxes) == _WIDTH else None
    return None
