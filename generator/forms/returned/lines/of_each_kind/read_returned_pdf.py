"""The lines of a returned PDF: our fields by name, notes that were typed on the page, words typed in the text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from lxml import etree

from generator.forms.answer_places.damaged_pdfs import DAMAGED_PDF
from generator.forms.answer_places.on_pdf_pages.pdf_words import Words, page_words
from generator.forms.answer_places.place import FormRefused
from generator.forms.given.marks import CELL, MARK, QUESTION
from generator.forms.returned.lines.returned_line import EMPTY, TICKED, ReturnedFile, ReturnedLine, tidied

_TYPED = ("/FreeText", "/Stamp")
_NOT_DRAWN = ("/Widget", "/Link", "/Popup", "/PrinterMark", "/TrapNet")


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
            notes = list(_put_on_pages(pdf))
            notes += _pictures(pdf)
        pages = []
        with pdfium.PdfDocument(content) as document:
            for number, page in enumerate(document):
                pages.append(
                    _page_lines(
                        page_words(page, see_ticks=True), typed[number] if number < len(typed) else [], page.get_width()
                    )
                )
    except pikepdf.PasswordError:
        raise FormRefused("it is locked with a password", "ask for it without one") from None
    except DAMAGED_PDF:
        raise FormRefused("it is damaged", "ask for it again") from None
    if not fields and not any(line.text for page in pages for line in page):
        raise FormRefused(
            "it is a scan or photo: handwriting is not read", "file it as evidence, and type what it says"
        )
    lines = [line for page in _without_edges(pages) for line in page]
    answers = {name: value for name, value in fields.items() if not CELL.fullmatch(name)}
    return ReturnedFile(tuple(lines), answers, mark, tuple(notes), wrapped=True, grids=tuple(_tables(fields)))


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


def _tables(fields: dict[str, str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The tables whose cells are fields, each with the row of its heads."""
    cells = [(m[1], int(m[2]), m[3], value) for name, value in fields.items() if (m := CELL.fullmatch(name))]
    for question in dict.fromkeys(asked for asked, *_ in cells):
        heads = tuple(dict.fromkeys(head for asked, _, head, _ in cells if asked == question))
        held = {(row, head): value for asked, row, head, value in cells if asked == question}
        rows = sorted({row for row, _ in held})
        yield (heads, *(tuple(held.get((row, head), "") for head in heads) for row in rows))


def _field_value(field: Any) -> str:
    value = field.get("/V")
    if str(field.get("/FT", "")) == "/Btn":
        state = field.get("/AS") if value is None else value
        return TICKED if state is not None and str(state) not in ("/Off", "") else EMPTY
    # an answer that was cleared stays empty: its formatted copy is of before
    text = _unformatted(_written(field.get("/RV"))) if value is None else _written(value)
    return tidied(text.replace("\r\n", "\n").replace("\r", "\n"))


def _written(value: Any) -> str:
    """A value's text: a string, a number, a stream of letters (a long answer), or what was chosen of a list by line."""
    if isinstance(value, pikepdf.Stream):
        return str(pikepdf.String(value.read_bytes()))
    if isinstance(value, pikepdf.Array):
        return "\n".join(filter(None, map(_written, value)))
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return str(value) if number or isinstance(value, pikepdf.String | pikepdf.Name | str) else ""


_BLOCKS = frozenset(("body", "p", "div", "ul", "ol", "li", "table", "tr"))


