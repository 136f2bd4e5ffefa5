"""Forms that came back as something else than Word: OpenDocument, PDF with notes typed on it, pictures."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import pikepdf
import pypdfium2 as pdfium
import pytest

from generator.documents.languages.translate import Interpreter
from generator.engines import Docx, Pdf, choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, Project, find_project
from generator.forms.answer_places.on_pdf_pages.pdf_words import page_words
from generator.forms.answer_places.place import FormRefused
from generator.forms.given.blank_form import blank_paper
from generator.forms.given.question_list import question_forms
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.lines.of_each_kind.read_returned_odt import read_returned_odt
from generator.forms.returned.lines.of_each_kind.read_returned_pdf import read_returned_pdf
from generator.forms.returned.take_answers import look_at
from tests.bundle_makers import made, saved

NIA = "nia-okafor"
BACK = date(2026, 12, 3)


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project(BUILT_IN)


@pytest.fixture(scope="module")
def paper(project: Project) -> tuple[tuple[str, ...], bytes]:
    """The lines of the parents' form, and the form as PDF."""
    case = load_case(project, NIA).case
    assert case is not None
    made = blank_paper(project, case, question_forms()["parents"], Interpreter(project))
    assert made is not None
    engine = choose("embedded")
    [pdf] = engine.convert([Docx("form", made.word)])
    engine.close()
    assert isinstance(pdf, Pdf)
    return made.texts, pdf.content


