"""A record that was only begun is no paper of the bundle: it is left out, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.submission.parts.gather_parts import _choose, evidence_parts
from generator.submission.submission_set import _in_no_entry
from tests.example_school import copy_school

ADA = "ada-brown"
BEGUN = """date: 16 November 2026
completed_by: (to be filled in)
own_words: no
based_on: (to be filled in)
like_and_admire: [(to be filled in)]
important_to_me: [(to be filled in)]
how_to_support_me: [(to be filled in)]
"""


@pytest.mark.whole
@pytest.mark.parametrize("written", [False, True])
def test_an_empty_profile_is_left_out_and_a_written_one_goes_in(tmp_path: Path, written: bool) -> None:
    school = copy_school(tmp_path, ADA)
    text = BEGUN.replace("(to be filled in)", "Draws maps", 1) if written else BEGUN
    (school / "cases" / ADA / "profile.yaml").write_text(text, "utf-8")
    project = find_project(school)
    case = load_case(project, ADA).case
    assert case is not None
    desk = MergeDesk(project, case, project.pack_of(case), TemplateShelf(project.template_folders))
    sectioned = [one for one in documents(case, desk.pack) if one.section]
    kept, left_out = _choose(desk, sectioned, "authority")
    assert ("profile" in [one.kind for one in kept]) is written
    assert any("nothing is written in it yet" in words for words in left_out) is not written
    assert {"request", "support-plan", "chronology"} <= {one.kind for one in kept}


def test_evidence_knows_the_addresses_of_which_nothing_is_left_beside_a_line_that_is_taken_out(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, ADA))
    case = load_case(project, ADA).case
    assert case is not None
    desk = MergeDesk(project, case, project.pack_of(case), TemplateShelf(project.template_folders))
    first = next(evidence_parts(desk))
    assert [("ZZ99 3VZ" in lines, "4 Quay Street" in lines, towns) for lines, towns in first.addresses] == [
        (False, False, ("Northmoor",)), (True, True, ("Northmoor",)), (False, False, ("Northmoor",)),
    ]  # fmt: skip


def test_a_file_that_no_entry_names_is_told_by_the_run(tmp_path: Path) -> None:
    school = copy_school(tmp_path, ADA)
    assert not list(_in_no_entry(load_case(find_project(school), ADA)))
    (school / "cases" / ADA / "evidence" / "new-letter.pdf").write_bytes(b"%PDF-1.4")
    [told] = _in_no_entry(load_case(find_project(school), ADA))
    assert told.startswith("new-letter.pdf: no entry of evidence.yaml names this file; describe it there")
