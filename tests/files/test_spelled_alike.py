"""A file is found by its name whether an accent is a letter's own or stands beside it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.files.spelled_alike import find_file
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from tests.bundle_makers import made, saved
from tests.example_school import copy_school

NAME = "Zoë's report.pdf"


@pytest.mark.parametrize(("on_disk", "written"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFC", "NFC")])
def test_names_that_look_alike_are_the_same_file(tmp_path: Path, on_disk: str, written: str) -> None:
    file = tmp_path / unicodedata.normalize(on_disk, NAME)  # type: ignore[arg-type]
    file.touch()
    assert find_file(tmp_path, unicodedata.normalize(written, NAME)).samefile(file)  # type: ignore[arg-type]


def test_a_name_that_no_file_has_stays_as_it_is(tmp_path: Path) -> None:
    assert find_file(tmp_path, "other.pdf") == tmp_path / "other.pdf"
    assert find_file(tmp_path / "nowhere", "other.pdf") == tmp_path / "nowhere" / "other.pdf"


def test_evidence_from_a_mac_is_found_and_listed(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown")
    ada = tmp_path / "cases" / "ada-brown"
    old = "educational-psychologist-2026-05.pdf"
    (ada / "evidence" / old).unlink()
    (ada / "evidence" / unicodedata.normalize("NFD", NAME)).write_bytes(saved(made()))
    record = ada / "evidence.yaml"
    record.write_text(record.read_text("utf-8").replace(f"file: {old}", f'file: "{NAME}"'), "utf-8")
    loaded = load_case(find_project(tmp_path), "ada-brown")
    assert loaded.case is not None
    assert not [p for p in loaded.problems if p.rule in ("file-cited", "evidence-unlisted")]
