"""Numbers that other programs write twice, or as Word never does, over which the embedded engine gives up a whole file.

Word reads past a bookmark's number that stands twice, a picture's that is too large, a list that is described again and
a length of "3pt"; so do we, in the copy that is drawn.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.word_files.measures import half_points, has_unit, twips

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_LARGEST = 2**31 - 1
_FIRST = {W + "abstractNum": W + "abstractNumId", W + "num": W + "numId"}


def settle(members: dict[str, bytes], roots: Mapping[str, etree._Element]) -> None:
    """Put them right in every part; building blocks and remarks, which no page shows, are left out."""
    numbers = itertools.count(1)
    for root in roots.values():
        _bookmarks(root, numbers)
        _drawings(root)
        _once(root)
        _lengths(root)
    _leave_out(members)


def _bookmarks(root: etree._Element, numbers: Iterator[int]) -> None:
    opened: dict[str, list[str]] = {}
    for mark in list(root.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        number = mark.get(W + "id", "")
        if mark.tag == W + "bookmarkStart":
            opened.setdefault(number, []).append(str(next(numbers)))
            mark.set(W + "id", opened[number][-1])
        elif opened.get(number):
            mark.set(W + "id", opened[number].pop())
        elif (parent := mark.getparent()) is not None:
            parent.remove(mark)


def _drawings(root: etree._Element) -> None:
    for named in root.iter(_DOC_PR):
        number = named.get("id", "")
        if not number.isascii() or not number.isdigit() or int(number) > _LARGEST:
            named.set("id", "0")


def _once(root: etree._Element) -> None:
    """Lists that are described twice keep their first description."""
    if root.tag != W + "numbering":
        return
    seen = set()
    for one in [child for child in root if child.tag in _FIRST]:
        number = one.tag, one.get(_FIRST[str(one.tag)])
        if number in seen:
            root.remove(one)
        seen.add(number)


def _lengths(root: etree._Element) -> None:
    """Lengths with a unit, which the standard allows, as Word writes them: in twentieths, letters in half points."""
    for element in root.iter(
        W + "ind",
        W + "spacing",
        W + "pgSz",
        W + "pgMar",
        W + "tblW",
        W + "tcW",
        W + "tab",
        W + "gridCol",
        W + "trHeight",
    ):
        for name, value in element.attrib.items():
            if has_unit(str(value)):
                element.set(name, str(twips(str(value))))
    for element in root.iter(W + "sz", W + "szCs"):
        if has_unit(element.get(W + "val")):
            element.set(W + "val", str(half_points(element.get(W + "val"), 24)))


_UNSHOWN = ("glossaryDocument", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")


def _leave_out(members: dict[str, bytes]) -> None:
    for name in [name for name in members if re.fullmatch(r"word/_rels/document\d*\.xml\.rels", name)]:
        root = etree.fromstring(members[name], _PARSER)
        cut = [one for one in root if (one.get("Type") or "").rpartition("/")[2] in _UNSHOWN]
        for one in cut:
            root.remove(one)
        if cut:
            members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for part in [part for part in members if re.match(r"word/(glossary/|comments|people\.xml)", part)]:
                del members[part]
                kinds = members["[Content_Types].xml"]
                named = rb'<Override[^>]*PartName="/' + re.escape(part.encode()) + rb'"[^>]*?(/>|>\s*</Override>)'
                members["[Content_Types].xml"] = re.sub(named, b"", kinds)
