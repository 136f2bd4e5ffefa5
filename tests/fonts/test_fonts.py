"""The shipped fonts, and how a document is made ready so that every machine draws it with them."""

from __future__ import annotations

import io
import re

import pytest
from docx.document import Document as Word
from docx.shared import Pt
from fontTools.ttLib import TTFont

from generator.engines.docx.copy_prepared import docx_prepare
from generator.fonts import shipped_fonts
from generator.fonts.letter_outlines import outline, width_of
from tests import make_small_fonts, word_files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("bold", [False, True])
def test_a_line_is_as_wide_as_its_outline(bold: bool) -> None:
    for words in ("", "19 November 2026", "Łódź: 14 of 20", "\u202fno letter of the font \u4e00"):
        assert width_of(words, bold) == outline(words, bold).width


def test_every_face_is_there_with_its_licence_beside_it() -> None:
    names = [name for family in shipped_fonts.FACES.values() for name in family]
    assert all((shipped_fonts.folder() / name).read_bytes()[:4] == b"\0\1\0\0" for name in names)
    for family in shipped_fonts.FACES.keys() - shipped_fonts.SMALL.values():
        licence = (shipped_fonts.folder() / f"LICENSE-{family.replace(' ', '')}.txt").read_text(encoding="utf-8")
        assert "Font Software" in licence
    assert sum(path.stat().st_size for path in shipped_fonts.folder().iterdir()) < 9_000_000


@pytest.mark.whole
@pytest.mark.parametrize("family", shipped_fonts.SMALL)
def test_small_fonts_are_the_fonts_they_are_made_of(family: str) -> None:
    """Made again they are the same; every character is as wide as in the whole font; the name is not the whole's."""
    for number, name in enumerate(shipped_fonts.FACES[shipped_fonts.SMALL[family]]):
        content = (shipped_fonts.folder() / name).read_bytes()
        assert content == make_small_fonts.make(family, number)
        with (
            TTFont(io.BytesIO(content)) as small,
            TTFont(shipped_fonts.folder() / shipped_fonts.FACES[family][number]) as whole,
        ):
            assert small["hhea"].ascent == whole["hhea"].ascent
            there, cmap = small.getBestCmap(), whole.getBestCmap()
            assert len(there) > 500
            assert [small["hmtx"][g][0] for g in there.values()] == [whole["hmtx"][cmap[c]][0] for c in there]
            names = {str(record) for record in small["name"].names if record.nameID in (1, 4, 6)}
            assert not [text for text in names if family.split()[0] in text]


SMALL = {
    "Zoë O'Brien-Šmidt & Sons, £6,000 – “ok”": {"Sendpack Sans"},
    "Łódź ☑ and ★": {"Sendpack Sans", "Sendpack Signs"},
    "Ελλάδα": {"Liberation Sans"},
    "🚂": {"Sendpack Sans", "Noto Emoji"},
    "in Braille: ⠓": {"Sendpack Sans", "DejaVu Sans"},
}


def lean(document: Word) -> bytes:
    """A document whose theme and styles ask for Arial only, as those of our house style do."""
    content = word_files.content(document)
    theme = re.sub(rb'<a:latin typeface="[^"]+"', b'<a:latin typeface="Arial"', word_files.part(content, _THEME))
    styles = re.sub(rb'(w:\w+)="(Courier|Cambria|Calibri)[^"]*"', rb'\1="Arial"', word_files.part(content, _STYLES))
    return word_files.with_parts(content, {_THEME: theme, _STYLES: styles})


_THEME, _STYLES = "word/theme/theme1.xml", "word/styles.xml"


@pytest.mark.parametrize("text", SMALL)
def test_the_small_fonts_are_taken_where_they_have_every_character(text: str) -> None:
    document = word_files.blank()
    document.add_paragraph(text)
    content = lean(document)
    assert docx_prepare.prepare(content, written_out=True).families == SMALL[text]
    assert not docx_prepare.prepare(content).families & set(shipped_fonts.SMALL.values())


def test_the_whole_fonts_are_taken_where_the_document_names_a_font_of_signs_or_one_that_we_do_not_carry() -> None:
    document = word_files.blank()
    document.add_paragraph("words in DejaVu").runs[0].font.name = "DejaVu Sans"
    families = docx_prepare.prepare(lean(document), written_out=True).families
    assert families == {"Sendpack Sans", "DejaVu Sans"}
    document.add_paragraph("fancy").runs[0].font.name = "Comic Sans MS"
    families = docx_prepare.prepare(lean(document), written_out=True).families
    assert families == {"Liberation Sans", "DejaVu Sans"}


def test_bullets_count_among_the_characters() -> None:
    document = word_files.blank()
    document.add_paragraph("one", style="List Bullet")
    content = lean(document)
    numbering = word_files.part(content, "word/numbering.xml").decode().replace("\uf0b7", "Ж")
    families = docx_prepare.prepare(
        word_files.with_parts(content, {"word/numbering.xml": numbering.encode()}), written_out=True
    ).families
    assert "Liberation Sans" in families


