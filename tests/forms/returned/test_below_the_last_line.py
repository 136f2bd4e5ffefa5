"""What people write below the last line of a form of ours answers no question, and is told."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from lxml import etree

from generator.folder.school_folder import BUILT_IN, Project, find_project
from generator.forms.filling.runs import element, run_of
from generator.forms.given.reference import is_reference, new_reference
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.lines.of_each_kind.read_returned_pdf import read_returned_pdf
from generator.forms.returned.read_answers import AnswersRead, read_answers
from generator.forms.returned.recognise import recognise
from generator.word_files.docx_package import W, packed, unpacked
from tests.forms.invented_pdf import PdfPage, saved
from tests.forms.returned.returned_files import Page

PS = "PS: please ring me about the bus."


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project(BUILT_IN)


def read(project: Project, content: bytes) -> AnswersRead:
    found = open_returned(content, "form.docx")
    known = recognise(project, found)
    return read_answers(found, known.printed, known.form, known.ours)


def line(text: str) -> etree._Element:
    made = element("p")
    made.append(run_of(text, None))
    return made


@pytest.mark.whole
def test_a_reference_that_no_record_knows_and_words_below_it_are_no_name(project: Project) -> None:
    page = Page(project, "nia-okafor", "parents")
    end = page.root.find(f"{W}body/{W}sectPr")
    assert end is not None
    for text in ("Grace Okafor, mother", f"Ref. {new_reference()}", PS):
        end.addprevious(line(text))
    found = read(project, page.saved())
    assert found.answer("who").text == "Grace Okafor, mother" and found.unplaced == (PS,)


@pytest.mark.whole
def test_below_a_name_stands_one_line_of_its_own_at_most(project: Project) -> None:
    page = Page(project, "nia-okafor", "parents")
    end = page.root.find(f"{W}body/{W}sectPr")
    assert end is not None
    end.addprevious(line("Grace Okafor, mother"))
    end.addprevious(line(PS))
    found = read(project, page.saved())
    assert (found.answer("who").text, found.unplaced) == ("Grace Okafor, mother", (PS,))


def test_only_a_line_of_its_own_is_a_reference() -> None:
    mark = new_reference()
    assert is_reference(f"Ref. {mark}") and is_reference(mark)
    assert not is_reference(f"We could not find {mark} in the post") and not is_reference("Ref. none")


def on_pages(*pages: tuple[str, ...]) -> list[str]:
    """The lines that are read from a PDF with these lines on its pages."""
    whole, kept = pikepdf.new(), []
    for lines in pages:
        page = PdfPage(pdf := pikepdf.new())
        for number, text in enumerate(lines):
            page.say(50, 700 - 30 * number, text)
        whole.pages.extend((one := pikepdf.open(io.BytesIO(saved(pdf, page)))).pages)
        kept.append(one)
    out = io.BytesIO()
    whole.save(out)
    return [line.text for line in read_returned_pdf(out.getvalue()).lines]


def test_two_equal_answers_at_the_edges_of_pages_are_both_kept() -> None:
    held = on_pages(
        ("What works?", "The tablet.", "None.", "Page 1 of 2"), ("None.", "What is hard?", "Spelling.", "Page 2 of 2")
    )
    assert held == ["What works?", "The tablet.", "None.", "None.", "What is hard?", "Spelling."]


def test_what_a_browser_prints_along_the_edges_is_left_out_and_answers_beside_it_are_kept() -> None:
    held = on_pages(
        ("form.pdf 1/2", "What works?", "3 times", "01/12/2026, 10:15"),
        ("form.pdf 2/2", "What is hard?", "3 times", "01/12/2026, 10:15"),
    )
    assert held == ["What works?", "3 times", "What is hard?", "3 times"]


def test_a_word_or_number_at_the_same_edge_of_some_pages_is_an_answer_and_a_number_that_counts_them_is_none() -> None:
    first, last = ("What works?", "All.", "1"), ("Anything else?", "Thanks.", "4")
    held = on_pages(first, ("No", "How often?", "10", "2"), ("No", "How long?", "12", "3"), last)
    assert held == [
        "What works?",
        "All.",
        "No",
        "How often?",
        "10",
        "No",
        "How long?",
        "12",
        "Anything else?",
        "Thanks.",
    ]
    assert on_pages(("How often?", "10"), ("How long?", "12")) == ["How often?", "10", "How long?", "12"]
    assert on_pages(("Draft", "How often?"), ("Draft", "How long?")) == ["How often?", "How long?"]


@pytest.mark.whole
def test_a_picture_linked_into_an_answer_does_not_cost_the_answers(project: Project) -> None:
    page = Page(project, "nia-okafor", "parents")
    page.write("What goes well at school", "Her tablet.")
    parts = unpacked(page.saved())
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rOut" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="https://elsewhere.example/cat.png" TargetMode="External"/></Relationships>',
    )
    blip = (
        b'<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rOut"/>'
        b"</w:drawing></w:r></w:p>"
    )
    head, body, rest = parts["word/document.xml"].partition(b"<w:body>")
    content = packed({**parts, "word/document.xml": head + body + blip + rest})
    back = open_returned(content, "form.docx")
    assert "elsewhere.example/cat.png" in back.notes[-1]
    assert read(project, content).answer("school").text == "Her tablet."
    docx.Document(io.BytesIO(content))
