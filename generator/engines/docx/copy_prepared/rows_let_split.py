"""Rows of tables that LibreOffice leaves out: drawn once more, with rows that may go over to the next page.

LibreOffice 7.4 may draw nothing of the last rows of a table that begins at the foot of a page, where a heading row
repeats and no row may split. Nothing of the document says when. That their tags hold nothing says that it happened.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.copy_prepared.open_document import changed
from generator.engines.docx.docx_styles import Styles

W = docx_contents.W


def let_split(content: bytes, silent: Mapping[int, int], count: int) -> bytes | None:
    """The document with rows that may split in each table of which words are lost.

    `silent` is how many rows of a table, by its number from 0 among `count`, were drawn with nothing in them. None
    where that is so in the document too, or nothing can be changed.
    """

    def change(document: etree._Element, _: Styles) -> bool:
        tables = list(docx_contents.body_tables(document))
        asked = silent.items() if len(tables) == count else ()
        lost = [tables[number] for number, rows in asked if rows > _silent(tables[number])]
        marks = [mark for table in lost for mark in table.iter(f"{W}cantSplit")]
        for mark in marks:
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        return bool(marks)

    return changed(content, change)


def _silent(table: etree._Element) -> int:
    """How many rows of a table show nothing: no words, and nothing drawn."""
    return sum(not _shows(row) for row in table.findall(f"{W}tr"))


def _shows(row: etree._Element) -> bool:
    return any((one.text or "").strip() for one in row.iter(f"{W}t")) or next(row.iter(*_DRAWN), None) is not None


_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
