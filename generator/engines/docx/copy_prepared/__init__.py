"""The copy of a Word document that an engine draws, prepared so that every engine draws the same pages.

In: the parts of a document, parsed. Out: the same parts with fonts, answers, links and lines as Word would show them.
"""
