"""Rows of tables that are taller than a page: Word goes on with them on the next page, the embedded engine cuts them.

It can break a row between the lines of its cells, but not when the row must not break, has a fixed height, is centred
from top to bottom, repeats as a header, is merged with rows below, holds a table or is kept with what follows. Of a row
that may not fit a page all of this is given up: how it looks matters less than that its words are there.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import pairwise

from lxml import etree

from generator.engines.docx.reckoned_height import blocks_of, twips_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Height = Callable[[etree._Element, int], int]
"""How high a cell, or a thing that holds paragraphs, will be at a width; both in twentieths of a point."""

TALL = 0.6
"""The part of a page's height from which a row counts as taller than it: heights are only estimated."""

_A4_BODY = 14_000
_LINE = 300
_FEW, _SHORT = 10, 1_000
"""A row with fewer paragraphs and characters is no more than a third of a page."""
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_HIGH = (W + "trHeight", W + "br", _EXTENT)
_TOGETHER = ("cantSplit", "vAlign", "keepNext", "keepLines", "framePr")


def let_break(document: etree._Element, height: Height, whole: bool = True) -> int:
    """Change every row that may not fit on a page; how many were changed.

    With `whole` False only what LibreOffice does not break either is given up: fixed heights, rows that repeat or are
    turned, tables that float.
    """
    page = body_height(document)
    count = 0
    for table in list(document.iter(W + "tbl")):
        if next(table.iterancestors(W + "tc"), None) is None:
            rows = _rows(table)
            heights = {row: _height_of(row, height) or _LINE for row in rows}
            tall = [row for row, high in heights.items() if high > TALL * page]
            if sum(heights.values()) > TALL * page:
                _let_flow(table, heights, int(TALL * page / 2))
            if tall:
                _open_table(table, tall, height, int(TALL * page), whole)
            count += len(tall)
    return count


def _let_flow(table: etree._Element, heights: dict[etree._Element, int], most: int) -> None:
    """A long table stands in the text, where it can go on over pages, and repeats no header that would fill them."""
    floats = table.find(f"{W}tblPr/{W}tblpPr")
    if floats is not None:
        _drop(floats)
    marks = [(mark, heights[row]) for row in heights if (mark := row.find(f"{W}trPr/{W}tblHeader")) is not None]
    if sum(high for _, high in marks) > most:
        for mark, _ in marks:
            _drop(mark)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl")) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(W + "tc") if next(cell.iterancestors(W + "tr")) is row]


def body_height(document: etree._Element) -> int:
    """The least height of the text of a page, of all sections."""
    found = [_A4_BODY]
    for section in document.iter(W + "sectPr"):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is not None and margins is not None:
            found.append(twips_of(size, "h") - abs(twips_of(margins, "top")) - abs(twips_of(margins, "bottom")))
    return max(1_000, min(found))


def _height_of(row: etree._Element, height: Height) -> int:
    """Nothing for a row that is plainly low: to lay out a row takes a while, and nearly all are."""
    if next(row.iter(*_HIGH), None) is None:
        paragraphs = list(row.iter(W + "p"))
        if len(paragraphs) < _FEW and sum(len(t.text or "") for t in row.iter(W + "t")) < _SHORT:
            return 0
    cells = _cells(row)
    fixed = row.find(f"{W}trPr/{W}trHeight")
    least = twips_of(fixed, "val") if fixed is not None else 0
    return max([least, *(height(cell, _width(cell, len(cells))) for cell in cells)])


def _width(cell: etree._Element, count: int) -> int:
    written = cell.find(f"{W}tcPr/{W}tcW")
    known = twips_of(written, "w") if written is not None and written.get(W + "type") in (None, "dxa") else 0
    return known or 9_600 // max(1, count)


def _open_table(table: etree._Element, tall: list[etree._Element], height: Height, most: int, whole: bool) -> None:
    """Take away from a table with tall rows what keeps the engine from breaking them."""
    for row in tall:
        _open_row(row)
    if whole:
        _unmerge(table)
        for row in tall:
            _open_lines(row)
        for row in tall:
            _unnest(row, height, most)


def _open_row(row: etree._Element) -> None:
    properties = row.find(W + "trPr")
    for mark in list(properties) if properties is not None else ():
        if mark.tag in (W + "tblHeader", W + "hidden"):
            properties.remove(mark)  # type: ignore[union-attr]
        elif mark.tag == W + "trHeight" and mark.get(W + "hRule") == "exact":
            mark.set(W + "hRule", "atLeast")
    for mark in list(row.iter(W + "textDirection", W + "tcFitText")):
        _drop(mark)


