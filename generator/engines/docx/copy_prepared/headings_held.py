"""No heading ends a page in the copy that is drawn: it is kept with what follows, and begins a page where that fails.

LibreOffice 7.4 keeps a heading with the next paragraph; where that one is kept with a third, and all of them go on to
the next page, it may leave the heading where it was, above all after a table that goes over to that page. To take a
step out of such a chain is no cure: it helped for the second step and not for the third.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.copy_prepared.open_document import parsed
from generator.engines.docx.docx_styles import Styles
from generator.word_files.docx_package import packed, unpacked
from generator.word_files.word_names import is_on

W = docx_contents.W
_LEVEL = f"{W}pPr/{W}outlineLvl"
_KEPT = f"{W}pPr/{W}keepNext"
_BEFORE = (f"{W}pStyle", f"{W}keepNext", f"{W}keepLines")
"""What stands before a page break among the properties of a paragraph."""


def hold(document: etree._Element, styles: Styles) -> None:
    """Keep each heading of the body with what follows it, whatever its template says."""
    for paragraph in _headings(document, styles):
        parent, own = paragraph.getparent(), paragraph.find(_KEPT)
        kept = own if own is not None else styles.find(paragraph, _KEPT)
        if parent is None or parent.tag != f"{W}body" or is_on(kept):
            continue
        _put(paragraph, "keepNext", _BEFORE[:1])


def begun_at(content: bytes, headings: Collection[int], count: int) -> bytes | None:
    """The document with a new page before some of its headings, by their numbers among all of them, from 0.

    None where none can be moved: it begins a page already, stands in a table, or there are not `count` headings.
    """
    members = unpacked(content)
    work = parsed(members)
    name, document = next((one for one in work.named_stories().items() if one[1].tag == f"{W}document"), ("", None))
    every = list(_headings(document, work.styles)) if document is not None else []
    moved = [every[number] for number in headings if len(every) == count and _can_move(every[number])]
    if document is None or not moved:
        return None
    for paragraph in moved:
        _put(paragraph, "pageBreakBefore", _BEFORE)
    members[name] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(members)


def _put(paragraph: etree._Element, name: str, after: Collection[str]) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    for own in properties.findall(f"{W}{name}"):  # which says that it is not so
        properties.remove(own)
    properties.insert(sum(child.tag in after for child in properties), etree.Element(f"{W}{name}"))


def _headings(document: etree._Element, styles: Styles) -> list[etree._Element]:
    levelled = set(styles.having(document, _LEVEL))
    return [
        paragraph
        for paragraph in document.iter(f"{W}p")
        if paragraph in levelled
        and styles.value(paragraph, _LEVEL, "val") not in (None, "9")
        and any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))
    ]


def _can_move(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag == f"{W}body" and not is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore"))
