"""The people around a child: who has parental responsibility, how each home is reached, who agreed and holds a copy.

In: the records of a case. Out: names, addresses as far as one reader may know them, agreements by version.
"""

__all__ = ["agreement", "contact_details", "family_copies", "people"]
