"""A fillable PDF filled: values, states and an appearance for every widget, sums worked out, XFA taken away."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import pikepdf

from generator.forms.answer_places.on_pdf_pages.around_box import Widget
from generator.forms.answer_places.on_pdf_pages.find_in_pdf import COMB, MULTILINE, PdfField, choices, pdf_fields
from generator.forms.authority.answering.place_answers import FILLED, NO_TICK, Answered
from generator.forms.filling.pdf_fields.pdf_font import embedded_face, metrics_file
from generator.forms.filling.pdf_fields.pdf_text import (
    Face,
    Setting,
    appearance,
    fitting_size,
    says,
    setting_of,
    standard_face,
    text_stream,
    wrapped,
)
from generator.forms.filling.too_long import Overflow, shortened

LEAST = 6.0
"""Points: the smallest letters that a field of automatic size is filled with."""


@dataclass(frozen=True)
class FilledPdf:
    """A filled form, what did not fit into it, and what a person should know about the file."""

    content: bytes
    overflow: tuple[Overflow, ...] = ()
    warnings: tuple[str, ...] = ()


def fill_pdf(blank: bytes, answered: Sequence[Answered]) -> FilledPdf:
    """The blank form with its answers; one value for all widgets of a field."""
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        filler = _PdfFiller(pdf, {f.name: f for f in pdf_fields(pdf)})
        filler.clean()
        filler.fill(answered)
        filler.calculate()
        return FilledPdf(filler.saved(), tuple(filler.overflow), tuple(filler.warnings))


@dataclass
class _PdfFiller:
    pdf: pikepdf.Pdf
    fields: dict[str, PdfField]
    overflow: list[Overflow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    # -- the file -------------------------------------------------------------------------------------------------

    def clean(self) -> None:
        """Take away what would show other values than ours: XFA, the wish for new appearances, a usage signature."""
        form = self.pdf.Root.AcroForm
        if "/XFA" in form:
            del form["/XFA"]
            self.warnings.append(
                "the form also held an XFA form, which was taken away so that every reader shows the same"
            )
        if "/NeedAppearances" in form:
            del form["/NeedAppearances"]
        if "/Perms" in self.pdf.Root:
            del self.pdf.Root["/Perms"]
            self.warnings.append(
                "the form was opened for saving in Adobe Reader; that right ends with any change and was taken away"
            )

    def saved(self) -> bytes:
        """The filled file; a description of the document that cannot be read is left out."""
        out = io.BytesIO()
        try:
            self.pdf.save(out, deterministic_id=True)
        except pikepdf.PdfError:
            if "/Metadata" not in self.pdf.Root:
                raise
            del self.pdf.Root["/Metadata"]
            self.warnings.append("the form’s own description of itself (XMP) is damaged and was left out")
            out = io.BytesIO()
            self.pdf.save(out, deterministic_id=True)
        return out.getvalue()

    def fill(self, answered: Sequence[Answered]) -> None:
        done: set[str] = set()
        for one in answered:
            item = self.fields.get(one.place.where.field)
            if item is None or one.state not in (FILLED, NO_TICK) or item.name in done:
                continue
            done.add(item.name)
            if item.type == "Btn":
                self.button(item, one)
            elif item.type == "Ch":
                self.choice(item, one)
            elif item.type == "Tx":
                self.text(item, one)

    # -- words ----------------------------------------------------------------------------------------------------

    def text(self, item: PdfField, one: Answered) -> None:
        """Words in a text field; what has too many characters or lines goes to the continuation sheet."""
        text = one.text
        number = len(self.overflow) + 1
        text, over = shortened(one.place, text, number)
        if over is None:
            text, over = self.within(item, one, text, number)
        if over:
            self.overflow.append(over)
        self.value(item, text)

    def within(self, item: PdfField, one: Answered, text: str, number: int) -> tuple[str, Overflow | None]:
        """The text, or the beginning that fits into the field's box."""
        widget = min(item.widgets, key=lambda w: (w.rect[2] - w.rect[0]) * (w.rect[3] - w.rect[1]))
        box = _box(widget)
        setting = setting_of(self.appearance_of(item))
        face = self.face(setting.font, text)
        multiline = bool(item.flags & MULTILINE)
        if item.flags & COMB or self.smaller(item, text, face, setting, box) is not None:
            return text, None
        reason = "it is longer than the box" if multiline else "it is longer than the line"
        note = f"[continuation sheet, {number}]"
        size = LEAST
        lines = max(int((box[1] - 2) / (size * 1.16)), 1) if multiline else 1
        said = text.split()
        while said:
            tried = f"{' '.join(said)} … {note}"
            if len(wrapped(tried, face, size, box[0] - 4)) <= lines:
                break
            said = said[: -max(1, len(said) // 20)]
        short = f"{_whole(' '.join(said))} {note}".strip() if said else ""
        return short, Overflow(number, one.place.id, one.place.label, text, reason)

    def smaller(
        self, item: PdfField, text: str, face: Face, setting: Setting, box: tuple[float, float]
    ) -> float | None:
        """The size at which a text fits, from the field's own down to the smallest that can be read; None for none."""
        if item.flags & COMB:
            return setting.size
        multiline = bool(item.flags & MULTILINE)
        tried = setting.size or 12.0
        while tried >= LEAST:
            if fitting_size(text, face, replace(setting, size=tried), box, multiline, LEAST)[1]:
                return tried
            tried -= 0.5
        return None

    def value(self, item: PdfField, text: str) -> None:
        """Set a text field's value and draw it in each of its boxes."""
        item.obj["/V"] = pikepdf.String(text)
        if "/RV" in item.obj:
            del item.obj["/RV"]
        for widget in item.widgets:
            self.draw(item, widget, text)

    def draw(self, item: PdfField, widget: Widget, text: str) -> None:
        box = _box(widget)
        setting = setting_of(self.appearance_of(item, widget))
        face = self.face(setting.font, text)
        size = self.smaller(item, text, face, setting, box)
        if setting.size and size and size != setting.size:
            setting = replace(setting, size=size)
            widget.obj["/DA"] = pikepdf.String(f"/{setting.font} {size:g} Tf {setting.colour}")
        comb = int(item.get("/MaxLen") or 0) if item.flags & COMB else 0
        quad = int(item.get("/Q") or 0)
        content = text_stream(text, face, setting, box, bool(item.flags & MULTILINE), quad, comb, LEAST)
        drawn = appearance(self.pdf, self.background(widget) + content, box, setting.font, face.resource)
        if _turned(widget) in (90, 180, 270):
            drawn["/Matrix"] = pikepdf.Array(_matrix(widget))
        widget.obj["/AP"] = pikepdf.Dictionary(N=drawn)

    def background(self, widget: Widget) -> bytes:
        """The fill and border that the widget's own settings ask for."""
        look = widget.obj.get("/MK", {})
        width, height = _box(widget)
        drawn = b""
        if len(look.get("/BG", [])) in (1, 3, 4):
            drawn += _colour(look["/BG"], fill=True) + f" 0 0 {width:.2f} {height:.2f} re f\n".encode()
        if len(look.get("/BC", [])) in (1, 3, 4):
            drawn += _colour(look["/BC"], fill=False) + f" 1 w 0.5 0.5 {width - 1:.2f} {height - 1:.2f} re S\n".encode()
        return b"q " + drawn + b"Q\n" if drawn else b""

    def appearance_of(self, item: PdfField, widget: Widget | None = None) -> str:
        own = widget.obj.get("/DA") if widget is not None else None
        return str(own or item.get("/DA") or self.pdf.Root.AcroForm.get("/DA") or "/Helv 0 Tf 0 g")

    def face(self, name: str, text: str) -> Face:
        """The form's own font, or one of ours for letters that it does not have."""
        shared: Any = self.pdf.Root.AcroForm.get("/DR", pikepdf.Dictionary())
        fonts: Any = shared.get("/Font", pikepdf.Dictionary())
        resource = fonts.get(f"/{name}")
        if resource is None:
            base = pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
            resource = self.pdf.make_indirect(base)
        composite = str(resource.get("/Subtype", "")) == "/Type0"
        if composite or not says(text):
            return embedded_face(self.pdf, text)
        return standard_face(resource, metrics_file())

    # -- boxes and lists ------------------------------------------------------------------------------------------

    def button(self, item: PdfField, one: Answered) -> None:
        """A tick box, or the ring of the chosen word."""
        on = ""
        if isinstance(one.answer, bool):
            on = item.widgets[0].on if one.answer else ""
        elif one.answer:
            on = self.state(item, one)
        state = pikepdf.Name(f"/{on or 'Off'}")
        item.obj["/V"] = state
        for widget in item.widgets:
            widget.obj["/AS"] = state if widget.on == on and on else pikepdf.Name.Off

    def state(self, item: PdfField, one: Answered) -> str:
        """The state of the ring whose words are the answer; the words stand in the same order as the rings."""
        words = list(one.place.options)
        text = str(one.answer)
        shown = list(item.widgets)
        if text in words and len(words) == len(shown):
            return shown[words.index(text)].on
        return text if any(w.on == text for w in shown) else ""

    def choice(self, item: PdfField, one: Answered) -> None:
        """A choice of a list: the stored value, and the shown words drawn."""
        text = str(one.answer)
        for stored, shown in choices(item):
            if text in (shown, stored):
                item.obj["/V"] = pikepdf.String(stored)
                if "/I" in item.obj:
                    del item.obj["/I"]
                for widget in item.widgets:
                    self.draw(item, widget, shown)
                return
        if item.flags & (1 << 18):
            self.value(item, text)
            return
        self.warnings.append(f"“{text}” is not in the list {one.place.label}: choose by hand")

    # -- sums -----------------------------------------------------------------------------------------------------

    def calculate(self) -> None:
        """Work out what the form itself would: products, sums, averages, in the order that it names."""
        order = [obj.objgen for obj in self.pdf.Root.AcroForm.get("/CO", [])]
        items = {f.obj.objgen: f for f in self.fields.values()}
        for key in order:
            item = items.get(key)
            script = _script_of(item.obj) if item else ""
            match = re.search(r"AFSimple_Calculate\(\s*[\"'](\w+)[\"']\s*,\s*(?:new Array\s*\(|\[)?([^)\]]*)", script)
            if item is None or match is None:
                continue
            values = [self.number(name.strip().strip("\"'")) for name in match[2].split(",")]
            result = _reckoned(match[1], [v for v in values if v is not None], len(values))
            self.value(item, "" if result is None else _plain(result))

    def number(self, name: str) -> Decimal | None:
        found = self.fields.get(name)
        text = str(found.obj.get("/V", "")) if found else ""
        try:
            return Decimal(text.replace(",", "")) if text.strip() else None
        except InvalidOperation:
            return None


def _turned(widget: Widget) -> int:
    """By how much the widget's words are turned against the page, as on a page that is shown turned the other way."""
    turn = widget.obj.get("/MK", {}).get("/R", 0)
    return int(turn) % 360 if isinstance(turn, int) else 0


def _box(widget: Widget) -> tuple[float, float]:
    """Width and height along the words."""
    wide, tall = widget.rect[2] - widget.rect[0], widget.rect[3] - widget.rect[1]
    return (tall, wide) if _turned(widget) in (90, 270) else (wide, tall)


def _matrix(widget: Widget) -> list[float]:
    """Turns what is drawn along the words into the widget's rectangle."""
    wide, tall = widget.rect[2] - widget.rect[0], widget.rect[3] - widget.rect[1]
    return {90: [0, 1, -1, 0, wide, 0], 180: [-1, 0, 0, -1, wide, tall], 270: [0, -1, 1, 0, 0, tall]}[_turned(widget)]


def _colour(values: Any, fill: bool) -> bytes:
    operator = {1: "g", 3: "rg", 4: "k"}[len(values)]
    return (
        " ".join(f"{float(v):.3f}" for v in values).encode() + b" " + (operator if fill else operator.upper()).encode()
    )


def _script_of(obj: Any) -> str:
    script = obj.get("/AA", {}).get("/C", {}).get("/JS", "")
    return bytes(script.read_bytes()).decode("latin-1") if isinstance(script, pikepdf.Stream) else str(script)


def _reckoned(way: str, values: Sequence[Decimal], all_: int) -> Decimal | None:
    if not values or (way == "PRD" and len(values) < all_):
        return None
    if way == "PRD":
        product = Decimal(1)
        for value in values:
            product *= value
        return product
    if way == "AVG":
        return sum(values, Decimal()) / len(values)
    if way in ("MIN", "MAX"):
        return min(values) if way == "MIN" else max(values)
    return sum(values, Decimal())


def _plain(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


def _whole(text: str) -> str:
    """A beginning that ends with a sentence where there is one, else with an ellipsis."""
    ends = [m.end() for m in re.finditer(r"[.!?…][”’\"]?(?=\s|$)", text)]
    return text[: ends[-1]] if ends and ends[-1] > len(text) // 2 else f"{text} …"
