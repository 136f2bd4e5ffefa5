"""Whoever asks for everything held on a child is told of drafts and of what changes can be taken back with."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.folder.changing.changes_made import FileChange, remember
from generator.folder.changing.edit_record import open_record
from generator.folder.changing.unsaved_writing import Drafts
from generator.folder.school_folder import find_project
from generator.school.pupil_files.askers_copy import Asker
from generator.school.pupil_files.data_rights import held
from tests.example_school import KACPER, copy_school

ADA = "ada-brown"


@pytest.mark.whole
def test_drafts_and_earlier_versions_are_named_in_the_index(tmp_path: Path) -> None:
    copy_school(tmp_path, ADA, KACPER)
    project, asker = find_project(tmp_path), Asker("pupil", "the pupil")
    assert ".cache/page" not in held(project, ADA, asker).contents["index.txt"].decode()
    drafts = Drafts(tmp_path)
    drafts.keep(drafts.begin(open_record(project, f"cases/{ADA}/plan.yaml"), "senco"))
    remember(tmp_path, "Removed", [FileChange(f"cases/{ADA}/log.yaml", b"x", None)])
    said = held(project, ADA, asker).contents["index.txt"].decode()
    assert "output/.cache/page/drafts: what was written in forms and not saved (1)" in said
    assert "output/.cache/page/undo: files as they were before (1)" in said
    assert ".cache/page" not in held(project, KACPER, asker).contents["index.txt"].decode()
