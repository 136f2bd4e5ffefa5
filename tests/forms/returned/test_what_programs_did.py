"""Forms as other programs and telephones leave them: formatted answers, long answers, half of it as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
import yaml
from PIL import Image

from generator.folder.school_folder import BUILT_IN, Project, find_project
from generator.forms.answer_places.place import FormRefused
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.lines.of_each_kind.read_returned_pdf import FOOT_WORDS, read_returned_pdf
from generator.forms.returned.take_answers import ReturnedForm, look_at
from tests.example_school import copy_school, sendpack
from tests.forms.invented_pdf import PdfPage, saved

BACK = date(2026, 12, 3)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = copy_school(tmp_path_factory.mktemp("programs") / "school", "ada-brown")
    done = sendpack(folder, "ask", "ada-brown", "--who", "parents", "--on", "29/11/2026", "--meeting", "8/12/2026")
    assert done.returncode == 0, done.stderr
    return find_project(folder)


def given(school: Project) -> Path:
    return sorted((school.root / "output" / "ada-brown" / "ask").glob("*.pdf"))[0]


def texts(back: ReturnedForm) -> dict[str, str]:
    """The answers that were read, by question."""
    assert back.read is not None, back.refused
    return {one.question: one.text for one in back.read.answers if one.text}


def answers(school: Project, change: Callable[[pikepdf.Pdf, dict[str, pikepdf.Object]], None]) -> dict[str, str]:
    """What is read of the PDF that was given out after a program changed its fields."""
    with pikepdf.open(given(school)) as pdf:
        change(pdf, {str(f.T).removeprefix("sendpack:"): f for f in pdf.Root.AcroForm.Fields})
        content = io.BytesIO()
        pdf.save(content)
    back = look_at(school, "back.pdf", content.getvalue(), BACK)
    return texts(back)


@pytest.mark.whole
def test_a_long_answer_that_is_kept_as_a_stream_is_read(school: Project) -> None:
    def change(pdf: pikepdf.Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["hard"].V = pdf.make_stream(b"Getting up.\rShoes.")

    assert answers(school, change)["hard"] == "Getting up.\nShoes."


@pytest.mark.whole
def test_an_answer_that_is_only_there_with_its_formatting_is_read(school: Project) -> None:
    def change(pdf: pikepdf.Pdf, fields: dict[str, pikepdf.Object]) -> None:
        rich = '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>The <b>blue</b> card.</p></body>'
        fields["school"].RV = pikepdf.String(rich)
        fields["hope"].RV = pikepdf.String('<!DOCTYPE x [<!ENTITY e "no">]><body><p>&e;</p></body>')
        fields["now"].V = pikepdf.Array([pikepdf.String("A card"), pikepdf.String("A clock")])

    found = answers(school, change)
    assert found["school"] == "The blue card."
    assert "hope" not in found and found["now"] == "A card\nA clock"


@pytest.mark.whole
def test_an_answer_that_was_cleared_or_changed_is_not_read_from_its_formatted_copy(school: Project) -> None:
    def change(pdf: pikepdf.Pdf, fields: dict[str, pikepdf.Object]) -> None:
        for name in ("school", "hope", "now"):
            fields[name].RV = pikepdf.String("<body><p>Of before.</p></body>")
        fields["school"].V = pikepdf.String("")
        fields["hope"].V = 12
        fields["now"].V = pikepdf.String("Of today.")

    found = answers(school, change)
    assert "school" not in found and (found["hope"], found["now"]) == ("12", "Of today.")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("rich", "said"),
    [
        ("<body><div><p>a</p><p>b</p></div></body>", "a\nb"),
        ("<body><ul><li><p>cards</p></li><li>clocks</li></ul></body>", "cards\nclocks"),
        ("<body><p>He reads.<br/>He writes.</p></body>", "He reads.\nHe writes."),
        ("<body>First <b>of all</b>:<p>he reads</p> and so on</body>", "First of all:\nhe reads\nand so on"),
        ("<body><p>in <span>one</span>  line</p><?y z?></body>", "in one line"),
    ],
)
def test_every_word_of_a_formatted_answer_is_read_once_and_on_its_line(school: Project, rich: str, said: str) -> None:
    def change(pdf: pikepdf.Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["school"].RV = pikepdf.String(rich)

    assert answers(school, change)["school"] == said


@pytest.mark.parametrize(
    ("text", "foot"),
    [
        ("Page 1 of 1", True),
        ("Confidential · Ada Brown Page 1 of 1", True),
        ("Confidential Page 1 of 1", True),
        ("Poufne · Ada Brown · Tłumaczenie robocze (unreviewed draft translation) Strona 1 z 1", True),
        ("please keep the 1:1", False),
        ("He needs 1 to 1", False),
        ("She is on Page 1 of 1", False),
        ("about 1 or 1", False),
        ("Page 1 of 2", False),
    ],
)
def test_only_the_foot_that_we_print_is_left_out_of_a_page(text: str, foot: bool) -> None:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    written = text.replace("ł", "l")
    for number, line in enumerate(("What helps?", written)):
        page.say(50, 700 - 30 * number, line.replace("(", "\\(").replace(")", "\\)").replace("·", "\\267"))
    lines = [line.text for line in read_returned_pdf(saved(pdf, page)).lines]
    assert lines == (["What helps?"] if foot else ["What helps?", written])


def test_an_answer_above_the_foot_that_counts_something_is_kept() -> None:
    pdf = pikepdf.new()
    page = PdfPage(pdf)
    for number, line in enumerate(("What helps?", "He reached step 1 of 1", "Page 1 of 1")):
        page.say(50, 700 - 30 * number, line)
    lines = [line.text for line in read_returned_pdf(saved(pdf, page)).lines]
    assert lines == ["What helps?", "He reached step 1 of 1"]


def test_the_foot_is_known_in_every_language_that_is_written_from_the_left() -> None:
    held = [yaml.safe_load(file.read_text("utf-8")) for file in (BUILT_IN / "templates" / "words").glob("*.yaml")]
    pairs = {(one["wording"]["Page"], one["wording"]["of"]) for one in held if one.get("direction") != "rtl"}
    assert pairs and pairs <= set(FOOT_WORDS)


@pytest.mark.whole
def test_the_foot_of_the_only_page_that_is_no_picture_is_no_answer(school: Project) -> None:
    with pdfium.PdfDocument(given(school)) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    photo = io.BytesIO()
    page.save(photo, "PDF")
    with pikepdf.open(photo) as scanned, pikepdf.open(given(school)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.T == "sendpack:other":
                field.V = pikepdf.String("Call after four.")
        del pdf.pages[0]
        pdf.pages.insert(0, scanned.pages[0])
        content = io.BytesIO()
        pdf.save(content)
    back = look_at(school, "half.pdf", content.getvalue(), BACK)
    said = texts(back)
    assert said == {"other": "Call after four."}


def test_a_word_file_of_photographs_says_that_handwriting_is_not_read() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (90, 120), "white").save(picture, "PNG")
    document = docx.Document()
    document.add_picture(picture)
    content = io.BytesIO()
    document.save(content)
    with pytest.raises(FormRefused, match="nothing but pictures"):
        open_returned(content.getvalue(), "scan.docx")
