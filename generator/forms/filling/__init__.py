"""Answers written into a blank form so that the file is otherwise untouched: Word as Word sets it, PDF with appearances."""
