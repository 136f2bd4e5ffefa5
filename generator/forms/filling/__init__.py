"""Answers written into a blank form, which is otherwise untouched: Word as Word sets it, PDF with appearances."""
