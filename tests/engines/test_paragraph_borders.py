"""Lines above and below paragraphs: the embedded engine leaves them their room and draws them in headers too."""

from __future__ import annotations

import pypdfium2
import pytest
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from generator.engines.docx.copy_prepared import docx_prepare
from tests import word_files
from tests.engines.real_engines import converted, engine_called

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def ruled(paragraph: Paragraph, *sides: str, space: int = 6) -> Paragraph:
    """Give a paragraph lines of 1 pt on these sides, so many points from its text."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", str(space)), ("color", "FF0000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_after or Pt(0)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    return paragraph


def document() -> Word:
    made = word_files.blank()
    made.styles["Normal"].paragraph_format.space_after = Pt(0)
    return made


def add(made: Word, text: str, before: float = 0, after: float = 0) -> Paragraph:
    paragraph = made.add_paragraph(text)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def heights(pdf: bytes, *texts: str) -> list[float]:
    """How far below the first of these texts each stands on the page, in points."""
    page = pypdfium2.PdfDocument(pdf)[0]
    textpage = page.get_textpage()
    found = []
    for text in texts:
        index = textpage.search(text).get_next()
        assert index, text
        found.append(textpage.get_charbox(index[0])[3])
    return [found[0] - height for height in found]


def lines(pdf: bytes, colour: tuple[int, int, int] = (255, 0, 0)) -> list[float]:
    """The heights above the foot of the page, in whole points, at which wide red things are drawn."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=2, rev_byteorder=True).to_pil().convert("RGB")
    rows = []
    for y in range(picture.height):
        red = sum(picture.getpixel((x, y)) == colour for x in range(0, picture.width, 4))
        if red > picture.width / 16 and (not rows or y - rows[-1] > 4):
            rows.append(y)
    return [(picture.height - row) / 2 for row in rows]


CASES = {
    "then text": (("bottom",), 0, 0),
    "then text with space above it": (("bottom",), 8, 20),
    "a line above": (("top",), 8, 4),
    "lines on both sides": (("top", "bottom"), 0, 10),
}


@pytest.mark.whole
@pytest.mark.parametrize("name", CASES)
def test_text_stands_as_far_below_a_line_as_in_libreoffice(name: str) -> None:
    sides, after, before = CASES[name]
    made = document()
    add(made, "First words")
    ruled(add(made, "Second words", before=5, after=after), *sides)
    add(made, "Third words", before=before)
    content = word_files.content(made)
    ours, theirs = (
        heights(converted(engine_called(engine), content).content, "First", "Second", "Third")
        for engine in ("embedded", "libreoffice")
    )
    assert ours == pytest.approx(theirs, abs=0.8)


def test_neighbours_with_the_same_lines_have_them_around_both() -> None:
    made = document()
    for text in ("First words", "Second words"):
        ruled(add(made, text), "top", "bottom")
    body = _prepared(made, "word/document.xml")
    spacing = [p.find(f"{W}pPr/{W}spacing") for p in body.iter(W + "p")]
    assert [(s.get(W + "before"), s.get(W + "after")) for s in spacing] == [("140", "0"), ("0", "140")]


def test_a_line_of_a_style_has_its_room_wherever_the_style_is_used() -> None:
    made = document()
    ruled(made.styles["Heading 1"], "bottom")  # type: ignore[arg-type]
    made.add_heading("Needs", 1)
    made.add_paragraph("Talking")
    spacing = [p.find(f"{W}pPr/{W}spacing") for p in _prepared(made, "word/document.xml").iter(W + "p")]
    assert spacing[0].get(W + "after") == "140"
    assert spacing[1] is None


def test_a_line_that_is_turned_off_has_no_room() -> None:
    made = document()
    paragraph = ruled(add(made, "First words"), "bottom")
    paragraph._p.find(f".//{W}bottom").set(W + "val", "nil")
    assert _prepared(made, "word/document.xml").find(f".//{W}spacing").get(W + "after") == "0"


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_the_lines_of_header_and_footer_are_drawn_by_both_engines(engine: str) -> None:
    made = document()
    section = made.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.text, footer.text = "Larkfield School", "Page 1"
    ruled(header, "bottom")
    ruled(footer, "top")
    made.add_paragraph("Words")
    pdf = converted(engine_called(engine), word_files.content(made))
    below_header, above_footer = lines(pdf.content)
    assert 780 < below_header < 800
    assert 50 < above_footer < 70
    assert pdf.warnings == ()


@pytest.mark.whole
def test_one_line_is_drawn_under_a_header_of_two_paragraphs() -> None:
    made = document()
    header = made.sections[0].header
    header.paragraphs[0].text = "Larkfield School"
    header.add_paragraph("Copy for the family")
    for paragraph in header.paragraphs:
        ruled(paragraph, "bottom")
    header.add_paragraph("A third, without a line")
    made.add_paragraph("Words")
    pdf = converted(engine_called("embedded"), word_files.content(made))
    assert len(lines(pdf.content)) == 1


def _prepared(made: Word, part: str) -> etree._Element:
    return etree.fromstring(
        word_files.part(docx_prepare.prepare(word_files.content(made), written_out=True).content, part)
    )
