"""Documents in a family's language: all of the fixed wording or none of it, and letters that every engine can draw."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from docx import Document as read_docx

from generator.authorities.pack import Pack, load_pack, pack_ids
from generator.cases.case import Case
from generator.documents.catalogue import documents
from generator.documents.charts.draw_chart import Point, ProgressChart
from generator.documents.languages import completeness, translate
from generator.documents.languages.completeness import needed, standings, unused
from generator.documents.languages.language import (
    Asked,
    Language,
    Spoken,
    in_languages,
    languages,
    load_language,
    words_file,
)
from generator.documents.languages.translate import Interpreter, Unfinished
from generator.engines import Docx, Pdf
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, Project, case_names, find_project
from generator.problems import WrongUse
from generator.submission.given_out.issued_versions import desk_of, find_document
from generator.values.formatting import SPEECH
from generator.word_files.docx_package import W, parse, read_package
from tests.engines.real_engines import engine_called
from tests.verapdf import failures_of

PROJECT = find_project(BUILT_IN)
PACK = load_pack("standard", PROJECT.template_folders, PROJECT.schemas)
CODES = ("pl", "ur")
PUPILS = ("idris-chowdhury", "luca-marchetti", "zoe-obrien-smidt")
"""A case of which little is known, a young person who gets the letters, and one with an annual report."""


@functools.cache
def opened(name: str) -> Case:
    case = load_case(PROJECT, name).case
    assert case is not None
    return case


class With(Interpreter):
    """An interpreter whose language is given instead of read."""

    def __init__(self, language: Language) -> None:
        super().__init__(PROJECT)
        self._languages[language.code] = language


def made(pupil: str, document: str, language: Language) -> bytes:
    desk = desk_of(PROJECT, opened(pupil))
    return With(language).write(desk, replace(find_document(desk.case, desk, document), language=language.code))


def without(language: Language, *lines: str, **changed: Any) -> Language:
    """The language with some lines forgotten, or other data changed."""
    wording = {english: said for english, said in language.data["wording"].items() if english not in lines}
    return replace(language, data={**language.data, "wording": wording, **changed})


@functools.cache
def translated() -> Mapping[str, bytes]:
    """Every document for families of every pupil of the example school in every language, by pupil--document."""
    interpreter, words = Interpreter(PROJECT), {}
    for name in case_names(PROJECT):
        desk = desk_of(PROJECT, opened(name))
        for one in in_languages(documents(desk.case, desk.pack), desk.case, Asked(CODES)):
            if one.language:
                words[f"{name}--{one.id}"] = interpreter.write(desk, one)
    return words


@functools.cache
def converted(engine: str) -> Mapping[str, Pdf]:
    """The PDFs of some pupils' documents; of one pupil's where drawing takes longest."""
    started = engine_called(engine)
    pupils = PUPILS if engine == "embedded" else PUPILS[-1:]
    wanted = [Docx(name, word) for name, word in translated().items() if name.startswith(pupils)]
    results = list(started.convert(wanted))
    assert all(isinstance(result, Pdf) for result in results), results
    return {result.name: result for result in results if isinstance(result, Pdf)}


# -- English that was left over ---------------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f]+", "", text)


@functools.cache
def own_words(pupil: str) -> str:
    """Everything that people wrote in a case and in the school's file."""
    case = opened(pupil)
    return squeezed(" ".join(texts([record.data for record in (*case.records, case.school) if record])))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)


@functools.cache
def english_pieces(document: str) -> frozenset[str]:
    """The fixed English wording of a document: what stands between the tags of its lines, without spaces."""
    [lines] = [lines for one, _, lines in needed_ids() if one == document]
    pieces = (squeezed(piece) for line in lines for piece in re.split(r"\{\{.*?\}\}|\{%.*?%\}|\*\*|#|☐", line))
    return frozenset(piece for piece in pieces if len(re.sub("[^A-Za-z]", "", piece)) > 3)


@functools.cache
def spoken(code: str) -> Language:
    return load_language(PROJECT, code)


def left_over(name: str, shown: str, language: Language) -> list[str]:
    """Fixed English wording in a translated text that neither people wrote nor the translation itself keeps."""
    pupil, _, document = name.partition("--")
    kind = max((one for one, _, _ in needed_ids() if document.startswith(one)), key=len)
    meant = own_words(pupil) + squeezed(" ".join(map(str, language.data["wording"].values())))
    there = squeezed(shown)
    return [piece for piece in sorted(english_pieces(kind)) if there.count(piece) and piece not in meant]


@functools.cache
def needed_ids() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple(needed(PROJECT, PACK))


def text(word: bytes) -> str:
    return "\n".join(p.text for p in every_paragraph(word))