def _unformatted(rich: str) -> str:
    """The words of an answer with bold and colours (XHTML), each once: a paragraph, item or broken line on a line."""
    if not rich.strip() or "<!" in rich:
        return ""
    try:
        root = etree.fromstring(rich.strip().encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ""
    lines = [""]
    _say(root, lines)
    return "\n".join(line for said in lines if (line := " ".join(said.split())))


def _say(one: etree._Element, lines: list[str]) -> None:
    """Add an element's words to the last line; a block begins a line of its own and ends it."""
    if not isinstance(one.tag, str):
        return
    name = one.tag.rpartition("}")[2]
    if name == "br" or name in _BLOCKS:
        lines.append("")
    lines[-1] += one.text or ""
    for child in one:
        _say(child, lines)
        lines[-1] += child.tail or ""
    if name in _BLOCKS:
        lines.append("")


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


_DRAWN = {"/Highlight": "a highlight", "/Text": "a note", "/Stamp": "a stamp", "/StrikeOut": "a line through words"}
_ATTACHED = {
    "/FileAttachment": ("a file", "open it"),
    "/Sound": ("a recording", "listen to it"),
    "/Movie": ("a film", "look at it"),
    "/Screen": ("a film or recording", "look at it"),
    "/RichMedia": ("a film or recording", "look at it"),
}
"""What is no drawing, what it is called, and what only a person can do with it."""


def _put_on_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What was drawn on or attached to a page and is not read."""
    for number, page in enumerate(pdf.pages, 1):
        for note in _dictionaries(page.obj.get("/Annots", ())):
            kind = str(note.get("/Subtype", ""))
            said = str(note.get("/Contents", "")).strip()
            read = kind in _TYPED and said and _has_place(note)  # a stamp without words may show some
            quoted = f" (“{said}”)" if said else ""
            if kind in _ATTACHED:
                what, do = _ATTACHED[kind]
                yield f"{what}{quoted} is attached to page {number} and was not read: {do}"
            elif kind not in _NOT_DRAWN and not read:
                yield f"{_DRAWN.get(kind, 'something')}{quoted} was drawn on page {number}: look at it"


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
    """The pages without the lines that run along the head or foot of all of them, and without their numbers.

    Running lines are peeled off from the edge inwards, where the line as far from the same edge of another page is
    alike but for its numbers: two equal answers, below on one page and above on the next, are answers.
    """
    ours = [bool(page) and _is_our_foot(page[-1], number, len(pages)) for number, page in enumerate(pages, 1)]
    pages = [page[:-1] if foot else page for page, foot in zip(pages, ours, strict=True)]
    kept = []
    for number, page in enumerate(pages):
        others = {n - number: one for n, one in enumerate(pages) if n != number and one}
        top = _running(page, others)
        # Below our own foot nothing else runs, so that what stood above it was written.
        below = 0 if ours[number] else _running(page[::-1], {n: one[::-1] for n, one in others.items()})
        kept.append(page[top : max(top, len(page) - below)])
    return kept


_COUNTS = re.compile(r"(?:\w+ )?\d+ ?(?:/|of|z) ?\d+")


def _running(page: list[ReturnedLine], others: Mapping[int, list[ReturnedLine]]) -> int:
    """How many lines from the edge of a page run along the same edge of at least half of the others, by how far apart.

    The outermost line may count pages; a further one is the same to the letter, and more than a word or two. A word or
    two at the edge are an answer where they neither count nor stand on all pages: “No” on pages 2 and 3, “10” and “12”.
    """
    for place, line in enumerate(page[:3]):
        may_count = place == 0 or bool(_COUNTS.fullmatch(line.text))
        near = [(apart, [one.text for one in lines[max(0, place - 1) : place + 2]]) for apart, lines in others.items()]
        same = sum(line.text in texts for _, texts in near)
        counting = sum(may_count and any(_counts_on(line.text, text, apart) for text in texts) for apart, texts in near)
        alike = max(same, counting)
        everywhere = place == 0 and same == len(others)
        short = len(line.text.split()) < 3 and not everywhere and not counting
        if line.typed or (line.text and (short or not alike or alike * 2 < len(others))):
            return place
    return min(3, len(page)) if others else 0


def _counts_on(text: str, other: str, apart: int) -> bool:
    """True for lines alike but for numbers that go on as pages do: `2 of 5` here, `4 of 5` two pages on."""
    mine, theirs = re.findall(r"\d{1,9}", text), re.findall(r"\d{1,9}", other)
    if len(mine) != len(theirs) or re.sub(r"\d+", "0", text) != re.sub(r"\d+", "0", other):
        return False
    steps = [int(that) - int(this) for this, that in zip(mine, theirs, strict=True)]
    return apart in steps and set(steps) <= {0, apart}


FOOT_WORDS = (("Page", "of"), ("Strona", "z"))
"""How a foot counts its pages in the languages whose letters a PDF gives back in their order."""
_CONFIDENTIAL = ("Confidential", "Poufne")


def _is_our_foot(line: ReturnedLine, number: int, pages: int) -> bool:
    """True for `Confidential · Ada Brown Page 2 of 3`: the foot of a page whose other pages came back as pictures."""
    counts = "|".join(rf"{page} {number} {of} {pages}" for page, of in FOOT_WORDS)
    whose = rf"(?:(?:{'|'.join(_CONFIDENTIAL)}|[^·]+ · .+) )?"
    return not line.typed and bool(re.fullmatch(whose + f"(?:{counts})", line.text))
