"""The fonts that come with the program, and the outlines of their letters for text that is drawn as a picture.

Every machine takes the same fonts, so that pages break at the same places everywhere.
"""

__all__ = ["letter_outlines", "shipped_fonts"]
