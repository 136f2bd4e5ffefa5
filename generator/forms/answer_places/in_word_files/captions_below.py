"""Word forms whose labels stand below their lines or cells, as captions: told by how a block begins and ends.

A label between two lines may belong to either. Where captions stand below, a block begins with a line that nothing
names and ends with words below which there is no line; where it says neither, its places are not sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from lxml import etree

from generator.forms.answer_places.in_word_files.grid import Cell, GridRow
from generator.forms.answer_places.in_word_files.paragraph import W, read_line, tidy
from generator.forms.answer_places.in_word_files.spots import Spot, find_spots
from generator.forms.answer_places.in_word_files.word_cues import drawn, is_heading

_LONGEST = 60
"""Letters of a caption; longer words are prose."""
_BRACKETED = re.compile(r"\(([^()]+)\)")
HINT = re.compile(r"\b(?:please|continue|if|use|attach|max(?:imum)?|capitals|words?|see|e\.?g|optional)\b", re.I)
_ASKS = re.compile(r"[:?]\s*$")


@dataclass
class Captions:
    """The captions of lines by their paragraphs, the paragraphs that are captions, and lines that may have either."""

    of: dict[etree._Element, list[str]] = field(default_factory=dict)
    words: set[etree._Element] = field(default_factory=set)
    doubtful: set[etree._Element] = field(default_factory=set)


def captions_below(blocks: Sequence[etree._Element], leaders: dict[str, str]) -> Captions:
    """The captions below the lines among some blocks."""
    found = Captions()
    kinds = [(_kind(block, leaders), block) for block in blocks]
    kinds = [(kind, block) for kind, block in kinds if kind != "empty"]
    if sum(kind == "line" for kind, _ in kinds) == 0:
        return found
    for in_run, run in groupby(kinds, key=lambda one: one[0] in ("line", "words")):
        if in_run:
            _settle([(kind, block) for kind, block in run], found, leaders)
    return found


def _kind(block: etree._Element, leaders: dict[str, str]) -> str:
    """What a block is: `line` (nothing but lines to write on), short `words`, `empty`, or something `else`."""
    if block.tag != W + "p" or drawn(block):
        return "else"
    line = read_line(block)
    text = tidy(line.text)
    if not re.search(r"\w", text.replace("_", "")):
        spots = find_spots(line, leaders)
        return "line" if spots and all(s.kind == "line" for s in spots) else "else" if text or spots else "empty"
    if len(text) > _LONGEST or is_heading(block, text) or find_spots(line, leaders):
        return "else"
    return "words"


def _settle(run: list[tuple[str, etree._Element]], found: Captions, leaders: dict[str, str]) -> None:
    """Say of the lines of one run of lines and short words whether what stands below names them."""
    order = [(kind, [block for _, block in same]) for kind, same in groupby(run, key=lambda one: one[0])]
    texts = [tidy(read_line(blocks[-1]).text) for kind, blocks in order if kind == "words"]
    lines = [blocks for kind, blocks in order if kind == "line"]
    if not lines or any(len(blocks) > 1 for blocks in lines):
        return  # several lines below one another are room for the answer to what stands above
    below = texts[1:] if order[0][0] == "words" else texts
    bracketed = bool(below) and all((m := _BRACKETED.fullmatch(t)) and not HINT.search(m[1]) for t in below)
    begins, ends = order[0][0] == "line", order[-1][0] == "words"
    if ends and (bracketed or (begins and len(lines) > 1)):
        for (kind, blocks), (_, words) in pairwise(order):
            if kind == "line":
                _caption(blocks[0], words[0], found, leaders)
    elif len(lines) > 1 and begins is not ends and not all(_ASKS.search(t) for t in texts):
        found.doubtful.update(blocks[0] for blocks in lines)


def _caption(line: etree._Element, words: etree._Element, found: Captions, leaders: dict[str, str]) -> None:
    """Give each gap of a line its caption; where there are more or fewer, none of them is sure."""
    spots: list[Spot] = find_spots(read_line(line), leaders)
    labels = [t for part in re.split(r"\s{2,}|\t", read_line(words).text) if (t := tidy(part))]
    if len(labels) != len(spots):
        found.doubtful.add(line)
        return
    found.of[line] = [_BRACKETED.sub(r"\1", t) if _BRACKETED.fullmatch(t) else t for t in labels]
    found.words.add(words)


def cells_with_captions(rows: list[GridRow]) -> tuple[dict[int, str], set[int]]:
    """The captions of empty cells (by their `id`) that stand in the row below them, and cells of which none is sure.

    A blank row may also be no more than space above heads: a pair without brackets that stands alone is captions only
    at the end of the table, and several above a row with room of its own are not sure.
    """
    found: dict[int, str] = {}
    doubtful: set[int] = set()
    number = 0
    while number + 1 < len(rows):
        last = number
        while last + 1 < len(rows) and _pair(rows[last], rows[last + 1]):
            last += 2
        opens = number == 0 or not _all(rows[number - 1], _is_label, len(rows[number].cells))
        below = rows[last] if last < len(rows) else None
        told = all(_all(row, _is_bracketed) for row in rows[number + 1 : last : 2])
        closes = below is None or ((told or last > number + 2) and not _all(below, _is_blank))
        if last > number and opens and closes:
            for upper, lower in zip(rows[number:last:2], rows[number + 1 : last : 2], strict=True):
                found.update({id(c): caption.text for c, caption in zip(upper.cells, lower.cells, strict=True)})
                if below is not None and not told and any(c.answers for c in below.cells):
                    doubtful.update(map(id, upper.cells))
        elif last > number and opens:
            doubtful.update(map(id, rows[number].cells))
        number = max(last, number + 1)
    return found, doubtful


def _pair(upper: GridRow, lower: GridRow) -> bool:
    """True for a row of empty cells above a row of as many short labels."""
    many = len(upper.cells)
    return many > 1 and _all(upper, _is_blank) and _all(lower, _is_label, many)


def _all(row: GridRow, is_so: Callable[[Cell], bool], many: int = 0) -> bool:
    return bool(row.cells) and (not many or len(row.cells) == many) and all(is_so(c) for c in row.cells)


def _is_blank(cell: Cell) -> bool:
    return cell.blank and not cell.text


def _is_bracketed(cell: Cell) -> bool:
    return bool(_BRACKETED.fullmatch(cell.text))


def _is_label(cell: Cell) -> bool:
    return bool(cell.label) and not cell.answers and len(cell.text) <= _LONGEST and not _ASKS.search(cell.text)
