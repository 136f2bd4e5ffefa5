"""What one pupil's records answer at every place of a learned form, written as the form wants it.

In: a form's map and a case. Out: an answer for each place, or why there is none.
"""

__all__ = ["place_answers", "table_answers", "writers"]
