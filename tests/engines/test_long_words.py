"""A word longer than its line breaks on the built-in engine: nothing runs over the edge of the page's text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from generator.documents.catalogue import documents
from generator.engines import Docx, Pdf, choose
from tests.documents.test_new_documents import changed

NAME = "Wolfeschlegelsteinhausenbergerdorffvonhohensta"
MARGIN = 56


@pytest.mark.whole
def test_a_family_name_of_46_letters_stays_within_the_margins_of_a_bold_title(tmp_path: Path) -> None:
    desk = changed(tmp_path, "ada-brown", "pupil.yaml", "legal_surname: Brown", f"legal_surname: {NAME}")
    [profile] = documents(desk.case, desk.pack, ["profile"])
    [made] = choose("embedded").convert([Docx("profile", desk.write(profile))])
    assert isinstance(made, Pdf)
    with pypdfium2.PdfDocument(made.content) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
        assert right <= page.get_width() - MARGIN + 1  # was: 31 points beyond, its letters counted as thin ones
        assert NAME in "".join(text.get_text_range().split())
