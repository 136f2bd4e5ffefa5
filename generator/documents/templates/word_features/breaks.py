"""Page and section breaks in the paragraph of a tag, which is taken away whole: they get a paragraph of their own."""

from __future__ import annotations

import copy
import re

from lxml import etree

from generator.documents.templates.word_features.tags_of_paragraphs import own_text
from generator.word_files.docx_package import W

_PARAGRAPH_TAG = re.compile(r"\{%p\s+(\w+)")


def settle(root: etree._Element) -> None:
    """Move the break of every paragraph that holds a `{%p … %}` tag into a paragraph beside it.

    A break belongs to what the tag encloses: that of an `if` or `endif` is made only when its words are printed, that
    of a `for` once before the first round, that of an `endfor` once after the last.
    """
    for paragraph in list(root.iter(f"{W}p")):
        properties = paragraph.find(f"{W}pPr")
        section = properties.find(f"{W}sectPr") if properties is not None else None
        pages = [br for br in paragraph.iter(f"{W}br") if br.get(f"{W}type") in ("page", "column")]
        before = properties.find(f"{W}pageBreakBefore") if properties is not None else None
        if section is None and not pages and before is None:
            continue
        tag = _PARAGRAPH_TAG.search(own_text(paragraph))
        if tag is not None:
            _move(paragraph, tag[1], section, pages)


def _move(paragraph: etree._Element, word: str, section: etree._Element | None, pages: list[etree._Element]) -> None:
    kept = etree.Element(f"{W}p")
    if section is not None:
        etree.SubElement(kept, f"{W}pPr").append(copy.deepcopy(section))
    if section is None or pages:
        kind = pages[0].get(f"{W}type", "page") if pages else "page"
        etree.SubElement(etree.SubElement(kept, f"{W}r"), f"{W}br").set(f"{W}type", kind)
    for element in (section, *pages):
        if element is not None and (parent := element.getparent()) is not None:
            parent.remove(element)
    if word in ("endif", "else", "elif", "for"):
        paragraph.addprevious(kept)
    else:
        paragraph.addnext(kept)
