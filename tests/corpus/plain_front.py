"""The bundle's own pages as bare PDFs with their links, made without any engine: a corpus is about the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from generator.bundle import FrontPage
from generator.engines import Docx, Pdf, choose
from tests.bundle_makers import front_docx


def front(pages: Sequence[FrontPage]) -> list[bytes]:
    """One small tagged PDF for each page."""
    return [_drawn(page.name, front_docx(page)) for page in pages]


@lru_cache(maxsize=200)
def _drawn(name: str, content: bytes) -> bytes:
    """Most bundles of a corpus have the same pages of their own."""
    [made] = choose("embedded").convert([Docx(name, content)])
    assert isinstance(made, Pdf)
    return made.content
