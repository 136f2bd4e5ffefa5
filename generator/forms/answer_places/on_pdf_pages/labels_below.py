"""Which fields of a PDF page have their label below their line, as at the foot of many forms: told block by block.

A label between two fields may belong to either; how near it is says little. What says more are the ends of a block of
rows: where labels stand below, nothing names the top field from above and something stands below the lowest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.forms.answer_places.on_pdf_pages.around_box import Widget, rows_of_widgets
from generator.forms.answer_places.on_pdf_pages.pdf_words import Words

_CLOSE = 14.0
"""Points between a line and the label above or below it."""
_FURTHER = 24.0
"""Points within which words above the top field of a block may be its label."""
_MARGIN = 4.0
"""Points by which a label must be nearer to one of two fields to be taken for it."""
_APART = 45.0
"""Points between two rows of fields from which on they are of different blocks."""
_FEWEST = 3
"""With fewer labels below their lines a block is read as any other."""
_LARGER = 1.12


@dataclass(frozen=True)
class LabelsBelow:
    """The widgets (by `id`) whose labels stand below; `doubt` where a page is read so, or nearly."""

    widgets: frozenset[int] = frozenset()
    doubt: bool = False


def is_caption_of(piece: Words, widget: Widget) -> bool:
    """True for words that begin right below a widget's left edge, or stand below its middle."""
    x0, y0, x1, _ = widget.rect
    begins = abs(piece.left - x0) < 8 or abs((piece.left + piece.right) / 2 - (x0 + x1) / 2) < 8
    return begins and piece.left < x1 and -3 <= y0 - piece.top < _CLOSE


def labels_below(widgets: list[Widget], words: list[Words]) -> LabelsBelow:
    """The text fields of a page whose labels stand below them; those with a label on their left are not asked."""
    sizes = sorted(p.size for p in words)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    labels = [p for p in words if p.size <= usual * _LARGER]
    open_ = [w for w in widgets if not _label_on_the_left(w, words)]
    found: set[int] = set()
    doubt = False
    for block in _blocks(open_, words, usual):
        below, doubtful = _stand_below(block, labels)
        doubt = doubt or below or doubtful
        if below:
            found.update(id(w) for row in block for w in row)
    return LabelsBelow(frozenset(found), doubt)


def _label_on_the_left(widget: Widget, words: list[Words]) -> bool:
    x0, y0, _, y1 = widget.rect
    return any(y0 - 3 <= p.middle <= y1 + 3 and 0 <= x0 - p.right < 60 for p in words)


def _blocks(widgets: list[Widget], words: list[Words], usual: float) -> Iterator[list[list[Widget]]]:
    """Rows of fields from the top down, as far as labels alone stand between them."""
    block: list[list[Widget]] = []
    for row in rows_of_widgets(widgets):
        if block and _parted(block[-1], row, words, usual):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _parted(upper: list[Widget], lower: list[Widget], words: list[Words], usual: float) -> bool:
    """True for rows far apart, with a heading between them, or with no words where a label would stand."""
    high, low = min(w.rect[1] for w in upper), max(w.rect[3] for w in lower)
    between = [p for p in words if low - 3 < p.middle < high + 3]
    over = [p for p in between if any(p.left < w.rect[2] and p.right > w.rect[0] for w in (*upper, *lower))]
    return high - low > _APART or not over or any(p.size > usual * _LARGER for p in between)


def _stand_below(block: list[list[Widget]], labels: list[Words]) -> tuple[bool, bool]:
    """Whether the labels of a block stand below its fields, and whether that is doubtful."""
    below = above = clear = 0
    for widget in (w for row in block for w in row):
        under = min((widget.rect[1] - p.top for p in labels if is_caption_of(p, widget)), default=None)
        over = min(_over(widget, labels, _CLOSE), default=None)
        if under is not None and (over is None or under < over):
            below += 1
            clear += over is None or under + _MARGIN < over
        elif over is not None:
            above += 1
    if below < _FEWEST or below <= 2 * above:
        return False, False
    top = 2 * sum(bool(_over(w, labels, _FURTHER)) for w in block[0]) > len(block[0])
    foot = 2 * sum(any(is_caption_of(p, w) for p in labels) for w in block[-1]) > len(block[-1])
    if top and not foot:
        return False, False
    return foot and (not top or (clear >= _FEWEST and clear > 2 * above)), True


def _over(widget: Widget, labels: list[Words], reach: float) -> list[float]:
    """How far above a widget each of the words stands that begin where it begins."""
    x0, _, _, y1 = widget.rect
    return [p.bottom - y1 for p in labels if abs(p.left - x0) < 8 and -3 <= p.bottom - y1 < reach]
