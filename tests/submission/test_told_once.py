"""A bundle tells a thing once, on few pages, and loses nothing: facts are compared, not words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.printed_facts.told_once import PartPlace
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.values.formatting import plain
from tests.bundled_school import copy_bundled
from tests.documents.merged_templates import text_of

pytestmark = pytest.mark.whole

MOST = 70
"""Pages that the example bundle may have: it had 112 when every part told everything."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Path:
    return copy_bundled(bundled, tmp_path_factory.mktemp("told-once"))


@pytest.fixture(scope="module")
def pages(school: Path) -> list[str]:
    return page_texts((school / "output" / "ada-brown" / "submission" / "bundle.pdf").read_bytes())


def squeezed(text: str) -> str:
    return re.sub(r"[^\w£%]", "", text).lower()


def leaves(value: Any) -> Iterator[str]:
    """Every text, date and number that people wrote in a record; short ones are everywhere by chance."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str | date) and len(text := str(plain(value))) > 9:
        yield text


@pytest.fixture(scope="module")
def told(school: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What each part says when it is read alone, and what it says in the bundle, by its id."""
    project = find_project(school)
    case = load_case(project, "ada-brown").case
    assert case is not None
    pack = project.pack_of(case)
    desk = MergeDesk(project, case, pack, TemplateShelf(project.template_folders), summary_first=True)
    listed = json.loads((school / "output" / "ada-brown" / "submission" / "manifest.json").read_text("utf-8"))
    places = {part["id"]: PartPlace(part["pages"], part["number"], part["title"], "") for part in listed["parts"]}
    parts = [document for document in documents(case, pack) if document.id in places]
    on = case.data("request")["date"]
    front = {"bundle": {"title": "Request", "total": 9, "documents": 9, "made": on, "files": 1, "send": ""}}
    cover = desk.front("bundle-cover", "Request", on, front, places)
    alone = {d.id: squeezed(text_of(desk.write(d))) for d in parts}
    together = {d.id: squeezed(text_of(desk.write(d, places))) for d in parts} | {"cover": squeezed(text_of(cover))}
    return alone, together


def facts(school: Path) -> set[str]:
    """Everything that people wrote in the records."""
    case = load_case(find_project(school), "ada-brown").case
    assert case is not None
    return {fact for found in case.by_kind.values() for record in found for fact in leaves(record.data)}


def test_the_example_bundle_is_short(pages: list[str]) -> None:
    assert len(pages) <= MOST


def test_each_reference_of_the_first_page_names_and_reaches_the_page_of_its_heading(school: Path) -> None:
    """A caseworker read “A1, pages 5-12” for the parents' views."""
    file = school / "output" / "ada-brown" / "submission" / "bundle.pdf"
    with pikepdf.open(file) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [(numbers[one.Dest[0].objgen], one.Dest[3], str(one.Contents)) for one in pdf.pages[0].Annots]
    assert all(said.endswith(f"page {page}") for page, _, said in links)
    printed = re.findall(r"([A-Z]\d+),\s+pages?\s+(\d+)(-\d+)?", pypdf.PdfReader(file).pages[0].extract_text())
    ours = [(int(page), last) for number, page, last in printed if number in ("A1", "C2")]
    assert len(ours) >= 12
    assert all(int(last[1:]) - page <= 2 for page, last in ours if last)  # of what goes over several pages, all of them
    to_headings = {page for page, up, _ in links if up is not None}
    assert {page for page, _ in ours} == to_headings and len(to_headings) >= 5


def test_every_fact_that_a_part_tells_alone_is_in_the_bundle(
    school: Path, pages: list[str], told: tuple[dict[str, str], dict[str, str]]
) -> None:
    alone, together = ("\n".join(texts.values()) for texts in told)
    known = sorted(fact for fact in facts(school) if squeezed(fact) in alone)
    assert len(known) > 500
    # The list of evidence is in the contents now, with what each piece shows.
    together += squeezed("".join(pages))
    assert [fact for fact in known if squeezed(fact) not in together] == []


def test_the_my_support_plan_and_the_reviewed_cycles_are_whole(
    school: Path, told: tuple[dict[str, str], dict[str, str]]
) -> None:
    alone, together = told
    whole = [name for name in alone if name == "my-support-plan" or name.startswith("cycle-")]
    assert len(whole) == 4
    for name in whole:
        assert [f for f in facts(school) if squeezed(f) in alone[name] and squeezed(f) not in together[name]] == []


def test_needs_are_told_once(school: Path, told: tuple[dict[str, str], dict[str, str]]) -> None:
    """They stood there three times, word for word."""
    alone, together = told
    case = load_case(find_project(school), "ada-brown").case
    assert case is not None
    pupil = case.data("pupil")
    watched = [str(need[key]) for need in pupil["needs"] for key in ("description", "impact")]
    for texts, least, most in ((alone, 3, 9), (together, 1, 1)):
        counts = [sum(squeezed(fact) in text for text in texts.values()) for fact in watched]
        assert max(counts) >= least and max(counts) <= most, counts


def test_no_page_of_our_own_is_nearly_empty(school: Path) -> None:
    """Each page has at least a sixth of a page's lines, unless its document is shorter than a page."""
    pdf = pypdf.PdfReader(school / "output" / "ada-brown" / "submission" / "bundle.pdf")
    said = [page.extract_text() for page in pdf.pages]
    stamps = [re.search(r"([A-Z]\d+), page \d+ of", text) for text in said]
    numbers = [found[1] if found else "" for found in stamps]
    few = [
        (page + 1, numbers[page])
        for page in range(len(numbers))
        if numbers[page][:1] != "F"
        and len([line for line in said[page].splitlines() if line.strip()]) < 9
        and page > 0
        and numbers[page] == numbers[page - 1]
    ]
    assert few == []


def test_the_first_page_is_the_case_in_short_with_links_to_its_parts(pages: list[str]) -> None:
    first = " ".join(pages[0].split())
    for words in ("What is asked", "section 36(8)", "Has or may have special educational needs", "may be necessary",
                  "Communication and interaction", "Cognition and learning", "Social, emotional and mental health",
                  "Sensory and/or physical", "hours a week", "£6,091.40", "Outcomes we seek", "Ada:",
                  "Samira and Daniel Brown:"):  # fmt: skip
        assert words in first, words
    assert len(re.findall(r"[A-F]\d, pages? \d+", first)) >= 12
    assert "Contents" in pages[1]


def test_letters_and_pages_stand_on_the_pages_and_sections_are_bookmarks(school: Path, pages: list[str]) -> None:
    pdf = pypdf.PdfReader(school / "output" / "ada-brown" / "submission" / "bundle.pdf")
    tops = [mark.title for mark in pdf.outline if not isinstance(mark, list)]
    assert [title[:2] for title in tops[3:]] == ["A.", "B.", "C.", "D.", "E.", "F."]
    assert "F8, page" in pages[-1] and f"{len(pages)} of {len(pages)}" in pages[-1]
    assert not any(re.fullmatch(r"\s*[A-F]\s+Plans\s*", page) for page in pages)
