"""Every document of the example school on both engines: the same pages, the same words, open to a screen reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from generator.build.build_documents import Order, Outcome, build, place_of_work
from generator.engines import Docx, Pdf, choose, drawn_whole
from generator.engines.pdf.stranded_headings import stranded_headings
from generator.folder.school_folder import find_project
from tests.conftest import need_program
from tests.example_school import ROOT, copy_school, plain_yaml
from tests.tagcheck import count
from tests.two_engines import said_otherwise, words
from tests.verapdf import failures_of

ENGINES = ("embedded", "libreoffice")
FOR_READERS = (
    *("views-parents", "views-pupil", "invitation", "meeting-letter", "my-plan", "chronology", "annual-report"),
    *("transition-passport", "annual-review", "my-support-plan"),
)
"""The documents for families, pupils and handing on."""
KINDS = {
    "ada-brown": (
        *("profile", "early-discussion", "parent-letter", "support-plan", "cycle", "meeting", "pcp-meeting", "my-plan"),
        *("views-parents", "views-pupil", "invitation", "meeting-letter", "my-support-plan", "request", "chronology"),
    ),
    "zoe-obrien-smidt": (
        *("support-plan", "short-plan", "short-cycle", "views-pupil", "annual-report", "transition-passport"),
    ),
    "nia-okafor": ("profile", "support-plan", "my-plan", "annual-review"),
    "idris-chowdhury": (),
    "maisie-thorne": ("early-discussion", "meeting", "behaviour-plan", "behaviour-steps"),
    "toby-merrick": ("meeting", "parent-letter", "meeting-letter", "invitation"),
}
"""What is drawn of whom: everything of a long case, but for what documents/test_short_versions.py draws; what is longer
or of another kind of a case of middle length and of one with an EHC plan; everything of a child of whom little is
known; a behaviour plan; and letters to social workers and carers, who get none of the other pupils'."""

NOT_DRAWN = {"isp-preview"}
"""Kinds of the pack that are looked at elsewhere: a plan that is made only where plan.yaml asks for it."""

Made = dict[tuple[str, str], Outcome]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, Made]]]:
    """Every kind of document of some of the example school, built by each engine in a folder of its own."""
    need_program("soffice")
    found = {}
    for name in ENGINES:
        school = copy_school(tmp_path_factory.mktemp(name), *KINDS)
        project, engine = find_project(school), choose(name)
        outcomes = []
        with place_of_work(engine) as site:
            for pupil, kinds in KINDS.items():
                outcomes += build(project, [pupil], engine, Order(kinds), lambda _: None, site)
        engine.close()
        found[name] = school / "output", {(o.case, o.document): o for o in outcomes}
    yield found


@pytest.mark.whole
def test_every_document_is_made_by_both_engines(made: dict[str, tuple[Path, Made]]) -> None:
    for name in ENGINES:
        assert {o.state for o in made[name][1].values()} == {"made"}, name
        warned = [o for o in made[name][1].values() if any("spacing was tightened" not in line for line in o.warnings)]
        assert warned == [], name
    assert made["embedded"][1].keys() == made["libreoffice"][1].keys()
    pack = {one["id"] for one in plain_yaml(ROOT / "templates" / "standard" / "pack.yaml")["documents"]}
    drawn = {max((kind for kind in pack if document.startswith(kind)), key=len) for _, document in made["embedded"][1]}
    assert drawn == pack - NOT_DRAWN


@pytest.mark.whole
def test_both_engines_give_the_same_number_of_pages(made: dict[str, tuple[Path, Made]]) -> None:
    one, other = (made[name][1] for name in ENGINES)
    differ = [key for key in one if one[key].pages != other[key].pages]
    assert len(differ) <= len(one) // 10, differ


def for_readers(found: Made) -> set[tuple[str, str]]:
    """The case and name of what families, pupils and others are given of some pupils, in English."""
    return {
        (case, document)
        for case, document in found
        if document.startswith(FOR_READERS) and not document.endswith(("-pl", "-ur"))
    }


@pytest.mark.whole
def test_what_others_are_given_has_the_same_pages_on_both_engines(made: dict[str, tuple[Path, Made]]) -> None:
    one, other = (made[name][1] for name in ENGINES)
    given = for_readers(one)
    assert all(any(document.startswith(kind) for _, document in given) for kind in FOR_READERS)
    assert [key for key in given if one[key].warnings or other[key].warnings] == []
    differ = [key for key in given if one[key].pages != other[key].pages]
    assert len(differ) <= len(given) // 10, differ


@pytest.mark.whole
def test_letters_fit_their_pages(made: dict[str, tuple[Path, Made]]) -> None:
    """The letter is one page and its reply slip another, so that the slip can be cut off."""
    outcomes = made["embedded"][1]
    pages = {key: outcomes[key].pages for key in for_readers(outcomes) if key[1].startswith("invitation")}
    assert set(pages.values()) == {2}, pages


@pytest.mark.whole
def test_both_engines_give_the_same_words_in_the_same_order(made: dict[str, tuple[Path, Made]]) -> None:
    differ = []
    for case, document in made["embedded"][1]:
        one, other = (words((made[name][0] / case / f"{document}.pdf").read_bytes()) for name in ENGINES)
        # A repeated table head falls on another line where a page breaks elsewhere, so sets of words are compared too.
        if one != other and said_otherwise(one, other):
            differ.append((case, document, said_otherwise(one, other)[:6]))
    assert differ == []


