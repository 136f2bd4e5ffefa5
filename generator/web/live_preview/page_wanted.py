"""What the server asks of the process beside it and what comes back; light, so that the server starts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.engines.pdf.page_view import PageView


WIDTH = 820
"""Pixels of a page's picture."""


@dataclass(frozen=True)
class PageWanted:
    """What is to be drawn: the pupil, the record that is being written and its bytes, the document, and the page."""

    pupil: str
    path: str
    content: bytes
    document: str = ""
    page: int | None = None
    fresh: bool = False


@dataclass(frozen=True)
class DrawnPage:
    """A page to show, its document, and the others that print the same record."""

    view: PageView
    document: str
    title: str
    others: tuple[tuple[str, str], ...]