def every_paragraph(word: bytes) -> Iterator[Any]:
    document = read_docx(io.BytesIO(word))
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    for section in document.sections:
        yield from (*section.header.paragraphs, *section.footer.paragraphs)


def drawn(pdf: Pdf) -> str:
    opened_pdf = pypdfium2.PdfDocument(pdf.content)
    shown = "\n".join(page.get_textpage().get_text_bounded() for page in opened_pdf)
    opened_pdf.close()
    return shown


@pytest.mark.whole
def test_every_document_for_families_is_made_in_every_language() -> None:
    kinds = {one for one, _, _ in needed_ids()}
    assert kinds == {
        "profile",
        "parent-letter",
        "support-plan",
        "short-plan",
        "short-cycle",
        "views-parents",
        "views-pupil",
        "invitation",
        "meeting-letter",
        "my-plan",
        "annual-report",
        "bundle-family",  # no document of its own: tests/submission/test_family_page.py makes it
    }
    kinds.remove("bundle-family")
    for code in CODES:
        names = [name.partition("--")[2] for name in translated() if name.endswith(f"-{code}")]
        assert all(any(name.startswith(kind) for name in names) for kind in kinds)


@pytest.mark.whole
@pytest.mark.parametrize("code", CODES)
def test_no_english_wording_is_left_in_any_document_of_any_pupil(code: str) -> None:
    language = load_language(PROJECT, code)
    for name, word in translated().items():
        if name.endswith(f"-{code}"):
            shown = text(word)
            assert left_over(name, shown, language) == [], name
            assert "{{" not in shown and "{%" not in shown and "**" not in shown, name
            assert str(language.data["draft_note"]) in shown, "an unreviewed translation says so on every page"


@pytest.mark.whole
def test_wording_that_was_left_in_english_would_be_found() -> None:
    language = load_language(PROJECT, "pl")
    english = {line: line for line in ("How best to support {{ facts.first_name }}", "Communication and interaction")}
    forgotten = without(language, wording={**language.data["wording"], **english})
    shown = text(made("kacper-wisniewski", "support-plan", forgotten))
    assert left_over("kacper-wisniewski--support-plan-pl", shown, language) == [
        "Communicationandinteraction",
        "Howbesttosupport",
    ]


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_both_engines_draw_everything(engine: str) -> None:
    for name, pdf in converted(engine).items():
        language = spoken(name[-2:])
        assert pdf.warnings == (), name
        shown = drawn(pdf)
        assert left_over(name, shown, language) == [], name
        assert pypdf.PdfReader(io.BytesIO(pdf.content)).trailer["/Root"]["/Lang"] == language.tag
        assert pdf.pages == 1 or "--profile" not in name
        if language.rtl:
            assert len(set("میرےلیکااہ") & set(shown)) >= 5 and "Naskh" in fonts_of(pdf.content), name


def fonts_of(content: bytes) -> str:
    fonts = pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    return " ".join(str(font.get_object()["/BaseFont"]) for font in fonts.values())


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_the_pages_are_accessible(engine: str, tmp_path: Path) -> None:
    """PDF/UA-1, by veraPDF: the letter and the plan that a parent signs, and the two forms."""
    kinds = ("parent-letter", "support-plan", "views-p", "annual-report")
    files = []
    for name, pdf in converted(engine).items():
        if name.startswith("zoe") and name.partition("--")[2].startswith(kinds):
            files.append(tmp_path / f"{name}.pdf")
            files[-1].write_bytes(pdf.content)
    assert len(files) == 2 * 6, "two parents, so two letters"
    assert {file.name: rules for file, rules in zip(files, failures_of(files), strict=True) if rules} == {}


# -- what is said, and how --------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_what_people_wrote_and_dates_are_right() -> None:
    case, language = opened("ada-brown"), load_language(PROJECT, "pl")
    shown = text(made("ada-brown", "profile", language))
    assert str(case.data("profile")["important_to_me"][0]) in shown
    day = case.data("profile")["date"]
    assert f"{day.day} {language.data['months'][day.month - 1]} {day.year}" in shown
    assert SPEECH.get().months[0] == "January", "English again afterwards"


@pytest.mark.whole
@pytest.mark.parametrize(("code", "mother"), [("pl", "matka"), ("ur", "والدہ")])
def test_who_else_is_asked_is_named_with_a_role_in_the_language(code: str, mother: str) -> None:
    """An invitation in Polish said: Agnieszka Nowak (mother)."""
    word = made("kacper-wisniewski", "invitation-tomasz", load_language(PROJECT, code))
    said = "".join(cell for cell in _texts(word))
    assert f"({mother})" in said and "(mother)" not in said and "Agnieszka Nowak" in said


