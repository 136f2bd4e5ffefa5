"""What the reader of workbooks does not tell of an .xlsx: formulas without a result, hidden rows, days from 1904."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from generator.files.damaged_archives import DAMAGED

Facts = tuple[bool, int, int]
"""Whether plain numbers for days count from 1904; how many formulas have no result; how many rows are hidden."""

_MOST_BYTES = 200_000_000
_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*+(?<!/)>((?:(?!<(?:\w+:)?c\b).)*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v>[^<]|<(?:\w+:)?is>")
_TEXT_RESULT = re.compile(rb"<(?:\w+:)?c\b[^>]*\bt=\"str\"[^>]*>")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*?(?<!/)>")


_UNREADABLE = (*DAMAGED, etree.LxmlError)


def facts_of_sheets(content: bytes) -> Mapping[str, Facts]:
    """The facts by the sheet's name; nothing for other kinds of workbook and for sheets that cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _facts(archive)
    except _UNREADABLE:
        return {}


def _facts(archive: zipfile.ZipFile) -> Mapping[str, Facts]:
    book = _xml(archive, "xl/workbook.xml")
    about = next((one for one in book.iter("{*}workbookPr")), None)
    from_1904 = about is not None and about.get("date1904") in ("1", "true")
    related = _xml(archive, "xl/_rels/workbook.xml.rels")
    places = {str(one.get("Id")): one.get("Target", "") for one in related.iter("{*}Relationship")}
    found = {}
    for sheet in book.iter("{*}sheet"):
        identity = next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        place = posixpath.normpath(posixpath.join("/xl", str(places.get(identity, "")))).lstrip("/")
        try:
            about_file = archive.getinfo(place)
            text = archive.read(place) if about_file.file_size <= _MOST_BYTES else b""
        except _UNREADABLE:
            text = b""  # the other sheets, and the days of this one, are known all the same
        found[str(sheet.get("name"))] = (from_1904, _without_result(text), len(_HIDDEN_ROW.findall(text)))
    return found


def _xml(archive: zipfile.ZipFile, place: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(place), parser)


def _without_result(text: bytes) -> int:
    """Formulas of which the file has no result; one whose result is an empty text has been worked out."""
    if not _FORMULA.search(text):
        return 0
    cells = (cell for cell in _CELL.finditer(text) if _FORMULA.search(cell[1]) and not _RESULT.search(cell[1]))
    return sum(not _TEXT_RESULT.match(cell[0]) for cell in cells)
