"""A draft is offered to whoever wrote it: also after an update of the program, and on another network."""

from __future__ import annotations

import json
import platform
from dataclasses import replace
from pathlib import Path

import pytest

from generator.folder.changing.edit_record import open_record
from generator.folder.changing.unsaved_writing import Drafts
from generator.folder.school_folder import find_project
from tests.example_school import copy_school

PLAN = "cases/ada-brown/plan.yaml"


def written(school: Path, role: str) -> Drafts:
    copy_school(school, "ada-brown")
    drafts = Drafts(school)
    draft = drafts.begin(open_record(find_project(school), PLAN), role)
    drafts.keep(replace(draft, typed={**draft.typed, "review_date": "1 May 2027"}))
    return Drafts(school)


def test_the_name_of_the_computer_may_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "anns-mac.local")
    drafts = written(tmp_path, "teacher")
    monkeypatch.setattr(platform, "node", lambda: "dhcp-12.school.example")
    assert drafts.of(PLAN, "teacher") is not None
    assert drafts.of(PLAN, "senco") is None


def test_a_draft_of_before_writers_were_noted_is_the_sencos(tmp_path: Path) -> None:
    drafts = written(tmp_path, "senco")
    [file] = (tmp_path / "output/.cache/page/drafts").glob("*.json")
    note = json.loads(file.read_text("utf-8"))
    del note["whose"]
    file.write_text(json.dumps(note), "utf-8")
    assert drafts.of(PLAN, "senco") is not None
    assert drafts.of(PLAN, "teacher") is None
