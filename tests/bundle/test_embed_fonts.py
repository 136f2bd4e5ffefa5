"""Fonts that everyone was thought to have, put into evidence that does not carry them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.bundle import Options, Part, bundle
from generator.bundle.evidence.accessible.letters.embed_fonts import FOLDER, stand_in
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish, take
from tests import verapdf
from tests.bundle_makers import front, made, saved


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("/Helvetica", "Sans-Regular"),
        ("/Arial", "Sans-Regular"),
        ("/ArialMT", "Sans-Regular"),
        ("/Arial-BoldMT", "Sans-Bold"),
        ("/Arial,BoldItalic", "Sans-BoldItalic"),
        ("/Helvetica-Oblique", "Sans-Italic"),
        ("/Times-Roman", "Serif-Regular"),
        ("/TimesNewRomanPSMT", "Serif-Regular"),
        ("/TimesNewRomanPS-BoldMT", "Serif-Bold"),
        ("/Courier-BoldOblique", "Mono-BoldItalic"),
        ("/ArialNarrow", ""),
        ("/Arial-Black", ""),
        ("/Symbol", ""),
        ("/Verdana", ""),
    ],
)
def test_fonts_that_have_a_stand_in(name: str, own: str) -> None:
    assert stand_in(name) == own
    assert not own or (FOLDER / f"{own}.ttf").is_file()


@pytest.mark.whole
@pytest.mark.parametrize("name", ["Helvetica", "Times-Bold", "Courier"])
def test_a_report_without_its_fonts_is_accessible_with_them(name: str, tmp_path: Path) -> None:
    pdf = made(1, text="Caf\\351 \\2265\\226 it\\222s", font=name)
    pdf.pages[0].obj.Resources.Font.F1.Encoding = Name.WinAnsiEncoding
    (tmp_path / "report.pdf").write_bytes(saved(pdf))
    parts = [Part("report", "Evidence", "Report", tmp_path / "report.pdf")]
    result = bundle(parts, front, Options("Request"))
    assert result.failures == () and result.accessible
    assert result.accounts[0].done == (f"fonts of the same widths put in for {name}",)
    text = page_texts(result.content)[-1]
    assert "Café" in text and "’s page 1" in text
    (tmp_path / "bundle.pdf").write_bytes(result.content)
    assert verapdf.failures(tmp_path / "bundle.pdf") == []


def test_letters_with_codes_of_their_own_keep_their_meaning() -> None:
    pdf = made(text="\\001\\002")
    pdf.pages[0].obj.Resources.Font.F1.Encoding = Dictionary(
        Type=Name.Encoding, Differences=Array([1, Name.Lslash, Name.odieresis])
    )
    content, account = take(saved(pdf), IntakeWish("Report"))
    assert page_texts(content)[0].startswith("Łö page 1")
    assert account.barriers == ()


def test_a_font_of_that_name_with_other_widths_is_left_alone() -> None:
    pdf = made()
    font = pdf.pages[0].obj.Resources.Font.F1
    font.FirstChar, font.LastChar, font.Widths = 65, 66, Array([300, 900])
    content, account = take(saved(pdf), IntakeWish("Report"))
    assert any("Helvetica" in line for line in account.barriers)
    with pikepdf.open(io.BytesIO(content)) as clean:
        assert not [o for o in clean.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]
