"""What somebody put onto a PDF and viewers show in different ways: answers, notes, marks, drawn so that all see them.

In: an opened PDF. Out: the same with every answer, note and mark as part of its page, and an account of each.
"""