def test_a_role_is_what_stands_in_the_last_brackets_and_keeps_its_capitals() -> None:
    polish = load_language(PROJECT, "pl")
    class_teacher = str(polish.say("Class teacher"))
    ours = replace(polish, data={**polish.data, "wording": {**polish.data["wording"], "School SENCO": "SENCO szkolny"}})
    told = {
        "Jan (Janek) Nowak (mother)": "Jan (Janek) Nowak (matka)",
        "Ola Lis (School SENCO)": "Ola Lis (SENCO szkolny)",
        "Ola Lis (Class Teacher)": f"Ola Lis ({class_teacher[:1].lower()}{class_teacher[1:]})",
    }
    assert {person: translate._with_role(person, ours) for person in told} == told
    assert translate._with_role("Jan (Janek)", ours) == "Jan (Janek)"
    mentor, deaf = polish.say("Learning mentor"), polish.say("Teacher of the Deaf")
    assert polish.role("Class Teacher") == polish.role("CLASS TEACHER") == class_teacher != "Class Teacher"
    assert polish.role("Learning Mentor (Mrs Begum)") == f"{mentor} (Mrs Begum)"  # was: in English
    assert (polish.role("teacher of the deaf"), polish.role("Cook")) == (deaf, "Cook")


def _texts(word: bytes) -> Iterator[str]:
    for text in parse(read_package(word).parts["word/document.xml"]).iter(f"{W}t"):
        yield re.sub("[\u200e\u200f\u2066-\u2069]", "", text.text or "")


@pytest.mark.whole
def test_bold_stays_where_it_was() -> None:
    word = made("ada-brown", "support-plan", load_language(PROJECT, "pl"))
    [line, *_] = [p for p in every_paragraph(word) if p.text.startswith("Mocne strony: ")]
    assert [(run.text.strip(), bool(run.bold)) for run in line.runs if run.text.strip()] == [
        ("Mocne strony:", True),
        (line.text.removeprefix("Mocne strony: "), False),
    ]


def test_values_of_the_program_are_said_part_by_part() -> None:
    polish = load_language(PROJECT, "pl")
    said = {
        "20 minutes, 3 times a week, for 12 weeks": "20 min, 3 razy w tygodniu, przez 12 tygodni",
        "15 minutes, twice a week, for 3 weeks": "15 min, dwa razy w tygodniu, przez 3 tygodnie",
        "4 years 11 months": "4 lata 11 mies.",
        "14 years 2 months": "14 lat 2 mies.",
        "Year 2": "2. rok nauki (Year 2)",
        "12 March 2026": "12 marca 2026",
        "2.5 times a week": "2.5 razy w tygodniu",
    }
    assert {english: polish.phrase(english) for english in said} == said
    assert polish.phrase("once a blue moon, for 2 weeks") is None
    assert polish.known("mother, keeps the accounts") == "matka, keeps the accounts"


@pytest.mark.whole
def test_a_chart_is_drawn_and_described_in_the_language() -> None:
    chart = ProgressChart("words", (Point("Start", 1), Point("Autumn", 4, 5)))
    english = chart.draw()
    pictures = {}
    for code in CODES:
        spoken = Spoken(load_language(PROJECT, code))
        kept = SPEECH.set(spoken.speech)
        pictures[code] = chart.draw()
        SPEECH.reset(kept)
        assert spoken.missing == []
    assert pictures["pl"].description == "Wykres liniowy: words. Początek: 1; Autumn: 4, cel 5."
    assert len({english.content, pictures["pl"].content, pictures["ur"].content}) == 3
    assert "goal" not in pictures["ur"].description and english.description == chart.description


@pytest.mark.whole
def test_a_missing_line_stops_the_document_and_is_named() -> None:
    language = load_language(PROJECT, "pl")
    with pytest.raises(Unfinished, match="1 line without a translation") as caught:
        made("ada-brown", "profile", without(language, "What to know"))
    assert caught.value.lines == ("What to know",) and "templates/words/pl.yaml" in caught.value.advice
    with pytest.raises(Unfinished) as caught:
        made("ada-brown", "support-plan", without(language, "Met", "Cognition and learning", "On paper", "Not known"))
    assert {"Met", "Cognition and learning", "On paper"} <= set(caught.value.lines), "values, which no template holds"


@pytest.mark.whole
def test_an_authoritys_own_name_for_a_plan_needs_no_translation() -> None:
    language, case = load_language(PROJECT, "pl"), opened("kacper-wisniewski")
    local = replace(PACK, data={**PACK.data, "words": {**PACK.words, "support_plan": "Bridge Plan"}})
    own = replace(desk_of(PROJECT, case), pack=local)
    [document] = documents(case, local, ["support-plan"])
    word = With(language).write(own, replace(document, language="pl"))
    assert every_paragraph(word).__next__().text == document.title == "Bridge Plan"
    with pytest.raises(Unfinished) as caught:
        made("kacper-wisniewski", "support-plan", without(language, "SEN support plan"))
    assert caught.value.lines == ("SEN support plan",), "the standard name has to be said"


