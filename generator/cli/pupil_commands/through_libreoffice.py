"""Texts of other programs as Word files, where LibreOffice is on this machine."""

from __future__ import annotations


def word_of_other(content: bytes, kind: str) -> bytes | str:
    """A text of another kind (doc, odt, rtf) as Word, or the reason why not."""
    from generator.engines import converter
    from generator.problems import MissingOnThisMachine

    try:
        reader = converter.start()
    except MissingOnThisMachine:
        return "LibreOffice was not found on this computer"
    try:
        return reader.to_word(content, kind)
    finally:
        reader.close()
