"""The authority's own forms in the bundle: Word in place of our request with the bundle's pages, PDF beside it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest

from tests.bundled_school import know_evidence
from tests.example_school import copy_school, sendpack
from tests.forms.invented_pdf import kilnshire

ADA = "ada-brown"


def thornmere() -> bytes:
    """A request in Word: two cells to fill and a list of papers with a column for the pages of the bundle."""
    form = docx.Document()
    form.add_heading("Thornmere Council: request for an EHC needs assessment", 1)
    table = form.add_table(rows=2, cols=2)
    table.style = "Table Grid"
    for row, label in zip(table.rows, ("Child’s surname", "Date of birth"), strict=True):
        row.cells[0].text = label
    form.add_heading("Papers enclosed", 2)
    papers = form.add_table(rows=3, cols=2)
    papers.style = "Table Grid"
    rows = (("Paper", "Page number(s)"), ("Educational psychologist’s report", ""), ("Parents’ views", ""))
    for row, texts in zip(papers.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    content = io.BytesIO()
    form.save(content)
    return content.getvalue()


@pytest.fixture(scope="module")
def submission(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Path:
    folder = know_evidence(bundled, copy_school(tmp_path_factory.mktemp("bundle") / "school", ADA))
    (folder / "thornmere.docx").write_bytes(thornmere())
    (folder / "kilnshire.pdf").write_bytes(kilnshire()[0])
    forms = folder / "templates" / "standard" / "forms"
    for name, head in (("thornmere.docx", "instead_of: request\n"), ("kilnshire.pdf", "")):
        learned = sendpack(folder, "form", "learn", name, "--for", "standard")
        assert learned.returncode == 0, learned.stderr
        file = forms / Path(name).with_suffix(".yaml").name
        text = re.sub(r"^kind: .*$", "kind: request", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(text.replace("title:", f"{head}title:", 1).replace("sure: no", "sure: yes"), "utf-8")
    done = sendpack(folder, "bundle", ADA, SENDPACK_ENGINE="embedded")
    assert done.returncode == 0, done.stderr + done.stdout
    return folder / "output" / ADA / "submission"


@pytest.fixture(scope="module")
def pages(submission: Path) -> list[str]:
    with pdfium.PdfDocument(submission / "bundle.pdf") as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.whole
def test_the_word_form_takes_the_place_of_our_request_and_knows_the_pages(pages: list[str]) -> None:
    [form] = [text for text in pages if "Thornmere Council: request" in text and "Papers enclosed" in text]
    assert "Brown" in form and "2018" in form
    told = re.search(r"Educational psychologist’s report (\d+)(?:[–-](\d+))?", form)
    assert told is not None, form
    first = int(told[1])
    assert "educational psycholog" in pages[first - 1].casefold(), "the page that the form names is the report's"
    assert not any("Request for an EHC needs assessment" in text and "Part 1" in text for text in pages)
    assert not any(text.startswith("Request for an EHC needs assessment: Ada") for text in pages)


@pytest.mark.whole
def test_the_pdf_form_stands_beside_it_filled_and_nobody_can_fill_it_in_any_more(
    pages: list[str], submission: Path
) -> None:
    assert any("Kilnshire" in text and "Ada" in text for text in pages)
    with pikepdf.open(submission / "bundle.pdf") as bundle:
        assert "/AcroForm" not in bundle.Root
    files = {file.name for file in (submission / "files").iterdir()}
    assert "thornmere.docx" in files
