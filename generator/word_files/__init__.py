"""Word files as zips of XML parts: the one door to .docx archives, and the pictures that go into them.

In: the bytes of a .docx. Out: its parts, or why it is none; parts become the same bytes every time. Knows nothing of
documents, templates or engines, which all read and write Word files through it.
"""

__all__ = [
    "docx_package",
    "field_codes",
    "measures",
    "pictures_with_alt_text",
    "strict_open_xml",
    "tracked_changes",
    "word_names",
]
