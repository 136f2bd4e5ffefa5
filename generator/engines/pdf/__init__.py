"""After any engine: the PDF's tags and metadata are mended, and it is read back before it is trusted."""

__all__ = [
    "content_asides",
    "drawn_pictures",
    "heading_bookmarks",
    "lone_rows",
    "overflow",
    "page_view",
    "pdf_read_back",
]
