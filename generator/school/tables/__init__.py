"""Tables as spreadsheets and CSV, written and read. The only door to openpyxl."""

__all__ = ["session_log", "spreadsheet", "table"]
