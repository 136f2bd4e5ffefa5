"""Dates, telephone numbers and numbers with what they count end no line in the middle, on both engines."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from docx import Document

from generator.engines import Docx, drawn_whole
from generator.engines.docx.copy_prepared.docx_prepare import prepare
from generator.engines.docx.copy_prepared.kept_together import NARROW, WIDE
from generator.engines.protocol import Pdf
from generator.word_files.docx_package import unpacked
from tests.engines.real_engines import engine_called

WHOLE = (
    "19 November 2026",
    "24 Sep 2026",
    "01632 960 104",
    "30 minutes",
    "14 of 20",
    "goal 16 of 20",
    "pages 5-12",
    "19 listopada 2026",
)


def letter() -> bytes:
    document = Document()
    for number in range(40):
        words = " ".join(["word"] * (number % 9)) + " x" * (number % 4)
        document.add_paragraph(f"{words} " + " and ".join(WHOLE[number % len(WHOLE) :] + WHOLE))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.whole
@pytest.mark.parametrize("name", ["embedded", "libreoffice"])
def test_no_line_ends_within_them_and_they_are_found_with_plain_spaces(name: str) -> None:
    engine = engine_called(name)
    [made] = drawn_whole(engine, [Docx("letter", letter())])
    assert isinstance(made, Pdf) and not made.warnings
    pdf = pypdfium2.PdfDocument(made.content)
    lines = "\n".join(page.get_textpage().get_text_bounded() for page in pdf).splitlines()
    pdf.close()
    begun = r"\b(?:19|24|November|Sep|listopada|01632|960|30|14|of|pages|goal|16)\s*$"
    ends = [line for line in lines if re.search(begun, line)]
    assert ends == []  # was: 11 and more of these lines
    text = " ".join(lines).replace("\u00a0", " ")
    for one in WHOLE:
        assert text.count(one) >= 40, one


@pytest.mark.parametrize(("written_out", "space"), [(True, NARROW), (False, WIDE)])
def test_only_the_copy_that_is_drawn_has_other_spaces(written_out: bool, space: str) -> None:
    word = letter()
    prepared = prepare(word, written_out=written_out)
    assert f"19{space}November{space}2026" in unpacked(prepared.content)["word/document.xml"].decode()
    assert "19 November 2026" in prepared.words and "19 November 2026" in unpacked(word)["word/document.xml"].decode()


def test_what_is_wider_than_its_cell_may_still_break() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "24 September 2026 and 4 May 2026"
    for own in cell._tc.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tcW"):
        own.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}w", "1500")
    out = io.BytesIO()
    document.save(out)
    drawn = unpacked(prepare(out.getvalue(), written_out=True).content)["word/document.xml"].decode()
    assert "24 September 2026" in drawn and f"4{NARROW}May{NARROW}2026" in drawn
