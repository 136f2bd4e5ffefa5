"""Pupils' data from other systems: spreadsheets and Common Transfer Files, shown before anything is written."""
