"""Tables in the copy: rows that keep together, styles of tables written out, notes inside them.

In: the body of a Word file. Out: the same with what this engine does not do for tables written out.
"""
