"""A Word table as rows of cells with their columns, and which cells are labels, answers, headers or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from generator.forms.answer_places.in_word_files.controls import Control, is_repeating, word_control
from generator.forms.answer_places.in_word_files.paragraph import W, paragraphs, read_line, tidy
from generator.forms.answer_places.in_word_files.spots import Spot
from generator.forms.answer_places.welsh import in_two_languages
from generator.word_files.word_names import is_on


@dataclass
class Cell:
    """One cell: its columns, its words, the places found inside it, and whether it is empty."""

    element: etree._Element
    row: int
    start: int
    span: int
    text: str = ""
    control: Control | None = None
    inside: list[tuple[etree._Element, list[Spot]]] = field(default_factory=list)
    prompt: str = ""
    """Words that an answer is written over."""
    unit: str = ""
    """The sign that stands alone in the cell beside which an answer is written: £, %, hours."""
    option: str = ""
    """The words of the cell to the right that this one chooses."""
    papers: str = ""
    """The head over those words where it says that they name papers: `Document`."""
    nested: bool = False
    picture: bool = False
    continues: bool = False
    """True for the lower part of a cell merged downwards; its text is that of the upper part."""
    dark: bool = False

    @property
    def spots(self) -> list[Spot]:
        """Every place in the cell's paragraphs."""
        return [spot for _, spots in self.inside for spot in spots]

    @property
    def blank(self) -> bool:
        """True when the cell is empty: nothing printed, nothing to fill in but the cell itself."""
        return not (self.text or self.spots or self.control or self.nested or self.picture or self.continues)

    @property
    def answers(self) -> bool:
        """True when the cell is there to be filled in."""
        return bool(self.blank or self.control or self.spots)

    @property
    def label(self) -> str:
        """The words of a cell that is a label."""
        return "" if self.answers or self.nested else self.text


@dataclass
class GridRow:
    """The cells of one row; `repeats` is the item of a repeating section that holds the row."""

    element: etree._Element
    cells: list[Cell]
    repeats: etree._Element | None = None
    header: bool = False


def rows_of(table: etree._Element) -> list[GridRow]:
    """The rows of a table, those in controls included, with cells that are wrapped in controls."""
    rows: list[GridRow] = []
    for tr, item in _rows(table, None):
        cells: list[Cell] = []
        column = _skipped(tr, "gridBefore")
        for tc, control in _cells(tr):
            span = _number(tc.find(f"{W}tcPr/{W}gridSpan"))
            cell = Cell(tc, len(rows), column, span, control=control)
            merged = tc.find(f"{W}tcPr/{W}vMerge")
            cell.continues = merged is not None and merged.get(W + "val") != "restart"
            cell.dark = _is_dark(tc)
            cells.append(cell)
            column += span
        rows.append(GridRow(tr, cells, item, is_on(tr.find(f"{W}trPr/{W}tblHeader"))))
    return rows


def _rows(
    element: etree._Element, item: etree._Element | None
) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    for child in element:
        if child.tag == W + "tr":
            yield child, item
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from _rows(content, child if is_repeating(child) == "item" else item)
        elif child.tag == W + "customXml":
            yield from _rows(child, item)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, Control | None]]:
    for child in row:
        if child.tag == W + "tc":
            yield child, None
        elif child.tag in (W + "sdt", W + "customXml"):
            content = child.find(W + "sdtContent") if child.tag == W + "sdt" else child
            control = word_control(child) if child.tag == W + "sdt" else None
            for tc, inner in _cells(content) if content is not None else ():
                yield tc, control or inner


def _skipped(row: etree._Element, name: str) -> int:
    found = row.find(f"{W}trPr/{W}{name}")
    return 0 if found is None else int(found.get(W + "val", "0"))


def _number(element: etree._Element | None) -> int:
    value = "1" if element is None else element.get(W + "val", "1")
    return int(value) if value.isdigit() else 1


