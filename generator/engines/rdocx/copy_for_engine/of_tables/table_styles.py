"""Table styles of Word, of which the embedded engine knows the names alone, written out into tables and cells."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.word_files import measures
from generator.word_files.word_names import RUN_PROPERTIES, is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LOOK = {"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100}
"""The parts of a table that a style may dress differently, and their bits in an older file's `w:val`."""

_AFTER_BORDERS = ("shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription", "tblPrChange")
_AFTER_MARGINS = _AFTER_BORDERS[3:]
_AFTER_SHADE = ("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel")
_AFTER_BOLD = RUN_PROPERTIES[RUN_PROPERTIES.index("b") + 1 :]
_AFTER_COLOUR = RUN_PROPERTIES[RUN_PROPERTIES.index("color") + 1 :]


def write_out(document: etree._Element, styles: etree._Element | None) -> None:
    """Give tables the borders, margins and fills, and letters the colour and weight, that their styles ask for.

    What a table, cell or run says of itself stays. The first row, first and last column and last row are dressed where
    the table's look asks for them; a row that is a header row counts as a first one.
    """
    by_id = {style.get(f"{W}styleId"): style for style in styles.iterfind(f"{W}style")} if styles is not None else {}
    for table in document.iter(f"{W}tbl"):
        named = table.find(f"{W}tblPr/{W}tblStyle")
        chain = list(_chain(by_id, named.get(f"{W}val"))) if named is not None else []
        if chain:
            _dress(table, chain, by_id)


def _chain(by_id: dict[str | None, etree._Element], name: str | None) -> Iterator[etree._Element]:
    """A style and those that it is based on, the nearest first."""
    seen: set[str | None] = set()
    while name in by_id and name not in seen:
        seen.add(name)
        yield by_id[name]
        based = by_id[name].find(f"{W}basedOn")
        name = based.get(f"{W}val") if based is not None else None


def _dress(table: etree._Element, chain: Sequence[etree._Element], by_id: dict[str | None, etree._Element]) -> None:
    own = table.find(f"{W}tblPr")
    assert own is not None
    for name, after in (("tblBorders", _AFTER_BORDERS), ("tblCellMar", _AFTER_MARGINS)):
        found = next((f for style in chain if (f := style.find(f"{W}tblPr/{W}{name}")) is not None), None)
        if found is not None and own.find(f"{W}{name}") is None:
            _insert(own, copy.deepcopy(found), after)
    look = own.find(f"{W}tblLook")
    rows = table.findall(f"{W}tr")
    dresses: dict[tuple[str, ...], _Dress] = {}
    for number, row in enumerate(rows):
        cells = row.findall(f"{W}tc")
        for place, cell in enumerate(cells):
            parts = tuple(p for p in _parts(row, number, len(rows), place, len(cells)) if _asked(look, p))
            if parts not in dresses:
                dresses[parts] = _Dress.of(chain, parts)
            _dress_cell(cell, dresses[parts], by_id)


def _parts(row: etree._Element, number: int, rows: int, place: int, cells: int) -> Iterator[str]:
    """Which parts of the table a cell is in, the one that wins first."""
    if number == 0 or is_on(row.find(f"{W}trPr/{W}tblHeader")):
        yield "firstRow"
    elif number == rows - 1:
        yield "lastRow"
    if place == 0:
        yield "firstColumn"
    elif place == cells - 1:
        yield "lastColumn"


def _asked(look: etree._Element | None, part: str) -> bool:
    if look is None:
        return False
    if (flag := look.get(f"{W}{part}")) is not None:
        return flag in ("1", "true", "on")
    return bool(measures.whole(look.get(f"{W}val"), 0, 16) & _LOOK[part])


def _found(chain: Sequence[etree._Element], parts: Sequence[str], path: str) -> etree._Element | None:
    """What the style says at a path for the first of a cell's parts that it dresses, else for the whole table."""
    for part in parts:
        name = part.replace("Column", "Col")
        for style in chain:
            for dressed in style.iterfind(f"{W}tblStylePr"):
                if dressed.get(f"{W}type") == name and (found := dressed.find(path)) is not None:
                    return found
    return next((found for style in chain if (found := style.find(path)) is not None), None)


@dataclass(frozen=True)
class _Dress:
    """What a table's style asks for in cells that are in some parts of the table: the fill, and what runs are given."""

    shade: etree._Element | None
    runs: tuple[tuple[etree._Element, Sequence[str]], ...]

    @classmethod
    def of(cls, chain: Sequence[etree._Element], parts: Sequence[str]) -> _Dress:
        """Looked up once for all cells that are in the same parts."""
        named = (("b", _AFTER_BOLD), ("color", _AFTER_COLOUR))
        asked = ((_found(chain, parts, f"{W}rPr/{W}{name}"), after) for name, after in named)
        return cls(
            _found(chain, parts, f"{W}tcPr/{W}shd"),
            tuple((element, after) for element, after in asked if element is not None),
        )


def _dress_cell(cell: etree._Element, dress: _Dress, by_id: dict[str | None, etree._Element]) -> None:
    properties = cell.find(f"{W}tcPr")
    if dress.shade is not None and (properties is None or properties.find(f"{W}shd") is None):
        if properties is None:
            properties = etree.Element(f"{W}tcPr")
            cell.insert(0, properties)
        _insert(properties, copy.deepcopy(dress.shade), _AFTER_SHADE)
    for asked, after in dress.runs:
        for run in cell.iterfind(f"{W}p/{W}r"):
            _dress_run(run, asked, after, by_id)


def _dress_run(
    run: etree._Element, asked: etree._Element, after: Sequence[str], by_id: dict[str | None, etree._Element]
) -> None:
    """What a run or its paragraph's style says of itself goes before what the table's style asks for."""
    properties = run.find(f"{W}rPr")
    if properties is not None and properties.find(str(asked.tag)) is not None:
        return
    named = run.find(f"../{W}pPr/{W}pStyle")
    if named is not None and any(
        s.find(f"{W}rPr/{asked.tag}") is not None for s in _chain(by_id, named.get(f"{W}val"))
    ):
        return
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    _insert(properties, copy.deepcopy(asked), after)


def _insert(into: etree._Element, child: etree._Element, after: Sequence[str]) -> None:
    """Where the schema's order wants it: before the first of what comes after."""
    later = {f"{W}{name}" for name in after}
    place = next((n for n, other in enumerate(into) if other.tag in later), len(into))
    into.insert(place, child)
