"""Contents lists that we filled ourselves: in the copy for an engine they are plain paragraphs.

LibreOffice takes what is inside a TOC field for text that only Word may work out anew, page numbers included; outside
of one it works out each PAGEREF. The document that the user gets keeps the field, so that Word can update the list.
"""

from __future__ import annotations

from lxml import etree

from generator.word_files.docx_package import OWN_BOOKMARK, W
from generator.word_files.word_names import drop


def write_out(root: etree._Element) -> None:
    """Take the marks of every TOC field away that leads to our own bookmarks."""
    opened: list[list[etree._Element]] = []
    for element in list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}hyperlink")):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            opened.append([])
        if opened:
            opened[0].append(element) if element.tag == f"{W}hyperlink" else opened[-1].append(element)
        if kind == "end" and opened:
            _unmark(opened.pop())


def _unmark(field: list[etree._Element]) -> None:
    instruction = "".join(e.text or "" for e in field if e.tag == f"{W}instrText")
    own = any((e.get(f"{W}anchor") or "").startswith(OWN_BOOKMARK) for e in field if e.tag == f"{W}hyperlink")
    if own and instruction.split()[:1] == ["TOC"]:
        for mark in (e for e in field if e.tag != f"{W}hyperlink"):
            drop(mark)
