"""Evidence that a screen reader can read: fonts carried, pages tagged, and what stands in the way named by page.

In: a clean PDF. Out: the same with fonts and tags, and the barriers of ISO 14289-1 that are left.
"""
