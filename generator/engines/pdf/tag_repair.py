"""Mends the structure that screen readers follow, where an engine leaves it incomplete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.engines.docx.docx_contents import ContentsTable
from generator.engines.pdf.content_asides import ASIDES
from generator.engines.pdf.structure_tree import Element, Mark, Node, ObjectNumber

_HEADINGS = {f"H{level}": level for level in range(1, 7)}


def children(element: Element) -> list[Element]:
    """The kids of an element or of the structure root, as a list whatever their number."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def elements(root: Element) -> Iterator[Element]:
    """Every structure element below `root`, in reading order."""
    stack = children(root)[::-1]
    while stack:
        element = stack.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            stack.extend(children(element)[::-1])


# --- headings ---------------------------------------------------------------------------------------------------------


def level_headings(tree: Node) -> None:
    """Make the first heading a level 1 and leave no level out, as PDF/UA asks; what is below what stays so."""
    above: list[int] = []
    for node in tree.walk():
        level = _HEADINGS.get(node.role)
        if level is not None:
            above = [outer for outer in above if outer < level] + [level]
            if len(above) != level:
                node.role = f"H{len(above)}"
                node.element.S = Name(f"/{node.role}")


# --- decoration -------------------------------------------------------------------------------------------------------


def mark_decoration(pdf: pikepdf.Pdf) -> None:
    """Mark lines and boxes that belong to no element as artifacts (LibreOffice leaves paragraph borders bare)."""
    for page in pdf.pages:
        page.contents_coalesce()
        written = page.Contents.read_bytes()
        marked = decorated(written)
        if marked != written:
            page.Contents = pdf.make_stream(marked)


def decorated(written: bytes) -> bytes:
    """A page's content with every path, picture and shading that stands outside marked content inside an artifact."""
    marked, depth, done = [], 0, 0
    for mark in _MARKS.finditer(written):
        if mark[0] not in _WORDS:
            continue
        stretch = written[done : mark.end()]
        marked.append(stretch if depth else _DRAWN.sub(rb"/Artifact BMC\n\g<0>\nEMC", stretch))
        depth, done = max(0, depth + (-1 if mark[0] == b"EMC" else 1)), mark.end()
    rest = written[done:]
    return b"".join([*marked, rest if depth else _DRAWN.sub(rb"/Artifact BMC\n\g<0>\nEMC", rest)])


_WORDS = frozenset((b"BDC", b"BMC", b"EMC"))
_MARKS = re.compile(ASIDES + rb"|B(?<![\w/]B)(?:DC|MC)(?!\w)|E(?<![\w/]E)MC(?!\w)", re.DOTALL)
_BEGIN = rb"(?:(?:[-+.\d]+\s+){2}m|(?:[-+.\d]+\s+){4}re)(?!\S)"
_END = rb"(?<!\S)(?:S|s|f\*?|F|B\*?|b\*?|n)(?!\S)"
_DRAWN = re.compile(
    rb"(?<!\S)(?:" + _BEGIN + rb".*?" + _END + rb"|/\S+\s+(?:Do|sh)(?!\S)|BI\s(?:.*?\sEI(?!\S)|.*+))", re.DOTALL
)
"""From a path's first point to what draws it, or a picture or shading."""


# --- tables -----------------------------------------------------------------------------------------------------------


def mend_tables(tree: Node, tables: tuple[ContentsTable, ...]) -> None:
    """Say how many columns each merged cell covers and which first cells are headings, as the Word document does."""
    tagged = tagged_tables(tree)
    for index, table in enumerate(tagged):
        rows = [row_cells(row) for row in table_rows(table)]
        shape = tables[index] if len(tables) == len(tagged) else None
        if shape is not None and [len(row) for row in rows] == [len(row) for row in shape.spans]:
            _set_spans(rows, shape)
        _even_out(rows)


def label_rows(tree: Node, tables: tuple[ContentsTable, ...]) -> None:
    """Make the first cells headings of their rows in tables whose Word document says so, as LibreOffice does not."""
    tagged = tagged_tables(tree)
    for table, shape in zip(tagged, tables, strict=True) if len(tables) == len(tagged) else ():
        rows = [row_cells(row) for row in table_rows(table)]
        for cells in rows if shape.first_column and len(rows) == len(shape.spans) else ():
            _label(cells)


def hide_repeated_rows(pdf: pikepdf.Pdf, tree: Node) -> None:
    """A header row drawn again on the table's next page is for the eye only: once is enough for a screen reader."""
    pages = page_numbers(pdf)
    repeated: dict[int, set[int]] = {}
    for table in tagged_tables(tree):
        for row in table_rows(table):
            if all(cell.role == "TH" for cell in row_cells(row)):
                on = {pages[page] for page in row.pages()}
                for node in row.walk() if len(on) > 1 else ():
                    _drop_after(node, min(on), pages, repeated)
    for number, contents in repeated.items():
        make_decoration(pdf, pdf.pages[number], contents)


