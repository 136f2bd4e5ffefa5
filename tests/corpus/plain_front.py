"""The bundle's own pages as bare PDFs with their links, made without any engine: a corpus is about the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from generator.bundle import FrontPage
from generator.engines import Docx, Pdf, choose
from tests.bundle_makers import front_docx


def front(pages: Sequence[FrontPage]) -> list[bytes]:
    """One small tagged PDF for each page."""
    made = choose("embedded").convert([Docx(page.name, front_docx(page)) for page in pages])
    return [one.content for one in made if isinstance(one, Pdf)]
