"""Word documents for tests, made with python-docx: every feature that our templates use, with invented words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from PIL import Image

TITLE = "SEN support plan: Zoë O'Brien-Šmidt & Sons"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def plan(rows: int = 45) -> bytes:
    """A realistic document: headings, lists, a long table, links, a picture, a landscape page, "page of pages"."""
    document = blank(TITLE)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Hill View Primary School (invented)"
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    add_field(footer, "PAGE")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES")
    document.add_heading(TITLE, 1)
    document.add_heading("What helps", 2)
    document.add_paragraph("Ticks ☐ ☒ ☑ ✓, Polish Zażółć gęślą jaźń, Greek Καλημέρα, dinosaurs 🦕 and trains 🚂 😀.")
    for text in ("speaks in short phrases", "needs a quiet place", "loves trains"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("first we look", "then we plan"):
        document.add_paragraph(text, style="List Number")
    document.add_heading("Provision", 2)
    outcomes = [[f"Outcome {number} is met", "Ms Green", "Tuesdays"] for number in range(rows)]
    add_table(document, [["Outcome", "Who", "When"], *outcomes])
    paragraph = document.add_paragraph("See ")
    add_link(paragraph, "https://www.example.org/send", "the local offer")
    paragraph.add_run(" or ")
    add_link(paragraph, "mailto:office@example.org", "write to the office")
    paragraph.add_run(".")
    add_picture(document, "The school's badge: a blue hill")
    document.add_heading("The whole story", 2)
    sentences = (f"Sentence {number} says that the child does well with the given help." for number in range(40))
    document.add_paragraph(" ".join(sentences))
    landscape = document.add_section(WD_SECTION.NEW_PAGE)
    landscape.orientation = WD_ORIENT.LANDSCAPE
    landscape.page_width, landscape.page_height = Cm(29.7), Cm(21)
    document.add_heading("Costs", 2)
    table = add_table(document, [["What", "Hours", "Cost"], ["Reading", "2", "£40"], ["Total", "", "£40"]])
    table.cell(2, 0).merge(table.cell(2, 1)).text = "Total"
    return content(document)


def blank(title: str = "A page") -> Word:
    """An A4 document in Arial 12 pt and British English, with a title."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    for style in document.styles.element.iter(qn("w:rFonts")):
        style.attrib.clear()
        for slot in ("w:ascii", "w:hAnsi", "w:cs"):
            style.set(qn(slot), "Arial")
    document.styles.element.find(".//" + qn("w:lang")).set(qn("w:val"), "en-GB")
    document.core_properties.title = title
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    return document


def paragraphs(*texts: str) -> bytes:
    """A document of plain paragraphs."""
    document = blank()
    for text in texts:
        document.add_paragraph(text)
    return content(document)


def content(document: Word) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The same package with some parts replaced, added, or (None) left out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return target.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def add_field(paragraph: Paragraph, instruction: str, stored: str = "1") -> None:
    for kind in ("begin", "instruction", "separate", "stored", "end"):
        run = paragraph.add_run(stored if kind == "stored" else "")
        if kind == "instruction":
            text = OxmlElement("w:instrText")
            text.text = f" {instruction} "
            text.set(qn("xml:space"), "preserve")
            run._r.append(text)
        elif kind != "stored":
            run._r.append(_element("w:fldChar", fldCharType=kind))


def add_link(paragraph: Paragraph, address: str, text: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, _HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.extend([_element("w:color", val="0563C1"), _element("w:u", val="single")])
    words = OxmlElement("w:t")
    words.text = text
    run.extend([properties, words])
    link.append(run)
    paragraph._p.append(link)


def add_table(document: Word, rows: list[list[str]]) -> Table:
    """A table whose first row is a header row, white on dark blue; no row breaks over a page."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for number, texts in enumerate(rows):
        row = table.add_row()
        _set_row(row, "w:cantSplit", *(["w:tblHeader"] if number == 0 else []))
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            if number == 0:
                cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="1F3864"))
                cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    return table


def add_picture(document: Word, words: str) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (300, 120), (40, 120, 200)).save(drawn, "PNG")
    drawn.seek(0)
    document.add_picture(drawn, width=Cm(5))._inline.docPr.set("descr", words)


def _set_row(row: _Row, *names: str) -> None:
    for name in names:
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _element(tag: str, **attributes: str) -> OxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
