"""The lines of a returned form by kind of file: Word, OpenDocument, PDF, a workbook.

In: a file as it came back. Out: its lines in reading order, or FormRefused with a reason.
"""
