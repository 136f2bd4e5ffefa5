"""Forms given out and read back on the page: made for each person, every answer shown, what is sure written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.forms.returned.filled_controls import filled_word
from tests.web.client import Page
from tests.web.test_evidence_and_bundle import finished

ADA = "ada-brown"


@pytest.mark.whole
def test_forms_are_made_given_back_looked_at_and_taken(page: Page, school: Path) -> None:
    token = page.session.ids.of("pupil", ADA)
    page.get(f"/p/{token}/ask")
    assert page.status == 200 and "Who is asked" in page.text
    page.post(f"/p/{token}/ask", {"who": "parents", "names": "Samira Brown", "due": "", "meeting": "8/12/2099"})
    finished(page)
    assert "1 form, to be back by" in page.text and "Samira Brown (mother), docx" in page.text
    word = next((school / "output" / ADA / "ask").glob("*.docx")).read_bytes()
    given = {"hope": "A vet!", "like": "She sings.", "signed": "Samira Brown", "date": "1 December 2026"}
    page.post("/collect", {"files": (io.BytesIO(filled_word(word, given)), "from mum.docx")})
    assert "filled in by Samira Brown" in page.text and "A vet!" in page.text
    assert "parents_views" not in page.text and "Hopes" in page.text and ">Ada Brown</a>" in page.text
    before = (school / "cases" / ADA / "request.yaml").read_text("utf-8")
    page.post(page.address, {})
    assert "from mum.docx is kept with the case" in page.text
    after = (school / "cases" / ADA / "request.yaml").read_text("utf-8")
    assert after != before and "Samira Brown, 1 December 2026: A vet!" in after
    assert len(list((school / "cases" / ADA / "returned").iterdir())) == 1


@pytest.mark.whole
def test_a_file_that_is_no_form_is_told_and_an_answer_in_doubt_waits_for_a_tick(page: Page, school: Path) -> None:
    page.post("/collect", {"files": (io.BytesIO(b"GIF89a"), "scan.gif")})
    assert "Nothing was taken" in page.text and "handwriting is not read" in page.text
    page.get("/collect")
    page.post("/collect", {})
    assert "Choose the files that came back." in page.text
