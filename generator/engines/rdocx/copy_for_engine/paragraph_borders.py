"""Lines above and below paragraphs, written out for the embedded engine, which forgets two things about them.

In the text it draws them and leaves no room for them; in headers and footers it does not draw them at all. So a copy of
the document gets the room as spacing, and in headers and footers the line becomes the edge of a table of one cell.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.docx_styles import Styles
from generator.engines.rdocx.copy_for_engine.layout_rules import spacing_of
from generator.word_files import measures

W = docx_contents.W
_SIDES = {"top": "before", "bottom": "after"}
"""Where a line stands, with the spacing that is beyond it."""
_PATH = f"{W}pPr/{W}pBdr/{W}"
_TWIPS_PER_POINT = 20
_TWIPS_PER_EIGHTH = 2.5


def write_out(document: etree._Element, styles: Styles, edges: Iterable[etree._Element], width: int) -> None:
    """Change document and edges (headers and footers) so that every line has its room and is drawn.

    `width` is that of the text, in twentieths of a point.
    """
    for side, spacing in _SIDES.items():
        for paragraph in styles.having(document, _PATH + side):
            line = _line(paragraph, side, styles)
            if line is not None and not _goes_on(paragraph, side, styles):
                beyond = _beyond(paragraph, side, styles)
                spacing_of(paragraph)[W + spacing] = str(beyond + _room(line))
    for edge in edges:
        for group in _ruled(edge, styles):
            _into_table(group, styles, width)


def _line(paragraph: etree._Element, side: str, styles: Styles) -> etree._Element | None:
    """The line that a paragraph has on a side, of its own or by its style."""
    own = paragraph.find(_PATH + side)
    line = own if own is not None else styles.find(paragraph, _PATH + side)
    return None if line is None or line.get(W + "val") in (None, "nil", "none") else line


def _lines(paragraph: etree._Element, styles: Styles) -> tuple[tuple[tuple[str, str], ...], ...]:
    """What its lines look like: neighbours with the same lines have them around both, not between."""
    lines = (_line(paragraph, side, styles) for side in _SIDES)
    return tuple(() if line is None else tuple(sorted(line.items())) for line in lines)  # type: ignore[arg-type]


def _room(line: etree._Element) -> int:
    """The distance to the text and the line's own width, in twentieths of a point."""
    space, width = measures.points(line.get(W + "space")), measures.eighths(line.get(W + "sz"))
    return round(space * _TWIPS_PER_POINT + width * _TWIPS_PER_EIGHTH)


def _beyond(paragraph: etree._Element, side: str, styles: Styles) -> int:
    """The space between a line and the neighbour: of the two paragraphs' spacings the larger one holds."""
    spacing = _SIDES[side]
    own = styles.value(paragraph, f"{W}pPr/{W}spacing", spacing)
    neighbour = _neighbour(paragraph, side)
    other = "before" if spacing == "after" else "after"
    theirs = styles.value(neighbour, f"{W}pPr/{W}spacing", other) if neighbour is not None else None
    return max(measures.twips(own) or 0, measures.twips(theirs) or 0)


def _neighbour(paragraph: etree._Element, side: str) -> etree._Element | None:
    found = paragraph.getprevious() if side == "top" else paragraph.getnext()
    return found if found is not None and found.tag == W + "p" else None


def _goes_on(paragraph: etree._Element, side: str, styles: Styles) -> bool:
    """Whether the neighbour on this side has the same lines, so that none is drawn between them."""
    neighbour = _neighbour(paragraph, side)
    return neighbour is not None and _lines(neighbour, styles) == _lines(paragraph, styles)


def _ruled(edge: etree._Element, styles: Styles) -> Iterator[list[etree._Element]]:
    """Neighbouring paragraphs of a header or footer with the same lines, where they have any."""
    paragraphs = itertools.groupby(list(edge), lambda child: _lines(child, styles) if child.tag == W + "p" else ())
    yield from (list(group) for lines, group in paragraphs if any(lines))


def _into_table(paragraphs: list[etree._Element], styles: Styles, width: int) -> None:
    found = {side: line for side in _SIDES if (line := _line(paragraphs[0], side, styles)) is not None}
    table = etree.Element(W + "tbl")
    looks = etree.SubElement(table, W + "tblPr")
    _add(looks, "tblW", w=str(width), type="dxa")
    _add(looks, "tblLayout", type="fixed")
    margins = etree.SubElement(looks, W + "tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        space = measures.points(found[side].get(W + "space")) if side in found else 0
        _add(margins, side, w=str(round(space * _TWIPS_PER_POINT)), type="dxa")
    _add(etree.SubElement(table, W + "tblGrid"), "gridCol", w=str(width))
    cell = etree.SubElement(etree.SubElement(table, W + "tr"), W + "tc")
    properties = etree.SubElement(cell, W + "tcPr")
    _add(properties, "tcW", w=str(width), type="dxa")
    borders = etree.SubElement(properties, W + "tcBorders")
    for side, line in found.items():
        etree.SubElement(borders, W + side, {str(name): str(value) for name, value in line.attrib.items()})
    paragraphs[0].addprevious(table)
    cell.extend(paragraphs)


def _add(parent: etree._Element, name: str, **attributes: str) -> None:
    etree.SubElement(parent, W + name, {W + key: value for key, value in attributes.items()})
