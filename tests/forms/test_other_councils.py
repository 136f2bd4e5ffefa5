"""Forms of other make: every place is found, what is proposed is right, and nothing that is sure is wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.cases.case import Case
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.answering.place_answers import answers
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import FormMap
from generator.forms.authority.learn import learn
from generator.forms.filling.fill_word import fill_word
from generator.forms.filling.pdf_fields.fill_pdf import fill_pdf
from generator.word_files.docx_package import Member, unpacked, write_package
from tests.forms.conftest import DAY, confirmed
from tests.forms.invented_council_pdfs import PDF, pdf_below, pdf_radio
from tests.forms.invented_councils import WORD, grid_landscape, textbox
from tests.forms.invented_forms import InventedForm
from tests.forms.invented_pdf import PdfPage, saved
from tests.forms.test_learn import is_right


def mapped(content: bytes, name: str) -> FormMap:
    return learn(read_form_file(content, name), name.split(".")[0], "standard", load_dictionary(), DAY)


@pytest.mark.whole
@pytest.mark.parametrize("make", [*WORD, *PDF], ids=lambda make: make.__name__)
def test_every_place_of_it_is_found_and_right(make: Callable[[], Any], ada: Case) -> None:
    made = make()
    content, wanted, ending = (
        (made.content(), made.answers, "docx") if isinstance(made, InventedForm) else (*made, "pdf")
    )
    places = mapped(content, f"{make.__name__}.{ending}").places
    assert len(places) == len(wanted), [p.label for p in places]
    pairs = list(zip(places, wanted, strict=True))
    assert [(p.id, p.label, p.fields, p.sure) for p, answer in pairs if not is_right(p, answer, ada)] == []


def test_the_number_of_a_question_is_no_place() -> None:
    places = mapped(grid_landscape().content(), "grid.docx").places
    assert not [p for p in places if p.label[:1].isdigit() and len(p.label) < 5]


def test_a_label_below_its_line_belongs_to_the_field_above_it(ada: Case) -> None:
    content, _ = pdf_below()
    filled = fill_pdf(content, answers(confirmed(mapped(content, "below.pdf")), ada))
    with pikepdf.open(io.BytesIO(filled.content)) as pdf:
        held = {str(f.T): str(f.get("/V", "")) for f in pdf.Root.AcroForm.Fields}
    assert (held["Text10"], held["Text11"], held["Text12"]) == ("Brown", "Ada Rose", "14/05/2018")


def test_a_date_in_eight_boxes_has_no_strokes(ada: Case) -> None:
    content, _ = pdf_radio()
    filled = fill_pdf(content, answers(confirmed(mapped(content, "radio.pdf")), ada))
    with pikepdf.open(io.BytesIO(filled.content)) as pdf:
        held = {str(f.T): f.get("/V", "") for f in pdf.Root.AcroForm.Fields}
    assert str(held["Text2"]) == "14052018" and filled.overflow == ()
    assert (str(held["Group1"]), str(held["Group2"]), str(held["Dropdown1"])) == ("/0", "/x2", "SpLD")


def test_what_a_text_box_of_fixed_height_cannot_show_goes_to_the_continuation_sheet(ada: Case) -> None:
    content = textbox().content()
    filled = fill_word(content, answers(confirmed(mapped(content, "box.docx")), ada))
    assert [o.reason for o in filled.overflow] == ["it is longer than the box"] * 3
    xml = unpacked(filled.content)["word/document.xml"].decode()
    assert "[continuation sheet, 1]" in xml and ada.data("request")["reason"] not in xml
    growing = content_with(content, b"<wps:bodyPr/>", b"<wps:bodyPr><a:spAutoFit/></wps:bodyPr>")
    assert fill_word(growing, answers(confirmed(mapped(growing, "box.docx")), ada)).overflow == ()


def content_with(content: bytes, before: bytes, after: bytes) -> bytes:
    """A Word file with something else in its document."""
    parts = unpacked(content)
    assert before in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(before, after)
    return write_package(Member.of(name, part) for name, part in parts.items())


def test_a_description_of_itself_that_is_damaged_does_not_stop_a_form(ada: Case) -> None:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    page.say(50, 800, "Request for an EHC needs assessment", 16, True)
    page.say(50, 750, "Surname")
    page.field("Text1", 150, 746, 130, "Brown")
    broken = pdf.make_stream(b"no such thing", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.Root.Metadata = broken
    saved(pdf, page)
    raw = io.BytesIO()
    pdf.save(raw)
    content = raw.getvalue().replace(b"/Subtype /XML", b"/Filter /ASCII85Decode /Subtype /XML")
    with pikepdf.open(io.BytesIO(content)) as again:
        assert "/Filter" in again.Root.Metadata
    filled = fill_pdf(content, answers(confirmed(mapped(content, "damaged.pdf")), ada))
    assert any("damaged" in warning for warning in filled.warnings)


def test_room_behind_the_last_label_of_a_line_of_boxes_is_a_place() -> None:
    form = InventedForm(docx.Document())
    form.document.add_heading("Request for an EHC needs assessment of a child", 1)
    form.line("Hearing tested?  Yes ☐ No ☐ Date:")
    form.line("Glasses?  Yes ☐ No ☐ Please tick one")
    kinds = [(p.kind, p.how) for p in mapped(form.content(), "line.docx").places]
    assert kinds.count(("line", "room behind the label")) == 1 and len(kinds) == 5


def test_what_google_docs_wraps_its_printed_words_in_is_no_place(ada: Case) -> None:
    form = InventedForm(docx.Document())
    form.document.add_heading("Request for an EHC needs assessment of a child", 1)
    table = form.table(["Surname", ""], ["Date of birth", ""])
    words = table.cell(0, 0).paragraphs[0]._p
    run = words.r_lst[0]
    wrapped = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="goog_rdk_0"/><w:id w:val="-2014109436"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    run.addprevious(wrapped)
    wrapped[-1].append(run)
    content = form.content()
    assert [p.label for p in mapped(content, "google.docx").places] == ["Surname", "Date of birth"]
    filled = fill_word(content, answers(confirmed(mapped(content, "google.docx")), ada)).content
    xml = unpacked(filled)["word/document.xml"].decode()
    assert "goog_rdk_0" in xml and ">Surname<" in xml and ">Brown<" in xml


def test_room_behind_a_printed_number_is_a_place_and_a_column_of_numbers_is_none() -> None:
    form = InventedForm(docx.Document())
    form.document.add_heading("Request for an EHC needs assessment of a child", 1)
    form.table(["Name and job of each adult"], ["1."], ["2."], ["3."])
    form.line("and then")
    form.table(["Outcome", "By when"], ["1", ""], ["2", ""])
    form.line("and last")
    form.table(["No.", "Outcome"], ["1", ""], ["2", ""])
    places = mapped(form.content(), "numbers.docx").places
    assert [p.label for p in places] == [
        *("Name and job of each adult: 1.", "Name and job of each adult: 2.", "Name and job of each adult: 3."),
        *("Outcome: 1", "1: By when", "Outcome: 2", "2: By when"),
        *("1: Outcome", "2: Outcome"),
    ]
    outcomes = [p.fields for p in places if "Outcome" in p.label]
    assert outcomes == [("plan.outcomes[0].text",), ("plan.outcomes[1].text",)] * 2
