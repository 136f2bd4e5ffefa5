"""Pictures keep their words where an engine draws them as decoration, which a screen reader passes over.

The embedded engine does so in tables, without any trace in the structure: a picture is found again by its dots, and
where it belongs by its place in the Word document's tables. LibreOffice 7 does so everywhere, beside figures that say
what it shows and hold nothing: these name the rectangle that it fills.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name

from generator.engines.docx.docx_contents import ContentsTable, W, body_tables
from generator.engines.pdf import tag_repair
from generator.engines.pdf.structure_tree import Element, Node, ObjectNumber
from generator.engines.rdocx.mend_drawn import picture_match

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(frozen=True)
class Framed:
    """A picture in a cell of one of the body's tables, all counted from 0, and what it shows."""

    table: int
    row: int
    cell: int
    first: bool
    """True when no words of the cell stand before it."""
    words: str
    content: bytes


# --- in the Word file -------------------------------------------------------------------------------------------------


def framed(members: Mapping[str, bytes], part: str, document: etree._Element) -> Iterator[Framed]:
    """The pictures with words that stand in tables, in the order of the document, which is this part of the file."""
    blips = [blip for blip in document.iter(picture_match.BLIP) if next(blip.iterancestors(W + "tc"), None) is not None]
    if not blips:
        return
    tables, targets = list(body_tables(document)), picture_match.targets(members, part)
    for blip in blips:
        place, words = _place(blip, tables), _words(blip)
        if place is not None and words:
            content = members.get(targets.get(blip.get(picture_match.EMBED) or "", ""), b"")
            yield Framed(*place, _is_first(blip), words, content)


def _words(blip: etree._Element) -> str:
    holder = next(blip.iterancestors(W + "drawing"), None)
    named = holder.find(f"*/{_DOC_PR}") if holder is not None else None
    return ((named.get("descr") if named is not None else None) or "").strip()


def _place(blip: etree._Element, tables: list[etree._Element]) -> tuple[int, int, int] | None:
    """Table, row and cell; None in what no engine tags alike, such as a row inside a content control."""
    cell, row, table = (next(blip.iterancestors(W + name), None) for name in ("tc", "tr", "tbl"))
    if cell is None or row is None or table is None:
        return None
    rows, cells = table.findall(W + "tr"), row.findall(W + "tc")
    if table in tables and row in rows and cell in cells:
        return tables.index(table), rows.index(row), cells.index(cell)
    return None


def _is_first(blip: etree._Element) -> bool:
    cell = next(blip.iterancestors(W + "tc"))
    steps = cell.iter(W + "t", picture_match.BLIP)
    return not any((step.text or "").strip() for step in iter(lambda: next(steps), blip))


# --- in the embedded engine's PDF -------------------------------------------------------------------------------------

_DRAWN = re.compile(rb"/Artifact BMC(?=\nq\n(?:[-.\d]+ ){6}cm\n/([^\s/]+) Do\nQ\nEMC\b)")
"""A picture as the engine draws it in a table."""


def describe(pdf: pikepdf.Pdf, tree: Node, tables: tuple[ContentsTable, ...], pictures: Sequence[Framed]) -> int:
    """Make figures of pictures in tables; gives how many could not be found, whose words are therefore missing."""
    waiting = [_Waiting(p, picture_match.of_file(p.content), _cell(tree, tables, p)) for p in pictures]
    for page in pdf.pages if waiting else ():
        drawn = page.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        if len(drawn):
            _describe_on(pdf, page, drawn, waiting)
    return len(waiting)


class _Waiting(NamedTuple):
    """A picture that was not met yet: how it looks, and the cell that it belongs to, where these are known."""

    picture: Framed
    look: picture_match.Likeness | None
    cell: Element


def _describe_on(pdf: pikepdf.Pdf, page: Any, drawn: Any, waiting: list[_Waiting]) -> None:
    page.contents_coalesce()
    written = page.Contents.read_bytes()
    pieces, done = [], 0
    for begin in _DRAWN.finditer(written):
        look = picture_match.of_drawn(drawn["/" + begin[1].decode("latin-1")], masked=True)
        found = next((w for w in waiting if look is not None and w.look == look and w.cell is not None), None)
        if found is not None:
            waiting.remove(found)
            number = _add_figure(pdf, page, found)
            pieces += [written[done : begin.start()], b"/Figure <</MCID %d>> BDC" % number]
            done = begin.end()
    if pieces:
        page.Contents.write(b"".join([*pieces, written[done:]]))


