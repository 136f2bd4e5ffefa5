"""Pages of a PDF as pictures to look at, and where on them something is different from before.

PDFium may not be used by two threads at once: call this from one process that does nothing else meanwhile.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pypdfium2
from PIL import Image, ImageDraw

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points from the page's lower left corner."""

MARK = (255, 214, 102)
"""The colour behind and beside what changed; black text on it has a contrast of 14 to 1."""

LONG = 1500
"""Lines above which only beginning and end are compared."""


@dataclass(frozen=True)
class PageLine:
    """A stretch of text on one line: the page, from 0, its words and its place."""

    page: int
    text: str
    box: Box


@dataclass(frozen=True)
class PageView:
    """One page as a picture: PNG, the page's number from 0, how many there are, and the height of what changed.

    `at` is from 0 (the top) to 1; `changed` are the words that are new, "" where nothing is.
    """

    png: bytes
    page: int
    pages: int
    at: float
    changed: str


@dataclass(frozen=True)
class Pages:
    """What is kept of a PDF to compare the next one with: the text of each page, and its bytes."""

    texts: tuple[str, ...]
    content: bytes


def pages_of(content: bytes) -> Pages:
    """The text of every page of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return Pages(tuple(_text(document, number) for number in range(len(document))), content)


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    said: str = text.get_text_range()
    text.close()
    page.close()
    return said


def changed_lines(before: Pages, now: Pages) -> list[PageLine]:
    """The lines that are new on the first page whose text is not as it was."""
    pairs = zip(before.texts, now.texts, strict=False)
    first = next((number for number, (old, new) in enumerate(pairs) if old != new), None)
    if first is None:
        if len(now.texts) <= len(before.texts):
            return []
        first = len(before.texts)
    old = before.texts[first] if first < len(before.texts) else ""
    return _placed(now, first, different(old.splitlines(), now.texts[first].splitlines()))


def _placed(now: Pages, number: int, changed: Sequence[int]) -> list[PageLine]:
    """Lines of a page by their numbers, with their places: only for these PDFium is asked, as each takes its time."""
    starts, at = [], 0
    for line in now.texts[number].splitlines(keepends=True):
        starts.append((at, len(line.rstrip("\r\n"))))
        at += len(line)
    found = []
    with pypdfium2.PdfDocument(now.content) as document:
        page = document[number]
        text = page.get_textpage()
        for start, count in (starts[line] for line in changed if starts[line][1]):
            for index in range(text.count_rects(start, count)):
                box = text.get_rect(index)
                if words := text.get_text_bounded(*box).strip():
                    found.append(PageLine(number, words, box))
        text.close()
        page.close()
    return found


def different(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """The numbers of the lines that were not there before."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, now = old[start : len(old) - end], new[start : len(new) - end]
    if len(before) + len(now) > LONG:
        return list(range(start, start + len(now)))
    found = SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
    return [start + at for kind, _, _, first, last in found if kind != "equal" for at in range(first, last)]


def page_view(content: bytes, changed: Sequence[PageLine], page: int | None, width: int) -> PageView:
    """A page as a picture, the changed lines marked; the first page with a change when none is asked for."""
    with pypdfium2.PdfDocument(content) as document:
        shown = page if page is not None else changed[0].page if changed else 0
        shown = max(0, min(shown, len(document) - 1))
        sheet = document[shown]
        scale = width / sheet.get_width()
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
        here = [line for line in changed if line.page == shown]
        _mark(picture, [line.box for line in here], scale)
        at = 1 - here[0].box[3] / sheet.get_height() if here else 0.0
        sheet.close()
        return PageView(_png(picture), shown, len(document), at, " ".join(line.text for line in here)[:200])


def _mark(picture: Image.Image, boxes: Sequence[Box], scale: float) -> None:
    """A light ground behind the text, which stays as dark as it is, and a bar at the edge of the page."""
    drawn = ImageDraw.Draw(picture)
    for left, bottom, right, top in boxes:
        high, low = picture.height - top * scale - 2, picture.height - bottom * scale + 2
        place = (int(left * scale) - 2, int(high), int(right * scale) + 2, int(low))
        part = picture.crop(place)
        ground = Image.new("RGB", part.size, MARK)
        picture.paste(
            Image.composite(part, ground, part.convert("L").point(lambda v: 255 if v < 128 else 0)), place[:2]
        )
        drawn.rectangle((2, high, 8, low), fill=(191, 122, 0))


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
