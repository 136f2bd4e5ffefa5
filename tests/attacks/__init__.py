"""What was tried against the program, one file for each way in; a row of a table is one attack, with its right end.

test_hidden_by_marks: boxes over names. test_unseen_text: words that can be copied and not seen. test_names_as_written:
names in disguise. test_hidden_in_office_files: tracked changes, hidden text and links of Word and OpenDocument.
test_locked_files: what cannot be written in the middle of a build.
"""
