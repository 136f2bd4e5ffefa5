"""Runs of text in the copy: joined where Word shows one word, shaded, numbered, and broken where they are too long.

In: the body of a Word file. Out: the same with what this engine does not do for runs written out.
"""
