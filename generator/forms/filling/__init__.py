"""Answers written into a blank form, which is otherwise untouched: Word as Word sets it, PDF with appearances.

What does not fit goes to a continuation sheet that names the place and is named there; nothing is cut without a word.
"""

__all__ = ["fill_form", "printing"]
