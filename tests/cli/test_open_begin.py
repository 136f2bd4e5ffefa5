"""The first double-click: `open --begin` asks where the school's folder is to be, makes it, and opens it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")


def begun(home: Path, answer: str) -> tuple[str, str]:
    """What is said up to the page's address, after an answer; and the address."""
    mine, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "open", "--begin", "--no-browser"]
    environment = {**os.environ, "HOME": str(home), "ONEDRIVE": "", "PYTHONUTF8": "1", "COLUMNS": "200"}
    with subprocess.Popen(command, cwd=home, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        try:
            said = _until(mine, b"]: ")
            os.write(mine, answer.encode() + b"\n")
            said += _until(mine, b"/begin?key=")
        finally:
            process.kill()
            os.close(mine)
    return said, said.rpartition("The page is open at ")[2]


def _until(terminal: int, words: bytes) -> str:
    said = b""
    while words not in said:
        said += os.read(terminal, 1000)
    return said.decode().replace("\r\n", "\n")


@pytest.mark.whole
def test_enter_takes_the_place_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    said, address = begun(tmp_path, "")
    assert f"[{tmp_path / 'Documents' / 'SEND'}]" in said and "is ready" in said
    assert address.startswith("http://127.0.0.1:")
    assert (tmp_path / "Documents" / "SEND" / "cases" / "school.yaml").is_file()


@pytest.mark.whole
def test_a_folder_that_is_there_is_opened_as_it_is(tmp_path: Path) -> None:
    school = tmp_path / "Zoë & Sons"
    (school / "cases").mkdir(parents=True)
    said, _ = begun(tmp_path, f'"{school}"')
    assert "is ready" not in said and not (school / "README.md").exists()
