"""English in a document in another language, and a child's own language in English, are marked in Word and PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.cases.vocabulary import ROLES
from generator.documents.catalogue import documents
from generator.documents.languages.english_passages import is_english
from generator.documents.languages.translate import Interpreter
from generator.engines import Docx, Pdf, choose
from generator.folder.school_folder import BUILT_IN
from generator.word_files.docx_package import W, parse, unpacked
from tests.documents.test_new_documents import changed, desk_of
from tests.engines.real_engines import engine_called
from tests.example_school import KACPER

STORY = "Kacper was born in Northmoor"


@pytest.fixture(scope="module")
def plans() -> dict[str, bytes]:
    desk = desk_of(BUILT_IN, KACPER)
    interpreter = Interpreter(desk.project)
    [plan] = documents(desk.case, desk.pack, ["support-plan"])
    return {code: interpreter.write(desk, replace(plan, id=code, language=code)) for code in ("pl", "ur")}


def spoken(word: bytes) -> dict[str, str]:
    """Every run's text with the language that it has of its own."""
    found = {}
    for run in parse(unpacked(word)["word/document.xml"]).iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.findall(f"{W}t"))
        said = run.find(f"{W}rPr/{W}lang")
        found[text] = said.get(f"{W}val", "") if said is not None else ""
    return found


@pytest.mark.whole
def test_what_people_wrote_is_english_in_word_and_the_wording_is_not(plans: dict[str, bytes]) -> None:
    polish = spoken(plans["pl"])
    [story] = [text for text in polish if text.startswith(STORY)]
    assert polish[story] == "en-GB" and polish["He builds what others only talk about."] == "en-GB"
    assert polish["Nadzieje na przyszłość"] == "" and polish["12 czerwca 2026"] == ""
    urdu = spoken(plans["ur"])
    [story] = [text for text in urdu if text.startswith(STORY)]
    assert urdu[story] == "en-GB" and urdu["پورا نام"] == ""


def test_usual_roles_are_said_and_others_stay_english(plans: dict[str, bytes]) -> None:
    """Who gives support stood in a Polish and an Urdu plan as “Teaching assistant (Mrs Kaur)”."""
    for code, said in (("pl", "Asystent lub asystentka nauczyciela"), ("ur", "ٹیچنگ اسسٹنٹ")):
        printed = " ".join(parse(unpacked(plans[code])["word/document.xml"]).itertext())
        assert "eaching assistant" not in printed and printed.count(said) >= 3
    polish = spoken(plans["pl"])
    assert polish["Asystent lub asystentka nauczyciela (Mrs Kaur)"] == ""
    language = Interpreter(desk_of(BUILT_IN, KACPER).project).language("pl")
    assert language.role("teaching assistant") == "Asystent lub asystentka nauczyciela"
    assert {language.role(one) for one in ROLES} & set(ROLES) == {"SENCO"}, (
        "all are said; SENCO is what schools call it"
    )
    for other in ("Site team and office", "Teaching assistant and cover", "Teacher (a) and (b)"):
        assert language.role(other) == other


@pytest.mark.whole
def test_no_mark_is_left_in_the_paper(plans: dict[str, bytes]) -> None:
    for word in plans.values():
        assert not any(
            sign in part.decode("utf-8", "ignore") for part in unpacked(word).values() for sign in "\ue010\ue011\ue012"
        )


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_the_pdf_says_so_too(plans: dict[str, bytes], engine: str) -> None:
    started = engine_called(engine)
    [made] = started.convert([Docx("plan", plans["pl"])])
    assert isinstance(made, Pdf)
    pdf = pikepdf.open(io.BytesIO(made.content))
    assert str(pdf.Root.Lang) == "pl-PL"
    said = [
        str(one["/Lang"])
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/Lang" in one
    ]
    assert said.count("en-GB") == len(said) > 40


POLISH = "Lubię rysować. Mama mówi, że jestem mistrzem."
URDU = "مجھے کہانیاں پسند ہیں۔"


@pytest.mark.whole
def test_the_childs_own_language_is_marked_in_an_english_document(tmp_path: Path) -> None:
    before = "text: “I want tell what happen. Mrs Kaur help.”"
    after = f"language: pl\n  text: |\n    “{POLISH}”\n\n    “Lubię Lego.”"
    desk = changed(tmp_path, KACPER, "meetings/2026-09-30-early-discussion.yaml", before, after)
    [note] = [d for d in documents(desk.case, desk.pack, ["early-discussion"]) if "09-30" in d.id]
    word = desk.write(note)
    said = spoken(word)
    assert said[f"“{POLISH}”"] == "pl" and said["“Lubię Lego.”"] == "pl"
    assert not any(said[text] for text in said if "Lubię" not in text)
    [made] = choose("embedded").convert([Docx("note", word)])
    assert isinstance(made, Pdf)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert [str(one["/Lang"]) for one in pdf.objects if _is_passage(one)] == ["pl", "pl"]


def test_words_from_the_right_have_their_language_for_word_too(tmp_path: Path) -> None:
    before = "text: “I want tell what happen. Mrs Kaur help.”"
    after = f"language: ur\n  text: {URDU}"
    desk = changed(tmp_path, KACPER, "meetings/2026-09-30-early-discussion.yaml", before, after)
    [note] = [d for d in documents(desk.case, desk.pack, ["early-discussion"]) if "09-30" in d.id]
    root = parse(unpacked(desk.write(note))["word/document.xml"])
    [run] = [run for run in root.iter(f"{W}r") if URDU in "".join(t.text or "" for t in run.iter(f"{W}t"))]
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ur"  # type: ignore[union-attr]


def _is_passage(one: object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and "/S" in one and "/Lang" in one


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("He never laughs at anyone's mistake.", True),
        ("Mrs Joanna Hale", False),
        ("Ćwiczenia z panią Kaur", False),
        ("33 of 40", False),
        ("Joanna Hale, teacher of Kacper Wiśniewski", True),
    ],
)
def test_english_is_told_from_names_and_other_languages(text: str, english: bool) -> None:
    assert is_english(text) is english
