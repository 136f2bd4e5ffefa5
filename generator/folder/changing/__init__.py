"""What changes a school's folder: a record edited, evidence added, something removed, and each of it taken back.

In: a Project or a pupil's folder, and what is to change. Out: the files changed whole, with what it takes to undo it.
"""

__all__ = ["add_evidence", "changes_made", "edit_record", "passing_files", "removing", "unsaved_writing"]
