"""About how high things of a Word document will be, reckoned from their letters without drawing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.engines.docx import docx_contents, docx_styles
from generator.engines.docx.docx_styles import Styles
from generator.word_files import measures
from generator.word_files.docx_package import unpacked

W = docx_contents.W
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_EMU_PER_TWIP = 635
_LINE = 1.15
"""Height of a line of Liberation Sans or Carlito, in font sizes, rounded up a little."""
_CHARACTER = 0.5
"""Mean width of a character, in font sizes."""


def blocks_of(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a cell or box, also those in content controls."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            yield from blocks_of(content) if content is not None else ()


def text_width(document: etree._Element) -> int:
    """How wide the text of the last section is, in twentieths of a point."""
    section = next(reversed(list(document.iter(W + "sectPr"))), None)
    margins, size = (section.find(W + name) if section is not None else None for name in ("pgMar", "pgSz"))
    if margins is None or size is None:
        return 0
    return twips_of(size, "w") - twips_of(margins, "left") - twips_of(margins, "right")


def twips_of(element: etree._Element, name: str) -> int:
    """A length that an element gives, in twentieths of a point; 0 where it gives none."""
    return measures.twips(element.get(W + name)) or 0


@dataclass(frozen=True)
class Body:
    """How high a document's text is reckoned, how much of it a page takes, and how far from its foot that ends.

    In twentieths of a point.
    """

    text: int
    page: int
    foot: int


def body(word: bytes) -> Body | None:
    """The body of a Word file; None where there is none, or its pages are of several sizes."""
    parts = unpacked(word)
    document = etree.fromstring(parts["word/document.xml"], docx_contents.PARSER)
    pages = {_page(section) for section in document.iter(W + "sectPr")}
    text, held = document.find(W + "body"), pages.pop() if len(pages) == 1 else None
    if text is None or held is None:
        return None
    reckoned = height(text, text_width(document), docx_styles.of(_styles(parts)))
    return Body(reckoned, *held) if reckoned > 0 < held[0] else None


def _page(section: etree._Element) -> tuple[int, int] | None:
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    if size is None or margins is None:
        return None
    foot = abs(twips_of(margins, "bottom"))
    return twips_of(size, "h") - abs(twips_of(margins, "top")) - foot, foot


def _styles(parts: Mapping[str, bytes]) -> bytes | None:
    return next((content for name, content in parts.items() if _STYLES.fullmatch(name)), None)


_STYLES = re.compile(r"word/(house-)?styles\d*\.xml")


def height(container: etree._Element, width: int, styles: Styles) -> int:
    """About how high a header, footer or cell is, in twentieths of a point."""
    total = 0
    for child in blocks_of(container):
        if child.tag == W + "p":
            total += _paragraph_height(child, width, styles)
        elif child.tag == W + "tbl":
            for row in child.findall(W + "tr"):
                cells = row.findall(W + "tc")
                total += max((height(c, width // max(1, len(cells)), styles) for c in cells), default=0)
    return total


_T, _BR, _SZ = (W + name for name in ("t", "br", "sz"))
_SPACING = f"{W}pPr/{W}spacing"


def _paragraph_height(paragraph: etree._Element, width: int, styles: Styles) -> int:
    characters, breaks, pictures, own = 0, 0, 0, None
    for part in paragraph.iter(_T, _BR, _SZ, _EXTENT):
        if part.tag == _T:
            characters += len(part.text or "")
        elif part.tag == _BR:
            breaks += 1
        elif part.tag == _EXTENT:
            pictures = max(pictures, measures.whole(part.get("cy"), 0) // _EMU_PER_TWIP)
        elif own is None:
            own = part
    written = own.get(W + "val") if own is not None else styles.value(paragraph, f"{W}rPr/{W}sz", "val")
    size = measures.half_points(written, 20) * 10
    lines = max(1, -(-int(characters * size * _CHARACTER) // max(1, width)), 1 + breaks)
    before, after, line, rule = styles.values(paragraph, _SPACING, ("before", "after", "line", "lineRule"))
    high = size * _LINE * ((measures.twips(line) or 240) / 240 if (rule or "auto") == "auto" else 1)
    return round(max(lines * high, pictures) + (measures.twips(before) or 0) + (measures.twips(after) or 0))
