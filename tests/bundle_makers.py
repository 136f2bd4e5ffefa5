"""Word files, PDFs and photos that the tests of the bundle are made of; everything is invented."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from generator.bundle import FrontPage
from generator.bundle.assemble.bundle_writer import About, Piece, assemble
from generator.bundle.pagination import PagePlan
from tests.conftest import need_program

EXPORT = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def docx(title: str, paragraphs: Sequence[tuple[str, str] | str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document: paragraphs as (style, text), text, or ("link:ADDRESS", text); then a table with a header row."""
    document = Document()
    document.core_properties.title = title
    _speak_english(document)
    for paragraph in paragraphs:
        style, text = paragraph if isinstance(paragraph, tuple) else ("Normal", paragraph)
        if style.startswith("link:"):
            _link(document.add_paragraph(), style.removeprefix("link:"), text)
        else:
            document.add_paragraph(text, style=style)
    if table:
        _table(document, table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _speak_english(document: Any) -> None:
    fonts = document.styles["Normal"].font
    fonts.name, fonts.size = "Liberation Sans", Pt(12)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    document.styles.add_style("Hyperlink", 2) if "Hyperlink" not in document.styles else None


def _link(paragraph: Any, address: str, text: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = paragraph.add_run(text, style="Hyperlink")
    link.append(run._r)
    paragraph._p.append(link)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for values in rows:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))


def office(documents: Sequence[bytes]) -> list[bytes]:
    """Word documents converted by LibreOffice to tagged PDF (PDF/UA), all in one go."""
    soffice = need_program("soffice", "it makes the tagged PDFs of this test")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{index}.docx" for index in range(len(documents))]
        for path, content in zip(paths, documents, strict=True):
            path.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--norestore", "--convert-to", EXPORT, "--outdir", name]
        subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


def front_docx(page: FrontPage) -> bytes:
    """A plain version of each of the bundle's own pages, with its links."""
    c = page.context
    if page.name == "bundle-cover":
        return docx(c["bundle"]["title"], [("Heading 1", c["bundle"]["title"]), f"{c['bundle']['total']} pages"])
    if page.name == "bundle-placeholder":
        return docx(
            c["title"], [("Heading 1", c["title"]), f"This document could not be included: {c['reason']}", c["hint"]]
        )
    if page.name == "evidence-index":
        lines: list[tuple[str, str] | str] = [("Heading 1", "Evidence index")]
        for criterion in c["criteria"]:
            lines.append(("Heading 2", criterion["text"]))
            lines += _rows(criterion["evidence"]) or ["Nothing yet."]
        return docx("Evidence index", lines)
    sections = c["sections"] if page.name == "bundle-contents" else [c]
    lines = [("Heading 1", "Contents" if page.name == "bundle-contents" else c["title"])]
    for section in sections:
        lines.append((f"link:{section['link']}", f"{section['letter']}. {section['title']}, page {section['first']}"))
        lines += _rows(section["documents"])
    return docx("Contents", lines)


def _rows(rows: Sequence[Any]) -> list[tuple[str, str] | str]:
    return [
        (f"link:{row['link']}", f"{row['number']} {row['title']}, {row['date_text']}, {row['pages']}") for row in rows
    ]


def front(pages: Sequence[FrontPage]) -> list[bytes]:
    """What the bundle calls for its own pages: LibreOffice, once for all of them."""
    return office([front_docx(page) for page in pages])


@lru_cache
def plan_pdf() -> bytes:
    """A tagged SEN support plan of a few pages, as LibreOffice makes it."""
    return _tagged()[0]


@lru_cache
def review_pdf() -> bytes:
    """A tagged review with a table and a web link."""
    return _tagged()[1]


@lru_cache
def _tagged() -> list[bytes]:
    long = "Ada reads with an adult for ten minutes every day and chooses the book herself. " * 6
    plan: list[tuple[str, str] | str] = [
        ("Heading 1", "SEN support plan"),
        long,
        ("Heading 2", "Outcomes"),
        *[long] * 8,
    ]
    review: list[tuple[str, str] | str] = [("Heading 1", "Review"), long, ("link:https://www.gov.uk/", "Guidance")]
    return office(
        [
            docx("SEN support plan", plan),
            docx("Review", review, [["Target", "Met"], ["Reads 30 words", "yes"], ["Writes", "no"]]),
        ]
    )


def made(
    pages: int = 1,
    size: tuple[float, float] = (595, 842),
    text: str = "Report",
    font: str = "Helvetica",
    **entries: Any,
) -> pikepdf.Pdf:
    """An untagged PDF with a line of text on each page, its font not inside; `entries` go into every page."""
    pdf = pikepdf.new()
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size)
        named = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + font))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=named))
        page.obj.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 {size[1] - 80} Td ({text} page {number}) Tj ET".encode())
        for key, value in entries.items():
            page.obj["/" + key] = value
    return pdf


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """The PDF as bytes, always the same."""
    out = io.BytesIO()
    pdf.save(out, **({"deterministic_id": True} | options))
    return out.getvalue()


def link_to(pdf: pikepdf.Pdf, page: int, rect: Sequence[float] = (60, 700, 200, 720), **entries: Any) -> Any:
    """A link annotation put on a page (counted from 1)."""
    annotation = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(list(rect)), Border=Array([0, 0, 0]), **entries)
    )
    sheet = pdf.pages[page - 1].obj
    sheet.Annots = Array([*sheet.get("/Annots", []), annotation])
    return annotation


def photo(size: tuple[int, int] = (1200, 900), kind: str = "JPEG", orientation: int = 1, gps: bool = False) -> bytes:
    """A photo with a red upper left quarter, as a camera would save it."""
    image = Image.new("RGB", size, (220, 225, 230))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(200, 30, 30))
    options: dict[str, Any] = {}
    if kind in ("JPEG", "TIFF", "PNG", "WEBP"):
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010F] = "SecretCamera"
        if gps:
            exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 57.0, 30.0), 3: "W", 4: (1.0, 5.0, 0.0)})
        options["exif"] = exif
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scan(pages: int = 1, size: tuple[int, int] = (827, 1170)) -> bytes:
    """A scanner's PDF: pictures of pages without any text."""
    images = [Image.new("L", size, 240 - 5 * index) for index in range(pages)]
    for index, image in enumerate(images):
        ImageDraw.Draw(image).text((100, 100), f"scanned page {index + 1}", fill=0)
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=100)
    return out.getvalue()


def assembled(pieces: Iterable[Piece], plan: PagePlan, about: About, **wanted: Any) -> bytes:
    """The pieces put together, in memory."""
    out = io.BytesIO()
    assemble(pieces, plan, about, out, **wanted)
    return out.getvalue()
