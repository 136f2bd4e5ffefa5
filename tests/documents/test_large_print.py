"""Large print for the person who asks for it: their letter alone, family papers as well, no small letter in them."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from generator.documents.catalogue import MergeDesk, documents
from generator.engines import Docx, Engine, Pdf
from generator.folder.school_folder import BUILT_IN
from tests.documents.test_new_documents import changed, desk_of

ADA = "ada-brown"
HEAD, FOOT = 60, 60


def with_samira(folder: Path) -> MergeDesk:
    before = "    relationship: mother\n"
    return changed(folder, ADA, "pupil.yaml", before, f"{before}    large_print: yes\n")


@pytest.mark.whole
def test_who_reads_large_print_gets_letters_so_and_the_family_its_papers_in_both(tmp_path: Path) -> None:
    desk = with_samira(tmp_path)
    large = {document.id for document in documents(desk.case, desk.pack) if document.large}
    assert {"invitation-samira", "meeting-letter-samira", "parent-letter-samira", "views-parents-large"} <= large
    assert "support-plan-large" in large and not any("daniel" in name for name in large)
    assert not any(name.startswith(("views-pupil", "request", "chronology")) for name in large)
    every = [document.id for document in documents(desk.case, desk.pack)]
    assert "support-plan" in every and "invitation-samira-large" not in every
    assert not [d for d in documents(desk_of(BUILT_IN, ADA).case, desk.pack) if d.large]


def test_a_pupil_who_reads_large_print_gets_the_own_papers_so(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "pupil.yaml", "\neal: no\n", "\neal: no\nlarge_print: yes\n")
    large = {document.id for document in documents(desk.case, desk.pack) if document.large}
    assert "my-plan-large" in large and "views-pupil-large" in large and "views-parents-large" not in large


def test_a_carer_who_reads_large_print_gets_the_papers_so(tmp_path: Path) -> None:
    carer = "    relationship: foster carer\n"
    desk = changed(tmp_path, "toby-merrick", "pupil.yaml", carer, f"{carer}    large_print: yes\n")
    large = {document.id for document in documents(desk.case, desk.pack) if document.large}
    assert {"support-plan-large", "views-parents-large"} <= large  # was: none, for want of parental responsibility


@pytest.mark.whole
def test_large_print_changes_no_bundle(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "pupil.yaml", "\neal: no\n", "\neal: no\nlarge_print: yes\n")
    large = [document for document in documents(desk.case, desk.pack) if document.large]
    assert large and not [document.id for document in large if document.section]  # was: profile-large in the bundle


@pytest.mark.whole
def test_no_letter_of_the_text_is_smaller_than_18_points(tmp_path: Path, engine: Engine) -> None:
    desk = with_samira(tmp_path)
    papers = {document.id: document for document in documents(desk.case, desk.pack)}
    for name in ("invitation-samira", "support-plan-large"):
        [made] = engine.convert([Docx(name, desk.write(papers[name]))])
        assert isinstance(made, Pdf)
        sizes = list(_sizes(made.content))
        assert len(sizes) > 500 and min(sizes) > 17.5, name


def _sizes(pdf: bytes) -> list[float]:
    """The size of every letter between the running lines, as it is drawn."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            y, x = ctypes.c_double(), ctypes.c_double()
            for index in range(text.count_chars()):
                raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
                if FOOT < y.value < page.get_height() - HEAD and text.get_text_range(index, 1).isalnum():
                    found.append(raw.FPDFText_GetFontSize(text.raw, index))
    return found
