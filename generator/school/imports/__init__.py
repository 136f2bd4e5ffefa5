"""Pupils' data from other systems: class lists, spreadsheets and Common Transfer Files, shown before it is written.

In: a file as a school's system gives it out. The way: export_file (sheets of text) → headings (where the list is) →
spreadsheet_columns (which column is which field) → column_dates → pupils_of_list (one Incoming a child) → match_pupil →
compare_import (what it means, row by row) → apply_import. The words of the systems are data: *_words.yaml.
"""

__all__ = ["apply_import", "compare_import", "ctf", "existing_pupil", "incoming_pupil", "match_pupil"]