def _open_lines(row: etree._Element) -> None:
    """Let a row break between its lines, wherever these stand."""
    for mark in list(row.iter(*(W + name for name in _TOGETHER))):
        _drop(mark)
    for properties in row.iter(W + "pPr"):
        if properties.find(W + "pStyle") is not None and properties.find(W + "keepNext") is None:
            off = etree.Element(W + "keepNext", {W + "val": "0"})
            properties.insert(1, off)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unmerge(table: etree._Element) -> None:
    """Cells merged from row to row become cells with no line between them."""
    for cell in table.iter(W + "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is None or next(cell.iterancestors(W + "tbl")) is not table:
            continue
        properties = merge.getparent()
        assert properties is not None
        properties.remove(merge)
        _no_line(properties, "bottom" if merge.get(W + "val") == "restart" else "top")


_AFTER_BORDERS = {W + name for name in ("shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark")}


def _no_line(properties: etree._Element, *sides: str) -> None:
    borders = properties.find(W + "tcBorders")
    if borders is None:
        borders = etree.Element(W + "tcBorders")
        place = next((n for n, e in enumerate(properties) if e.tag in _AFTER_BORDERS), len(properties))
        properties.insert(place, borders)
    for side in sides:
        line = borders.find(W + side)
        if line is None:
            line = etree.SubElement(borders, W + side)
        line.attrib.clear()
        line.set(W + "val", "nil")


# --- tables inside a tall row -----------------------------------------------------------------------------------------


def _unnest(row: etree._Element, height: Height, most: int) -> None:
    """Cut a row at the tables that its cells hold: each of their rows gets a row of its own, or becomes paragraphs."""
    cells = _cells(row)
    if not any(cell.find(f".//{W}tbl") is not None for cell in cells):
        return
    pieces = [list(_pieces(cell, height, most)) for cell in cells]
    count = max(len(found) for found in pieces)
    rows = [row, *(_empty_like(row) for _ in range(count - 1))]
    for before, after in pairwise(rows):
        before.addnext(after)
    for number, one in enumerate(rows):
        for cell, found in zip(_cells(one), pieces, strict=True):
            _fill(cell, found[number] if number < len(found) else [])
            sides = [*(["top"] if number else []), *(["bottom"] if number < count - 1 else [])]
            _no_line(_properties(cell), *sides)


def _properties(cell: etree._Element) -> etree._Element:
    found = cell.find(W + "tcPr")
    if found is None:
        found = etree.Element(W + "tcPr")
        cell.insert(0, found)
    return found


def _empty_like(row: etree._Element) -> etree._Element:
    """A row with the same cells and nothing in them."""
    new = copy.deepcopy(row)
    for cell in _cells(new):
        _fill(cell, [])
    return new


def _fill(cell: etree._Element, blocks: list[etree._Element]) -> None:
    for child in [child for child in cell if child.tag != W + "tcPr"]:
        cell.remove(child)
    for block in blocks:
        cell.append(block)
    if not blocks or blocks[-1].tag != W + "p":
        etree.SubElement(cell, W + "p")


def _pieces(cell: etree._Element, height: Height, most: int) -> Iterator[list[etree._Element]]:
    """What a cell holds, in pieces of which none has more than one row of a table."""
    plain: list[etree._Element] = []
    for block in list(blocks_of(cell)):
        if block.tag != W + "tbl":
            plain.append(block)
            continue
        for row in _rows(block):
            if _height_of(row, height) > most:
                plain += [b for inner in _cells(row) for b in _flat(inner)]
            else:
                if plain:
                    yield plain
                plain = []
                yield [_alone(block, row)]
    if plain:
        yield plain


def _flat(cell: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph of a cell, also of the tables in it."""
    for block in blocks_of(cell):
        if block.tag == W + "p":
            yield block
        else:
            for row in _rows(block):
                for inner in _cells(row):
                    yield from _flat(inner)


def _alone(table: etree._Element, row: etree._Element) -> etree._Element:
    """A table of one row of another."""
    new = etree.Element(W + "tbl")
    for name in ("tblPr", "tblGrid"):
        held = table.find(W + name)
        if held is not None:
            new.append(copy.deepcopy(held))
    new.append(row)
    return new
