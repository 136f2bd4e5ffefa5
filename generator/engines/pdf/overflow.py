"""How far a PDF runs over the pages that it may have, read from where its words stand."""

from __future__ import annotations

import re

import pypdfium2

_SAME_LINE = 3.0
"""Points between the feet of two words that still stand on one line."""


def lines_over(content: bytes, most: int) -> int:
    """The number of lines on the pages after `most`; a header or footer that page 1 has too is not counted."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        first, *over = [_lines(pdf[number]) for number in (0, *range(most, len(pdf)))]
    finally:
        pdf.close()
    edges = {_without_numbers(text) for _, text in first}
    heights = {round(foot / 2) for foot, _ in first}
    return sum(
        not (_without_numbers(text) in edges and round(foot / 2) in heights) for page in over for foot, text in page
    )


def _lines(page: pypdfium2.PdfPage) -> list[tuple[float, str]]:
    """The lines of a page from the top, each with the height of its foot in points."""
    textpage = page.get_textpage()
    try:
        rows: list[tuple[float, list[tuple[float, str]]]] = []
        for index in range(textpage.count_rects()):
            left, foot, right, top = textpage.get_rect(index)
            text = str(textpage.get_text_bounded(left, foot, right, top)).strip()
            middle = (foot + top) / 2
            row = next((row for row in rows if abs(row[0] - middle) < _SAME_LINE), None)
            if row is None:
                rows.append((middle, [(left, text)]))
            else:
                row[1].append((left, text))
    finally:
        textpage.close()
        page.close()
    return [(foot, " ".join(text for _, text in sorted(pieces))) for foot, pieces in sorted(rows, reverse=True)]


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))
