"""What a file of evidence holds and no page shows: found, told, and taken out before the file goes anywhere.

In: an opened PDF, or the parts of a Word, OpenDocument or rich text file. Out: what was found, by page, and the file
without it.
"""
