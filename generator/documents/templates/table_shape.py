"""Tables after merging: no empty column, none of a heading row alone, no empty paragraph where spacing will do."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from generator.engines.docx.paragraph_properties import properties_of
from generator.word_files.docx_package import W
from generator.word_files.word_names import is_on, style_id

OURS = "RecordTable"
"""The table style whose empty columns are left out; in others an empty column may be there to be written in."""

_GAP = "Gap"
_ROOM = "100"
"""Twentieths of a point between a table and text that follows it."""


def shape_tables(root: etree._Element) -> None:
    """Make every table one that Word can open and a person wants to read.

    A cell without a paragraph gets one; a table without rows, or in the house's Record Table style with its heading
    row alone, goes; so does a column of such a table that is empty below its heading.
    """
    for table in list(root.iter(f"{W}tbl")):
        rows = table.findall(f"{W}tr")
        if _is_ours(table) and rows:
            whole, rows = rows[0].findall(f"{W}tc"), _without_empty_columns(table, rows)
            # Of another column than the first the heading says what stands in it: such a table stays one.
            if len(whole) > 1 and rows[0].findall(f"{W}tc") == whole[:1]:
                _as_list(table, rows)
                continue
        if not rows or (_is_ours(table) and all(_is_head(row) for row in rows)):
            _remove(table)
    for cell in root.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            cell.append(etree.Element(f"{W}p"))
    _let_long_rows_break(root)
    for paragraph in [p for p in root.iter(f"{W}p") if style_id(p) == _GAP and not _text(p)]:
        _close_gap(paragraph)


def _is_ours(table: etree._Element) -> bool:
    named = table.find(f"{W}tblPr/{W}tblStyle")
    return named is not None and named.get(f"{W}val") == OURS


def _is_head(row: etree._Element) -> bool:
    return is_on(row.find(f"{W}trPr/{W}tblHeader"))


_POINT = "ListBullet"


def _as_list(table: etree._Element, rows: Sequence[etree._Element]) -> None:
    """Put a list in the place of a table of which the first column is left: each row a point and what more it says."""
    for row in rows:
        if _is_head(row):
            continue
        style = _POINT
        for block in [block for cell in row.findall(f"{W}tc") for block in cell if _text(block)]:
            table.addprevious(block)
            if block.tag != f"{W}p" or style_id(block) not in ("", "TableText"):
                continue
            properties = properties_of(block)
            for old in properties.findall(f"{W}pStyle"):
                properties.remove(old)
            properties.insert(0, etree.Element(f"{W}pStyle", {f"{W}val": style}))
            style = _UNDER
    _remove(table)


_UNDER = "TableNote"
"""The style of what more a row says: indented, without a bullet."""


def _remove(table: etree._Element) -> None:
    """Take a table away with the gap that stood after it."""
    after = table.getnext()
    if after is not None and after.tag == f"{W}p" and style_id(after) == _GAP:
        after.getparent().remove(after)  # type: ignore[union-attr]
    table.getparent().remove(table)  # type: ignore[union-attr]


def _without_empty_columns(table: etree._Element, rows: Sequence[etree._Element]) -> list[etree._Element]:
    """The rows, without columns that hold nothing below the heading; the others share the width that they had."""
    cells = [row.findall(f"{W}tc") for row in rows]
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    body = [found for row, found in zip(rows, cells, strict=True) if not _is_head(row)]
    if not body or any(len(found) != len(columns) for found in cells):
        return list(rows)
    empty = [n for n in range(len(columns)) if not any(_text(found[n]) for found in body)]
    if empty and len(empty) < len(columns):
        whole = sum(_width(column) for column in columns)
        for number in reversed(empty):
            for element in (columns.pop(number), *(found.pop(number) for found in cells)):
                element.getparent().remove(element)  # type: ignore[union-attr]
        _share(whole, columns, cells)
    return list(rows)


def _width(column: etree._Element) -> int:
    return int(column.get(f"{W}w", "0"))


def _share(whole: int, columns: Sequence[etree._Element], cells: Sequence[Sequence[etree._Element]]) -> None:
    now = sum(_width(column) for column in columns) or 1
    widths = [whole * _width(column) // now for column in columns]
    widths[-1] = whole - sum(widths[:-1])
    for number, width in enumerate(widths):
        columns[number].set(f"{W}w", str(width))
        for row in cells:
            own = row[number].find(f"{W}tcPr/{W}tcW")
            if own is not None:
                own.set(f"{W}w", str(width))


def _text(element: etree._Element) -> bool:
    """True where there is something to see: words, or a picture."""
    return (
        bool("".join(t.text or "" for t in element.iter(f"{W}t")).strip()) or element.find(f".//{W}drawing") is not None
    )


def _close_gap(paragraph: etree._Element) -> None:
    """Text after a table gets room above it instead of an empty paragraph, which a screen reader would announce."""
    after = paragraph.getnext()
    if paragraph.getprevious() is None or after is None or after.tag != f"{W}p":
        return
    paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]
    if style_id(after).startswith(("Heading", "SmallPrint", "Sign", "WriteHere", "SummaryHeading")):
        return
    properties = after.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        after.insert(0, properties)
    spacing = properties.find(f"{W}spacing")
    if spacing is None:
        spacing = etree.Element(f"{W}spacing")
        place = next((n for n, child in enumerate(properties) if child.tag in _AFTER_SPACING), len(properties))
        properties.insert(place, spacing)
    if spacing.get(f"{W}before") is None:
        spacing.set(f"{W}before", _ROOM)


_AFTER_SPACING = {
    f"{W}{name}"
    for name in ("ind", "contextualSpacing", "jc", "textDirection", "textAlignment", "outlineLvl", "rPr", "sectPr")
}


def flatten_last(root: etree._Element) -> None:
    """Word wants a paragraph after a last table: made flat, or a full page would be followed by an empty one."""
    ends = [element for element in root[0] if element.tag != f"{W}sectPr"][-2:]
    if len(ends) < 2 or ends[0].tag != f"{W}tbl" or ends[1].tag != f"{W}p" or ends[1].find(f".//{W}t") is not None:
        return
    properties = ends[1].find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        ends[1].insert(0, properties)
    for old in properties.findall(f"{W}spacing"):
        properties.remove(old)
    flat = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(properties, f"{W}spacing", {f"{W}{name}": value for name, value in flat.items()})


_LETTER, _LINE, _TALL = 110, 280, 5000
"""Twentieths of a point: the usual letter's width and line's height at 11 points, and a third of a page."""


def _let_long_rows_break(root: etree._Element) -> None:
    """A row that must stay on one page may do so only while it is short: else one engine prints past the page's end."""
    for row in root.iter(f"{W}tr"):
        whole = row.find(f"{W}trPr/{W}cantSplit")
        # Reckoning every cell costs more than all other mending: a row of few words is short in any column.
        if whole is None or (_number(_LETTERS(row)) < 150 and _number(_STARTS(row)) < 15):
            continue
        if max(_height(cell) for cell in row.iter(f"{W}tc")) > _TALL:
            whole.getparent().remove(whole)  # type: ignore[union-attr]


_LETTERS = etree.XPath("string-length()")
_STARTS = etree.XPath("count(.//w:p | .//w:br)", namespaces={"w": W[1:-1]})


def _height(cell: etree._Element) -> float:
    """About how tall the text of a cell is, in twentieths of a point."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    inside = max(int(width.get(f"{W}w", "0")) if width is not None else 0, 1000) - 226
    return (_number(_STARTS(cell)) + _number(_LETTERS(cell)) * _LETTER / inside) * _LINE


def _number(found: object) -> float:
    return found if isinstance(found, float) else 0.0