def page_numbers(pdf: pikepdf.Pdf) -> dict[ObjectNumber, int]:
    """The number of each page, from 0, by its object number."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def _drop_after(node: Node, page: int, pages: dict[ObjectNumber, int], dropped: dict[int, set[int]]) -> None:
    """Take an element's marked contents on later pages out of it, noting them in `dropped` by page."""
    late = [kid for kid in node.kids if isinstance(kid, Mark) and kid.page is not None and pages[kid.page] > page]
    if not late:
        return
    for mark in late:
        dropped.setdefault(pages[mark.page], set()).add(mark.mcid)  # type: ignore[index]
    node.kids = [kid for kid in node.kids if kid not in late]
    gone = {(mark.mcid, mark.page) for mark in late}
    node.element.K = Array([kid for kid in children(node.element) if _place(kid) not in gone])


def _place(kid: Any) -> tuple[int, ObjectNumber] | None:
    """What a kid marks, and on which page it says that this is."""
    if isinstance(kid, Dictionary) and "/MCID" in kid and "/Pg" in kid:
        return int(kid.MCID), kid.Pg.objgen
    return None


def make_decoration(pdf: pikepdf.Pdf, page: Any, contents: set[int]) -> None:
    """Make marked contents of a page decoration: nothing of them is read out."""
    page.contents_coalesce()
    written = page.Contents.read_bytes()
    begins = [begin for begin in _BEGINS.finditer(written) if int(begin[1]) in contents]
    if len(begins) == len(contents):
        edges = [0, *(edge for begin in begins for edge in begin.span()), len(written)]
        kept = [written[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
        page.Contents.write(b"/Artifact BMC".join(kept))
    else:
        _make_decoration_slowly(pdf, page, contents)
    owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(page.StructParents)]
    for mcid in contents:
        owners[mcid] = None


_BEGINS = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC(?=\s)")
"""Where marked content begins, as the embedded engine writes it: read so it costs a tenth of parsing."""


def _make_decoration_slowly(pdf: pikepdf.Pdf, page: Any, contents: set[int]) -> None:
    begin = pikepdf.ContentStreamInstruction([Name.Artifact], pikepdf.Operator("BMC"))
    instructions = [
        begin if str(i.operator) == "BDC" and i.operands[1].get("/MCID", -1) in contents else i
        for i in pikepdf.parse_content_stream(page)
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def tagged_tables(tree: Node) -> list[Node]:
    return [node for node in tree.walk() if node.role == "Table"]


def table_rows(table: Node) -> Iterator[Node]:
    for child in table.nodes:
        if child.role == "TR":
            yield child
        elif child.role in ("THead", "TBody", "TFoot"):
            yield from (row for row in child.nodes if row.role == "TR")


def row_cells(row: Node) -> list[Node]:
    return [cell for cell in row.nodes if cell.role in ("TH", "TD")]


def silent_rows(tree: Node) -> tuple[dict[int, int], int]:
    """How many rows hold nothing of each table with such rows, by its number from 0; and how many tables there are."""
    tables = tagged_tables(tree)
    counted = (sum(next(row.pages(), None) is None for row in table_rows(table)) for table in tables)
    return {number: count for number, count in enumerate(counted) if count}, len(tables)


def stranded_table(pdf: pikepdf.Pdf, tree: Node) -> int | None:
    """The number of the first table whose header row stands alone at the foot of a page, None when there is none."""
    pages = page_numbers(pdf)
    for index, table in enumerate(tagged_tables(tree)):
        rows = list(table_rows(table))
        body = next((n for n, row in enumerate(rows) if any(cell.role != "TH" for cell in row_cells(row))), 0)
        above = [pages[page] for row in rows[:body] for page in row.pages()]
        below = next((pages[page] for row in rows[body:] for page in row.pages()), None)
        if above and below is not None and min(above) < below:
            return index
    return None


def _set_spans(rows: list[list[Node]], shape: ContentsTable) -> None:
    for cells, spans in zip(rows, shape.spans, strict=True):
        for cell, span in zip(cells, spans, strict=True):
            if span > 1:
                _set_attribute(cell, "/ColSpan", span)
        if shape.first_column:
            _label(cells)


def _label(cells: list[Node]) -> None:
    if len(cells) > 1 and cells[0].role == "TD":
        cells[0].role, cells[0].element.S = "TH", Name.TH
        _set_attribute(cells[0], "/Scope", Name.Row)


def _even_out(rows: list[list[Node]]) -> None:
    """Every row must cover the same columns: a short row's last cell covers the rest."""
    widths = [sum(_span(cell) for cell in row) for row in rows]
    widest = max(widths, default=0)
    for row, width in zip(rows, widths, strict=True):
        if row and width < widest:
            _set_attribute(row[-1], "/ColSpan", _span(row[-1]) + widest - width)


def _span(cell: Node) -> int:
    if cell.attributes is not None:  # as the file has them: asking the library for every cell takes far longer
        written = re.search(rb"/ColSpan (\d+)", cell.attributes)
        return int(written[1]) if written else 1
    for attributes in _attributes(cell.element):
        if "/ColSpan" in attributes:
            return int(attributes["/ColSpan"])
    return 1


def _attributes(cell: Element) -> list[Element]:
    held = cell.get("/A")
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def _set_attribute(cell: Node, key: str, value: Any) -> None:
    cell.attributes = None
    for attributes in _attributes(cell.element):
        if isinstance(attributes, Dictionary) and attributes.get("/O") == Name.Table:
            attributes[key] = value
            return
    cell.element.A = Array([*_attributes(cell.element), Dictionary({"/O": Name.Table, key: value})])


# --- links ------------------------------------------------------------------------------------------------------------
