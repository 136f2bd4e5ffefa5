"""Documents in a family's own language: the words, how complete they are, and writing from right to left."""

__all__ = ["completeness", "corrections", "language", "translate"]
