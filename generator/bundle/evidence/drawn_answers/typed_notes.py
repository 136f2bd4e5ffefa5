"""Words that somebody typed onto a PDF's page, and stamps, which have no look of their own: given one.

A program may leave it to the viewer to draw them. Viewers do; a program that flattens does not, and the words are gone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.drawn_answers import lettering
from generator.bundle.evidence.drawn_answers.lettering import ASCENT, LEADING, Lettering
from generator.bundle.evidence.page_by_page.pdf_objects import box_of, number_of

_HIDDEN, _PRINT, _NO_VIEW = 2, 4, 32
_SIZE, _LEAST, _PAD = 12.0, 4.0, 2.0
_WRITTEN = re.compile(rb"([-+]?[\d.]{1,20})\s{1,9}Tf")
_COLOUR = re.compile(rb"(?:[-+]?[\d.]{1,20}\s{1,9}){1,4}(?:g|rg|k)\b")
_TAG = re.compile(r"<[^<>]*>")
_STYLE_SIZE = re.compile(r"font(?:-size)?:[^;]{0,200}?([\d.]{1,20})\s{0,9}pt")


def draw(pdf: pikepdf.Pdf, letters: Lettering) -> list[tuple[int, str]]:
    """Give every typed note and stamp that a viewer shows a look; the words of each, also of those that had one."""
    said = []
    for number, mark in _shown(pdf):
        mark.F = int(number_of(mark.get("/F"))) | _PRINT
        words = _words(mark)
        looks = mark.get("/AP")
        if not isinstance(looks.get("/N") if isinstance(looks, Dictionary) else None, pikepdf.Stream):
            _draw(pdf, mark, words, letters)
            said.append((number, words))
    return said


def _shown(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(pdf.pages, 1):
        held = page.obj.get("/Annots")
        for mark in held if isinstance(held, Array) else ():
            known = isinstance(mark, Dictionary) and str(mark.get("/Subtype")) in ("/FreeText", "/Stamp")
            if known and not int(number_of(mark.get("/F"))) & (_HIDDEN | _NO_VIEW):
                yield number, mark


def _words(mark: Any) -> str:
    """What is typed; of a stamp, what its name says ("Approved", "Not For Public Release")."""
    if str(mark.get("/Subtype")) == "/Stamp":
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(mark.get("/Name", "/Draft")).lstrip("/#"))
    typed = mark.get("/Contents")
    if isinstance(typed, pikepdf.String) and str(typed).strip():
        return str(typed)
    styled = mark.get("/RC")  # a program may write the words only with their styles
    styled = str(styled) if isinstance(styled, pikepdf.String) else ""
    return html.unescape(_TAG.sub(" ", re.sub(r"</p>|<br ?/?>", "\n", styled))).strip()


def _draw(pdf: pikepdf.Pdf, mark: Any, words: str, letters: Lettering) -> None:
    if (box := box_of(mark.get("/Rect"))) is None:
        return
    left, bottom, right, top = box
    across, down = right - left, top - bottom
    size, colour = _letters_of(mark)
    room = across - 2 * _PAD, down - 2 * _PAD
    size = lettering.size_that_fits(words, *room, size, min(size, _LEAST), one_line=False)
    rows = lettering.lines(words, size, room[0])
    drawn = [_ground(mark, across, down), b"q BT", colour]
    for number, row in enumerate(rows):
        free = max(0.0, room[0] - lettering.width(row, size))
        x = _PAD + free * {1: 0.5, 2: 1.0}.get(int(number_of(mark.get("/Q"))), 0.0)
        y = down - _PAD - size * ASCENT - number * size * LEADING
        drawn += [b"1 0 0 1 %.3f %.3f Tm" % (x, y), letters.line(row, size)]
    look = pdf.make_stream(b"\n".join([*drawn, b"ET Q"]), Type=Name.XObject, Subtype=Name.Form)
    look.Resources = letters.resources()
    high = max(down, len(rows) * size * LEADING + 2 * _PAD)
    look.BBox = Array([0, round(down - high, 3), round(across, 3), round(down, 3)])
    mark.Rect = Array([left, bottom + down - high, right, top])
    mark.AP = Dictionary(N=look)


def _letters_of(mark: Any) -> tuple[float, bytes]:
    look, style = mark.get("/DA"), str(mark.get("/DS", ""))
    written = bytes(look) if isinstance(look, pikepdf.String) else b""
    size, colour = _WRITTEN.search(written), _COLOUR.search(written)
    styled = _STYLE_SIZE.search(style)
    try:
        points = abs(float(size[1])) if size else float(styled[1]) if styled else _SIZE
    except ValueError:
        points = _SIZE
    return points or _SIZE, colour[0] if colour else b"0 g"


def _ground(mark: Any, across: float, down: float) -> bytes:
    """The colour behind typed words, and a frame round a stamp's."""
    colour = mark.get("/C")
    colour = colour if isinstance(colour, Array) and len(colour) else mark.get("/IC")
    numbers = [number_of(v) for v in colour] if isinstance(colour, Array) else []
    operators = {1: b"g", 3: b"rg", 4: b"k"}
    drawn = b""
    if len(numbers) in operators and str(mark.Subtype) == "/FreeText":
        values = b" ".join(b"%.3f" % v for v in numbers)
        drawn = b"q %s %s 0 0 %.3f %.3f re f Q\n" % (values, operators[len(numbers)], across, down)
    if str(mark.Subtype) == "/Stamp":
        drawn += b"q 0.7 0 0 RG 1 w 1 1 %.3f %.3f re S Q" % (across - 2, down - 2)
    return drawn
