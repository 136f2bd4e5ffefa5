"""Where a form wants an answer: controls, fields, cells, lines, boxes, grids, with the words printed around each.

In: the bytes of a form. Out: AnswerPlaces in reading order, or FormRefused with a reason. Knows nothing of our records.
"""

__all__ = ["place", "read_form"]
