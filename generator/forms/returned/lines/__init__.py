"""The lines of a returned form, whatever kind of file it became, beside the lines that we printed.

In: a file. Out: lines, rows, and what was added to each.
"""