def _is_dark(tc: etree._Element) -> bool:
    """True for a cell whose fill says: nothing is to be written here (a dark grey or black bar)."""
    shading = tc.find(f"{W}tcPr/{W}shd")
    fill = "" if shading is None else shading.get(W + "fill", "")
    if len(fill) != 6:
        return False
    try:
        channels = [int(fill[i : i + 2], 16) for i in (0, 2, 4)]
    except ValueError:
        return False
    return max(channels) < 0xB0 and max(channels) - min(channels) < 0x18


def words_of(cell: etree._Element, spots: dict[etree._Element, list[Spot]]) -> str:
    """The printed words of a cell, without what stands in its places."""
    said = []
    for paragraph in paragraphs(cell):
        text, gone = read_line(paragraph).text, spots.get(paragraph, [])
        kept = "".join(c for i, c in enumerate(text) if not any(s.start <= i < s.end for s in gone))
        said.append(kept)
    lines = [line for text in said for line in text.split("\n") if line.strip()]
    return tidy((" / " if in_two_languages(lines) else " ").join(lines))


def left_of(row: GridRow, cell: Cell) -> str:
    """The nearest label to the left in the row."""
    before = [c for c in row.cells if c.start < cell.start and (c.label or (c.continues and c.text))]
    return before[-1].text if before else ""


def group_of(row: GridRow, cell: Cell) -> str:
    """The label to the left of a cell's own label, with no answer between: what a few rows together are about."""
    labels: list[str] = []
    for other in reversed([c for c in row.cells if c.start < cell.start]):
        if not (other.label or (other.continues and other.text)):
            if labels:
                break
            continue
        labels.append(other.text)
    return labels[-1] if len(labels) > 1 else ""


def header_rows(rows: list[GridRow]) -> list[GridRow]:
    """The rows of a table that may head others, from the lowest up."""
    return [row for row in reversed(rows) if _is_header(row)]


def above(heads: list[GridRow], cell: Cell) -> tuple[str, str]:
    """The words of the nearest header rows above in the cell's columns: the nearest, and the one right above that.

    `heads` are the table's `header_rows`: looked for once, as a table of a thousand rows has as many cells below.
    """
    found: list[str] = []
    last = cell.row
    for row in heads:
        number = row.cells[0].row
        if number >= cell.row:
            continue
        over = [c for c in row.cells if c.start < cell.start + cell.span and cell.start < c.start + c.span]
        words = [c.text for c in over if c.text and (not c.answers or c.continues)]
        if words and words[0] not in found:
            if found and number < last - 1:
                break
            last = number
            found.append(words[0])
        if len(found) == 2:
            break
    return (*found, "", "")[:2]  # type: ignore[return-value]


def _is_header(row: GridRow) -> bool:
    """A row without answers; an empty corner on its left may be part of it."""
    cells = [c for c in row.cells if not c.continues]
    blanks = [c for c in cells if c.blank]
    corner = len(blanks) == 1 and bool(cells) and cells[0].blank and len(row.cells) > 2
    return not any(c.control or c.spots or c.nested for c in row.cells) and (not blanks or corner) and bool(row.cells)


def caption_of(rows: list[GridRow], row: int) -> str:
    """The words across the whole table in the nearest row above."""
    for number in range(row, -1, -1):
        cells = rows[number].cells
        if len(cells) == 1 and cells[0].text and not cells[0].control and (cells[0].span > 1 or len(rows) > 1):
            return cells[0].text
    return ""


def corner_of(rows: list[GridRow]) -> Cell | None:
    """The empty cell in the top left of a matrix: words to its right and below it, so nothing belongs into it."""
    for number, row in enumerate(rows):
        if not row.cells or not row.cells[0].blank:
            continue
        rest = row.cells[1:]
        below = rows[number + 1] if number + 1 < len(rows) else None
        if rest and all(c.label for c in rest) and below and below.cells and below.cells[0].label:
            return row.cells[0]
    return None


def grids(rows: list[GridRow]) -> list[tuple[int, int]]:
    """Runs of alike rows to be filled under a header: (first, last) row numbers, two rows or a repeating one."""
    runs: list[tuple[int, int]] = []
    number = 0
    while number < len(rows):
        last = number
        while last + 1 < len(rows) and _alike(rows[number], rows[last + 1]):
            last += 1
        if _all_answers(rows[number]) and number and (last > number or rows[number].repeats is not None):
            header = [c.label or c.text for c in rows[number - 1].cells]
            if sum(bool(h) for h in header) >= min(2, len(rows[number].cells)) or rows[number].repeats is not None:
                runs.append((number, last))
        number = last + 1
    return runs


