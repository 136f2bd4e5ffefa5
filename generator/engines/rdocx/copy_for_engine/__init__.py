"""What Word shows and this engine does not, written out into the copy that is given to it, or told.

In: the parts of a Word file. Out: a copy in which nothing is left out, and what is lost still.
"""
