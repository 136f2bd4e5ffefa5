"""How words are spelled: letters without their accents, words without capitals, the ways to write a street.

In: a piece of text. Out: the same text in the spelling that is compared. Knows nothing of pupils.
"""

__all__ = ["plain_letters", "street_names"]
