"""Documents in a family's language: all of the fixed wording or none of it, and letters that every engine can draw."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from docx import Document as read_docx

from generator.case import Case
from generator.engines import Docx, Engine, Pdf, choose
from generator.issued import desk_of, find_document
from generator.languages import Language, in_language, languages, load_language
from generator.problems import FilesHaveErrors, WrongUse
from generator.project import BUILT_IN, find_project, load_case
from generator.word import W, parse, read_package
from generator.wording import Speech
from generator.wording import date as in_words
from tests.conftest import need_program
from tests.school import sendpack

MONTHS = Speech().months
PROJECT = find_project(BUILT_IN)


def opened(name: str) -> Case:
    case = load_case(PROJECT, name).case
    assert case is not None
    return case


def made(pupil: str, document: str, language: Language) -> bytes:
    desk = desk_of(PROJECT, opened(pupil))
    return in_language(desk, find_document(desk.case, desk, document), language)


def text(word: bytes) -> str:
    return "\n".join(p.text for p in every_paragraph(word))


def every_paragraph(word: bytes) -> Iterator[object]:
    document = read_docx(io.BytesIO(word))
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    for section in document.sections:
        yield from (*section.header.paragraphs, *section.footer.paragraphs)


@pytest.fixture(scope="module", params=["embedded", "libreoffice"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "libreoffice":
        need_program("soffice")
    started = choose(request.param)
    yield started
    started.close()


@pytest.mark.parametrize(("code", "document"), [("pl", "profile"), ("pl", "my-plan"), ("ur", "profile")])
@pytest.mark.parametrize("pupil", ["ada-brown", "kacper-wisniewski", "zoe-obrien-smidt"])
def test_no_english_wording_of_the_template_is_left(code: str, document: str, pupil: str) -> None:
    language = load_language(PROJECT, code)
    shown = text(made(pupil, document, language))
    for english in language.data["wording"]:
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "\n", english)
        for piece in (p.strip() for p in plain.split("\n") if len(p.strip()) > 12):
            assert piece not in shown, piece
    assert "{{" not in shown and "{%" not in shown
    assert str(language.data["draft_note"]) in shown, "an unreviewed translation says so on every page"


def test_what_people_wrote_and_dates_are_right() -> None:
    case, language = opened("ada-brown"), load_language(PROJECT, "pl")
    shown = text(made("ada-brown", "profile", language))
    assert str(case.data("profile")["important_to_me"][0]) in shown
    day = case.data("profile")["date"]
    assert f"{day.day} {language.data['months'][day.month - 1]} {day.year}" in shown
    assert in_words(day) not in shown and in_words(day).split()[1] in MONTHS, "English again afterwards"


def test_a_missing_line_stops_the_document_and_is_named() -> None:
    language = load_language(PROJECT, "pl")
    wording = {english: said for english, said in language.data["wording"].items() if english != "What to know"}
    with pytest.raises(FilesHaveErrors, match="1 lines have no translation") as caught:
        made("ada-brown", "profile", replace(language, data={**language.data, "wording": wording}))
    assert "What to know" in caught.value.message and "templates/words/pl.yaml" in caught.value.advice
    with pytest.raises(FilesHaveErrors, match="cannot be made in Urdu"):
        made("ada-brown", "my-plan", load_language(PROJECT, "ur"))


def test_a_reviewed_translation_is_no_draft() -> None:
    language = load_language(PROJECT, "pl")
    shown = text(made("ada-brown", "profile", replace(language, data={**language.data, "reviewed": True})))
    assert str(language.data["draft_note"]) not in shown


def test_urdu_runs_from_the_right_and_english_in_it_from_the_left() -> None:
    body = parse(read_package(made("ada-brown", "profile", load_language(PROJECT, "ur"))).parts["word/document.xml"])
    arabic = re.compile("[\u0600-\u06ff]")
    seen = set()
    for paragraph in body.iter(f"{W}p"):
        words = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        right = paragraph.find(f"{W}pPr/{W}bidi") is not None
        if words.strip():
            assert right == bool(arabic.search(words)), words
            seen.add(right)
    assert seen == {True, False}
    tables = [table for table in body.iter(f"{W}tbl") if arabic.search("".join(table.itertext()))]
    assert tables and all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in tables)


def fonts_of(content: bytes) -> str:
    fonts = pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    return " ".join(str(font.get_object()["/BaseFont"]) for font in fonts.values())


@pytest.mark.parametrize("code", ["pl", "ur"])
def test_both_engines_draw_every_letter_with_our_fonts(engine: Engine, code: str) -> None:
    language = load_language(PROJECT, code)
    [pdf] = engine.convert([Docx("profile.docx", made("ada-brown", "profile", language))])
    assert isinstance(pdf, Pdf) and pdf.pages == 1
    assert not any("no shipped font" in warning or "cannot be drawn" in warning for warning in pdf.warnings)
    assert pypdf.PdfReader(io.BytesIO(pdf.content)).trailer["/Root"]["/Lang"] == language.data["tag"]
    opened_pdf = pypdfium2.PdfDocument(pdf.content)
    page = opened_pdf[0]
    drawn = page.get_textpage().get_text_bounded()
    opened_pdf.close()
    if code == "pl":
        assert "Co jest ważne dla mnie" in drawn
    else:
        letters = set("میرےلیکااہ")
        assert len(letters & set(drawn)) >= 5
        assert "Naskh" in fonts_of(pdf.content)


def test_an_unknown_language_names_those_there_are() -> None:
    assert languages(PROJECT) == ["pl", "ur"]
    with pytest.raises(WrongUse, match="no wording in 'xx'") as caught:
        load_language(PROJECT, "xx")
    assert "pl, ur" in caught.value.advice


def test_the_command(tmp_path: Path) -> None:
    from tests.school import KACPER, copy_school

    school = copy_school(tmp_path, KACPER)
    done = sendpack(school, "translate", KACPER, "profile", "--language", "pl")
    assert done.returncode == 0, done.stderr
    assert "profile-pl.pdf: 1 page" in done.stdout and "has not been reviewed" in done.stdout
    refused = sendpack(school, "translate", KACPER, "support-plan", "--language", "pl")
    assert refused.returncode == 1 and "have no translation" in refused.stderr
    assert not (school / "output" / KACPER / "support-plan-pl.docx").exists()
