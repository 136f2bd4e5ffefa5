"""What is written into the properties of a paragraph, where the schema wants it among the others."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from generator.engines.docx.docx_contents import W
from generator.engines.docx.docx_styles import Styles
from generator.word_files.word_names import is_on

_BEFORE_BREAK = (f"{W}pStyle", f"{W}keepNext", f"{W}keepLines")
"""What stands before a page break among the properties of a paragraph."""


def properties_of(paragraph: etree._Element) -> etree._Element:
    """The properties of a paragraph, put there where it has none."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def switch_on(paragraph: etree._Element, name: str, after: Collection[str]) -> None:
    """Write a property that is on behind those of these tags, in place of one that says that it is not so."""
    properties = properties_of(paragraph)
    for own in properties.findall(f"{W}{name}"):
        properties.remove(own)
    before = [number for number, child in enumerate(properties, 1) if child.tag in after]
    properties.insert(before[-1] if before else 0, etree.Element(f"{W}{name}"))


def kept_with_next(paragraph: etree._Element, styles: Styles) -> bool:
    """True of a paragraph that stays on the page of what follows: as it says, or else as its style does."""
    own = paragraph.find(f"{W}pPr/{W}keepNext")
    return is_on(own if own is not None else styles.find(paragraph, f"{W}pPr/{W}keepNext"))


def begins_page(paragraph: etree._Element) -> bool:
    """True of a paragraph that itself says that a new page begins before it."""
    return is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore"))


def begin_page(paragraph: etree._Element) -> None:
    """Begin a new page before a paragraph."""
    switch_on(paragraph, "pageBreakBefore", _BEFORE_BREAK)
