"""The names by which a form that we gave out is known again."""

from __future__ import annotations

MARK = "sendpack form"
"""The file's property that holds the reference of what was asked."""

QUESTION = "sendpack:"
"""Begins the tag of each control and the name of each PDF field; the question's id follows."""

WRITE_HERE, SHORT_HERE = "Write here", "…"
"""What stands in an empty control: of a question, and of a label's line."""

PLACEHOLDERS = (WRITE_HERE, SHORT_HERE)
