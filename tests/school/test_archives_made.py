"""Archives of pupils' whole files: none takes another's place, and why one cannot be removed is told as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.files.user_files import placed
from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.school.calendar.reviews import reference
from generator.school.pupil_files import archives_made
from generator.school.pupil_files.archives_made import remove_archive
from generator.web.beside_server import long_files
from tests.example_school import copy_school

ADA, KACPER = "ada-brown", "kacper-wisniewski"
TODAY = date(2026, 11, 30)


@pytest.mark.whole
def test_archives_of_two_pupils_with_the_same_reference_are_both_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = copy_school(tmp_path, ADA, KACPER)
    monkeypatch.setattr(archives_made, "reference", lambda *_given: "AB12")
    first, second, again = (
        (school / long_files.send_on(school, name, TODAY, False).files[0][1]) for name in (ADA, KACPER, ADA)
    )
    assert (first.name, second.name) == ("send-on-AB12-2026-11-30.zip", "send-on-AB12-2026-11-30-2.zip")
    assert again == first and first.read_bytes() != second.read_bytes()


def test_a_name_that_is_taken_is_left_to_what_lies_there(tmp_path: Path) -> None:
    file = tmp_path / "sar.zip"
    assert [placed(file, content).name for content in (b"a", b"b", b"b", b"a")] == [
        "sar.zip", "sar-2.zip", "sar-2.zip", "sar.zip",
    ]  # fmt: skip
    assert file.read_bytes() == b"a"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FileNotFoundError(2, "No such file"), "is not there any more"),
        (PermissionError(13, "In use"), "is open in another program"),
        (OSError(5, "Input/output error"), "could not be removed (input/output error)"),
    ],
)
def test_why_an_archive_cannot_be_removed_is_told_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str
) -> None:
    project = find_project(copy_school(tmp_path, ADA))
    school = str(project.school.data["name"]) if project.school else ""
    archive = placed(project.root / "output" / "_school" / f"sar-{reference(school, ADA)}-{TODAY}.zip", b"PK")

    def fails(_path: Path) -> None:
        raise error

    monkeypatch.setattr(Path, "unlink", fails)
    with pytest.raises(WrongUse) as stop:
        remove_archive(project, ADA, archive.name)
    assert says in stop.value.message
