"""Words that can be copied and not seen, however they are hidden: a finding with the page, and redaction offered."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2.raw as raw
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

from generator.bundle.evidence.hidden.unseen_text import DrawnSheet, nothing_else, unseen
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish, take
from tests.bundle_makers import made, plan_pdf, review_pdf, saved

LINE = "BT 0 g /F1 12 Tf 50 700 Td (Ada and Jordan Peters in the hall) Tj ET "

HIDDEN: dict[str, str] = {
    "a black box": "0 g 92 696 80 16 re f",
    "a white box": "1 g 92 696 80 16 re f",
    "a grey box": "0.6 g 92 696 80 16 re f",
    "a red box": "1 0 0 rg 92 696 80 16 re f",
    "a thick line": "0 G 18 w 92 704 m 172 704 l S",
    "a picture": "q 80 0 0 16 92 696 cm /Picture Do Q",
    "a form": "q 1 0 0 1 92 696 cm /Form Do Q",
    "a shading": "q 92 696 80 16 re W n /Shade sh Q",
    "a box in two pieces": "0 g 92 696 40 16 re f 132 696 40 16 re f",
    "a box that leaves the tips of letters": "0 g 92 699.5 80 8 re f",
}

ELSEWHERE: dict[str, str] = {
    "in white on white": "BT 1 g /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET",
    "beside the page": "BT 0 g /F1 12 Tf 900 600 Td (Jordan Peters) Tj ET",
    "too small to read": "BT 0 g /F1 0.6 Tf 50 600 Td (Jordan Peters) Tj ET",
    "never drawn, over nothing": "BT 0 g 3 Tr /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET",
    "clipped away": "q 0 0 10 10 re W n BT 0 g /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET Q",
    "in white letters of a form": "/White Do",
    "quite transparent": "q /Clear gs BT 0 g /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET Q",
}


def page(content: str) -> bytes:
    """One page with a picture, a form, a shading and a state in reach of its content."""
    pdf = made()
    sheet = pdf.pages[0].obj
    sheet.Contents = pdf.make_stream(content.encode())
    drawn = Dictionary(Picture=_picture(pdf), Form=_form(pdf, "0 g 0 0 80 16 re f"))
    drawn.White = _form(pdf, "BT 1 g /F1 12 Tf 50 600 Td (Jordan Peters) Tj ET", sheet.Resources)
    sheet.Resources.XObject = drawn
    ends = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0.2]), C1=Array([0.2]), N=1)
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([92, 0, 172, 0]), Function=ends)
    sheet.Resources.Shading = Dictionary(Shade=shade)
    sheet.Resources.ExtGState = Dictionary(Clear=Dictionary(ca=0, CA=0))
    return saved(pdf)


def _form(pdf: pikepdf.Pdf, content: str, resources: Any = None) -> Any:
    form = pdf.make_stream(content.encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
    form.Resources = resources if resources is not None else Dictionary()
    return form


def _picture(pdf: pikepdf.Pdf) -> Any:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((160, 32)).save(out, "JPEG")
    picture = pdf.make_stream(out.getvalue())
    picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
    picture.Width, picture.Height, picture.BitsPerComponent, picture.ColorSpace = 160, 32, 8, Name.DeviceGray
    return picture


def told(content: bytes) -> list[str]:
    return [line for line in take(content, IntakeWish("Report"))[1].warnings if "cannot be seen" in line]


@pytest.mark.parametrize("cover", HIDDEN)
def test_words_under_something_are_told_with_their_page(cover: str) -> None:
    [line] = told(page(LINE + HIDDEN[cover]))
    assert "from page 1: “" in line and "Jordan Peter" in line and "in the hall" not in line


@pytest.mark.parametrize("way", ELSEWHERE)
def test_words_that_show_nowhere_are_told(way: str) -> None:
    [line] = told(page(LINE + ELSEWHERE[way]))
    assert "“Jordan Peters”" in line


@pytest.mark.whole
@pytest.mark.parametrize("way", [*HIDDEN, *ELSEWHERE])
def test_they_are_taken_out_where_that_is_wanted(way: str) -> None:
    content, account = take(page(LINE + (HIDDEN | ELSEWHERE)[way]), IntakeWish("Report", remove_unseen=True))
    text = page_texts(content)[0]
    seen = 0 if way in HIDDEN else 1
    assert text.count("Jordan Pe") == seen and "in the hall" in text
    assert not [line for line in account.warnings if "cannot be seen" in line]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert out.getvalue().count(b"Jordan Pe") == 0, "what stays is in the order of the page's own font"


FINE: dict[str, str] = {
    "dark words on light": LINE,
    "white words on a dark heading": "0 g 40 690 300 30 re f BT 1 g /F1 12 Tf 50 700 Td (Our plan) Tj ET",
    "words on a picture": "q 300 0 0 60 40 680 cm /Picture Do Q BT 1 g /F1 20 Tf 120 705 Td (Our plan) Tj ET",
    "pale grey words": "BT 0.75 g /F1 12 Tf 50 700 Td (Our plan) Tj ET",
    "struck through": LINE + "0 G 1 w 50 704 m 250 704 l S",
    "outlined letters": "BT 1 Tr 0 G /F1 30 Tf 50 700 Td (Our plan) Tj ET",
    "a small print of five points": "BT 0 g /F1 5 Tf 50 700 Td (Our plan for the autumn term) Tj ET",
    "words turned on their side": "BT 0 g /F1 12 Tf 0 1 -1 0 300 300 Tm (Our plan) Tj ET",
}


@pytest.mark.parametrize("way", FINE)
def test_words_that_can_be_seen_are_no_finding(way: str) -> None:
    assert told(page(FINE[way])) == []


COVERED_BY_WORDS: dict[str, str] = {
    "white words with a thick edge": LINE + "BT 2 Tr 1 g 1 G 24 w /F1 12 Tf 92 700 Td (MMMMMM) Tj ET",
    "one white letter as large as the line": LINE + "BT 2 Tr 1 g 1 G 60 w /F1 90 Tf 92 680 Td (I) Tj ET",
}
"""Pages with nothing but words on them, of which some hide others."""


@pytest.mark.parametrize("way", COVERED_BY_WORDS)
def test_words_under_other_words_are_told(way: str) -> None:
    [line] = told(page(COVERED_BY_WORDS[way]))
    assert "ordan" in line


def test_a_note_over_the_words_of_a_page_of_words_hides_them() -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(LINE.encode())
    box = pdf.make_stream(b"0 g 0 0 80 16 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 80, 16]))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([92, 696, 172, 712]), F=4)
    note.AP = Dictionary(N=box)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    document = PdfDocument(saved(pdf))
    [run] = unseen(document[0], document[0].get_textpage())
    assert "Jordan" in run.text


TURNED = (0, 90, 180, 270)


@pytest.mark.parametrize("turned", TURNED)
@pytest.mark.parametrize("way", [*HIDDEN, *ELSEWHERE, *FINE, *COVERED_BY_WORDS])
def test_the_quick_look_at_a_letter_says_what_the_whole_look_says(way: str, turned: int) -> None:
    """Every letter on every kind of page, also one that is turned or shows only a part of itself."""
    drawing = (HIDDEN | ELSEWHERE | FINE | COVERED_BY_WORDS)[way]
    with pikepdf.open(io.BytesIO(page(drawing if drawing.startswith(LINE) else LINE + drawing))) as pdf:
        pdf.pages[0].obj.Rotate = turned
        pdf.pages[0].obj.CropBox = Array([60, 300, 520, 705])  # through the middle of a line
        document = PdfDocument(saved(pdf))
    text = document[0].get_textpage()
    letters = range(text.count_chars())
    owners = [raw.FPDFText_GetTextObject(text.raw, index) for index in letters]
    drawn = [one for one in owners if one and raw.FPDFTextObj_GetTextRenderMode(one) < 3]
    sheet = DrawnSheet(document[0], drawn)
    plain = {n for n in letters if not sheet.drawn(text, n) and not chr(raw.FPDFText_GetUnicode(text, n)).isspace()}
    assert sheet.without_ink(text, letters) == plain


@pytest.mark.parametrize("way", [*FINE, *COVERED_BY_WORDS, "in white on white", "beside the page"])
def test_a_page_of_words_alone_is_white_without_them(way: str) -> None:
    """Where the page is not drawn a second time, that would have shown nothing else."""
    document = PdfDocument(page((ELSEWHERE | FINE | COVERED_BY_WORDS)[way]))
    text = document[0].get_textpage()
    owners = [raw.FPDFText_GetTextObject(text.raw, index) for index in range(text.count_chars())]
    owners = [one for one in owners if one]
    if nothing_else(document[0], owners):
        for one in owners:
            raw.FPDFTextObj_SetTextRenderMode(one, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        assert document[0].render(scale=1).to_pil().convert("L").getextrema() == (255, 255)


def test_our_own_documents_hide_nothing() -> None:
    assert told(plan_pdf()) == [] and told(review_pdf()) == []


def scan_read(box: tuple[int, int, int, int] | None) -> bytes:
    """A scan with its words behind it, as a program that reads scans leaves it; a box was painted into the picture."""
    image = Image.new("L", (1190, 1684), 245)
    pen = ImageDraw.Draw(image)
    pen.text((100, 300), "Ada and Jordan Peters", fill=10, font_size=40)
    if box:
        pen.rectangle(box, fill=0)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=144)
    with pikepdf.open(out) as pdf:
        sheet = pdf.pages[0]
        sheet.obj.Resources.Font = Dictionary(
            F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        lines = "BT 3 Tr /F1 20 Tf 50 674 Td (Ada and ) Tj 79 0 Td (Jordan Peters) Tj ET"
        sheet.contents_add(lines.encode())
        return saved(pdf)


def test_words_behind_a_scan_are_seen_in_its_picture() -> None:
    assert told(scan_read(None)) == []


def test_words_behind_a_box_in_a_scan_are_told() -> None:
    [line] = told(scan_read((250, 290, 560, 360)))
    assert "“Jordan Peters”" in line


def test_a_fax_header_over_a_scan_does_not_make_it_searchable() -> None:
    pdf = made(text="From 01632 960 001, sheet")
    pdf.pages[0].contents_add(b"q 480 0 0 600 50 100 cm /Scan Do Q")
    pdf.pages[0].obj.Resources.XObject = Dictionary(Scan=_picture(pdf))
    lines = take(saved(pdf), IntakeWish("Fax"))[1].warnings
    assert any("scan with hardly any text on page 1" in line and "names" in line for line in lines)


@pytest.mark.whole
def test_a_term_that_could_not_be_looked_for_on_such_a_page_is_told() -> None:
    pdf = made(2, text="Jordan Peters, sheet")
    pdf.pages[1].contents_add(b"q 480 0 0 600 50 100 cm /Scan Do Q")
    pdf.pages[1].obj.Resources.XObject = Dictionary(Scan=_picture(pdf))
    account = take(saved(pdf), IntakeWish("Fax", redact=("Jordan Peters", "Robin Ash")))[1]
    assert any("“Robin Ash” was to be taken out" in line and "on page 2" in line for line in account.warnings)
    assert any("taken out elsewhere, but there is a picture" in line for line in account.warnings)
