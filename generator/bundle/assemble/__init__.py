"""Parts become one PDF: pages merged and stamped, links and tags kept, files split, locked and read back."""

__all__ = ["encrypt"]