def odt(paragraphs: list[str]) -> bytes:
    """An OpenDocument text of some paragraphs of XML."""
    names = ("office:1.0", "text:1.0", "style:1.0", "table:1.0")
    spaces = " ".join(f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n}"' for n in names)
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def torn_odt() -> bytes:
    """An OpenDocument text whose content breaks off."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content")
    return out.getvalue()


def test_what_stands_beside_the_text_of_an_open_document_is_told() -> None:
    draw, link = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "http://www.w3.org/1999/xlink"
    shape = f'<d:custom-shape xmlns:d="{draw}"><text:p>SHOUTS AT NIGHT</text:p></d:custom-shape>'
    content = odt(["What goes well", shape, f'<text:section-source xmlns:x="{link}" x:href="../more.odt"/>'])
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("style", "text"))
        archive.writestr(
            "styles.xml",
            f"<style:master {spaces}><style:header><text:p>He cries on Mondays.</text:p></style:header>"
            "<style:footer-left><text:p/></style:footer-left></style:master>",
        )
    returned = read_returned_odt(out.getvalue())
    assert returned.edges == ("He cries on Mondays.",)
    assert "words in a shape say: SHOUTS AT NIGHT" in returned.notes
    assert [note for note in returned.notes if note.startswith("a part of it is another file")]


def test_a_shape_in_a_text_box_of_an_open_document_is_told_once_and_letters_drawn_as_such() -> None:
    draw = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    art = '<d:enhanced-geometry d:type="fontwork-arch-up-curve"/>'
    shapes = f"<d:custom-shape><text:p>NOISE</text:p></d:custom-shape><d:custom-shape><text:p>RESTS</text:p>{art}"
    box = f"<text:p>{shapes}</d:custom-shape><text:note><text:p>At home</text:p></text:note></text:p>"
    content = odt([f'<d:frame xmlns:d="{draw}"><d:text-box>{box}</d:text-box></d:frame>'])
    assert read_returned_odt(content).notes == (
        "words in a shape say: NOISE",
        "letters drawn as a shape say: RESTS",
        "a comment or footnote says: At home",
    )


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("Stamp", "", ["a stamp was drawn on page 1: look at it"]),
        ("Stamp", "Urgent", []),
        ("FreeText", " ", ["something was drawn on page 1: look at it"]),
        ("StrikeOut", "", ["a line through words was drawn on page 1: look at it"]),
        ("Polygon", "x", ["something (“x”) was drawn on page 1: look at it"]),
        ("FileAttachment", "Plan", ["a file (“Plan”) is attached to page 1 and was not read: open it"]),
        ("Sound", "", ["a recording is attached to page 1 and was not read: listen to it"]),
        ("Screen", "", ["a film or recording is attached to page 1 and was not read: look at it"]),
        ("Link", "", []),
        ("Popup", "", []),
    ],
)
def test_what_is_put_onto_a_page_is_read_or_told(kind: str, said: str, told: list[str]) -> None:
    pdf = made(text="What goes well at school")
    mark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name(f"/{kind}"),
        Rect=pikepdf.Array([60, 600, 200, 620]),
        Contents=said,
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(mark)])
    returned = read_returned_pdf(saved(pdf))
    assert list(returned.notes) == told
    assert any("Urgent" in line.text for line in returned.lines) is (said == "Urgent")


@pytest.mark.whole
def test_an_open_document_is_read_like_word(project: Project, paper: tuple[tuple[str, ...], bytes]) -> None:
    lines = []
    for text in paper[0]:
        lines.append(escape(text))
        if text == "What goes well at school":
            lines += ["Jej tablet.<text:tab/>", "<text:s/>Pan Reid!<text:line-break/>I muzyka"]
        if text.startswith("☐") and "translated" in text:
            lines[-1] = "☑ <text:s/>It was translated by: my cousin<text:tab/>"
    form = look_at(project, "form.odt", odt(lines), BACK, NIA)
    assert form.read is not None, form.refused
    assert form.read.answer("school").text == "Jej tablet.\nPan Reid!\nI muzyka"
    assert form.read.answer("translated").ticked and form.read.answer("translated").text == "my cousin"
    assert {one.question for one in form.read.answers if not one.empty} == {"school", "translated"}


def noted(pdf: bytes, notes: dict[str, list[str]]) -> bytes:
    """Notes typed on the lines below headings, as Preview and Edge leave them."""
    places = {}
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            rows = page_words(page)
            for at, row in enumerate(rows):
                if row.text in notes:
                    places[row.text] = (number, [one for one in rows[at + 1 : at + 4] if set(one.text) == {"_"}])
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for heading, texts in notes.items():
            number, lines = places[heading]
            page = opened.pages[number].obj
            for text, line in zip(texts, lines, strict=False):
                box = [line.left + 4, line.bottom, line.right, line.bottom + 13]
                note = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=pikepdf.Array(box), Contents=text
                )
                page.Annots = pikepdf.Array([*page.get("/Annots", []), opened.make_indirect(note)])
        opened.save(out)
    return out.getvalue()


@pytest.mark.whole
def test_notes_on_a_pdf_are_answers_and_a_sentence_over_two_lines_is_one(
    project: Project, paper: tuple[tuple[str, ...], bytes]
) -> None:
    long = "Homework sheets that need reading before she can even start, so that we end up"
    notes = {
        "What is hard, at home or at school": [long, "doing it for her 😟"],
        "What goes well at school": ["Her tablet.", "Music."],
    }
    form = look_at(project, "form.pdf", noted(paper[1], notes), BACK, NIA)
    assert form.read is not None, form.refused
    assert form.read.answer("school").text == "Her tablet.\nMusic."
    assert form.read.answer("hard").text == f"{long} doing it for her 😟"
    assert {one.question for one in form.read.answers if not one.empty} == {"school", "hard"}


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "form.docx", "empty"),
        (b"\xff\xd8\xff a photo", "scan.JPG", "handwriting is not read"),
        (b"PK\x03\x04 broken", "form.docx", "damaged"),
        (b"%PDF-1.7 broken", "form.pdf", "damaged"),
        (b"PK\x03\x04", "form.pages", "Pages"),
        (torn_odt(), "form.odt", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "form.doc", "LibreOffice"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, name: str, says: str) -> None:
    with pytest.raises(FormRefused, match=says) as caught:
        open_returned(content, name)
    assert caught.value.advice
