"""How values are read and written: dates, money, numbers, names, identifiers, and the answer that is not known yet.

In: a piece of text, or a plain value. Out: the value, or the words for it; what cannot be read is raised as Unreadable
with words for a teacher. Knows nothing of files, schemas or pupils.
"""

__all__ = [
    "counts",
    "did_you_mean",
    "ethnicity",
    "file_names",
    "formatting",
    "identifiers",
    "not_known",
    "notice",
    "parsing",
    "shortening",
    "shorthand",
    "small_numbers",
    "text_flow",
]