def test_text_is_cut_only_where_the_font_has_to_change() -> None:
    assert list(shipped_fonts.pieces("Zoë O'Brien-Šmidt: £6,000 – “ok”")) == [
        ("Zoë O'Brien-Šmidt: £6,000 – “ok”", None)
    ]
    assert list(shipped_fonts.pieces("a ☑ b 🚂!")) == [
        ("a ", None),
        ("☑", "DejaVu Sans"),
        (" b ", None),
        ("🚂", "Noto Emoji"),
        ("!", None),
    ]


def test_an_emoji_of_several_characters_stays_in_one_piece() -> None:
    teacher = "👩🏽\u200d🏫"
    assert list(shipped_fonts.pieces(f"my {teacher}")) == [("my ", None), (teacher, "Noto Emoji")]


def test_characters_that_no_font_has_are_told() -> None:
    assert shipped_fonts.undrawable("plain ☑ 🦕 中文") == ["中", "文"]
    prepared = docx_prepare.prepare(word_files.paragraphs("Chinese 中文 here"))
    assert [w for w in prepared.warnings if "中 文" in w]


def test_a_run_with_a_tick_becomes_three_runs_and_keeps_its_words_and_look() -> None:
    document = word_files.blank()
    run = document.add_paragraph().add_run("yes ☒ no")
    run.bold = True
    run.font.size = Pt(14)
    body = _body(docx_prepare.prepare(word_files.content(document)).content)
    runs = re.findall(r"<w:r>.*?</w:r>", body, re.DOTALL)
    assert [re.findall(r"<w:t[^>]*>([^<]*)", r) for r in runs] == [["yes "], ["☒"], [" no"]]
    assert all("<w:b/>" in r and 'w:val="28"' in r for r in runs)
    assert ['w:ascii="DejaVu Sans"' in r for r in runs] == [False, True, False]


def test_arial_and_calibri_are_written_in_as_fonts_that_we_carry() -> None:
    document = word_files.blank()
    document.styles["Heading 1"].font.name = "Calibri"
    document.add_heading("Heading", 1)
    prepared = docx_prepare.prepare(word_files.content(document))
    styles = word_files.part(prepared.content, "word/styles.xml").decode()
    assert "Arial" not in styles and "Calibri" not in styles
    assert {"Liberation Sans", "Carlito"} <= prepared.families


def test_a_font_that_we_do_not_carry_is_told() -> None:
    document = word_files.blank()
    document.add_paragraph().add_run("fancy").font.name = "Comic Sans MS"
    assert [w for w in docx_prepare.prepare(word_files.content(document)).warnings if "Comic Sans MS" in w]


def test_the_words_of_a_document_leave_out_what_is_not_shown() -> None:
    document = word_files.blank()
    paragraph = document.add_paragraph("Page ")
    word_files.add_field(paragraph, "PAGE", stored="77")
    hidden = document.add_paragraph("seen ").add_run("unseen")
    hidden.font.hidden = True
    words = docx_prepare.facts(word_files.content(document)).words
    assert "seen" in words.split() and "77" not in words and "unseen" not in words


@pytest.mark.whole
def test_list_items_that_keep_close_are_written_out_for_the_embedded_engine() -> None:
    document = word_files.blank()
    document.styles["List Bullet"].paragraph_format.space_after = Pt(10)
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("after")
    content = word_files.content(document)
    assert 'w:after="0"' not in _body(docx_prepare.prepare(content).content)
    items = _body(docx_prepare.prepare(content, written_out=True).content).split("</w:p>")
    assert ['w:after="0"' in item for item in items[:2]] == [True, False]
    assert 'w:before="0"' in items[1]


def test_a_header_that_is_too_high_gets_room_for_the_embedded_engine() -> None:
    document = word_files.blank()
    document.sections[0].top_margin = Pt(50)
    header = document.sections[0].header
    for number in range(6):
        header.add_paragraph(f"header line {number}")
    top = re.search(
        r'w:top="(\d+)"', _body(docx_prepare.prepare(word_files.content(document), written_out=True).content)
    )
    assert top is not None and int(top.group(1)) > 20 * (36 + 6 * 14)


def _body(content: bytes) -> str:
    return word_files.part(content, "word/document.xml").decode()


@pytest.mark.parametrize("first_page_differs", [False, True])
def test_headers_of_first_pages_are_there_for_the_embedded_engine_only_where_they_are_shown(
    first_page_differs: bool,
) -> None:
    document = word_files.blank()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "The first page"
    section.different_first_page_header_footer = first_page_differs
    body = _body(docx_prepare.prepare(word_files.content(document), written_out=True).content)
    assert ('w:type="first"' in body) == first_page_differs
