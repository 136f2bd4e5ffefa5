"""Pieces of joined letters in a PDF's fonts: each is given a letter's place, as PDF/UA asks of every piece (7.21.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

_JOINER = "200D"
"""What a piece stands for, such as the dots of an Arabic letter: nothing of its own. The letter is said beside it."""


def name_pieces(pdf: pikepdf.Pdf) -> None:
    """Give every code of a simple font a meaning. LibreOffice leaves out the pieces of letters that it draws apart."""
    for font in _fonts(pdf):
        mapping = font.get("/ToUnicode")
        if mapping is None or "/FirstChar" not in font:
            continue
        text = mapping.read_bytes()
        said = {int(code, 16) for code in re.findall(rb"<([0-9A-Fa-f]{2})>\s*<", text)}
        # A range tells its first code, its last and what the first means.
        for first, last in re.findall(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*<", text):
            said |= set(range(int(first, 16), int(last, 16) + 1))
        silent = [code for code in range(1, int(font.LastChar) + 1) if code not in said]
        if silent:
            mapping.write(text.replace(b"endcmap", _lines(silent) + b"endcmap", 1))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    return (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font")


def _lines(codes: list[int]) -> bytes:
    """The codes as a map has them, at most a hundred in one block."""
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    return b"".join(
        b"%d beginbfchar\n" % len(block)
        + b"".join(b"<%02X> <%s>\n" % (c, _JOINER.encode()) for c in block)
        + b"endbfchar\n"
        for block in blocks
    )
