"""Two layout rules of Word that the embedded engine lacks, written out into a copy of the document.

Spacing between paragraphs of one style that "don't add space" to each other becomes spacing of 0, and a page margin
grows until the header or footer fits into it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from generator.engines.docx.docx_styles import Styles
from generator.engines.docx.paragraph_properties import begin_page, begins_page, kept_with_next, properties_of
from generator.engines.docx.reckoned_height import height, twips_of
from generator.word_files.word_names import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write_out(document: etree._Element, lookup: Styles, edges: Mapping[str, etree._Element]) -> None:
    """Change document and edges (headers and footers by relationship id) so that no unsupported rule is needed."""
    for root in (document, *edges.values()):
        _align_right_to_left(root)
        _close_up(root, lookup)
    _forget_first_pages(document)
    _settle_margins(document)
    _make_room(document, edges, lookup)


def _forget_first_pages(document: etree._Element) -> None:
    """Headers and footers of first pages that no section has are not shown: the engine need not lay them out."""
    if not any(is_on(mark) for mark in document.iter(f"{W}titlePg")):
        for reference in list(document.iter(W + "headerReference", W + "footerReference")):
            if reference.get(W + "type") == "first" and (section := reference.getparent()) is not None:
                section.remove(reference)


def _align_right_to_left(root: etree._Element) -> None:
    """A paragraph that runs from the right begins there, unless it says otherwise."""
    for mark in list(root.iter(W + "bidi")):
        properties = mark.getparent()
        if properties is not None and properties.tag == W + "pPr" and properties.find(W + "jc") is None:
            later = {W + name for name in ("textDirection", "textAlignment", "outlineLvl", "cnfStyle", "rPr", "sectPr")}
            place = next((n for n, child in enumerate(properties) if child.tag in later), len(properties))
            properties.insert(place, etree.Element(W + "jc", {W + "val": "right"}))


def _close_up(root: etree._Element, styles: Styles) -> None:
    """No space between neighbours of one style that "don't add space" to each other."""
    for paragraph in styles.having(root, _CLOSE):
        own = paragraph.find(_CLOSE)
        held, name = own if own is not None else styles.find(paragraph, _CLOSE), styles.name(paragraph)
        if held is not None and is_on(held):
            for neighbour, side in ((paragraph.getprevious(), "before"), (paragraph.getnext(), "after")):
                if neighbour is not None and neighbour.tag == W + "p" and styles.name(neighbour) == name:
                    spacing_of(paragraph).update({W + side: "0", f"{W}{side}Autospacing": "0"})


_CLOSE = f"{W}pPr/{W}contextualSpacing"


def move_on(table: etree._Element, styles: Styles) -> etree._Element | None:
    """Begin a new page before a table or the headings kept with it: the paragraph that begins it.

    None when it does so already or cannot. Where nothing is kept with the table a thin paragraph is put before it.
    """
    parent = table.getparent()
    if parent is None or parent.tag != W + "body":
        return None  # a table inside a table moves with its row
    first = table
    while (before := first.getprevious()) is not None and before.tag == W + "p" and kept_with_next(before, styles):
        first = before
    if first is table:
        first = etree.Element(W + "p")
        etree.SubElement(properties_of(first), W + "spacing")
        for name, value in _THIN.items():
            first[0][0].set(W + name, value)
        table.addprevious(first)
    if begins_page(first):
        return None
    begin_page(first)
    return first


def place_in_body(paragraph: etree._Element) -> int | None:
    """Which of the body's paragraphs it is, from 0; None for one that `move_on` put there, or where others may count.

    Content controls and bookmarks between paragraphs are such others.
    """
    body = paragraph.getparent()
    plain = {W + "p", W + "tbl", W + "sectPr"}
    if body is None or len(paragraph) == 1 or any(child.tag not in plain for child in body):
        return None
    return sum(1 for _ in paragraph.itersiblings(W + "p", preceding=True))


_THIN = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}


_AFTER_SPACING = {
    W + name
    for name in (
        *("ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
}
"""What the schema puts after w:spacing in a paragraph's properties."""


def spacing_of(paragraph: etree._Element) -> etree._Attrib:
    """The attributes of a paragraph's own spacing, which is put there where it has none."""
    properties = properties_of(paragraph)
    spacing = properties.find(W + "spacing")
    if spacing is None:
        spacing = etree.Element(W + "spacing")
        place = next((i for i, child in enumerate(properties) if child.tag in _AFTER_SPACING), len(properties))
        properties.insert(place, spacing)
    return spacing.attrib


# --- room for headers and footers -------------------------------------------------------------------------------------


def _make_room(document: etree._Element, edges: Mapping[str, etree._Element], styles: Styles) -> None:
    shown: dict[tuple[str, str], etree._Element] = {}
    for section in document.iter(W + "sectPr"):
        for reference in section.iter(W + "headerReference", W + "footerReference"):
            edge = edges.get(reference.get(_R_ID) or "")
            if edge is not None:
                shown[str(reference.tag), reference.get(W + "type") or "default"] = edge
        margins, size = section.find(W + "pgMar"), section.find(W + "pgSz")
        if margins is not None and size is not None:
            width = twips_of(size, "w") - twips_of(margins, "left") - twips_of(margins, "right")
            for side, distance in (("top", "header"), ("bottom", "footer")):
                mine = [edge for (tag, _), edge in shown.items() if tag == f"{W}{distance}Reference"]
                needed = max((height(edge, width, styles) for edge in mine), default=0)
                if needed:
                    _widen(margins, side, twips_of(margins, distance) + needed)


def _widen(margins: etree._Element, side: str, needed: int) -> None:
    """Make a margin at least so wide."""
    if twips_of(margins, side) < needed:
        margins.set(W + side, str(needed))


def _settle_margins(document: etree._Element) -> None:
    """A negative margin says that a header may not push the text down: the engine puts the text off the page."""
    for margins in document.iter(W + "pgMar"):
        for side in ("top", "bottom"):
            if twips_of(margins, side) < 0:
                margins.set(W + side, str(-twips_of(margins, side)))


_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
