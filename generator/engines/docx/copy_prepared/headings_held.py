"""No heading ends a page in the copy that is drawn: it is kept with what follows, and begins a page where that fails.

LibreOffice 7.4 keeps a heading with the next paragraph; where that one is kept with a third, and all of them go on to
the next page, it may leave the heading where it was, above all after a table that goes over to that page. To take a
step out of such a chain is no cure: it helped for the second step and not for the third.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.copy_prepared.open_document import changed
from generator.engines.docx.docx_styles import Styles
from generator.engines.docx.paragraph_properties import begin_page, begins_page, kept_with_next, switch_on

W = docx_contents.W
_LEVEL = f"{W}pPr/{W}outlineLvl"


def hold(document: etree._Element, styles: Styles) -> None:
    """Keep each heading of the body with what follows it, whatever its template says."""
    for paragraph in _headings(document, styles):
        if _in_body(paragraph) and not kept_with_next(paragraph, styles):
            switch_on(paragraph, "keepNext", (f"{W}pStyle",))


def begun_at(content: bytes, headings: Collection[int], count: int) -> bytes | None:
    """The document with a new page before some of its headings, by their numbers among all of them, from 0.

    None where none can be moved: it begins a page already, stands in a table, or there are not `count` headings.
    """

    def change(document: etree._Element, styles: Styles) -> bool:
        every = list(_headings(document, styles))
        moved = [every[number] for number in headings if len(every) == count and _can_move(every[number])]
        for paragraph in moved:
            begin_page(paragraph)
        return bool(moved)

    return changed(content, change)


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
    return _in_body(paragraph) and not begins_page(paragraph)


def _in_body(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag == f"{W}body"