def join_heads(rows: list[GridRow]) -> None:
    """A second row of heads below a wider head: the cells beside it that are empty belong to the heads above them."""
    for number in range(1, len(rows) - 1):
        over, row, below = rows[number - 1], rows[number], rows[number + 1]
        wide = {c.start for c in over.cells if c.span > 1 and c.label}
        split = [
            c
            for c in row.cells
            if c.label and any(w.start in wide and w.start <= c.start < w.start + w.span for w in over.cells)
        ]
        empty = [c for c in row.cells if c.blank]
        if len(split) < 2 or len(split) + len(empty) != len(row.cells) or not all(c.label for c in over.cells):
            continue
        if empty and all(c.blank for c in below.cells):
            for cell in empty:
                cell.continues, cell.text = True, next((c.text for c in over.cells if c.start == cell.start), "")


def one_row_grid(rows: list[GridRow]) -> int | None:
    """The last row of a table when it is blank and stands under three or more heads, with no answer before it."""
    if len(rows) < 2 or not all(c.blank or c.control or _is_number(c) for c in rows[-1].cells):
        return None
    heads = rows[-2].cells
    alike = [(c.start, c.span) for c in heads] == [(c.start, c.span) for c in rows[-1].cells]
    labels = [c for c in heads if c.label and not c.text.endswith(":")]
    before = any(c.answers for r in rows[:-2] for c in r.cells)
    return len(rows) - 1 if alike and len(labels) >= 3 and len(labels) >= len(heads) - 1 and not before else None


def _shape(row: GridRow) -> tuple[tuple[int, int, int, str], ...]:
    return tuple((c.start, c.span, len(c.spots), c.control.kind if c.control else "") for c in row.cells)


def _all_answers(row: GridRow) -> bool:
    cells = [c for c in row.cells if not _is_number(c)]
    whole = all(_whole(c) for c in cells)
    return len(cells) >= (1 if row.repeats is not None or len(cells) == len(row.cells) else 2) and whole and bool(cells)


def _whole(cell: Cell) -> bool:
    """True for a cell that is one answer: empty, or one control, field or box with no words beside it."""
    if cell.blank or cell.control:
        return True
    return len(cell.spots) == 1 and not cell.text and cell.spots[0].kind != "line"


ROW_NUMBER = re.compile(r"\(?(?:[A-Za-z]?\d{1,2}[a-z]?|[A-Za-z]|[ivx]{1,4})\)?[.):]?")
"""What numbers a row: `1`, `(2)`, `T1`, `1a`, `b)`, `iv.`; AM and PM are words."""


def _is_number(cell: Cell) -> bool:
    return cell.start == 0 and bool(cell.label) and bool(ROW_NUMBER.fullmatch(cell.text.strip()))


def _alike(one: GridRow, other: GridRow) -> bool:
    return _shape(one) == _shape(other) and _all_answers(one) and _all_answers(other)


_QUESTION_NUMBER = re.compile(r"\(?[A-Z]?\d{1,2}(?:\.\d{1,2})*[a-z]?\)?[.:)]?")


def close_below_numbers(rows: list[GridRow]) -> None:
    """A column of question numbers takes no answers: its empty cells beside the answers are not to be filled."""
    told = [row for row in rows if row.cells and row.cells[0].span == 1 and row.cells[0].text]
    numbers = [_QUESTION_NUMBER.fullmatch(row.cells[0].text.strip()) for row in told]
    worded = [len(row.cells) > 1 and re.search(r"[a-z]{3}", row.cells[1].text, re.I) for row in told]
    if not told or not all(numbers) or not all(worded):
        return
    for row in rows:
        first = row.cells[0] if row.cells else None
        if first is not None and first.blank and first.span == 1 and any(c.answers for c in row.cells[1:]):
            first.dark = True
