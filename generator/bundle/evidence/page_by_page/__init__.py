"""The pages of evidence: made from photos, mended, turned upright, and read again, so that a scan is known as one.

In: a picture or an opened PDF. Out: pages that the bundle can hold, and what was read on each.
"""

__all__ = ["page_text_and_scans"]
