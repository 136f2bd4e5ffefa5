"""A pupil's whole file: sent on to the next school, received, listed for the family, deleted when its time is over.

In: a pupil's folder. Out: an archive with hashes, a list of everything held, or a receipt of what was deleted.
"""

__all__ = ["archives_made", "askers_copy", "data_rights", "forgetting", "leaving", "received", "transfer"]
