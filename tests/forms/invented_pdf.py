"""A fillable PDF of an invented council: labels above and before fields, a comb, rings, ticks, rows, a sum, a list."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

OFFICE = "(office)"


class PdfPage:
    """One page while it is drawn: words and fields by their place, and what belongs into each field."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf, self.words, self.annotations, self.fields, self.order = pdf, [], [], [], []
        self.answers: list[Any] = []
        base = Dictionary(Type=Name.Font, Subtype=Name.Type1, Encoding=Name.WinAnsiEncoding)
        self.fonts = {
            f"/{n}": pdf.make_indirect(Dictionary({**base, "/BaseFont": Name(f"/{b}")}))
            for n, b in (("F", "Helvetica"), ("B", "Helvetica-Bold"))
        }

    def say(self, x: float, y: float, text: str, size: float = 10, bold: bool = False) -> None:
        self.words.append(f"BT /{'B' if bold else 'F'} {size} Tf {x} {y} Td ({text}) Tj ET")

    def field(self, name: str, x: float, y: float, wide: float, answer: Any, tall: float = 16, **more: Any) -> Any:
        made = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String(name),
            Rect=Array([x, y, x + wide, y + tall]),
            DA=String("/F 10 Tf 0 g"),
            F=4,
            **more,
        )
        return self.add(made, answer)

    def add(self, made: Any, answer: Any) -> Any:
        made = self.pdf.make_indirect(made)
        self.annotations.append(made)
        self.fields.append(made)
        self.answers.append(answer)
        return made

    def box(self, name: str, x: float, y: float, on: str, answer: Any, **more: Any) -> Any:
        return self.add(self._button(x, y, on, T=String(name), FT=Name.Btn, V=Name.Off, **more), answer)

    def _button(self, x: float, y: float, on: str, **more: Any) -> Any:
        drawn = {
            n: self.pdf.make_stream(c, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 11, 11]))
            for n, c in ((on, b"2 2 7 7 re f"), ("Off", b""))
        }
        states = Dictionary({f"/{n}": s for n, s in drawn.items()})
        return Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=Array([x, y, x + 11, y + 11]),
            AP=Dictionary(N=states),
            AS=Name.Off,
            F=4,
            **more,
        )

    def choice(self, name: str, place: list[float], options: list[str], answer: Any) -> None:
        """A list to choose from, which opens."""
        self.add(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Ch,
                Ff=1 << 17,
                T=String(name),
                Rect=Array(place),
                Opt=Array([String(one) for one in options]),
                DA=String("/F 10 Tf 0 g"),
                F=4,
            ),
            answer,
        )

    def rings(self, name: str, places: list[tuple[float, float, str]], answer: Any) -> None:
        parent = self.pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String(name), V=Name.Off, Kids=Array([])))
        for x, y, on in places:
            ring = self.pdf.make_indirect(self._button(x, y, on, Parent=parent))
            parent.Kids.append(ring)
            self.annotations.append(ring)
        self.fields.append(parent)
        self.answers.append(answer)


def kilnshire() -> tuple[bytes, list[Any]]:
    """The form's bytes, and the right answer of each place in reading order."""
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    _first(page)
    _rows(page)
    return saved(pdf, page), page.answers


def two_parents() -> tuple[bytes, list[Any]]:
    """Fields without names: labels above fields, parents side by side, and the school right below them."""
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(50, 800, "Request for an EHC needs assessment", 16, True)
    page.say(50, 780, "Surname", 9)
    page.field("Text1", 50, 760, 150, "Brown")
    page.say(220, 780, "Known as", 9)
    page.field("Text2", 220, 760, 150, "Ada")
    page.say(50, 740, "Address including postcode", 9)
    page.field("Text3", 50, 690, 400, "12 Tannery Row", tall=46, Ff=1 << 12)
    page.say(50, 665, "Parents and carers", 13, True)
    page.say(180, 645, "Parent / carer 1", 10, True)
    page.say(370, 645, "Parent / carer 2", 10, True)
    for number, (label, one, other) in enumerate((("Full name", "Samira", "Daniel"), ("Email", "samira", "daniel"))):
        y = 622 - 22 * number
        page.say(50, y + 4, label)
        page.field(f"Text{4 + 2 * number}", 180, y, 170, one)
        page.field(f"Text{5 + 2 * number}", 370, y, 170, other)
    page.say(50, 570, "School", 13, True)
    page.say(50, 550, "Name")
    page.field("Text8", 130, 546, 150, "Larkfield")
    return saved(pdf, page), page.answers


def saved(pdf: pikepdf.Pdf, page: PdfPage) -> bytes:
    """The file with its page, its fields and its fonts."""
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[0].Contents = pdf.make_stream("\n".join(page.words).encode("cp1252"))
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(page.fonts))
    pdf.pages[0].Annots = Array(page.annotations)
    form = Dictionary(
        Fields=Array(page.fields),
        DA=String("/F 10 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(page.fonts)),
        CO=Array(page.order),
    )
    pdf.Root.AcroForm = pdf.make_indirect(form)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _first(page: PdfPage) -> None:
    page.say(50, 800, "Kilnshire: request for an EHC needs assessment", 16, True)
    page.say(400, 776, "For office use only:")
    page.field("f0", 500, 772, 60, OFFICE)
    page.say(50, 750, "1. The child", 13, True)
    page.say(50, 730, "Surname")
    page.field("Text1", 150, 726, 130, "Brown")
    page.say(300, 730, "Forenames")
    page.field("Text2", 400, 726, 130, "Ada Rose")
    page.say(50, 705, "UPN")
    page.field("Text3", 150, 701, 195, "X999400122017", MaxLen=13, Ff=1 << 24)
    page.say(360, 705, "Date of birth")
    page.field("Text4", 440, 701, 90, "14/05/2018")
    page.say(50, 680, "Gender")
    page.say(165, 680, "Boy")
    page.say(225, 680, "Girl")
    page.rings("g", [(150, 678, "0"), (210, 678, "1")], "Girl")
    page.say(300, 680, "Looked after child")
    page.box("Check Box5", 400, 678, "Yes", False)
    page.say(50, 655, "Year group")
    years = ["Reception", *(f"Year {n}" for n in range(1, 12))]
    page.choice("Dropdown6", [150, 651, 240, 667], years, "Year 4")
    page.say(50, 630, "Why are you making this request?")
    page.field("Text7", 50, 560, 480, "Ada is 8 and in Year 4.", tall=64, Ff=1 << 12)


def _rows(page: PdfPage) -> None:
    page.say(50, 530, "2. Support in place", 13, True)
    for x, head in ((50, "Intervention"), (250, "Minutes"), (330, "Times a week"), (430, "Minutes a week")):
        page.say(x, 512, head, 9)
    rows = (("Structured cumulative phonics programme", "30", "4", "120"), ("Precision teaching", "12", "5", "60"))
    for number, (title, minutes, times, product) in enumerate(rows):
        y = 490 - number * 20
        page.field(f"a{number}", 50, y, 190, title)
        page.field(f"b{number}", 250, y, 60, minutes)
        page.field(f"c{number}", 330, y, 60, times)
        script = String(f'AFSimple_Calculate("PRD", new Array("b{number}", "c{number}"));')
        page.order.append(
            page.field(
                f"d{number}", 430, y, 60, f"={product}", AA=Dictionary(C=Dictionary(S=Name.JavaScript, JS=script))
            )
        )
