"""The names by which a form that we gave out is known again."""

from __future__ import annotations

import re

MARK = "sendpack form"
"""The file's property that holds the reference of what was asked."""

QUESTION = "sendpack:"
"""Begins the tag of each control and the name of each PDF field; the question's id follows."""

WRITE_HERE, SHORT_HERE = "Write here", "…"
"""What stands in an empty control: of a question, and of a label's line."""

PLACEHOLDERS = (WRITE_HERE, SHORT_HERE)

CELL = re.compile(r"(\w+)@(\d+)@(.+)")
"""The name of the field of a table's cell behind `QUESTION`: question, row from 1, head of the column."""


def cell_name(question: str, row: int, head: str) -> str:
    """The name of the field of one cell of a table."""
    return f"{QUESTION}{question}@{row}@{head}"
