"""The papers that a child reads or fills in: for the age, in large type, with pictures, and no more than is read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from generator.cases.child_reads import reads
from generator.documents.catalogue import documents
from generator.documents.symbols import FACES, SYMBOLS, Symbol, symbol_for
from generator.folder.school_folder import BUILT_IN
from generator.records.record import Schemas
from generator.word_files.docx_package import W, parse, read_package
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import changed, desk_of, texts
from tests.example_school import copy_school, sendpack

IDRIS, ADA, KACPER, MAISIE, LUCA = (
    "idris-chowdhury",
    "ada-brown",
    "kacper-wisniewski",
    "maisie-thorne",
    "luca-marchetti",
)
PUPILS = sorted(path.parent.name for path in (BUILT_IN / "cases").glob("*/plan.yaml"))


def docx_of(pupil: str, kind: str, root: Path = BUILT_IN) -> bytes:
    desk = desk_of(root, pupil)
    [document] = documents(desk.case, desk.pack, [kind])
    return desk.write(document)


def pictures(docx: bytes) -> list[str]:
    """What each picture of the body shows, in its order."""
    body = parse(read_package(docx).parts["word/document.xml"])
    return [one.get("descr", "") for one in body.iter("{*}docPr")]


@pytest.mark.parametrize(
    ("born", "more", "name"),
    [("2022-04-03", {}, "young"), ("2018-05-14", {}, "child"), ("2014-03-08", {}, "teen"), ("2010-01-12", {}, "adult"),
     ("2014-03-08", {"papers_at_age": 6}, "young"), ("2019-11-29", {}, "child"), ("2019-11-30", {}, "young")],
)  # fmt: skip
def test_papers_are_written_for_the_age_or_for_the_age_at_which_a_child_reads(
    born: str, more: dict[str, int], name: str
) -> None:
    assert reads({"date_of_birth": date.fromisoformat(born), **more}, date(2026, 11, 29)).name == name


@pytest.mark.whole
def test_the_form_before_a_meeting_differs_at_four_eight_twelve_and_sixteen() -> None:
    told = {pupil: text_of(docx_of(pupil, "views-pupil")) for pupil in (IDRIS, ADA, MAISIE, LUCA)}
    only = {
        IDRIS: "Dinner time",
        ADA: "Reading and writing",
        MAISIE: "What I do not want passed on, or only to some people",
        LUCA: "Study and work: where I am, and what I want next",
    }
    for pupil, words in only.items():
        assert [one for one in told if words in told[one]] == [pupil]
    faces = {pupil: sum(text in FACES.values() for text in pictures(docx_of(pupil, "views-pupil"))) for pupil in told}
    assert faces == {IDRIS: 15, ADA: 18, MAISIE: 0, LUCA: 0}
    assert "grown-ups" not in told[MAISIE] + told[LUCA] and "For the adult who helped" not in told[LUCA]


@pytest.mark.whole
@pytest.mark.parametrize("pupil", [IDRIS, ADA, MAISIE, LUCA])
def test_what_the_child_reads_is_fourteen_points_or_larger(pupil: str) -> None:
    package = read_package(docx_of(pupil, "views-pupil"))
    styles = parse(
        package.parts["word/house-styles.xml"]
        if "word/house-styles.xml" in package.parts
        else package.parts["word/styles.xml"]
    )
    sizes = {
        s.get(f"{W}styleId"): int(z.get(f"{W}val")) / 2 for s in styles.iter(f"{W}style") for z in s.iter(f"{W}sz")
    }
    adults = {"SmallPrint", "TickLine", "Sign", "WriteHere", "Gap", "Subtitle"}
    used: set[str] = set()
    for paragraph in parse(package.parts["word/document.xml"]).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip()
        if text == "For the adult who helped":
            break
        if text:
            used.add("Normal" if style is None else str(style.get(f"{W}val")))
    assert {style: sizes[style] for style in used - adults if sizes[style] < 14} == {}


BEFORE = {ADA: 385, KACPER: 264, "zoe-obrien-smidt": 334}
"""Words of "My plan" while it told everything, without header and footer."""


@pytest.mark.whole
@pytest.mark.parametrize("pupil", PUPILS)
def test_my_plan_has_no_more_words_than_a_child_of_that_age_reads(pupil: str) -> None:
    desk = desk_of(BUILT_IN, pupil)
    text = texts(desk, "my-plan")["my-plan"]
    reader = reads(desk.case.data("pupil"), desk.case.data("plan")["date"])
    words = len(text.split())
    assert words <= reader.whole + 110, f"{words} words for {reader.name}"
    assert words <= BEFORE.get(pupil, 999) * 0.72, f"{words}, was {BEFORE.get(pupil)}"


@pytest.mark.whole
def test_every_heading_keeps_its_first_line_and_adults_are_told_that_there_is_more() -> None:
    told = texts(desk_of(BUILT_IN, ADA), "my-plan")["my-plan"]
    for line in (
        "My rabbit Biscuit, and drawing him",
        "I read 17 new words",
        "I do phonics with Mrs Begum",
        "Tell me one thing",
    ):
        assert line in told
    assert "More of the plan is in the SEN support plan: read it together." in told
    assert "More of the plan" not in texts(desk_of(BUILT_IN, LUCA), "my-plan")["my-plan"]


@pytest.mark.whole
def test_the_childs_own_picture_stands_beside_its_word_and_else_a_symbol(tmp_path: Path) -> None:
    shown = pictures(docx_of(ADA, "my-plan"))
    assert "Ada's drawing of her rabbit Biscuit" in shown[1:], "the first picture is the photo at the top"
    assert "an open book" in shown
    allowed = "rabbit Biscuit, consent: yes"
    desk = changed(tmp_path, ADA, "profile.yaml", allowed, allowed.replace("yes", "no"))
    [document] = documents(desk.case, desk.pack, ["my-plan"])
    assert "Ada's drawing of her rabbit Biscuit" not in pictures(desk.write(document))[1:]


def test_older_readers_and_those_who_want_none_have_no_symbols(tmp_path: Path) -> None:
    assert pictures(docx_of(MAISIE, "my-plan")) == []
    desk = changed(tmp_path, KACPER, "pupil.yaml", "\ndate_of_birth:", "\nsymbols: no\ndate_of_birth:")
    [document] = documents(desk.case, desk.pack, ["my-plan"])
    assert set(pictures(desk.write(document))) == set(FACES.values())


def test_a_line_gets_the_symbol_of_the_first_thing_that_it_names() -> None:
    assert symbol_for("Read the question with me, quietly.") == "book"
    assert symbol_for("Swimming on Thursdays") == "swim"
    assert symbol_for("Lego. Big Lego.") == ""
    assert symbol_for("I am already ready") == "", "a word, not a part of one"


@pytest.mark.parametrize("name", [*SYMBOLS, *FACES])
def test_a_symbol_is_drawn_in_paths_and_dots_and_says_what_it_shows(name: str) -> None:
    drawn = Symbol(name).draw()
    assert drawn.description and drawn.vector is not None
    assert set(re.findall(r"<(\w+)", drawn.vector.decode())) == {"svg", "path"}
    assert len(drawn.vector) > 400 and drawn.width == drawn.height


def test_the_schema_lists_the_symbols_that_there_are() -> None:
    rows = Schemas.load([BUILT_IN / "schemas"]).files["profile.schema.json"]
    assert [f'"{name}"' in str(rows).replace("'", '"') for name in SYMBOLS] == [True] * len(SYMBOLS)


@pytest.mark.whole
def test_a_changed_picture_makes_my_plan_again_and_its_file_is_asked_for(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    folder = school / "cases" / KACPER
    Image.new("RGB", (40, 30), "red").save(folder / "lego.png")
    profile = folder / "profile.yaml"
    row = "pictures:\n  - {word: Lego, photo: {file: lego.png, describes: A tower of bricks, consent: yes}}\n"
    profile.write_text(profile.read_text("utf-8") + row, "utf-8")
    plan = school / "output" / KACPER / "my-plan.docx"
    assert sendpack(school, "build", "--no-pdf", "--only", "my-plan").returncode == 0
    assert "A tower of bricks" in pictures(plan.read_bytes())
    Image.new("RGB", (40, 30), "blue").save(folder / "lego.png")
    assert "the picture lego.png" in sendpack(school, "build", "--no-pdf", "--only", "my-plan", "--why").stdout
    (folder / "lego.png").unlink()
    assert "lego.png" in sendpack(school, "check").stdout
