"""The empty cells of a printed table that is there to be filled in, found again on the pages of a PDF by its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from generator.forms.answer_places.on_pdf_pages.pdf_words import Words, page_words

_THIN = 2.5
"""Points: what is no thicker is a line."""
_SAME = 3.0
"""Points within which two lines are one."""


@dataclass(frozen=True)
class EmptyCell:
    """One empty cell: its page and row from 0, the head of its column, its rectangle in points."""

    page: int
    row: int
    head: str
    rect: tuple[float, float, float, float]


def empty_cells(pdf: bytes, columns: Sequence[str]) -> list[EmptyCell]:
    """The empty cells below the heads of a table with these columns, row by row, over all pages that it stands on."""
    found: list[EmptyCell] = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            for cells in _rows(page, columns):
                row = found[-1].row + 1 if found else 0
                found += [EmptyCell(number, row, h, rect) for h, rect in zip(columns, cells, strict=True)]
    return found


Rect = tuple[float, float, float, float]


def _rows(page: pdfium.PdfPage, columns: Sequence[str]) -> Iterator[list[Rect]]:
    """The cells of each empty row of the table on a page, below the row of its heads."""
    across, down = _lines(page)
    words = page_words(page)
    heads = next((w for w in words if w.text.startswith(columns[0]) and _is_head(w, words, columns)), None)
    if heads is None:
        return
    inside = [(x, low, high) for x, low, high in down if low < heads.middle]
    edges = _apart([x for x, low, high in inside if low - _SAME <= heads.middle <= high + _SAME])
    if len(edges) != len(columns) + 1:
        return
    spans = [y for y, left, right in across if left <= edges[-1] and right >= edges[0] and y < heads.middle]
    levels = sorted(_apart(spans), reverse=True)
    for top, bottom in pairwise(levels):
        joined = any(low - _SAME <= bottom + 2 and high + _SAME >= top - 2 for _, low, high in inside)
        if not joined:
            return
        if not any(bottom < w.middle < top and edges[0] < w.left < edges[-1] for w in words):
            yield [(left + 2, bottom + 2, right - 1, top - 2) for left, right in pairwise(edges)]


def _is_head(first: Words, words: Sequence[Words], columns: Sequence[str]) -> bool:
    level = sorted((w for w in words if abs(w.middle - first.middle) < 4), key=lambda w: w.left)
    said = " ".join(w.text for w in level)
    return all(column in said for column in columns)


def _lines(page: pdfium.PdfPage) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """The lines across (height, left, right) and down (left, bottom, top), drawn as lines or as thin boxes."""
    across, down = [], []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        if top - bottom <= _THIN < right - left:
            across.append(((bottom + top) / 2, left, right))
        elif right - left <= _THIN < top - bottom:
            down.append(((left + right) / 2, bottom, top))
    return across, down


def _apart(values: Sequence[float]) -> list[float]:
    """The values in their order, those that are nearly the same once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SAME:
            kept.append(value)
    return kept
