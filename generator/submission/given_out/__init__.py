"""What left the school: documents given to people, bundles sent, and what is different since.

In: a made document or bundle, to whom and when. Out: the very files kept, and the account of who holds which version.
"""

__all__ = ["authority_answer", "day_of_sending", "give_out", "issued_versions"]
