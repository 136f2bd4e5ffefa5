"""The shipped fonts, and how a document is made ready so that every machine draws it with them."""

from __future__ import annotations

import re

from docx.shared import Pt

from generator.engines import fonts, prepare
from tests import word_files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_every_face_is_there_with_its_licence_beside_it() -> None:
    names = [name for family in fonts.FACES.values() for name in family]
    assert all((fonts.folder() / name).read_bytes()[:4] == b"\0\1\0\0" for name in names)
    for family in fonts.FACES:
        licence = (fonts.folder() / f"LICENSE-{family.replace(' ', '')}.txt").read_text(encoding="utf-8")
        assert "Font Software" in licence
    assert sum(path.stat().st_size for path in fonts.folder().iterdir()) < 8_000_000


def test_text_is_cut_only_where_the_font_has_to_change() -> None:
    assert list(fonts.pieces("Zoë O'Brien-Šmidt: £6,000 – “ok”")) == [("Zoë O'Brien-Šmidt: £6,000 – “ok”", None)]
    assert list(fonts.pieces("a ☑ b 🚂!")) == [
        ("a ", None),
        ("☑", "DejaVu Sans"),
        (" b ", None),
        ("🚂", "Noto Emoji"),
        ("!", None),
    ]


def test_an_emoji_of_several_characters_stays_in_one_piece() -> None:
    teacher = "👩🏽\u200d🏫"
    assert list(fonts.pieces(f"my {teacher}")) == [("my ", None), (teacher, "Noto Emoji")]


def test_characters_that_no_font_has_are_told() -> None:
    assert fonts.undrawable("plain ☑ 🦕 中文") == ["中", "文"]
    prepared = prepare.prepare(word_files.paragraphs("Chinese 中文 here"))
    assert [w for w in prepared.warnings if "中 文" in w]


def test_a_run_with_a_tick_becomes_three_runs_and_keeps_its_words_and_look() -> None:
    document = word_files.blank()
    run = document.add_paragraph().add_run("yes ☒ no")
    run.bold = True
    run.font.size = Pt(14)
    body = _body(prepare.prepare(word_files.content(document)).content)
    runs = re.findall(r"<w:r>.*?</w:r>", body, re.DOTALL)
    assert [re.findall(r"<w:t[^>]*>([^<]*)", r) for r in runs] == [["yes "], ["☒"], [" no"]]
    assert all("<w:b/>" in r and 'w:val="28"' in r for r in runs)
    assert ['w:ascii="DejaVu Sans"' in r for r in runs] == [False, True, False]


def test_arial_and_calibri_are_written_in_as_fonts_that_we_carry() -> None:
    document = word_files.blank()
    document.styles["Heading 1"].font.name = "Calibri"
    document.add_heading("Heading", 1)
    prepared = prepare.prepare(word_files.content(document))
    styles = word_files.part(prepared.content, "word/styles.xml").decode()
    assert "Arial" not in styles and "Calibri" not in styles
    assert {"Liberation Sans", "Carlito"} <= prepared.families


def test_a_font_that_we_do_not_carry_is_told() -> None:
    document = word_files.blank()
    document.add_paragraph().add_run("fancy").font.name = "Comic Sans MS"
    assert [w for w in prepare.prepare(word_files.content(document)).warnings if "Comic Sans MS" in w]


def test_the_words_of_a_document_leave_out_what_is_not_shown() -> None:
    document = word_files.blank()
    paragraph = document.add_paragraph("Page ")
    word_files.add_field(paragraph, "PAGE", stored="77")
    hidden = document.add_paragraph("seen ").add_run("unseen")
    hidden.font.hidden = True
    words = prepare.facts(word_files.content(document)).words
    assert "seen" in words.split() and "77" not in words and "unseen" not in words


def test_list_items_that_keep_close_are_written_out_for_the_embedded_engine() -> None:
    document = word_files.blank()
    document.styles["List Bullet"].paragraph_format.space_after = Pt(10)
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("after")
    content = word_files.content(document)
    assert 'w:after="0"' not in _body(prepare.prepare(content).content)
    items = _body(prepare.prepare(content, written_out=True).content).split("</w:p>")
    assert ['w:after="0"' in item for item in items[:2]] == [True, False]
    assert 'w:before="0"' in items[1]


def test_a_header_that_is_too_high_gets_room_for_the_embedded_engine() -> None:
    document = word_files.blank()
    document.sections[0].top_margin = Pt(50)
    header = document.sections[0].header
    for number in range(6):
        header.add_paragraph(f"header line {number}")
    top = re.search(r'w:top="(\d+)"', _body(prepare.prepare(word_files.content(document), written_out=True).content))
    assert top is not None and int(top.group(1)) > 20 * (36 + 6 * 14)


def _body(content: bytes) -> str:
    return word_files.part(content, "word/document.xml").decode()
