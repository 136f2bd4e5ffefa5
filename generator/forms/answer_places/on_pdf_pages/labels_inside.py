"""PDF forms whose labels stand in small print inside their fields, at the top: boxes as of a tax return."""

from __future__ import annotations

import re

from generator.forms.answer_places.on_pdf_pages.around_box import Widget
from generator.forms.answer_places.on_pdf_pages.pdf_words import Words

_FEWEST = 2
"""Fields of this make that a page must have: words in one alone may be a hint or an example."""
_EDGE = 12.0
"""Points from a field's top and left within which its label begins."""


def labels_inside(widgets: list[Widget], words: list[Words]) -> dict[int, str]:
    """The label of each text field (by its `id`) that is printed inside it; empty for a page of another make."""
    found = {id(w): label for w in widgets if (label := _label_in(w, words))}
    return found if len(found) >= _FEWEST else {}


def _label_in(widget: Widget, words: list[Words]) -> str:
    """The words at the top left inside a field that is tall enough for an answer below them."""
    x0, y0, x1, y1 = widget.rect
    inside = [p for p in words if x0 - 2 <= p.left and p.right <= x1 + 2 and y0 < p.middle < y1]
    top = [p for p in inside if p.left - x0 < _EDGE and y1 - p.top < _EDGE and p.bottom - y0 > p.size]
    said = max(top, key=lambda p: p.top).text if top else ""
    return said if re.search(r"[^\W\d_]{2}", said) and not said.startswith("(") else ""