def _cell(tree: Node, tables: tuple[ContentsTable, ...], picture: Framed) -> Element:
    """The cell's element; None where the structure has other tables, rows or cells than the Word document."""
    tagged = tag_repair.tagged_tables(tree)
    if len(tagged) != len(tables):
        return None
    rows = [tag_repair.row_cells(row) for row in tag_repair.table_rows(tagged[picture.table])]
    if [len(row) for row in rows] != [len(row) for row in tables[picture.table].spans]:
        return None
    return rows[picture.row][picture.cell].element


def _add_figure(pdf: pikepdf.Pdf, page: Any, found: _Waiting) -> int:
    """Put a figure into its cell; gives the number of its content on the page."""
    words = pikepdf.String(found.picture.words)
    figure = Dictionary(Type=Name.StructElem, S=Name.Figure, P=found.cell, Pg=page.obj, Alt=words)
    figure = pdf.make_indirect(figure)
    number = _own(pdf, page, figure)
    others = tag_repair.children(found.cell)
    found.cell.K = Array([figure, *others] if found.picture.first else [*others, figure])
    return number


def _own(pdf: pikepdf.Pdf, page: Any, figure: Element) -> int:
    """Say that a figure holds one more piece of a page's content; gives the number that marks it."""
    root = pdf.Root.StructTreeRoot
    parents = pikepdf.NumberTree(root.ParentTree)
    if "/StructParents" not in page:  # a page of pictures alone, all of which were decoration
        page.StructParents = max((int(key) for key in parents), default=-1) + 1
        parents[int(page.StructParents)] = pdf.make_indirect(Array())
        root.ParentTreeNextKey = int(page.StructParents) + 1
    owners = parents[int(page.StructParents)]
    owners.append(figure)
    figure.K = len(owners) - 1
    return len(owners) - 1


# --- in LibreOffice's PDF ---------------------------------------------------------------------------------------------

_CLIPPED = re.compile(rb"/Artifact BMC(?=\s+(?:Q\s+)?q ([-.\d]+) ([-.\d]+) ([-.\d]+) ([-.\d]+) re\s+W\* n\b)")
_NEAR = 0.2
"""Points by which LibreOffice's two ways to say where a picture is may differ."""


def fill(pdf: pikepdf.Pdf, tree: Node) -> None:
    """Put what fills the rectangle of an empty figure into the figure."""
    empty: dict[ObjectNumber, list[Element]] = {}
    for node in tree.walk():
        if node.role == "Figure" and not node.kids and node.page is not None:
            empty.setdefault(node.page, []).append(node.element)
    for page in pdf.pages if empty else ():
        if figures := empty.get(page.obj.objgen):
            page.contents_coalesce()
            page.Contents.write(_filled(pdf, page, figures))


def _filled(pdf: pikepdf.Pdf, page: Any, figures: list[Element]) -> bytes:
    """The content of a page with its pictures marked."""
    boxes = [(_box(figure), figure) for figure in figures]

    def mark(begin: re.Match[bytes]) -> bytes:
        left, low, width, height = map(float, begin.groups())
        corners = (left, low, left + width, low + height)
        for entry in boxes:
            if all(abs(one - other) < _NEAR for one, other in zip(entry[0], corners, strict=False)):
                boxes.remove(entry)
                return b"/Figure <</MCID %d>> BDC" % _own(pdf, page, entry[1])
        return begin[0]

    return _CLIPPED.sub(mark, page.Contents.read_bytes())


def _box(figure: Element) -> tuple[float, ...]:
    """The corners of a figure in points; infinite where it names none."""
    held = figure.get("/A", Dictionary())
    box = held.get("/BBox") if isinstance(held, Dictionary) else None
    return tuple(map(float, box)) if box is not None and len(box) == 4 else (float("inf"),) * 4
