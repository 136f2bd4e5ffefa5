"""Fonts of evidence: carried inside the PDF, with letters that are named, as wide as they say, and shaped.

In: an opened PDF. Out: the same with whole fonts, and the barriers in fonts that are left.
"""
