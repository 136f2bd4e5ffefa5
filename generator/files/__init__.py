"""Files on the disk: written whole or not at all, locked while in use, temporary ones swept, digests taken.

In: a path and bytes. Out: the file, or Stop with advice. Knows nothing of pupils or of what is in the files.
"""

__all__ = [
    "atomic_files",
    "damaged_archives",
    "ended_program",
    "kept_results",
    "limited_child",
    "locks",
    "long_paths",
    "process_pools",
    "processor_waits",
    "spelled_alike",
    "temp_folders",
    "user_cache",
    "user_files",
    "workbooks",
]
