"""The page beside the form says what the built document says: a document of every template.

How often a word stands there may differ: a table that goes on behind another line has its head once more."""

from __future__ import annotations

import re

import pytest

from generator.documents.catalogue import documents
from generator.documents.page_fit import finished
from generator.engines import Docx, Failure, choose, drafts, sketch
from generator.engines.pdf.page_view import pages_of
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.submission.given_out.issued_versions import desk_of
from tests.example_school import ROOT


def words(content: bytes) -> list[str]:
    """All words but the numbers of pages, wherever a page ends; signs of lists are none."""
    said = " ".join(pages_of(content).texts).replace("\ufffe", "").replace("\u00ad", "")
    return [word for word in re.sub(r"Page \d+ of \d+", "", said).split() if re.search(r"\w", word)]


@pytest.mark.whole
def test_the_live_preview_says_what_is_built() -> None:
    project = find_project(ROOT)
    case = load_case(project, "ada-brown").case
    assert case is not None
    desk, engine = desk_of(project, case), choose("embedded")
    there = list({one.template: one for one in documents(case, desk.pack)}.values())
    files = [Docx(f"{one.id}.docx", desk.write(one)) for one in there]
    drawn = drafts(engine, files)
    engine.close()
    assert len(there) > 12
    for one, file, made in zip(there, files, drawn, strict=True):
        shown = sketch(file)
        assert not isinstance(made, Failure) and not isinstance(shown, Failure), one.id
        assert set(words(shown)) == set(words(finished(made).content)), one.id
