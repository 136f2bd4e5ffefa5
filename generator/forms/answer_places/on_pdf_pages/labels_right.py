"""PDF forms whose labels stand behind their fields, on the right: fields lined up at the edge of the page."""

from __future__ import annotations

import re

from generator.forms.answer_places.on_pdf_pages.around_box import Widget, rows_of_widgets
from generator.forms.answer_places.on_pdf_pages.pdf_words import Words

_NEAR = 16.0
"""Points from a field's end to the words behind it."""
_FEWEST = 2
"""Lines of this make that a page must have: one alone may be a field with a remark behind it."""
_UNIT = re.compile(
    r"\W*(?:years?|months?|weeks?|days?|hours?|minutes?|mins?|sessions?|per \w+|of \d+|and|to|or)\W*", re.I
)


def labels_right(widgets: list[Widget], words: list[Words]) -> dict[int, str]:
    """The label of each text field (by its `id`) whose label stands behind it; empty for a page of another make."""
    found: dict[int, str] = {}
    lines = 0
    for row in rows_of_widgets(widgets):
        named = _behind(row, words)
        lines += bool(named)
        found.update(named)
    return found if lines >= _FEWEST else {}


def _behind(row: list[Widget], words: list[Words]) -> dict[int, str]:
    """The labels of a line that begins with a field and has words right behind each of its fields."""
    level = [p for p in words if row[0].rect[1] - 3 <= p.middle <= row[0].rect[3] + 3]
    if any(w.rect[3] - w.rect[1] > 30 for w in row) or any(p.right <= row[0].rect[0] + 3 for p in level):
        return {}
    found: dict[int, str] = {}
    for number, widget in enumerate(row):
        end = row[number + 1].rect[0] if number + 1 < len(row) else 9999.0
        behind = sorted((p for p in level if widget.rect[2] - 2 <= p.left < end), key=lambda p: p.left)
        if not behind or behind[0].left - widget.rect[2] > _NEAR:
            return {}
        said = " ".join(p.text for p in behind)
        if not re.search(r"[^\W\d_]{3}", said) or _UNIT.fullmatch(said) or said.startswith("(") or _over(widget, words):
            return {}
        found[id(widget)] = said
    return found


def _over(widget: Widget, words: list[Words]) -> bool:
    """True for words right above a field's beginning: they are its label."""
    x0, _, _, y1 = widget.rect
    return any(abs(p.left - x0) < 8 and -3 <= p.bottom - y1 < 6 for p in words)
