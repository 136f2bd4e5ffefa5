"""What is drawn into a printed box is seen on a page however it is turned, cut or large."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from generator.forms.answer_places.on_pdf_pages import pdf_words
from generator.forms.answer_places.on_pdf_pages.pdf_words import page_words

_BOX = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <6f> <2610> endbfchar endcmap end end"""


def paper(
    origin: tuple[int, int] = (0, 0),
    size: tuple[int, int] = (595, 842),
    crop: tuple[int, int, int, int] | None = None,
    turned: int = 0,
) -> bytes:
    """A page with three printed boxes of which the first and the last have a cross drawn into them."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=size)
    box = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats, ToUnicode=pdf.make_stream(_BOX))
    text = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(Z=box, H=text))
    left, low = origin[0] + 60, origin[1] + size[1] - 140
    drawn = []
    for number, word in enumerate(("Yes", "No", "Perhaps")):
        y = low - 40 * number
        drawn.append(f"BT /Z 12 Tf {left} {y} Td <6f> Tj ET BT /H 12 Tf {left + 18} {y} Td ({word}) Tj ET")
        if word != "No":
            drawn.append(f"1.5 w {left + 1} {y} m {left + 9} {y + 8} l {left + 1} {y + 8} m {left + 9} {y} l S")
    page.contents_add("\n".join(drawn).encode())
    page.obj.MediaBox = Array([*origin, origin[0] + size[0], origin[1] + size[1]])
    if crop:
        page.obj.CropBox = Array(crop)
    page.obj.Rotate = turned
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "page",
    [
        {},
        {"origin": (-100, 50)},
        {"crop": (30, 100, 500, 800)},
        {"origin": (200, -300), "crop": (230, -280, 700, 520)},
        {"size": (14400, 14400)},
    ],
    ids=["plain", "begins elsewhere", "cut", "begins elsewhere and cut", "the largest page there is"],
)
def test_the_same_boxes_are_ticked_on_a_page_that_is_turned_cut_or_large(page: dict[str, Any], turned: int) -> None:
    with pdfium.PdfDocument(paper(**page, turned=turned)) as document:
        words = [one.text for one in page_words(document[0], see_ticks=True)]
        assert document[0].get_rotation() == turned
    assert words == ["☒ Yes", "☐ No", "☒ Perhaps"]


def test_no_picture_is_larger_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    bitmap = pdfium.PdfBitmap.new_native

    def counted(width: int, height: int, *others: Any) -> Any:
        made.append(width * height)
        return bitmap(width, height, *others)

    monkeypatch.setattr(pdf_words.pdfium.PdfBitmap, "new_native", counted)
    with pdfium.PdfDocument(paper(size=(14400, 14400))) as document:
        page_words(document[0], see_ticks=True)
    assert len(made) == 3 and max(made) < 10_000
