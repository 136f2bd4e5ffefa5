"""What is compared between the two engines: pages, and the words of a PDF's body in reading order."""

from __future__ import annotations

import pypdfium2

FOOT, HEAD = 50, 45
"""Points at the foot and the head of a page that are not compared: running heads, and feet with page numbers."""


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def words(pdf: bytes) -> list[str]:
    """The words of a PDF's body in reading order, without running heads, feet and lines to write on."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            seen = text.get_text_bounded(bottom=FOOT, top=page.get_height() - HEAD)
            texts.append(seen.replace("\x02", "-"))  # how PDFium shows a hyphen at the end of a line
    return [word for word in " ".join(texts).split() if set(word) != {"_"}]


def said_otherwise(one: list[str], other: list[str]) -> list[str]:
    """Words that only one of two texts has. A table's head that is repeated on another page says nothing new."""
    return sorted(set(one) ^ set(other))
