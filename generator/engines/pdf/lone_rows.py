"""Tables of a drawn PDF whose last row begins a page by itself, below a heading row that is repeated for it alone."""

from __future__ import annotations

import io

import pikepdf

from generator.engines.pdf import structure_tree
from generator.engines.pdf.structure_tree import Node
from generator.engines.pdf.tag_repair import page_numbers, row_cells, table_rows, tagged_tables


def lone_rows(content: bytes) -> int:
    """How many tables go over to a page for one row; none in a PDF that is not tagged.

    A row that itself goes over the page, or a table of one row, is none.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return lone_rows_of(pdf, structure_tree.read(pdf, content)) if "/StructTreeRoot" in pdf.Root else 0


def lone_rows_of(pdf: pikepdf.Pdf, tree: Node) -> int:
    """As `lone_rows`, of a PDF that is open and whose structure has been read."""
    pages = page_numbers(pdf)
    return sum(_goes_over_for_one(table, pages) for table in tagged_tables(tree))


def _goes_over_for_one(table: Node, pages: dict[structure_tree.ObjectNumber, int]) -> bool:
    rows = [row for row in table_rows(table) if any(cell.role != "TH" for cell in row_cells(row))]
    places = [sorted({pages[page] for page in row.pages() if page in pages}) for row in rows]
    known = [place for place in places if place]
    return len(known) > 1 and known[-1][0] > known[-2][-1]
