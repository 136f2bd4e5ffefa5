"""Before any engine: a Word file is checked for what would be lost, and prepared so that all engines agree."""

__all__ = ["alt_chunk", "paragraph_properties", "reckoned_height"]
