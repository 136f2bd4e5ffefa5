"""The school's folder: find it, load a pupil's records from it, begin a new school, pupil or record in it.

In: a path and the names of pupils. Out: a Project, and Cases with every problem of every file. Nothing of a user's is
overwritten.
"""

__all__ = [
    "citing",
    "create",
    "folder_listing",
    "load_case",
    "pupil_names",
    "record_files",
    "school_folder",
    "starter_files",
    "watched_change",
]
