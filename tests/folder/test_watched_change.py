"""A change of several steps: what somebody else saves meanwhile is theirs, and is not taken back with it."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from generator.folder.changing.changes_made import changes_made, take_back
from generator.folder.changing.edit_record import open_record, save
from generator.folder.school_folder import Project, find_project
from generator.folder.watched_change import remembered
from generator.problems import WrongUse
from tests.example_school import copy_school

KACPER = "cases/kacper-wisniewski"
PLAN, PROFILE = f"{KACPER}/plan.yaml", f"{KACPER}/profile.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A school with one pupil, to change."""
    return find_project(copy_school(tmp_path, "kacper-wisniewski"))


def saved_by_another(project: Project, path: str, version: str) -> None:
    """Another person's page saves a record meanwhile."""

    def run() -> None:
        record = open_record(project, path)
        save(project, record, {**(record.tree or {}), "date": version})

    thread = Thread(target=run)
    thread.start()
    thread.join()


def ours(project: Project, path: str, words: str) -> None:
    file = project.root / path
    file.write_text(f"{file.read_text('utf-8')}# {words}\n", "utf-8")


def test_what_another_saves_meanwhile_stays_when_ours_is_taken_back(project: Project) -> None:
    before = (project.root / PLAN).read_bytes()
    with remembered(project.root, "Ours", "cases"):
        ours(project, PLAN, "ours")
        saved_by_another(project, PROFILE, "1 December 2026")
    theirs = (project.root / PROFILE).read_bytes()
    made = {one.did: one for one in changes_made(project)}
    assert made["Ours"].paths == (PLAN,) and len(made) == 2
    take_back(project, made["Ours"].name)
    assert (project.root / PLAN).read_bytes() == before and (project.root / PROFILE).read_bytes() == theirs


@pytest.mark.parametrize("ours_first", [True, False])
def test_a_file_that_both_changed_is_not_taken_back(project: Project, ours_first: bool) -> None:
    with remembered(project.root, "Ours", "cases"):
        if ours_first:
            ours(project, PROFILE, "ours")
        saved_by_another(project, PROFILE, "1 December 2026")
        if not ours_first:
            ours(project, PROFILE, "ours")
    [mine] = [one for one in changes_made(project) if one.did == "Ours"]
    assert "Somebody else changed one of its files" in mine.why_not
    with pytest.raises(WrongUse, match="Somebody else"):
        take_back(project, mine.name)
    assert b"# ours" in (project.root / PROFILE).read_bytes()


def test_a_file_of_the_same_age_and_length_is_looked_at_before_it_is_taken_back(project: Project) -> None:
    saved_by_another(project, PROFILE, "1 December 2026")
    file = project.root / PROFILE
    [made] = changes_made(project)
    assert made.why_not == ""
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"1 December 2026", b"2 December 2026"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(WrongUse, match="changed again since"):
        take_back(project, made.name)
    assert b"2 December 2026" in file.read_bytes()
