"""Answer places of a fillable PDF: its fields in reading order, with the words printed around each.

In: the bytes of a form. Out: places, as a Word form gives them.
"""
