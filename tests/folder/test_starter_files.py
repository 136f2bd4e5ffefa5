"""The starters that a school's folder gets on Windows."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from generator.folder.starter_files import COMMAND, OPEN, program_folder, starter_files
from tests.example_school import sendpack

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
