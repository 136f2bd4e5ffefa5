"""PDF forms whose labels stand in small print inside their fields, at the top: boxes as of a tax return."""

from __future__ import annotations

import re

from generator.forms.answer_places.in_word_files.captions_below import HINT
from generator.forms.answer_places.in_word_files.word_cues import ONLY_LIMIT
from generator.forms.answer_places.on_pdf_pages.around_box import AroundBox, Widget
from generator.forms.answer_places.on_pdf_pages.pdf_words import Words
from generator.forms.answer_places.prompt_words import is_prompt

_FEWEST = 2
"""Labels of this make that a page must have, each another: words in one alone may be a hint or an example."""
_EDGE = 12.0
"""Points from a field's top and left within which its label begins."""
_NEAR = 8.0
"""Points above a field within which words are its label."""


def labels_inside(widgets: list[Widget], words: list[Words]) -> dict[int, str]:
    """The label of each text field (by its `id`) that is printed inside it; empty for a page of another make."""
    found = {id(w): label for w in widgets if (label := _label_in(w, words))}
    return found if len(set(found.values())) >= _FEWEST else {}


def named_outside(widget: Widget, others: list[Widget], words: list[Words]) -> bool:
    """True for a field that words right before or above it name as well: what stands in it may be a hint."""
    x0, _y0, x1, y1 = widget.rect
    free = [p for p in words if not any(_holds(w, p) for w in (widget, *others))]
    heading = AroundBox(widget, others, words).heading()
    over = [p for p in free if abs(p.left - x0) < _EDGE and p.left < x1 and -3 < p.bottom - y1 < _NEAR]
    return bool(AroundBox(widget, others, free).left(near=True)) or any(p.text != heading for p in over)


def _holds(widget: Widget, piece: Words) -> bool:
    x0, y0, x1, y1 = widget.rect
    return x0 - 2 <= piece.left and piece.right <= x1 + 2 and y0 < piece.middle < y1


def _label_in(widget: Widget, words: list[Words]) -> str:
    """The words at the top left inside a field that is tall enough for an answer below them."""
    x0, y0, _x1, y1 = widget.rect
    inside = [p for p in words if _holds(widget, p)]
    top = [p for p in inside if p.left - x0 < _EDGE and y1 - p.top < _EDGE and p.bottom - y0 > p.size]
    said = max(top, key=lambda p: p.top).text if top else ""
    bare = re.sub(r"\([^()]*\)", "", said)
    hint = HINT.search(bare) or ONLY_LIMIT.fullmatch(said) or is_prompt(said)
    return said if re.search(r"[^\W\d_]{2}", said) and not said.startswith("(") and not hint else ""
