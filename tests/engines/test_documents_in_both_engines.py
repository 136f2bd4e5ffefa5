"""The documents for families, pupils and handing on: the same pages from both engines, and PDF/UA-1 by veraPDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, TemplateShelf, documents
from generator.engines import Docx, Pdf, choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from tests.conftest import need_program
from tests.verapdf import failures_of

KINDS = [
    "views-parents",
    "views-pupil",
    "invitation",
    "meeting-letter",
    "my-plan",
    "chronology",
    "annual-report",
    "transition-passport",
    "annual-review",
    "my-support-plan",
]
PUPILS = ("ada-brown", "zoe-obrien-smidt", "nia-okafor", "idris-chowdhury")
"""A long case, one of middle length, one with an EHC plan, and one of which little is known."""


@pytest.fixture(scope="module")
def written() -> list[Docx]:
    project = find_project(BUILT_IN)
    pack, shelf = (
        load_pack("standard", project.template_folders, project.schemas),
        TemplateShelf(project.template_folders),
    )
    made = []
    for pupil in PUPILS:
        case = load_case(project, pupil).case
        assert case is not None
        desk = MergeDesk(project, case, pack, shelf)
        made += [Docx(f"{pupil}--{d.id}", desk.write(d)) for d in documents(case, pack, KINDS)]
    return made


def converted(engine: str, written: list[Docx]) -> list[Pdf]:
    started = choose(engine)
    try:
        results = list(started.convert(written))
    finally:
        started.close()
    assert all(isinstance(result, Pdf) and not result.warnings for result in results), results
    return [result for result in results if isinstance(result, Pdf)]


@pytest.mark.whole
def test_every_kind_is_among_the_examples(written: list[Docx]) -> None:
    assert all(any(docx.name.partition("--")[2].startswith(kind) for docx in written) for kind in KINDS)


@pytest.mark.whole
def test_both_engines_make_the_same_number_of_pages_and_accessible_pdfs(written: list[Docx], tmp_path: Path) -> None:
    need_program("soffice")
    pages: dict[str, list[int]] = {}
    files = []
    for engine in ("embedded", "libreoffice"):
        for pdf in converted(engine, written):
            pages.setdefault(pdf.name, []).append(pdf.pages)
            files.append(tmp_path / f"{engine}--{pdf.name}.pdf")
            files[-1].write_bytes(pdf.content)
    different = {name: counts for name, counts in pages.items() if len(set(counts)) > 1}
    assert len(different) <= len(pages) // 10, different
    broken = {file.name: rules for file, rules in zip(files, failures_of(files), strict=True) if rules}
    assert broken == {}


def test_letters_fit_their_pages(written: list[Docx]) -> None:
    """The letter is one page and its reply slip another, so that the slip can be cut off."""
    pages = {pdf.name: pdf.pages for pdf in converted("embedded", [d for d in written if "--invitation" in d.name])}
    assert set(pages.values()) == {2}, pages
