"""A template checked before a school relies on it: its tags, its names, how its pages will look.

In: a Word template. Out: what stops it and what makes poor pages, in sentences with their place.
"""

__all__ = ["available_fields", "check_names"]
