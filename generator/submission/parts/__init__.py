"""The parts of a submission: which belong to it, in which order, printed and fitted, and which are missing.

In: a case and the options of its bundle. Out: parts as PDFs under ids that an account can name.
"""

__all__ = ["part_ids"]
