"""Links of a document in the copy for an engine."""

from __future__ import annotations

import functools

from lxml import etree

from generator.engines.docx.copy_prepared.open_document import OpenDocument, W


def style_links(work: OpenDocument) -> None:
    """LibreOffice 7 writes a link into the PDF only when its text has a character style."""
    styles = work.one(W + "styles")
    if styles is None:
        return
    style = functools.cache(lambda: _link_style(styles))
    for root in work.stories():
        for run in (run for link in root.iter(W + "hyperlink") for run in link.findall(W + "r")):
            properties = run.find(W + "rPr")
            if properties is None:
                properties = etree.Element(W + "rPr")
                run.insert(0, properties)
            if properties.find(W + "rStyle") is None:
                named = etree.Element(W + "rStyle")
                named.set(W + "val", style())
                properties.insert(0, named)


def _link_style(styles: etree._Element) -> str:
    """The id of a character style that changes nothing, added for links that are styled by hand."""
    identifier = "SendpackLink"
    style = etree.SubElement(styles, W + "style")
    style.set(W + "type", "character")
    style.set(W + "styleId", identifier)
    etree.SubElement(style, W + "name").set(W + "val", identifier)
    return identifier
