"""Scans that a program reads, where there is one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from generator.bundle import Options, Part
from generator.bundle.evidence.intake import Taken, take_all
from generator.bundle.evidence.page_by_page.ocr import about_ocr
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.files.kept_results import KeptResults
from generator.problems import MissingOnThisMachine
from tests.conftest import need_program
from tests.example_school import ROOT


def scan(folder: Path) -> Path:
    """A scanned letter with words a program can read."""
    font = ImageFont.truetype(ROOT / "templates" / "fonts" / "LiberationSans-Regular.ttf", 48)
    image = Image.new("L", (1654, 2339), 255)
    for line, words in enumerate(("Hearing was within normal limits", "in both ears. Jordan Pike came too.")):
        ImageDraw.Draw(image).text((200, 300 + 90 * line), words, fill=0, font=font)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=200)
    (folder / "scan.pdf").write_bytes(out.getvalue())
    return folder / "scan.pdf"


def taken(path: Path, redact: tuple[str, ...] = ()) -> Taken:
    need_program("ocrmypdf")
    need_program("tesseract")
    options = Options("Request", ocr=True, kept=KeptResults(path.parent / "cache"))
    return take_all([Part("scan", "Evidence", "Letter", path, redact=redact)], options)[0]


@pytest.mark.whole
def test_a_scan_can_be_searched_and_says_who_read_it(tmp_path: Path) -> None:
    result = taken(scan(tmp_path))
    assert result.refused is None
    assert "Hearing was within normal limits" in " ".join(page_texts(result.content)[0].split())
    assert result.account.done[0].startswith("words read from the pictures")
    assert not [line for line in result.account.warnings if "scan without text" in line]


@pytest.mark.whole
@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_a_photo_or_a_scanner_s_picture_of_a_letter_is_read_too(tmp_path: Path, format: str) -> None:
    font = ImageFont.truetype(ROOT / "templates" / "fonts" / "LiberationSans-Regular.ttf", 48)
    image = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(image).text((200, 300), "Hearing was within normal limits", fill="black", font=font)
    path = tmp_path / f"letter.{format.lower()}"
    image.save(path, format, dpi=(200, 200))
    result = taken(path)
    assert result.refused is None
    assert "Hearing was within normal limits" in " ".join(page_texts(result.content)[0].split())
    assert result.account.kind.startswith(format)
    assert result.account.done[0].startswith("words read from the pictures")


@pytest.mark.whole
def test_the_same_scan_gives_the_same_bytes_without_what_was_kept(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert taken(scan(tmp_path / "one")).content == taken(scan(tmp_path / "two")).content


@pytest.mark.whole
def test_words_are_taken_out_of_a_scan_that_was_read(tmp_path: Path) -> None:
    result = taken(scan(tmp_path), ("Jordan Pike",))
    text = " ".join(page_texts(result.content)[0].split())
    assert "Pike" not in text and "in both ears." in text and "came too." in text


def test_a_machine_without_the_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    about_ocr.cache_clear()
    with pytest.raises(MissingOnThisMachine, match="no program here that reads scans"):
        about_ocr()
    about_ocr.cache_clear()
