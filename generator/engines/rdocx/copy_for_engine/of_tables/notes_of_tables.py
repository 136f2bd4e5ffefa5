"""Footnotes of tables and text boxes, which the embedded engine loses, printed as a list at the end of the document.

It prints footnotes of paragraphs only. Where one belongs to a cell or box all footnotes of the document are numbered
here and listed at its end, so that there is one count and no number stands twice.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REFERENCE = W + "footnoteReference"


def list_at_end(document: etree._Element, footnotes: etree._Element | None) -> int:
    """Write numbers for the references and the notes behind the text, where any would be lost; how many there are."""
    body = document.find(W + "body")
    references = [mark for mark in document.iter(_REFERENCE) if mark.getparent() is not None]
    if body is None or footnotes is None or not any(map(_would_be_lost, references)):
        return 0
    notes = {note.get(W + "id"): note for note in footnotes.iter(W + "footnote")}
    number = 0
    written: list[etree._Element] = []
    for reference in references:
        note = notes.get(reference.get(W + "id"))
        own = reference.get(W + "customMarkFollows") in ("1", "true", "on")
        number += not own
        mark = "" if own else str(number)
        _replace(reference, mark)
        written += _lines(note, mark) if note is not None else []
    _append(body, written)
    return number


def _would_be_lost(reference: etree._Element) -> bool:
    return next(reference.iterancestors(W + "tc", W + "txbxContent"), None) is not None


def _replace(reference: etree._Element, mark: str) -> None:
    run = reference.getparent()
    assert run is not None
    text = etree.Element(W + "t")
    text.text = mark
    run.replace(reference, text)
    _raise(run)


def _raise(run: etree._Element) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        properties = etree.Element(W + "rPr")
        run.insert(0, properties)
    if properties.find(W + "vertAlign") is None:
        etree.SubElement(properties, W + "vertAlign", {W + "val": "superscript"})


def _lines(note: etree._Element, mark: str) -> Iterator[etree._Element]:
    """The paragraphs of a note, the first of them beginning with its number."""
    for count, block in enumerate(child for child in note if child.tag in (W + "p", W + "tbl")):
        new = copy.deepcopy(block)
        for own in list(new.iter(W + "footnoteRef")):
            own.getparent().remove(own)  # type: ignore[union-attr]
        if not count and new.tag == W + "p":
            run = etree.Element(W + "r")
            etree.SubElement(run, W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = (
                mark + " "
            )
            _raise(run)
            properties = new.find(W + "pPr")
            new.insert(0 if properties is None else 1, run)
        yield new


def _append(body: etree._Element, written: list[etree._Element]) -> None:
    """The notes behind the last of the text, below a line; the body's last section mark stays at its end."""
    if not written:
        return
    last = body.find(W + "sectPr")
    place = body.index(last) if last is not None else len(body)
    rule = etree.Element(W + "p")
    borders = etree.SubElement(etree.SubElement(rule, W + "pPr"), W + "pBdr")
    line = {"val": "single", "sz": "4", "space": "1", "color": "auto"}
    etree.SubElement(borders, W + "bottom", {W + name: value for name, value in line.items()})
    body[place:place] = [rule, *written]
