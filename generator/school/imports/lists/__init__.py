"""Lists of pupils as schools' systems give them out: sheets read, headings found, columns and values understood.

In: a file. Out: pupils with values and what is in doubt, nothing guessed.
"""

__all__ = ["column_dates", "column_words", "name_parts", "pupils_of_list", "spreadsheet_columns"]
