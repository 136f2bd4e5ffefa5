"""What stops a bundle, or a copy of it, that would tell where somebody lives."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cases.case import Case
from generator.cases.family.contact_details import Reader, secrets_from
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import FilesHaveErrors
from generator.submission.kept_from_reader import must_not_be_told, readers_at_home
from generator.submission.parents_copy import readers_of
from tests.example_school import copy_school

ADA = "ada-brown"


def case_of(folder: Path, pupil: str, file: str = "", old: str = "", new: str = "") -> Case:
    if not (folder / "cases").is_dir():
        copy_school(folder, pupil)
    path = folder / "cases" / pupil / (file or "pupil.yaml")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    case = load_case(find_project(folder), pupil).case
    assert case is not None
    return case


def test_each_parent_with_responsibility_has_a_copy_of_their_own(tmp_path: Path) -> None:
    assert readers_at_home(case_of(tmp_path, ADA)) == ["samira", "daniel"]


def test_an_entry_that_tells_the_other_address_stops_that_copy_alone(tmp_path: Path) -> None:
    case = case_of(tmp_path, ADA, "log.yaml", "Hearing checked.", "Hearing checked; Daniel now at 4 Quay Street.")
    must_not_be_told(case, Reader("daniel"), [])
    must_not_be_told(case, None, [])
    with pytest.raises(FilesHaveErrors) as stopped:
        must_not_be_told(case, Reader("samira"), [])
    assert "this tells the address of Daniel Brown" in str(stopped.value.problems[0])


def test_a_withheld_address_stops_every_bundle(tmp_path: Path) -> None:
    hidden = "postcode: ZZ99 3CZ\naddress_withheld: yes\n"
    case = case_of(tmp_path, ADA, "pupil.yaml", "postcode: ZZ99 3CZ\n", hidden)
    schemas = find_project(tmp_path).schemas
    for audience in ("authority", "school", "parents"):
        assert "12 Tannery Row" in readers_of(case, audience, "", schemas).seen.withheld
    told = case_of(tmp_path, ADA, "log.yaml", "Hearing checked.", "Moved to 12 Tannery Row.")
    with pytest.raises(FilesHaveErrors):
        must_not_be_told(told, None, [])


def test_at_one_home_nobody_is_kept_from_the_other(tmp_path: Path) -> None:
    assert secrets_from(case_of(tmp_path, "nia-okafor"), Reader("grace")) == []


def test_a_number_is_found_however_it_is_grouped(tmp_path: Path) -> None:
    found = secrets_from(case_of(tmp_path, ADA), Reader("samira"))
    forms = {form for secret in found for form in secret.written}
    assert {"07700 900 456", "07700900456", "07700 900456"} <= forms
    assert not [form for form in forms if "123" in form], "the reader's own number is no secret"
