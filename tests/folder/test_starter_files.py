"""The starters that a school's folder gets on Windows, and names that Windows keeps for itself."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from generator.files.windows_names import kept_by_windows
from generator.folder.starter_files import COMMAND, OPEN, program_folder, starter_files
from tests.example_school import KACPER, copy_school, sendpack

PROGRAM = PureWindowsPath(r"C:\Users\z & o\100% ours\sendpack-0.2.0-windows")


def lines(school: str, name: str = OPEN) -> list[str]:
    content = starter_files(PureWindowsPath(school), PROGRAM)[name]
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.decode().split("\r\n")


def test_the_program_is_looked_for_from_the_school_and_at_its_full_path() -> None:
    found = lines(r"C:\Users\z & o\Documents\SEND")
    places = [line for line in found if "if exist" in line]
    assert any('"%~dp0..\\..\\100%% ours\\sendpack-0.2.0-windows\\python\\python.exe"' in line for line in places)
    assert any('"C:\\Users\\z & o\\100%% ours\\sendpack-0.2.0-windows\\python\\python.exe"' in line for line in places)
    newer = [line for line in places if line.startswith("for /d")]
    assert len(newer) == 2 and all("sendpack-*-windows" in line for line in newer), "a newer version beside it is found"


def test_on_another_drive_only_the_full_path_is_known() -> None:
    assert not any(".." in line for line in lines(r"D:\SEND"))
    assert not any(".." in line for line in lines(r"\\server\share\SEND")), "nor on a share"


@pytest.mark.parametrize("name", [COMMAND, OPEN])
def test_the_folder_is_named_to_the_program_for_a_share_cannot_be_gone_to(name: str) -> None:
    [run] = [line for line in lines(r"\\server\share\SEND", name) if " -m generator " in line]
    assert '-C "%~dp0."' in run and run.endswith("%*" if name == COMMAND else "open")


def test_elsewhere_there_are_none(tmp_path: Path) -> None:
    assert program_folder() is None
    assert sendpack(tmp_path, "init", "School").returncode == 0
    assert not list(tmp_path.rglob("*.cmd"))


@pytest.mark.parametrize("name", ["con", "AUX", "nul.yaml", "lpt1", "com1.2026.yaml"])
def test_names_that_windows_keeps_for_itself_are_known(name: str) -> None:
    assert kept_by_windows(PurePosixPath("cases") / name / "pupil.yaml") == name


@pytest.mark.parametrize("name", ["connor-smith", "auxiliary.yaml", "com10", "null", "aux-con"])
def test_names_that_only_begin_so_are_not(name: str) -> None:
    assert kept_by_windows(PurePosixPath("cases") / name) == ""


def test_such_a_name_is_refused_on_every_system_for_folders_move(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    ran = sendpack(school, "new", "meeting", KACPER, "--type", "review", "--name", "AUX")
    assert ran.returncode == 2 and "Windows keeps that name for itself" in ran.stderr
    ran = sendpack(school, "pack", "new", "con", "--authority", "Conway")
    assert ran.returncode == 2 and "Windows keeps that name" in ran.stderr
