"""Files on the disk: written whole or not at all, locked while in use, temporary ones swept, digests taken.

In: a path and bytes. Out: the file, or Stop with advice. Knows nothing of pupils or of what is in the files.
"""

__all__ = [
    "atomic_files",
    "damaged_archives",
    "kept_results",
    "locks",
    "machine_errors",
    "spelled_alike",
    "temp_folders",
    "user_cache",
    "user_files",
    "workbooks",
]