@pytest.mark.whole
@pytest.mark.parametrize("name", ENGINES)
def test_no_page_ends_with_a_heading(made: dict[str, tuple[Path, Made]], name: str) -> None:
    """On the built-in engine lines to write on belong to no structure: there the words of the page are looked at."""
    output, outcomes = made[name]
    for case, document in outcomes:
        content = (output / case / f"{document}.pdf").read_bytes()
        found = stranded_headings(content)
        assert found.headings > 0, (case, document)
        if name == "embedded" and document.startswith("views-"):
            assert pages_that_end_with_a_heading(content) == [], (case, document)
        else:
            assert found.numbers == (), (case, document)


_FOOT = 60
"""Points at the bottom of a page that its footer has for itself."""


def pages_that_end_with_a_heading(content: bytes) -> list[int]:
    """Pages, from 1, of which the last line above the footer is one of the document's own bookmarks, or its end."""
    with pypdfium2.PdfDocument(content) as pdf:
        titles = ["".join(mark.get_title().split()) for mark in pdf.get_toc()]
        lines = [["".join(one.split()) for one in above_the_foot(page).splitlines()] for page in pdf]
    assert titles and all(any(one) for one in lines)
    last = [next(one for one in reversed(page) if one) for page in lines]
    return [number for number, line in enumerate(last, 1) if any(title.endswith(line) for title in titles)]


def above_the_foot(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_bounded(bottom=_FOOT))


def test_a_heading_at_the_foot_of_a_form_is_seen() -> None:
    """What the words of a page show, where its structure cannot: with two lines to write on below it there is none."""
    for lines, ends in ((0, [1]), (2, [])):
        form = Document()
        form.add_heading("What helps")
        for _ in range(lines):
            form.add_paragraph("_" * 40)
        held = io.BytesIO()
        form.save(held)
        [pdf] = drawn_whole(choose("embedded"), [Docx("form", held.getvalue())])
        assert isinstance(pdf, Pdf) and pages_that_end_with_a_heading(pdf.content) == ends


@pytest.mark.whole
@pytest.mark.parametrize("name", ENGINES)
def test_every_bookmark_leads_to_the_page_of_its_heading(made: dict[str, tuple[Path, Made]], name: str) -> None:
    """The built-in engine noted where a heading would have stood: of Ada's request nine led to the page before.

    What stands on several pages, as a short title does, says nothing: its page would be right by chance.
    """
    output, outcomes = made[name]
    wrong, looked = [], 0
    for case, document in longest(outcomes):
        with pypdfium2.PdfDocument(output / case / f"{document}.pdf") as pdf:
            texts = [plain(page.get_textpage().get_text_range()) for page in pdf]
            marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
        once = [(title, page) for title, page in marks if sum(plain(title) in text for text in texts) < 2]
        wrong += [(document, title, page) for title, page in once if plain(title) not in texts[page]]
        looked += len(once) if len(texts) > 1 else 0
    assert wrong == [] and looked > 300, looked


def plain(text: str) -> str:
    """Letters and figures alone: spaces and hyphens at the ends of lines differ."""
    return re.sub(r"\W", "", text)


def longest(found: Made) -> set[tuple[str, str]]:
    """The case and name of the longest document of each kind: to look every page through takes its time."""
    kinds: dict[str, list[tuple[int, tuple[str, str]]]] = {}
    for key, outcome in found.items():
        kind = re.sub(r"-(20\d\d.*|parent.*|pl|ur)$", "", key[1])
        kinds.setdefault(kind, []).append((outcome.pages, key))
    return {key for _, key in map(max, kinds.values())}


@pytest.mark.whole
@pytest.mark.parametrize("name", ENGINES)
def test_documents_of_every_kind_pass_pdf_ua(made: dict[str, tuple[Path, Made]], name: str) -> None:
    need_program("javac", "veraPDF is run by Java")
    output, outcomes = made[name]
    assert len(list(output.glob("*/*.pdf"))) == len(outcomes)
    pdfs = sorted(output / case / f"{document}.pdf" for case, document in longest(outcomes))
    assert len(pdfs) > 20 and all(any(path.name.startswith(kind) for path in pdfs) for kind in FOR_READERS)
    assert {
        f"{path.parent.name}/{path.name}": found for path, found in zip(pdfs, failures_of(pdfs), strict=True) if found
    } == {}


@pytest.mark.whole
@pytest.mark.parametrize("name", ENGINES)
def test_every_mark_in_a_page_belongs_to_the_structure(made: dict[str, tuple[Path, Made]], name: str) -> None:
    output, outcomes = made[name]
    for case, document in longest(outcomes):
        found = count(output / case / f"{document}.pdf")
        assert (found.lost_contents, found.lost_annotations, found.wrong_parents) == (0, 0, 0), document
        assert found.contents > 0


@pytest.mark.whole
def test_the_profile_is_one_page(made: dict[str, tuple[Path, Made]]) -> None:
    for name in ENGINES:
        profiles = {case: o.pages for (case, document), o in made[name][1].items() if document == "profile"}
        assert profiles and set(profiles.values()) == {1}, profiles
