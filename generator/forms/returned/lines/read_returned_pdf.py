"""The lines of a returned PDF: our fields by name, notes that were typed on the page, words typed in the text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from generator.forms.answer_places.pdf_words import Words, page_words
from generator.forms.answer_places.place import FormRefused
from generator.forms.given.marks import MARK, QUESTION
from generator.forms.returned.lines.returned_line import EMPTY, TICKED, ReturnedFile, ReturnedLine, tidied

_TYPED = ("/FreeText", "/Stamp")
_DRAWN = ("/Ink", "/Highlight", "/Circle", "/Square", "/Line", "/Text", "/Underline")


@dataclass(frozen=True)
class _Piece:
    words: Words
    typed: bool


def read_returned_pdf(content: bytes) -> ReturnedFile:
    """A returned PDF as lines. Raises FormRefused for one that is locked, damaged or a picture of paper."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            fields, mark = _field_values(pdf), _pdf_mark(pdf)
            typed = [list(_typed_on(page)) for page in pdf.pages]
            notes = [f"{text} was drawn on page {number}: look at it" for number, text in _drawings(pdf)]
            notes += _pictures(pdf)
    except pikepdf.PasswordError:
        raise FormRefused("it is locked with a password", "ask for it without one") from None
    except pikepdf.PdfError:
        raise FormRefused("it is damaged", "ask for it again") from None
    pages = []
    with pdfium.PdfDocument(content) as document:
        for number, page in enumerate(document):
            pages.append(
                _page_lines(
                    page_words(page, see_ticks=True), typed[number] if number < len(typed) else [], page.get_width()
                )
            )
    if not fields and not any(line.text for page in pages for line in page):
        raise FormRefused(
            "it is a scan or photo: handwriting is not read", "file it as evidence, and type what it says"
        )
    lines = [line for page in _without_edges(pages) for line in page]
    return ReturnedFile(tuple(lines), fields, mark, tuple(notes), wrapped=True)


# -- fields -----------------------------------------------------------------------------------------------------------


def _field_values(pdf: pikepdf.Pdf) -> dict[str, str]:
    """What stands in our fields, by question."""
    form = pdf.Root.get("/AcroForm")
    found: dict[str, str] = {}
    for field in _dictionaries(form.get("/Fields", ())) if isinstance(form, pikepdf.Dictionary) else ():
        name = str(field.get("/T", ""))
        if name.startswith(QUESTION):
            found[name.removeprefix(QUESTION)] = _field_value(field)
    return found


def _field_value(field: Any) -> str:
    value = field.get("/V", field.get("/AS"))
    if str(field.get("/FT", "")) == "/Btn":
        return TICKED if value is not None and str(value) not in ("/Off", "") else EMPTY
    return tidied(str(value).replace("\r\n", "\n").replace("\r", "\n")) if value is not None else ""


def _pdf_mark(pdf: pikepdf.Pdf) -> str:
    value = pdf.docinfo.get("/" + MARK.replace(" ", "")) if "/Info" in pdf.trailer else None
    return "" if value is None else str(value)


# -- what was typed on it ---------------------------------------------------------------------------------------------


def _typed_on(page: pikepdf.Page) -> Iterator[_Piece]:
    for note in _dictionaries(page.obj.get("/Annots", ())):
        if str(note.get("/Subtype", "")) not in _TYPED or not _has_place(note):
            continue
        text = str(note.get("/Contents", "")).replace("\r\n", "\n").replace("\r", "\n").strip()
        left, low, right, high = sorted_box([float(v) for v in note["/Rect"]])
        rows = text.split("\n") if text else []
        height = (high - low) / max(len(rows), 1)
        for number, row in enumerate(rows):
            top = high - number * height
            if row.strip():
                size = min(height, 14)
                yield _Piece(Words(row.strip(), left + 1, top - height, right, top, size), True)


def _dictionaries(items: Any) -> Iterator[Any]:
    """The dictionaries of an array; what else a damaged file holds there is passed over."""
    return (
        (one for one in items if isinstance(one, pikepdf.Dictionary)) if isinstance(items, pikepdf.Array) else iter(())
    )


