"""Ada's example evidence is as mixed as real evidence, and is what tests/make_evidence.py makes."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests import make_evidence
from tests.example_school import plain_yaml

EVIDENCE = make_evidence.CASE / "evidence"


def words(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_every_listed_file_is_made_by_the_script_and_nothing_else_lies_there() -> None:
    listed = {item["file"] for item in plain_yaml(make_evidence.CASE / "evidence.yaml")["items"]}
    made = {Path(name).name for name in make_evidence.FILES if name.startswith("evidence/")}
    assert listed == made == {path.name for path in EVIDENCE.iterdir()}
    assert sum(path.stat().st_size for path in EVIDENCE.iterdir()) < 2_500_000


@pytest.mark.whole
@pytest.mark.parametrize("name", [name for name in make_evidence.FILES if name.endswith(".pdf")])
def test_the_script_makes_the_committed_words(name: str, tmp_path: Path) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(make_evidence.FILES[name]())
    assert words(made) == words(make_evidence.CASE / name)


def test_scans_have_no_text_and_reports_have() -> None:
    assert words(EVIDENCE / "occupational-therapy-2026-06-scan.pdf").strip() == ""
    assert "Phonological awareness" in words(EVIDENCE / "educational-psychologist-2026-05.pdf")


def test_the_phone_photo_lies_on_its_side_and_knows_where_it_was_taken() -> None:
    with Image.open(EVIDENCE / "writing-by-hand-and-dictation.jpg") as photo:
        exif = photo.getexif()
        assert photo.width > photo.height
        assert exif[0x0112] == 6
        assert exif.get_ifd(0x8825)[1] == "N"


def test_the_table_of_tests_is_landscape() -> None:
    with pypdfium2.PdfDocument(EVIDENCE / "reading-and-spelling-tests.pdf") as pdf:
        width, height = pdf[0].get_size()
    assert width > height
