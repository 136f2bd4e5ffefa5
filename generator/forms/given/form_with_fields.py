"""A form of ours as PDF with fields at its lines, boxes and panels: named, told to screen readers, part of the tags."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name

from generator.documents.large_print import SMALLEST
from generator.forms.answer_places.on_pdf_pages.pdf_words import drawn_places, page_words
from generator.forms.given.answer_places_of_paper import BOX, LINE, PANEL, PaperPlace
from generator.forms.given.marks import MARK, QUESTION, cell_name
from generator.forms.given.question_list import QuestionForm
from generator.forms.given.rows_on_pages import empty_cells

_MULTILINE = 1 << 12
_PADDING = 3.0
_LEAST_LINE = 1.36
"""How high a writing line is, in sizes of its letters: they stand on it."""
_LETTERS = 11
"""Points of the letters in a field; in large print as large as all letters there."""
_ON = "Yes"


class NoFields(Exception):
    """The places of the printed page could not be found again; the PDF is given out without fields."""


@dataclass(frozen=True)
class _Spot:
    """A rule or box on a page: its rectangle in points from the lower left."""

    page: int
    rect: tuple[float, float, float, float]


@dataclass(frozen=True)
class FieldToAdd:
    """A field: name, what is said of it, whether it is a box to tick, whether it has several lines."""

    name: str
    title: str
    page: int
    rect: tuple[float, float, float, float]
    tick: bool = False
    lines: bool = False
    small: bool = False
    """True in a narrow cell: smaller letters."""


def form_with_fields(
    pdf: bytes, places: Sequence[PaperPlace], form: QuestionForm, reference: str, large: bool = False
) -> bytes:
    """The printed form with a field at every place. Raises NoFields where page and places do not agree."""
    letters = SMALLEST if large else _LETTERS
    fields = list(_fields(pdf, places, form, letters))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        adder = _Adder(opened, pdf, letters)
        for field in sorted(fields, key=lambda one: (one.page, -round(one.rect[3] / 6), one.rect[0])):
            adder.add(field)
        adder.finish()
        opened.docinfo["/" + MARK.replace(" ", "")] = reference
        out = io.BytesIO()
        opened.save(out, deterministic_id=True)
        return out.getvalue()


# -- where ------------------------------------------------------------------------------------------------------------


def _fields(pdf: bytes, places: Sequence[PaperPlace], form: QuestionForm, letters: int) -> Iterator[FieldToAdd]:
    rules, boxes, panels, edge = _on_pages(pdf, [_hint(p) for p in places if p.kind == PANEL])
    lines = [place for place in places if place.kind == LINE]
    ticks = [place for place in places if place.kind == BOX]
    drawn = [place for place in places if place.kind == PANEL]
    if (len(rules), len(boxes), len(panels)) != (len(lines), len(ticks), len(drawn)):
        raise NoFields(f"{len(rules)} lines, {len(boxes)} boxes and {len(panels)} panels were found on the pages")
    for place, spot in zip(ticks, boxes, strict=True):
        yield FieldToAdd(f"{QUESTION}{place.question}/{place.option}", place.title, spot.page, spot.rect, tick=True)
    for place, spot in zip(drawn, panels, strict=True):
        left, low, _, _ = spot.rect
        rect = (left, max(low - place.height + 30, 30), edge, low - _PADDING)
        yield FieldToAdd(f"{QUESTION}{place.question}", place.title, spot.page, rect, lines=True)
    yield from _of_lines(list(zip(lines, rules, strict=True)), form, letters * _LEAST_LINE)
    for asked in (question for question in form.questions if question.columns):
        for cell in empty_cells(pdf, asked.columns):
            name, title = cell_name(asked.id, cell.row + 1, cell.head), f"{cell.head}, row {cell.row + 1}"
            yield FieldToAdd(name, title, cell.page, cell.rect, lines=True, small=True)


def _hint(place: PaperPlace) -> str:
    return "".join(text.text or "" for text in place.paragraph.iter() if str(text.tag).endswith("}t")).strip()


def _of_lines(pairs: Sequence[tuple[PaperPlace, _Spot]], form: QuestionForm, height: float) -> Iterator[FieldToAdd]:
    """One field for the lines of a question; one that goes on over the page ends at the page's end.

    `height` is that of one line, in points.
    """
    number = 0
    while number < len(pairs):
        place, first = pairs[number]
        asked = form.question(place.question)
        last = number
        if asked is not None and asked.kind == "text":
            while (
                last + 1 < len(pairs)
                and pairs[last + 1][0].question == place.question
                and pairs[last + 1][1].page == first.page
                and not pairs[last + 1][0].first
            ):
                last += 1
        if place.first:
            start = number + 1 if last > number and first.rect[0] > pairs[last][1].rect[0] + 20 else number
            # Behind a long label there is no room to write: the lines below it are the field.
            left, _, right, high = pairs[start][1].rect
            low = pairs[last][1].rect[1]
            rect = (left, low, right, max(high, pairs[start][1].rect[1] + height))
            yield FieldToAdd(f"{QUESTION}{place.question}", place.title, first.page, rect, lines=last > start)
        number = last + 1


def _on_pages(pdf: bytes, hints: Sequence[str]) -> tuple[list[_Spot], list[_Spot], list[_Spot], float]:
    """The rules, boxes and hints on the pages in reading order, and the right edge of their words."""
    rules: list[_Spot] = []
    boxes: list[_Spot] = []
    panels: list[_Spot] = []
    edge = 0.0
    waiting = list(hints)
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            runs, marks = drawn_places(page)
            rules += [_Spot(number, rect) for rect in runs]
            boxes += [_Spot(number, rect) for rect in marks]
            for words in page_words(page):
                edge = max(edge, words.right)
                if waiting and words.text == waiting[0]:
                    panels.append(_Spot(number, (words.left, words.bottom, words.right, words.top)))
                    waiting.pop(0)
    return rules, boxes, panels, edge - 6


# -- fields -----------------------------------------------------------------------------------------------------------


Box = tuple[float, float, float, float]


def _owners(content: bytes, pdf: pikepdf.Pdf) -> list[list[tuple[Box, pikepdf.Object]]]:
    """For each page where the words of each element of the structure stand."""
    root = pdf.Root.get("/StructTreeRoot")
    tree = pikepdf.NumberTree(root.ParentTree) if root is not None and "/ParentTree" in root else None
    found: list[list[tuple[Box, pikepdf.Object]]] = []
    with pdfium.PdfDocument(content) as document:
        for number, page in enumerate(document):
            key = pdf.pages[number].obj.get("/StructParents")
            held: Any = tree[int(key)] if tree is not None and key is not None and int(key) in tree else None
            rows = []
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]) if held is not None else ():
                mark = raw.FPDFPageObj_GetMarkedContentID(item)
                if 0 <= mark < len(held) and isinstance(held[mark], Dictionary):
                    rows.append((item.get_bounds(), held[mark]))
            found.append(rows)
    return found


class _Adder:
    """Adds fields to a tagged PDF: each widget is in the page, in the form and in the structure."""

    def __init__(self, pdf: pikepdf.Pdf, content: bytes, letters: int) -> None:
        self.pdf = pdf
        self.letters = letters
        self.owners = _owners(content, pdf)
        self.latest: dict[tuple[int, int], pikepdf.Object] = {}
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        self.font = pdf.make_indirect(font)
        self.fields = Array()
        root = pdf.Root.get("/StructTreeRoot")
        self.parents = pikepdf.NumberTree(root.ParentTree) if root is not None and "/ParentTree" in root else None
        self.following = max((int(key) for key in self.parents), default=-1) + 1 if self.parents is not None else 0

    def add(self, field: FieldToAdd) -> None:
        page = self.pdf.pages[field.page]
        rect = Array([round(float(value), 2) for value in field.rect])
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, T=field.name, TU=field.title, Rect=rect, F=4, P=page.obj
        )
        width, height = field.rect[2] - field.rect[0], field.rect[3] - field.rect[1]
        if field.tick:
            widget.FT = Name.Btn
            widget.V = widget.AS = Name.Off
            states = Dictionary()
            states["/" + _ON] = self._drawn(width, height, _cross(width, height))
            states["/Off"] = self._drawn(width, height, b"")
            widget.AP = Dictionary(N=states)
        else:
            widget.FT = Name.Tx
            widget.DA = f"/Helv {self.letters - 2 * field.small} Tf 0 g"
            widget.AP = Dictionary(N=self._drawn(width, height, b"/Tx BMC EMC"))
            if field.lines:
                widget.Ff = _MULTILINE
        made = self.pdf.make_indirect(widget)
        self.fields.append(made)
        if "/Annots" not in page.obj:
            page.obj.Annots = Array()
        page.obj.Annots.append(made)
        page.obj.Tabs = Name.S
        self._tag(field.page, made, field.title)

    def _drawn(self, width: float, height: float, content: bytes) -> pikepdf.Object:
        stream = self.pdf.make_stream(content)
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, round(width, 2), round(height, 2)])
        stream.Resources = Dictionary(Font=Dictionary(Helv=self.font))
        return self.pdf.make_indirect(stream)

    def _tag(self, number: int, widget: pikepdf.Object, title: str) -> None:
        """Put a field into the structure: into the element on whose words it lies, else behind the last above it."""
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None or self.parents is None:
            return
        inside, behind = self._owner(number, widget), self._before(number, widget)
        above = inside or (behind.P if behind is not None else _outermost(root))
        page = self.pdf.pages[number]
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=above, Pg=page.obj, Alt=title))
        element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
        widget.StructParent = self.following
        self.parents[self.following] = element
        self.following += 1
        kids = list(above.K) if isinstance(above.get("/K"), Array) else [above.K]
        at = len(kids)
        if inside is None and behind is not None:
            last = self.latest.get(behind.objgen, behind)
            at = next((n + 1 for n, kid in enumerate(kids) if _same(kid, last)), at)
            self.latest[behind.objgen] = element
        above.K = Array([*kids[:at], element, *kids[at:]])

    def _owner(self, number: int, widget: pikepdf.Object) -> Any:
        """The element whose words stand where a field is."""
        left, low, right, high = (float(value) for value in widget.Rect)
        best, found = 0.0, None
        for (a, b, c, d), element in self.owners[number]:
            shared = max(min(right, c) - max(left, a), 0) * max(min(high, d) - max(low, b), 0)
            if shared > best:
                best, found = shared, element
        return found

    def _before(self, number: int, widget: pikepdf.Object) -> Any:
        """The element whose words are the last above a field or before it on its line; else the page before's last."""
        left, _, _, high = (float(value) for value in widget.Rect)
        above = [
            (box[1] - high if box[1] > high - 4 else 0.0, -box[2], element)
            for box, element in self.owners[number]
            if box[1] > high - 4 or (box[3] > high - 14 and box[2] <= left + 4)
        ]
        if above:
            return min(above, key=lambda row: row[:2])[2]
        earlier = [rows for rows in self.owners[:number] if rows]
        return earlier[-1][-1][1] if earlier else None

    def finish(self) -> None:
        """The form itself, with the font of its fields; reading order follows the page."""
        self.pdf.Root.AcroForm = self.pdf.make_indirect(
            Dictionary(
                Fields=self.fields, DA=f"/Helv {self.letters} Tf 0 g", DR=Dictionary(Font=Dictionary(Helv=self.font))
            )
        )
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is not None:
            root.ParentTreeNextKey = self.following


def _same(kid: Any, element: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _outermost(root: pikepdf.Object) -> pikepdf.Object:
    kids = root.get("/K")
    first = kids[0] if isinstance(kids, Array) else kids
    return first if isinstance(first, Dictionary) else root


def _cross(width: float, height: float) -> bytes:
    left, low, right, high = width * 0.2, height * 0.2, width * 0.8, height * 0.8
    return (
        f"q 1.4 w 0 G {left:.2f} {low:.2f} m {right:.2f} {high:.2f} l "
        f"{left:.2f} {high:.2f} m {right:.2f} {low:.2f} l S Q"
    ).encode()
