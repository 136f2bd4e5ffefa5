"""The document beside the form, redrawn as you type. What is shown here is drawn quickly and never given out."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from pathlib import Path
from typing import Any

from generator.web.beside_server.beside import Beside
from generator.web.beside_server.newest_only import NewestOnly, when_sent
from generator.web.live_preview.page_wanted import DrawnPage, PageWanted

KEPT = 12
"""Pictures that are held for the browser to fetch."""


def draw(root: Path, mark: Any, files: Any, wanted: PageWanted) -> DrawnPage:
    """In the process beside, where alone the engines and PDFium are loaded."""
    from generator.web.live_preview import page_drawing

    return page_drawing.drawn(root, mark, files, wanted)


class Preview:
    """Draws in the process beside; of several wishes for one form that wait, only the last is done."""

    def __init__(self) -> None:
        self.beside = Beside()
        self.wishes = NewestOnly()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    def drawn(self, root: Path, marks: tuple[Any, Any], form: str, wanted: PageWanted) -> tuple[DrawnPage, str] | None:
        """The page and the name of its picture; None for a wish that a newer one of the same form overtook."""
        made: DrawnPage | None = self.wishes.do(
            form, lambda: self.beside.call(draw, root, *marks, wanted, seconds=90), when_sent()
        )
        if made is None:
            return None
        name = secrets.token_urlsafe(12)
        self._pictures[name] = made.view.png
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return made, name

    def picture(self, name: str) -> bytes | None:
        """A picture by its name."""
        return self._pictures.get(name)

    def close(self) -> None:
        """End the process."""
        self.beside.close()