def test_a_reviewed_translation_is_no_draft() -> None:
    language = load_language(PROJECT, "pl")
    shown = text(made("ada-brown", "profile", without(language, reviewed=True)))
    assert str(language.data["draft_note"]) not in shown


@pytest.mark.whole
def test_urdu_runs_from_the_right_and_english_in_it_from_the_left() -> None:
    word = translated()["ada-brown--parent-letter-samira-ur"]
    body = parse(read_package(word).parts["word/document.xml"])
    arabic = re.compile("[\u0600-\u06ff]")
    seen = set()
    for paragraph in body.iter(f"{W}p"):
        words = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        right = paragraph.find(f"{W}pPr/{W}bidi") is not None
        if words.strip():
            assert right == bool(arabic.search(words)), words
            seen.add(right)
        for run in paragraph.iter(f"{W}r"):
            shown = "".join(t.text or "" for t in run.iter(f"{W}t"))
            assert not (re.search("[A-Za-z]", shown) and arabic.search(shown)), "one script in a run"
            assert (run.find(f"{W}rPr/{W}rtl") is not None) or not arabic.search(shown)
    assert seen == {True, False}


# -- which languages there are ----------------------------------------------------------------------------------------


LINES: dict[tuple[Path, str], Any] = {}
"""What each authority's templates print, by school's folder and authority: read once for all languages."""


@pytest.fixture
def lines_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def once(project: Project, pack: Pack) -> Any:
        key = (project.root, pack.id)
        if key not in LINES:
            LINES[key] = needed(project, pack)
        return LINES[key]

    monkeypatch.setattr(completeness, "needed", once)


@pytest.mark.whole
@pytest.mark.parametrize("code", CODES)
@pytest.mark.usefixtures("lines_read_once")
def test_a_language_that_we_ship_has_every_line_of_every_authority_and_no_other(code: str) -> None:
    language = load_language(PROJECT, code)
    packs = [load_pack(name, PROJECT.template_folders, PROJECT.schemas) for name in pack_ids(PROJECT.template_folders)]
    for pack in packs:
        assert {row.id: row.missing for row in standings(PROJECT, language, pack) if row.missing} == {}, pack.id
    assert unused(PROJECT, language, packs) == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_prints_the_same_fields(code: str) -> None:
    """No value is lost or invented: each line prints what its English prints, but for the name that stands for it."""
    names = r"facts\.first_name|name|whose|yours"
    for english, said in load_language(PROJECT, code).data["wording"].items():
        fields = [set(re.findall(rf"\{{\{{ (?!(?:{names})\b)([\w.]+)", line)) for line in (english, str(said))]
        assert fields[0] == fields[1], said
        assert not re.search(r"\{\{ (name|whose) ", str(said)), "these hold English words for a young person"


OTHER_TERMS = {
    "pl": ("służb", "dyrekcj", "cykl"),
    "ur": ("پلان", "جانب دار", "دوسری خدمات", " دور ", "**خاندان", "ورژن"),
}
"""Second words for what has one already: services, headteacher, cycle; plan, independent, services, cycle, family."""


@pytest.mark.parametrize("code", CODES)
def test_one_thing_has_one_name_in_a_language(code: str) -> None:
    said = load_language(PROJECT, code).data["wording"].values()
    assert [line for line in said if any(term in line for term in OTHER_TERMS[code])] == []


def test_a_letter_in_polish_calls_a_young_person_you_with_a_capital() -> None:
    """Small letters are for a child's own papers; a letter writes Ty, Cię, Twój, as it writes Państwo."""
    said = load_language(PROJECT, "pl").data["wording"]
    yours = [found for line in said.values() for found in re.findall(r"{% if yours %}(.*?){% el", line)]
    assert len(yours) > 8 and [one for one in yours if re.search(r"\b(ty|ci|cię|tw[oó]\w*)\b", one)] == []


def test_an_unknown_language_names_those_there_are() -> None:
    assert languages(PROJECT) == ["pl", "ur"]
    with pytest.raises(WrongUse, match="no wording in 'xx'") as caught:
        load_language(PROJECT, "xx")
    assert "pl, ur" in caught.value.advice


@pytest.mark.parametrize(("written", "code"), [("polish", "pl"), ("Polish", "pl"), ("PL", "pl"), ("urdu", "ur")])
def test_a_language_called_by_its_name_is_understood(written: str, code: str) -> None:
    with pytest.raises(WrongUse, match="no wording in") as caught:
        words_file(PROJECT, written)
    assert caught.value.advice == f"Did you mean {code}?"
