"""A file of evidence becomes a clean, tagged PDF: recognised, repaired, stripped, turned upright, fitted to the page.

In: bytes and a name, in a child process with limits. Out: the PDF and an account of all that was done, or a refusal.
"""

__all__ = ["child_processes", "file_type", "intake"]