def _has_place(note: Any) -> bool:
    rect = note.get("/Rect")
    return isinstance(rect, pikepdf.Array) and len(rect) == 4


def sorted_box(box: list[float]) -> tuple[float, float, float, float]:
    """A rectangle from its lower left to its upper right corner."""
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _drawings(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    names = {"/Highlight": "a highlight", "/Text": "a note"}
    for number, page in enumerate(pdf.pages, 1):
        for note in _dictionaries(page.obj.get("/Annots", ())):
            kind = str(note.get("/Subtype", ""))
            if kind in _DRAWN or (kind in _TYPED and not _has_place(note)):
                said = str(note.get("/Contents", "")).strip()
                yield number, f"{names.get(kind, 'something')}{f' (“{said}”)' if said else ''}"


def _pictures(pdf: pikepdf.Pdf) -> list[str]:
    """Pages with more pictures than the others: a school's logo stands on every page, a drawing or photo on one."""
    counts = [len(page.get_images()) for page in pdf.pages]
    usual = min(counts, default=0) if len(counts) > 1 else 0
    return [f"there is a picture on page {n}: look at it" for n, count in enumerate(counts, 1) if count > usual]


# -- lines ------------------------------------------------------------------------------------------------------------


def _page_lines(words: list[Words], typed: list[_Piece], width: float) -> list[ReturnedLine]:
    printed = [_Piece(part, False) for w in words for part in _without_lines(w)]
    pieces = sorted([*printed, *typed], key=lambda p: -p.words.middle)
    rows: list[list[_Piece]] = []
    for piece in pieces:
        near = rows and abs(_level(rows[-1]) - piece.words.middle) <= max(4.0, min(piece.words.size, 14) * 0.55)
        if near:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    edge = max((w.right for w in words), default=width)
    return [_row_line(row, edge) for row in rows]


def _without_lines(words: Words) -> Iterator[Words]:
    """The words between writing lines, each about where it stands; a piece of lines alone stays, as an empty line."""
    ink = list(re.finditer(r"(?:(?!_{3,}).)+", words.text))
    parts = [m for m in ink if m[0].strip(" _")]
    if not parts or (len(parts) == 1 and parts[0][0] == words.text):
        yield words
        return
    step = (words.right - words.left) / max(len(words.text), 1)
    for part in parts:
        left, right = words.left + part.start() * step, words.left + part.end() * step
        yield replace(words, text=part[0].strip(" _"), left=left, right=right)


def _level(row: list[_Piece]) -> float:
    """The height of a line: that of its printed words, where it has any."""
    levels = [p.words.middle for p in row if not p.typed] or [p.words.middle for p in row]
    return sum(levels) / len(levels)


def _row_line(row: list[_Piece], edge: float) -> ReturnedLine:
    ordered = sorted(row, key=lambda p: (p.words.left, p.typed))
    text = tidied(" ".join(p.words.text for p in ordered))
    typed = [p for p in ordered if p.typed]
    last = ordered[-1].words
    full = bool(text) and (last.right > edge * 0.82 or (bool(typed) and len(typed[-1].words.text) > 60))
    only_typed = bool(typed) and not tidied(" ".join(p.words.text for p in ordered if not p.typed))
    bullet = text.startswith(("•", "▪", "·"))
    return ReturnedLine(text.lstrip("•▪· ") if bullet else text, bullet=bullet, full=full, typed=only_typed)


def _without_edges(pages: list[list[ReturnedLine]]) -> list[list[ReturnedLine]]:
    """The pages without the lines that stand at the head and foot of each."""

    def shape(line: ReturnedLine) -> str:
        return re.sub(r"\d+", "0", line.text)

    if len(pages) < 2:
        return pages
    kept = []
    edges = [{shape(line) for line in [*page[:3], *page[-3:]] if line.text} for page in pages]
    for number, page in enumerate(pages):
        others = set().union(*(edges[i] for i in range(len(pages)) if i != number))
        kept.append(
            [
                line
                for place, line in enumerate(page)
                if not ((place < 3 or place >= len(page) - 3) and shape(line) in others)
            ]
        )
    return kept
