"""What stays on one page: ends of lists and tables together, and labelled lines hold on to no heading after them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.engines.docx.paragraph_properties import switch_on
from generator.word_files.docx_package import W, packed, parse, serialize, unpacked
from generator.word_files.word_names import is_on, style_id

_POINTS = ("ListBullet", "IdeaBullet", "LargeBullet")
"""Styles of a point of a list; those in table cells stay with their row."""
_LABELLED = "DetailLine"


def keep_ends_together(root: etree._Element) -> None:
    """Keep the first point of each list on the page of the second, and the last but one on that of the last.

    The last of some labelled lines does not hold on to the heading after it: one section after the other would hang
    together, and half a page stand empty before them.
    """
    body = root[0]
    for points in _lists(body):
        for point in {0, len(points) - 2}:
            _keep_with_next(points[point])
    for line in body.iterchildren(f"{W}p"):
        after = line.getnext()
        if after is not None and style_id(line) == _LABELLED and style_id(after).startswith("Heading"):
            for kept in line.findall(f"{W}pPr/{W}keepNext"):
                kept.getparent().remove(kept)  # type: ignore[union-attr]


def _lists(body: etree._Element) -> Iterator[list[etree._Element]]:
    """The lists of the body with two points or more."""
    points: list[etree._Element] = []
    for element in [*body, None]:
        if element is not None and element.tag == f"{W}p" and style_id(element) in _POINTS:
            points.append(element)
            continue
        if len(points) > 1:
            yield points
        points = []


def _keep_with_next(paragraph: etree._Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is not None and properties.find(f"{W}keepNext") is None:
        properties.insert(1, etree.Element(f"{W}keepNext"))  # the style stands first


def rows_held(word: bytes) -> bytes:
    """The Word file with the last row but one of each table on the page of the last.

    Heading rows do not count. Word and LibreOffice hold a row by its paragraphs; the built-in engine does not. The
    very same bytes where no table has two rows.
    """
    parts = unpacked(word)
    root = parse(parts["word/document.xml"])
    tables = ([row for row in table.findall(f"{W}tr") if not _is_heading(row)] for table in root.iter(f"{W}tbl"))
    held = [rows[-2] for rows in tables if len(rows) > 1]
    if not held:
        return word
    for paragraph in (one for row in held for one in row.iter(f"{W}p")):
        switch_on(paragraph, "keepNext", (f"{W}pStyle",))
    parts["word/document.xml"] = serialize(root)
    return packed(parts)


def _is_heading(row: etree._Element) -> bool:
    return is_on(row.find(f"{W}trPr/{W}tblHeader"))
