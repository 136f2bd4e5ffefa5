"""Names that Windows takes for something else: a drive without a folder, folders that it cannot keep."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from generator.files.user_files import refuse_half_a_drive, refuse_odd_folder
from generator.problems import WrongUse


@pytest.mark.parametrize("path", ["a:b.csv", "C:list.xlsx", "C:sub\\list.xlsx"])
def test_a_drive_without_a_folder_is_refused(path: str) -> None:
    with pytest.raises(WrongUse, match="and no folder of it"):
        refuse_half_a_drive(PureWindowsPath(path))


@pytest.mark.parametrize("path", ["C:\\list.xlsx", "\\\\server\\share\\list.xlsx", "list.xlsx", "sub\\list.xlsx"])
def test_whole_ways_and_plain_names_are_taken(path: str) -> None:
    refuse_half_a_drive(PureWindowsPath(path))


@pytest.mark.parametrize("name", ["CON", "nul.x", "what?", "ends.", "aux/school"])
def test_a_new_folder_that_some_system_cannot_keep_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match="No folder can be called"):
        refuse_odd_folder(tmp_path / name)


def test_folders_that_are_there_already_are_left(tmp_path: Path) -> None:
    (tmp_path / "what?").mkdir()
    refuse_odd_folder(tmp_path / "what?" / "St Agnes SEND")
    refuse_odd_folder(Path("St Agnes SEND"))
