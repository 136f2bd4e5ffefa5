"""Whether a Word document asks for far more than any of ours: it is then drawn by a process with limits.

A template of a school's own may hold anything: a picture's worth of letters as high as a house, a page for each of
200,000 letters, a table that never ends. In the process of a run it would take the machine's memory, and the run's
other documents with it. What is counted here costs a millisecond a document; no document of sendpack's comes near.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from generator.files.damaged_archives import DAMAGED

_TEXTS = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|styles|numbering)\.xml")
_MOST_BYTES = 12_000_000
"""Of XML: the register of 2,000 pupils has 8 million."""
_COUNTED: Mapping[str, tuple[re.Pattern[bytes], int]] = {
    "cells": (re.compile(rb"<w:tc[ >]"), 40_000),
    "paragraphs": (re.compile(rb"<w:p[ >]"), 60_000),
    "tables": (re.compile(rb"<w:tbl[ >]"), 4_000),
    "pages begun": (re.compile(rb"<w:pageBreakBefore[ /]|w:type=\"page\"|<w:sectPr[ >/]"), 1_500),
    "pictures": (re.compile(rb"<(?:wp:inline|wp:anchor|v:shape)[ >]"), 3_000),
}
_MEASURED: Mapping[str, tuple[re.Pattern[bytes], re.Pattern[bytes], int]] = {
    "letters": (re.compile(rb"<w:sz(?:Cs)?\b[^>]*"), re.compile(rb"w:val=\"(\d+)"), 2 * 150),
    "distances": (re.compile(rb"<w:spacing\b[^>]*"), re.compile(rb"w:(?:before|after|line)=\"(\d+)"), 20 * 300),
    "indents": (
        re.compile(rb"<w:ind\b[^>]*"),
        re.compile(rb"w:(?:left|start|right|end|firstLine)=\"(\d+)"),
        20 * 420,
    ),
    "rows": (re.compile(rb"<w:trHeight\b[^>]*"), re.compile(rb"w:val=\"(\d+)"), 20 * 800),
}
"""An element, those of its attributes that count, and the largest value: half points of letters, else twentieths."""
_PAPER = re.compile(rb"<w:pgSz\b[^>]*w:(w|h)=\"(\d+)\"[^>]*w:(?:w|h)=\"(\d+)\"")
_MARGINS = re.compile(rb"<w:pgMar\b[^>]*>")
_MARGIN = re.compile(rb"w:(top|bottom|left|right)=\"-?(\d+)")
_ROOM = 20 * 120
"""Twentieths of a point across and down that a page leaves for its text: a strip of a sheet's width or less is none."""


def asks_much(content: bytes) -> bool:
    """True for a document that may cost more than a run can spare; False also for what is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [one for one in package.infolist() if _TEXTS.fullmatch(one.filename)]
            if sum(one.file_size for one in members) > _MOST_BYTES:
                return True
            texts = b"\n".join(package.read(one) for one in members)
    except DAMAGED:
        return False  # whoever opens it says what is wrong with it
    return (
        any(len(pattern.findall(texts)) > most for pattern, most in _COUNTED.values())
        or any(
            int(value) > most
            for element, attributes, most in _MEASURED.values()
            for one in set(element.findall(texts))
            for value in attributes.findall(one)
        )
        or _leaves_no_room(texts)
    )


def _leaves_no_room(texts: bytes) -> bool:
    """True where the smallest sheet, or the widest margins, leave next to nothing for text."""
    sheets = [sorted((int(one), int(other))) for _, one, other in _PAPER.findall(texts)]
    short, long = min((sheet[0] for sheet in sheets), default=11906), min((sheet[1] for sheet in sheets), default=16838)
    for mark in _MARGINS.findall(texts):
        sides = {side: int(value) for side, value in _MARGIN.findall(mark)}
        across = sides.get(b"left", 0) + sides.get(b"right", 0)
        down = sides.get(b"top", 0) + sides.get(b"bottom", 0)
        if short - min(across, down) < _ROOM or long - max(across, down) < _ROOM:
            return True
    return short < _ROOM
