"""A Word file but for the figures of the page numbers in it: files that are alike so are laid out alike.

All figures of the fonts for letters are equally wide, so that a line breaks where it did when “pages 34-37” becomes
“pages 43-48”; only two ones beside each other stand closer together.
"""

from __future__ import annotations

import re

from generator.word_files.docx_package import unpacked

_STORY = re.compile(r"word/(?:document|header|footer)\d*\.xml")
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>[^<]*</w:t>")
_NUMBERS = re.compile(
    rb"(?:\b[A-Z]\d+(?: to [A-Z]\d+)?, )?\bpages? \d+(?:(?:-|\xe2\x80\x93|, | and | of )\d+)*"
    rb"|\b[A-Z]\d+(?=: [^<]* on pages? \d)"  # C2: Part 3 on pages 6-11
)
_SAME_WIDTH = re.compile(rb"(?<!1)1(?!1)|[02-9]")
_FONTS = re.compile(rb"<w:rFonts[^>]*>")
_NAMED = re.compile(rb'w:(?:ascii|hAnsi|cs|eastAsia)(?:="|Theme=")([^"]*)"')
_WIDE_ALIKE = {b"arial", b"helvetica", b"liberation sans"}


def page_numbers_apart(word: bytes) -> bytes:
    """The file's parts with the same figure for all that are equally wide in its page numbers.

    A file with a font of which that is not known stays as it is.
    """
    parts = unpacked(word)
    fonts = b"".join(found for name, part in parts.items() if name.endswith(".xml") for found in _FONTS.findall(part))
    named = {name.lower() for name in _NAMED.findall(fonts)}
    if not named or not named <= _WIDE_ALIKE:
        return word
    return b"\0".join(
        piece
        for name, part in parts.items()
        for piece in (name.encode(), _TEXT.sub(_alike, part) if _STORY.fullmatch(name) else part)
    )


def _alike(text: re.Match[bytes]) -> bytes:
    return _NUMBERS.sub(lambda numbers: _SAME_WIDTH.sub(b"0", numbers[0]), text[0])
