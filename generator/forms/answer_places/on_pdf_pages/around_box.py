"""The words that stand around one box of a PDF form: left, right, above, the heading; other boxes stand in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.forms.answer_places.on_pdf_pages.pdf_words import Words


@dataclass
class Widget:
    """One drawn box of a field: where it is, and the state in which a tick box or ring is on."""

    obj: Any
    page: int
    rect: tuple[float, float, float, float]
    on: str = ""
    number: int = 0

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.rect[1] + self.rect[3]) / 2


def rows_of_widgets(widgets: list[Widget]) -> list[list[Widget]]:
    """The rows of the fields of a page from the top down, each from left to right."""
    rows: list[list[Widget]] = []
    for widget in sorted(widgets, key=lambda w: (-w.middle, w.rect[0])):
        if rows and abs(rows[-1][0].middle - widget.middle) < 6:
            rows[-1].append(widget)
        else:
            rows.append([widget])
    return [sorted(row, key=lambda w: w.rect[0]) for row in rows]


@dataclass
class AroundBox:
    """The words around one widget; other widgets stand in the way."""

    widget: Widget
    others: list[Widget]
    words: list[Words]
    captions: list[Words] | None = None
    """The words right below the widget, where labels stand below their lines, as at the foot of many forms."""

    def _level(self, piece: Words) -> bool:
        _x0, y0, _x1, y1 = self.widget.rect
        tall = y1 - y0 > 26
        return y1 - 18 <= piece.middle <= y1 + 2 if tall else y0 - 3 <= piece.middle <= y1 + 3

    def _between(self, start: float, end: float) -> list[Widget]:
        """The widgets on this line between two points across."""
        return [
            w
            for w in self.others
            if abs(w.middle - self.widget.middle) < 9 and w.rect[0] >= start - 1 and w.rect[2] <= end + 1
        ]

    def left(self, near: bool = False, own: bool = False) -> str:
        """The words to the left on the same line; near: with no other place between."""
        piece = self._left_piece(near, own)
        return self._lines_of(piece) if piece else ""

    def group(self) -> str:
        """The head of two columns of labels and fields: the words above the label that begin where it does.

        They stand beside another such head on a line without fields, `First parent | Second parent`.
        """
        label = self._left_piece(False, False)
        if label is None:
            return ""
        for piece in sorted((p for p in self.words if p.bottom > label.top), key=lambda p: p.bottom):
            line = [p for p in self.words if abs(p.middle - piece.middle) < 4]
            if any(abs(w.middle - piece.middle) < 8 for w in (self.widget, *self.others)):
                continue
            return next((p.text for p in line if len(line) > 1 and abs(p.left - label.left) < 6), "")
        return ""

    def _left_piece(self, near: bool, own: bool) -> Words | None:
        x0 = self.widget.rect[0]
        on_line = [p for p in self.words if self._level(p) and p.right <= x0 + 3]
        for piece in sorted(on_line, key=lambda p: -p.right):
            stops = self._between(piece.right, x0)
            if near and stops:
                return None
            if not own and self._of_another(piece):
                continue
            return piece
        return None

    def _of_another(self, piece: Words) -> bool:
        """True for words right behind another place: a tick box's or ring's own, or a label behind its field."""
        mine = self.widget.rect[0] - piece.right
        ends = [piece.left - w.rect[2] for w in self.others if not w.on and abs(w.middle - piece.middle) < 8]
        if any(-2 <= gap < 10 and mine > 40 + 3 * gap for gap in ends):
            return True
        if mine < 60 and not self.widget.on:
            return False
        return any(
            w.on
            and abs(w.middle - piece.middle) < 8
            and 0 <= piece.left - w.rect[2] < min(14, mine)
            and w.rect[2] < self.widget.rect[0]
            for w in self.others
        )

    def _lines_of(self, piece: Words) -> str:
        """A label over two lines: what stands right above or below in the same place goes with it."""
        y0, y1 = self.widget.rect[1] - 4, self.widget.rect[3] + 4
        more = [
            p
            for p in self.words
            if p is not piece
            and abs(p.left - piece.left) < 6
            and abs(p.middle - piece.middle) < piece.size * 1.6
            and y0 <= p.middle <= y1
            and p.bold != (not piece.bold)
        ]
        return " ".join(p.text for p in sorted([piece, *more], key=lambda p: -p.middle))

    def right(self) -> str:
        """The words right behind a tick box, up to the next place."""
        x1 = self.widget.rect[2]
        stop = min(
            (w.rect[0] for w in self.others if abs(w.middle - self.widget.middle) < 9 and w.rect[0] > x1),
            default=9999.0,
        )
        found = [p for p in self.words if self._level(p) and x1 - 2 <= p.left < stop]
        if not found:
            return ""
        first = min(found, key=lambda p: p.left)
        nearer = stop - first.right < first.left - x1 and stop - first.right < 24
        return first.text if first.left - x1 < 24 and not nearer else ""

    def _over(self) -> list[Words]:
        x0, _, x1, y1 = self.widget.rect
        reach = [p for p in self.words if p.left < x1 - 2 and p.right > x0 + 1 and p.bottom >= y1 - 3]
        return sorted(reach, key=lambda p: p.bottom)

    def above(self) -> str:
        """The nearest words above in the widget's own column that do not belong to a place of another line.

        Where labels stand below their lines, the words right below.
        """
        if self.captions is not None:
            return max(self.captions, key=lambda p: p.top).text if self.captions else ""
        for piece in self._over():
            if piece.left < self.widget.rect[0] - 14 and not self._wide():
                continue
            if self._labels_another(piece):
                continue
            return "" if self._heading_below(piece) or self._of_another_column(piece) else piece.text
        return ""

    def _of_another_column(self, piece: Words) -> bool:
        """True when a place wider than the column stands between some words and the widget: a new part began."""
        x0, _, x1, y1 = self.widget.rect
        between = [w for w in self.others if y1 - 2 < w.rect[1] and w.rect[3] < piece.bottom + 4]
        return any(w.rect[0] < min(x0, piece.left) - 20 and w.rect[2] > x0 + 20 for w in between if w.rect[2] > x1 - 20)

    def _heading_below(self, piece: Words) -> bool:
        """True when a heading in larger letters stands between some words and the widget: they are of another part."""
        sizes = sorted(p.size for p in self.words)
        usual = sizes[len(sizes) // 2] if sizes else 0
        edge = min((p.left for p in self.words), default=0)
        return any(
            p.size > usual * 1.12 and p.left < edge + 30 and self.widget.rect[3] - 2 <= p.bottom < piece.bottom - 4
            for p in self.words
            if p is not piece
        )

    def _wide(self) -> bool:
        return self.widget.rect[2] - self.widget.rect[0] > 250

    def _labels_another(self, piece: Words) -> bool:
        """True for words that stand left of another place on their own line, or right of a tick box."""
        for other in self.others:
            level = other.rect[1] - 3 <= piece.middle <= other.rect[3] + 3
            if level and (0 <= other.rect[0] - piece.right < 90 or (other.on and 0 <= piece.left - other.rect[2] < 16)):
                return True
        return False

    def higher(self) -> str:
        """The second words above in the column, where no other place stands between them and the first."""
        if self.captions is not None:
            return ""
        over = [p for p in self._over() if not self._labels_another(p) and p.left >= self.widget.rect[0] - 14]
        if len(over) < 2 or any(self._between_heights(w, over[0], over[1]) for w in self.others):
            return ""
        return over[1].text

    def _between_heights(self, other: Widget, low: Words, high: Words) -> bool:
        x0, _, x1, _ = self.widget.rect
        return low.top - 3 < other.middle < high.bottom + 3 and other.rect[0] < x1 and other.rect[2] > x0

    def section(self) -> str:
        """The nearest heading above in larger letters; the nearest in bold where no letters are larger."""
        return self.heading(large=True) or self.heading()

    def heading(self, large: bool = False) -> str:
        """The nearest words above in bold or larger letters that start at the left."""
        sizes = sorted(p.size for p in self.words)
        usual = sizes[len(sizes) // 2] if sizes else 0
        heads = [
            p
            for p in self.words
            if p.bottom >= self.widget.rect[3] - 2
            and (p.size > usual * 1.12 or (p.bold and not large))
            and not self._labels_another(p)
        ]
        edge = min((p.left for p in self.words), default=0)
        heads = [p for p in heads if p.left < edge + 30] or heads
        return min(heads, key=lambda p: p.bottom).text if heads else ""

    def words_before(self, alike: list[Widget]) -> bool:
        """True when the boxes of this line have their words in front: none behind the last, some before the first."""
        line = sorted((w for w in alike if abs(w.middle - self.widget.middle) < 6), key=lambda w: w.rect[0])
        if not line:
            return False
        first, last = (AroundBox(w, self.others, self.words) for w in (line[0], line[-1]))
        ahead = [p for p in self.words if first._level(p) and 0 <= line[0].rect[0] - p.right < 24]
        return bool(ahead) and not [p for p in self.words if last._level(p) and 0 <= p.left - line[-1].rect[2] < 24]

    def column_of_boxes(self) -> bool:
        """True when the box stands in a row with other boxes of a table: its row's label is on the left."""
        row = [w for w in self.others if w.on and abs(w.middle - self.widget.middle) < 4]
        return bool(row) and not self.right()
